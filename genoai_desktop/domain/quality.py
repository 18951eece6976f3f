"""Quality figures of a file and its samples."""

from dataclasses import dataclass
from typing import Final

from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.genome import CHROMOSOMES
from genoai_desktop.domain.provenance import Coverage
from genoai_desktop.domain.text import joined, tr

WHOLE: Final = CHROMOSOMES[:23]
"""Chromosomes 1 to 22 and X: everybody has them, and an exome has many variants on each of them."""


@dataclass(frozen=True, slots=True)
class SampleQuality:
    """Figures of one sample; None where the file does not carry the field."""

    sample: str
    variants: int
    transition_transversion: float | None
    het_hom: float | None
    call_rate: float | None
    mean_depth: float | None
    mean_genotype_quality: float | None
    depth_histogram: tuple[tuple[int, int], ...]
    quality_histogram: tuple[tuple[int, int], ...]
    x_heterozygosity: float | None
    inferred_sex: Sex
    stated_sex: Sex
    x_sites: int = 0
    """Substitutions with an alternate on X outside the pseudoautosomal regions."""
    y_sites: int = 0
    """Called substitutions on Y outside the pseudoautosomal regions."""
    sex_note: str = ""
    """What the inferred sex rests on, or why nothing is inferred."""


@dataclass(frozen=True, slots=True)
class Kinship:
    """Relatedness of two samples (KING-robust kinship coefficient) beside what the pedigree states."""

    first: str
    second: str
    coefficient: float
    stated: str
    inferred: str
    sites: int
    conflict: bool = False
    """True where the genotypes contradict the pedigree."""


@dataclass(frozen=True, slots=True)
class MendelianCheck:
    """Mendelian errors of one trio."""

    child: str
    father: str
    mother: str
    sites: int
    errors: int


@dataclass(frozen=True, slots=True)
class QualityResult:
    """What the Quality page and section show."""

    records: int
    passing: int
    samples: tuple[SampleQuality, ...]
    kinship: tuple[Kinship, ...] = ()
    mendelian: tuple[MendelianCheck, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    unfiltered: int = 0
    """Records whose FILTER is missing (no filter was applied): neither passing nor failing."""
    notes: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    """Of chromosomes 1 to 22 and X those on which a file that has records has none: not looked at."""

    @property
    def only_beside(self) -> bool:
        """Whether all records lie beside chromosomes 1 to 22 and X (mitochondrial DNA, Y)."""
        return len(self.absent) == len(WHOLE)


def absent_words(absent: tuple[str, ...]) -> str:
    """What chromosomes without a record mean, for a professional; empty where there is none."""
    if not absent:
        return ""
    return tr(
        "No record on chromosomes {names}: they count as not looked at, and no finding there speaks for "
        "or against anything. Of a panel of genes that is to be expected; an exome or genome is incomplete.",
        names=joined(", ", absent),
    )
