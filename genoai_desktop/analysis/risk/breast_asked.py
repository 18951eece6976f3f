"""What every breast cancer model receives, and what they fill."""

from dataclasses import dataclass, field

from genoai_desktop.analysis.risk.breast_family import BreastHistory
from genoai_desktop.analysis.risk.gail import NULLIPAROUS, UNKNOWN, GailProfile
from genoai_desktop.analysis.risk.say import worded
from genoai_desktop.domain.breast import BreastFactors
from genoai_desktop.domain.case import Case, Scope, Sex
from genoai_desktop.domain.family import Family
from genoai_desktop.domain.provenance import Coverage
from genoai_desktop.domain.risk import PolygenicScore, RelativeChance, RiskCurve, RiskFigure, RiskFinding
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.risk import RiskTables

PROVEN = {"BRCA1": (1.0, 0.0), "BRCA2": (0.0, 1.0)}
"""Genes of the monogenic models, with the carrier probabilities of both once a variant is proven."""


def not_for_carriers() -> str:
    """Why a known carrier gets no figure from the models of women in general."""
    return tr("The Gail model and the Claus tables are not made for carriers of BRCA1 or BRCA2: figures "
              "from the gene variant hold instead.")  # fmt: skip


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

    @property
    def stated_carrier(self) -> bool:
        """Whether the pedigree states a test of the proband that found a BRCA1 or BRCA2 variant."""
        tests = next((one.tests for one in self.family.members if one.id == self.case.proband), ())
        return any(one.gene in PROVEN and one.result in ("P", "HET", "HOM") for one in tests)

    @property
    def proven(self) -> bool:
        """Whether the woman is known to be a carrier: models of women in general say nothing about her."""
        found = {one.gene for one in self.findings if one.scope == Scope.SECONDARY.value}
        return self.stated_carrier or bool(found & PROVEN.keys())

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
