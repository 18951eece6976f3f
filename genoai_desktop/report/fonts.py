"""The embedded typeface (DejaVu Sans, free licence in ``resources/fonts``) and text made safe for it."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from genoai_desktop.knowledge.locations import resources
from genoai_desktop.report.bidi import visual

REGULAR, BOLD, ITALIC = "Sans", "Sans-Bold", "Sans-Italic"
_FILES = {REGULAR: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf", ITALIC: "DejaVuSans-Oblique.ttf"}
_UNKNOWN = "\u25a1"


@cache
def register() -> None:
    """Make the typeface known to reportlab, once."""
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(resources() / "fonts" / file)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)
    STATE_DEFAULTS["fontName"] = REGULAR  # else every drawing names Helvetica, which is not embedded


@cache
def _covered() -> frozenset[int]:
    register()
    sets = [set(pdfmetrics.getFont(name).face.charToGlyph) for name in (REGULAR, BOLD)]
    return frozenset(sets[0] & sets[1])


def missing(texts: Iterable[str]) -> tuple[str, ...]:
    """Characters that the typeface cannot draw, sorted, each once."""
    found = {letter for text in texts for letter in visual(text)}
    return tuple(sorted(letter for letter in found if ord(letter) not in _covered() and letter.isprintable()))


def plain(text: object) -> str:
    """Text to draw: right-to-left runs turned; what the typeface lacks appears as an empty square."""
    drawn = visual(str(text))
    kept = (letter if ord(letter) in _covered() else _UNKNOWN for letter in drawn)
    return "".join(letter if letter.isprintable() else " " for letter in kept)


def markup(text: object) -> str:
    """``plain`` text escaped for a reportlab paragraph."""
    return escape(plain(text))


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
