"""A family as one drawing: layout, symbols, lines, labels and the legend that explains them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from genoai_desktop.domain.family import Childless, Condition, Family, Member, Union
from genoai_desktop.domain.family_kinship import Kinships, consanguineous
from genoai_desktop.domain.text import tr
from genoai_desktop.report.pedigree.bridges import bridged
from genoai_desktop.report.pedigree.labels import SIZE, LabelLine, label_lines
from genoai_desktop.report.pedigree.layout import LINE_HEIGHT, ROMAN, Layout, lay_out
from genoai_desktop.report.pedigree.legend import legend
from genoai_desktop.report.pedigree.order import Block
from genoai_desktop.report.pedigree.routes import LABEL, RADIUS, Segment
from genoai_desktop.report.pedigree.shapes import Circle, Drawing, Line, Polygon, Shape, Text
from genoai_desktop.report.pedigree.symbols import childless_mark, symbol
from genoai_desktop.report.pedigree.words import described

MARGIN = 64.0
DOUBLE = 2.6
"""Half the distance of a double line."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing in parts: what belongs to each person, relative to their place, and the lines between."""

    layout: Layout
    people: dict[str, tuple[Shape, ...]]
    lines: tuple[Shape, ...]


def scene(family: Family, *, names: bool = True, quick: bool = False, like: Block | None = None) -> Scene:
    """Lay out and draw a family; nobody's name where ``names`` is False; the rest as in ``lay_out``."""
    first = lay_out(family, quick=quick, like=like)
    numbers = first.numbers
    labels = {m.id: label_lines(family, m, numbers[m.id], names=names) for m in family.members}
    layout = first.taller({person: len(lines) for person, lines in labels.items()})
    single = {c.partners[0] for c in layout.graph.couples if len(c.partners) == 1 and c.children}
    people = {}
    for one in family.members:
        roles = (one.id == family.proband, one.id == family.consultand)
        conditions = family.conditions if one.diagnoses else ()  # a new one draws nobody else again
        people[one.id] = _drawn_person(one, conditions, roles, tuple(labels[one.id]), one.id in single)
    return Scene(layout, people, tuple(_lines(family, layout)))


@lru_cache(maxsize=2048)
def _drawn_person(
    member: Member,
    conditions: tuple[Condition, ...],
    roles: tuple[bool, bool],
    lines: tuple[LabelLine, ...],
    single: bool,
) -> tuple[Shape, ...]:
    """Symbol and label; drawn once for the same person with the same words."""
    proband, consultand = (member.id if is_it else None for is_it in roles)
    alone = Family((member,), proband or "", consultand, conditions=conditions)
    return (*symbol(alone, member), *_label(member, lines, single))


def drawing(family: Family, *, names: bool = True, title: str = "", note: str = "") -> Drawing:
    """The whole picture with generations and legend, ready for a writer."""
    made = scene(family, names=names)
    layout = made.layout
    top = MARGIN + (28 if title else 0)
    shapes: list[Shape] = [moved(one, MARGIN + 20, top) for one in made.lines]
    for row, y in enumerate(layout.row_y):
        words = ROMAN[row] if row < len(ROMAN) else str(row + 1)
        shapes.append(Text(26, y + top + 5, words, 13, "middle", True, "muted"))
    for person, parts in made.people.items():
        x, y = layout.x[person] + MARGIN + 20, layout.y[person] + top
        shapes += [moved(part, x, y) for part in parts]
    width = layout.width + 2 * MARGIN + 40
    if title:
        shapes.append(Text(26, 34, title, 17, "start", True, "accent"))
    bottom = layout.height + top + RADIUS + layout.deepest + 24
    rows, height, wide = legend(family, layout.numbers, width, note)
    shapes += [moved(one, 0, bottom) for one in rows]
    words = title or tr("Pedigree")
    return Drawing(tuple(shapes), max(width, wide), bottom + height, words, described(family, layout))


def moved(shape: Shape, x: float, y: float) -> Shape:
    """The shape, shifted."""
    if isinstance(shape, Line):
        return replace(shape, x1=shape.x1 + x, y1=shape.y1 + y, x2=shape.x2 + x, y2=shape.y2 + y)
    if isinstance(shape, Polygon):
        return replace(shape, points=tuple((px + x, py + y) for px, py in shape.points))
    if isinstance(shape, Circle | Text):
        return replace(shape, x=shape.x + x, y=shape.y + y)
    raise TypeError(type(shape))


def _label(member: Member, lines: Sequence[LabelLine], single: bool) -> list[Shape]:
    """Below the symbol; beside the descent of a single parent."""
    made: list[Shape] = []
    x, anchor = (5.0, "start") if single else (0.0, "middle")
    y = RADIUS + 8 + SIZE * 0.75
    for line in lines:
        if line.text:
            colour = "muted" if line.muted else "ink"
            made.append(Text(x, y, line.text, SIZE, anchor, line.bold, colour, member.id))
        y += LINE_HEIGHT
    return made


def _lines(family: Family, layout: Layout) -> list[Shape]:
    kinships = Kinships(family)
    made: list[Shape] = []
    stated = {frozenset(union.partners): union for union in family.unions}
    unions = {n: stated.get(frozenset(c.partners)) for n, c in enumerate(layout.graph.couples)}
    kin = {n for n, one in unions.items() if one is not None and consanguineous(family, one, kinships)}
    for segment in bridged(layout.segments):
        made += _segment(family, segment, double=segment.net in kin)
    for number, union in unions.items():
        if union is not None and number in layout.starts:
            made += _couple_marks(layout, number, union)
    return made + _second_parents(family, layout)


def _segment(family: Family, segment: Segment, *, double: bool) -> list[Shape]:
    dash: tuple[float, ...] = ()
    if segment.kind in ("stem", "twin") and not family.by_id[segment.person].parents:
        dash = (5, 4)  # adopted in: no genetic parent above
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


def _couple_marks(layout: Layout, number: int, union: Union) -> list[Shape]:
    x, y = layout.starts[number]
    made: list[Shape] = []
    if union.separated:
        at = x - (9 if layout.graph.couples[number].children else 0)
        made += [Line(at + d - 3, y + 7, at + d + 3, y - 7, 1.5) for d in (-2.5, 2.5)]
    if union.childless is not Childless.NO:
        made += childless_mark(x, y, infertile=union.childless is Childless.INFERTILE)
    return made


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
    return [Line(x + side * RADIUS, y, beside, y, 1.3, (5, 4)), *_dashed(layout, child, beside, y)]


def _dashed(layout: Layout, child: str, x: float, y: float) -> list[Shape]:
    top = layout.y[child] - RADIUS
    at, turn = layout.x[child] + 6, top - 12
    return [
        Line(x, y, x, turn, 1.3, (5, 4)),
        Line(x, turn, at, turn, 1.3, (5, 4)),
        Line(at, turn, at, top, 1.3, (5, 4)),
    ]
