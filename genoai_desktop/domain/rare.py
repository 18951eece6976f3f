"""Results of the rare-disease analysis."""

from dataclasses import dataclass

from genoai_desktop.domain.provenance import Citation, Version
from genoai_desktop.domain.variant import ReportedVariant


@dataclass(frozen=True, slots=True)
class Contribution:
    """One reason for a candidate's score, in natural log odds; contributions add up to the score."""

    kind: str
    """``phenotype``, ``variant``, ``inheritance`` or ``prior``."""
    subject: str
    log_odds: float
    text: str
    source: Citation | None = None
    group: str = ""
    """Where a reader looks for it when ``kind`` is not enough: ``onset``, ``sex``, ``in_house``."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate diagnosis, with the evidence that made its score."""

    rank: int
    disease_id: str
    disease_name: str
    gene: str
    score: float
    """Sum of the contributions (natural log odds)."""
    probability: float | None
    """Calibrated probability, None where no calibrated model was used."""
    inheritance: tuple[str, ...]
    contributions: tuple[Contribution, ...]
    variants: tuple[ReportedVariant, ...] = ()
    against: tuple[str, ...] = ()
    cross_references: tuple[str, ...] = ()
    would_change: tuple[str, ...] = ()
    """What, once known, would move the candidate most: tests, relatives, findings to look for."""


@dataclass(frozen=True, slots=True)
class FilterStep:
    """One step of the waterfall: how many variants came in and how many it removed."""

    id: str
    label: str
    entered: int
    removed: int


@dataclass(frozen=True, slots=True)
class RareDiseaseResult:
    """Candidates, most probable first."""

    candidates: tuple[Candidate, ...]
    waterfall: tuple[FilterStep, ...]
    versions: tuple[Version, ...]
    notes: tuple[str, ...] = ()
    unknown: float | None = None
    """Chance that the diagnosis is none of the ranked ones; None where nothing was ranked."""
