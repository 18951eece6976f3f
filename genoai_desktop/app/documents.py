"""Every document that a result and its consent allow: offered, made as bytes, written.

What consent forbids is not in ``offers``, and ``make`` and ``save`` refuse what is not offered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from genoai_desktop import report
from genoai_desktop.app import phenotype
from genoai_desktop.app.tables import write_bytes
from genoai_desktop.domain.case import Case, Scope
from genoai_desktop.domain.consent_case import couple_left_out
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.failed import Part
from genoai_desktop.domain.letters import LETTERS, NO_CLINIC, Clinic, Document, DocumentKind, languages_of
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report import Signature, steps
from genoai_desktop.report.cascade import concerned, family_findings
from genoai_desktop.report.document import indented
from genoai_desktop.report.permitted import permitted

if TYPE_CHECKING:
    from genoai_desktop.knowledge import Knowledge

PAPERS = (
    DocumentKind.CLINICIAN,
    DocumentKind.LETTER,
    DocumentKind.FAMILY,
    DocumentKind.COUPLE,
    DocumentKind.CARD,
    DocumentKind.ALERTS,
)
"""PDFs: previewed, printed, signed."""
_SUFFIXES = {
    DocumentKind.CASCADE: ".csv",
    DocumentKind.VARIANTS: ".csv",
    DocumentKind.JSON: ".json",
    DocumentKind.PHENOPACKET: ".json",
    DocumentKind.FHIR: ".json",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A document that can be made; of a family letter the relative's name and relation."""

    document: Document
    name: str = ""
    relation: str = ""

    @property
    def paper(self) -> bool:
        """Whether it is a PDF."""
        return self.document.kind in PAPERS


def offers(result: CaseResult) -> tuple[Offer, ...]:
    """What can be made of this result, in the order of a report page."""
    return tuple(_offers(result))


def _offers(result: CaseResult) -> Iterator[Offer]:
    allowed = permitted(result)
    kinds = [DocumentKind.CLINICIAN, DocumentKind.LETTER]
    yield from (_plain(kind) for kind in kinds)
    if allowed.pgx is not None:
        yield from (_plain(kind) for kind in (DocumentKind.CARD, DocumentKind.ALERTS))
    if _couple(allowed):
        yield _plain(DocumentKind.COUPLE)
    if family_findings(result):
        for one in concerned(result.case):
            person = result.case.person(one.person)
            document = Document(DocumentKind.FAMILY, relative=one.person)
            yield Offer(document, person.name or person.id, tr(one.relation.value))
        yield _plain(DocumentKind.CASCADE)
    if allowed.rare is not None or allowed.risk is not None or allowed.failure(Part.RARE, Part.RISK):
        yield _plain(DocumentKind.VARIANTS)
    yield from (_plain(kind) for kind in (DocumentKind.JSON, DocumentKind.FHIR, DocumentKind.PHENOPACKET))


def _couple(allowed: CaseResult) -> bool:
    partner, risk = allowed.case.partner, allowed.risk
    if partner is None or risk is None or risk.couple is None:
        return False
    return allowed.case.consent.allows(Scope.CARRIER) and partner.consent.allows(Scope.CARRIER)


def _plain(kind: DocumentKind) -> Offer:
    return Offer(Document(kind))


def require(result: CaseResult, document: Document) -> Offer:
    """The offer of a document.

    Raises:
        UserError: this result or its consent does not allow it, or it cannot be made in that language.
    """
    wanted = (document.kind, document.relative)
    found = [one for one in offers(result) if (one.document.kind, one.document.relative) == wanted]
    if not found and document.kind is DocumentKind.COUPLE and (why := couple_left_out(result.case)):
        raise UserError(why, remedy=tr("Look at the consent page."), code="document.absent")
    if not found:
        raise UserError(
            tr("This document cannot be made of this case: its result or consent does not allow it."),
            remedy=tr("Look at the consent page, and at what was analysed."),
            code="document.absent",
        )
    spoken = languages_of(document.kind)
    if spoken and document.language not in spoken:
        raise UserError(
            tr("This document cannot be made in “{language}”.", language=document.language),
            remedy=tr("Choose one of: {languages}.", languages=", ".join(spoken)),
            code="document.language",
        )
    return found[0]


def make(
    result: CaseResult,
    document: Document,
    clinic: Clinic = NO_CLINIC,
    signature: Signature | None = None,
    context: Context | None = None,
) -> bytes:
    """The bytes of a document; a PDF is a draft without a valid ``signature``.

    Raises:
        UserError: it is not offered, does not fit its pages, or is written by ``save`` alone (phenopacket).
        Cancelled: the person stopped it.
    """
    require(result, document)
    with steps.under(context or Silent(), tr("Making the document")):
        return _made(result, document, clinic, signature)


def _made(result: CaseResult, document: Document, clinic: Clinic, signature: Signature | None) -> bytes:
    kind = document.kind
    if kind in LETTERS:
        return report.letter(result, document, clinic).pdf(signature)
    if kind is DocumentKind.CLINICIAN:
        return report.clinician_pdf(result, signature, clinic=clinic, language=document.language)
    if kind is DocumentKind.CARD:
        return report.pgx_card_pdf(result, signature, clinic=clinic, language=document.language)
    if kind is DocumentKind.ALERTS:
        return report.alert_list_pdf(result, signature, clinic=clinic, language=document.language)
    return _data(result, kind)


def _data(result: CaseResult, kind: DocumentKind) -> bytes:
    if kind is DocumentKind.CASCADE:
        return report.cascade_csv(result).encode("utf-8")
    if kind is DocumentKind.VARIANTS:
        return report.variants_csv(result).encode("utf-8")
    if kind is DocumentKind.JSON:
        document = report.result_document(result)
    elif kind is DocumentKind.FHIR:
        document = report.fhir_bundle(result, clinician_signature(result.case))
    else:
        raise UserError(tr("A phenopacket is written to a file."))
    return indented(document)


def clinician_signature(case: Case) -> Signature | None:
    """Who signed the clinician's report last; a bundle is final where it is over exactly its content."""
    signed = [one for one in case.signatures if one.document == DocumentKind.CLINICIAN]
    if not signed:
        return None
    last = signed[-1]
    return Signature(last.signer, last.role, last.time, last.sha256)


def save(
    result: CaseResult,
    path: Path,
    document: Document,
    clinic: Clinic,
    knowledge: "Knowledge",
    context: Context,
) -> Path:
    """Write a document as it is now, a PDF as the draft that it is; whole or not at all.

    Raises:
        UserError: it is not offered, or the file cannot be written.
        Cancelled: the person stopped it; the file is as it was.
    """
    context.report(tr("Making the document"), 0.0)
    require(result, document)
    if document.kind is DocumentKind.PHENOPACKET:
        phenotype.exported(result.case, path, knowledge, context)
    else:
        data = make(result, document, clinic, context=context)
        context.check()
        write_bytes(data, path)
    context.report(tr("Making the document"), 1.0)
    return path


def file_name(document: Document, version: int = 0) -> str:
    """A name for the file that tells nothing of the patient."""
    said = document.kind in LETTERS or document.language != "en"
    language = f"-{document.language}" if said and languages_of(document.kind) else ""
    number = f"-v{version}" if version else ""
    return f"{document.kind.value}{language}{number}{_SUFFIXES.get(document.kind, '.pdf')}"
