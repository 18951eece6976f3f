"""A chance on a line with interval and comparison, and the share of each part of a combined figure."""

from collections.abc import Sequence

from genoai_desktop.domain.risk import RiskPart
from genoai_desktop.domain.text import tr
from genoai_desktop.report.drawings.marks import SMALL, rounded, symbol, top_of
from genoai_desktop.report.drawings.words import interval_words, percent
from genoai_desktop.report.pedigree.shapes import Drawing, Line, Polygon, Shape, Text

LINE_WIDTH, LINE_HEIGHT = 260.0, 34.0
BARS_WIDTH = 300.0
_ROW = 29.0


def chance_line(value: float, low: float | None, high: float | None, baseline: float | None) -> Drawing:
    """A chance (0..1) with its interval as a band and the comparison as an upright line with a square."""
    left, right, y = 6.0, LINE_WIDTH - 6.0, 12.0
    top = max(0.02, top_of(one for one in (value, high, baseline) if one is not None))

    def x(chance: float) -> float:
        return left + (right - left) * min(1.0, chance / top)

    shapes: list[Shape] = [Polygon(rounded(left, y - 2.5, right, y + 2.5, 2.5), "track", "", 0)]
    if low is not None and high is not None:
        band = rounded(x(low), y - 3.5, max(x(high), x(low) + 2), y + 3.5, 3)
        shapes.append(Polygon(band, "band", "series_a", 0.7))
    if baseline is not None:
        at = x(baseline)
        shapes += [
            Line(at, y - 8, at, y + 7, 1.2, (), "ink"),
            symbol("square", at, y - 9, 2.4, "ink", filled=False),
        ]
    shapes.append(symbol("circle", x(value), y, 4.6, "accent"))
    shapes.append(Text(left, y + 18, "0 %", SMALL, "start", False, "muted"))
    shapes.append(Text(right, y + 18, percent(top), SMALL, "end", False, "muted"))
    words = [tr("Line from 0 to {top}, estimate at {value}.", top=percent(top), value=percent(value))]
    if low is not None and high is not None:
        words.append(interval_words(low, high) + ".")
    if baseline is not None:
        words.append(tr("Comparison at {value} (upright line).", value=percent(baseline)))
    return Drawing(tuple(shapes), LINE_WIDTH, LINE_HEIGHT, tr("Chance"), " ".join(words))


def points(share: float) -> str:
    """A difference of chances in percentage points, signed."""
    if abs(share) < 5e-5:
        return tr("no change")
    sign = "+" if share > 0 else "−"
    shown = abs(share) * 100
    return tr("{sign}{value} points", sign=sign, value=f"{shown:.1f}" if shown >= 1 else f"{shown:.2f}")


def contributions(parts: Sequence[RiskPart]) -> Drawing:
    """One bar a part: to the right it raises the chance, to the left it lowers it; outlined: left out."""
    scale = max((abs(part.share) for part in parts), default=0.0) or 1.0
    negative = any(part.share < 0 for part in parts)
    zero = BARS_WIDTH * (0.36 if negative else 0.003)
    room = BARS_WIDTH - zero - 66
    shapes: list[Shape] = []
    for number, part in enumerate(parts):
        shapes += _part(part, number * _ROW, zero, room / scale, zero - 4)
    height = len(parts) * _ROW + 2
    words = "; ".join(part_words(part) for part in parts)
    title = tr("Share of each part")
    return Drawing(tuple(shapes), BARS_WIDTH, height, title, f"{title}: {words}.")


def part_words(part: RiskPart) -> str:
    """A part with what it adds, or why it is left out."""
    if not part.used:
        return tr("{title}: left out ({why})", title=part.title, why=part.text or tr("switched off"))
    return f"{part.title}: {points(part.share)}"


def _part(part: RiskPart, top: float, zero: float, scale: float, most: float) -> list[Shape]:
    name = Text(0, top + 9, part.title, 8.2, "start", False, "ink")
    y1, y2 = top + 14, top + 24
    axis = Line(zero, y1 - 1.5, zero, y2 + 1.5, 0.9, (), "muted")
    if not part.used:
        outline = Polygon(((zero, y1), (zero + 26, y1), (zero + 26, y2), (zero, y2)), "", "muted", 0.7)
        return [name, outline, axis, Text(zero + 32, y2 - 2, tr("left out"), SMALL, "start", False, "muted")]
    length = part.share * scale
    if length < 0:
        length = max(length, -most)
    end = zero + length
    left, right = min(zero, end), max(zero, end, min(zero, end) + 1.0)
    colour = "series_a" if part.share >= 0 else "series_b"
    bar = Polygon(((left, y1), (right, y1), (right, y2), (left, y2)), colour, "", 0)
    return [name, bar, axis, Text(right + 5, y2 - 2, points(part.share), 8.2, "start", True)]
