"""Names in letters: in the letter's language where a source has one, else set apart as English."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from letter_calls import couple_letter_pdf, letter_pdf, letter_text
from pdf_reading import words_of
from report_cases import candidate, couple_gene, coupled, rare, rich_result

from genoai_desktop.report.names import english_names


def named(condition: str, **changes: object) -> object:
    return replace(rich_result(**changes), rare=rare((candidate(disease_name=condition),)))


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Marfan-Syndrom"), ("es", "Síndrome de Marfan"), ("fr", "Syndrome de Marfan")],
)
def test_a_condition_is_called_by_its_name_in_the_letters_language(language: str, said: str) -> None:
    text = letter_text(named("Marfan syndrome"), language)
    assert said in text
    assert "Marfan syndrome" not in text


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


def test_a_heading_in_english_says_so_to_who_hears_the_page() -> None:
    assert languages_of(couple_letter_pdf(coupled((couple_gene("HEXA", "Tay-Sachs disease"),)), "de")) >= {
        "de",
        "en",
    }
