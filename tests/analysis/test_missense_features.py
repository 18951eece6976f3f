"""Features of the missense model: their number, and that no label of the gene itself is among them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoai_desktop.analysis.classification.missense import FEATURES, GeneContext, features

NONE = (None, None, None, None)
LENGTH = 200


def gene(known: list[tuple[int, bool]]) -> GeneContext:
    positions = np.array([position for position, _ in known], dtype=np.int64)
    pathogenic = np.array([bad for _, bad in known], dtype=np.bool_)
    return GeneContext("A" * LENGTH, NONE, positions, pathogenic, ((50, 60),))


@given(st.lists(st.tuples(st.integers(1, LENGTH), st.booleans()), max_size=40), st.integers(1, LENGTH))
def test_known_changes_of_the_gene_itself_say_nothing(known: list[tuple[int, bool]], position: int) -> None:
    """Labels of the gene that is judged would flatter the figures and spoil other people's variants."""
    assert features(gene(known), position, "A", "V") == pytest.approx(
        features(gene([]), position, "A", "V"), nan_ok=True
    )


def test_one_value_a_feature_and_domains_count() -> None:
    inside, outside = (features(gene([]), position, "A", "V") for position in (55, 61))
    assert inside is not None
    assert outside is not None
    assert len(inside) == len(outside) == len(FEATURES)
    place = FEATURES.index("in_domain")
    assert (inside[place], outside[place]) == (1.0, 0.0)
    assert features(gene([]), 55, "C", "V") is None
