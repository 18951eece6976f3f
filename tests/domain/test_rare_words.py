"""Chances and weights in words: nothing is promised beyond what was measured, and sums stay sums."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoai_desktop.domain.rare import Candidate, Contribution
from genoai_desktop.domain.rare_words import (
    by_gene,
    chance_figure,
    chance_words,
    grouped,
    ratio_words,
    unknown_words,
)


def candidate(rank: int, gene: str, probability: float | None) -> Candidate:
    return Candidate(rank, f"OMIM:{rank}", f"Disease {rank}", gene, 1.0, probability, (), ())


@pytest.mark.parametrize(
    ("chance", "words", "figure"),
    [
        (1.0, "more than 98 in 100", ">98%"),
        (0.96, "about 19 in 20", "96%"),
        (0.71, "about 7 in 10", "71%"),
        (0.1, "about 1 in 10", "10%"),
        (0.04, "about 4 in 100", "4%"),
        (0.0007, "less than 1 in 200", "<1%"),
        (0.0, "less than 1 in 200", "<1%"),
    ],
)
def test_a_chance_is_a_count_that_one_can_picture(chance: float, words: str, figure: str) -> None:
    assert chance_words(chance) == words
    assert chance_figure(chance) == figure


@given(st.floats(0, 1), st.floats(0, 1))
def test_no_chance_is_said_to_be_none_or_all(one: float, other: float) -> None:
    assert chance_words(one)
    assert chance_figure(one) not in ("0%", "100%")
    if abs(one - other) > 0.1:
        assert chance_words(one) != chance_words(other)


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (0.0, "no difference"),
        (math.log(2.5), "2.5 times as likely"),
        (-math.log(2.5), "2.5 times less likely"),
        (math.log(148), "150 times as likely"),
    ],
)
def test_a_weight_is_a_likelihood_ratio(weight: float, words: str) -> None:
    assert ratio_words(weight) == words


@given(st.lists(st.tuples(st.sampled_from(["phenotype", "variant", "prior"]), st.floats(-5, 5)), max_size=8))
def test_groups_lose_nothing(parts: list[tuple[str, float]]) -> None:
    made = tuple(Contribution(kind, str(i), value, "") for i, (kind, value) in enumerate(parts))
    shown = [part for _, own in grouped(made) for part in own]
    assert sorted(part.subject for part in shown) == sorted(part.subject for part in made)


def test_onset_sex_and_earlier_cases_have_headings_of_their_own() -> None:
    parts = tuple(Contribution("variant", "", 1.0, "", group=g) for g in ("in_house", "", "onset", "sex"))
    assert [group for group, _ in grouped(parts)] == ["onset", "sex", "variant", "in_house"]


def test_genes_join_their_diseases_and_share_those_of_several() -> None:
    rows = by_gene((candidate(1, "A, B", 0.4), candidate(2, "B", 0.3), candidate(3, "", 0.1)))
    assert [row.gene for row in rows] == ["B", "A", "OMIM:3"]
    assert [row.probability for row in rows] == pytest.approx([0.5, 0.2, 0.1])
    assert by_gene((candidate(1, "A", None),))[0].probability is None


def test_the_unknown_is_said_and_never_none() -> None:
    assert unknown_words(None) == ""
    assert "about 2 in 10" in unknown_words(0.15)
    assert "less than 2 in 100" in unknown_words(0.0)
