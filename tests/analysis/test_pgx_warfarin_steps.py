"""CPIC's steps after a calculated warfarin dose: rs12777823, CYP2C9 and CYP4F2, by stated ancestry."""

from dataclasses import replace

import pytest
from pgx_table_helper import make_table

from genoai_desktop.analysis.pharmacogenomics import advise, call_genes
from genoai_desktop.analysis.pharmacogenomics.doses import doses, own_model
from genoai_desktop.analysis.pharmacogenomics.dosing import iwpc_mg_week, warfarin_dose
from genoai_desktop.analysis.pharmacogenomics.warfarin_steps import steps
from genoai_desktop.domain.case import Case, Person, Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.patient import PatientContext
from genoai_desktop.domain.pgx import CallStatus, DoseAdvice, GeneCall, MissingPosition
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.models.warfarin import WarfarinPatient

PGX = PgxDefinitions(Bundle())
BLACK, WHITE, ASIAN, UNSTATED = "Black or African American", "White", "Asian", "Unknown"
STEP = "maintenance dose after CPIC's steps"


def call(gene: str, diplotype: str) -> GeneCall:
    return GeneCall(gene, diplotype, (), "", "", CallStatus.CALLED, 1, ())


def cluster(first: str, second: str) -> GeneCall:
    names = {"G": "rs12777823 reference (G)", "A": "rs12777823 variant (A)"}
    return call("CYP2C cluster", f"{names[first]}/{names[second]}")


def warfarin(group: str, *calls: GeneCall) -> dict[str, DoseAdvice]:
    person = Person("p", "S", sex=Sex.MALE, age_years=55)
    patient = PatientContext(weight_kg=80, height_cm=175, ancestry=group)
    given = Case("c", "p", (person,), Build.GRCH38, patient=patient)
    found = [call("VKORC1", "rs9923231 reference (C)/rs9923231 reference (C)"), *calls]
    return {one.kind: one for one in doses(given, found, PGX) if one.drug == "warfarin"}


@pytest.mark.parametrize("build", list(Build))
@pytest.mark.parametrize(("genotype", "carried"), [("0/0", 0), ("0/1", 1), ("1/1", 2)])
def test_rs12777823_is_called_on_both_builds(build: Build, genotype: str, carried: int) -> None:
    position = 94645745 if build is Build.GRCH38 else 96405502
    table = make_table([("10", position, "G", "A", [genotype])], ["S"], build)
    (calls,) = call_genes(table, PGX, Silent(), samples=[0])
    found = next(one for one in calls if one.gene == "CYP2C cluster")
    assert found.diplotype.count("variant (A)") == carried
    assert (found.status, found.positions_tested) == (CallStatus.CALLED, 1)


def test_rs12777823_without_a_record_is_shown_as_missing() -> None:
    (calls,) = call_genes(make_table([("1", 1, "A", "G", ["0/1"])], ["S"]), PGX, Silent(), samples=[0])
    found = next(one for one in calls if one.gene == "CYP2C cluster")
    assert (found.status, found.positions_tested) == (CallStatus.NOT_COVERED, 0)
    assert [one.name for one in found.positions_missing] == ["rs12777823"]


@pytest.mark.parametrize("genotype", [("G", "A"), ("A", "A")])
def test_african_ancestry_gets_10_to_25_percent_less(genotype: tuple[str, str]) -> None:
    found = warfarin(BLACK, call("CYP2C9", "*1/*1"), cluster(*genotype))
    dose, step = found["maintenance dose"], found[STEP]
    assert (step.low, step.high) == pytest.approx((0.75 * dose.dose, 0.9 * dose.dose))  # type: ignore[operator]
    assert "rs12777823" in step.why
    assert "10 to 25 % less" in step.why
    assert dose.warnings[0].startswith("CPIC changes this dose for this patient")


@pytest.mark.parametrize("group", [WHITE, ASIAN])
def test_other_ancestries_disregard_rs12777823(group: str) -> None:
    found = warfarin(group, call("CYP2C9", "*1/*1"), cluster("A", "A"))
    assert STEP not in found
    assert not any("rs12777823" in text for text in found["maintenance dose"].warnings)


def test_without_a_stated_ancestry_no_step_is_taken_and_that_is_said() -> None:
    found = warfarin(UNSTATED, call("CYP2C9", "*1/*1"), cluster("G", "A"))
    assert STEP not in found
    assert any("Ancestry is not stated" in text for text in found["maintenance dose"].warnings)


def test_an_unseen_rs12777823_is_said_where_it_matters() -> None:
    dose = warfarin(BLACK, call("CYP2C9", "*1/*1"))["maintenance dose"]
    assert any("rs12777823 was not seen" in text for text in dose.warnings)
    dose = warfarin(WHITE, call("CYP2C9", "*1/*1"))["maintenance dose"]
    assert not any("rs12777823" in text for text in dose.warnings)


def test_cyp2c9_steps_start_from_iwpc_which_does_not_count_those_alleles() -> None:
    found = warfarin(BLACK, call("CYP2C9", "*1/*8"), cluster("G", "G"))
    patient = WarfarinPatient(5, 175, 80, True, BLACK, "", 0, ("*1", "*8"))
    iwpc = iwpc_mg_week(patient, PGX.dosing)
    assert (found[STEP].low, found[STEP].high) == pytest.approx((0.7 * iwpc, 0.85 * iwpc))
    assert "IWPC" in found[STEP].model


def test_both_steps_multiply() -> None:
    found = warfarin(BLACK, call("CYP2C9", "*8/*11"), cluster("G", "A"))
    patient = WarfarinPatient(5, 175, 80, True, BLACK, "", 0, ("*8", "*11"))
    iwpc = iwpc_mg_week(patient, PGX.dosing)
    assert (found[STEP].low, found[STEP].high) == pytest.approx((0.6 * 0.75 * iwpc, 0.8 * 0.9 * iwpc))


def test_alleles_that_were_not_excluded_give_a_dose_without_genotype_and_no_step() -> None:
    unseen = MissingPosition("rs7900194", 1, ("*8",))
    open_call = replace(call("CYP2C9", "*1/*1"), positions_missing=(unseen,))
    found = warfarin(BLACK, open_call, cluster("A", "A"))
    assert "without genotype" in found["maintenance dose"].model
    assert STEP not in found


@pytest.mark.parametrize("allele", ["*3", "*4", "*22"])
def test_the_cyp4f2_variant_is_for_people_without_african_ancestry(allele: str) -> None:
    calls = {"CYP4F2": call("CYP4F2", f"*1/{allele}")}
    (step,), _ = steps(WHITE, calls, PGX.dosing)
    assert (step.low, step.high, step.strength) == (1.05, 1.1, "Optional")
    assert steps(BLACK, calls, PGX.dosing) == ([], [])


@pytest.mark.parametrize(
    ("group", "populations"),
    [(BLACK, {"people of African ancestry"}), (WHITE, set()),
     (UNSTATED, {"people of African ancestry"})],
)  # fmt: skip
def test_guideline_rows_follow_the_stated_ancestry(group: str, populations: set[str]) -> None:
    found = advise([cluster("G", "A")], PGX, ["warfarin"], group)
    assert {one.population for one in found} == populations
    assert {one.dose_factor for one in found} == ({"0.75-0.9"} if populations else set())


def test_alleles_of_african_ancestry_are_optional_advice_in_others() -> None:
    found = advise([call("CYP2C9", "*1/*8")], PGX, ["warfarin"], WHITE)
    assert [(one.strength, one.dose_factor) for one in found if one.dose_factor] == [("Optional", "0.7-0.85")]


def test_a_patient_who_was_not_asked_everything_is_dosed_by_iwpc_and_told_why() -> None:
    """The own model was trained on indication, conditions and population, which the window does not ask."""
    dose = warfarin(WHITE, call("CYP2C9", "*1/*1"))["maintenance dose"]
    patient = WarfarinPatient(5, 175, 80, True, WHITE, "", 0, ("*1", "*1"))
    assert dose.dose == pytest.approx(iwpc_mg_week(patient, PGX.dosing))
    assert dose.model == "IWPC 2009"
    assert "not asked here" in dose.why
    assert dose.low is not None
    assert dose.high is not None
    assert dose.low < dose.dose < dose.high


def test_the_own_model_is_used_only_where_everything_was_asked() -> None:
    patient = WarfarinPatient(5, 175, 80, True, WHITE, "", 1, ("*1", "*2"))
    assert warfarin_dose(patient, PGX.dosing, own_model()).model.startswith("GenoAI")
    partly = warfarin_dose(replace(patient, fully_asked=False), PGX.dosing, own_model())
    assert partly.model == "IWPC 2009"
    assert (partly.low, partly.high) == own_model().iwpc_range(partly.mg_week)
