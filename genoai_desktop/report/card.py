"""The pharmacogenomic wallet card (85.6 x 54 mm, front and back, to cut out), and the alert list."""

from pathlib import Path

from reportlab.platypus import Flowable

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.failed import CODE, Part
from genoai_desktop.domain.letters import NO_CLINIC, Clinic
from genoai_desktop.domain.pgx import PgxResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.medicine_names import listed_as
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.card_sides import cards, day_of
from genoai_desktop.report.document import content_sha256
from genoai_desktop.report.page import Heading, Surround, pdf_bytes
from genoai_desktop.report.permitted import permitted
from genoai_desktop.report.professional import surround
from genoai_desktop.report.sections.advice import alert_table
from genoai_desktop.report.sections.medicine_facts import (
    caution_story,
    conversion_story,
    unknown_words,
)
from genoai_desktop.report.signature import Signature, valid_mark
from genoai_desktop.report.speech import documents_in
from genoai_desktop.report.style import box, bullet, gap, in_original, text


def write_pgx_card(result: CaseResult, path: Path | str, *, signature: Signature | None = None) -> None:
    """Write the card; deterministic, and a draft until signed over this content.

    Raises:
        UserError: no pharmacogenomic result, or consent does not cover it.
        OSError: the file cannot be written.
    """
    write_atomic(path, pgx_card_pdf(result, signature))


def write_alert_list(result: CaseResult, path: Path | str, *, signature: Signature | None = None) -> None:
    """Write the list of every medicine that needs a decision; as ``write_pgx_card`` otherwise."""
    write_atomic(path, alert_list_pdf(result, signature))


def pgx_card_pdf(
    result: CaseResult,
    signature: Signature | None = None,
    *,
    clinic: Clinic = NO_CLINIC,
    language: str = "en",
) -> bytes:
    """The bytes of ``write_pgx_card``: one page to cut out; ``language``: one of ``phrases.LANGUAGES``."""
    with documents_in(language):
        return _card_pdf(result, signature, clinic, language)


def _card_pdf(result: CaseResult, signature: Signature | None, clinic: Clinic, language: str) -> bytes:
    allowed, pgx = _allowed(result)
    mark = valid_mark(signature, content_sha256(allowed))

    def story() -> list[Flowable]:
        lead = tr("Cut out and fold. Show every doctor and pharmacist. Do not change medicine on your own.")
        return [
            Heading(tr("Medicines card"), "title"),
            text(lead),
            gap(),
            *cards(allowed, pgx, signed=mark is not None),
            text(_origin(allowed), "quiet"),
            *_signed(mark),
        ]

    title = tr("Pharmacogenomic card {case}", case=allowed.case.id)
    return pdf_bytes(story, _surround(allowed, title, tr("Pharmacogenomic card"), mark, clinic, language))[0]


def alert_list_pdf(
    result: CaseResult,
    signature: Signature | None = None,
    *,
    clinic: Clinic = NO_CLINIC,
    language: str = "en",
) -> bytes:
    """The bytes of ``write_alert_list``: a table for whoever prescribes; ``language`` as for the card."""
    with documents_in(language):
        return _alerts_pdf(result, signature, clinic, language)


def _alerts_pdf(result: CaseResult, signature: Signature | None, clinic: Clinic, language: str) -> bytes:
    allowed, pgx = _allowed(result)
    mark = valid_mark(signature, content_sha256(allowed))

    def story() -> list[Flowable]:
        person = allowed.case.index
        who = " · ".join(part for part in (person.name, person.id, allowed.case.id) if part)
        head = [Heading(tr("Alert list for medicines"), "title"), text(who), *_draft(mark), gap(1.5)]
        return [*head, *_alerts(allowed, pgx), text(_origin(allowed), "quiet"), *_signed(mark)]

    title = tr("Pharmacogenomic alert list {case}", case=allowed.case.id)
    return pdf_bytes(
        story, _surround(allowed, title, tr("Pharmacogenomic alert list"), mark, clinic, language)
    )[0]


def _allowed(result: CaseResult) -> tuple[CaseResult, PgxResult]:
    allowed = permitted(result)
    if failed := allowed.failure(Part.PGX):
        raise UserError(failed.words, remedy=tr("Analyse the case again."), code=CODE)
    if allowed.pgx is None:
        raise UserError(
            tr("There is no pharmacogenomic result to put on a card."),
            remedy=tr("Run the analysis, and record consent for it."),
        )
    return allowed, allowed.pgx


def _surround(
    allowed: CaseResult, title: str, kind: str, mark: Signature | None, clinic: Clinic, language: str
) -> Surround:
    header = (kind, allowed.case.id, day_of(allowed))
    return surround(title, header, mark, allowed, clinic, language)


def _origin(allowed: CaseResult) -> str:
    versions = {f"{one.name} {one.release}" for one in (allowed.pgx.versions if allowed.pgx else ())}
    return tr(
        "Made {day} by GenoAI Desktop {version}. Sources: {sources}.",
        day=day_of(allowed),
        version=allowed.program_version,
        sources=", ".join(sorted(versions)) or tr("see the report"),
    )


def _draft(mark: Signature | None) -> list[Flowable]:
    return [] if mark else [box([text(tr("This is a draft: nobody has signed it yet."))], warning=True)]


def _signed(mark: Signature | None) -> list[Flowable]:
    if mark is None:
        return []
    words = tr(
        "Signed by {name}, {role}, {time}. Version {version}. SHA-256 of the content: {digest}",
        name=mark.name,
        role=mark.role,
        time=mark.signed_at,
        version=mark.version,
        digest=mark.content_sha256,
    )
    if mark.amendment is None:
        return [text(words, "quiet")]
    old = mark.amendment
    amended = tr(
        "Takes the place of the version signed at {time}, SHA-256 {digest}. Reason: {reason}",
        time=old.previous_signed_at,
        digest=old.previous_sha256,
        reason=old.reason,
    )
    return [text(words, "quiet"), text(amended, "quiet")]


def _alerts(result: CaseResult, pgx: PgxResult) -> list[Flowable]:
    mine = listed_as(*(medicine.name for medicine in result.case.medicines))
    notes = [bullet(tr("A medicine that is not listed here is not thereby safe."))]
    if unknown := unknown_words(result.case):
        notes.append(bullet(unknown))
    if pgx.unread:
        notes.append(bullet(tr("Could not be read: {genes}", genes=", ".join(pgx.unread))))
    if pgx.review:
        notes.append(bullet(pgx.review))
    head, more = conversion_story(pgx.conversions), caution_story(pgx.cautions, mine)
    alerts = alert_table(pgx.advice, mine)
    if alerts is None:
        none = tr("No medicine in the bundled guidelines asks for a change with these calls.")
        if not pgx.says_something:
            none = tr("No gene could be read: nothing is known about medicines.")
        return [*head, text(none), *more, *notes]
    note = tr("* taken or planned. The wording is this program's own; read the guideline itself.")
    if any(one.action and in_original(one.action) for one in pgx.advice):
        note += " " + tr("The sentences on guidelines and cautions are in the English original.")
    return [*head, text(note, "quiet"), alerts, gap(1), *more, *notes]
