"""Symbolic alleles and breakends: which transcripts they remove, repeat or cut."""

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from genoai_desktop.analysis.annotation.schema import SCHEMA
from genoai_desktop.analysis.annotation.terms import Term, impact, words
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.transcripts import Models
from genoai_desktop.vcf.table import Kind, VariantTable

Ints = NDArray[np.int64]
_WHOLE: Final = {
    "DEL": 1 << Term.TRANSCRIPT_ABLATION,
    "DUP": 1 << Term.TRANSCRIPT_AMPLIFICATION,
    "CNV": 1 << Term.TRANSCRIPT_ABLATION | 1 << Term.TRANSCRIPT_AMPLIFICATION,
}
_PART: Final = {
    "DEL": 1 << Term.FEATURE_TRUNCATION,
    "DUP": 1 << Term.FEATURE_ELONGATION,
    "INS": 1 << Term.FEATURE_ELONGATION,
    "STR": 1 << Term.FEATURE_ELONGATION | 1 << Term.FEATURE_TRUNCATION,
    "CNV": 1 << Term.FEATURE_ELONGATION | 1 << Term.FEATURE_TRUNCATION,
}
_CUT: Final = 1 << Term.FEATURE_TRUNCATION
_INTRON: Final = 1 << Term.INTRON


def effects(table: VariantTable, models: Models) -> pl.DataFrame:
    """Rows as ``schema.SCHEMA`` with ``mask``, for symbolic alleles and breakends."""
    schema = SCHEMA | {"mask": pl.Int32, "clash": pl.Boolean, "reverse": pl.Boolean, "inexact": pl.Boolean}
    if not table.height:
        return pl.DataFrame(schema=schema)
    frame = _rows(table)
    if not frame.height:
        return pl.DataFrame(schema=schema)
    start, end = (frame[name].to_numpy().astype(np.int64) for name in ("pos", "end"))
    index, owner = models.overlaps(frame["chrom"].to_numpy().astype(np.int64), start, end)
    start, end = start[index], end[index]
    whole = (start <= models.start[owner]) & (end >= models.end[owner])
    low = models.locate(owner, np.maximum(start, models.start[owner]))
    high = models.locate(owner, np.minimum(end, models.end[owner]))
    intronic = (low.intron != 0) & (high.intron != 0) & (low.exon == high.exon)
    types = frame["svtype"][index].to_list()
    masks = [_mask(*row) for row in zip(types, whole.tolist(), intronic.tolist(), strict=True)]
    texts = [_place(bool(all_), bool(inner)) for all_, inner in zip(whole, intronic, strict=True)]
    known = pl.DataFrame(
        {
            "row": frame["row"][index].cast(pl.UInt32),
            "gene": models.genes.gather(pl.Series(owner)),
            "transcript": models.names.gather(pl.Series(owner)),
            "consequence": pl.Series([words(mask) for mask in masks], dtype=pl.String),
            "impact": pl.Series([impact(mask) for mask in masks], dtype=pl.UInt8),
            "source": pl.Series(["structure"] * len(masks), dtype=pl.String),
            "region": pl.Series(texts, dtype=pl.String),
            "mask": pl.Series(masks, dtype=pl.Int32),
        }
    ).filter(pl.col("mask") > 0)
    missing = [pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in known.columns]
    return known.with_columns(missing).select(list(schema))


def _rows(table: VariantTable) -> pl.DataFrame:
    chosen = (
        table.frame.select("chrom", "pos", "end", "alt", "kind")
        .with_row_index("row")
        .filter(pl.col("kind").is_in([int(Kind.SYMBOLIC), int(Kind.BREAKEND)]) & (pl.col("chrom") > 0))
        .with_columns(pl.col("row").cast(pl.UInt32))
    )
    if not {"row", "svtype"} <= set(table.structural.columns):
        types = pl.col("alt").str.extract(r"^<([A-Z]+)").fill_null("BND")
        return chosen.with_columns(svtype=types)
    known = table.structural.select(pl.col("row").cast(pl.UInt32), pl.col("svtype").cast(pl.String)).unique(
        "row"
    )
    joined = chosen.join(known, on="row", how="left", maintain_order="left")
    named = pl.col("svtype").str.extract("^([A-Z]+)")
    return joined.with_columns(
        svtype=pl.coalesce(named, pl.col("alt").str.extract(r"^<([A-Z]+)"), pl.lit("BND")),
        end=pl.max_horizontal("pos", pl.coalesce("end", "pos")),
    )


def _mask(kind: str, whole: bool, intronic: bool) -> int:
    """Inverting or moving a whole transcript leaves it as it is: 0, no row."""
    if kind == "BND":
        return _CUT
    if whole:
        return _WHOLE.get(kind, 0)
    return _INTRON if intronic and kind != "INV" else _PART.get(kind, _CUT)


def _place(whole: bool, intronic: bool) -> str:
    return (
        tr("whole transcript")
        if whole
        else tr("within one intron")
        if intronic
        else tr("part of the transcript")
    )
