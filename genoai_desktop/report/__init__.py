"""Results as PDF, JSON and exchange formats. No Qt."""

from genoai_desktop.report.clinician import clinician_pdf, write_clinician_pdf
from genoai_desktop.report.document import (
    content_sha256,
    document_to_result,
    read_json,
    result_document,
    write_json,
)
from genoai_desktop.report.letter import (
    letter_pdf,
    letter_readability,
    letter_text,
    write_patient_letter,
)
from genoai_desktop.report.signature import Signature

__all__ = [
    "Signature",
    "clinician_pdf",
    "content_sha256",
    "document_to_result",
    "letter_pdf",
    "letter_readability",
    "letter_text",
    "read_json",
    "result_document",
    "write_clinician_pdf",
    "write_json",
    "write_patient_letter",
]
