"""A document made to be looked at, in a worker: its pages, what is signed of it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from genoai_desktop.domain.context import Context, Part
from genoai_desktop.domain.letters import Clinic, Document, SignedDocument
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.viewmodels.pdf import PageImage, render

if TYPE_CHECKING:
    from genoai_desktop.app.documents import Offer
    from genoai_desktop.app.letters import Gate
    from genoai_desktop.app.signing import Standing
    from genoai_desktop.ui.session import Session


@dataclass(frozen=True, slots=True)
class Shown:
    """A document in view: its pages, what is signed of it and what a signature would ask for.

    ``final``: the pages are those of the signed PDF, ``data``.
    """

    offer: Offer
    document: Document
    pages: list[PageImage]
    standing: Standing
    gate: Gate
    data: bytes = b""
    final: bool = False


def paper_of(session: Session, book: Any, record: SignedDocument) -> bytes | None:
    """The signed PDF, from memory or from the store."""
    found = session.papers.get(record.file_sha256)
    if found is None and book is not None and record.attachment:
        found = book.attachment(record.attachment)
        session.papers[record.file_sha256] = found
    return found


def preview(
    services: Services,
    session: Session,
    book: Any,
    result: CaseResult,
    offer: Offer,
    document: Document,
    clinic: Clinic,
    pixels: int,
    context: Context,
) -> Shown:
    """Make a document to look at, with what is signed of it; the signed PDF itself where it is current."""
    from genoai_desktop.app.letters import Gate
    from genoai_desktop.app.signing import Standing

    if not offer.paper:
        return Shown(offer, document, [], Standing(), Gate())
    standing = services.standing(result, document, clinic, context)
    gate = services.gate(result, document, clinic, context)
    data, making, drawing = None, Part(context, 0.0, 0.8), Part(context, 0.8, 1.0)
    if standing.current and standing.record is not None:
        data = paper_of(session, book, standing.record)
    final = data is not None
    made = data if data is not None else services.preview_report(result, document, clinic, making)
    return Shown(offer, document, render(made, pixels, drawing), standing, gate, made, final)
