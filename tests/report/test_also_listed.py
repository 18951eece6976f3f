"""An answer whose gene is on the list of secondary findings is told once, with a note."""

import csv
import io
import json
from dataclasses import replace

import jsonschema
import pytest
from pdf_reading import words_of
from report_cases import brca, candidate, rare, rich_result, risk
from test_report_document import SCHEMA

from genoai_desktop.domain.result import CaseResult
from genoai_desktop.report import clinician_pdf
from genoai_desktop.report.document import document_to_result, result_document
from genoai_desktop.report.fhir import fhir_bundle
from genoai_desktop.report.tables import variants_csv

NOTE = "also on the ACMG list of secondary findings"
_ANSWER = candidate(gene="BRCA1", disease_name="Breast-ovarian cancer, familial, 1", variants=(brca(),))


def _result(*before: object) -> CaseResult:
    """BRCA1 as the answer and as a secondary finding; ``before``: candidates ranked above it."""
    answer = replace(_ANSWER, rank=len(before) + 1)
    found = replace(risk().findings[0], meaning="Found outside the question asked.")
    shown = replace(risk(), findings=(found, *risk().findings[1:]))
    return rich_result(rare=rare((*before, answer)), risk=shown)  # type: ignore[arg-type]


def _words(result: CaseResult, language: str = "en") -> str:
    return " ".join(words_of(clinician_pdf(result, language=language)).split())


def test_the_report_says_it_once_and_keeps_chances() -> None:
    words = _words(_result())
    assert "Secondary finding: BRCA1" not in words
    assert "Secondary: BRCA1" not in words
    assert "Found outside the question asked" not in words
    assert "Its gene is also on the ACMG list" in words
    assert "Candidate 1: BRCA1" in words
    assert "one finding, not a second one" in words
    figure = risk().findings[0].figures[0]
    assert figure.title in words
    assert "ACMG SF v3.3" in words
    assert "Secondary findings: none reported" not in words


def test_a_finding_besides_the_answer_is_still_secondary() -> None:
    words = _words(rich_result())
    assert "Secondary finding: BRCA1" in words
    assert NOTE not in words


def test_an_answer_below_the_first_rank_is_pointed_to() -> None:
    unlikely = candidate(contributions=(), variants=(), gene="FGFR2")
    words = _words(_result(unlikely))
    assert "Candidate 2 (BRCA1, Hereditary breast and ovarian cancer): its gene is also" in words
    assert "Secondary finding: BRCA1" not in words


def test_the_table_has_its_variant_in_one_row() -> None:
    rows = [one for one in csv.DictReader(io.StringIO(variants_csv(_result()))) if one["gene"] == "BRCA1"]
    assert [one["source"] for one in rows] == ["candidate 1"]
    assert rows[0]["remarks"] == f"{NOTE}, for Hereditary breast and ovarian cancer"
    other = [one["source"] for one in csv.DictReader(io.StringIO(variants_csv(rich_result())))]
    assert "secondary" in other


def test_the_bundle_has_its_variant_once() -> None:
    said = json.dumps(fhir_bundle(_result()))
    assert "Secondary finding" not in said
    assert f"Candidate 1, {NOTE}, for Hereditary breast and ovarian cancer." in said
    assert said.count("c.2612C>T") == json.dumps(fhir_bundle(replace(_result(), risk=None))).count(
        "c.2612C>T"
    )


@pytest.mark.parametrize("listed", [True, False])
def test_the_document_says_which_findings_are_the_answer(listed: bool) -> None:
    result = _result() if listed else rich_result()
    document = result_document(result)
    jsonschema.validate(document, SCHEMA)
    condition = "Hereditary breast and ovarian cancer"
    expected = [{"gene": "BRCA1", "condition": condition, "candidate": 1}] if listed else []
    assert document["also_listed"] == expected
    assert document["risk"]["findings"][0]["gene"] == "BRCA1"
    assert result_document(document_to_result(document)) == document
