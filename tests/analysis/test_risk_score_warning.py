"""The warning of a score built in other people never contradicts itself."""

import pytest

from genoai_desktop.analysis.risk.bundled import _warning
from genoai_desktop.domain.risk import AncestryEstimate

AMERICAN = AncestryEstimate((("AMR", 0.98), ("EUR", 0.02)), 100, 100)


@pytest.mark.parametrize("effect", [None, 0.996, 1.0, 1.1])
def test_a_whole_effect_is_not_called_less(effect: float | None) -> None:
    told = _warning(["EUR"], AMERICAN, effect)
    assert told == "Built in people of EUR ancestry, not in people like this one."


def test_a_weaker_effect_is_said_as_a_share() -> None:
    assert "about 87 % of its effect" in _warning(["EUR"], AMERICAN, 0.871)
    assert _warning(["AMR"], AMERICAN, 1.0) == ""
