"""Results as PDF, JSON and exchange formats. No Qt."""

from genoai_desktop.report.card import pgx_card_pdf, write_pgx_card
from genoai_desktop.report.clinician import clinician_pdf, write_clinician_pdf
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
    write_cascade_csv,
    write_family_letter,
)
from genoai_desktop.report.fhir import fhir_bundle, write_fhir
from genoai_desktop.report.letter import (
    letter_pdf,
    letter_readability,
    letter_text,
    write_patient_letter,
)
from genoai_desktop.report.signature import Signature
from genoai_desktop.report.tables import variants_csv, write_variants_csv

__all__ = [
    "Signature",
    "cascade_csv",
    "clinician_pdf",
    "content_sha256",
    "document_to_result",
    "family_letter_pdf",
    "fhir_bundle",
    "letter_pdf",
    "letter_readability",
    "letter_text",
    "pgx_card_pdf",
    "read_json",
    "result_document",
    "variants_csv",
    "write_cascade_csv",
    "write_clinician_pdf",
    "write_family_letter",
    "write_fhir",
    "write_json",
    "write_patient_letter",
    "write_pgx_card",
    "write_variants_csv",
]
