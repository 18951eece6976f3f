"""The report says of every criterion of a classified variant what became of it and why."""

from dataclasses import replace

from pdf_reading import words_of
from report_cases import candidate, case, rare, rich_result, variant

from genoai_desktop.domain.acmg import AcmgClass, Classification, Criterion, Evidence, Strength, Verdict
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.report import clinician_pdf

CRITERIA = (
    Criterion(
        "PM2", Verdict.MET, "Absent from 125,748 exomes.", Evidence("PM2", Strength.SUPPORTING),
        Citation("ClinGen SVI", "PM2 recommendation v1.0", "2020"),
    ),
    Criterion("PS3", Verdict.NOT_ASSESSED, "Needs functional studies."),
    Criterion("BA1", Verdict.NOT_MET, "Not common."),
)  # fmt: skip
JUDGED = Classification(AcmgClass.UNCERTAIN, AcmgClass.UNCERTAIN, 1, CRITERIA)


def _text(*criteria: Criterion) -> str:
    judged = variant(acmg=replace(JUDGED, criteria=criteria))
    result = rich_result(case=case(), rare=rare((candidate(variants=(judged,)),)), risk=None, pgx=None)
    return " ".join(words_of(clinician_pdf(result)).split())


def test_a_criterion_that_is_met_has_its_strength_reason_and_source() -> None:
    text = _text(*CRITERIA)
    for fact in ("PM2_Supporting", "Absent from 125,748 exomes.", "ClinGen SVI 2020 PM2 recommendation v1.0"):
        assert fact in text


def test_the_other_criteria_are_named_by_what_became_of_them() -> None:
    text = _text(*CRITERIA)
    assert "not met: BA1" in text
    assert "not assessed: PS3" in text


def test_a_variant_that_nobody_classified_has_no_table() -> None:
    result = rich_result(risk=None, pgx=None)
    assert "Evidence for each class" not in words_of(clinician_pdf(result))
