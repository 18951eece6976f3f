"""The missense model as a reason in the ranking: its likelihood ratio, within what its tables bear."""

import math

import pytest
from known import bundled_knowledge

from genoai_desktop.analysis.classification.gene_context import GeneContexts
from genoai_desktop.analysis.classification.missense import features
from genoai_desktop.analysis.rare_disease.missense_weight import BOUND, Change, missense_reasons
from genoai_desktop.knowledge.locations import models
from genoai_desktop.models.missense import MissenseModel


@pytest.fixture(scope="module")
def judged() -> dict[float, float]:
    """Log odds of the reason by the model's probability, for every tenth residue of a protein."""
    knowledge, model = bundled_knowledge(), MissenseModel(models())
    context = GeneContexts(knowledge)["PAH"]
    assert context is not None
    found = {}
    for position in range(1, len(context.sequence), 10):
        ref = context.sequence[position - 1]
        change: Change = ("PAH", position, ref, "P" if ref != "P" else "L")
        row = features(context, *change[1:])
        assert row is not None
        reason = missense_reasons([change], knowledge)[change]
        assert reason.source is not None
        assert reason.source.version == model.version
        found[float(model.probability("PAH", [row])[0])] = reason.log_odds
    return found


def test_between_the_bounds_the_reason_is_the_likelihood_ratio(judged: dict[float, float]) -> None:
    inside = {chance: value for chance, value in judged.items() if 0.06 < chance < 0.94}
    assert len(inside) > 5
    for chance, value in inside.items():
        assert value == pytest.approx(math.log(chance / (1 - chance)))


def test_no_reason_says_more_than_the_tables_bear(judged: dict[float, float]) -> None:
    sure = [value for chance, value in judged.items() if chance > 0.96]
    assert sure
    assert all(value == BOUND for value in sure)
    assert all(abs(value) <= BOUND for value in judged.values())
