"""Residual carrier risk after a negative test, and a couple's risk to a child (Bayes)."""

import math

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.risk import ChildRisk
from genoai_desktop.domain.text import tr


def residual_one_in(prior_one_in: float, detection: float) -> float:
    """Carrier risk "1 in N" after a negative test that finds ``detection`` (0..1) of the carriers.

    Infinite when the test finds every carrier. Published cystic fibrosis figures: Elias 1991,
    Am J Obstet Gynecol 164:1077.

    Raises:
        UserError: ``prior_1_in`` below 1 or ``detection`` outside 0..1; ``where`` names the field.
    """
    if not (math.isfinite(prior_one_in) and prior_one_in >= 1):
        raise UserError(
            tr("the prior must be 1 in N with N at least 1"), where="prior_1_in", code="risk.out-of-range"
        )
    if not 0 <= detection <= 1:
        raise UserError(tr("the detection rate must be 0 to 1"), where="detection", code="risk.out-of-range")
    missed = (1 - detection) / prior_one_in
    if missed == 0:
        return math.inf
    return (1 - 1 / prior_one_in + missed) / missed


def carrier_frequency(per_10000: float) -> float:
    """Carrier frequency (Hardy-Weinberg, 2q(1-q)) from the prevalence per 10,000 of a recessive disorder."""
    allele = math.sqrt(per_10000 / 10_000)
    return 2 * allele * (1 - allele)


def recessive_child(mother: float, father: float) -> ChildRisk:
    """Autosomal recessive: ``mother`` and ``father`` are carrier probabilities (1 = known carrier)."""
    value = mother * father / 4
    return ChildRisk(value, value, value)


def x_linked_child(mother: float) -> ChildRisk:
    """X-linked recessive with a carrier mother of probability ``mother`` and an unaffected father."""
    return ChildRisk(mother / 4, mother / 2, 0.0)
