"""A family as one drawing: layout, symbols, lines, labels and the legend that explains them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from genoai_desktop.domain.family import Condition, Family, Member
from genoai_desktop.domain.text import tr
from genoai_desktop.report.pedigree.heights import LINE_HEIGHT
from genoai_desktop.report.pedigree.labels import SIZE, LabelLine, label_lines
from genoai_desktop.report.pedigree.layout import ROMAN, Layout, lay_out
from genoai_desktop.report.pedigree.legend import legend
from genoai_desktop.report.pedigree.lines import lines_between
from genoai_desktop.report.pedigree.order import Block
from genoai_desktop.report.pedigree.routes import RADIUS
from genoai_desktop.report.pedigree.shapes import Drawing, Shape, Text, moved
from genoai_desktop.report.pedigree.symbols import symbol
from genoai_desktop.report.pedigree.words import described

MARGIN = 64.0


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
    return Scene(layout, people, tuple(lines_between(family, layout)))


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


def drawing(
    family: Family, *, names: bool = True, title: str = "", note: str = "", roles: bool = True
) -> Drawing:
    """The whole picture with generations and legend, ready for a writer.

    ``roles``: whether arrows mark the proband and the consultand.
    """
    if not roles:
        family = replace(family, proband="", consultand=None)
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
