"""The empty family questionnaire as PDF: a tagged form to fill in on the screen, by ear, or by hand."""

import io
from dataclasses import dataclass, field

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from genoai_desktop.app.pedigrees.questions import FIELDS, GROUPS, Person, people
from genoai_desktop.domain.text import language_in_use, tr
from genoai_desktop.report.fonts import BOLD, REGULAR, draw_text, plain, register, text_width
from genoai_desktop.report.forms import FormField, with_form
from genoai_desktop.report.tagging.finish import Meta, finished
from genoai_desktop.report.tagging.marks import TaggedCanvas, artifact, marked
from genoai_desktop.report.tagging.nodes import Node

EDGE, ROW = 14 * mm, 8.1 * mm
CAPTION = 42 * mm
HEIGHT, WIDTH = A4
"""A4 across."""
INK, QUIET, TINT = HexColor("#1b2733"), HexColor("#52606d"), HexColor("#eef3f6")
ACCENT = HexColor("#0b5a7a")
BESIDE = 7.0
"""Room after words, in points."""
BOX, LINE = 15.0, 18.0
"""Height of a box to tick, and of a line to write on."""


def questionnaire_pdf() -> bytes:
    """The form as PDF, A4 across, in the language of this thread; the same bytes each time."""
    register()
    sheet = _Sheet()
    sheet.head()
    for group, words, _ in GROUPS:
        rows = [one for one in people() if one.group == group]
        if sheet.y - 36 - len(rows) * ROW < EDGE:
            sheet.turn()
        sheet.group(tr(words), rows)
    sheet.said(
        "P",
        tr("Leave blank what you do not know. Nobody is expected to know all."),
        EDGE,
        EDGE / 2,
        REGULAR,
        8,
        QUIET,
    )
    return sheet.finished()


@dataclass(slots=True)
class _Sheet:
    """The pages while they are drawn: ``y`` is where the next group begins, ``tree`` what is said."""

    buffer: io.BytesIO = field(default_factory=io.BytesIO)
    canvas: TaggedCanvas = field(init=False)
    tree: Node = field(default_factory=lambda: Node("Document"))
    fields: list[FormField] = field(default_factory=list)
    columns: list[tuple[float, float]] = field(init=False)
    y: float = HEIGHT - EDGE

    def __post_init__(self) -> None:
        self.columns = _columns()
        self.canvas = TaggedCanvas(
            self.buffer,
            pagesize=(WIDTH, HEIGHT),
            invariant=1,
            lang=language_in_use() or "en",
            initialFontName=REGULAR,
        )

    def turn(self) -> None:
        """Go on to the next page."""
        self.canvas.showPage()
        self.y = HEIGHT - EDGE

    def said(
        self,
        role: str,
        words: str,
        x: float,
        y: float,
        font: str,
        size: float,
        colour: Color,
        *,
        within: Node | None = None,
        scope: str = "",
    ) -> None:
        """One line of text with its place in the tree."""
        node = Node(role, scope=scope)
        (within or self.tree).children.append(node)
        with marked(self.canvas, node):
            self.canvas.setFillColor(colour)
            draw_text(self.canvas, x, y, plain(words), font, size)

    def head(self) -> None:
        """Title, and how to fill it in."""
        self.said("H1", tr("Your family"), EDGE, HEIGHT - EDGE - 8, BOLD, 17, INK)
        first = tr(
            "Please fill in what you know about your blood relatives. First names or initials are enough."
        )
        second = tr(
            "Illnesses: write each with the age when it began, for example: breast cancer 52; diabetes 60."
        )
        for index, line in enumerate((first, second)):
            self.said("P", line, EDGE, HEIGHT - EDGE - 26 - 13 * index, REGULAR, 9.5, QUIET)
        self.y = HEIGHT - EDGE - 52

    def group(self, words: str, rows: list[Person]) -> None:
        """People of one kind: a heading and a table with a line for each."""
        self.said("H2", words, EDGE, self.y - 14, BOLD, 11, ACCENT)
        with artifact(self.canvas):
            self.canvas.setFillColor(TINT)
            self.canvas.rect(EDGE - 4, self.y - 36, WIDTH - 2 * EDGE + 8, 16, stroke=0, fill=1)
        table, top = Node("Table"), Node("TR")
        table.children.append(top)
        self.tree.children.append(table)
        titles = (tr("Person"), *(tr(title) for _, title, _ in FIELDS))
        for (left, _), title in zip(self.columns, titles, strict=True):
            x = left if left == EDGE else left + 2
            self.said("TH", title, x, self.y - 31, REGULAR, 8, INK, within=top, scope="Column")
        self.y -= 36
        for person in rows:
            self.y -= ROW
            table.children.append(self._row(person))
        self.y -= 8

    def _row(self, person: Person) -> Node:
        row = Node("TR")
        self.said("TH", person.said(), EDGE, self.y + 7, REGULAR, 9.5, INK, within=row, scope="Row")
        for (left, wide), (key, title, _) in zip(self.columns[1:], FIELDS, strict=True):
            ticked = key == "dead"
            across, up, low = (BOX, BOX, 3) if ticked else (wide - 4, LINE, 2)
            box = (left + 2, self.y + low, left + 2 + across, self.y + low + up)
            name, words = f"{person.id}.{key}", f"{person.said()}: {tr(title)}"
            page = self.canvas.getPageNumber() - 1
            self.fields.append(FormField(name, words, page, box, ticked=ticked))
            row.children.append(Node("TD", [Node("Form", alt=words, field=name)]))
        return row

    def finished(self) -> bytes:
        """The file."""
        self.canvas.showPage()
        self.canvas.save()
        meta = Meta(tr("Family questionnaire"), language_in_use() or "en")
        return finished(with_form(self.buffer.getvalue(), self.fields), self.tree, meta)


def _columns() -> list[tuple[float, float]]:
    """(left, width) of the caption and of each field: as wide as its words in this language at least."""
    captions = [_wide(person.said(), 9.5) for person in people()]
    shares = [max(CAPTION, *captions)]
    shares += [max(share * mm, _wide(tr(title), 8)) for _, title, share in FIELDS[:-1]]
    at, made = EDGE, []
    for share in shares:
        made.append((at, share))
        at += share
    return [*made, (at, WIDTH - EDGE - at)]


def _wide(words: str, size: float) -> float:
    return text_width(plain(words), REGULAR, size) + BESIDE
