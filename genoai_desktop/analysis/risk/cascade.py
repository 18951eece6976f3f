"""Who to test next: how much each relative's result is expected to tell the family."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from genoai_desktop.analysis.risk.pedigree import Member, Model, Network, Posterior
from genoai_desktop.analysis.risk.phenotype import GeneTest, result_likelihood
from genoai_desktop.domain.context import Context, Silent


@dataclass(frozen=True, slots=True)
class CascadeStep:
    """One relative who could be tested.

    ``information``: expected fall of the family's carrier uncertainty in bits (sum of the members'
    entropies). ``if_positive``, ``if_negative``: carrier probability of each member after that result.
    """

    person: str
    carrier_probability: float
    positive_probability: float
    information: float
    if_positive: tuple[tuple[str, float], ...]
    if_negative: tuple[tuple[str, float], ...]


def cascade(
    members: Sequence[Member],
    model: Model,
    *,
    sensitivity: float = 1.0,
    specificity: float = 1.0,
    context: Context | None = None,
) -> tuple[CascadeStep, ...]:
    """Living untested relatives, the most informative first."""
    network = Network(members, model)
    now = network.posterior()
    people = [m.id for m in members]
    before = _uncertainty(now, people)
    context = context or Silent()
    candidates = [m for m in members if not m.deceased and not m.tests]
    steps = []
    for member in context.track(candidates, "Comparing relatives to test"):
        table = result_likelihood(GeneTest(0, sensitivity, specificity), model.genetics)
        negative = float(table @ now.genotypes[member.id])
        outcomes: dict[int, tuple[tuple[str, float], ...]] = {0: (), 1: ()}
        expected = 0.0
        for found, chance in ((0, negative), (1, 1 - negative)):
            if chance > 1e-12:
                after = network.posterior({member.id: 1 - table if found else table})
                expected += chance * _uncertainty(after, people)
                outcomes[found] = tuple((person, after.carrier(person)) for person in people)
        carrier = now.carrier(member.id)
        gain = max(0.0, before - expected)
        steps.append(CascadeStep(member.id, carrier, 1 - negative, gain, outcomes[1], outcomes[0]))
    return tuple(sorted(steps, key=lambda step: (-step.information, step.person)))


def _uncertainty(posterior: Posterior, people: Sequence[str]) -> float:
    """Sum of the members' carrier entropies, in bits."""
    return sum(_entropy(posterior.carrier(person)) for person in people)


def _entropy(p: float) -> float:
    if p <= 0 or p >= 1:
        return 0.0
    return -p * math.log2(p) - (1 - p) * math.log2(1 - p)
