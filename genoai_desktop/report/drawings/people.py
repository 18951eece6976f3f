"""X in 100 as ten rows of ten people: filled ones are affected, outlined ones are not."""

from functools import lru_cache

from genoai_desktop.domain.text import tr
from genoai_desktop.report.drawings.marks import rounded
from genoai_desktop.report.drawings.words import hundred_words, in_hundred, rare
from genoai_desktop.report.pedigree.shapes import Circle, Drawing, Polygon, Shape, Text

_SIZE = 100.0
_CAPTION = 26.0
_LINE = 14.0
_BETWEEN = 22.0
_LETTER = 8.6
_CLOSE = 10.0
"""From one line of a caption to the next."""
_MARGIN = 14.0
"""By how much a caption may be wider than the people."""
_WIDE = 0.66
"""Width of a bold letter on the average, in its size."""


def people(chance: float, size: float = _SIZE, *, description: str = "", caption: str = "") -> Drawing:
    """One hundred people in a square with an edge of ``size`` points; ``chance`` in 0..1.

    Below a half in 100 one person is filled from the waist down alone. ``caption`` stands below.
    """
    shapes = _people(chance, 0.0, 0.0, size)
    high = size
    for number, line in enumerate(_lines(caption, size)):
        below = size + 11 + number * _CLOSE
        shapes.append(Text(size / 2, below, line, _LETTER, "middle", True))
        high = below + 3
    words = tr("100 people, {words} filled in.", words=hundred_words(chance))
    return Drawing(tuple(shapes), size, high, tr("X in 100"), description or words)


def _lines(caption: str, size: float) -> list[str]:
    """One line, or two where it would be wider than the people; none for no caption."""
    words = caption.split()
    if len(words) < 2 or len(caption) * _LETTER * _WIDE <= size + _MARGIN:
        return [caption] if caption else []
    parts = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    return list(min(parts, key=lambda two: max(map(len, two))))


def compared(chance: float, baseline: float | None, baseline_label: str = "", *, who: str = "") -> Drawing:
    """People with these results (or ``who``), beside people of the comparison where there is one."""
    who = who or tr("these results")
    shapes = _people(chance, 0.0, 0.0, _SIZE)
    shapes += _caption(0.0, hundred_words(chance), who)
    words = tr("100 people, {who}: {words} filled in.", who=who, words=hundred_words(chance))
    width = _SIZE
    if baseline is not None:
        width = 2 * _SIZE + _BETWEEN
        at = _SIZE + _BETWEEN
        shapes += _people(baseline, at, 0.0, _SIZE, colour="series_e")
        shapes += _caption(at, hundred_words(baseline), tr("comparison"))
        words += " " + tr(
            "100 people of the comparison ({label}): {words} filled in.",
            label=baseline_label or tr("general population"),
            words=hundred_words(baseline),
        )
    return Drawing(tuple(shapes), width, _SIZE + _CAPTION, tr("X in 100"), words)


def _caption(left: float, number: str, below: str) -> list[Shape]:
    middle = left + _SIZE / 2
    return [
        Text(middle, _SIZE + 11, number, 8.6, "middle", True),
        Text(middle, _SIZE + 22, below, 7.8, "middle", False, "muted"),
    ]


def _people(chance: float, left: float, top: float, size: float, colour: str = "accent") -> list[Shape]:
    few = rare(chance)
    return list(_drawn(0 if few else in_hundred(chance), few, left, top, size, colour))


@lru_cache(maxsize=64)
def _drawn(count: int, few: bool, left: float, top: float, size: float, colour: str) -> tuple[Shape, ...]:
    step = size / 10
    body = rounded(step * 0.28, step * 0.42, step * 0.72, step * 0.9, step * 0.14)
    made: list[Shape] = []
    for index in range(100):
        row, column = divmod(index, 10)
        x, y = left + column * step, top + row * step
        fill = colour if index < count else ""
        made.append(Circle(x + step / 2, y + step * 0.22, step * 0.14, fill, fill or "muted", 0.5))
        outline = tuple((x + dx, y + dy) for dx, dy in body)
        made.append(Polygon(outline, fill, fill or "muted", 0.5))
        if few and index == 0:
            half = rounded(x + step * 0.28, y + step * 0.66, x + step * 0.72, y + step * 0.9, step * 0.12)
            made.append(Polygon(half, colour, colour, 0.5))
    return tuple(made)
