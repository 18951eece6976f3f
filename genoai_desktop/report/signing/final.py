"""A signed document is final: it is written once, and only a new version that names it can follow."""

from collections.abc import Callable
from pathlib import Path

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.signature import Amendment, Signature
from genoai_desktop.report.signing.certificate import Certificate
from genoai_desktop.report.signing.verify import Seal, Verification, verify


def signed_document(
    make: Callable[[Signature], bytes], signature: Signature, certificate: Certificate | None = None
) -> bytes:
    """A final document: ``make`` draws it (as ``lambda mark: letter_pdf(result, "de", mark)``).

    Sealed with ``certificate`` where there is one. But for the seal, the same input gives the same bytes.

    Raises:
        UserError: the signature is not over what is drawn (a draft came out), or the certificate fails.
    """
    data = make(signature)
    if verify(data).signature != signature:
        raise UserError(
            tr("The content changed between review and signature; nothing was signed."),
            remedy=tr("Look at the document again, then sign it."),
            code="sign.changed",
        )
    if certificate is None:
        return data
    from genoai_desktop.report.signing.seal import sealed

    return sealed(data, certificate, signature)


def write_signed(data: bytes, path: Path | str) -> None:
    """Write a final document, whole or not at all; never over another signed one.

    Raises:
        UserError: the data is a draft, or ``path`` holds a signed document already.
        OSError: the file cannot be written.
    """
    target = Path(path)
    if verify(data).seal is Seal.DRAFT:
        raise UserError(tr("This document is not signed."), remedy=tr("Sign it first."))
    if target.exists() and _is_final(target):
        raise UserError(
            tr("A signed document is at this place; it must not be changed."),
            where=target.name,
            remedy=tr("Choose another name. A correction is a new version that names the old one."),
            code="sign.final",
        )
    write_atomic(target, data)


def _is_final(path: Path) -> bool:
    try:
        return verify(path).seal is not Seal.DRAFT
    except UserError:
        return False


def amendment_of(earlier: Verification, reason: str) -> Amendment:
    """What a new version has to say about the signed document before it.

    Raises:
        UserError: the earlier document is a draft or was changed, or no reason is given.
    """
    if earlier.signature is None or earlier.seal in {Seal.DRAFT, Seal.CHANGED}:
        raise UserError(
            tr("Only a signed document that was not changed can be amended."), remedy=tr("Choose that one.")
        )
    if not reason.strip():
        raise UserError(tr("An amendment needs a reason."), remedy=tr("Say what is corrected, and why."))
    old = earlier.signature
    return Amendment(old.version + 1, old.content_sha256, old.signed_at, reason.strip())
