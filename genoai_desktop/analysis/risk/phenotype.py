"""What a person's state of health and test results say about the genotype."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from genoai_desktop.analysis.risk.elimination import Array
from genoai_desktop.analysis.risk.inheritance import MOSAIC, Inherits, Mode
from genoai_desktop.domain.case import Affected, Sex

Cumulative = Callable[[int, Sex, float], float]
"""P(affected by ``age`` | ``copies``, ``sex``), 0..1; copies 0 gives the phenocopy rate."""


@dataclass(frozen=True, slots=True)
class GeneTest:
    """A result: ``found`` copies (0 negative). ``sensitivity`` per carrier, or per allele when recessive."""

    found: int
    sensitivity: float = 1.0
    specificity: float = 1.0


@dataclass(frozen=True, slots=True)
class Penetrance:
    """Cumulative risk of the condition. ``applies``: sexes that can show it, others carry no evidence."""

    cumulative: Cumulative
    applies: frozenset[Sex] = frozenset(Sex)
    lifetime: float = 80.0
    smallest: float = 0.0
    """Floor of P(affected | state), so that a step curve without an event in that year excludes nothing."""

    def likelihood(
        self, affected: Affected, sex: Sex, age: float | None, onset: float | None, states: int
    ) -> Array:
        """P(health | state). Affected with an age at onset: one year's density; otherwise by current age."""
        if affected is Affected.UNKNOWN or sex not in self.applies:
            return np.ones(states)
        copies = [0 if state == MOSAIC else state for state in range(states)]
        if affected is Affected.NO:
            by = age if age is not None else 0.0
            return np.array([1 - self.cumulative(n, sex, by) for n in copies])
        if onset is None:
            by = age if age is not None else self.lifetime
            return np.array([max(self.cumulative(n, sex, by), self.smallest) for n in copies])
        year = [self.cumulative(n, sex, onset) - self.cumulative(n, sex, onset - 1) for n in copies]
        return np.array([max(density, self.smallest) for density in year])


def complete(mode: Mode) -> Penetrance:
    """Full penetrance at birth, no phenocopies: carriers if dominant, two copies (or one X) if recessive."""

    def cumulative(copies: int, sex: Sex, _age: float) -> float:
        if mode is Mode.RECESSIVE or (mode is Mode.X_LINKED and sex is not Sex.MALE):
            return float(copies == 2)
        return float(copies >= 1)

    return Penetrance(
        cumulative, frozenset((Sex.FEMALE, Sex.MALE)) if mode is Mode.X_LINKED else frozenset(Sex)
    )


def result_likelihood(test: GeneTest, genetics: Inherits) -> Array:
    """P(result | state). Recessive: each pathogenic allele is found independently with ``sensitivity``."""
    values = []
    for state in range(genetics.states):
        copies = 0 if state == MOSAIC else state
        if genetics.mode is Mode.RECESSIVE and copies:
            values.append(_binomial(test.found, copies, test.sensitivity))
        else:
            positive = test.sensitivity if copies else 1 - test.specificity
            values.append(positive if test.found else 1 - positive)
    return np.array(values)


def _binomial(found: int, copies: int, sensitivity: float) -> float:
    if found > copies:
        return 0.0
    ways = 2 if (copies, found) == (2, 1) else 1
    return float(ways * sensitivity**found * (1 - sensitivity) ** (copies - found))
