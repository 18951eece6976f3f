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
    from genoai_desktop.report.cascade import cascade_csv, write_cascade_csv
    from genoai_desktop.report.clinician import clinician_pdf, write_clinician_pdf
    from genoai_desktop.report.document import (
        content_sha256,
        document_to_result,
        read_json,
        result_document,
        write_json,
    )
    from genoai_desktop.report.fhir import fhir_bundle, write_fhir
    from genoai_desktop.report.letter_kinds import letter
    from genoai_desktop.report.signature import Amendment, Signature, signed_sha256
    from genoai_desktop.report.tables import variants_csv, write_variants_csv

__all__ = [
    "Amendment",
    "Signature",
    "alert_list_pdf",
    "cascade_csv",
    "clinician_pdf",
    "content_sha256",
    "document_to_result",
    "fhir_bundle",
    "letter",
    "pgx_card_pdf",
    "read_json",
    "result_document",
    "signed_sha256",
    "variants_csv",
    "write_alert_list",
    "write_cascade_csv",
    "write_clinician_pdf",
    "write_fhir",
    "write_json",
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
    "document": (
        "content_sha256",
        "document_to_result",
        "read_json",
        "result_document",
        "write_json",
    ),
    "cascade": ("cascade_csv", "write_cascade_csv"),
    "letter_kinds": ("letter",),
    "fhir": (
        "fhir_bundle",
        "write_fhir",
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
