"""Small variant tables for the consequence tests."""

import polars as pl

from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.vcf.table import BuildGuess, Kind, VariantTable


def kind(ref: str, alt: str) -> Kind:
    """The kind of a trimmed allele."""
    if len(ref) == len(alt):
        return Kind.SNV if len(ref) == 1 else Kind.MNV
    if ref[0] == alt[0] and min(len(ref), len(alt)) == 1:
        return Kind.INSERTION if len(alt) > len(ref) else Kind.DELETION
    return Kind.DELINS


def table(alleles: pl.DataFrame, build: Build, annotation: pl.DataFrame | None = None) -> VariantTable:
    """From columns ``chrom`` (text) ``pos ref alt``."""
    size = pl.col("ref").str.len_bytes()
    kinds = [int(kind(ref, alt)) for ref, alt in alleles.select("ref", "alt").iter_rows()]
    frame = alleles.select(
        pl.Series("chrom", [chromosome_code(name) for name in alleles["chrom"]], dtype=pl.UInt8),
        pl.col("pos").cast(pl.UInt32),
        (pl.col("pos") + size - 1).cast(pl.UInt32).alias("end"),
        "ref",
        "alt",
        pl.Series("kind", kinds, dtype=pl.UInt8),
    )
    guess = BuildGuess(build, 1.0, "test")
    extra = {} if annotation is None else {"annotation": annotation}
    count = frame.height
    return VariantTable("test.vcf", build, guess, (), (), frame, count, count, 0, **extra)


def alleles(*rows: tuple[str, int, str, str]) -> pl.DataFrame:
    """Columns from (chromosome, position, ref, alt)."""
    return pl.DataFrame(rows, schema=["chrom", "pos", "ref", "alt"], orient="row")
