"""The columns of a consequence: one row per alternate allele and MANE transcript."""

from typing import Final

import polars as pl

SCHEMA: Final = {
    "row": pl.UInt32,
    "gene": pl.String,
    "transcript": pl.String,
    "consequence": pl.String,
    "impact": pl.UInt8,
    "source": pl.String,
    "region": pl.String,
    "cds_position": pl.Int32,
    "splice_distance": pl.Int32,
    "aa_position": pl.Int32,
    "aa_ref": pl.String,
    "aa_alt": pl.String,
    "hgvs_c": pl.String,
    "hgvs_p": pl.String,
    "domain": pl.String,
    "conflict": pl.String,
    "misfit": pl.Boolean,
}
