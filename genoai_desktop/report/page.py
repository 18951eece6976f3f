"""The page around the content: header, footer, page x of y, watermark, bookmarks, metadata, fixed bytes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from genoai_desktop.domain.letters import NO_CLINIC, Letterhead
from genoai_desktop.report import steps
from genoai_desktop.report.bidi import RIGHT_TO_LEFT
from genoai_desktop.report.fonts import BOLD, REGULAR, draw_text, markup, plain, register, text_width
from genoai_desktop.report.letterhead import letterhead
from genoai_desktop.report.signature import Signature, statement
from genoai_desktop.report.style import LINE, QUIET, WARN, WIDTH, faint, styles
from genoai_desktop.report.tagging.flowables import Words, mirrored, nodes_of
from genoai_desktop.report.tagging.marks import TaggedCanvas, artifact, marked
from genoai_desktop.report.tagging.nodes import Node

MARGIN = 16 * mm
_SMALL = 7.2
_FOOT = 15.5 * mm
_MOST_KEPT = 75 * mm
_SMALL_TABLE = 6
"""Rows, head included, that stay together: fewer than could be divided well."""
COUNTED, _DRAWN = (0.1, 0.55), (0.55, 0.95)
"""Of the time that a document takes: its pages counted, then drawn; its content first, its tags last."""


@dataclass(frozen=True, slots=True)
class Surround:
    """What stands on every page."""

    title: str
    header: str
    footer: str
    page_words: str
    """With ``{page}`` and ``{pages}``."""
    language: str
    signature: Signature | None = None
    """Over exactly the content that is drawn; None on a draft."""
    watermark: str = ""
    created: str = ""
    """ISO 8601, for the metadata."""
    head: Letterhead = NO_CLINIC.letterhead
    """Of the clinic: on the first page, its own line at the foot of every page."""

    @property
    def from_right(self) -> bool:
        """Whether lines begin at the right, and everything on the page with them."""
        return self.language in RIGHT_TO_LEFT

    def line(self, canvas: Canvas, words: str, y: float, *, end: bool = False) -> float:
        """Draw one small line from where lines begin, or where they end; its width in points."""
        shown = plain(words, base=int(self.from_right))
        wide = text_width(shown, REGULAR, _SMALL)
        x = A4[0] - MARGIN - wide if end != self.from_right else MARGIN
        draw_text(canvas, x, y, shown, REGULAR, _SMALL)
        return wide


_LEVELS = {"title": "H1", "h1": "H2", "letterhead": "H2", "h2": "H3"}


class Heading(Words):
    """A heading that also becomes a bookmark of the PDF's outline."""

    def __init__(
        self, words: str | None, style: str | ParagraphStyle = "h1", level: int = 0, **parts: Any
    ) -> None:
        named = style if isinstance(style, str) else style.name
        look = styles()[style] if isinstance(style, str) else style
        marked = None if words is None else markup(words)
        super().__init__(marked, look, role=_LEVELS[named], actual=words or "", **parts)
        self.words, self.level = words or "", level


class _Room(Flowable):  # type: ignore[misc]
    """Goes on to the next page when less than ``points`` of this one are left; takes no room itself."""

    def __init__(self, points: float) -> None:
        super().__init__()
        self.points = points

    def frameAction(self, frame: Frame) -> None:
        """Called by the library in place of drawing; unlike CondPageBreak it keeps a page's top the top."""
        if not frame._atTop and frame._y - frame._y1p < self.points:
            frame.add_generated_content(FrameBreak())


def _kept(story: Sequence[Flowable]) -> list[Flowable]:
    """The story with a page break wherever a heading would stand alone at the foot of a page.

    A heading needs room for the lines up to the first rows of what it is about. The
    library's own keepWithNext would hold it to the whole table and leave half a page empty.
    """
    kept: list[Flowable] = []
    for number, one in enumerate(story):
        after_heading = number > 0 and isinstance(story[number - 1], Heading)
        if isinstance(one, Heading) and not after_heading:
            kept.append(_Room(_needed(story[number:])))
        kept.append(one)
    return kept


def _needed(story: Sequence[Flowable]) -> float:
    """Height (points) of the leading headings and notes, and of the start of what follows them."""
    height = 0.0
    for one in story[:6]:
        height += float(one.getSpaceBefore() + one.getSpaceAfter())
        if isinstance(one, KeepTogether):
            height += _needed(one._content)
            break
        if isinstance(one, Table):
            one.wrap(WIDTH, 0)
            few = len(one._rowHeights) <= _SMALL_TABLE
            height += float(sum(one._rowHeights if few else one._rowHeights[: one.repeatRows + 1]))
            break
        height += float(one.wrap(WIDTH, A4[1])[1])
        if not isinstance(one, Heading | Spacer) and not _short(one):
            break
    return float(min(height, _MOST_KEPT))


def _short(one: Flowable) -> bool:
    return isinstance(one, Paragraph) and not one.bulletText and one.height < 30


class _Document(BaseDocTemplate):  # type: ignore[misc]
    def afterFlowable(self, flowable: Flowable) -> None:
        if isinstance(flowable, Heading) and flowable.words:
            key = f"part{self.seq.nextf('heading')}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.words, key, flowable.level, closed=False)


def pdf_bytes(
    story: Callable[[], Sequence[Flowable]], frame: Surround, pages: int | None = None
) -> tuple[bytes, int]:
    """The finished PDF and its number of pages. The same story and frame give the same bytes.

    The story is laid out twice, so that every page can say how many there are,
    unless ``pages`` was counted before.
    """
    total = page_count(story, frame) if pages is None else pages
    steps.stage(*_DRAWN)
    told = _told(story, frame)
    foot = Node("P")  # said once, at the end; on the other pages it is a repetition
    tree = Node("Document", [*nodes_of(told), foot])
    data = _build(told, frame, total, TaggedCanvas, foot)[0]
    steps.stage(_DRAWN[1], 1.0)
    from genoai_desktop.report.tagging.finish import Meta, finished  # loads the PDF library only when needed

    author = frame.signature.name if frame.signature else ""
    meta = Meta(frame.title, frame.language, author, frame.created, statement(frame.signature))
    return finished(data, tree, meta), total


def page_count(
    story: Callable[[], Sequence[Flowable]], frame: Surround, share: tuple[float, float] = COUNTED
) -> int:
    """How many pages a story takes, without making the file; ``share`` of the whole that this stage is."""
    steps.stage(*share)
    return _build(_told(story, frame), frame, 0, _Counting)[1]


def _told(story: Callable[[], Sequence[Flowable]], frame: Surround) -> list[Flowable]:
    told = [*letterhead(frame.head), *story()]
    return mirrored(told) if frame.from_right else told


class _Counting(Canvas):  # type: ignore[misc]
    def save(self) -> None:
        """Nothing is kept of a trial."""


def _build(
    story: list[Flowable], frame: Surround, pages: int, canvas: type[Canvas], foot: Node | None = None
) -> tuple[bytes, int]:
    register()
    buffer = BytesIO()
    document = _Document(
        buffer,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=19 * mm,
        bottomMargin=18 * mm,
        title=frame.title,
        lang=frame.language,
        invariant=1,
        initialFontName=REGULAR,
    )
    area = Frame(MARGIN, 18 * mm, A4[0] - 2 * MARGIN, A4[1] - 37 * mm, 0, 0, 0, 0, id="body")

    def around(canvas: Canvas, _document: BaseDocTemplate) -> None:
        with artifact(canvas, "Pagination"):
            _draw_around(canvas, frame, pages)

    def below(canvas: Canvas, _document: BaseDocTemplate) -> None:
        last = foot is not None and canvas.getPageNumber() == pages
        with marked(canvas, foot) if foot is not None and last else artifact(canvas, "Pagination"):
            _draw_footer(canvas, frame)

    document.addPageTemplates([PageTemplate("page", [area], onPage=around, onPageEnd=below)])
    document.build(_kept(story), canvasmaker=canvas)
    return buffer.getvalue(), document.page


def _draw_around(canvas: Canvas, frame: Surround, pages: int) -> None:
    width, height = A4
    canvas.saveState()
    if canvas.getPageNumber() == 1:
        canvas.showOutline()
    if frame.watermark:
        _watermark(canvas, frame.watermark)
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, height - 15 * mm, width - MARGIN, height - 15 * mm)
    canvas.line(MARGIN, _FOOT, width - MARGIN, _FOOT)
    canvas.setFillColor(QUIET)
    where = frame.page_words.format(page=canvas.getPageNumber(), pages=pages)
    beside = frame.line(canvas, where, height - 12.6 * mm, end=True)
    frame.line(canvas, _fitted(frame.header, width - 2 * MARGIN - beside - 6 * mm), height - 12.6 * mm)
    canvas.restoreState()


def _draw_footer(canvas: Canvas, frame: Surround) -> None:
    canvas.saveState()
    canvas.setFillColor(QUIET)
    width = A4[0] - 2 * MARGIN
    own = [_fitted(frame.head.footer, width)] if frame.head.footer else []
    for number, line in enumerate([*_wrapped(frame.footer, width)[: 3 - len(own)], *own]):
        frame.line(canvas, line, _FOOT - 3.5 * mm - number * 9)
    canvas.restoreState()


def _fitted(words: str, width: float) -> str:
    while text_width(plain(words), REGULAR, _SMALL) > width:
        words = words[:-2].rstrip() + "…"
    return words


def _wrapped(words: str, width: float) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(plain(longer), REGULAR, _SMALL) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines[:3]


def _watermark(canvas: Canvas, words: str) -> None:
    canvas.saveState()
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(52)
    canvas.setFillColor(faint(WARN, 0.10))
    shown = plain(words)
    size = min(96.0, 96.0 * 560 / text_width(shown, BOLD, 96))
    draw_text(canvas, -text_width(shown, BOLD, size) / 2, -size / 3, shown, BOLD, size)
    canvas.restoreState()
