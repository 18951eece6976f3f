"""A VariantTable of alleles that come from no file: only what they are and where."""

from collections.abc import Sequence
from typing import Protocol

import polars as pl

from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.vcf.table import BuildGuess, Kind, VariantTable


class Allele(Protocol):
    """One allele, VCF style, 1-based. A symbolic ALT such as ``<DEL>`` goes with an ``end``."""

    @property
    def chromosome(self) -> str: ...
    @property
    def position(self) -> int: ...
    @property
    def ref(self) -> str: ...
    @property
    def alt(self) -> str: ...


def bare_table(alleles: Sequence[Allele], build: Build, reason: str) -> VariantTable:
    """The alleles, one row each in the order given (genomic order); ``reason``: why this build."""
    count = len(alleles)
    frame = pl.DataFrame(
        {
            "record": pl.Series(range(count), dtype=pl.UInt32),
            "allele": pl.Series([1] * count, dtype=pl.UInt16),
            "chrom": pl.Series([chromosome_code(one.chromosome) for one in alleles], dtype=pl.UInt8),
            "contig": pl.Series([0] * count, dtype=pl.UInt16),
            "pos": pl.Series([one.position for one in alleles], dtype=pl.UInt32),
            "end": pl.Series([_end(one) for one in alleles], dtype=pl.UInt32),
            "ref": pl.Series([one.ref for one in alleles], dtype=pl.String),
            "alt": pl.Series([one.alt for one in alleles], dtype=pl.String),
            "kind": pl.Series([int(_kind(one)) for one in alleles], dtype=pl.UInt8),
            "rsid": pl.Series([None] * count, dtype=pl.String),
            "qual": pl.Series([None] * count, dtype=pl.Float32),
            "filter": pl.Series(["PASS"] * count, dtype=pl.Categorical),
            "file_af": pl.Series([None] * count, dtype=pl.Float32),
        }
    )
    return VariantTable("", build, BuildGuess(build, 1.0, reason), (), ("",), frame, count, count, 0)


def _end(one: Allele) -> int:
    return getattr(one, "end", 0) or one.position + len(one.ref) - 1


def _kind(one: Allele) -> Kind:
    if one.alt.startswith("<"):
        return Kind.SYMBOLIC
    if len(one.ref) == len(one.alt):
        return Kind.SNV if len(one.ref) == 1 else Kind.MNV
    if one.alt and one.ref.startswith(one.alt):
        return Kind.DELETION
    return Kind.INSERTION if one.ref and one.alt.startswith(one.ref) else Kind.DELINS
