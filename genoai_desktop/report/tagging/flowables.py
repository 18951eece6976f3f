"""Paragraphs, tables and drawings that know what they are, and say so in the page."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from itertools import groupby
from typing import Any

from reportlab.graphics.shapes import Drawing
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Paragraph, Spacer, Table
from reportlab.platypus.paragraph import _drawBullet
from reportlab.rl_config import paraFontSizeHeightOffset

from genoai_desktop.report import steps
from genoai_desktop.report.bidi import display_order, is_right_to_left
from genoai_desktop.report.fonts import runs
from genoai_desktop.report.tagging.marks import artifact, figure, marked, spoken_as
from genoai_desktop.report.tagging.nodes import Node, lists_joined

LANGUAGE = "language"
"""Name of the library's callback inside a paragraph."""
FEWEST_ROWS = 2
"""Rows below a table's head that must stay when one is taken to the next page, to keep the last company."""


class Words(Paragraph):  # type: ignore[misc]
    """A tagged paragraph of ``fonts.markup`` text: each letter in a face that has it, lines turned if due.

    ``role`` is its structure role; with a bullet it is an item of a list. ``actual`` is the text in reading
    order, needed only where right-to-left letters are drawn.
    """

    style: Any
    blPara: Any  # noqa: N815 - the library's names
    bulletText: Any  # noqa: N815
    frags: Any

    def __init__(
        self,
        marked_up: str | None,
        style: ParagraphStyle,
        bulletText: str | None = None,  # noqa: N803 - the library splits paragraphs with this name
        frags: list[Any] | None = None,
        *,
        role: str = "P",
        actual: str = "",
    ) -> None:
        super().__init__(marked_up, style, bulletText=bulletText, frags=frags)
        if marked_up is not None:
            steps.made()
            self.frags = [part for frag in self.frags for part in _in_faces(frag)]
        turned = any(is_right_to_left(getattr(frag, "text", "")) for frag in self.frags)
        self._turned = turned
        self._base = 0
        if bulletText:
            self.node = Node("LI", [Node("Lbl"), Node("LBody")])
        else:
            self.node = Node(role)
        if turned:
            self._leaf().actual = actual

    def _leaf(self) -> Node:
        return self.node.children[1] if self.node.role == "LI" else self.node

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As the library's, which wraps each cell of a table: here a long one can be stopped."""
        steps.check()
        return super().wrap(width, height)  # type: ignore[no-any-return]

    def _whole(self) -> bool:
        """Whether every stretch of another language ends here, and none began on the page before."""
        calls = [one.cbDefn.label for one in _fragments(self.frags) if hasattr(one, "cbDefn")]
        ends = [label == "-" for label in calls]
        return ends == [False, True] * (len(calls) // 2)

    def split(self, width: float, height: float) -> list["Words"]:
        """As the library's; both parts are one element of the structure."""
        parts: list[Words] = super().split(width, height)
        for part in parts:
            part.node, part._base, part._turned = self.node, self._base, self._turned
        return parts

    def mirror(self) -> None:
        """Begin each line at the right, with the bullet there, as right-to-left scripts are read."""
        style = copy(self.style)
        style.alignment = TA_RIGHT if style.alignment in (TA_LEFT, TA_JUSTIFY) else style.alignment
        style.leftIndent, style.rightIndent = style.rightIndent, style.leftIndent
        self.style, self._base = style, 1

    def draw(self) -> None:
        """Called by the library: the bullet, then the lines, each in its marked content."""
        steps.drawn()
        held, bullet = self.blPara, self.bulletText
        if bullet and held.lines:
            first = held.lines[0] if held.kind else held
            with marked(self.canv, self.node.children[0]):
                self.canv.saveState()
                down = first.fontSize if paraFontSizeHeightOffset else first.ascent  # as the first line
                line = self.width - self.style.leftIndent - self.style.rightIndent
                rtl = (line,) if self._base else False
                _drawBullet(self.canv, 0, self.height - down, bullet, self.style, rtl=rtl)
                self.canv.restoreState()
            self.bulletText = None
        if self._turned:
            self.blPara = _turned(held, self._base)
        self.canv.setNamedCB(LANGUAGE, spoken_as if self._whole() else _silent)
        with marked(self.canv, self._leaf()):
            super().draw()
        self.blPara, self.bulletText = held, bullet


def in_language(marked_up: str, language: str) -> str:
    """Part of a paragraph, made with ``fonts.markup``, that is read aloud in ``language`` (ISO 639-1)."""
    return f'<onDraw name="{LANGUAGE}" label="{language}"/>{marked_up}<onDraw name="{LANGUAGE}" label="-"/>'


def _fragments(frags: Iterable[Any]) -> Iterator[Any]:
    """The fragments, also of a paragraph that the library has broken into words: widths with their pieces."""
    for one in frags:
        if isinstance(one, list | tuple):
            yield from _fragments(one)
        else:
            yield one


def _silent(*_library: object) -> None:
    """A stretch that a page break divides is in the language around it."""


def _in_faces(frag: Any) -> list[Any]:
    words = getattr(frag, "text", "")
    parts = runs(words, frag.fontName)
    if len(parts) < 2 and (not parts or parts[0][0] == frag.fontName):
        return [frag]
    return [frag.clone(fontName=name, text=part) for name, part in parts]


def _turned(held: Any, base: int) -> Any:
    """The broken lines with right-to-left stretches in display order."""
    made = copy(held)
    made.lines = [_line(line, base) for line in held.lines]
    return made


def _line(line: Any, base: int) -> Any:
    if isinstance(line, tuple):
        words = " ".join(line[1])
        return line[0], ["".join(glyph for _, glyph in display_order(words, base=base))]
    owners = [frag for frag in line.words for _ in frag.text]
    letters = "".join(frag.text for frag in line.words)
    ordered = [(owners[index], glyph) for index, glyph in display_order(letters, base=base)]
    made = copy(line)
    made.words = [
        frag.clone(text="".join(glyph for _, glyph in group))
        for frag, group in (
            (one[0][0], one) for one in (list(g) for _, g in groupby(ordered, lambda p: id(p[0])))
        )
    ]
    return made


_OTHER_SIDE = {"LEFT": "RIGHT", "RIGHT": "LEFT"}


class Layout(Table):  # type: ignore[misc]
    """A table that only places things; its lines and grounds are decoration."""

    from_right: bool = False
    """Whether its first column stands at the right."""
    _cellvalues: Any
    _cellStyles: Any  # noqa: N815 - the library's name
    _width: Any

    def _drawBkgrnd(self) -> None:
        with artifact(self.canv), self._turned():
            super()._drawBkgrnd()

    def _drawLines(self) -> None:
        with artifact(self.canv), self._turned():
            super()._drawLines()

    def _drawCell(
        self, value: Any, style: Any, place: tuple[float, float], size: tuple[float, float]
    ) -> None:
        left, low = place
        super()._drawCell(
            value, style, (self._width - left - size[0] if self.from_right else left, low), size
        )

    @contextmanager
    def _turned(self) -> Iterator[None]:
        """Grounds and lines as in a mirror, where columns run from the right."""
        self.canv.saveState()
        if self.from_right:
            self.canv.translate(self._width, 0)
            self.canv.scale(-1, 1)
        yield
        self.canv.restoreState()

    def split(self, width: float, height: float) -> list[Any]:
        """As the library's; the parts run in the same direction."""
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.from_right = self.from_right
        return parts

    def mirror(self) -> None:
        """The first column at the right, with its alignment, lines and grounds."""
        self.from_right = not self.from_right
        for style in (one for row in self._cellStyles for one in row):
            style.alignment = _OTHER_SIDE.get(style.alignment, style.alignment)
            style.leftPadding, style.rightPadding = style.rightPadding, style.leftPadding

    def nodes(self) -> list[Node]:
        """What stands in the cells, row by row."""
        return nodes_of(item for row in self._cellvalues for cell in row for item in _items(cell))


class Grid(Layout):
    """A table of data; ``heads`` says whether the first row, the first column or both are headings."""

    heads: str = "row"

    def split(self, width: float, height: float) -> list["Grid"]:
        """As the library's, but no single row is carried over to the next page."""
        parts: list[Grid] = super().split(width, height)
        if self.splitInRow or len(parts) != 2 or len(parts[1]._cellvalues) != self.repeatRows + 1:
            return parts
        kept = len(parts[0]._cellvalues) - 1
        if kept < self.repeatRows + FEWEST_ROWS:
            return parts
        return super().split(width, sum(self._rowHeights[:kept]) + 0.1)

    def nodes(self) -> list[Node]:
        """One ``Table`` with its rows; a repeated head is decoration from its second page on."""
        rows = [
            Node("TR", [self._node(cell, y, x) for x, cell in enumerate(row)])
            for y, row in enumerate(self._cellvalues)
        ]
        return [Node("Table", rows)]

    def _node(self, cell: Any, y: int, x: int) -> Node:
        over, beside = self.heads == "row" and y == 0, self.heads == "column" and x == 0
        role = "TH" if over or beside else "TD"
        held = nodes_of(_items(cell))
        if len(held) == 1 and held[0].role == "P":
            node = held[0]
            node.role = role
        else:
            node = Node(role, held)
        node.scope = "Column" if over else "Row" if beside else ""
        node.once = over
        return node


class Rule(HRFlowable):  # type: ignore[misc]
    """A line across the page, decoration."""

    def nodes(self) -> list[Node]:
        """None."""
        return []

    def draw(self) -> None:
        """Called by the library."""
        with artifact(self.canv):
            super().draw()


class Picture(Drawing):  # type: ignore[misc]
    """A drawing with its alternative text."""

    def __init__(self, width: float, height: float, *shapes: Any, alt: str) -> None:
        super().__init__(width, height, *shapes)
        self._node = Node("Figure", alt=alt)

    def nodes(self) -> list[Node]:
        """The figure."""
        return [self._node]

    def draw(self, *_library: object) -> None:
        """Called by the library."""
        with figure(self.canv, self._node, self.width, self.height):
            super().draw()


def _items(cell: Any) -> Sequence[Any]:
    return cell if isinstance(cell, list | tuple) else [cell]


def mirrored(story: Iterable[Any]) -> list[Any]:
    """The story as right-to-left scripts are read: paragraphs, bullets, columns, boxes, people in figures."""
    kept = list(story)
    for one in kept:
        if isinstance(one, KeepTogether):
            mirrored(one._content)
            continue
        if isinstance(one, Layout):
            for row in one._cellvalues:
                for cell in row:
                    mirrored(_items(cell))
        if hasattr(one, "mirror"):
            one.mirror()
    return kept


def nodes_of(story: Iterable[Any]) -> list[Node]:
    """The structure of flowables in reading order, lists joined."""
    found: list[Node] = []
    for one in story:
        if one == "":
            continue
        if isinstance(one, Words):
            found.append(one.node)
        elif isinstance(one, KeepTogether):
            found += nodes_of(one._content)
        elif hasattr(one, "nodes"):
            found += one.nodes()
        elif isinstance(one, Flowable) and not isinstance(one, Spacer):
            raise TypeError(f"{type(one).__name__} has no place in the structure of a document")
    return lists_joined(found)
