"""Choices of rows that several figures share."""

from dataclasses import replace
from typing import Final

import polars as pl

from genoai_desktop.analysis.annotation.regions import X, Y, par
from genoai_desktop.domain.genome import Build
from genoai_desktop.vcf.table import Kind, VariantTable

AUTOSOMES: Final = 22
_SMALL: Final = (Kind.SNV, Kind.MNV, Kind.INSERTION, Kind.DELETION, Kind.DELINS)


_PLAIN: Final = {
    "record": pl.UInt32,
    "allele": pl.UInt16,
    "chrom": pl.UInt8,
    "pos": pl.UInt32,
    "ref": pl.String,
    "alt": pl.String,
    "kind": pl.UInt8,
    "filter": pl.String,
}
_GENOTYPE: Final = {"dosage": pl.Int8, "called": pl.UInt8, "ploidy": pl.UInt8}


def with_columns(table: VariantTable) -> VariantTable:
    """The table, or for a file without records one whose empty frame has the columns that figures need."""
    if table.height:
        return table
    own = {f"s{i}_{name}": kind for i in range(len(table.samples)) for name, kind in _GENOTYPE.items()}
    return replace(table, frame=pl.DataFrame(schema={**_PLAIN, **own}))


def unfailed() -> pl.Expr:
    """Rows that pass their filters, or to which none was applied."""
    verdict = pl.col("filter")
    return verdict.is_null() | (verdict == "PASS") | (verdict == ".")


def small() -> pl.Expr:
    """Substitutions and small insertions and deletions."""
    return pl.col("kind").is_in([int(kind) for kind in _SMALL])


def substitution() -> pl.Expr:
    """Single-base substitutions."""
    return pl.col("kind") == int(Kind.SNV)


def autosomal() -> pl.Expr:
    """Rows of chromosomes 1 to 22."""
    return pl.col("chrom").is_between(1, AUTOSOMES)


def on_x(build: Build) -> pl.Expr:
    """Rows of X outside the pseudoautosomal regions."""
    return (pl.col("chrom") == X) & ~par(build)


def on_y(build: Build) -> pl.Expr:
    """Rows of Y outside the pseudoautosomal regions."""
    return (pl.col("chrom") == Y) & ~par(build)


def first_of_record() -> pl.Expr:
    """The first row of every record; the rows of one record are neighbours."""
    return (pl.col("record") != pl.col("record").shift(1)).fill_null(value=True)


def biallelic_substitutions(table: VariantTable) -> pl.DataFrame:
    """Genotypes at autosomal substitutions that fail no filter, from records with one alternate."""
    genotypes = [f"s{i}_{part}" for i in range(len(table.samples)) for part in ("dosage", "called")]
    single = first_of_record() & first_of_record().shift(-1, fill_value=True)
    needed = table.frame.select(
        (substitution() & autosomal() & unfailed() & single).alias("keep"), *genotypes
    )
    return needed.filter("keep").drop("keep")
