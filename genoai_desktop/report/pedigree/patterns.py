"""Patterns that tell conditions apart without colour, clipped to a convex outline."""

from collections.abc import Sequence
from math import ceil, floor

from genoai_desktop.report.pedigree.shapes import Circle, Line, Polygon, Shape

Point = tuple[float, float]
PATTERNS = ("solid", "rising", "dots", "upright", "cross", "grid", "falling", "sparse dots")
"""By the place of a condition in the family's list; beyond eight they begin again. Level lines are none of
them: they stand for carriers."""
GAP = 4.5


def filled(outline: Sequence[Point], index: int, owner: str) -> list[Shape]:
    """The outline filled with the pattern of the condition at ``index``."""
    colour = f"fill{index % len(PATTERNS)}"
    kind = PATTERNS[index % len(PATTERNS)]
    if kind == "solid":
        return [Polygon(tuple(outline), fill=colour, stroke="", owner=owner)]
    if kind.endswith("dots"):
        return _dots(outline, GAP if kind == "dots" else GAP * 1.7, colour, owner)
    directions: dict[str, tuple[Point, ...]] = {
        "rising": ((1, -1),),
        "falling": ((1, 1),),
        "upright": ((0, 1),),
        "grid": ((1, 0), (0, 1)),
        "cross": ((1, -1), (1, 1)),
    }
    return [line for way in directions[kind] for line in _hatch(outline, way, colour, owner)]


def level(outline: Sequence[Point], owner: str) -> list[Shape]:
    """The outline filled with level lines, which no condition has."""
    return _hatch(outline, (1, 0), "ink", owner)


def _hatch(outline: Sequence[Point], way: Point, colour: str, owner: str) -> list[Shape]:
    length = (way[0] ** 2 + way[1] ** 2) ** 0.5
    across = (-way[1] / length, way[0] / length)
    along = (way[0] / length, way[1] / length)
    reach = [x * across[0] + y * across[1] for x, y in outline]
    made: list[Shape] = []
    for step in range(ceil(min(reach) / GAP), floor(max(reach) / GAP) + 1):
        ends = _clipped(outline, across, step * GAP, along)
        if ends and ends[1] - ends[0] > 0.5:
            base = (across[0] * step * GAP, across[1] * step * GAP)
            (x1, y1), (x2, y2) = ((base[0] + along[0] * t, base[1] + along[1] * t) for t in ends)
            made.append(Line(x1, y1, x2, y2, 1.4, (), colour, owner))
    return made


def _clipped(outline: Sequence[Point], across: Point, at: float, along: Point) -> tuple[float, float] | None:
    """Where the line ``across · p = at`` enters and leaves a convex outline, measured along it."""
    met = []
    for (ax, ay), (bx, by) in zip(outline, [*outline[1:], outline[0]], strict=True):
        one, two = ax * across[0] + ay * across[1] - at, bx * across[0] + by * across[1] - at
        if (one <= 0 < two) or (two <= 0 < one):
            share = one / (one - two)
            x, y = ax + (bx - ax) * share, ay + (by - ay) * share
            met.append(x * along[0] + y * along[1])
    return (min(met), max(met)) if len(met) >= 2 else None


def _dots(outline: Sequence[Point], gap: float, colour: str, owner: str) -> list[Shape]:
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    made: list[Shape] = []
    for row in range(ceil(min(ys) / gap), floor(max(ys) / gap) + 1):
        for step in range(ceil(min(xs) / gap) - 1, floor(max(xs) / gap) + 1):
            x, y = (step + 0.5 * (row % 2)) * gap, row * gap
            if _inside(outline, x, y, 1.2):
                made.append(Circle(x, y, 1.3, colour, "", 0, owner))
    return made


def _inside(outline: Sequence[Point], x: float, y: float, margin: float) -> bool:
    signs = set()
    for (ax, ay), (bx, by) in zip(outline, [*outline[1:], outline[0]], strict=True):
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        if length < 1e-9:
            continue
        away = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length
        if abs(away) < margin:
            return False
        signs.add(away > 0)
    return len(signs) == 1
