"""What each allele does to each MANE transcript that it touches.

Sources, in this order: the clinic's reference genome, the file's own annotation, the bundled proteins.
Where neither tells the class, every possible one is named ("missense_variant or stop_gained").
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from genoai_desktop.analysis.annotation import (
    haplotypes,
    hgvs,
    own_annotation,
    places,
    remarks,
    structural,
    substitutions,
)
from genoai_desktop.analysis.annotation.codons import THREE_LETTERS
from genoai_desktop.analysis.annotation.schema import SCHEMA
from genoai_desktop.analysis.annotation.sequences import Sequences
from genoai_desktop.analysis.annotation.small_changes import SmallChange, SmallChanges, trivial
from genoai_desktop.analysis.annotation.terms import Term, impact, words
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.findings import Finding
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.knowledge import Knowledge
from genoai_desktop.knowledge.transcripts import Models, Spots
from genoai_desktop.vcf.table import Kind, VariantTable

Ints = NDArray[np.int64]
_SOURCES: Final = {0: "structure", 1: "proteins", 2: "reference", 3: "file"}
_CHUNK: Final = 50_000

_SMALL: Final = (Kind.SNV, Kind.MNV, Kind.INSERTION, Kind.DELETION, Kind.DELINS)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Alleles by transcripts of one chunk; ``start``/``end`` as ``SmallChanges.call`` takes them."""

    rows: Ints
    transcripts: Ints
    start: Ints
    end: Ints
    low: Spots
    high: Spots
    alleles: pl.DataFrame


def consequences(
    table: VariantTable, knowledge: Knowledge, context: Context, reference: Path | None = None
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """One row per (alternate allele, MANE transcript) that overlap; columns as ``schema.SCHEMA``.

    ``splice_distance``: 1, 2, … bases into an intron, -1, -2, … into an exon, from the nearest splice site;
    ``cds_position`` and ``aa_position`` are 1-based. ``domain`` names all domains at the residue.
    ``misfit``: on this build the reference differs from the transcript, at this base or, for insertions and
    deletions, in length (an error of the assembly): the allele may put it right instead of breaking it.

    Raises:
        Cancelled: when the person stopped the job.
        KnowledgeError: a bundled table is damaged or missing.
    """
    context.check()
    models = knowledge.genes.models(table.build)
    context.check()
    sequences = Sequences(reference, models) if reference is not None else None
    frames = []
    for begin in range(0, max(table.height, 1), _CHUNK):
        context.check()
        context.report(tr("Consequences"), begin / max(table.height, 1))
        if table.height:
            frames.append(_chunk(table.frame.slice(begin, _CHUNK), begin, models, sequences, context))
    symbolic = structural.effects(table, models)
    if sequences is not None:
        sequences.close()
    context.check()
    effects = pl.concat([*frames, symbolic])
    frames.clear()
    if symbolic.height:
        effects = effects.sort("row", maintain_order=True)
    context.check()
    effects = _with_domains(effects, knowledge)
    masks = effects["mask"]
    context.check()
    findings = remarks.findings(effects, table, reference is not None, context)
    context.check()
    effects, shared = haplotypes.shared_codons(effects, table)
    context.check()
    effects, conflicts = own_annotation.merge(
        effects.select(list(SCHEMA)), masks, table, knowledge.genes.refseq_names
    )
    context.report(tr("Consequences"), 1.0)
    return effects, (*findings, *shared, *conflicts)


def _chunk(
    frame: pl.DataFrame, begin: int, models: Models, sequences: Sequences | None, context: Context
) -> pl.DataFrame:
    pairs = _pair(frame, begin, models)
    single = pairs.alleles["single"].to_numpy()
    count = pairs.transcripts.size
    reverse = models.reverse[pairs.transcripts]
    first, last = _turn(pairs.low, pairs.high, reverse), _turn(pairs.high, pairs.low, reverse)
    ref, alt = (_codes(pairs.alleles[name], reverse) for name in ("removed", "added"))
    calls = substitutions.call(models, pairs.transcripts, first, np.where(single, ref, -1), alt, sequences)
    complex_ = ~single & ~trivial(pairs.low, pairs.high)
    calls.mask[~single & ~complex_] = 1 << Term.INTRON
    answers = _complex(pairs, np.flatnonzero(complex_), models, sequences, context)
    for index, answer in answers.items():
        calls.mask[index], calls.source[index], calls.residue[index] = (
            answer.mask,
            answer.source,
            answer.residue,
        )
        calls.before[index] = calls.after[index] = 0
        calls.clash[index] = False
    coding = first.offset - models.cds_offset[pairs.transcripts]
    length = models.cds_length[pairs.transcripts]
    inside = (first.intron == 0) & (coding >= 0) & (coding < length)
    distance = places.splice_distance(models, pairs.transcripts, first)
    unique, which = np.unique(calls.mask, return_inverse=True)
    texts = pl.Series([words(int(mask)) for mask in unique], dtype=pl.String)
    order = pl.Series(pairs.transcripts)
    return pl.DataFrame(
        {
            "row": pl.Series(pairs.rows, dtype=pl.UInt32),
            "gene": models.genes.gather(order),
            "transcript": models.names.gather(order),
            "consequence": texts.gather(pl.Series(which)),
            "impact": np.array([impact(int(mask)) for mask in unique] or [0], dtype=np.uint8)[which],
            "source": pl.Series(list(_SOURCES.values())).gather(pl.Series(calls.source)),
            "region": places.regions(models, pairs.transcripts, first),
            "cds_position": _nullable(coding + 1, inside),
            "splice_distance": _nullable(np.nan_to_num(distance, nan=0), ~np.isnan(distance)),
            "aa_position": _nullable(calls.residue, calls.residue > 0),
            "aa_ref": _letters(calls.before),
            "aa_alt": _letters(calls.after),
            "hgvs_c": _names(pairs, first, last, models, answers),
            "hgvs_p": _protein_names(calls, answers),
            "domain": pl.Series([None] * count, dtype=pl.String),
            "conflict": _clash_words(calls.clash),
            "misfit": calls.clash | (~models.exact[pairs.transcripts] & (length > 0) & ~single),
            "mask": pl.Series(calls.mask, dtype=pl.Int32),
            "clash": calls.clash,
            "reverse": reverse,
            "inexact": ~models.exact[pairs.transcripts] & (length > 0),
        }
    )


def _pair(frame: pl.DataFrame, begin: int, models: Models) -> _Pairs:
    """Trim the anchor base of indels and join with transcripts. An insertion spans its two neighbours."""
    shared = (pl.col("ref").str.slice(0, 1) == pl.col("alt").str.slice(0, 1)) & (
        pl.col("ref").str.len_bytes() != pl.col("alt").str.len_bytes()
    )
    small = (
        frame.lazy()
        .select("chrom", "pos", "ref", "alt", "kind", (pl.int_range(pl.len()) + begin).alias("row"))
        .filter(pl.col("kind").is_in([int(kind) for kind in _SMALL]) & (pl.col("chrom") > 0))
        .with_columns(cut=shared.cast(pl.Int64), pos=pl.col("pos").cast(pl.Int64))
        .with_columns(
            removed=pl.col("ref").str.slice(pl.col("cut")),
            added=pl.col("alt").str.slice(pl.col("cut")),
            anchor=pl.when(pl.col("cut") > 0).then(pl.col("ref").str.slice(0, 1)),
        )
        .with_columns(size=pl.col("removed").str.len_bytes().cast(pl.Int64))
        .with_columns(
            start=pl.col("pos") + pl.when(pl.col("size") > 0).then(pl.col("cut")).otherwise(0),
            single=(pl.col("size") == 1) & (pl.col("added").str.len_bytes() == 1),
        )
        .with_columns(end=pl.col("start") + pl.when(pl.col("size") > 0).then(pl.col("size") - 1).otherwise(1))
        .select("row", "chrom", "start", "end", "removed", "added", "anchor", "single", "size")
        .collect()
    )
    start, end = small["start"].to_numpy(), small["end"].to_numpy()
    index, owner = models.overlaps(small["chrom"].to_numpy().astype(np.int64), start, end)
    # An insertion beside a transcript is not in it.
    gap = small["size"].to_numpy()[index] == 0
    keep = ~gap | ((start[index] >= models.start[owner]) & (end[index] <= models.end[owner]))
    index, owner = index[keep], owner[keep]
    start, end = start[index], end[index]
    low = models.locate(owner, np.maximum(start, models.start[owner]))
    high = low
    if np.any(end > start):
        high = models.locate(owner, np.minimum(end, models.end[owner]))
    chosen = small.select("removed", "added", "anchor", "single", "start", "chrom")[index]
    return _Pairs(small["row"].to_numpy()[index], owner, start, end, low, high, chosen)


def _turn(forward: Spots, backward: Spots, reverse: NDArray[np.bool_]) -> Spots:
    if forward is backward:
        return forward
    fields = ((getattr(forward, name), getattr(backward, name)) for name in ("offset", "intron", "exon"))
    return Spots(*(np.where(reverse, other, one) for one, other in fields))


def _codes(column: pl.Series, reverse: NDArray[np.bool_]) -> Ints:
    """Codes 0..3 of single bases on the transcript strand, -1 otherwise."""
    codes = column.replace_strict(
        ["A", "C", "G", "T"], [0, 1, 2, 3], default=-1, return_dtype=pl.Int64
    ).to_numpy()
    return np.where(reverse & (codes >= 0), 3 - codes, codes)


def _complex(
    pairs: _Pairs, chosen: Ints, models: Models, sequences: Sequences | None, context: Context
) -> dict[int, SmallChange]:
    if not chosen.size:
        return {}
    caller = SmallChanges(models, sequences)
    bases = pairs.alleles.select("removed", "added")[chosen]
    found: dict[int, SmallChange] = {}
    for index, (removed, added) in zip(chosen.tolist(), bases.iter_rows(), strict=True):
        context.check()
        found[index] = caller.call(
            int(pairs.transcripts[index]), int(pairs.start[index]), int(pairs.end[index]), removed, added
        )
    return found


def _nullable(
    values: "NDArray[np.float64] | NDArray[np.int32] | Ints", valid: NDArray[np.bool_]
) -> pl.Series:
    series = pl.DataFrame({"value": values.astype(np.int32), "valid": valid})
    return series.select(pl.when("valid").then("value")).to_series()


def _letters(codes: NDArray[np.uint8]) -> pl.Series:
    table = pl.Series([chr(code) if code else None for code in range(128)], dtype=pl.String)
    return table.gather(pl.Series(codes))


def _names(
    pairs: _Pairs, first: Spots, last: Spots, models: Models, answers: dict[int, SmallChange]
) -> pl.Series:
    owner = pairs.transcripts
    begin, length = models.cds_offset[owner], models.cds_length[owner]
    reverse = models.reverse[owner]
    one = places.labels(first.offset - begin, first.intron, length)
    frame = pairs.alleles.select(
        "anchor",
        "start",
        "chrom",
        plain_removed=pl.col("removed"),
        plain_added=pl.col("added"),
        reverse=pl.lit(pl.Series(reverse)),
        prefix=pl.when(pl.lit(pl.Series(length)) > 0).then(pl.lit("c")).otherwise(pl.lit("n")),
        first=one,
        last=one if first is last else places.labels(last.offset - begin, last.intron, length),
    ).with_columns(
        removed=hgvs.strand("plain_removed", "reverse"), added=hgvs.strand("plain_added", "reverse")
    )
    repeated = (pl.col("plain_added") == pl.col("anchor")) & (pl.col("plain_removed") == "")
    frame = frame.with_columns(dup=pl.when(repeated).then(pl.when("reverse").then("last").otherwise("first")))
    name = hgvs.coding_names("prefix", "first", "last", "removed", "added", "dup")
    mitochondrial = pl.col("chrom") == substitutions.MITOCHONDRIAL
    names = frame.select(pl.when(~mitochondrial).then(name)).to_series()
    better = {index: answer.hgvs_c for index, answer in answers.items() if answer.hgvs_c}
    names = names.scatter(list(better), list(better.values())) if better else names
    outside = (pairs.start < models.start[owner]) | (pairs.end > models.end[owner]) | ~models.exact[owner]
    if np.any(owner_mt := models.chrom[owner] == substitutions.MITOCHONDRIAL):
        names = names.scatter(np.flatnonzero(owner_mt), _mitochondrial_names(frame.filter(owner_mt)))
    return names.scatter(np.flatnonzero(outside), None) if outside.any() else names


def _mitochondrial_names(frame: pl.DataFrame) -> pl.Series:
    """``m.`` names: positions of NC_012920.1 on its own strand."""
    size = pl.col("plain_removed").str.len_bytes().cast(pl.Int64)
    end = pl.col("start") + pl.when(size > 0).then(size - 1).otherwise(1)
    text = pl.col("start").cast(pl.String)
    columns = frame.select(
        kind=pl.lit("m"),
        f=text,
        l=end.cast(pl.String),
        r="plain_removed",
        a="plain_added",
        d=pl.lit(None, pl.String),
    )
    return columns.select(hgvs.coding_names("kind", "f", "l", "r", "a", "d")).to_series()


def _protein_names(calls: substitutions.Calls, answers: dict[int, SmallChange]) -> pl.Series:
    names = pl.Series([None] * calls.mask.size, dtype=pl.String)
    start = np.flatnonzero((calls.mask >> Term.START_LOST & 1).astype(bool) & (calls.residue == 1))
    told = np.flatnonzero((calls.before > 0) & (calls.after > 0) & (calls.residue > 1))
    three = [THREE_LETTERS.get(chr(code), "") for code in range(128)]
    texts = [
        _protein_text(three[before], int(number), three[after], calls.before[at] == calls.after[at])
        for at, before, number, after in zip(
            told, calls.before[told], calls.residue[told], calls.after[told], strict=True
        )
    ]
    names = names.scatter(told, texts) if texts else names
    names = names.scatter(start, "p.(Met1?)") if start.size else names
    better = {index: answer.hgvs_p or None for index, answer in answers.items()}
    return names.scatter(list(better), pl.Series(list(better.values()), dtype=pl.String)) if better else names


def _protein_text(before: str, number: int, after: str, same: bool) -> str:
    if same:
        return f"p.({before}{number}=)"
    return f"p.({before}{number}{after}{'extTer?' if before == 'Ter' else ''})"


def _clash_words(clash: NDArray[np.bool_]) -> pl.Series:
    text = tr("the reference base does not fit the expected sequence")
    return pl.Series([None, text], dtype=pl.String).gather(pl.Series(clash.astype(np.uint8)))


def _with_domains(effects: pl.DataFrame, knowledge: Knowledge) -> pl.DataFrame:
    """Names of the domains at each residue."""
    known = effects.with_row_index("at").filter(pl.col("aa_position").is_not_null())
    joined = known.select("at", "transcript", "aa_position").join(
        knowledge.genes.domain_frame, on="transcript"
    )
    hits = joined.filter(pl.col("aa_position").is_between(pl.col("start"), pl.col("end")))
    texts = hits.group_by("at", maintain_order=True).agg(
        pl.col("domain").unique(maintain_order=True).str.join("; ")
    )
    if not texts.height:
        return effects
    return effects.with_columns(domain=effects["domain"].scatter(texts["at"], texts["domain"]))
