"""Final documents: signed by a named professional, sealed with a certificate where one is set up, amended.

Nothing here loads the PDF signature library before a document is sealed or verified.
"""

from genoai_desktop.report.signing.certificate import Certificate, load_certificate
from genoai_desktop.report.signing.final import amendment_of, signed_document, write_signed
from genoai_desktop.report.signing.verify import Seal, Verification, verify

__all__ = [
    "Certificate",
    "Seal",
    "Verification",
    "amendment_of",
    "load_certificate",
    "signed_document",
    "verify",
    "write_signed",
]
