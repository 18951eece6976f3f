"""What was not checked against a source is called general knowledge wherever it is shown."""

import gzip
import importlib
import sys
from pathlib import Path

import pytest

from genoai_desktop.analysis.pharmacogenomics.cautions import cautions
from genoai_desktop.analysis.pharmacogenomics.checked import interaction_source, review_text
from genoai_desktop.analysis.pharmacogenomics.interactions import convert
from genoai_desktop.domain.case import Case, Person
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.patient import PatientContext
from genoai_desktop.domain.pgx import CallStatus, Concern, DrugCaution, GeneCall
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.knowledge.pgx_guidelines import CautionRow, Interaction, Review

PGX = PgxDefinitions(Bundle())
KNOWLEDGE = Path(__file__).resolve().parents[2] / "packaging" / "knowledge"
SOURCE = Path(__file__).resolve().parents[2] / "../shared/data/knowledge"
GENERAL = "general knowledge"
MARKS = ("doi:", "FDA", "DPWG", "CPIC", "product information", "Medsafe", "LactMed", "KDIGO", "Handbook")


def call(gene: str) -> GeneCall:
    return GeneCall(gene, "*1/*1", (), "Normal Metabolizer", "2.0", CallStatus.CALLED, 1, ())


@pytest.mark.parametrize(
    ("gene", "medicine", "read"),
    [("CYP2D6", "paroxetine", "FDA"), ("CYP2D6", "moclobemide", "DPWG"), ("CYP2C19", "fluvoxamine", "FDA")],
)
def test_a_conversion_cites_the_source_of_the_strength_and_of_the_rule(
    gene: str, medicine: str, read: str
) -> None:
    _, (one,), _ = convert([call(gene)], [medicine], PGX)
    assert not any(GENERAL in source for source in one.sources)
    assert all(read in source and "CPIC" in source for source in one.sources)


@pytest.mark.parametrize("checked", [True, False])
def test_a_row_that_nobody_read_says_so(checked: bool) -> None:
    row = Interaction("labetalol", "CYP2D6", "inhibitor", "weak", None, "FDA", checked)
    assert (GENERAL in interaction_source(row)) is not checked


def graded(medicine: str, gene: str, effect: str) -> list[str]:
    return [
        r.strength for r in PGX.interactions if (r.medicine, r.gene, r.effect) == (medicine, gene, effect)
    ]


@pytest.mark.parametrize(
    ("medicine", "gene", "effect", "strength"),
    [
        ("voriconazole", "CYP2C19", "inhibitor", "moderate"),
        ("ciprofloxacin", "CYP1A2", "inhibitor", "moderate"),
        ("cyclosporine", "CYP3A4", "inhibitor", "weak"),
        ("cenobamate", "CYP2C19", "inhibitor", "moderate"),
        ("cobicistat", "CYP2D6", "inhibitor", "weak"),
        ("phenobarbital", "CYP3A4", "inducer", "moderate"),
        ("rifampin", "CYP2C19", "inducer", "strong"),
    ],
)
def test_a_grade_is_that_of_the_fda_table_of_2026(
    medicine: str, gene: str, effect: str, strength: str
) -> None:
    assert graded(medicine, gene, effect) == [strength]


def test_felbamate_acts_on_the_enzyme_that_the_fda_names_alone() -> None:
    assert graded("felbamate", "CYP2C19", "inhibitor") == ["moderate"]
    assert not graded("felbamate", "CYP2C9", "inhibitor")


def test_a_grade_that_another_source_does_not_share_names_both() -> None:
    (row,) = [r for r in PGX.interactions if (r.medicine, r.gene) == ("phenobarbital", "CYP3A4")]
    assert row.strength == "moderate"
    assert "strong: DPWG" in row.source


def test_the_parts_of_a_combination_act_each() -> None:
    (changed,), (one,), _ = convert([call("CYP2D6")], ["Naltrexone/Bupropion"], PGX)
    assert one.medicines == ("bupropion",)
    assert changed.phenotype == "Poor Metabolizer"


def test_other_names_of_a_medicine_act_alike() -> None:
    for one, other in (("rifampicin", "rifampin"), ("ciclosporin", "cyclosporine")):
        rows = {
            name: {(r.gene, r.effect, r.strength) for r in PGX.interactions if r.medicine == name}
            for name in (one, other)
        }
        assert rows[one] == rows[other] != set()


def told(drug: str, patient: PatientContext) -> list[DrugCaution]:
    case = Case("c", "p", (Person("p", "S", age_years=30),), Build.GRCH38, patient=patient)
    return list(cautions(case, PGX, [drug]))


@pytest.mark.parametrize(
    ("drug", "read"), [("fosphenytoin", False), ("phenytoin", True), ("warfarin", True), ("efavirenz", True)]
)
def test_a_caution_that_nobody_read_is_called_general_knowledge(drug: str, read: bool) -> None:
    (one,) = told(drug, PatientContext(pregnant=True))
    assert one.label
    assert (GENERAL in one.source) is not read


@pytest.mark.parametrize(
    ("egfr", "concern"),
    [(44.9, Concern.AVOID), (45.0, Concern.CAUTION), (59.9, Concern.CAUTION), (60.0, None)],
)
def test_two_labels_of_nitrofurantoin_set_two_limits(egfr: float, concern: Concern | None) -> None:
    assert [one.concern for one in told("nitrofurantoin", PatientContext(egfr=egfr))] == (
        [concern] if concern else []
    )


@pytest.mark.parametrize(
    ("egfr", "words"), [(29.0, "by 50 % or more"), (30.0, "by 25-50 %."), (89.0, "by 25-50 %.")]
)
def test_less_venlafaxine_goes_as_its_label_says(egfr: float, words: str) -> None:
    (one,) = told("venlafaxine", PatientContext(egfr=egfr))
    assert words in one.text


def test_every_row_names_a_source_that_can_be_looked_up() -> None:
    rows: list[Interaction | CautionRow] = [*PGX.interactions, *PGX.cautions]
    for row in rows:
        assert row.source
        if row.checked:
            assert any(mark in row.source for mark in MARKS)


def test_the_state_of_review_is_told_in_numbers() -> None:
    review = PGX.review
    assert 0 < review.checked < review.rows == len(PGX.interactions) + len(PGX.cautions)
    text = review_text(review)
    assert text.startswith("No pharmacist has reviewed")
    assert str(review.checked) in text
    assert review_text(Review(10, 10, "A. Pharmacist", "2027-01-01")).startswith("Reviewed by A. Pharmacist")


@pytest.mark.real_data
@pytest.mark.skipif(not SOURCE.is_dir(), reason="source tables are not here")
def test_a_row_that_its_guideline_does_not_state_stops_the_build(tmp_path: Path) -> None:
    sys.path.insert(0, str(KNOWLEDGE))
    try:
        table = importlib.import_module("pgx_interactions")
    finally:
        sys.path.remove(str(KNOWLEDGE))
    name = "DPWG_eliglustat_and_CYP2D6.json.gz"
    real = SOURCE / "pgx" / "guidelines_2024-04" / name
    table.check_eliglustat(real)
    text = gzip.decompress(real.read_bytes()).decode().replace("mirabegron", "").replace("moclobemide", "")
    (tmp_path / name).write_bytes(gzip.compress(text.encode()))
    with pytest.raises(ValueError, match="moclobemide"):
        table.check_eliglustat(tmp_path / name)
