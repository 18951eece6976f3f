"""Results of the risk analyses."""

from dataclasses import dataclass

from genoai_desktop.domain.provenance import Citation, Coverage, Version
from genoai_desktop.domain.variant import ReportedVariant


@dataclass(frozen=True, slots=True)
class RiskPart:
    """One switchable part of a combined figure: what the figure would be without it.

    ``without`` is an absolute chance (0..1); ``share`` = figure - ``without`` (may be negative).
    ``used`` is False for a part that was switched off or could not be had, with the reason in ``text``.
    """

    id: str
    """``lifestyle``, ``monogenic`` or ``polygenic``."""
    title: str
    without: float
    share: float
    used: bool
    text: str = ""


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
    scope: str = "primary"
    """``Scope`` values that this figure needs, joined by ``+`` (``secondary+polygenic``)."""
    parts: tuple[RiskPart, ...] = ()
    say: str = ""
    """One plain sentence for the patient, in X of 100."""
    model: str = ""
    """``gail``, ``claus``, ``brca-family``, ``combined-breast``; empty for a figure of a finding."""
    options: tuple[str, ...] = ()
    """Screening and prevention to talk about at this chance, each with its guideline; never an order."""


@dataclass(frozen=True, slots=True)
class RiskCurve:
    """Cumulative chance (0..1) by age in years; every series has one value for each of ``ages``.

    ``baseline`` is the population's, empty where there is none; ``low`` and ``high`` likewise.
    """

    title: str
    ages: tuple[float, ...]
    values: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    baseline: tuple[float, ...]
    scope: str
    source: Citation
    baseline_label: str = ""
    baseline_source: str = ""
    model: str = ""
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelativeChance:
    """What the family history or a finding says about one member. Chances are 0..1.

    ``information``: bits that a test of this person is expected to tell the family, None for those who
    cannot be tested or where no ranking was made. ``person`` is the id in the case.
    """

    person: str
    subject: str
    """What may be carried: a gene, or a gene's known variant."""
    carrier: float
    information: float | None
    scope: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ChildRisk:
    """Chance (0..1) that a child is affected, and per sex where that differs."""

    any_child: float
    son: float
    daughter: float


@dataclass(frozen=True, slots=True)
class CoupleGene:
    """One gene of the couple. Probabilities 0..1; ``carriers``: of the first and second partner."""

    gene: str
    condition: str
    inheritance: str
    carriers: tuple[float | None, float | None]
    child: ChildRisk | None
    """None where the chance cannot be given because one partner's remaining risk is not known."""
    first_variants: tuple[ReportedVariant, ...]
    second_variants: tuple[ReportedVariant, ...]
    text: str


@dataclass(frozen=True, slots=True)
class CoupleResult:
    """Joint genes first, then genes of one partner alone, and what was not covered."""

    joint: tuple[CoupleGene, ...]
    single: tuple[CoupleGene, ...]
    coverage: tuple[Coverage, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AncestryMap:
    """Reference people and the person on principal components, for drawing.

    ``points``: (first component, second component, superpopulation) of at most 400 reference people.
    ``centers``: (superpopulation, first, second, people in the whole panel).
    """

    points: tuple[tuple[float, float, str], ...]
    centers: tuple[tuple[str, float, float, int], ...]
    person: tuple[float, float] | None
    axes: tuple[str, str]
    source: Citation
    note: str = ""


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
    id: str = ""
    mean: float | None = None
    """Expected raw score of people of this ancestry; with ``sd`` the curve that ``z`` is a place on."""
    sd: float | None = None
    z_unadjusted: float | None = None
    """Against the reference of the ancestry that the score was built in, None where there is none."""
    effect_share: float | None = None
    """Share (0..1) of the effect per SD that is expected to remain in this person's ancestry."""
    sites_fitted: int | None = None
    """Sites whose frequency is known for several ancestries: what the adjustment was fitted on."""
    warning: str = ""
    """In plain words, where the score was not built for this ancestry."""
    say: str = ""
    citation: str = ""


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
    curves: tuple[RiskCurve, ...] = ()
    relatives: tuple[RelativeChance, ...] = ()
    couple: CoupleResult | None = None
    ancestry_map: AncestryMap | None = None
