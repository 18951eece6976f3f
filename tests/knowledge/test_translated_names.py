"""Names in other languages: found by the name, never made up."""

import csv
import json
from pathlib import Path

import pytest
from known import bundled_knowledge

from genoai_desktop.knowledge.condition_names import named, titled
from genoai_desktop.knowledge.translated_names import condition_in, medicine_in, same_name, sourced_condition

LISTS = Path(__file__).resolve().parents[2] / "packaging" / "knowledge"
OWN = LISTS.parents[1] / "resources" / "phrases" / "condition_names.json"
NOT_SURE_OF = {("PTEN hamartoma tumor syndrome", "es"), ("PTEN hamartoma tumor syndrome", "fr")}
"""Conditions of the ACMG list without a name in that language: no source has one, nor one that is certain."""
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
    assert sourced_condition("Wilson disease", "es") is None  # the source's slip was left out
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
        assert {one: sourced_condition(row["english"], one) or "" for one in ("de", "es", "fr")} == {
            one: row[one] for one in ("de", "es", "fr")
        }


def own_names() -> dict[str, dict[str, str]]:
    table = json.loads(OWN.read_text(encoding="utf-8"))
    return {name: said for name, said in table.items() if not name.startswith("_")}


def test_every_condition_of_the_acmg_list_has_a_name_in_each_language_or_is_listed_here() -> None:
    conditions = {gene.condition for gene in bundled_knowledge().risk.secondary_genes.values()}
    assert len(conditions) > 50
    without = {(one, to) for one in conditions for to in ("de", "es", "fr") if not condition_in(one, to)}
    assert without == NOT_SURE_OF


def test_own_names_fill_gaps_alone_and_say_that_they_are_no_sources() -> None:
    said = json.loads(OWN.read_text(encoding="utf-8"))["_about"]
    assert "Not taken from a source" in said
    assert "not yet read by a native speaker" in said
    for english, names in own_names().items():
        assert set(names) <= {"de", "es", "fr"}
        assert [to for to in names if sourced_condition(english, to)] == [], english
    assert len(own_names()) == len({same_name(one) for one in own_names()})


def test_own_names_are_as_a_sentence_needs_them() -> None:
    """What begins with a noun has a capital in German alone; no rule for English names changes them."""
    small = [(to, name) for said in own_names().values() for to, name in said.items() if to != "de"]
    assert [name for to, name in small if name[:1].isupper()] == []
    for names in own_names().values():
        for name in names.values():
            assert named(name) == name
            assert titled(name)[1:] == name[1:]
