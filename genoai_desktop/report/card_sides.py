"""The sides of the wallet card: genes and medicines by concern, and a further side for what is left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from genoai_desktop.domain.numerals import spoken
from genoai_desktop.domain.pgx import CallStatus, Concern, GeneCall, PgxResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import language_in_use, tr
from genoai_desktop.knowledge.medicine_names import listed_as
from genoai_desktop.report.bidi import is_right_to_left
from genoai_desktop.report.fonts import BOLD, REGULAR, draw_text, plain, text_width
from genoai_desktop.report.names import alphabetical, medicine_said
from genoai_desktop.report.pgx_words import pgx_said
from genoai_desktop.report.sections.advice import concern_words
from genoai_desktop.report.sections.medicine_facts import by_genotype
from genoai_desktop.report.style import ACCENT, INK, QUIET, WARN, gap
from genoai_desktop.report.tagging.marks import artifact, marked
from genoai_desktop.report.tagging.nodes import Node

_WIDE, _HIGH = 85.6 * mm, 54 * mm
_ROWS = 9
_FURTHER_ROWS = 11
_LEAST = 4.8
_URGENT = (Concern.AVOID, Concern.ADJUST, Concern.CAUTION)
_Block = tuple[str, list[list[str]]]
"""A heading and its entries, each of one or more lines that stay together."""


def cards(result: CaseResult, pgx: PgxResult, *, signed: bool) -> list[Flowable]:
    """The card, and as many further ones as it takes to hold every gene and medicine."""
    front, genes = _front(result, pgx)
    further = _further(result, [*genes, *_unshown(pgx, result)])
    sides = [front, _back(result, pgx, more=bool(further)), *further]
    if not signed:  # the page's watermark does not go into the wallet with the card
        for side in sides:
            side.insert(1, _draft_mark(side[0]))
    pairs = (tuple(sides[first : first + 2]) for first in range(0, len(sides), 2))
    return [part for pair in pairs for part in (_Card(pair), gap())]


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


def _front(result: CaseResult, pgx: PgxResult) -> tuple[list[_Line], list[_Block]]:
    """The side with the genes, and the genes that it has no room for."""
    parts = [_title(tr("Medicines and my genes")), _owner(result)]
    rows = [_row(call) for call in _by_concern(pgx)]
    lines = [] if rows else _broken(tr("No gene could be read: nothing is known about medicines."))
    left: list[_Block] = []
    for number, row in enumerate(rows):
        if len(lines) + len(row) > _ROWS:
            left = [(tr("More of my genes"), rows[number:])]
            said = tr("and {n} more genes: see the next card", n=len(rows) - number)
            parts.append(_Line(8, 10, said))
            break
        lines += row
    return [*parts, *(_Line(8, _HIGH - 42 - n * 9.4, line) for n, line in enumerate(lines))], left


def _owner(result: CaseResult) -> _Line:
    person = result.case.index
    return _Line(8, _HIGH - 30, person.name or person.id, 7.6, BOLD)


def _by_concern(pgx: PgxResult) -> list[GeneCall]:
    """The genes that were read, first what changes a prescription."""
    order = list(Concern)
    gravest: dict[str, int] = {}
    for one in pgx.advice:
        for gene in one.genes:
            gravest[gene] = min(gravest.get(gene, len(order)), order.index(one.concern))
    read = (call for call in by_genotype(pgx) if call.status in {CallStatus.CALLED, CallStatus.AMBIGUOUS})
    return sorted(read, key=lambda call: gravest.get(call.gene, len(order)))


def _row(call: GeneCall) -> list[str]:
    return _broken(f"{call.gene}  {_mark(call.status)}{call.diplotype}  {pgx_said(call.phenotype)}")


def _further(result: CaseResult, blocks: list[_Block]) -> list[list[_Line]]:
    """Sides for what the first two have no room for; the heading is said again on each."""
    sides: list[list[tuple[str, bool]]] = []
    for title, entries in blocks:
        for number, entry in enumerate(entries):
            lines = [(line, False) for line in entry]
            head = [(title, True)]
            fitting = lines if number else [*head, *lines]
            if sides and len(sides[-1]) + len(fitting) <= _FURTHER_ROWS:
                sides[-1] += fitting
            else:
                sides.append([*head, *lines])
    return [
        [
            _title(tr("Continued, side {n}", n=number)),
            _owner(result),
            *(_further_line(n, said, bold=bold) for n, (said, bold) in enumerate(side)),
        ]
        for number, side in enumerate(sides, start=3)
    ]


def _further_line(number: int, said: str, *, bold: bool) -> _Line:
    y = _HIGH - 42 - number * 9.4
    return _Line(8, y, said, 7, BOLD, WARN) if bold else _Line(8, y, said)


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


def _back(result: CaseResult, pgx: PgxResult, *, more: bool) -> list[_Line]:
    parts = [_title(tr("Ask before use"))]
    y = _HIGH - 30
    told = _told(pgx, result)
    if not told:
        none = _broken(tr("Nothing is listed here. That does not make a medicine safe."))
        parts += [_Line(8, y - 9.4 * n, line) for n, line in enumerate(none)]
    for title, shown, left in told:
        if left:
            shown[-1] += tr(" and {n} more", n=len(left))
        parts.append(_Line(8, y, title, 7, BOLD, WARN))
        parts += [_Line(8, y - 9 * (n + 1), line) for n, line in enumerate(shown)]
        y -= 9 * (len(shown) + 1) + 3
    if unread := pgx.unread:
        line = _unread_line(unread)
        if line.fitted != line.said:
            said = tr("{n} genes could not be read: see the next card", n=len(unread))
            line = replace(line, said=said)
        parts.append(line)
    if taken := _taken(pgx):
        parts.append(
            _Line(8, 28, tr("Counts what {names} does to the genes' effect.", names=", ".join(taken)), 6)
        )
    last = tr("Made {day}. Do not change medicine on your own.", day=day_of(result))
    if more:
        last += " " + tr("More on the next card.")
    return [*parts, _Line(8, 9, last, 6)]


def _told(pgx: PgxResult, result: CaseResult) -> list[tuple[str, list[str], list[str]]]:
    """Per concern its words, the lines on the back, and the medicines that it has no room for."""
    mine = listed_as(*(medicine.name for medicine in result.case.medicines))
    worst, taken = _worst(pgx), _taken(pgx)
    told: list[tuple[str, list[str], list[str]]] = []
    for concern in _URGENT:
        named = (drug for drug, grave in worst.items() if grave is concern)
        drugs = sorted(named, key=lambda drug: (drug.lower() not in mine, alphabetical(_said(drug))))
        if drugs:
            most = 4 if not told else 1 if taken and len(told) == 2 else 2
            shown, left = _wrapped([_said(drug) for drug in drugs], most)
            told.append((concern_words(concern).capitalize(), shown, left))
    return told


def _unshown(pgx: PgxResult, result: CaseResult) -> list[_Block]:
    """Medicines, and genes that could not be read, for which the back has no room."""
    blocks = [
        (title, [[line] for line in _broken(", ".join(left))])
        for title, _, left in _told(pgx, result)
        if left
    ]
    unread = pgx.unread
    line = _unread_line(unread)
    if line.fitted != line.said:
        blocks.append((tr("Could not be read"), [[one] for one in _broken(", ".join(unread))]))
    return blocks


def _unread_line(genes: Sequence[str]) -> _Line:
    return _Line(8, 19, tr("Could not be read: {genes}", genes=", ".join(genes)), 6)


def _taken(pgx: PgxResult) -> list[str]:
    return sorted({name for one in pgx.conversions for name in one.medicines})


def _said(drug: str) -> str:
    return medicine_said(drug, language_in_use())


def day_of(result: CaseResult) -> str:
    """The day of the analysis as the document's language writes it in figures."""
    return str(spoken("day", result.created[:10], language_in_use()))


def _worst(pgx: PgxResult) -> dict[str, Concern]:
    """Each medicine under the gravest of what is said of it, once."""
    order = list(Concern)
    found: dict[str, Concern] = {}
    for one in pgx.advice:
        found[one.drug] = min(found.get(one.drug, one.concern), one.concern, key=order.index)
    return found


def _wrapped(drugs: list[str], most: int) -> tuple[list[str], list[str]]:
    """The names in at most so many lines, and the names for which there is no room."""
    lines, rest = [""], list(drugs)
    while rest:
        longer = f"{lines[-1]}, {rest[0]}".strip(", ")
        if lines[-1] and text_width(plain(longer), REGULAR, 6.6) > _WIDE - 52:
            if len(lines) == most:
                break
            lines.append("")
            continue
        lines[-1] = longer
        rest.pop(0)
    return lines, rest
