"""Builds, chromosomes and positions. All positions are 1-based unless a name says otherwise."""

from dataclasses import dataclass
from enum import StrEnum


class Build(StrEnum):
    """A human reference build."""

    GRCH37 = "GRCh37"
    GRCH38 = "GRCh38"

    @property
    def other(self) -> "Build":
        """The build that is not this one."""
        return Build.GRCH38 if self is Build.GRCH37 else Build.GRCH37


CHROMOSOMES = (*(str(n) for n in range(1, 23)), "X", "Y", "MT")
"""Canonical names; the code of a chromosome in every column is its index here plus one, 0 = other."""

_CODES = {name: code for code, name in enumerate(CHROMOSOMES, start=1)}
_ALIASES = {"M": "MT", "23": "X", "24": "Y", "25": "MT", "26": "MT"}


def chromosome_code(name: str) -> int:
    """1..22, 23 = X, 24 = Y, 25 = MT for ``1``, ``chr1``, ``chrM``, ``MT``; 0 for any other contig."""
    bare = name[3:] if name[:3].lower() == "chr" else name
    bare = bare.upper()
    return _CODES.get(_ALIASES.get(bare, bare), 0)


def chromosome_name(code: int) -> str:
    """The canonical name without ``chr``; ``?`` for code 0."""
    return CHROMOSOMES[code - 1] if 1 <= code <= len(CHROMOSOMES) else "?"


@dataclass(frozen=True, slots=True, order=True)
class Locus:
    """An interval of one build, 1-based and inclusive at both ends."""

    chromosome: str
    start: int
    end: int
    build: Build

    def __str__(self) -> str:
        span = f"{self.start}" if self.start == self.end else f"{self.start}-{self.end}"
        return f"chr{self.chromosome}:{span} ({self.build})"


@dataclass(frozen=True, slots=True, order=True)
class VariantKey:
    """One alternate allele: trimmed, 1-based position of the first base of ``ref`` (VCF style)."""

    chromosome: str
    position: int
    ref: str
    alt: str
    build: Build

    def __str__(self) -> str:
        return f"chr{self.chromosome}:{self.position} {self.ref}>{self.alt} ({self.build})"
