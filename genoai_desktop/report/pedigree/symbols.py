"""The symbol of one person (Bennett et al. 2022, doi:10.1002/jgc4.1621), centred on 0, 0."""

from collections.abc import Sequence
from functools import lru_cache
from math import cos, pi, sin

from genoai_desktop.domain.family import (
    Adoption,
    Childless,
    Donor,
    Family,
    Gender,
    Member,
    Pregnancy,
)
from genoai_desktop.domain.person import Sex
from genoai_desktop.report.pedigree.patterns import Point, filled
from genoai_desktop.report.pedigree.routes import RADIUS
from genoai_desktop.report.pedigree.shapes import Circle, Line, Polygon, Shape, Text

ROUND = 48
SQUARE = RADIUS * 0.94
DIAMOND = RADIUS * 1.12


def symbol(family: Family, member: Member) -> list[Shape]:
    """Every shape of a member's symbol, without the label."""
    outline = contour(member)
    owner = member.id
    made: list[Shape] = [Polygon(outline, fill="paper", stroke="", owner=owner)]
    for part, index in _parts(family, member, outline):
        made += filled(part, index, owner)
        made.append(Polygon(tuple(part), stroke="ink", width=0.9, owner=owner))
    made.append(_edge(member, outline))
    made += [*_marks(member), *_inscription(member), *_around(family, member)]
    return made


def contour(member: Member) -> tuple[Point, ...]:
    """The convex outline: square man, circle woman, diamond other or not known, triangle early loss."""
    if member.pregnancy in (Pregnancy.MISCARRIAGE, Pregnancy.TERMINATION, Pregnancy.ECTOPIC):
        return ((0, -RADIUS), (RADIUS * 0.95, RADIUS * 0.45), (-RADIUS * 0.95, RADIUS * 0.45))
    if member.apparent is Sex.MALE:
        return ((-SQUARE, -SQUARE), (SQUARE, -SQUARE), (SQUARE, SQUARE), (-SQUARE, SQUARE))
    if member.apparent is Sex.FEMALE:
        return _circle()
    return ((0, -DIAMOND), (DIAMOND, 0), (0, DIAMOND), (-DIAMOND, 0))


@lru_cache(maxsize=1)
def _circle() -> tuple[Point, ...]:
    return tuple((RADIUS * cos(2 * pi * k / ROUND), RADIUS * sin(2 * pi * k / ROUND)) for k in range(ROUND))


def _edge(member: Member, outline: tuple[Point, ...]) -> Shape:
    if len(outline) == ROUND:
        return Circle(0, 0, RADIUS, "", "ink", 1.8, member.id)
    return Polygon(outline, stroke="ink", width=1.8, owner=member.id)


def _parts(family: Family, member: Member, outline: tuple[Point, ...]) -> list[tuple[list[Point], int]]:
    """Which part of the symbol stands for which condition: all, halves or quadrants."""
    places = {condition.id: index for index, condition in enumerate(family.conditions)}
    mine = [places[one.condition] for one in member.diagnoses if one.condition in places]
    if not mine:
        return []
    if len(family.conditions) == 1:
        return [(list(outline), 0)]
    sections = _halves if len(family.conditions) == 2 else _quadrants
    count = 2 if len(family.conditions) == 2 else 4
    free = list(range(count))
    made = []
    for index in sorted(mine):
        place = index % count if index % count in free else free[0]
        free.remove(place)
        part = sections(outline, place)
        if part:
            made.append((part, index))
    return made


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


def _marks(member: Member) -> list[Shape]:
    owner, made = member.id, list[Shape]()
    if member.presymptomatic and member.diagnoses:
        made.append(Line(0, -RADIUS, 0, RADIUS, 5, (), "paper", owner))
    if member.presymptomatic:
        made.append(Line(0, -RADIUS, 0, RADIUS, 2.4, (), "ink", owner))
    if member.carrier:
        made.append(Circle(0, 0, 5.2, "paper", "", 0, owner))
        made.append(Circle(0, 0, 4, "ink", "", 0, owner))
    over = RADIUS + 7
    if member.deceased or member.pregnancy in (Pregnancy.STILLBIRTH, Pregnancy.TERMINATION):
        if member.diagnoses:  # a slash must be seen on a filled symbol too
            made.append(
                Line(-RADIUS * 0.7, RADIUS * 0.7, RADIUS * 0.7, -RADIUS * 0.7, 4.6, (), "paper", owner)
            )
        made.append(Line(-over, over, over, -over, 1.8, (), "ink", owner))
    return made


def _inscription(member: Member) -> list[Shape]:
    """A letter or a number inside the symbol, on paper so that it reads on any pattern."""
    words = ""
    if member.pregnancy is Pregnancy.ONGOING:
        words = "P"
    elif member.donor is not Donor.NO:
        words = "D"
    elif member.surrogate:
        words = "S"
    if member.count != 1:
        words = f"{words}{member.count or 'n'}"
    if not words:
        return []
    made: list[Shape] = [Text(0, 5, words, 14, "middle", True, "ink", member.id)]
    if member.diagnoses:
        made.insert(0, Circle(0, 0, 10, "paper", "", 0, member.id))
    return made


def _around(family: Family, member: Member) -> list[Shape]:
    """Brackets of adoption, arrows, asterisk, and the lines of no children."""
    owner, made = member.id, list[Shape]()
    if member.adopted is not Adoption.NO:
        edge, tall, lip = RADIUS + 6.0, RADIUS + 5.0, 5.0
        for side in (-1, 1):
            made.append(Line(side * edge, -tall, side * edge, tall, 1.6, (), "ink", owner))
            for end in (-tall, tall):
                made.append(Line(side * edge, end, side * (edge - lip), end, 1.6, (), "ink", owner))
    if owner in (family.proband, family.consultand):
        made += _arrow(owner, "P" if owner == family.proband else "")
    if member.evaluated:
        made.append(Text(RADIUS + 7, RADIUS + 6, "*", 17, "middle", True, "ink", owner))
    if member.childless is not Childless.NO:
        made += _childless(owner, 0.0, RADIUS, infertile=member.childless is Childless.INFERTILE)
    return made


def _childless(owner: str, x: float, y: float, *, infertile: bool) -> list[Shape]:
    made: list[Shape] = [Line(x, y, x, y + 10, 1.5, (), "ink", owner)]
    for step in range(2 if infertile else 1):
        made.append(Line(x - 9, y + 10 + 4 * step, x + 9, y + 10 + 4 * step, 1.5, (), "ink", owner))
    return made


def childless_mark(x: float, y: float, *, infertile: bool) -> list[Shape]:
    """The mark below a couple's line: no children, one line; infertility, two."""
    return _childless("", x, y, infertile=infertile)


def _arrow(owner: str, words: str) -> list[Shape]:
    """An arrow from the lower left; proband with P."""
    tip, tail = (-RADIUS * 0.86, RADIUS * 0.86), (-RADIUS - 12.0, RADIUS + 12.0)
    made: list[Shape] = [
        Line(*tail, *tip, 2.0, (), "ink", owner),
        Polygon((tip, (tip[0] - 9.5, tip[1] + 3.5), (tip[0] - 3.5, tip[1] + 9.5)), "ink", "", 0, owner),
    ]
    if words:
        made.append(Text(tail[0] - 5, tail[1] + 3, words, 12, "middle", True, "ink", owner))
    return made


def born_as(member: Member) -> str:
    """AFAB, AMAB or UAAB below the symbol, where gender and sex assigned at birth differ."""
    if member.gender is Gender.NOT_STATED:
        return ""
    same = {Gender.WOMAN: Sex.FEMALE, Gender.MAN: Sex.MALE}
    if same.get(member.gender) is member.sex:
        return ""
    return {Sex.FEMALE: "AFAB", Sex.MALE: "AMAB", Sex.UNKNOWN: "UAAB"}[member.sex]
