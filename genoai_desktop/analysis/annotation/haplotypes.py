"""Two changes in one codon: what they do together when a person carries them on the same copy."""

from itertools import combinations
from typing import Any, Final

import polars as pl

from genoai_desktop.analysis.annotation.codons import THREE_LETTERS, change, code, codons_of
from genoai_desktop.analysis.annotation.places import reverse_complement
from genoai_desktop.analysis.annotation.terms import words
from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.table import VariantTable

_NEEDED: Final = ("at", "row", "transcript", "aa_position", "aa_ref", "cds_position", "hgvs_c", "conflict")
_MITOCHONDRIAL: Final = 25


def shared_codons(effects: pl.DataFrame, table: VariantTable) -> tuple[pl.DataFrame, list[Finding]]:
    """Note in ``conflict`` what neighbours in a codon do; single bases only.

    Phase comes from the file (``|`` with phase set) and from homozygous alleles; without it both readings
    stay open, and the note says so. Alleles proved to lie on different copies get no note.
    """
    crowded = _crowded(effects, table)
    notes: dict[int, str] = {}
    for group in crowded.partition_by("transcript", "aa_position", maintain_order=True):
        for one, other in combinations(group.to_dicts(), 2):
            if one["pos"] != other["pos"]:
                _note(notes, one, other, table)
    if not notes:
        return effects, []
    places = sorted(notes)
    kept = [effects["conflict"][at] or notes[at] for at in places]
    marked = effects.with_columns(conflict=effects["conflict"].scatter(places, kept))
    count = effects["row"].gather(places).n_unique()
    text = tr(
        "{count} variants share a codon with another one; their joint effect is given beside each.",
        count=count,
    )
    return marked, [Finding(Severity.WARNING, "annotation.same-codon", Where(table.path), text, count)]


def _crowded(effects: pl.DataFrame, table: VariantTable) -> pl.DataFrame:
    single = (pl.col("ref").str.len_bytes() == 1) & (pl.col("alt").str.len_bytes() == 1)
    genotypes = [name for name in table.frame.columns if name.startswith("s") and name.endswith(_PHASE)]
    variants = table.frame.select("chrom", "pos", "ref", "alt", *genotypes).with_row_index("row")
    coding = effects.with_row_index("at").filter(pl.col("aa_position").is_not_null() & ~pl.col("clash"))
    return (
        coding.select(*_NEEDED, "reverse")
        .filter(pl.struct("transcript", "aa_position").is_duplicated())
        .join(variants.with_columns(pl.col("row").cast(pl.UInt32)), on="row", maintain_order="left")
        .filter(single)
    )


_PHASE: Final = ("_dosage", "_called", "_strand", "_ps")


def _note(notes: dict[int, str], one: dict[str, Any], other: dict[str, Any], table: VariantTable) -> None:
    together = _together(one, other, len(table.samples))
    if together is False:
        return
    joint = _joint(one, other)
    for this, that in ((one, other), (other, one)):
        if together:
            text = tr(
                "on one copy with {other}; together: {effect}", other=that["hgvs_c"] or "?", effect=joint
            )
        else:
            text = tr(
                "{other} lies in the same codon; if on one copy, together: {effect}",
                other=that["hgvs_c"] or "?",
                effect=joint,
            )
        notes.setdefault(this["at"], text)


def _together(one: dict[str, Any], other: dict[str, Any], samples: int) -> bool | None:
    """True: some person has both on one copy; False: nobody can; None: not known."""
    open_ = samples == 0
    for index in range(samples):
        a, b = ({part: row.get(f"s{index}{part}") for part in _PHASE} for row in (one, other))
        if not a["_dosage"] or not b["_dosage"]:
            continue
        if a["_dosage"] == a["_called"] or b["_dosage"] == b["_called"]:
            return True
        first, second = a["_strand"] or 0, b["_strand"] or 0
        phased = first > 0 and second > 0 and a["_ps"] == b["_ps"]
        if phased and first & second:
            return True
        open_ |= not phased
    return None if open_ else False


def _joint(one: dict[str, Any], other: dict[str, Any]) -> str:
    """Words of the joint change: every class that a codon fitting residue and bases allows."""
    mitochondrial = one["chrom"] == _MITOCHONDRIAL
    residue = one["aa_ref"] or "X"
    table = code(mitochondrial)
    mask, results = 0, set()
    for codon in codons_of(residue, mitochondrial):
        changed = list(codon)
        for row in (one, other):
            place = (row["cds_position"] - 1) % 3
            ref, alt = (
                reverse_complement(row[name]) if row["reverse"] else row[name] for name in ("ref", "alt")
            )
            if codon[place] != ref:
                break
            changed[place] = alt
        else:
            after = table["".join(changed)]
            results.add(after)
            mask |= 1 << change(table[codon] if residue in {"X", "*"} else residue, after)
    if not mask:
        return tr("not known")
    if len(results) == 1 and residue != "X":
        name = THREE_LETTERS[residue]
        return f"{words(mask)}, p.({name}{one['aa_position']}{THREE_LETTERS[results.pop()]})"
    return words(mask)
