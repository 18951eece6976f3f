"""Names in other languages: found by the name, never made up."""

import csv
from pathlib import Path

import pytest

from genoai_desktop.knowledge.translated_names import condition_in, medicine_in, same_name

LISTS = Path(__file__).resolve().parents[2] / "packaging" / "knowledge"
ENGLISH_ENDINGS = (" disease", " syndrome", " deficiency", " disorder", " anemia", " type")


def listed(name: str) -> list[dict[str, str]]:
    with (LISTS / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hyperoxaluria, primary, type I", "Primary hyperoxaluria type 1"),
        ("Haemophilia A", "hemophilia a"),
        ("Hirschsprung's disease", "Hirschsprung disease"),
        ("oesophageal tumour", "Esophageal Tumor"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert same_name(one) == same_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Usher syndrome type 1", "Usher syndrome type 2"),
        ("neurofibromatosis type 1", "neurofibromatosis"),
        ("Hemophilia A", "Hemophilia B"),
        ("Hemophilia A", "Hemophilia"),
        ("thymoma", "malignant thymoma"),
    ],
)
def test_other_conditions_are_not_one_name(one: str, other: str) -> None:
    assert same_name(one) != same_name(other)


def test_a_condition_by_its_name_in_each_language() -> None:
    said = [condition_in("Marfan syndrome", language) for language in ("de", "es", "fr", "en")]
    assert said == ["Marfan-Syndrom", "Síndrome de Marfan", "Syndrome de Marfan", None]


def test_what_no_source_names_has_no_name() -> None:
    assert condition_in("Hereditary condition that nobody described", "de") is None
    assert condition_in("Cystinuria type A", "es") is None  # what it has of cystinuria is about every type
    assert condition_in("Wilson disease", "es") is None  # the source's slip was left out
    assert medicine_in("pegloticase", "fr") is None


def test_a_medicine_by_its_international_name() -> None:
    said = [medicine_in("Mercaptopurine", language) for language in ("de", "es", "fr")]
    assert said == ["Mercaptopurin", "mercaptopurina", "mercaptopurine"]


@pytest.mark.parametrize("name", ["condition_names.csv", "medicine_names.csv"])
def test_every_name_has_its_source_and_is_no_english_one(name: str) -> None:
    for row in listed(name):
        for language in ("de", "es", "fr"):
            said = row[language]
            assert bool(said) == bool(row[f"{language}_source"]), row
            assert said == said.strip()
            assert not said.lower().endswith(ENGLISH_ENDINGS), row
            assert not {"(", "[", "<"} & set(said), row


def test_the_table_holds_what_the_lists_say() -> None:
    for row in listed("condition_names.csv"):
        assert {one: condition_in(row["english"], one) or "" for one in ("de", "es", "fr")} == {
            one: row[one] for one in ("de", "es", "fr")
        }
