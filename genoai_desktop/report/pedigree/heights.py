"""How tall the rows are: lanes for bars, room for arches and for the labels below symbols."""

from collections.abc import Mapping

from genoai_desktop.report.pedigree.graph import Graph
from genoai_desktop.report.pedigree.order import Block
from genoai_desktop.report.pedigree.routes import RADIUS, Wire, lanes

LINE_HEIGHT = 13.0
"""Of a label below a symbol, in drawing units."""
LANE, ARCH_LANE, STEM, CLEAR = 11.0, 8.0, 26.0, 14.0


def heights(
    graph: Graph,
    order: Block,
    courses: tuple[Mapping[int, Wire], Mapping[int, Wire]],
    arches: Mapping[int, int],
    label_lines: Mapping[str, int],
) -> tuple[dict[int, int], dict[int, float], dict[int, float]]:
    """The lane of every bar, the height of every row, and the room for arches above it."""
    bars: dict[int, int] = {}
    room: dict[int, float] = {}
    row_y: dict[int, float] = {}
    at, before = 0.0, 0.0
    for row in sorted(order):
        here = [
            wire
            for found in courses
            for number, wire in found.items()
            if graph.couples[number].children and graph.row[graph.couples[number].children[0]] == row
        ]
        levels = lanes(here)
        bars |= levels
        over = [arches[n] for n in arches if graph.row[graph.couples[n].partners[0]] == row]
        room[row] = max(0.0, ARCH_LANE * (max(over, default=-1) + 1) + 6 - STEM / 2)
        channel = LANE * max(levels.values(), default=0) + room[row]
        if row_y:
            at += 2 * RADIUS + before + CLEAR + channel + STEM
        row_y[row] = at
        before = LINE_HEIGHT * max((label_lines.get(person, 0) for person in order[row]), default=0) + 6
    return bars, row_y, room
