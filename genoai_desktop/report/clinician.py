"""The clinician report as PDF."""

from pathlib import Path

from reportlab.platypus import Flowable

from genoai_desktop.domain.letters import NO_CLINIC, Clinic
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.document import content_sha256
from genoai_desktop.report.page import Heading, pdf_bytes
from genoai_desktop.report.permitted import permitted
from genoai_desktop.report.professional import surround
from genoai_desktop.report.sections import SECTIONS
from genoai_desktop.report.signature import Signature, valid_mark
from genoai_desktop.report.speech import documents_in
from genoai_desktop.report.style import facts, text


def write_clinician_pdf(result: CaseResult, path: Path | str, *, signature: Signature | None = None) -> None:
    """Write the report, whole or not at all; the same result and signature give the same bytes.

    It stays a watermarked draft without a signature over exactly this content.

    Raises:
        OSError: the file cannot be written.
    """
    write_atomic(path, clinician_pdf(result, signature))


def clinician_pdf(
    result: CaseResult,
    signature: Signature | None = None,
    *,
    clinic: Clinic = NO_CLINIC,
    language: str = "en",
) -> bytes:
    """The report's bytes, with the clinic's letterhead; ``language``: ``en`` or ``de``."""
    with documents_in(language):
        return _pdf(result, signature, clinic, language)


def _pdf(result: CaseResult, signature: Signature | None, clinic: Clinic, language: str) -> bytes:
    allowed = permitted(result)
    digest = content_sha256(allowed)
    mark = valid_mark(signature, digest)
    person = allowed.case.index
    title = tr("Genomic report {case}", case=allowed.case.id)
    header = (tr("Genomic report"), allowed.case.id, person.name or person.id, allowed.created[:10])

    def story() -> list[Flowable]:
        flow = [flowable for section in SECTIONS for flowable in section.build(allowed)]
        return [*flow, *signature_section(signature, digest)]

    return pdf_bytes(story, surround(title, header, mark, allowed, clinic, language))[0]


def signature_section(signature: Signature | None, digest: str) -> list[Flowable]:
    """Who signed, when, which version, and the SHA-256 (``digest``) of this content; else: a draft."""
    head = Heading(tr("Signature"))
    if signature is None:
        words = tr("Not signed. This is a draft. SHA-256 of the content: {digest}", digest=digest)
        return [head, text(words)]
    if valid_mark(signature, digest) is None:
        words = tr(
            "The signature given belongs to other content. This is a draft. SHA-256 of the content: {digest}",
            digest=digest,
        )
        return [head, text(words)]
    rows: list[tuple[str, object]] = [
        (tr("Signed by"), f"{signature.name}, {signature.role}"),
        (tr("Time"), signature.signed_at),
        (tr("SHA-256 of the content"), digest),
    ]
    if signature.amendment is not None:
        old = signature.amendment
        rows += [
            (tr("Version"), str(old.version)),
            (
                tr("Takes the place of"),
                tr(
                    "the version signed at {time}, SHA-256 {digest}",
                    time=old.previous_signed_at,
                    digest=old.previous_sha256,
                ),
            ),
            (tr("Reason"), old.reason),
        ]
    return [head, facts(rows)]
