"""Genotype strings and sample fields to numbers."""

import re
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

MISSING = -1
MAX_PLOIDY = 64
_GT = re.compile(r"^[/|]?(\.|0|[1-9]\d{0,5})([/|](\.|0|[1-9]\d{0,5}))*$")
_PART = re.compile(r"[/|]?(?:\.|\d+)")


@dataclass(frozen=True, slots=True)
class Genotype:
    """One GT value. ``alleles``: -1 missing, 0 reference, n the nth alternate."""

    alleles: tuple[int, ...]
    phased: bool

    @property
    def called(self) -> int:
        """Alleles that are not missing."""
        return sum(allele >= 0 for allele in self.alleles)


def parse_genotype(text: str | None) -> Genotype | None:
    """``0/1``, ``1|0``, ``./1``, ``1``, ``/0|1`` (4.4); None when it is not a genotype.

    Phased means that every separator after the first allele is ``|``; a haploid call is not phased.
    """
    if text is None or not _GT.match(text):
        return None
    separators = [mark for mark in text[1:] if mark in "/|"]
    parts = text.strip("/|").replace("|", "/").split("/")
    if len(parts) > MAX_PLOIDY:
        return None
    alleles = tuple(MISSING if part == "." else int(part) for part in parts)
    return Genotype(alleles, bool(separators) and "/" not in separators)


@dataclass(slots=True)
class GenotypeTable:
    """Every distinct GT of a block, as arrays indexed by its code; code 0 is "no genotype"."""

    codes: NDArray[np.uint32]
    alleles: NDArray[np.int32]
    called: NDArray[np.uint8]
    ploidy: NDArray[np.uint8]
    phased: NDArray[np.bool_]

    def dosage(self, codes: NDArray[np.uint32], allele: NDArray[np.int64]) -> NDArray[np.int8]:
        """Copies of ``allele`` in each genotype; -1 where none is called."""
        matrix = self.alleles[codes]
        copies = (matrix == allele[:, None]).sum(axis=1).astype(np.int8)
        return np.where(self.called[codes] == 0, np.int8(-1), copies)

    def strand(self, codes: NDArray[np.uint32], allele: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Bit 0: first haplotype, bit 1: second; 0 where not phased or not diploid."""
        if self.alleles.shape[1] < 2:
            return np.zeros(len(codes), dtype=np.uint8)
        first = self.alleles[codes, 0] == allele
        second = self.alleles[codes, 1] == allele
        bits = first.astype(np.uint8) + 2 * second.astype(np.uint8)
        usable = self.phased[codes] & (self.ploidy[codes] == 2)
        return np.where(usable, bits, np.uint8(0))


def encode(values: pl.Series) -> GenotypeTable:
    """Distinct values are parsed once; the rest is look-up. Unreadable values become "no genotype"."""
    distinct = values.unique().drop_nulls().to_list()
    parsed = [parse_genotype(text) for text in distinct]
    if distinct:
        order = pl.Series(range(1, len(distinct) + 1), dtype=pl.UInt32)
        coded = values.replace_strict(pl.Series(distinct), order, default=0, return_dtype=pl.UInt32)
        codes = coded.fill_null(0).to_numpy()
    else:
        codes = np.zeros(len(values), dtype=np.uint32)
    width = max([2, *(len(item.alleles) for item in parsed if item)])
    alleles = np.full((len(distinct) + 1, width), -2, dtype=np.int32)
    called = np.zeros(len(distinct) + 1, dtype=np.uint8)
    ploidy = np.zeros(len(distinct) + 1, dtype=np.uint8)
    phased = np.zeros(len(distinct) + 1, dtype=np.bool_)
    for code, item in enumerate(parsed, start=1):
        if item is not None:
            alleles[code, : len(item.alleles)] = item.alleles
            called[code], ploidy[code], phased[code] = item.called, len(item.alleles), item.phased
    return GenotypeTable(codes, alleles, called, ploidy, phased)
