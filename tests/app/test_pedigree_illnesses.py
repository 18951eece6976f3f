"""What families write under illnesses: ages where they can be nothing else, never an invented illness."""

import pytest

from genoai_desktop.app.pedigrees.illnesses import Illness, read_illnesses


@pytest.mark.parametrize(
    ("words", "illnesses"),
    [
        ("breast cancer 52; diabetes (at age 60)", [("breast cancer", 52), ("diabetes", 60)]),
        ("breast cancer, 52", [("breast cancer", 52)]),
        ("breast cancer, age 52, asthma", [("breast cancer", 52), ("asthma", None)]),
        ("Brustkrebs (52 J.)", [("Brustkrebs", 52)]),
        ("Brustkrebs, mit 52 Jahren", [("Brustkrebs", 52)]),
        ("diabète, 60 ans", [("diabète", 60)]),
        ("cáncer de mama a los 45 años", [("cáncer de mama", 45)]),
        ("breast cancer 52yo", [("breast cancer", 52)]),
        ("cancer (breast, 52)", [("cancer (breast)", 52)]),
        ("乳がん（52歳）", [("乳がん", 52)]),
        ("diabetes type 2", [("diabetes type 2", None)]),
        ("diabetes type 2, 60", [("diabetes type 2", 60)]),
        ("COVID-19", [("COVID-19", None)]),
        ("stroke 7.5", [("stroke", 7.5)]),
    ],
)
def test_an_answer_is_taken_as_it_is_meant(words: str, illnesses: list[tuple[str, float | None]]) -> None:
    read = read_illnesses(words)
    assert [(one.name, one.age) for one in read.illnesses] == illnesses
    assert not read.doubts


@pytest.mark.parametrize(
    "words",
    ["none", "None known.", "no", "healthy", "-", "n/a", "no breast cancer", "keine", "Keine bekannt",
     "kein Krebs", "gesund", "aucune", "ninguna", "don't know", "不明", "Krebs?", "(L) 51"],
)  # fmt: skip
def test_what_is_no_illness_is_told_and_never_taken_for_one(words: str) -> None:
    read = read_illnesses(words)
    assert read.illnesses == ()
    assert len(read.doubts) == 1


@pytest.mark.parametrize(
    "words",
    ["breast cancer 45-50", "breast cancer in 1998", "breast cancer about 50", "breast cancer ~50",
     "breast cancer in her 50s", "breast cancer 42 and 51", "breast cancer 998"],
)  # fmt: skip
def test_an_age_that_is_not_exact_is_left_out_and_told(words: str) -> None:
    read = read_illnesses(words)
    assert read.illnesses == (Illness("breast cancer"),)
    assert len(read.doubts) == 1


def test_a_number_before_an_illness_may_be_a_count() -> None:
    read = read_illnesses("3 polyps")
    assert read.illnesses == (Illness("3 polyps"),)
    assert len(read.doubts) == 1


def test_a_second_age_of_the_same_illness_is_told() -> None:
    read = read_illnesses("stroke 50; Stroke 61")
    assert read.illnesses == (Illness("stroke", 50),)
    assert len(read.doubts) == 1
