"""Documents made of the program's messages, in four languages: no fixed wording of theirs stays English."""

import re
import sys
from pathlib import Path

import pytest

from genoai_desktop.app.pedigrees.exchange import write_family
from genoai_desktop.domain.family import Condition, Diagnosis, Family, Member
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.text import language_in_use
from genoai_desktop.report.pedigree.labels import age_words
from genoai_desktop.report.speech import documents_in

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import translations  # noqa: E402

PEDIGREE = (
    "genoai_desktop/report/pedigree/",
    "genoai_desktop/domain/family_words.py",
    "genoai_desktop/domain/family_kinship.py",
)
PROGRESS = {"Looking for fewer crossing lines"}
"""Said by the window while a document is made."""


def messages(places: tuple[str, ...]) -> set[str]:
    found = translations.gather()
    used = {text for text, names in found.texts.items() if any(name.startswith(places) for name in names)}
    return used - PROGRESS


@pytest.mark.parametrize("language", ["es", "fr"])
def test_every_message_of_a_pedigree_is_translated(language: str) -> None:
    known = translations.read_po(translations.DOCUMENTS / f"{language}.po")
    assert messages(PEDIGREE) - set(known) == set()


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
