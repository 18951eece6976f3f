"""Results of the pharmacogenomic analysis."""

from dataclasses import dataclass
from enum import StrEnum

from genoai_desktop.domain.provenance import Citation, Version


class CallStatus(StrEnum):
    """How far a diplotype can be trusted."""

    CALLED = "called"
    AMBIGUOUS = "ambiguous"
    INDETERMINATE = "indeterminate"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True)
class MissingPosition:
    """A defining position that the file does not show; ``alleles`` could not be excluded."""

    name: str
    position: int
    alleles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GeneCall:
    """The diplotype of one gene in one sample."""

    gene: str
    diplotype: str
    alternatives: tuple[str, ...]
    phenotype: str
    activity_score: str
    status: CallStatus
    positions_tested: int
    positions_missing: tuple[MissingPosition, ...]
    notes: tuple[str, ...] = ()


class Concern(StrEnum):
    """How much a medicine finding matters to a prescriber."""

    AVOID = "avoid"
    ADJUST = "adjust"
    CAUTION = "caution"
    USUAL = "usual"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DrugAdvice:
    """What a guideline says about one drug for these phenotypes, in the project's own words."""

    drug: str
    genes: tuple[str, ...]
    phenotypes: tuple[str, ...]
    implication: str
    action: str
    concern: Concern
    dose_factor: str
    strength: str
    population: str
    guideline: Citation


@dataclass(frozen=True, slots=True)
class PgxResult:
    """All genes of one sample, with advice for every drug that the calls touch."""

    sample: str
    calls: tuple[GeneCall, ...]
    advice: tuple[DrugAdvice, ...]
    versions: tuple[Version, ...]
    notes: tuple[str, ...] = ()
