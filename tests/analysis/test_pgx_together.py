"""Medicines that are dangerous beside a drug of the guidelines, whatever the genes say."""

import pytest

from genoai_desktop.analysis.pharmacogenomics.cautions import cautions
from genoai_desktop.domain.case import Case, Medicine, Person
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.pgx import Concern, DrugCaution
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions

PGX = PgxDefinitions(Bundle())


def said(*medicines: str, drug: str, planned: bool = False) -> list[DrugCaution]:
    taken = tuple(Medicine(name, planned) for name in medicines)
    case = Case("c", "p", (Person("p", "S"),), Build.GRCH38, medicines=taken)
    return list(cautions(case, PGX, [drug]))


@pytest.mark.parametrize("drug", ["azathioprine", "mercaptopurine"])
def test_allopurinol_with_a_thiopurine_is_to_be_avoided(drug: str) -> None:
    (one,) = said("Allopurinol", drug=drug)
    assert one.concern is Concern.AVOID
    assert "25 %" in one.text
    assert "Medsafe" in one.source


def test_the_other_medicine_is_warned_of_the_same() -> None:
    (one,) = said("azathioprine", drug="allopurinol")
    assert one.text == said("allopurinol", drug="azathioprine")[0].text


def test_a_planned_medicine_counts() -> None:
    assert said("febuxostat", drug="azathioprine", planned=True)[0].concern is Concern.AVOID


@pytest.mark.parametrize("drug", ["capecitabine", "flucytosine", "fluorouracil", "tegafur"])
def test_four_weeks_lie_between_brivudine_and_a_fluoropyrimidine(drug: str) -> None:
    (one,) = said("brivudine", drug=drug)
    assert one.concern is Concern.AVOID
    assert "4 weeks" in one.text
    assert "BfArM" in one.source


@pytest.mark.parametrize(("drug", "read"), [("capecitabine", True), ("tegafur", False)])
def test_sorivudine_is_said_with_what_was_read(drug: str, read: bool) -> None:
    (one,) = said("sorivudine", drug=drug)
    assert one.concern is Concern.AVOID
    assert ("general knowledge" in one.source) is not read


@pytest.mark.parametrize(
    ("taken", "drug"),
    [
        ("cyclosporine", "simvastatin"),
        ("lopinavir / ritonavir", "simvastatin"),
        ("ketoconazole", "irinotecan"),
        ("ethacrynic acid", "gentamicin"),
    ],
)
def test_a_pair_that_its_label_forbids_is_to_be_avoided(taken: str, drug: str) -> None:
    assert [one.concern for one in said(taken, drug=drug)] == [Concern.AVOID]


def test_a_dose_that_its_label_limits_is_named() -> None:
    (one,) = said("erythromycin", drug="pitavastatin")
    assert one.concern is Concern.ADJUST
    assert "1 mg/day" in one.text


def test_a_medicine_alone_says_nothing() -> None:
    assert not said("allopurinol", drug="thioguanine")
    assert not said(drug="azathioprine")
