"""Marked content: which drawing on a page belongs to which structure element, and which to none."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from genoai_desktop.report.tagging.nodes import Node


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A canvas that numbers the marked content of every page."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._counts: dict[int, int] = {}
        self._inside = False

    def begin(self, opening: str) -> bool:
        """Open a marked-content sequence; False inside of one, which then holds the drawing as well."""
        if self._inside:
            return False
        self._code.append(opening)
        self._inside = True
        return True

    def end(self) -> None:
        """Close the open sequence."""
        self._code.append("EMC")
        self._inside = False

    def next_mark(self) -> tuple[int, int]:
        """Page (0-based) and a new identifier on it."""
        page = self.getPageNumber() - 1
        number = self._counts.get(page, 0)
        self._counts[page] = number + 1
        return page, number


@contextmanager
def marked(canvas: Canvas, node: Node) -> Iterator[None]:
    """What is drawn inside belongs to ``node``. On a canvas that counts pages only, nothing is written."""
    if not isinstance(canvas, TaggedCanvas):
        yield
        return
    if node.once and node.marks:
        with artifact(canvas, "Pagination"):
            yield
        return
    page, number = canvas.next_mark()
    if not canvas.begin(f"/{node.role} <</MCID {number}>> BDC"):
        raise RuntimeError("a structure element is drawn inside another's marked content")
    node.marks.append((page, number))
    try:
        yield
    finally:
        canvas.end()


def spoken_as(canvas: Canvas, _kind: str, language: str) -> None:
    """Called by the library inside a paragraph: what follows is in ``language`` (ISO 639-1), “-” ends it.

    A span inside of the paragraph's marked content (ISO 32000-1, 14.9.2): a screen reader changes its voice.
    """
    if isinstance(canvas, TaggedCanvas):
        code: list[str] = canvas._curr_tx_info["tx"]._code
        code.append("EMC" if language == "-" else f"/Span <</Lang ({language})>> BDC")


@contextmanager
def artifact(canvas: Canvas, kind: str = "Layout") -> Iterator[None]:
    """What is drawn inside is decoration (``Layout``) or repeats on pages (``Pagination``)."""
    opened = isinstance(canvas, TaggedCanvas) and canvas.begin(f"/Artifact <</Type /{kind}>> BDC")
    try:
        yield
    finally:
        if opened:
            canvas.end()


@contextmanager
def figure(canvas: Canvas, node: Node, width: float, height: float) -> Iterator[None]:
    """A drawing of ``width`` by ``height`` points from the present origin, with its box on the page."""
    left, bottom = canvas.absolutePosition(0, 0)
    right, top = canvas.absolutePosition(width, height)
    node.box = (left, bottom, right, top)
    with marked(canvas, node):
        yield
