"""The VariantTable: one row per alternate allele, in columns.

Columns of ``frame`` (all positions 1-based):

=============== ======== =====================================================================
record          UInt32   0-based index of the record in the file
allele          UInt16   1-based index of the alternate in its record
chrom           UInt8    chromosome code (``domain.genome``); 0 = another contig
contig          UInt16   index into ``contigs``: the name as the file writes it
pos, end        UInt32   first and last reference base, after trimming
ref, alt        String   upper case, trimmed (VCF style, one shared base for indels)
kind            UInt8    ``Kind``
rsid            String   the ID column, null for ``.``
qual            Float32  null for ``.``
filter          Categorical  FILTER as written (``PASS``, ``.``, ``q10;s50``)
file_af         Float32  highest gnomAD-style population frequency found in the file's own annotation
=============== ======== =====================================================================

and for each loaded sample ``i`` (0-based index into ``samples``):

=============== ======== =====================================================================
s{i}_dosage     Int8     copies of this alternate among the called alleles; null when none is called
s{i}_called     UInt8    number of called alleles (2 diploid, 1 haploid or half call, 0 missing)
s{i}_ploidy     UInt8    number of alleles in GT including missing ones
s{i}_strand     UInt8    phased: bit 0 first, bit 1 second haplotype carries the alternate; 0 = not phased
s{i}_ps         Int32    phase set, null when not given
s{i}_dp         Int32    depth
s{i}_gq         Int16    genotype quality
s{i}_ad_ref     Int32    reads of the reference allele
s{i}_ad_alt     Int32    reads of this alternate
=============== ======== =====================================================================
"""

from dataclasses import dataclass, field
from enum import IntEnum

import polars as pl

from genoai_desktop.domain.findings import Finding
from genoai_desktop.domain.genome import Build


class Kind(IntEnum):
    """What an alternate allele is."""

    SNV = 1
    MNV = 2
    INSERTION = 3
    DELETION = 4
    DELINS = 5
    SYMBOLIC = 6
    BREAKEND = 7
    STAR = 8
    NON_REF = 9
    NO_ALT = 10
    """A record without an alternate (``.``): the position was seen and is reference or not called."""


@dataclass(frozen=True, slots=True)
class BuildGuess:
    """Which build a file is on, why, and how sure that is (0..1)."""

    build: Build | None
    confidence: float
    reason: str


def empty_frame() -> pl.DataFrame:
    """No rows, no columns."""
    return pl.DataFrame()


@dataclass(frozen=True, slots=True)
class VariantTable:
    """The variants of one file.

    ``blocks``: gVCF reference blocks and no-ALT records (not in ``frame``): ``chrom start end`` (1-based,
    inclusive) and ``s{i}_gt`` (Int8: 0 reference, null no call), ``s{i}_dp``, ``s{i}_gq``.
    ``structural``: one row per symbolic, breakend or repeat record: ``row`` (index into ``frame``)
    ``svtype end2 svlen chrom2 copy_number repeat_id repeat_unit mate copy_number_{i} repeat_count_{i}``
    (``repeat_count_{i}`` is REPCN or MC as written, ``10/45``; GangSTR's and TRGT's records with plain
    sequence count as repeat records too).
    ``annotation``: the file's own CSQ/ANN/BCSQ, one row per (``row``, transcript):
    ``row gene transcript consequence hgvs_c hgvs_p impact source``.
    """

    path: str
    build: Build
    build_guess: BuildGuess
    samples: tuple[str, ...]
    contigs: tuple[str, ...]
    frame: pl.DataFrame
    records_read: int
    records_loaded: int
    records_reported: int
    findings: tuple[Finding, ...] = ()
    blocks: pl.DataFrame = field(default_factory=empty_frame)
    structural: pl.DataFrame = field(default_factory=empty_frame)
    annotation: pl.DataFrame = field(default_factory=empty_frame)
    header: str = ""

    @property
    def height(self) -> int:
        """Number of alternate alleles."""
        return self.frame.height

    def sample_index(self, name: str) -> int:
        """0-based index of a loaded sample; KeyError when the file has none of that name."""
        try:
            return self.samples.index(name)
        except ValueError:
            raise KeyError(name) from None
