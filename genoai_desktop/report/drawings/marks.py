"""What several drawings are made of: colours by name, symbols, scales and ticks. Units are points."""

from collections.abc import Iterable, Sequence
from math import cos, pi, sin

from genoai_desktop.report.pedigree.shapes import PRINT as PEDIGREE
from genoai_desktop.report.pedigree.shapes import Circle, Line, Polygon, Shape, Text

PRINT = PEDIGREE | {
    "band": "#d4e4ee",
    "grid": "#d8e0e6",
    "track": "#d8e0e6",
    "warn": "#8a3b00",
    "series_a": "#0b5a7a",
    "series_b": "#b4530a",
    "series_c": "#17663c",
    "series_d": "#7b3fa0",
    "series_e": "#52606d",
}
"""Colours on white paper. Every series has a symbol of its own besides."""
SERIES = (
    ("series_a", "circle"),
    ("series_b", "square"),
    ("series_c", "up"),
    ("series_d", "diamond"),
    ("series_e", "down"),
)
SMALL = 7.6
_TOPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
_CORNERS = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "up": ((0.0, -1.1), (1.05, 0.8), (-1.05, 0.8)),
    "down": ((0.0, 1.1), (1.05, -0.8), (-1.05, -0.8)),
    "diamond": ((0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)),
}


def symbol(
    kind: str, x: float, y: float, radius: float, colour: str, *, filled: bool = True, width: float = 0.9
) -> Shape:
    """A small mark around (x, y); hollow ones have a paper ground."""
    fill, stroke = (colour, "") if filled else ("paper", colour)
    if kind == "circle":
        return Circle(x, y, radius, fill, stroke, width)
    points = tuple((x + dx * radius, y + dy * radius) for dx, dy in _CORNERS[kind])
    return Polygon(points, fill, stroke, width)


def rounded(
    left: float, top: float, right: float, bottom: float, radius: float
) -> tuple[tuple[float, float], ...]:
    """Corners of a rectangle, rounded."""
    radius = max(0.0, min(radius, (right - left) / 2, (bottom - top) / 2))
    centres = (
        (right - radius, top + radius, -0.5),
        (right - radius, bottom - radius, 0.0),
        (left + radius, bottom - radius, 0.5),
        (left + radius, top + radius, 1.0),
    )
    return tuple(
        (x + radius * cos((start + step / 6) * pi), y + radius * sin((start + step / 6) * pi))
        for x, y, start in centres
        for step in range(4)
    )


def top_of(values: Iterable[float]) -> float:
    """The end of a scale of chances (0..1) that holds all values."""
    highest = max(values, default=0.0)
    return next((top for top in _TOPS if top >= highest * 1.02), 1.0)


def ticks(low: float, high: float, steps: Sequence[float], most: int = 6) -> list[float]:
    """Round values from ``low`` to ``high`` at the first of ``steps`` that gives at most ``most``."""
    step = next((one for one in steps if (high - low) / one < most), steps[-1])
    first = -(-low // step) * step
    count = int((high - first) / step + 1e-6) + 1
    return [first + number * step for number in range(max(0, count))]


def backed(x: float, y: float, words: str, size: float, anchor: str, *, bold: bool = False) -> list[Shape]:
    """Text on a ground of paper, so that it reads over marks."""
    wide = len(words) * size * (0.62 if bold else 0.56)
    left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    ground = rounded(left - 2, y - size, left + wide + 2, y + size * 0.3, 2)
    return [Polygon(ground, "paper", "", 0), Text(x, y, words, size, anchor, bold)]


def dashed(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1.1) -> Line:
    """A dashed line."""
    return Line(x1, y1, x2, y2, width, (4.0, 3.0), colour)
