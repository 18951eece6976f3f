"""Names in letters: in the letter's language where a source has one, else set apart as English."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from letter_calls import couple_letter_pdf, letter_pdf, letter_text
from pdf_reading import words_of
from pdf_ua import problems, spans_said
from report_cases import candidate, couple_gene, coupled, rare, rich_result

from genoai_desktop.report.names import english_names
from genoai_desktop.report.style import rich
from genoai_desktop.report.tagging.flowables import Words, in_language


def named(condition: str, **changes: object) -> object:
    return replace(rich_result(**changes), rare=rare((candidate(disease_name=condition),)))


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Marfan-Syndrom"), ("es", "síndrome de Marfan"), ("fr", "syndrome de Marfan")],
)
def test_a_condition_is_called_by_its_name_in_the_letters_language(language: str, said: str) -> None:
    text = letter_text(named("Marfan syndrome"), language)
    assert said in text
    assert "Marfan syndrome" not in text


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_a_condition_is_small_within_a_sentence_unless_it_is_a_proper_name(language: str) -> None:
    name = "Acromesomelic dysplasia, Grebe type"
    text = letter_text(named(name), language)
    assert "acromesomelic dysplasia, Grebe type" in text
    assert name not in text
    assert "Saethre-Chotzen syndrome" in letter_text(named("Saethre-Chotzen syndrome"), language)


def test_a_condition_at_the_head_of_a_section_keeps_its_capital() -> None:
    words = words_of(couple_letter_pdf(coupled((couple_gene("CFTR", "Cystic fibrosis"),)), "en"))
    assert "Cystic fibrosis (CFTR)" in words
    assert "It is linked to cystic fibrosis." in words


def test_an_english_name_that_became_small_in_a_sentence_is_still_read_as_english() -> None:
    data = letter_pdf(named("Acromesomelic dysplasia, Grebe type"), "fr")
    assert ("en", "acromesomelic dysplasia, Grebe type") in spans_said(data)


@pytest.mark.parametrize(
    ("language", "note"),
    [("de", "stehen auf Englisch"), ("es", "están en inglés"), ("fr", "sont en anglais")],
)
def test_a_name_without_one_is_said_to_be_english(language: str, note: str) -> None:
    data = letter_pdf(named("Saethre-Chotzen syndrome"), language)
    assert "Saethre-Chotzen syndrome" in words_of(data)
    assert note in words_of(data)


def test_an_english_letter_has_no_note_on_names() -> None:
    assert english_names(["Saethre-Chotzen syndrome"], ["tafenoquine"], "en") == frozenset()
    assert "stehen auf" not in words_of(letter_pdf(named("Saethre-Chotzen syndrome"), "en"))


@pytest.mark.parametrize(("language", "said"), [("es", "fluorouracilo"), ("fr", "fluorouracile")])
def test_medicines_are_called_by_their_names_in_the_letters_language(language: str, said: str) -> None:
    text = letter_text(rich_result(), language)
    assert said in text
    assert "fluorouracil," not in text


def languages_of(data: bytes) -> set[str]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return {
            str(one.Lang) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Lang" in one
        }


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_an_english_name_in_a_sentence_is_read_as_english(language: str) -> None:
    data = letter_pdf(named("Saethre-Chotzen syndrome"), language)
    assert ("en", "Saethre-Chotzen syndrome") in spans_said(data)
    assert problems(data) == []


def test_an_english_letter_states_no_other_language() -> None:
    assert spans_said(letter_pdf(named("Saethre-Chotzen syndrome"), "en")) == []


def test_a_name_that_a_page_divides_is_left_in_the_language_around_it() -> None:
    marked = f"Bei {in_language('Saethre Chotzen syndrome ' * 60, 'en')} sieht man das."
    first, second = _divided(marked)
    assert not first._whole()
    assert not second._whole()


def _divided(marked: str) -> list[Words]:
    whole = rich(marked, "letter")
    whole.wrap(200, 1000)
    parts = whole.split(200, 100)
    assert len(parts) == 2
    return parts


def test_a_heading_in_english_says_so_to_who_hears_the_page() -> None:
    assert languages_of(couple_letter_pdf(coupled((couple_gene("HEXB", "Sandhoff disease"),)), "de")) >= {
        "de",
        "en",
    }


@pytest.mark.parametrize(
    ("language", "sentence", "heading"),
    [
        ("de", "zusammen mit: erblicher Brustkrebs.", "Erblicher Brustkrebs (PALB2)"),
        ("es", "relacionado con: cáncer de mama hereditario.", "Cáncer de mama hereditario (PALB2)"),
        ("fr", "liée à : cancer du sein héréditaire.", "Cancer du sein héréditaire (PALB2)"),
    ],
)
def test_a_name_in_the_projects_own_words_fits_sentence_and_heading(
    language: str, sentence: str, heading: str
) -> None:
    letter = couple_letter_pdf(coupled((couple_gene("PALB2", "hereditary breast cancer"),)), language)
    words = " ".join(words_of(letter).replace("\u00a0", " ").split())
    assert sentence in words
    assert heading in words
    assert "hereditary breast cancer" not in words
