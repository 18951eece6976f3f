"""The pharmacogenomic wallet card (85.6 x 54 mm, front and back, to cut out), and the alert list."""

from dataclasses import dataclass, replace
from pathlib import Path

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.failed import CODE, Part
from genoai_desktop.domain.letters import NO_CLINIC, Clinic
from genoai_desktop.domain.numerals import spoken
from genoai_desktop.domain.pgx import CallStatus, Concern, PgxResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import language_in_use, tr
from genoai_desktop.knowledge.medicine_names import listed_as
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.bidi import is_right_to_left
from genoai_desktop.report.document import content_sha256
from genoai_desktop.report.fonts import BOLD, REGULAR, draw_text, plain, text_width
from genoai_desktop.report.names import alphabetical, medicine_said
from genoai_desktop.report.page import Heading, Surround, pdf_bytes
from genoai_desktop.report.permitted import permitted
from genoai_desktop.report.pgx_words import pgx_said
from genoai_desktop.report.professional import surround
from genoai_desktop.report.sections.advice import alert_table, concern_words
from genoai_desktop.report.sections.medicine_facts import (
    by_genotype,
    caution_story,
    conversion_story,
    unknown_words,
)
from genoai_desktop.report.signature import Signature, valid_mark
from genoai_desktop.report.speech import documents_in
from genoai_desktop.report.style import ACCENT, INK, QUIET, WARN, box, bullet, gap, in_original, text
from genoai_desktop.report.tagging.marks import artifact, marked
from genoai_desktop.report.tagging.nodes import Node

_WIDE, _HIGH = 85.6 * mm, 54 * mm
_ROWS = 9
_LEAST = 4.8
_URGENT = (Concern.AVOID, Concern.ADJUST, Concern.CAUTION)


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
            _card(allowed, pgx, signed=mark is not None),
            gap(),
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
    header = (kind, allowed.case.id, _day(allowed))
    return surround(title, header, mark, allowed, clinic, language)


def _origin(allowed: CaseResult) -> str:
    versions = {f"{one.name} {one.release}" for one in (allowed.pgx.versions if allowed.pgx else ())}
    return tr(
        "Made {day} by GenoAI Desktop {version}. Sources: {sources}.",
        day=_day(allowed),
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
    unread = [
        call.gene for call in pgx.calls if call.status in {CallStatus.INDETERMINATE, CallStatus.NOT_COVERED}
    ]
    notes = [bullet(tr("A medicine that is not listed here is not thereby safe."))]
    if unknown := unknown_words(result.case):
        notes.append(bullet(unknown))
    if unread:
        notes.append(bullet(tr("Could not be read: {genes}", genes=", ".join(unread))))
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


def _card(result: CaseResult, pgx: PgxResult, *, signed: bool) -> Flowable:
    sides = (_front(result, pgx), _back(result, pgx))
    if not signed:  # the page's watermark does not go into the wallet with the card
        for side in sides:
            side.insert(1, _draft_mark(side[0]))
    return _Card(sides)


def _draft_mark(title: "_Line") -> "_Line":
    """Behind the title of a side, in as many words as there is room for."""
    x = max(_WIDE - 92, title.x + text_width(plain(title.said), title.font, title.points) + 6)
    long = _Line(x, _HIGH - 13, tr("DRAFT – not signed"), 7, BOLD, WARN)
    return long if long.fitted == long.said else replace(long, said=tr("DRAFT"))


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the card: its place from the lower left corner of a side, in points."""

    x: float
    y: float
    said: str
    size: float = 6.6
    font: str = REGULAR
    colour: Color = INK

    @property
    def fitted(self) -> str:
        """The words, cut only where the smallest legible type runs over the side's edge."""
        kept = self.said
        while kept and text_width(plain(kept), self.font, self.points) > _WIDE - self.x - 7.9:
            kept = kept[:-2].rstrip() + "…"
        return kept

    @property
    def points(self) -> float:
        """The size at which the words fit, not under ``_LEAST``."""
        wide = text_width(plain(self.said), self.font, self.size)
        return float(max(_LEAST, min(self.size, self.size * (_WIDE - self.x - 8) / max(wide, 1))))


class _Card(Flowable):  # type: ignore[misc]
    """Both sides with a dashed edge to cut along."""

    def __init__(self, sides: tuple[list[_Line], ...]) -> None:
        super().__init__()
        self.width, self.height = _WIDE * 2 + 8, _HIGH + 4
        self.sides = [[(line, Node("P", actual=_actual(line))) for line in side] for side in sides]

    def wrap(self, *_room: float) -> tuple[float, float]:
        """Called by the library."""
        return self.width, self.height

    def nodes(self) -> list[Node]:
        """Every line, first the front."""
        return [node for side in self.sides for _, node in side]

    def draw(self) -> None:
        """Called by the library."""
        for number, side in enumerate(self.sides):
            self.canv.saveState()
            self.canv.translate(number * (_WIDE + 4), 0)
            with artifact(self.canv):
                self._edges()
            for line, node in side:
                self.canv.setFillColor(line.colour)
                with marked(self.canv, node):
                    draw_text(self.canv, line.x, line.y, plain(line.fitted), line.font, line.points)
            self.canv.restoreState()

    def _edges(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(QUIET)
        canvas.setLineWidth(1)
        canvas.setDash(3, 2)
        canvas.roundRect(0.5, 0.5, _WIDE, _HIGH, 7)
        canvas.setDash()
        canvas.setStrokeColor(ACCENT)
        canvas.line(8, _HIGH - 19, _WIDE - 8, _HIGH - 19)


def _actual(line: _Line) -> str:
    return line.fitted if is_right_to_left(line.said) else ""


def _title(words: str) -> _Line:
    return _Line(8, _HIGH - 14, words, 9, BOLD, ACCENT)


def _front(result: CaseResult, pgx: PgxResult) -> list[_Line]:
    person = result.case.index
    parts = [_title(tr("Medicines and my genes"))]
    parts.append(_Line(8, _HIGH - 30, person.name or person.id, 7.6, BOLD))
    order = list(Concern)
    gravest: dict[str, int] = {}
    for one in pgx.advice:
        for gene in one.genes:
            gravest[gene] = min(gravest.get(gene, len(order)), order.index(one.concern))
    ready = sorted(
        (call for call in by_genotype(pgx) if call.status in {CallStatus.CALLED, CallStatus.AMBIGUOUS}),
        key=lambda call: gravest.get(call.gene, len(order)),  # what changes a prescription comes first
    )
    lines = [] if ready else _broken(tr("No gene could be read: nothing is known about medicines."))
    for number, call in enumerate(ready):
        row = _broken(f"{call.gene}  {_mark(call.status)}{call.diplotype}  {pgx_said(call.phenotype)}")
        if len(lines) + len(row) > _ROWS:
            parts.append(_Line(8, 10, tr("and {n} more genes: see the list", n=len(ready) - number)))
            break
        lines += row
    parts += [_Line(8, _HIGH - 42 - n * 9.4, line) for n, line in enumerate(lines)]
    return parts


def _broken(row: str) -> list[str]:
    """The words in as many lines as the side's width asks for, the later ones set in."""
    lines = [""]
    for word in row.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1].strip() else lines[-1] + word
        if text_width(plain(longer), REGULAR, 6.6) <= _WIDE - 16 or not lines[-1].strip():
            lines[-1] = longer
        else:
            lines.append(f"    {word}")
    return lines


def _mark(status: CallStatus) -> str:
    return tr("not certain: ") if status is CallStatus.AMBIGUOUS else ""


def _back(result: CaseResult, pgx: PgxResult) -> list[_Line]:
    parts = [_title(tr("Ask before use"))]
    lines = []
    mine = listed_as(*(medicine.name for medicine in result.case.medicines))
    worst = _worst(pgx)
    for concern in _URGENT:
        named = (drug for drug, grave in worst.items() if grave is concern)
        drugs = sorted(named, key=lambda drug: (drug.lower() not in mine, alphabetical(_said(drug))))
        drugs = [_said(drug) for drug in drugs]
        if drugs:
            lines.append((concern_words(concern).capitalize(), drugs))
    y = _HIGH - 30
    if not lines:
        none = _broken(tr("Nothing is listed here. That does not make a medicine safe."))
        parts += [_Line(8, y - 9.4 * n, line) for n, line in enumerate(none)]
    taken = sorted({name for one in pgx.conversions for name in one.medicines})
    for number, (title, drugs) in enumerate(lines):
        parts.append(_Line(8, y, title, 7, BOLD, WARN))
        shown = _wrapped(drugs, 4 if number == 0 else 1 if taken and number == 2 else 2)
        parts += [_Line(8, y - 9 * (n + 1), line) for n, line in enumerate(shown)]
        y -= 9 * (len(shown) + 1) + 3
    unread = [
        call.gene for call in pgx.calls if call.status in {CallStatus.INDETERMINATE, CallStatus.NOT_COVERED}
    ]
    if unread:
        line = _Line(8, 19, tr("Could not be read: {genes}", genes=", ".join(unread)), 6)
        if line.fitted != line.said:
            line = _Line(8, 19, tr("{n} genes could not be read: see the alert list", n=len(unread)), 6)
        parts.append(line)
    if taken:
        parts.append(
            _Line(8, 28, tr("Counts what {names} does to the genes' effect.", names=", ".join(taken)), 6)
        )
    parts.append(_Line(8, 9, tr("Made {day}. Do not change medicine on your own.", day=_day(result)), 6))
    return parts


def _said(drug: str) -> str:
    return medicine_said(drug, language_in_use())


def _day(result: CaseResult) -> str:
    """The day of the analysis as the document's language writes it in figures."""
    return str(spoken("day", result.created[:10], language_in_use()))


def _worst(pgx: PgxResult) -> dict[str, Concern]:
    """Each medicine under the gravest of what is said of it, once."""
    order = list(Concern)
    found: dict[str, Concern] = {}
    for one in pgx.advice:
        found[one.drug] = min(found.get(one.drug, one.concern), one.concern, key=order.index)
    return found


def _wrapped(drugs: list[str], most: int) -> list[str]:
    lines, rest = [""], list(drugs)
    while rest:
        longer = f"{lines[-1]}, {rest[0]}".strip(", ")
        if lines[-1] and text_width(plain(longer), REGULAR, 6.6) > _WIDE - 52:
            if len(lines) == most:
                lines[-1] += tr(" and {n} more", n=len(rest))
                break
            lines.append("")
            continue
        lines[-1] = longer
        rest.pop(0)
    return lines
