"""The patient's state, calculated doses, what a new prescription would mean, and the list by concern."""

import time
from dataclasses import replace

import pytest
from known import bundled_knowledge
from pgx_table_helper import allele_states, simulate

from genoai_desktop.analysis.pharmacogenomics import Relation, advise, analyse, concern_list, what_if
from genoai_desktop.analysis.pharmacogenomics.advice import gaps
from genoai_desktop.analysis.pharmacogenomics.cautions import cautions
from genoai_desktop.analysis.pharmacogenomics.concerns import matching_drugs
from genoai_desktop.analysis.pharmacogenomics.doses import doses, own_model, warfarin_patient
from genoai_desktop.analysis.pharmacogenomics.dosing import standard_loading, thiopurine_factor
from genoai_desktop.domain.case import Case, Medicine, Person, Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.patient import PatientContext
from genoai_desktop.domain.pgx import (
    CallStatus,
    Concern,
    DoseAdvice,
    GeneCall,
    MissingPosition,
    PgxResult,
    PossibleResult,
)
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.models.warfarin import WarfarinPatient


class Knowledge:
    pgx = PgxDefinitions(Bundle())


PGX = Knowledge.pgx
ADULT = PatientContext(weight_kg=70, height_cm=175, ancestry="White")


def call(gene: str, diplotype: str, phenotype: str = "", activity: str = "") -> GeneCall:
    return GeneCall(gene, diplotype, (), phenotype, activity, CallStatus.CALLED, 1, ())


def case(patient: PatientContext = ADULT, age: float | None = 55, *medicines: Medicine) -> Case:
    person = Person("p", "S0", sex=Sex.MALE, age_years=age)
    return Case("c", "p", (person,), Build.GRCH38, medicines=medicines, patient=patient)


WARFARIN_CALLS = (
    call("VKORC1", "rs9923231 reference (C)/rs9923231 variant (T)", "-1639 AG"),
    call("CYP2C9", "*1/*2", "Intermediate Metabolizer", "1.5"),
)


def dose_of(drug: str, given: Case, *calls: GeneCall) -> list[DoseAdvice]:
    return [one for one in doses(given, calls, PGX) if one.drug == drug]


@pytest.mark.parametrize(
    ("patient", "age", "drug", "concern"),
    [
        (PatientContext(pregnant=True), 30, "warfarin", Concern.AVOID),
        (PatientContext(pregnant=True), 30, "simvastatin", Concern.CAUTION),
        (PatientContext(breastfeeding=True), 30, "codeine", Concern.AVOID),
        (PatientContext(), 8, "tramadol", Concern.AVOID),
        (PatientContext(), 15, "codeine", Concern.CAUTION),
        (PatientContext(), 70, "citalopram", Concern.ADJUST),
        (PatientContext(egfr=20), 50, "ibuprofen", Concern.AVOID),
        (PatientContext(weight_kg=30), 10, "efavirenz", Concern.CAUTION),
        (PatientContext(ancestry="Asian"), 50, "rosuvastatin", Concern.ADJUST),
    ],
)
def test_the_state_of_the_patient_counts(
    patient: PatientContext, age: float, drug: str, concern: Concern
) -> None:
    found = cautions(case(patient, age), PGX, [drug])
    assert concern in {one.concern for one in found}
    assert all(one.source and "{" not in one.text for one in found)


def test_what_nobody_stated_triggers_nothing() -> None:
    assert cautions(case(PatientContext(), None), PGX) == ()
    assert cautions(case(PatientContext(pregnant=False), 40), PGX) == ()


def test_every_caution_can_be_worded_and_names_a_drug_of_the_tables() -> None:
    states = [PatientContext(pregnant=True, breastfeeding=True, egfr=e, weight_kg=35, ancestry="Asian")
              for e in (10, 40, 55, 80)]  # fmt: skip
    said = {one.text for p in states for age in (5, 15, 22, 61, 80) for one in cautions(case(p, age), PGX)}
    assert not any("{" in text for text in said)
    known = {*PGX.recommendations_by_drug} | {pair.drug for pair in PGX.pairs}
    assert {drug for row in PGX.cautions for drug in row.drugs} <= known


def test_warfarin_needs_age_height_and_weight() -> None:
    (one,) = dose_of("warfarin", case(PatientContext(weight_kg=70)), *WARFARIN_CALLS)
    assert one.dose is None
    assert "height" in one.reason


def test_warfarin_maintenance_and_loading_by_genotype() -> None:
    loading, maintenance = dose_of("warfarin", case(), *WARFARIN_CALLS)
    assert maintenance.dose is not None
    assert 15 < maintenance.dose < 45
    assert maintenance.low is not None
    assert maintenance.high is not None
    assert maintenance.low < maintenance.dose < maintenance.high
    assert len(loading.days) == 3
    assert loading.days[0] > loading.days[2]


@pytest.mark.parametrize(
    ("patient", "age"),
    [(replace(ADULT, weight_kg=20), 55), (replace(ADULT, height_cm=100), 55), (ADULT, 12), (ADULT, 104),
     (replace(ADULT, target_inr=4.8), 55)],
)  # fmt: skip
def test_outside_the_limits_there_is_no_dose_but_a_reason(patient: PatientContext, age: float) -> None:
    (one,) = dose_of("warfarin", case(patient, age), *WARFARIN_CALLS)
    assert one.dose is None
    assert one.reason


def test_without_genotype_the_clinical_equation_and_the_fixed_loading() -> None:
    loading, maintenance = dose_of("warfarin", case())
    assert maintenance.model == "IWPC 2009 without genotype"
    assert loading.days == (10, 5, 5)
    assert standard_loading(80, PGX.dosing) == (5, 5, 5)


def test_african_ancestry_with_untested_alleles_is_dosed_without_genotype() -> None:
    gap = MissingPosition("rs28371686", 1, ("*5",))
    cyp2c9 = replace(WARFARIN_CALLS[1], positions_missing=(gap,))
    patient = replace(ADULT, ancestry="Black or African American")
    _, one = dose_of("warfarin", case(patient), WARFARIN_CALLS[0], cyp2c9)
    assert one.model == "IWPC 2009 without genotype"
    assert any("CPIC 2017" in text for text in one.warnings)


def test_medicines_of_the_case_enter_the_equation() -> None:
    plain = warfarin_patient(case(), {})
    taking = warfarin_patient(case(ADULT, 55, Medicine("Amiodarone"), Medicine("rifampin", True)), {})
    assert plain is not None
    assert taking is not None
    assert (plain.amiodarone, taking.amiodarone, taking.inducer) == (False, True, False)


def test_the_own_model_is_used_only_where_it_was_better() -> None:
    model = own_model()
    for group in ("White", "Asian", "Black or African American", "Unknown"):
        for dose in (10, 35, 60):
            worse = model.error[group]["own"] >= model.error[group]["iwpc"]
            assert not (worse and model.beats_iwpc(group, dose))
    assert not model.beats_iwpc("nobody", 30)


def test_the_group_that_the_audit_found_served_worse_is_warned() -> None:
    model = own_model()
    patient = WarfarinPatient(5, 170, 75, True, "Black or African American")
    assert "Black or African American" in model.served_worse(patient)


@pytest.mark.parametrize(
    ("drug", "tpmt", "nudt15", "share"),
    [
        ("azathioprine", "Normal Metabolizer", "Normal Metabolizer", (1, 1)),
        ("azathioprine", "Intermediate Metabolizer", "Normal Metabolizer", (0.3, 0.8)),
        ("mercaptopurine", "Intermediate Metabolizer", "Intermediate Metabolizer", (0.2, 0.5)),
        ("thioguanine", "Normal Metabolizer", "Intermediate Metabolizer", (0.5, 0.8)),
        ("thioguanine", "Normal Metabolizer", "Poor Metabolizer", (0.25, 0.25)),
        ("mercaptopurine", "Poor Metabolizer", "Normal Metabolizer", (0.1, 0.1)),
    ],
)
def test_thiopurines_by_both_enzymes(drug: str, tpmt: str, nudt15: str, share: tuple[float, float]) -> None:
    assert thiopurine_factor(drug, tpmt, nudt15, PGX.dosing) == pytest.approx(share)


def test_thiopurine_shares_agree_with_the_guideline_rows() -> None:
    for drug in PGX.dosing["thiopurines"]["usual"]:
        for row in PGX.recommendations_by_drug[drug]:
            names = (row.when.get("TPMT", ""), row.when.get("NUDT15", ""))
            if (
                row.source != "CPIC"
                or not row.dose_factor
                or not all(n.endswith("Metabolizer") for n in names)
            ):
                continue
            low, high = thiopurine_factor(drug, *names, PGX.dosing)
            stated = [float(part) for part in row.dose_factor.split("-")]
            if drug != "mercaptopurine" or "Poor Metabolizer" not in names:  # stated in mg/m2 there
                assert (low, high) == pytest.approx((stated[0], stated[-1])), (drug, row.when)


def test_undetermined_enzymes_give_no_dose() -> None:
    with pytest.raises(UserError, match="TPMT"):
        thiopurine_factor("azathioprine", "Indeterminate", "Normal Metabolizer", PGX.dosing)
    open_call = replace(call("DPYD", "", "Indeterminate", "1.0"), status=CallStatus.INDETERMINATE)
    (one,) = dose_of("capecitabine", case(), open_call)
    assert one.dose is None
    assert one.reason


def test_tacrolimus_by_weight_and_cyp3a5() -> None:
    (one,) = dose_of("tacrolimus", case(), call("CYP3A5", "*1/*3", "Intermediate Metabolizer"))
    assert one.high == pytest.approx(21)
    (none,) = dose_of(
        "tacrolimus", case(PatientContext()), call("CYP3A5", "*1/*3", "Intermediate Metabolizer")
    )
    assert "Weight" in none.reason


@pytest.mark.parametrize(
    ("drug", "calls", "concern", "text"),
    [
        ("warfarin", [call("CYP2C9", "*3/*3", "Poor Metabolizer", "0.0")], Concern.AVOID, "alternative"),
        ("warfarin", [call("CYP4F2", "*1/*3", "Not assigned")], Concern.ADJUST, "5-10 %"),
        ("warfarin", [call("CYP2C9", "*1/*8", "Intermediate Metabolizer", "1.5")], Concern.ADJUST, "15-30 %"),
        ("ribavirin", [call("IFNL3", "rs12979860 reference (C)/rs12979860 variant (T)")],
         Concern.CAUTION, "30 %"),
        ("peginterferon alfa-2a", [call("IFNL3", "rs12979860 reference (C)/rs12979860 reference (C)")],
         Concern.CAUTION, "70 %"),
        ("neomycin", [call("MT-RNR1", "m.1555A>G", "increased risk of aminoglycoside-induced hearing loss")],
         Concern.AVOID, "Avoid"),
    ],
)  # fmt: skip
def test_published_rows_apply(drug: str, calls: list[GeneCall], concern: Concern, text: str) -> None:
    found = [one for one in advise(calls, PGX, [drug]) if one.guideline.source == "CPIC"]
    assert concern in {one.concern for one in found}
    assert any(text in one.action for one in found)


def test_the_update_replaces_the_older_row_for_two_intermediate_enzymes() -> None:
    calls = [
        call("TPMT", "*1/*3A", "Intermediate Metabolizer"),
        call("NUDT15", "*1/*3", "Intermediate Metabolizer"),
    ]
    found = [one for one in advise(calls, PGX, ["azathioprine"]) if one.guideline.source == "CPIC"]
    assert [one.dose_factor for one in found] == ["0.2-0.5"]


def test_every_pair_of_level_a_has_a_row_or_is_said_to_lack_one() -> None:
    tabled = {
        (g, d) for rows in PGX.recommendations_by_drug.values() for r in rows for d in r.drugs for g in r.when
    }
    calls = [call(gene, "", "x") for gene in {pair.gene for pair in PGX.pairs}]
    said = {(one.genes[0], one.drug) for one in gaps(calls, PGX, ())}
    wanted = {(p.gene, p.drug) for p in PGX.pairs if p.level == "A" or p.guideline}
    assert wanted <= tabled | said
    assert ("NAT2", "hydralazine") in said
    assert all("{" not in one.action for one in gaps(calls, PGX, ()))


def analysed(*medicines: Medicine, patient: PatientContext = ADULT) -> tuple[Case, PgxResult]:
    gene = PGX.genes["CYP2D6"]
    states = allele_states(gene, gene.reference)[:, None]
    table = simulate(gene, Build.GRCH38, states, states, phased=True)
    given = case(patient, 55, *medicines)
    return given, analyse(given, table, bundled_knowledge(), Silent())


def test_what_if_counts_the_present_inhibitor_and_the_new_one() -> None:
    given, result = analysed(Medicine("paroxetine"))
    assert Concern.AVOID in {one.concern for one in what_if(result, "codeine", given, bundled_knowledge())}
    given, result = analysed(Medicine("codeine"))
    found = what_if(result, "fluoxetine", given, bundled_knowledge())
    changed = [one for one in found if one.drug == "codeine"]
    assert Concern.AVOID in {one.concern for one in changed}
    assert all("fluoxetine" in one.implication for one in changed)


def test_what_if_takes_a_fragment_and_says_nothing_of_the_unknown() -> None:
    given, result = analysed()
    assert {one.drug for one in what_if(result, "Metopr", given, bundled_knowledge())} == {"metoprolol"}
    assert what_if(result, "nosuchdrug", given, bundled_knowledge()) == []
    assert matching_drugs("co", PGX) == ()


def test_what_if_knows_pregnancy() -> None:
    given, result = analysed(patient=PatientContext(pregnant=True))
    assert Concern.AVOID in {one.concern for one in what_if(result, "warfarin", given, bundled_knowledge())}


def test_what_if_is_fast() -> None:
    given, result = analysed(Medicine("paroxetine"), Medicine("codeine"))
    what_if(result, "tramadol", given, bundled_knowledge())
    best = 1.0
    for _ in range(5):
        start = time.perf_counter()
        what_if(result, "tramadol", given, bundled_knowledge())
        best = min(best, time.perf_counter() - start)
    assert best < 0.02


def test_the_list_by_concern_puts_the_patients_medicines_first() -> None:
    given, result = analysed(
        Medicine("paroxetine"), Medicine("codeine"), Medicine("tramadol", True), Medicine("xyz")
    )
    found = concern_list(result, given)
    avoided = [entry for entry in found if entry.concern is Concern.AVOID]
    assert (avoided[0].drug, avoided[0].relation) == ("codeine", Relation.TAKEN)
    assert (avoided[1].drug, avoided[1].relation) == ("tramadol", Relation.PLANNED)
    assert {entry.drug: entry.concern for entry in found}["xyz"] is Concern.UNKNOWN
    order = [list(Concern).index(entry.concern) for entry in found]
    assert order == sorted(order)


def test_conversion_is_kept_so_that_the_genotype_can_be_had_back() -> None:
    _, result = analysed(Medicine("paroxetine"))
    (one,) = result.conversions
    assert (one.gene, one.before, one.after, one.activity_before) == (
        "CYP2D6", "Normal Metabolizer", "Poor Metabolizer", "2.0",
    )  # fmt: skip


def test_a_dose_warns_of_what_was_not_excluded() -> None:
    other = PossibleResult("*3B/*3C", "Poor Metabolizer", "", (), True)
    tpmt = replace(call("TPMT", "*1/*3A", "Intermediate Metabolizer"), status=CallStatus.AMBIGUOUS,
                   possible=(other,))  # fmt: skip
    (one,) = dose_of("azathioprine", case(), tpmt, call("NUDT15", "*1/*1", "Normal Metabolizer"))
    assert any("*3B/*3C" in text and "Poor" in text for text in one.warnings)


def test_no_share_is_calculated_for_tegafur() -> None:
    assert dose_of("tegafur", case(), call("DPYD", "", "Intermediate Metabolizer", "1.0")) == []


def test_a_medicine_under_its_brand_is_the_patients_own() -> None:
    given = case(ADULT, 55, Medicine("Plavix"), Medicine("Azathioprin", planned=True))
    calls = [call("CYP2C19", "*2/*2", "Poor Metabolizer"), call("TPMT", "*1/*3A", "Intermediate Metabolizer")]
    result = PgxResult("S0", tuple(calls), advise(calls, PGX), ())
    related = {one.drug: one.relation for one in concern_list(result, given)}
    assert (related["clopidogrel"], related["azathioprine"]) == (Relation.TAKEN, Relation.PLANNED)


def test_a_brand_that_is_typed_is_found() -> None:
    assert matching_drugs("Zocor", PGX) == ("simvastatin",)
