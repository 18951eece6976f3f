"""The embedded typefaces, and text made safe for them.

DejaVu Sans for Latin, Greek, Cyrillic, Hebrew and Arabic; Droid Sans Fallback where it has no letter
(Chinese, Japanese, Korean). Both are free; their licences lie in ``resources/fonts``.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from genoai_desktop.knowledge.locations import resources
from genoai_desktop.report.bidi import base_of, shaped, visual

REGULAR, BOLD, ITALIC, EAST = "Sans", "Sans-Bold", "Sans-Italic", "Sans-East"
_FILES = {REGULAR: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf", ITALIC: "DejaVuSans-Oblique.ttf"}
_EAST_FILE = "DroidSansFallback.ttf"
_UNKNOWN = "\u25a1"
_LATIN_END = 0x250
"""Below it every face of DejaVu has every letter."""


@cache
def register() -> None:
    """Make the typeface known to reportlab, once."""
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(resources() / "fonts" / file)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)
    STATE_DEFAULTS["fontName"] = REGULAR  # else every drawing names Helvetica, which is not embedded


@cache
def _east() -> str:
    """The East Asian face, read only when a text needs it (a tenth of a second)."""
    pdfmetrics.registerFont(TTFont(EAST, str(resources() / "fonts" / _EAST_FILE)))
    return EAST


@cache
def _letters(name: str) -> frozenset[int]:
    register()
    if name == EAST:
        _east()
    return frozenset(pdfmetrics.getFont(name).face.charToGlyph)


def _face(letter: str, font: str) -> str:
    """The face that draws a letter: the wanted one, the upright one, the East Asian one; else empty."""
    code = ord(letter)
    if code < _LATIN_END or code in _letters(font):
        return font
    return next((name for name in (REGULAR, BOLD, EAST) if code in _letters(name)), "")


_UNBROKEN = "\u00a0\u202f"
"""Spaces at which no line may break: a percent sign stays with its number."""


def missing(texts: Iterable[str]) -> tuple[str, ...]:
    """Characters that no bundled typeface draws, sorted, each once."""
    found = {letter for text in texts for letter in shaped(text)}
    return tuple(sorted(letter for letter in found if letter.isprintable() and not _face(letter, REGULAR)))


def _drawable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    kept = (letter if _face(letter, REGULAR) else _UNKNOWN for letter in text)
    return "".join(letter if letter.isprintable() or letter in _UNBROKEN else " " for letter in kept)


def plain(text: object, *, base: int = 0) -> str:
    """One line as it is drawn: right-to-left runs turned; an empty square for what no typeface has.

    ``base`` is 1 for a line that begins at the right.
    """
    return _drawable(visual(str(text), base=base))


def as_it_begins(text: object) -> str:
    """``plain`` in the direction of the first letter that has one: for a line that stands by itself."""
    return plain(text, base=base_of(str(text)))


def readable(text: object) -> str:
    """One line in reading order without control characters: for what is read, and turned, by others."""
    return "".join(one if one.isprintable() or one in _UNBROKEN else " " for one in str(text))


def markup(text: object) -> str:
    """Text in reading order, shaped and escaped for a paragraph (``style.Words`` turns its lines)."""
    return escape(_drawable(shaped(str(text).replace(" %", "\u00a0%"))))


def runs(text: str, font: str) -> list[tuple[str, str]]:
    """Face and text of each stretch that one face draws."""
    if text.isascii():
        return [(font, text)] if text else []
    return [
        (name, "".join(letters)) for name, letters in groupby(text, key=lambda one: _face(one, font) or font)
    ]


def text_width(text: str, font: str, size: float) -> float:
    """Width in points of text that ``plain`` made."""
    return float(sum(pdfmetrics.stringWidth(part, name, size) for name, part in runs(text, font)))


def draw_text(canvas: Canvas, x: float, y: float, text: str, font: str, size: float) -> None:
    """Draw one line of ``plain`` text from ``x`` (points), each letter in a face that has it."""
    for name, part in runs(text, font):
        canvas.setFont(name, size)
        canvas.drawString(x, y, part)
        x += pdfmetrics.stringWidth(part, name, size)


def strings(value: Any) -> Iterator[str]:
    """Every string inside plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)
