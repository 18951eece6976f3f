"""Is a signed file what was signed, by whom, and over which content?"""

import logging
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.report.signature import Signature, read_statement


class Seal(StrEnum):
    """What can be said about a file."""

    INTACT = "intact"
    """Sealed with a certificate, and not a byte was changed or added since."""
    CHANGED = "changed"
    """Sealed, and then changed."""
    NAMED = "named"
    """It names who signed it, but holds no PDF signature: a change would not show."""
    DRAFT = "draft"
    """Nobody signed it."""


_DAMAGED = (ValueError, LookupError, TypeError, AttributeError, RecursionError, zlib.error)
"""What the library raises on a sealed file with changed bytes, beside its own errors: found by changing
thousands of bytes at random. Each means that the file is not what was signed."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer for one file. ``sealed_at`` is the signer's own clock, ISO 8601.

    ``trusted``: the certificate leads to one of the roots given; None when none were given. Whether it was
    revoked is not known: that needs a network.
    """

    seal: Seal
    signature: Signature | None
    certificate: str = ""
    issuer: str = ""
    sealed_at: str = ""
    trusted: bool | None = None

    @property
    def words(self) -> str:
        """One sentence for a person."""
        who = f"{self.signature.name}, {self.signature.role}" if self.signature else tr("nobody named")
        said = {
            Seal.INTACT: tr(
                "Unchanged since {who} signed it (certificate of {certificate}).",
                who=who,
                certificate=self.certificate,
            ),
            Seal.CHANGED: tr("Changed after it was signed. Do not rely on it."),
            Seal.NAMED: tr(
                "Names {who} as signer, but without a PDF signature a change would not show.", who=who
            ),
            Seal.DRAFT: tr("A draft: nobody signed it."),
        }
        return said[self.seal]

    def is_about(self, digest: str) -> bool:
        """Whether it was signed over the content with this SHA-256 (``signature.signed_sha256``)."""
        return self.signature is not None and self.signature.content_sha256 == digest


def verify(file: Path | str | bytes, *, roots: Sequence[bytes] = ()) -> Verification:
    """Check a PDF. ``roots``: certificates (DER or PEM) that the clinic trusts. Nothing is fetched.

    Raises:
        UserError: the file cannot be read, or is not a PDF.
    """
    where = "" if isinstance(file, bytes) else Path(file).name
    try:
        data = file if isinstance(file, bytes) else Path(file).read_bytes()
        with pikepdf.open(BytesIO(data)) as pdf:
            packet = pdf.Root.Metadata.read_bytes().decode("utf-8") if "/Metadata" in pdf.Root else ""
            has_seal = b"/ByteRange" in data
    except (OSError, pikepdf.PdfError, *_DAMAGED) as error:
        raise UserError(
            tr("The file is not a PDF that can be read."), where=where, remedy=tr("Ask for the file again.")
        ) from error
    signature = read_statement(packet)
    if not has_seal:
        return Verification(Seal.NAMED if signature else Seal.DRAFT, signature)
    return _sealed(data, signature, roots)


def quiet() -> None:
    """The library logs names of certificates and why a chain is not trusted; the answer says it already."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _sealed(data: bytes, signature: Signature | None, roots: Sequence[bytes]) -> Verification:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import SignatureCoverageLevel
    from pyhanko.sign.validation.errors import SignatureValidationError

    try:
        found = PdfFileReader(BytesIO(data)).embedded_signatures
        if len(found) != 1:
            return Verification(Seal.CHANGED, signature)
        status = _status(found[0], roots)
    except (PdfError, SignatureValidationError, *_DAMAGED):
        return Verification(Seal.CHANGED, signature)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    certificate = status.signing_cert
    stamped = status.signer_reported_dt
    return Verification(
        Seal.INTACT if status.intact and status.valid and whole else Seal.CHANGED,
        signature,
        _named(certificate.subject),
        _named(certificate.issuer),
        stamped.isoformat() if stamped else "",
        bool(status.trusted) if roots else None,
    )


def _status(embedded: Any, roots: Sequence[bytes]) -> Any:
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    quiet()
    trusted = [one for root in roots for one in load_certs_from_pemder_data(root)]
    context = ValidationContext(trust_roots=trusted, allow_fetching=False, revocation_mode="soft-fail")
    usage = KeyUsageConstraints(key_usage=set())
    return validate_pdf_signature(embedded, context, key_usage_settings=usage)


def _named(name: Any) -> str:
    native = name.native
    return str(native.get("common_name") or name.human_friendly)
