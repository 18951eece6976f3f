"""The pharmacogenomic wallet card (85.6 x 54 mm, front and back, to cut out) with the alert list."""

from pathlib import Path

from reportlab.graphics.shapes import Drawing, Group, Line, Rect, String
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.pgx import CallStatus, Concern, PgxResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.document import DECISION_SUPPORT, content_sha256
from genoai_desktop.report.fonts import BOLD, REGULAR, plain
from genoai_desktop.report.page import Heading, Surround, pdf_bytes
from genoai_desktop.report.permitted import permitted
from genoai_desktop.report.sections.advice import concern_words, sorted_advice
from genoai_desktop.report.signature import Signature
from genoai_desktop.report.style import ACCENT, INK, QUIET, WARN, gap, table, text

_WIDE, _HIGH = 85.6 * mm, 54 * mm
_ROWS = 9


def write_pgx_card(result: CaseResult, path: Path | str, *, signature: Signature | None = None) -> None:
    """Write the card and the list; deterministic, and a draft until signed over this content.

    Raises:
        UserError: no pharmacogenomic result, or consent does not cover it.
        OSError: the file cannot be written.
    """
    write_atomic(path, pgx_card_pdf(result, signature))


def pgx_card_pdf(result: CaseResult, signature: Signature | None = None) -> bytes:
    """The bytes of ``write_pgx_card``."""
    allowed = permitted(result)
    pgx = allowed.pgx
    if pgx is None:
        raise UserError(
            tr("There is no pharmacogenomic result to put on a card."),
            remedy=tr("Run the analysis, and record consent for it."),
        )
    signed = signature is not None and signature.content_sha256 == content_sha256(allowed)
    surround = Surround(
        title=tr("Pharmacogenomic card {case}", case=allowed.case.id),
        header=tr("Pharmacogenomic card · {case} · {date}", case=allowed.case.id, date=allowed.created[:10]),
        footer=tr(DECISION_SUPPORT),
        page_words=tr("page {page} of {pages}"),
        language="en",
        author=signature.name if signature and signed else "",
        watermark="" if signed else tr("DRAFT – not signed"),
    )
    return pdf_bytes(lambda: _story(allowed, pgx, signed=signed), surround)[0]


def _story(result: CaseResult, pgx: PgxResult, *, signed: bool) -> list[Flowable]:
    mine = frozenset(medicine.name.lower() for medicine in result.case.medicines)
    alerts = [
        one for one in sorted_advice(pgx.advice, mine) if one.concern not in {Concern.USUAL, Concern.UNKNOWN}
    ]
    head = (tr("Medicine"), tr("Alert"), tr("Because of"), tr("Action"), tr("Guideline"))
    rows = [
        (
            one.drug,
            concern_words(one.concern),
            "; ".join(f"{g}: {p}" for g, p in zip(one.genes, one.phenotypes, strict=False)),
            one.action,
            str(one.guideline),
        )
        for one in alerts
    ]
    story: list[Flowable] = [
        Heading(tr("Medicines card"), "title"),
        text(tr("Cut out and fold. Show every doctor and pharmacist. Do not change medicine on your own.")),
        _card(result, pgx, signed=signed),
        gap(),
        Heading(tr("Alert list")),
    ]
    if not rows:
        return [*story, text(tr("No medicine in the bundled guidelines asks for a change with these calls."))]
    return [*story, table(head, rows, (26, 16, 38, 66, 32))]


def _card(result: CaseResult, pgx: PgxResult, *, signed: bool) -> Drawing:
    drawing = Drawing(_WIDE * 2 + 8, _HIGH + 4)
    front, back = Group(*_front(result, pgx)), Group(*_back(result, pgx))
    if not signed:  # the page's watermark does not go into the wallet with the card
        for side in (front, back):
            side.add(_words(_WIDE - 92, _HIGH - 13, tr("DRAFT – not signed"), 7, BOLD, WARN))
    back.translate(_WIDE + 4, 0)
    drawing.add(front)
    drawing.add(back)
    return drawing


def _frame(title: str) -> list[object]:
    edge = Rect(0.5, 0.5, _WIDE, _HIGH, rx=7, ry=7, fillColor=None, strokeColor=QUIET, strokeDashArray=[3, 2])
    rule = Line(8, _HIGH - 19, _WIDE - 8, _HIGH - 19, strokeColor=ACCENT, strokeWidth=1)
    return [edge, _words(8, _HIGH - 14, title, 9, BOLD, ACCENT), rule]


def _words(
    x: float, y: float, said: str, size: float = 6.6, font: str = REGULAR, colour: object = INK
) -> String:
    kept = plain(said)
    while kept and stringWidth(kept, font, size) > _WIDE - x - 8:
        kept = kept[:-2].rstrip() + "…"
    return String(x, y, kept, fontName=font, fontSize=size, fillColor=colour)


def _front(result: CaseResult, pgx: PgxResult) -> list[object]:
    person = result.case.index
    parts = _frame(tr("Medicines and my genes"))
    parts.append(_words(8, _HIGH - 30, person.name or person.id, 7.6, BOLD))
    ready = [call for call in pgx.calls if call.status in {CallStatus.CALLED, CallStatus.AMBIGUOUS}]
    rows = [f"{c.gene}  {_mark(c.status)}{c.diplotype}  {c.phenotype}" for c in ready[:_ROWS]]
    parts += [_words(8, _HIGH - 42 - n * 9.4, row) for n, row in enumerate(rows)]
    if len(ready) > _ROWS:
        parts.append(_words(8, 10, tr("and {n} more genes: see the list", n=len(ready) - _ROWS)))
    return parts


def _mark(status: CallStatus) -> str:
    return tr("not certain: ") if status is CallStatus.AMBIGUOUS else ""


def _back(result: CaseResult, pgx: PgxResult) -> list[object]:
    parts = _frame(tr("Ask before use"))
    lines = []
    for concern in (Concern.AVOID, Concern.ADJUST, Concern.CAUTION):
        drugs = sorted({one.drug for one in pgx.advice if one.concern is concern})
        if drugs:
            lines.append((concern_words(concern).capitalize(), drugs))
    y = _HIGH - 30
    for number, (title, drugs) in enumerate(lines):
        parts.append(_words(8, y, title, 7, BOLD, WARN))
        shown = _wrapped(drugs, 3 if number == 0 else 2)
        parts += [_words(8, y - 9 * (n + 1), line) for n, line in enumerate(shown)]
        y -= 9 * (len(shown) + 1) + 3
    unread = [
        call.gene for call in pgx.calls if call.status in {CallStatus.INDETERMINATE, CallStatus.NOT_COVERED}
    ]
    if unread:
        parts.append(_words(8, 19, tr("Could not be read: {genes}", genes=", ".join(unread)), 6))
    parts.append(
        _words(8, 9, tr("Made {date}. Do not change medicine on your own.", date=result.created[:10]), 6)
    )
    return parts


def _wrapped(drugs: list[str], most: int) -> list[str]:
    lines, rest = [""], list(drugs)
    while rest:
        longer = f"{lines[-1]}, {rest[0]}".strip(", ")
        if lines[-1] and stringWidth(longer, REGULAR, 6.6) > _WIDE - 52:
            if len(lines) == most:
                lines[-1] += tr(" and {n} more", n=len(rest))
                break
            lines.append("")
            continue
        lines[-1] = longer
        rest.pop(0)
    return lines
