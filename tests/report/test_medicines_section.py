"""The clinician's pages hold the same facts on medicines as the window."""

from dataclasses import replace

import pytest
from letter_calls import letter_text
from medicine_samples import NO_WEIGHT, PAROXETINE, PREGNANCY, WARFARIN
from pdf_reading import words_of
from report_cases import rich_result

from genoai_desktop.domain.case import Consent, Medicine, Scope
from genoai_desktop.domain.outside import OutsideCall
from genoai_desktop.domain.patient import PatientContext
from genoai_desktop.domain.pgx import (
    CallStatus,
    Concern,
    CopyNumber,
    DoseAdvice,
    DrugCaution,
    GeneCall,
    PossibleResult,
)
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.report import clinician_pdf, result_document
from genoai_desktop.report.card import alert_list_pdf, pgx_card_pdf
from genoai_desktop.report.sections.medicine_facts import _caution_rows


def result() -> CaseResult:
    """The rich result with everything that the section can say about medicines."""
    made = rich_result()
    assert made.pgx is not None
    calls = tuple(
        replace(
            call,
            copy_number=CopyNumber("CYP2D6", 3, 3.02, 2.8, 3.2, method="depth"),
            possible=(PossibleResult("*1/*5", "Intermediate Metabolizer", "1.0", ("rs3892097",), True),),
        )
        if call.gene == "CYP2D6"
        else call
        for call in made.pgx.calls
    )
    doses = (
        WARFARIN,
        DoseAdvice(
            "warfarin",
            "loading doses",
            None,
            None,
            None,
            "mg on days 1, 2 and 3",
            "by genotype",
            "EU-PACT",
            (5.7, 5.1, 4.4),
        ),
        NO_WEIGHT,
        DoseAdvice("capecitabine", "starting dose", 50.0, None, None, "%", "DPYD 1.0", "CPIC"),
        DoseAdvice("azathioprine", "starting dose", None, 1.0, 2.4, "mg/kg/day", "TPMT", "CPIC"),
    )
    cautions = (
        PREGNANCY,
        DrugCaution("ibuprofen", Concern.CAUTION, "Pregnancy: late.", "label", True),
    )
    pgx = replace(made.pgx, calls=calls, doses=doses, cautions=cautions, conversions=(PAROXETINE,))
    patient = PatientContext(weight_kg=60, height_cm=165, pregnant=True)
    case = replace(made.case, patient=patient, medicines=(*made.case.medicines, Medicine("paroxetine")))
    return replace(made, case=case, pgx=pgx)


def said(given: CaseResult) -> str:
    """All text of the clinician's report, on one line."""
    return " ".join(words_of(clinician_pdf(given)).split())


def test_the_pages_hold_what_the_window_shows() -> None:
    text = said(result())
    for fact in (
        "60 kg, 165 cm, pregnant",
        "Not stated: kidney function",
        "acts as Poor Metabolizer because of paroxetine (Cicali 2021)",
        "warfarin can harm the unborn child",
        "Take care as well: ibuprofen",
        "26 mg/week",
        "16 to 38 mg/week",
        "because it was more exact.",
        "5.7, 5.1 and 4.4 mg on days 1, 2 and 3",
        "no dose",
        "Weight is needed.",
        "50 % of the usual starting dose",
        "1 to 2.4 mg/kg/day",
        "3 whole copies (by depth 3.02, 95 % interval 2.80 to 3.20)",
        "Intermediate Metabolizer (activity 1.0)",
        "rs3892097",
        "the copies were counted",
    ):
        assert fact in text, fact


def test_without_copies_the_limit_of_cyp2d6_is_said() -> None:
    assert "cannot be seen in small-variant calls" in said(rich_result())


def test_without_consent_typed_results_do_not_leave_either() -> None:
    given = result()
    case = replace(
        given.case,
        outside_calls=(OutsideCall("HLA-B", "*57:01/*08:01", source="City lab"),),
        consent=Consent(frozenset(Scope) - {Scope.PGX}),
    )
    declined = replace(given, case=case)
    assert "57:01" not in str(result_document(declined))
    assert "warfarin" not in said(declined)
    assert "57:01" in str(result_document(replace(given, case=replace(case, consent=given.case.consent))))


def test_the_card_outlasts_the_medicine_and_the_alert_list_holds_cautions() -> None:
    given = result()
    assert given.pgx is not None
    calls = tuple(
        replace(call, diplotype="*1/*1", phenotype="Poor Metabolizer", status=CallStatus.CALLED)
        if call.gene == "CYP2D6"
        else call
        for call in given.pgx.calls
    )
    given = replace(given, pgx=replace(given.pgx, calls=calls))
    card = words_of(pgx_card_pdf(given))
    assert "CYP2D6 *1/*1 Normal Metabolizer" in card
    assert "Counts what paroxetine does" in card
    assert "Do not change medicine on your own" in card
    alerts = words_of(alert_list_pdf(given))
    assert "acts as Poor Metabolizer because of paroxetine" in alerts
    assert "warfarin can harm the unborn child" in alerts


def test_medicines_of_which_the_same_is_said_share_a_row_and_the_patients_own_do_not() -> None:
    def caution(drug: str) -> DrugCaution:
        return DrugCaution(drug, Concern.ADJUST, f"Kidney function: dose {drug} by it.", "a label", True)

    found = _caution_rows([caution("amikacin"), caution("gentamicin"), caution("tobramycin")], frozenset())
    assert found == [
        (
            "amikacin, gentamicin, tobramycin",
            "adjust",
            "Kidney function: dose these medicines by it.",
            "a label",
        )
    ]
    found = _caution_rows([caution("amikacin"), caution("gentamicin")], frozenset({"gentamicin"}))
    assert [row[0] for row in found] == ["amikacin", "gentamicin *"]
    assert found[1][2] == "Kidney function: dose gentamicin by it."


def branded() -> CaseResult:
    """The patient takes a brand, one that no table knows, and plans another under its French name."""
    made = rich_result()
    medicines = (Medicine("Plavix 75 mg"), Medicine("Ramipril"), Medicine("Fluorouracile", planned=True))
    return replace(made, case=replace(made.case, medicines=medicines))


def test_a_brand_is_told_as_the_patients_own_medicine() -> None:
    text = said(branded())
    assert (
        "Taken or planned medicines that need a decision: clopidogrel (avoid), fluorouracil (adjust)" in text
    )
    assert "Taken: Plavix 75 mg (clopidogrel), Ramipril." in text


def test_what_no_table_knows_is_told_wherever_silence_would_pass_for_an_all_clear() -> None:
    assert "nothing here speaks for or against it: Ramipril." in said(branded())
    assert "nothing here speaks for or against it: Ramipril." in " ".join(
        words_of(alert_list_pdf(branded())).split()
    )
    assert "Our lists say nothing about: Ramipril." in " ".join(letter_text(branded(), "en").split())


def test_the_letter_names_a_brand_with_what_it_stands_for() -> None:
    text = " ".join(letter_text(branded(), "de").split())
    assert "Fluorouracile, Plavix 75 mg (Clopidogrel)" in text


@pytest.mark.parametrize(
    ("language", "words"), [("en", "counts how paroxetine works"), ("de", "wie Paroxetin im")]
)
def test_the_letter_says_that_a_medicine_changed_what_the_genes_do(language: str, words: str) -> None:
    assert words in " ".join(letter_text(result(), language).split())
    assert words not in " ".join(letter_text(rich_result(), language).split())


def test_an_allele_seen_in_part_and_a_caution_on_an_own_medicine_stand_at_a_glance() -> None:
    made = rich_result()
    assert made.pgx is not None
    call = GeneCall("DPYD", "Reference/c.2846A>T", (), "Indeterminate", "", CallStatus.INDETERMINATE, 1, ())
    told = replace(made.pgx.advice[0], drug="fluorouracil", genes=("DPYD",), phenotypes=("1.5",),
                   concern=Concern.CAUTION)  # fmt: skip
    warned = DrugCaution("codeine", Concern.AVOID, "Age: no codeine under 12 years.", "label", True)
    pgx = replace(made.pgx, calls=(call,), advice=(told,), cautions=(warned,))
    medicines = (Medicine("5-FU"), Medicine("Codein"))
    given = replace(made, pgx=pgx, case=replace(made.case, medicines=medicines))
    text = said(given)
    assert "that need a decision: codeine (avoid), fluorouracil (take care)" in text
    assert "may matter for medicines: DPYD." in text
    letter = " ".join(letter_text(given, "en").split())
    assert "5-FU (fluorouracil). Talk with your doctor about these first." in letter
    assert "We saw changes in DPYD" in letter
