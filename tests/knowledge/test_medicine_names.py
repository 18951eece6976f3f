"""Brands, other languages, salts and strengths of medicines, and what no table knows."""

import pytest

from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.medicine_names import listed_as, medicines_meant, unknown_medicines
from genoai_desktop.knowledge.pgx import PgxDefinitions


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Plavix", {"clopidogrel"}),
        ("Plavix\u00ae 75 mg 1-0-0", {"clopidogrel"}),
        ("5-FU", {"fluorouracil"}),
        ("Azathioprin", {"azathioprine"}),
        ("Marcumar (abends)", {"phenprocoumon"}),
        ("paracetamol/codeine", {"codeine"}),
        ("Norpramin", set()),  # desipramine in one country, omeprazole in another
        ("Plavixol", set()),
    ],
)
def test_a_typed_name_stands_for_what_the_tables_call_it(typed: str, meant: set[str]) -> None:
    assert medicines_meant(typed) == meant


def test_every_medicine_of_the_tables_stands_for_itself() -> None:
    names = PgxDefinitions(Bundle()).drug_names
    assert [name for name in names if medicines_meant(name) - {name} or not medicines_meant(name)] == []


def test_a_name_that_no_table_knows_is_told_and_listed_as_it_was_typed() -> None:
    assert unknown_medicines(["Zocor", "Ramipril", "Paracetamol/Codein"]) == (
        "Ramipril",
        "Paracetamol/Codein",
    )
    assert listed_as("Ramipril  5 mg") == {"ramipril 5 mg"}
