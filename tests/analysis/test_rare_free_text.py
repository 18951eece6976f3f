"""Terms in a letter: found, told apart, and where they stand."""

import pytest

from genoai_desktop.analysis.rare_disease.free_text import Recognised, Status, recognise
from genoai_desktop.knowledge import Knowledge


def find(text: str, knowledge: Knowledge) -> dict[str, Recognised]:
    return {found.term: found for found in recognise(text, knowledge.phenotypes)}


@pytest.mark.parametrize(
    ("text", "term", "status"),
    [
        ("This boy has broad thumbs.", "HP:0011304", Status.OBSERVED),
        ("His thumbs are normal; no seizures were reported.", "HP:0001250", Status.EXCLUDED),
        ("Cleft palate was excluded.", "HP:0000175", Status.EXCLUDED),
        ("He did not have hypotonia, ataxia or nystagmus.", "HP:0000639", Status.EXCLUDED),
        ("His mother has epilepsy.", "HP:0001250", Status.FAMILY),
        ("Congenital heart defect in his sister.", "HP:0001627", Status.FAMILY),
        ("Possible microcephaly.", "HP:0000252", Status.UNCERTAIN),
        ("No cleft palate but scoliosis.", "HP:0002650", Status.OBSERVED),
        ("Not only scoliosis was seen.", "HP:0002650", Status.OBSERVED),
        ("Hypoplasia of the corpus callosum.", "HP:0002079", Status.OBSERVED),
        ("Her mother is well. The patient has ataxia.", "HP:0001251", Status.OBSERVED),
        ("Anaemia was noted.", "HP:0001903", Status.OBSERVED),
    ],
)
def test_status(text: str, term: str, status: Status, knowledge: Knowledge) -> None:
    found = find(text, knowledge)
    assert found[term].status is status


def test_spans_point_into_the_text(knowledge: Knowledge) -> None:
    text = "Dear colleague,\nshe shows low-set ears, and recurrent infections."
    for found in recognise(text, knowledge.phenotypes):
        assert text[found.start : found.end].lower() in {"low-set ears", "recurrent infections"}


def test_empty_text_has_no_terms(knowledge: Knowledge) -> None:
    assert recognise("", knowledge.phenotypes) == ()
