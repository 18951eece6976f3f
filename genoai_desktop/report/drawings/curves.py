"""Chance by age against the population, and a score's place among people of a reference."""

from collections.abc import Callable
from itertools import pairwise
from math import exp

from genoai_desktop.domain.numbers import Figure
from genoai_desktop.domain.risk import PolygenicScore, RiskCurve
from genoai_desktop.domain.text import tr
from genoai_desktop.report.drawings.marks import SMALL, dashed, symbol, ticks, top_of
from genoai_desktop.report.drawings.words import percent
from genoai_desktop.report.pedigree.shapes import Drawing, Line, Polygon, Shape, Text

WIDTH, HEIGHT = 300.0, 172.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 76.0, 12.0, 32.0
_STEPS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
_YEARS = (1.0, 2.0, 5.0, 10.0, 20.0)
_APART = 19.0
_MOST_Z = 3.4


class _Plot:
    """Ages and chances to points of the drawing."""

    def __init__(self, ages: tuple[float, ...], top: float) -> None:
        self.first, self.last, self.top = ages[0], max(ages[-1], ages[0] + 1), top

    def x(self, age: float) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (age - self.first) / (self.last - self.first)

    def y(self, chance: float) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * min(chance, self.top) / self.top

    def path(self, ages: tuple[float, ...], values: tuple[float, ...]) -> list[tuple[float, float]]:
        return [(self.x(age), self.y(value)) for age, value in zip(ages, values, strict=True)]


def age_curve(curve: RiskCurve) -> Drawing:
    """Cumulative chance by age: a line with its band, and the population as a dashed line.

    Raises:
        ValueError: the curve has no ages.
    """
    if not curve.ages:
        raise ValueError("a curve needs ages")
    plot = _Plot(curve.ages, top_of((*curve.values, *curve.high, *curve.baseline)))
    shapes = _band(curve, plot) + _frame(plot)
    if curve.baseline:
        shapes += _line(plot.path(curve.ages, curve.baseline), "muted", dash=True)
    shapes += _line(plot.path(curve.ages, curve.values), "accent")
    shapes += _ends(curve, plot)
    return Drawing(tuple(shapes), WIDTH, HEIGHT, curve.title, curve_words(curve))


def curve_words(curve: RiskCurve) -> str:
    """The curve as a sentence for those who cannot see it."""
    parts = []
    for at in sorted({0, len(curve.ages) // 2, len(curve.ages) - 1}):
        said = tr("by age {age} {value}", age=f"{curve.ages[at]:g}", value=percent(curve.values[at]))
        inside = []
        if curve.low and curve.high:
            inside.append(tr("{low} to {high}", low=percent(curve.low[at]), high=percent(curve.high[at])))
        if curve.baseline:
            inside.append(tr("comparison {value}", value=percent(curve.baseline[at])))
        parts.append(f"{said} ({'; '.join(inside)})" if inside else said)
    return f"{curve.title}: {', '.join(parts)}."


def _band(curve: RiskCurve, plot: _Plot) -> list[Shape]:
    if not (curve.low and curve.high):
        return []
    upper, lower = plot.path(curve.ages, curve.high), plot.path(curve.ages, curve.low)
    edges = _line(upper, "series_a", width=0.5) + _line(lower, "series_a", width=0.5)
    return [Polygon((*upper, *reversed(lower)), "band", "", 0), *edges]


def _frame(plot: _Plot) -> list[Shape]:
    right, floor = WIDTH - _RIGHT, HEIGHT - _BOTTOM
    made: list[Shape] = []
    for value in ticks(0.0, plot.top, _STEPS):
        y = plot.y(value)
        made.append(Line(_LEFT, y, right, y, 0.5, (), "grid"))
        made.append(Text(_LEFT - 5, y + 2.6, _axis(value), SMALL, "end", False, "muted"))
    made.append(Line(_LEFT, floor, right, floor, 0.8, (), "muted"))
    for age in ticks(plot.first, plot.last, _YEARS, 8):
        x = plot.x(age)
        made.append(Line(x, floor, x, floor + 3, 0.8, (), "muted"))
        made.append(Text(x, floor + 11.5, f"{age:g}", SMALL, "middle", False, "muted"))
    middle = (_LEFT + right) / 2
    made.append(Text(middle, HEIGHT - 6, tr("age in years"), SMALL, "middle", False, "muted"))
    return made


def _axis(value: float) -> str:
    return Figure.of(f"{value * 100:.3g} %")


def _line(
    points: list[tuple[float, float]], colour: str, *, dash: bool = False, width: float = 1.6
) -> list[Shape]:
    pairs = pairwise(points)
    if not dash:
        return [Line(*one, *two, width, (), colour) for one, two in pairs]
    return _dashes(points, colour)


def _dashes(points: list[tuple[float, float]], colour: str) -> list[Shape]:
    """One dash pattern along the whole line, not begun anew at every point."""
    made: list[Shape] = []
    run, on, need = 0.0, True, 4.0
    for (x1, y1), (x2, y2) in pairwise(points):
        dx, dy = x2 - x1, y2 - y1
        length = (dx * dx + dy * dy) ** 0.5
        done = 0.0
        while length - done > 1e-9:
            step = min(need - run, length - done)
            a, b = done / length, (done + step) / length
            if on:
                start, end = (x1 + dx * a, y1 + dy * a), (x1 + dx * b, y1 + dy * b)
                made.append(Line(*start, *end, 1.4, (), colour))
            run, done = run + step, done + step
            if run >= need - 1e-9:
                on, run, need = not on, 0.0, 3.0 if on else 4.0
    return made


def _ends(curve: RiskCurve, plot: _Plot) -> list[Shape]:
    """A mark and a label at the end of each line, kept apart."""
    right = plot.x(curve.ages[-1])
    mine = plot.y(curve.values[-1])
    made = [symbol("circle", right, mine, 3, "accent")]
    theirs = plot.y(curve.baseline[-1]) if curve.baseline else None
    at, other = mine, theirs
    if theirs is not None:
        made.append(symbol("square", right, theirs, 2.6, "muted", filled=False))
        at, other = _apart(mine, theirs)
    made += _label(right + 7, at, percent(curve.values[-1]), tr("these results"))
    if other is not None:
        made += _label(right + 7, other, percent(curve.baseline[-1]), tr("comparison"))
    return made


def _apart(mine: float, theirs: float) -> tuple[float, float]:
    floor = HEIGHT - _BOTTOM + 2
    if abs(mine - theirs) < _APART:
        sign = 1 if theirs >= mine else -1
        middle = (mine + theirs) / 2
        mine, theirs = middle - sign * _APART / 2, middle + sign * _APART / 2
    over = max(mine, theirs) - floor
    return (mine - over, theirs - over) if over > 0 else (mine, theirs)


def _label(x: float, y: float, number: str, words: str) -> list[Shape]:
    return [
        Text(x, y + 0.5, number, 8.6, "start", True),
        Text(x, y + 9, words, SMALL, "start", False, "muted"),
    ]


def score_distribution(score: PolygenicScore) -> Drawing | None:
    """The reference's bell curve with this person's place; None where the score has no place."""
    if score.z is None or not score.reference:
        return None
    left, right, floor, top = 12.0, WIDTH - 12.0, 112.0, 30.0

    def x(z: float) -> float:
        return left + (right - left) * (max(-_MOST_Z, min(_MOST_Z, z)) + _MOST_Z) / (2 * _MOST_Z)

    def y(z: float) -> float:
        return floor - (floor - top) * exp(-z * z / 2)

    grid = [-_MOST_Z + 2 * _MOST_Z * step / 80 for step in range(81)]
    below = [z for z in grid if z < score.z]
    shade = [(x(z), y(z)) for z in (*below, min(score.z, _MOST_Z))]
    shapes: list[Shape] = [Polygon(((x(-_MOST_Z), floor), *shade, (x(score.z), floor)), "band", "", 0)]
    shapes += _line([(x(z), y(z)) for z in grid], "muted", width=1.2)
    shapes.append(Line(left, floor, right, floor, 0.8, (), "muted"))
    for z in (-3, -2, -1, 0, 1, 2, 3):
        shapes.append(Line(x(z), floor, x(z), floor + 3, 0.8, (), "muted"))
        words = tr("mean") if z == 0 else f"{z:+d}".replace("-", "−")
        shapes.append(Text(x(z), floor + 11.5, words, SMALL, "middle", False, "muted"))
    shapes += _before(score, x, floor)
    shapes += _here(score.z, x(score.z), floor)
    shapes.append(
        Text(
            (left + right) / 2, floor + 24, tr("standard deviations from the mean of the reference"), SMALL,
            "middle", False, "muted",
        )
    )  # fmt: skip
    return Drawing(tuple(shapes), WIDTH, floor + 30, score.name, score_words(score))


def _here(z: float, at: float, floor: float) -> list[Shape]:
    anchor = "middle" if 60 < at < WIDTH - 60 else "start" if at <= 60 else "end"
    words = tr("this person: {z}", z=Figure.of(f"{z:+.2f}".replace("-", "−")))
    return [
        Line(at, 16, at, floor, 1.6, (), "accent"),
        symbol("down", at, 17, 4.5, "accent"),
        Text(
            at if anchor == "middle" else at - 6 if anchor == "start" else at + 6,
            8.5,
            words,
            8.2,
            anchor,
            True,
        ),
    ]


def _before(score: PolygenicScore, x: Callable[[float], float], floor: float) -> list[Shape]:
    if score.z_unadjusted is None or score.z is None or abs(score.z_unadjusted - score.z) < 0.05:
        return []
    at = x(score.z_unadjusted)
    return [dashed(at, 24, at, floor, "series_b"), symbol("diamond", at, 24, 3, "series_b", filled=False)]


def score_words(score: PolygenicScore) -> str:
    """The place of a score in words, never a percentile without its reference."""
    said = tr(
        "{name}: {z} standard deviations from the mean of {reference}",
        name=score.name,
        z=f"{score.z:+.2f}" if score.z is not None else "–",
        reference=score.reference,
    )
    if score.percentile is not None:
        said += tr("; percentile {value} of that reference", value=f"{score.percentile:.0f}")
    if score.z_unadjusted is not None:
        said += tr("; before the adjustment for ancestry {z}", z=f"{score.z_unadjusted:+.2f}")
    return said + "."
