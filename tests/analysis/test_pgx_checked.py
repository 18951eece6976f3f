"""What was not checked against a source is called general knowledge wherever it is shown."""

import gzip
import importlib
import sys
from pathlib import Path

import pytest

from genoai_desktop.analysis.pharmacogenomics.cautions import cautions
from genoai_desktop.analysis.pharmacogenomics.checked import review_text
from genoai_desktop.analysis.pharmacogenomics.interactions import convert
from genoai_desktop.domain.case import Case, Person
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.patient import PatientContext
from genoai_desktop.domain.pgx import CallStatus, GeneCall
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.knowledge.pgx_guidelines import Review

PGX = PgxDefinitions(Bundle())
KNOWLEDGE = Path(__file__).resolve().parents[2] / "packaging" / "knowledge"
SOURCE = Path(__file__).resolve().parents[2] / "../shared/data/knowledge"
GENERAL = "general knowledge"


def call(gene: str) -> GeneCall:
    return GeneCall(gene, "*1/*1", (), "Normal Metabolizer", "2.0", CallStatus.CALLED, 1, ())


@pytest.mark.parametrize(
    ("gene", "medicine", "checked"),
    [("CYP2D6", "paroxetine", True), ("CYP2D6", "moclobemide", True), ("CYP2C19", "fluvoxamine", False)],
)
def test_a_conversion_cites_its_source_or_says_that_it_is_general_knowledge(
    gene: str, medicine: str, checked: bool
) -> None:
    _, (one,), _ = convert([call(gene)], [medicine], PGX)
    assert any(GENERAL in source for source in one.sources) is not checked
    assert any("CPIC" in source for source in one.sources)


@pytest.mark.parametrize(("medicine", "checked"), [("sertraline", True), ("labetalol", False)])
def test_an_effect_that_is_not_calculated_says_it_too(medicine: str, checked: bool) -> None:
    _, _, (note,) = convert([call("CYP2D6")], [medicine], PGX)
    assert (GENERAL in note) is not checked


def test_other_names_of_a_medicine_act_alike() -> None:
    for one, other in (("rifampicin", "rifampin"), ("ciclosporin", "cyclosporine")):
        rows = {
            name: {(r.gene, r.effect, r.strength) for r in PGX.interactions if r.medicine == name}
            for name in (one, other)
        }
        assert rows[one] == rows[other] != set()


def test_a_caution_from_labels_is_called_general_knowledge() -> None:
    patient = PatientContext(pregnant=True, breastfeeding=True)
    case = Case("c", "p", (Person("p", "S", age_years=30),), Build.GRCH38, patient=patient)
    found = {(one.drug, one.text): one.source for one in cautions(case, PGX)}
    notices = [source for source in found.values() if source.startswith("FDA safety communication")]
    assert notices
    assert all(GENERAL in source for source in found.values() if source not in notices)


def test_every_row_names_a_source_that_can_be_looked_up() -> None:
    for row in (*PGX.interactions, *PGX.cautions):
        assert row.source
        if row.checked:
            assert any(mark in row.source for mark in ("doi:", "FDA", "DPWG", "CPIC", "product information"))


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
