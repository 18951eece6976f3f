"""Sex chromosomes, pseudoautosomal regions and the names of places."""

from typing import Final

import polars as pl

from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.genome import Build, chromosome_name
from genoai_desktop.domain.hgvs import genomic_name

X: Final = 23
Y: Final = 24
MT: Final = 25
PAR: Final = {
    (Build.GRCH37, X): ((60_001, 2_699_520), (154_931_044, 155_260_560)),
    (Build.GRCH37, Y): ((10_001, 2_649_520), (59_034_050, 59_363_566)),
    (Build.GRCH38, X): ((10_001, 2_781_479), (155_701_383, 156_030_895)),
    (Build.GRCH38, Y): ((10_001, 2_781_479), (56_887_903, 57_217_415)),
}
"""Pseudoautosomal regions, 1-based inclusive (Genome Reference Consortium)."""


def in_par(chrom: int, pos: int, build: Build) -> bool:
    """Whether a position of X or Y is pseudoautosomal (1-based)."""
    return any(start <= pos <= end for start, end in PAR.get((build, chrom), ()))


def par(build: Build) -> pl.Expr:
    """True for rows (``chrom``, ``pos``) in a pseudoautosomal region."""
    inside = [
        (pl.col("chrom") == chrom) & pl.col("pos").is_between(start, end)
        for (of, chrom), spans in PAR.items()
        if of is build
        for start, end in spans
    ]
    return pl.any_horizontal(inside)


def single_copy(chrom: int, pos: int, build: Build, sex: Sex) -> bool:
    """Whether a person of that sex carries one copy only: X and Y of a male outside PAR; MT always."""
    if chrom == MT:
        return True
    return chrom in {X, Y} and sex is Sex.MALE and not in_par(chrom, pos, build)


def hgvs_g(chrom: int, pos: int, ref: str, alt: str, build: Build) -> str:
    """Genomic HGVS of a trimmed allele; empty for other contigs and symbolic alleles."""
    if not chrom or not (ref + alt).isalpha():
        return ""
    return genomic_name(chromosome_name(chrom), build, pos, ref, alt)


def place(chrom: int, contig: str) -> str:
    """The canonical chromosome, or the file's own name of another contig."""
    return chromosome_name(chrom) if chrom else contig
