"""One style for every page: colours (contrast AA on white), type sizes, spacing, tables, bars."""

from collections.abc import Sequence
from functools import cache

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, TableStyle

from genoai_desktop.domain.text import language_in_use, shown
from genoai_desktop.report.fonts import BOLD, ITALIC, REGULAR, markup, register, text_width
from genoai_desktop.report.tagging.flowables import Grid, Layout, Rule, Words

INK, QUIET, ACCENT = HexColor("#1b2733"), HexColor("#52606d"), HexColor("#0b5a7a")
LINE, BAND, TINT = HexColor("#c9d3dc"), HexColor("#eef3f6"), HexColor("#f6f9fb")
WARN, WARN_TINT, PALE = HexColor("#8a3b00"), HexColor("#fff4e6"), HexColor("#d8e0e6")
WIDTH = 178 * mm
TALLEST_ROW = 235 * mm
_SIDE = 3.2
"""Points beside the words of a table's cell."""


_Changes = dict[str, object]
_BODY: _Changes = {
    "fontName": REGULAR,
    "bulletFontName": REGULAR,
    "fontSize": 9,
    "leading": 12.5,
    "textColor": INK,
    "spaceAfter": 4,
}
_BOLD: _Changes = {"fontName": BOLD}
_CELL: _Changes = {"fontSize": 7.4, "leading": 9.4, "spaceAfter": 0}
_FINE: _Changes = {"fontSize": 6.3, "leading": 7.8, "spaceAfter": 0}
_DERIVED: dict[str, _Changes] = {
    "title": _BOLD | {"fontSize": 17, "leading": 21, "textColor": ACCENT, "spaceAfter": 2},
    "h1": _BOLD | {"fontSize": 12.5, "leading": 16, "textColor": ACCENT, "spaceBefore": 10, "spaceAfter": 4},
    "h2": _BOLD | {"fontSize": 9.8, "leading": 13, "spaceBefore": 6, "spaceAfter": 2},
    "quiet": {"textColor": QUIET, "fontSize": 8, "leading": 10.8},
    "note": {"fontName": ITALIC, "textColor": QUIET, "fontSize": 8, "leading": 10.8},
    "cell": _CELL,
    "cellbold": _BOLD | _CELL,
    "cellright": _CELL | {"alignment": TA_RIGHT},
    "head": _BOLD | _CELL | {"textColor": white},
    "fine": _FINE,
    "finehead": _BOLD | _FINE | {"textColor": white},
    "bullet": {"leftIndent": 14, "bulletIndent": 2, "spaceAfter": 2},
    "finebullet": {
        "fontSize": 8,
        "leading": 10.4,
        "bulletFontSize": 8,
        "leftIndent": 11,
        "bulletIndent": 1,
        "spaceAfter": 1,
    },
    "letter": {"fontSize": 10.2, "leading": 14.2, "spaceAfter": 4.5},
    "letterlist": {"fontSize": 10.2, "leading": 14, "leftIndent": 15, "bulletIndent": 3, "spaceAfter": 2},
    "letterhead": _BOLD
    | {"fontSize": 12, "leading": 15, "textColor": ACCENT, "spaceBefore": 6, "spaceAfter": 3},
    "tight": {"fontSize": 7.2, "leading": 9.2, "spaceAfter": 1.5},
    "small": {"fontSize": 8.2, "leading": 10.8, "spaceAfter": 2.5},
}
"""What each style changes of the body; sizes in points."""


@cache
def styles() -> dict[str, ParagraphStyle]:
    """Paragraph styles by name."""
    register()
    body = ParagraphStyle("body", **_BODY)
    derived = {name: ParagraphStyle(name, parent=body, **changes) for name, changes in _DERIVED.items()}
    return {"body": body, **derived}


def text(words: object, style: str = "body") -> Words:
    """A paragraph of plain words, in the language of the document as far as its messages are translated."""
    told = said(words)
    return Words(markup(told), styles()[style], actual=told)


def said(words: object) -> str:
    """Words of a result, which are English, as the document says them; names and notes unchanged."""
    return shown(words) if isinstance(words, str) else str(words)


def in_original(words: str) -> bool:
    """Whether a program's sentence stays English in a document of another language."""
    return language_in_use() != "en" and said(words) == words


def original(words: str, style: str = "cell") -> Words:
    """A paragraph that a screen reader reads as English where the document has no translation of it."""
    made = text(words, style)
    if in_original(words):
        made.node.language = "en"
    return made


def rich(marked: str, style: str = "body", *, actual: str = "") -> Words:
    """A paragraph whose parts were already made safe with ``markup``; ``actual``: its plain words."""
    return Words(marked, styles()[style], actual=actual)


def bullet(words: object, style: str = "bullet") -> Words:
    """One item of a list."""
    told = said(words)
    return Words(markup(told), styles()[style], bulletText="•", actual=told)


def rule() -> Rule:
    """A thin line over the full width."""
    return Rule(WIDTH, thickness=0.5, color=LINE, spaceBefore=2, spaceAfter=3)


def gap(millimetres: float = 2.5) -> Spacer:
    """Vertical space."""
    return Spacer(1, millimetres * mm)


def table(
    head: Sequence[str], rows: Sequence[Sequence[object]], widths: Sequence[float], *, fine: bool = False
) -> Grid:
    """A striped table whose head repeats on every page. ``widths`` are shares of the full width.

    ``fine`` sets it in small type, for what is looked up and not read.
    """
    words, top = ("fine", 1.2) if fine else ("cell", 2.2)
    heads = "finehead" if fine else "head"
    columns = _roomy(head, [WIDTH * share / sum(widths) for share in widths], styles()[heads].fontSize)
    cells: list[list[object]] = [[text(word, heads) for word in head]]
    cells += [[_cell(cell, words) for cell in row] for row in rows]
    made = Grid(cells, colWidths=columns, repeatRows=1)
    made.setStyle(TableStyle(_padding(_SIDE, top)))
    _, _ = made.wrap(WIDTH, 0)
    # Breaking inside a row is for rows that no page holds; else it repeats the head in mid-page.
    made.splitInRow = int(max(made._rowHeights) > TALLEST_ROW)
    made.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), ACCENT),
                ("ROWBACKGROUNDS", (0, 1), (-1, -1), [None, TINT]),
                ("LINEBELOW", (0, 0), (-1, -1), 0.35, LINE),
                *_padding(_SIDE, top),
            ]
        )
    )
    return made


def _roomy(head: Sequence[str], columns: Sequence[float], size: float) -> list[float]:
    """The widths with room for the longest word of each head, taken from columns that can spare it."""
    longest = [max(word.split() or [""], key=len) for word in head]
    least = [text_width(word, BOLD, size) + 2 * _SIDE + 1 for word in longest]
    lacking = sum(max(need - wide, 0.0) for need, wide in zip(least, columns, strict=True))
    spare = [max(wide - need, 0.0) for need, wide in zip(least, columns, strict=True)]
    if not lacking or lacking > sum(spare):
        return list(columns)
    taken = [lacking * one / sum(spare) for one in spare]
    return [max(need, wide) - less for need, wide, less in zip(least, columns, taken, strict=True)]


def facts(pairs: Sequence[tuple[str, object]]) -> Grid:
    """Two columns of name and value."""
    cells = [[text(name, "cellbold"), _cell(value)] for name, value in pairs]
    made = Grid(cells, colWidths=[WIDTH * 0.24, WIDTH * 0.76], splitInRow=1)
    made.heads = "column"
    made.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.35, LINE), *_padding(3, 2)]))
    return made


def box(content: list[Flowable], *, warning: bool = False) -> Layout:
    """A tinted box with a coloured edge where lines begin; it may break over pages, row by row."""
    made = Layout([[item] for item in content], colWidths=[WIDTH], splitInRow=1)
    edge = WARN if warning else ACCENT
    made.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), WARN_TINT if warning else BAND),
                ("LINEBEFORE", (0, 0), (0, -1), 2.6, edge),
                *_padding(9, 1.8),
            ]
        )
    )
    return made


def beside(words: list[Flowable], drawing: Flowable, share: float = 0.72) -> Layout:
    """Words with a drawing behind them."""
    made = Layout([[words, drawing]], colWidths=[WIDTH * share, WIDTH * (1 - share)])
    made.setStyle(TableStyle([("ALIGN", (1, 0), (1, 0), "RIGHT"), *_padding(0, 0)]))
    return made


def _cell(value: object, style: str = "cell") -> object:
    if isinstance(value, Flowable | list):
        return value
    lines = [said(line) for line in said(value).split("\n") if line]
    return rich("<br/>".join(map(markup, lines)), style, actual="\n".join(lines))


def _padding(side: float, top: float) -> list[tuple[object, ...]]:
    area = ((0, 0), (-1, -1))
    return [
        ("VALIGN", *area, "TOP"),
        ("FONTNAME", *area, REGULAR),
        ("LEFTPADDING", *area, side),
        ("RIGHTPADDING", *area, side),
        ("TOPPADDING", *area, top),
        ("BOTTOMPADDING", *area, top),
    ]


def faint(colour: Color, alpha: float) -> Color:
    """The colour, see-through."""
    return Color(colour.red, colour.green, colour.blue, alpha=alpha)
