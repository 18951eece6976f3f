"""Choices of rows that several figures share."""

from typing import Final

import polars as pl

from genoai_desktop.analysis.annotation.regions import X, Y, par
from genoai_desktop.domain.genome import Build
from genoai_desktop.vcf.table import Kind, VariantTable

AUTOSOMES: Final = 22
_SMALL: Final = (Kind.SNV, Kind.MNV, Kind.INSERTION, Kind.DELETION, Kind.DELINS)


def unfailed() -> pl.Expr:
    """Rows that pass their filters, or to which none was applied."""
    return pl.col("filter").cast(pl.String).fill_null(".").is_in(["PASS", "."])


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


def biallelic_substitutions(table: VariantTable) -> pl.DataFrame:
    """Autosomal substitutions that do not fail a filter, from records with one alternate."""
    single = ~pl.col("record").is_duplicated()
    return table.frame.filter(substitution() & autosomal() & unfailed() & single)
