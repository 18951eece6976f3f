"""Variant tables of one sample, made of a few rows that a test states."""

from typing import Any

import polars as pl

from genoai_desktop.domain.genome import Build
from genoai_desktop.vcf.table import BuildGuess, VariantTable

PLAIN = {
    "record": 0,
    "allele": 1,
    "contig": 0,
    "filter": "PASS",
    "file_af": None,
    "s0_strand": 0,
    "s0_ps": None,
}
GENOTYPE = {"s0_dosage": 1, "s0_called": 2, "s0_ploidy": 2, "s0_dp": 30, "s0_gq": 99}
READS = {"s0_ad_ref": 15, "s0_ad_alt": 15}
SCHEMA = {
    "record": pl.UInt32,
    "allele": pl.UInt16,
    "contig": pl.UInt16,
    "filter": pl.String,
    "file_af": pl.Float32,
    "chrom": pl.UInt8,
    "pos": pl.UInt32,
    "ref": pl.String,
    "alt": pl.String,
    "s0_dosage": pl.Int8,
    **dict.fromkeys(("s0_called", "s0_ploidy", "s0_strand"), pl.UInt8),
    **dict.fromkeys(("s0_ps", "s0_dp", "s0_gq", "s0_ad_ref", "s0_ad_alt"), pl.Int32),
}


def variant_table(rows: list[dict[str, Any]], build: Build = Build.GRCH37) -> VariantTable:
    """A heterozygous call of good quality per row, save what the row says otherwise."""
    frame = pl.DataFrame([PLAIN | GENOTYPE | READS | row for row in rows], schema=SCHEMA)
    guess = BuildGuess(build, 1.0, "stated")
    return VariantTable("x.vcf", build, guess, ("A",), ("1",), frame, len(rows), len(rows), 0)
