"""The symbol of one person, centred on 0, 0.

Bennett et al. 2022 (NSGC), doi:10.1002/jgc4.1621, with its correction of 2025 (J Genet Couns 34:e2020) and,
for what these leave as it was, Bennett et al. 2008, doi:10.1007/s10897-008-9169-9. Every item with its source
and its picture: ``tests/report/pedigree/nomenclature.py``.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import cos, pi, sin

from genoai_desktop.domain.family import Family, Member
from genoai_desktop.domain.person import Sex
from genoai_desktop.report.pedigree.marks import EARLY, marks
from genoai_desktop.report.pedigree.patterns import Point, filled, level
from genoai_desktop.report.pedigree.routes import RADIUS
from genoai_desktop.report.pedigree.shapes import Circle, Line, Polygon, Shape

ROUND = 48
SQUARE = RADIUS * 0.94
DIAMOND = RADIUS * 1.12
TRIANGLE = ((0.0, -RADIUS * 0.66), (RADIUS * 0.7, RADIUS * 0.52), (-RADIUS * 0.7, RADIUS * 0.52))
"""Smaller than a person: a loss is never read as a sibling."""
INSET = 10.0
"""Radius of the disc that shows a carrier whose whole symbol stands for conditions."""


def symbol(family: Family, member: Member) -> list[Shape]:
    """Every shape of a member's symbol, without the label."""
    outline = contour(member)
    owner = member.id
    made: list[Shape] = [*_stub(member), Polygon(outline, fill="paper", stroke="", owner=owner)]
    parts, free = _parts(family, member, outline)
    for part, index in parts:
        made += filled(part, index, owner)
        made.append(Polygon(tuple(part), stroke="ink", width=0.9, owner=owner))
    if member.carrier:
        made += _carrier(free, owner)
    made.append(_edge(member, outline))
    return [*made, *marks(family, member)]


def contour(member: Member) -> tuple[Point, ...]:
    """The convex outline: square man, circle woman, diamond other or not known, triangle early loss."""
    if member.pregnancy in EARLY:
        return TRIANGLE
    if member.apparent is Sex.MALE:
        return ((-SQUARE, -SQUARE), (SQUARE, -SQUARE), (SQUARE, SQUARE), (-SQUARE, SQUARE))
    if member.apparent is Sex.FEMALE:
        return _circle()
    return ((0, -DIAMOND), (DIAMOND, 0), (0, DIAMOND), (-DIAMOND, 0))


@lru_cache(maxsize=1)
def _circle() -> tuple[Point, ...]:
    return _round(RADIUS)


def _round(radius: float) -> tuple[Point, ...]:
    return tuple((radius * cos(2 * pi * k / ROUND), radius * sin(2 * pi * k / ROUND)) for k in range(ROUND))


def _edge(member: Member, outline: tuple[Point, ...]) -> Shape:
    if len(outline) == ROUND:
        return Circle(0, 0, RADIUS, "", "ink", 1.8, member.id)
    return Polygon(outline, stroke="ink", width=1.8, owner=member.id)


def _stub(member: Member) -> list[Shape]:
    """The line from above goes on to the tip of the smaller triangle."""
    if member.pregnancy not in EARLY or not member.parents:
        return []
    return [Line(0, -RADIUS, 0, TRIANGLE[0][1], 1.5, (), "ink", member.id)]


def _parts(
    family: Family, member: Member, outline: tuple[Point, ...]
) -> tuple[list[tuple[list[Point], int]], list[Point]]:
    """Which part of the symbol stands for which condition (all, halves or quadrants); what is free of them.

    Where every part is free, the left half is named; where none is, nothing.
    """
    places = {condition.id: index for index, condition in enumerate(family.conditions)}
    mine = [places[one.condition] for one in member.diagnoses if one.condition in places]
    if not mine:
        return [], _halves(outline, 0)
    if len(family.conditions) == 1:
        return [(list(outline), 0)], []
    sections = _halves if len(family.conditions) == 2 else _quadrants
    free = list(range(2 if len(family.conditions) == 2 else 4))
    count, made = len(free), []
    for index in sorted(mine):
        place = index % count if index % count in free else free[0]
        free.remove(place)
        part = sections(outline, place)
        if part:
            made.append((part, index))
    return made, sections(outline, free[0]) if free else []


def _carrier(free: list[Point], owner: str) -> list[Shape]:
    """Level lines in a part that no condition has; on a disc in the middle where there is none.

    The revision of 2022 (section 4.5) gives up the dot of 2008: carriers get a pattern that the key explains.
    """
    part = tuple(free) or _round(INSET)
    paper = [] if free else [Polygon(part, fill="paper", stroke="", owner=owner)]
    return [*paper, *level(part, owner), Polygon(part, stroke="ink", width=0.9, owner=owner)]


def _halves(outline: Sequence[Point], place: int) -> list[Point]:
    return _cut(outline, (1, 0) if place else (-1, 0))


def _quadrants(outline: Sequence[Point], place: int) -> list[Point]:
    """0 top right, 1 bottom right, 2 bottom left, 3 top left."""
    sideways = (1, 0) if place in (0, 1) else (-1, 0)
    upright = (0, -1) if place in (0, 3) else (0, 1)
    return _cut(_cut(outline, sideways), upright)


def _cut(outline: Sequence[Point], towards: Point) -> list[Point]:
    """The part of a convex outline on that side of the centre (Sutherland and Hodgman)."""
    made: list[Point] = []
    for (ax, ay), (bx, by) in zip(outline, [*outline[1:], outline[0]], strict=True):
        one, two = ax * towards[0] + ay * towards[1], bx * towards[0] + by * towards[1]
        if one >= 0:
            made.append((ax, ay))
        if (one > 0 > two) or (one < 0 < two):
            share = one / (one - two)
            made.append((ax + (bx - ax) * share, ay + (by - ay) * share))
    return made
