"""What ClinVar knows of the other variants of a gene, placed on the same transcript.

Only current records of two stars or more that are pathogenic or likely so; the variant in question is
always left out, so that its own class is never used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from genoai_desktop.analysis.annotation.consequence import consequences
from genoai_desktop.analysis.classification.facts import Known
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build, VariantKey
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.clinvar import ClinVarClass
from genoai_desktop.vcf.bare import bare_table

_PATHOGENIC = (ClinVarClass.PATHOGENIC, ClinVarClass.LIKELY_PATHOGENIC)
_TRUNCATIONS = {"stop_gained", "frameshift_variant"}
_SPLICE = {"splice_donor_variant", "splice_acceptor_variant"}


@dataclass(frozen=True, slots=True)
class KnownChange:
    """One ClinVar record with its effect on one transcript. Positions 1-based."""

    alleles: tuple[int, str, str]
    """Genomic position, REF and ALT, trimmed."""
    consequence: str
    region: str
    splice_distance: int | None
    residue: int
    before: str
    after: str
    known: Known


class KnownChanges:
    """``of(effect, build)``: the pathogenic changes known on the effect's transcript, kept once placed."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._made: dict[tuple[str, Build], dict[str, list[KnownChange]]] = {}

    def of(self, effect: Mapping[str, Any], build: Build, own: Sequence[Any]) -> list[KnownChange]:
        """All but the variant itself, whose position, REF and ALT are ``own``."""
        gene = effect["gene"]
        if (gene, build) not in self._made:
            self._made[gene, build] = self._place(gene, build)
        found = self._made[gene, build].get(effect["transcript"], [])
        mine = trimmed(*own)
        return [change for change in found if change.alleles != mine]

    def _place(self, gene: str, build: Build) -> dict[str, list[KnownChange]]:
        clinvar = self._knowledge.clinvar
        rows = clinvar.of_gene(gene, _PATHOGENIC).filter(~pl.col("dated"))
        keyed = [
            (key, row)
            for row in rows.iter_rows(named=True)
            if (key := clinvar.key(row["index"], build)) is not None
        ]
        if not keyed:
            return {}
        keyed.sort(key=lambda pair: pair[0].position)
        source = f"ClinVar {clinvar.versions[0].release}"
        table = bare_table([key for key, _ in keyed], build, "")
        effects, _ = consequences(table, self._knowledge, Silent())
        found: dict[str, list[KnownChange]] = {}
        for effect in effects.iter_rows(named=True):
            key, row = keyed[effect["row"]]
            name = effect["hgvs_c"] or f"{key.chromosome}:{key.position} {key.ref}>{key.alt}"
            known = Known(name, row["class"] == ClinVarClass.PATHOGENIC, source)
            found.setdefault(effect["transcript"], []).append(_change(effect, key, known))
        return found


def _change(effect: Mapping[str, Any], key: VariantKey, known: Known) -> KnownChange:
    return KnownChange(
        alleles=trimmed(key.position, key.ref, key.alt),
        consequence=effect["consequence"] or "",
        region=effect["region"] or "",
        splice_distance=effect["splice_distance"],
        residue=effect["aa_position"] or 0,
        before=effect["aa_ref"] or "",
        after=effect["aa_alt"] or "",
        known=known,
    )


def trimmed(position: int, ref: str, alt: str) -> tuple[int, str, str]:
    """Alleles without the anchor base that they share."""
    if len(ref) != len(alt) and ref[:1] == alt[:1]:
        return position + 1, ref[1:], alt[1:]
    return position, ref, alt


def same_change(changes: Sequence[KnownChange], effect: Mapping[str, Any]) -> Known | None:
    """The same amino-acid change by another base; a definite record before a likely one."""
    wanted = (effect["aa_position"] or 0, effect["aa_ref"] or "", effect["aa_alt"] or "")
    if effect["consequence"] != "missense_variant" or not all(wanted):
        return None
    same = [
        change.known
        for change in changes
        if change.consequence == "missense_variant"
        and (change.residue, change.before, change.after) == wanted
    ]
    return max(same, key=lambda known: known.definite, default=None)


def same_site(changes: Sequence[KnownChange], effect: Mapping[str, Any], position: int) -> Known | None:
    """Another pathogenic change of the same splice dinucleotide, or of the same intronic base.

    ``position``: of the variant itself, 1-based on the genome.
    """
    distance = effect["splice_distance"]
    if distance is None or distance < 1 or not (effect["region"] or "").startswith("intron"):
        return None
    canonical = effect["consequence"] in _SPLICE
    same = [
        change.known
        for change in changes
        if change.region == effect["region"]
        and len(change.alleles[1]) == len(change.alleles[2]) == 1
        and (change.consequence == effect["consequence"] if canonical else change.alleles[0] == position)
    ]
    return max(same, key=lambda known: known.definite, default=None)


def truncations_from(changes: Sequence[KnownChange], residue: int) -> int:
    """Pathogenic stops and frameshifts at this residue or nearer the end."""
    return sum(change.consequence in _TRUNCATIONS and change.residue >= residue > 0 for change in changes)


def missense_count(changes: Sequence[KnownChange]) -> int:
    """Pathogenic missense changes."""
    return sum(change.consequence == "missense_variant" for change in changes)


def null_count(changes: Sequence[KnownChange]) -> int:
    """Pathogenic stops, frameshifts and lost splice sites."""
    return sum(change.consequence in _TRUNCATIONS | _SPLICE for change in changes)
