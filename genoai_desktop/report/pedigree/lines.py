"""Everything between people as shapes: partnerships, descents, second parents (sources: symbols)."""

from collections.abc import Sequence
from dataclasses import replace

from genoai_desktop.domain.family import Childless, Family, Union
from genoai_desktop.domain.family_kinship import Kinships, consanguineous
from genoai_desktop.report.fonts import REGULAR
from genoai_desktop.report.pedigree.bridges import bridged
from genoai_desktop.report.pedigree.donors import without_partnership
from genoai_desktop.report.pedigree.labels import SIZE, wrapped
from genoai_desktop.report.pedigree.layout import Layout
from genoai_desktop.report.pedigree.marks import childless_mark
from genoai_desktop.report.pedigree.routes import LABEL, RADIUS, Segment
from genoai_desktop.report.pedigree.shapes import Line, Shape, Text, moved

DASH = (5.0, 4.0)
DOUBLE = 2.6
"""Half the distance of a double line."""
SAID, SAID_HEIGHT, SAID_WIDTH, SAID_LINES = 8.0, 10.0, 58.0, 3
"""Size, distance and width of the lines that say how partners are related, and how many there may be."""


def lines_between(family: Family, layout: Layout) -> list[Shape]:
    """Every line that is no part of a symbol."""
    kinships = Kinships(family)
    made: list[Shape] = []
    stated = {frozenset(union.partners): union for union in family.unions}
    unions = {n: stated.get(frozenset(c.partners)) for n, c in enumerate(layout.graph.couples)}
    kin = {n for n, one in unions.items() if one is not None and consanguineous(family, one, kinships)}
    adoptive = {n for n, c in enumerate(layout.graph.couples) if _only_adopted(family, c.children)}
    for segment in bridged(without_partnership(family, layout)):
        made += _segment(family, segment, double=segment.net in kin, adoptive=segment.net in adoptive)
    for number, union in unions.items():
        if union is not None and number in layout.starts:
            made += _couple_marks(layout, number, union, double=number in kin)
    return made + _second_parents(family, layout)


def _only_adopted(family: Family, children: Sequence[str]) -> bool:
    return bool(children) and not any(family.by_id[one].parents for one in children)


def _segment(family: Family, segment: Segment, *, double: bool, adoptive: bool) -> list[Shape]:
    dash: tuple[float, ...] = ()
    own = segment.kind in ("stem", "twin") and not family.by_id[segment.person].parents
    if own or (adoptive and segment.kind in ("drop", "bar")):
        dash = DASH  # adopted in: no genetic parent above
    if segment.kind == "question":
        middle = (segment.x1 + segment.x2) / 2
        return [Text(middle, segment.y1 + 5, "?", 12, "middle", True)]
    line = Line(segment.x1, segment.y1, segment.x2, segment.y2, 1.5, dash)
    if double and segment.kind == "drop":
        return [replace(line, y1=line.y1 + DOUBLE)]
    if double and segment.kind == "partner":
        level = segment.y1 == segment.y2
        dx, dy = (0.0, DOUBLE) if level else (DOUBLE, 0.0)
        return [moved(line, -dx, -dy), moved(line, dx, dy)]
    return [line]


def _couple_marks(layout: Layout, number: int, union: Union, *, double: bool) -> list[Shape]:
    x, y = layout.starts[number]
    made: list[Shape] = []
    if union.separated:
        at = x - (9 if layout.graph.couples[number].children else 0)
        made += [Line(at + d - 3, y + 7, at + d + 3, y - 7, 1.5) for d in (-2.5, 2.5)]
    if union.childless is not Childless.NO:
        made += childless_mark(x, y, infertile=union.childless is Childless.INFERTILE)
    if double and union.note:
        made += _said(union.note, x, y - DOUBLE - 5)
    return made


def _said(words: str, x: float, y: float) -> list[Shape]:
    """How blood relatives are related, as stated, above their line; a mark says that there was more."""
    lines = wrapped(words, SAID_WIDTH * SIZE / SAID, REGULAR)
    if len(lines) > SAID_LINES:
        lines = (*lines[: SAID_LINES - 1], f"{lines[SAID_LINES - 1]} …")
    low = len(lines) - 1
    return [Text(x, y - (low - row) * SAID_HEIGHT, line, SAID) for row, line in enumerate(lines)]


def _second_parents(family: Family, layout: Layout) -> list[Shape]:
    """Dashed descents: adoptive parents of somebody drawn below genetic ones; the carrier of a pregnancy."""
    made: list[Shape] = []
    for member in family.members:
        others = member.adoptive if member.parents else ()
        if others:
            x = sum(layout.x[one] for one in others) / len(others)
            made += _dashed(layout, member.id, x, max(layout.y[one] for one in others))
        if member.gestated_by:
            made += _carried(layout, member.id, member.gestated_by)
    return made


def _carried(layout: Layout, child: str, carrier: str) -> list[Shape]:
    """From the side of the carrier's symbol, so that the line does not run through her label."""
    x, y = layout.x[carrier], layout.y[carrier]
    side = 1 if layout.x[child] > x else -1
    beside = x + side * LABEL
    return [Line(x + side * RADIUS, y, beside, y, 1.3, DASH), *_dashed(layout, child, beside, y)]


def _dashed(layout: Layout, child: str, x: float, y: float) -> list[Shape]:
    top = layout.y[child] - RADIUS
    at, turn = layout.x[child] + 6, top - 12
    return [
        Line(x, y, x, turn, 1.3, DASH),
        Line(x, turn, at, turn, 1.3, DASH),
        Line(at, turn, at, top, 1.3, DASH),
    ]
