"""What relatives have, and who decided what about consent, leaves with no export of the patient's result."""

import json
from dataclasses import replace

from report_cases import rich_result

from genoai_desktop.domain.consent import ConsentEvent, Decision, Scope
from genoai_desktop.domain.family import Condition, Diagnosis, Family, Member
from genoai_desktop.report import fhir_bundle, result_document


def test_neither_pedigree_nor_consent_record_is_exported() -> None:
    result = rich_result()
    family = Family(
        (
            Member("I-1", name="Wilhelmina Zauberberg", diagnoses=(Diagnosis("c1", 41.0),)),
            Member(result.case.proband, mother="I-1"),
        ),
        result.case.proband,
        conditions=(Condition("c1", "Huntington disease"),),
    )
    event = ConsentEvent("I-1", Scope.PRIMARY, Decision.DECLINED, "2026-01-01", guardian="Uncle Theodor")
    kept = replace(result, case=replace(result.case, family=family, consent_events=(event,)))
    for text in (json.dumps(result_document(kept)), json.dumps(fhir_bundle(kept))):
        for word in ("Zauberberg", "Huntington", "Theodor"):
            assert word not in text
