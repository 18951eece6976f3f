"""Signing a document: the final PDF with its record, the versions of a case, what is signed of it now."""

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from genoai_desktop import report
from genoai_desktop.app.documents import PAPERS, make, require
from genoai_desktop.app.letters import Gate, gate
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.context import Context, Part
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import (
    LETTERS,
    NO_CLINIC,
    Clinic,
    Document,
    SignedDocument,
    given,
    text_sha256,
)
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report import Amendment, Signature, signed_sha256
from genoai_desktop.report.signing import amendment_of, load_certificate, signed_document, verify


@dataclass(frozen=True, slots=True)
class Signing:
    """What a professional states when signing. ``time``: ISO 8601 with its zone.

    ``reason``: why a letter is signed that the gate holds back. ``amendment``: what a new version corrects.
    """

    name: str
    role: str
    time: str
    reason: str = ""
    amendment: str = ""
    certificate: Path | None = None
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Signed:
    """A final PDF with its record."""

    document: Document
    data: bytes = field(repr=False)
    record: SignedDocument


@dataclass(frozen=True, slots=True)
class Standing:
    """What is signed of a document in this language. ``current``: nothing changed since."""

    record: SignedDocument | None = None
    current: bool = False


def digest(result: CaseResult, document: Document, clinic: Clinic = NO_CLINIC) -> str:
    """What a signature of this document is over."""
    if document.kind in LETTERS:
        return report.letter(result, document, clinic).sha256()
    return report.content_sha256(result)


def substance(result: CaseResult, document: Document, clinic: Clinic = NO_CLINIC) -> str:
    """Checksum of what a document says, whenever it was analysed: the same until something changes."""
    if document.kind not in LETTERS:
        return signed_sha256(replace(result, created=""))
    told = report.letter(result, document, clinic).text()
    person = result.case.person(document.relative) if document.relative else result.case.index
    return text_sha256(f"{person.name or person.id}\n{told}")


def history(case: Case, document: Document) -> tuple[SignedDocument, ...]:
    """Signed versions of a document in its language that consent still allows to be shown, oldest first."""
    return tuple(
        one
        for one in case.signatures
        if (one.document, one.language) == (document.key, document.language) and one.allowed(case.consent)
    )


def standing(result: CaseResult, document: Document, clinic: Clinic = NO_CLINIC) -> Standing:
    """The last signed version, and whether the document still says the same."""
    known = history(result.case, document)
    if not known:
        return Standing()
    last = known[-1]
    return Standing(last, last.substance_sha256 == substance(result, document, clinic))


def sign(
    result: CaseResult,
    document: Document,
    clinic: Clinic,
    signing: Signing,
    earlier: bytes | None,
    context: Context,
) -> Signed:
    """A final PDF with its record for the case. ``earlier``: the PDF of the version before, where at hand.

    Raises:
        UserError: it is no PDF or not offered, no name or role, a section waits for a decision, the gate
            asks for a reason, a new version gives none, the PDF before was changed, or the certificate fails.
        Cancelled: the person stopped it; nothing is signed.
    """
    context.report(tr("Signing"), 0.0)
    require(result, document)
    if document.kind not in PAPERS:
        raise UserError(tr("Only papers can be signed."), code="sign.no-paper")
    _check(gate(result, document, clinic), signing)
    amendment = _amendment(result.case, document, signing, earlier)
    certificate = None
    if signing.certificate is not None:
        certificate = load_certificate(signing.certificate, signing.passphrase)
    covered = digest(result, document, clinic)
    mark = Signature(signing.name.strip(), signing.role.strip(), signing.time, covered, amendment)
    making = Part(context, 0.1, 0.9)
    data = signed_document(lambda own: make(result, document, clinic, own, making), mark, certificate)
    context.check()
    record = SignedDocument(
        document.key,
        document.language,
        covered,
        mark.version,
        mark.name,
        mark.role,
        mark.signed_at,
        hashlib.sha256(data).hexdigest(),
        substance(result, document, clinic),
        certificate.subject if certificate else "",
        signing.reason.strip(),
        amendment.previous_sha256 if amendment else "",
        amendment.reason if amendment else "",
        consent=given(result.case.consent),
    )
    context.report(tr("Signing"), 1.0)
    return Signed(document, data, record)


def _check(found: Gate, signing: Signing) -> None:
    if not signing.name.strip() or not signing.role.strip():
        raise UserError(
            tr("A signature needs a name and a role."),
            remedy=tr("Enter both as they shall stand in the document."),
            code="sign.name",
        )
    if found.undecided:
        raise UserError(
            tr(
                "Your wording of {titles} is about a text that has changed since.",
                titles=", ".join(f"“{title}”" for title in found.undecided),
            ),
            remedy=tr("Open the wording and decide for each of them what the letter shall say."),
            code="sign.undecided",
        )
    if found.asks and not signing.reason.strip():
        raise UserError(
            " ".join(found.words),
            remedy=tr("Change the wording, or give a reason for signing it as it is."),
            code="sign.reason",
        )


def _amendment(case: Case, document: Document, signing: Signing, earlier: bytes | None) -> Amendment | None:
    known = [
        one for one in case.signatures if (one.document, one.language) == (document.key, document.language)
    ]
    if not known:
        return None
    last = known[-1]
    if not signing.amendment.strip():
        raise UserError(
            tr("This document is signed. A new version has to say what it corrects."),
            remedy=tr("Give the reason for the new version."),
            code="sign.amendment",
        )
    if earlier is not None:
        if last.file_sha256 and hashlib.sha256(earlier).hexdigest() != last.file_sha256:
            raise UserError(
                tr("The signed PDF at hand is not the version that is on record."),
                remedy=tr("Look at the attachments of the case."),
                code="sign.other",
            )
        return amendment_of(verify(earlier), signing.amendment)
    return Amendment(last.version + 1, last.sha256, last.time, signing.amendment.strip())


def recorded(case: Case, signed: Signed, attachment: str = "") -> Case:
    """The case with the record of a signature; ``attachment``: where the store keeps the PDF."""
    record = replace(signed.record, attachment=attachment)
    return replace(case, signatures=(*case.signatures, record))
