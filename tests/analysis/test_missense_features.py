"""Densities of known changes as features of the missense model: properties that keep labels from leaking."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoai_desktop.analysis.classification.missense import FEATURES, GeneContext, densities, features

NONE = (None, None, None, None)
LENGTH = 200


def gene(known: list[tuple[int, bool]]) -> GeneContext:
    positions = np.array([position for position, _ in known], dtype=np.int64)
    pathogenic = np.array([bad for _, bad in known], dtype=np.bool_)
    return GeneContext("A" * LENGTH, NONE, positions, pathogenic, ((50, 60),))


KNOWN = st.lists(st.tuples(st.integers(1, LENGTH), st.booleans()), max_size=40)


@given(KNOWN, st.integers(1, LENGTH), st.booleans())
def test_the_residues_own_label_says_nothing(known: list[tuple[int, bool]], position: int, bad: bool) -> None:
    assert densities(gene([*known, (position, bad)]), position) == pytest.approx(
        densities(gene(known), position)
    )


def test_nothing_known_is_neutral() -> None:
    assert densities(gene([]), 10) == (0.0, 0.0)


def test_a_crowd_nearby_raises_and_one_far_away_lowers() -> None:
    near = densities(gene([(place, True) for place in range(20, 30)]), 24)
    far = densities(gene([(place, True) for place in range(150, 160)]), 24)
    assert near[0] > 0 > far[0]
    assert near[1] == far[1] == 0


def test_one_value_a_feature_and_domains_count() -> None:
    inside, outside = (features(gene([]), position, "A", "V") for position in (55, 61))
    assert inside is not None
    assert outside is not None
    assert len(inside) == len(outside) == len(FEATURES)
    place = FEATURES.index("in_domain")
    assert (inside[place], outside[place]) == (1.0, 0.0)
    assert features(gene([]), 55, "C", "V") is None
