"""BRCA1 and BRCA2 together on the pedigree engine: who may carry which, and the cancer risk of women.

Of the BRCAPRO kind (Parmigiani 1998): carrier curves of Kuchenbaecker 2017, population incidence for
everybody else. Not counted: cancer in men, a second breast cancer, pathology, preventive surgery.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from genoai_desktop.analysis.risk.elimination import Array
from genoai_desktop.analysis.risk.figures import population_breast_risk
from genoai_desktop.analysis.risk.inheritance import Genetics, Mode
from genoai_desktop.analysis.risk.pedigree import Member, Model, posterior
from genoai_desktop.analysis.risk.phenotype import Penetrance
from genoai_desktop.domain.case import Sex
from genoai_desktop.knowledge.risk import RiskTables

GENES = ("BRCA1", "BRCA2")
UNKNOWN_AGE = -1
OLDEST = 80
SMALLEST = 1e-6
_WINDOW = 2.5
_STATES = tuple((first, second) for first in range(3) for second in range(3))


@dataclass(frozen=True, slots=True)
class BrcaPerson:
    """Ages at diagnosis in years, None when not affected, ``UNKNOWN_AGE`` when not known.

    ``tests``: gene to (found, of a known family variant). A known variant is found for certain.
    """

    id: str
    mother: str | None = None
    father: str | None = None
    sex: Sex = Sex.UNKNOWN
    age: float | None = None
    breast: float | None = None
    ovarian: float | None = None
    tests: Mapping[str, tuple[bool, bool]] = field(default_factory=dict)
    twin: str | None = None


@dataclass(frozen=True, slots=True)
class BrcaResult:
    """P(carrier) by person: of BRCA1, of BRCA2, of neither; and the risk of a woman's next cancer."""

    brca1: Mapping[str, float]
    brca2: Mapping[str, float]
    neither: Mapping[str, float]


@dataclass(frozen=True)
class _TwoGenes:
    """Two unlinked genes: nine states, BRCA1 copies times three plus BRCA2 copies."""

    first: Genetics
    second: Genetics
    mode: Mode = Mode.DOMINANT

    @property
    def states(self) -> int:
        return len(_STATES)

    def founder(self, sex: Sex) -> Array:
        prior: Array = np.outer(self.first.founder(sex), self.second.founder(sex)).reshape(self.states)
        return prior

    def transmission(self, sex: Sex) -> Array:
        both = np.einsum("abc,xyz->axbycz", self.first.transmission(sex), self.second.transmission(sex))
        table: Array = both.reshape(self.states, self.states, self.states)
        return table


class BrcaCurves:
    """Cumulative risks (0..1) by carrier state: ``BRCA1``, ``BRCA2`` or None for everybody else."""

    def __init__(self, tables: RiskTables) -> None:
        self._tables = tables

    @cached_property
    def _carriers(self) -> dict[tuple[str, str], tuple[Array, Array]]:
        found = {}
        for gene in GENES:
            for organ in ("breast", "ovarian"):
                points = np.array(self._tables.brca_curve(gene, organ).points, dtype=float)
                found[gene, organ] = points[:, 0], points[:, 1]
        return found

    def cumulative(self, gene: str | None, organ: str, age: float) -> float:
        """P(cancer by ``age``) of a woman, linear between the listed ages."""
        age = max(0.0, min(age, OLDEST))
        if gene is not None:
            ages, risks = self._carriers[gene, organ]
            return float(np.interp(age, ages, risks))
        if organ == "breast":
            return population_breast_risk(self._tables, 20, age) if age > 20 else 0.0
        ages, risks = np.array(self._tables.population_ovarian, dtype=float).T
        return float(np.interp(age, ages, risks))

    def density(self, gene: str | None, organ: str, age: float) -> float:
        """Chance of diagnosis in the year of ``age``, averaged over five years: the curves are steps."""
        age = min(age, OLDEST - _WINDOW)
        rise = self.cumulative(gene, organ, age + _WINDOW) - self.cumulative(gene, organ, age - _WINDOW)
        return max(rise / (2 * _WINDOW), SMALLEST)


def brca_model(people: Sequence[BrcaPerson], tables: RiskTables, *, ashkenazi: bool = False) -> BrcaResult:
    """Carrier probabilities of every member of a family.

    Raises:
        UserError: a pedigree that cannot be, or results that contradict each other.
    """
    curves = BrcaCurves(tables)
    first, second = (Genetics(Mode.DOMINANT, tables.brca_frequency(gene, ashkenazi)) for gene in GENES)
    silent = Penetrance(lambda copies, sex, age: 0.0, frozenset())  # noqa: ARG005 - all evidence is in the weights
    members = [
        Member(
            p.id, p.mother, p.father, p.sex, age=p.age, twin=p.twin, weight=tuple(_weight(p, curves, tables))
        )
        for p in people
    ]
    found = posterior(members, Model(_TwoGenes(first, second), silent)).genotypes
    one = np.array([first > 0 for first, _ in _STATES])
    two = np.array([second > 0 for _, second in _STATES])
    return BrcaResult(
        {p.id: float(found[p.id][one].sum()) for p in people},
        {p.id: float(found[p.id][two].sum()) for p in people},
        {p.id: float(found[p.id][~(one | two)].sum()) for p in people},
    )


def cancer_risk(
    person: BrcaPerson, result: BrcaResult, tables: RiskTables, organ: str, until: float
) -> float:
    """P(``breast`` or ``ovarian`` cancer by ``until`` | none yet), 0..1, for a woman; no competing death."""
    curves = BrcaCurves(tables)
    now = person.age or 0.0
    shares = {"BRCA1": result.brca1[person.id], None: result.neither[person.id]}
    shares["BRCA2"] = 1 - sum(shares.values())
    total = 0.0
    for gene, share in shares.items():
        before = curves.cumulative(gene, organ, now)
        total += share * (curves.cumulative(gene, organ, until) - before) / (1 - before)
    return max(0.0, total)


def _weight(person: BrcaPerson, curves: BrcaCurves, tables: RiskTables) -> Array:
    """P(health and tests | state)."""
    values = np.ones(len(_STATES))
    for i, copies in enumerate(_STATES):
        gene = "BRCA1" if copies[0] else "BRCA2" if copies[1] else None
        if person.sex is Sex.FEMALE:
            for organ, onset in (("breast", person.breast), ("ovarian", person.ovarian)):
                values[i] *= _health(curves, gene, organ, onset, person.age)
        for number, name in enumerate(GENES):
            if name in person.tests:
                found, known_variant = person.tests[name]
                sensitivity = 1.0 if known_variant else tables.brca_sensitivity(name)
                positive = sensitivity if copies[number] else 0.0
                values[i] *= positive if found else 1 - positive
    return values


def _health(
    curves: BrcaCurves, gene: str | None, organ: str, onset: float | None, age: float | None
) -> float:
    if onset is None:
        return 1 - curves.cumulative(gene, organ, age or 0.0)
    if onset == UNKNOWN_AGE:
        return max(curves.cumulative(gene, organ, age if age else OLDEST), SMALLEST)
    return curves.density(gene, organ, onset)
