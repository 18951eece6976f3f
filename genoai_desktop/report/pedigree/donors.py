"""Donors have no partnership line: giving an egg or sperm is never read as a relationship.

The donor's symbol is joined to the line of descent by a slanting line (Bennett et al. 2022, Fig. 5,
doi:10.1002/jgc4.1621).
"""

from genoai_desktop.domain.family import Donor, Family
from genoai_desktop.report.pedigree.graph import Couple
from genoai_desktop.report.pedigree.layout import Layout
from genoai_desktop.report.pedigree.routes import RADIUS, Segment

CORNER = 0.7
"""Where the slanting line leaves a symbol, in radii beside and below its centre."""
MEETS = RADIUS + 12.0
"""How far below the partners' level it meets the line of descent: above every child's bar."""


def without_partnership(family: Family, layout: Layout) -> list[Segment]:
    """The segments of a layout; of a donor beside a parent the parent's half of the line, and a slant."""
    level = {}
    for number, couple in enumerate(layout.graph.couples):
        donor = _donor(family, couple)
        if donor is not None and couple.children and _side_by_side(layout, number):
            level[number] = donor
    kept = [one for one in layout.segments if not (one.kind == "partner" and one.net in level)]
    for number, donor in level.items():
        kept += _joined(layout, number, donor)
    return kept


def _donor(family: Family, couple: Couple) -> str | None:
    """The one of two who is a donor; None where neither is, or both."""
    givers = [one for one in couple.partners if family.by_id[one].donor is not Donor.NO]
    return givers[0] if len(givers) == 1 and len(couple.partners) == 2 else None


def _side_by_side(layout: Layout, number: int) -> bool:
    return sum(one.net == number and one.kind == "partner" for one in layout.segments) == 1


def _joined(layout: Layout, number: int, donor: str) -> list[Segment]:
    x = layout.x
    parent = layout.graph.couples[number].other(donor) or ""
    start, level = layout.starts[number]
    side = 1.0 if x[donor] > x[parent] else -1.0
    corner = x[donor] - side * CORNER * RADIUS
    near = Segment(x[parent] + side * RADIUS, level, start, level, number, "partner")
    return [near, Segment(corner, level + CORNER * RADIUS, start, level + MEETS, number, "donor")]
