"""Results of the risk analyses."""

from dataclasses import dataclass

from genoai_desktop.domain.provenance import Citation, Coverage, Version
from genoai_desktop.domain.variant import ReportedVariant


@dataclass(frozen=True, slots=True)
class RiskFigure:
    """One chance that a patient sees. Values are 0..1; ``baseline`` is the population's."""

    title: str
    value: float
    low: float | None
    high: float | None
    baseline: float | None
    baseline_label: str
    horizon: str
    """``by age 80``, ``in the next 5 years`` ..."""
    source: Citation
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RiskFinding:
    """A monogenic or carrier finding with what it means."""

    scope: str
    """A ``Scope`` value: ``secondary``, ``carrier`` or ``primary``."""
    gene: str
    condition: str
    inheritance: str
    variants: tuple[ReportedVariant, ...]
    meaning: str
    figures: tuple[RiskFigure, ...] = ()
    options: tuple[str, ...] = ()
    """Screening and prevention to talk about, each with its guideline and date; never an order."""


@dataclass(frozen=True, slots=True)
class AncestryEstimate:
    """Superpopulation probabilities (1000 Genomes) with the number of sites that spoke."""

    proportions: tuple[tuple[str, float], ...]
    sites_used: int
    sites_total: int
    coordinates: tuple[float, ...] = ()
    note: str = ""
    admixture: tuple[tuple[str, float, float], ...] = ()
    """Name, share (they sum to 1) and standard error: admixture-like, on the same reference groups."""

    @property
    def best(self) -> str:
        """The most probable superpopulation, empty when nothing could be said."""
        return max(self.proportions, key=lambda pair: pair[1])[0] if self.proportions else ""


@dataclass(frozen=True, slots=True)
class PolygenicScore:
    """One polygenic score. ``percentile`` is never given without ``reference``."""

    name: str
    score_sum: float
    matched: int
    total: int
    z: float | None
    percentile: float | None
    reference: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RiskResult:
    """Everything the Risks page and section show."""

    findings: tuple[RiskFinding, ...]
    figures: tuple[RiskFigure, ...]
    polygenic: tuple[PolygenicScore, ...]
    ancestry: AncestryEstimate | None
    coverage: tuple[Coverage, ...]
    versions: tuple[Version, ...]
    notes: tuple[str, ...] = ()
