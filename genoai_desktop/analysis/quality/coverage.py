"""Were the genes that matter looked at? Only a file that states its reference calls can say so."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from genoai_desktop.domain.genome import chromosome_code
from genoai_desktop.domain.provenance import Coverage
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.knowledge import Knowledge
from genoai_desktop.vcf.table import VariantTable

Spans = npt.NDArray[np.int64]
MINIMUM_DEPTH: Final = 10
MINIMUM_QUALITY: Final = 20
"""A base counts as callable when the block that covers it reaches both, where the file states them."""


def coverage(table: VariantTable, sample: int, knowledge: Knowledge) -> Coverage:
    """Secondary-finding genes whose whole coding sequence is callable in the sample (0-based column)."""
    genes = knowledge.genes.secondary_findings
    subject = tr("Secondary-finding genes (coding sequence), {sample}", sample=table.samples[sample])
    if table.blocks.is_empty():
        note = tr(
            "Not stated by the file: it lists differences only, so a base without a record may be "
            "reference or may not have been sequenced."
        )
        return Coverage(subject, tr("genes"), 0, 0, note)
    known = _callable(table, sample)
    missing, unknown = [], []
    for gene in genes:
        spans = _coding(gene, table, knowledge)
        if not spans:
            unknown.append(gene)
            continue
        total = sum(end - start + 1 for _, start, end in spans)
        covered = sum(_covered(known, *span) for span in spans)
        if covered < total:
            missing.append(tr("{gene} ({share} % callable)", gene=gene, share=int(100 * covered / total)))
    note = tr(
        "Callable: depth of at least {depth} and genotype quality of at least {quality} where the file "
        "states them.",
        depth=MINIMUM_DEPTH,
        quality=MINIMUM_QUALITY,
    )
    if unknown:
        note += " " + tr("No coding model on this build: {genes}.", genes=", ".join(unknown))
    tested = len(genes) - len(missing) - len(unknown)
    return Coverage(subject, tr("genes"), tested, len(missing), note, tuple(missing))


def _coding(gene: str, table: VariantTable, knowledge: Knowledge) -> list[tuple[int, int, int]]:
    """(chromosome code, start, end) of the coding parts of the exons, 1-based inclusive."""
    transcript = knowledge.genes.transcript(gene, table.build)
    if transcript is None or transcript.cds is None:
        return []
    low, high = transcript.cds
    chrom = chromosome_code(transcript.locus.chromosome)
    return [(chrom, max(a, low), min(b, high)) for a, b in transcript.exons if b >= low and a <= high]


def _callable(table: VariantTable, sample: int) -> dict[int, Spans]:
    """Merged callable intervals (start, end rows) per chromosome: reference blocks and called records."""
    good = [pl.col(f"s{sample}_gt") == 0]
    for name, least in (("dp", MINIMUM_DEPTH), ("gq", MINIMUM_QUALITY)):
        if f"s{sample}_{name}" in table.blocks.columns:
            good.append(pl.col(f"s{sample}_{name}").fill_null(least) >= least)
    blocks = table.blocks.filter(*good).select(
        pl.col("chrom").cast(pl.UInt8), pl.col("start", "end").cast(pl.Int64)
    )
    called = table.frame.filter(pl.col(f"s{sample}_called") > 0).select(
        pl.col("chrom").cast(pl.UInt8),
        pl.col("pos").cast(pl.Int64).alias("start"),
        (pl.col("pos").cast(pl.Int64) + pl.col("ref").str.len_bytes().cast(pl.Int64) - 1).alias("end"),
    )
    everything = pl.concat([blocks, called]).sort("chrom", "start", "end")
    return {
        chrom: _merge(part.select("start", "end").to_numpy())
        for (chrom,), part in everything.group_by("chrom", maintain_order=True)
        if isinstance(chrom, int)
    }


def _merge(
    spans: Spans,
) -> Spans:
    """Joined, non-overlapping intervals of sorted ones."""
    reach = np.maximum.accumulate(spans[:, 1])
    fresh = np.concatenate([[True], spans[1:, 0] > reach[:-1] + 1])
    last = np.concatenate([np.flatnonzero(fresh)[1:] - 1, [len(spans) - 1]])
    return np.stack([spans[fresh, 0], reach[last]], axis=1)


def _covered(known: dict[int, Spans], chrom: int, start: int, end: int) -> int:
    """Bases of an interval that are callable."""
    spans = known.get(chrom)
    if spans is None:
        return 0
    shared = np.minimum(spans[:, 1], end) - np.maximum(spans[:, 0], start) + 1
    return int(np.maximum(shared, 0).sum())
