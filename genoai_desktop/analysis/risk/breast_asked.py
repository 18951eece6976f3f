"""What every breast cancer model receives, and what they fill."""

from dataclasses import dataclass, field

from genoai_desktop.analysis.risk.breast_family import BreastHistory
from genoai_desktop.analysis.risk.gail import NULLIPAROUS, UNKNOWN, GailProfile
from genoai_desktop.analysis.risk.say import worded
from genoai_desktop.domain.breast import BreastFactors
from genoai_desktop.domain.case import Case, Sex
from genoai_desktop.domain.family import Family
from genoai_desktop.domain.provenance import Coverage
from genoai_desktop.domain.risk import PolygenicScore, RelativeChance, RiskCurve, RiskFigure, RiskFinding
from genoai_desktop.knowledge.risk import RiskTables


@dataclass(slots=True)
class BreastOutcome:
    """What could be said, and notes on what could not and why."""

    figures: list[RiskFigure] = field(default_factory=list)
    curves: list[RiskCurve] = field(default_factory=list)
    relatives: list[RelativeChance] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Asked:
    """A case with what the models read of it."""

    case: Case
    family: Family
    history: BreastHistory
    tables: RiskTables
    findings: tuple[RiskFinding, ...]
    polygenic: tuple[PolygenicScore, ...]

    @property
    def age(self) -> float | None:
        """Of the proband, in years."""
        return self.case.index.age_years

    def healthy_woman(self) -> bool:
        """Whether the breast models apply: a woman who has not had breast cancer."""
        return self.case.index.sex is Sex.FEMALE and self.history.of(self.case.proband, "breast") is None


def gail_profile(factors: BreastFactors, age: float, until: float, relatives: int) -> GailProfile:
    """The answers as BCRA 2.1.2 codes them: 99 not known, 98 no live birth."""
    birth = (
        NULLIPAROUS if factors.childless else UNKNOWN if factors.first_birth is None else factors.first_birth
    )
    hyperplasia = UNKNOWN if factors.hyperplasia is None else int(factors.hyperplasia)
    return GailProfile(
        age=age,
        until=until,
        biopsies=UNKNOWN if factors.biopsies is None else factors.biopsies,
        hyperplasia=hyperplasia if factors.biopsies else UNKNOWN,
        menarche=UNKNOWN if factors.menarche is None else factors.menarche,
        first_birth=NULLIPAROUS if factors.childless else birth,
        relatives=relatives,
        race=factors.population,
    )


def options_from(asked: Asked, horizon: str, risk: float) -> tuple[str, ...]:
    """Options for this chance (0..1) of breast cancer, in words."""
    return tuple(worded(found) for found in asked.tables.breast_options(horizon, risk))
