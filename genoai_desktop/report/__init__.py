"""Results as PDF, JSON and exchange formats. No Qt.

The names below are imported at their first use: an analysis that only writes a file whole should not
wait for the library that sets PDFs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from genoai_desktop.report.card import (
        alert_list_pdf,
        pgx_card_pdf,
        write_alert_list,
        write_pgx_card,
    )
    from genoai_desktop.report.clinician import clinician_pdf, write_clinician_pdf
    from genoai_desktop.report.couple_letter import (
        couple_letter_pdf,
        couple_letter_readability,
        couple_letter_sha256,
        couple_letter_text,
        couple_letter_wording,
        write_couple_letter,
    )
    from genoai_desktop.report.document import (
        content_sha256,
        document_to_result,
        read_json,
        result_document,
        write_json,
    )
    from genoai_desktop.report.family import (
        cascade_csv,
        family_letter_pdf,
        family_letter_readability,
        family_letter_sha256,
        family_letter_text,
        family_letter_wording,
        write_cascade_csv,
        write_family_letter,
    )
    from genoai_desktop.report.fhir import fhir_bundle, write_fhir
    from genoai_desktop.report.letter import (
        letter_pdf,
        letter_readability,
        letter_sha256,
        letter_text,
        letter_wording,
        write_patient_letter,
    )
    from genoai_desktop.report.signature import Amendment, Signature, signed_sha256
    from genoai_desktop.report.tables import variants_csv, write_variants_csv

__all__ = [
    "Amendment",
    "Signature",
    "alert_list_pdf",
    "cascade_csv",
    "clinician_pdf",
    "content_sha256",
    "couple_letter_pdf",
    "couple_letter_readability",
    "couple_letter_sha256",
    "couple_letter_text",
    "couple_letter_wording",
    "document_to_result",
    "family_letter_pdf",
    "family_letter_readability",
    "family_letter_sha256",
    "family_letter_text",
    "family_letter_wording",
    "fhir_bundle",
    "letter_pdf",
    "letter_readability",
    "letter_sha256",
    "letter_text",
    "letter_wording",
    "pgx_card_pdf",
    "read_json",
    "result_document",
    "signed_sha256",
    "variants_csv",
    "write_alert_list",
    "write_cascade_csv",
    "write_clinician_pdf",
    "write_couple_letter",
    "write_family_letter",
    "write_fhir",
    "write_json",
    "write_patient_letter",
    "write_pgx_card",
    "write_variants_csv",
]

_PLACES = {
    "card": (
        "alert_list_pdf",
        "pgx_card_pdf",
        "write_alert_list",
        "write_pgx_card",
    ),
    "clinician": (
        "clinician_pdf",
        "write_clinician_pdf",
    ),
    "couple_letter": (
        "couple_letter_pdf",
        "couple_letter_readability",
        "couple_letter_sha256",
        "couple_letter_text",
        "couple_letter_wording",
        "write_couple_letter",
    ),
    "document": (
        "content_sha256",
        "document_to_result",
        "read_json",
        "result_document",
        "write_json",
    ),
    "family": (
        "cascade_csv",
        "family_letter_pdf",
        "family_letter_readability",
        "family_letter_sha256",
        "family_letter_text",
        "family_letter_wording",
        "write_cascade_csv",
        "write_family_letter",
    ),
    "fhir": (
        "fhir_bundle",
        "write_fhir",
    ),
    "letter": (
        "letter_pdf",
        "letter_readability",
        "letter_sha256",
        "letter_text",
        "letter_wording",
        "write_patient_letter",
    ),
    "signature": (
        "Amendment",
        "Signature",
        "signed_sha256",
    ),
    "tables": (
        "variants_csv",
        "write_variants_csv",
    ),
}
_MODULES = {name: module for module, names in _PLACES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    raise AttributeError(name)
