"""The lines of a family whose people have their places: partnerships, descents, twins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from genoai_desktop.domain.family import Zygosity
from genoai_desktop.report.pedigree.detours import Detour, detoured
from genoai_desktop.report.pedigree.graph import Graph
from genoai_desktop.report.pedigree.heights import ARCH_LANE, LANE, STEM, heights
from genoai_desktop.report.pedigree.order import Block
from genoai_desktop.report.pedigree.routes import RADIUS, SIDE, Segment, Wire, apexes, arch_lanes, wires


@dataclass(frozen=True, slots=True)
class Strokes:
    """Heights of people and rows, the lines, and by couple the point where its descent starts."""

    y: dict[str, float]
    row_y: dict[int, float]
    segments: tuple[Segment, ...]
    starts: dict[int, tuple[float, float]]


def stroked(
    graph: Graph,
    order: Block,
    x: Mapping[str, float],
    label_lines: Mapping[str, int],
    detours: tuple[Detour, ...] = (),
) -> Strokes:
    """The lines for people who stand at ``x``, with that many lines of text below each symbol."""
    place = {person: index for people in order.values() for index, person in enumerate(people)}
    found, leads = detoured(wires(graph, x, place), detours)
    arches = arch_lanes(graph, found, x)
    bars, row_y, room = heights(graph, order, (found, leads), arches, label_lines)
    y = {person: row_y[row] for row, people in order.items() for person in people}
    made: list[Segment] = []
    starts: dict[int, tuple[float, float]] = {}
    for number, wire in found.items():
        straight = replace(wire, start=leads[number].start) if number in leads else wire
        made += _partner_line(graph, straight, x, y, arches.get(number, 0), starts)
        below = graph.couples[number].children
        arched = room[graph.row[below[0]]] if below else 0.0
        lanes_here = (bars.get(number, 0), bars.get(~number, 0))
        made += _descent(graph, wire, x, y, lanes_here, starts[number], arched)
    return Strokes(y, row_y, tuple(made), starts)


def _partner_line(
    graph: Graph,
    wire: Wire,
    x: Mapping[str, float],
    y: Mapping[str, float],
    arch: int,
    starts: dict[int, tuple[float, float]],
) -> list[Segment]:
    partners = graph.couples[wire.number].partners
    if len(partners) == 1:
        starts[wire.number] = (x[partners[0]], y[partners[0]] + RADIUS)
        return []
    first, second = sorted(partners, key=lambda one: x[one])
    left, right = x[first] + RADIUS, x[second] - RADIUS

    def line(x1: float, y1: float, x2: float, y2: float) -> Segment:
        return Segment(x1, y1, x2, y2, wire.number, "partner")

    if y[first] != y[second]:
        starts[wire.number] = (wire.start, max(y[first], y[second]))
        turn = wire.start
        return [
            line(left, y[first], turn, y[first]),
            line(turn, y[first], turn, y[second]),
            line(turn, y[second], right, y[second]),
        ]
    level = y[first]
    starts[wire.number] = (wire.start, level)
    if not wire.arched:
        return [line(left, level, right, level)]
    top = level - RADIUS - 6 - ARCH_LANE * arch
    inner = level - min(0.9, 0.3 + 0.2 * arch) * RADIUS
    beside = SIDE / (1 + arch)  # nested arches: the wider leaves higher and nearer to the symbol
    away_right = wire.start > (x[first] + x[second]) / 2
    if away_right:
        return [
            line(x[first], inner, left + beside, inner),
            line(left + beside, inner, left + beside, top),
            line(left + beside, top, wire.start, top),
            line(wire.start, top, wire.start, level),
            line(wire.start, level, right, level),
        ]
    return [
        line(left, level, wire.start, level),
        line(wire.start, level, wire.start, top),
        line(wire.start, top, right - beside, top),
        line(right - beside, top, right - beside, inner),
        line(right - beside, inner, x[second], inner),
    ]


def _descent(
    graph: Graph,
    wire: Wire,
    x: Mapping[str, float],
    y: Mapping[str, float],
    lanes_here: tuple[int, int],
    start: tuple[float, float],
    room: float,
) -> list[Segment]:
    children = graph.couples[wire.number].children
    if not children:
        return []
    number = wire.number
    over = min(y[child] for child in children) - RADIUS
    bar, lead = (over - STEM - LANE * lane - room for lane in lanes_here)
    points = apexes(graph, children, x)
    made = [Segment(wire.start, start[1], wire.start, bar, number, "drop")]
    if wire.start != start[0]:
        ends = sorted((wire.start, start[0]))
        made = [
            Segment(start[0], start[1], start[0], lead, number, "drop"),
            Segment(ends[0], lead, ends[1], lead, number, "bar"),
            Segment(wire.start, lead, wire.start, bar, number, "drop"),
        ]
    if wire.high - wire.low > 0.5:
        made.append(Segment(wire.low, bar, wire.high, bar, number, "bar"))
    for child in children:
        made.append(
            Segment(points[child], bar, x[child], y[child] - RADIUS, number, _stem(graph, child), child)
        )
    for twins in graph.family.twins:
        both = [one for one in twins.members if one in children]
        if len(both) > 1 and twins.zygosity is not Zygosity.FRATERNAL:
            made += _twin_mark(both, twins.zygosity, points, x, bar, over, number)
    return made


def _stem(graph: Graph, child: str) -> str:
    return "twin" if graph.family.twins_of(child) else "stem"


def _twin_mark(
    both: Sequence[str],
    zygosity: Zygosity,
    points: Mapping[str, float],
    x: Mapping[str, float],
    bar: float,
    over: float,
    number: int,
) -> list[Segment]:
    """The line between identical twins, halfway down; nothing but a question mark when not known."""
    half = (bar + over) / 2
    identical = zygosity is Zygosity.IDENTICAL
    outer = (both[0], both[-1]) if identical or len(both) % 2 == 0 else both[:2]  # not upon a middle line
    ends = [(points[one] + x[one]) / 2 for one in outer]
    kind = "identical" if identical else "question"
    return [Segment(min(ends), half, max(ends), half, number, kind)]
