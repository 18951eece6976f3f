"""Documents made of the program's messages, in four languages: no fixed wording of theirs stays English."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pdf_reading import words_of
from pdf_ua import languages_said, problems
from report_cases import pgx, rich_result

from genoai_desktop.app.documents import make
from genoai_desktop.app.pedigrees.exchange import write_family
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family import Condition, Diagnosis, Family, Member
from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.pgx import Concern
from genoai_desktop.domain.text import Text, language_in_use, tr
from genoai_desktop.report import alert_list_pdf, card_sides, clinician_pdf, pgx_card_pdf
from genoai_desktop.report.document import DECISION_SUPPORT
from genoai_desktop.report.fonts import text_width
from genoai_desktop.report.pedigree.labels import age_words
from genoai_desktop.report.pgx_words import pgx_said
from genoai_desktop.report.sections.advice import concern_words
from genoai_desktop.report.speech import documents_in
from genoai_desktop.report.style import in_original, said

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import translations  # noqa: E402

PEDIGREE = (
    "genoai_desktop/report/pedigree/",
    "genoai_desktop/domain/family_words.py",
    "genoai_desktop/domain/family_kinship.py",
)
CARD = tuple(f"genoai_desktop/report/{name}.py" for name in ("card", "card_sides", "professional"))
REFUSALS = {
    "There is no pharmacogenomic result to put on a card.",
    "Run the analysis, and record consent for it.",
}
PROGRESS = {"Looking for fewer crossing lines"}
"""Said by the window while a document is made."""


def messages(places: tuple[str, ...]) -> set[str]:
    found = translations.gather()
    used = {text for text, names in found.texts.items() if any(name.startswith(places) for name in names)}
    return used - PROGRESS - REFUSALS


@pytest.mark.parametrize("language", ["es", "fr"])
def test_every_message_of_a_pedigree_is_translated(language: str) -> None:
    known = translations.read_po(translations.DOCUMENTS / f"{language}.po")
    assert messages(PEDIGREE) - set(known) == set()


@pytest.mark.parametrize("language", ["es", "fr"])
def test_every_message_of_the_medicines_card_is_translated(language: str) -> None:
    known = set(translations.read_po(translations.DOCUMENTS / f"{language}.po"))
    assert messages(CARD) - known == set()
    with documents_in(language):
        assert all(
            concern_words(one) != one.value for one in (Concern.AVOID, Concern.ADJUST, Concern.CAUTION)
        )
        assert str(tr(DECISION_SUPPORT)) != DECISION_SUPPORT


@pytest.mark.parametrize("language", ["es", "fr"])
def test_placeholders_are_the_same(language: str) -> None:
    known = translations.read_po(translations.DOCUMENTS / f"{language}.po")
    assert translations.wrong_placeholders(known) == []


def family() -> Family:
    dead = Member("M", sex=Sex.FEMALE, deceased=True, age=59.0)
    child = Member("C", sex=Sex.FEMALE, mother="M", father="F", birth_year=1990, age=24.5)
    ill = Member("F", sex=Sex.MALE, diagnoses=(Diagnosis("x", 40.5),))
    return Family((dead, ill, child), "C", None, conditions=(Condition("x", "Gicht"),))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("b. 1990, 24.5 y", "d. 59 y")),
        ("de", ("geb. 1990, 24,5 J.", "† 59 J.")),
        ("es", ("n. 1990, 24,5 a.", "† 59 a.")),
        ("fr", ("n. 1990, 24,5 ans", "† 59 ans")),
    ],
)
def test_ages_of_a_pedigree(language: str, said: tuple[str, str]) -> None:
    people = family().by_id
    with documents_in(language):
        assert (age_words(people["C"]), age_words(people["M"])) == said
    assert language_in_use() == "en"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", {"deceased", "proband", "24.5 y", "Gicht 40.5"}),
        ("de", {"verstorben", "Indexperson", "24,5 J.", "Gicht 40,5"}),
        ("es", {"fallecimiento", "caso índice", "24,5 a.", "Gicht 40,5"}),
        ("fr", {"décès", "cas index", "24,5 ans", "Gicht 40,5"}),
    ],
)
def test_a_pedigree_leaves_in_the_language_that_was_asked_for(
    language: str, words: set[str], tmp_path: Path
) -> None:
    path = tmp_path / "pedigree.svg"
    write_family(family(), path, "svg", language=language)
    drawn = " ".join(re.findall(r">([^<]+)</text>", path.read_text(encoding="utf-8")))
    assert all(word in drawn for word in words), drawn


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ("Vor Gebrauch nachfragen", "Meiden Clopidogrel", "langsamer Abbau", "05.03.2026")),
        ("es", ("Preguntar antes de usar", "Evitar clopidogrel", "metabolismo lento", "05/03/2026")),
        ("fr", ("Demander avant de prendre", "Éviter clopidogrel", "métabolisme lent", "05/03/2026")),
    ],
)
def test_a_medicines_card_speaks_the_patients_language(language: str, words: tuple[str, ...]) -> None:
    card = words_of(pgx_card_pdf(rich_result(), language=language))
    assert all(word in card for word in words), card
    assert not {"Metabolizer", "DRAFT", "avoid", "Made"} & set(card.split())


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_the_drafts_mark_never_runs_into_the_title_of_a_side(language: str) -> None:
    with documents_in(language):
        front, back = (
            card_sides._front(rich_result(), pgx())[0],
            card_sides._back(rich_result(), pgx(), more=True),
        )
        for side in (front, back, *card_sides._further(rich_result(), [("", [[""]])])):
            title, mark = side[0], card_sides._draft_mark(side[0])
            assert mark.x >= title.x + text_width(title.said, title.font, title.points)
            assert mark.fitted == mark.said


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_a_guidelines_sentence_stays_english_and_says_so(language: str) -> None:
    note = {"de": "im englischen Original", "es": "en el inglés original", "fr": "en anglais"}[language]
    data = alert_list_pdf(rich_result(), language=language)
    assert note in words_of(data)
    assert "Use another antiplatelet medicine" in words_of(data)
    told = languages_said(data)
    assert any("Use another antiplatelet medicine" in text for text in told)
    assert set(told.values()) == {"en"}
    assert problems(data) == []


def test_a_translated_sentence_of_the_program_is_not_said_to_be_english() -> None:
    told = tr("By what is stated of the patient, not by genotype.")
    first, *rest = pgx().advice
    advice = (replace(first, implication=told), *rest)
    said_so = languages_said(alert_list_pdf(rich_result(pgx=replace(pgx(), advice=advice)), language="de"))
    assert "Use another antiplatelet medicine where nothing speaks against it." in said_so
    assert not any("Nach Angaben zur Person" in text for text in said_so), said_so


@pytest.mark.parametrize("words", ["Poor Metabolizer", "Poor Metabolizer; Normal Function; something else"])
def test_words_of_a_closed_list_are_translated_one_by_one(words: str) -> None:
    assert pgx_said(words) == words
    with documents_in("de"):
        german = {"Poor Metabolizer": "langsamer Abbau", "Normal Function": "normale Funktion"}
        assert pgx_said(words) == "; ".join(german.get(one, one) for one in words.split("; "))


def test_an_english_sentence_keeps_english_numbers() -> None:
    sentence = "If it is used all the same: {factor} times the usual dose."
    advice = Text.of_message(sentence.format(factor="0.5"), sentence, {"factor": "0.5"})
    with documents_in("fr"):
        assert said(advice) == "If it is used all the same: 0.5 times the usual dose."
        assert in_original(advice)


def test_the_clinicians_report_in_german() -> None:
    data = clinician_pdf(rich_result(), language="de")
    words = words_of(data)
    for said_so in (
        "Genombefund für die ärztliche Seite",
        "heterozygot",
        "weiblich, 34 Jahre",
        "41.200 Einträge",
    ):
        assert said_so in words
    assert "Signature" not in words
    assert clinician_pdf(rich_result(), language="de") == data
    assert language_in_use() == "en"


@pytest.mark.parametrize(
    ("kind", "language"),
    [(DocumentKind.CLINICIAN, "fr"), (DocumentKind.CARD, "it"), (DocumentKind.LETTER, "it")],
)
def test_a_language_that_a_document_does_not_have_is_refused(kind: DocumentKind, language: str) -> None:
    with pytest.raises(UserError, match=language):
        make(rich_result(), Document(kind, language))
