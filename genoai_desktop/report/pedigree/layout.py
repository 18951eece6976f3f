"""Where everybody stands and every line runs. Deterministic; a drawing unit is a screen pixel at 100 %."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.family import Family, Zygosity
from genoai_desktop.domain.family_edit import straighten
from genoai_desktop.report.pedigree.arrange import Arranged, arranged, arranged_quickly
from genoai_desktop.report.pedigree.detours import Detour, chosen, detoured
from genoai_desktop.report.pedigree.graph import Graph
from genoai_desktop.report.pedigree.order import Block
from genoai_desktop.report.pedigree.positions import APART, STEP, nudged, positions
from genoai_desktop.report.pedigree.routes import (
    RADIUS,
    SIDE,
    Segment,
    Wire,
    apexes,
    arch_lanes,
    crossings,
    lanes,
    wires,
)

LINE_HEIGHT = 13.0
"""Of a label below a symbol."""
LANE, ARCH_LANE, STEM, CLEAR = 11.0, 8.0, 26.0, 14.0
KEPT = 16
"""Families whose order is remembered."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True, slots=True)
class Layout:
    """Centres of the symbols, lines, rows from the oldest, numbers as ``II-3``, and the crossings left."""

    x: Mapping[str, float]
    y: Mapping[str, float]
    rows: tuple[tuple[str, ...], ...]
    row_y: tuple[float, ...]
    segments: tuple[Segment, ...]
    starts: Mapping[int, tuple[float, float]]
    graph: Graph
    width: float
    height: float
    crossings: int
    order: Block
    deepest: float = 0.0
    """Room for the labels of the last row."""
    settled: bool = True
    """Whether the search for fewer crossings went to its end; a quick one may not have."""
    least: int = 0
    """So many crossings every order of these people has."""
    detours: tuple[Detour, ...] = ()

    def taller(self, label_lines: Mapping[str, int]) -> "Layout":
        """The same places with rows tall enough for that many lines of text below each symbol."""
        made = _drawn(self.graph, self.order, self.x, label_lines, counted=False, detours=self.detours)
        last = [label_lines.get(person, 0) for person in self.rows[-1]]
        deepest = LINE_HEIGHT * max(last, default=0)
        return replace(
            self,
            y=made.y,
            row_y=made.row_y,
            segments=made.segments,
            starts=made.starts,
            height=made.height,
            deepest=deepest,
        )

    def number(self, person: str) -> str:
        """Generation and place, as in "II-3"."""
        return self.numbers[person]

    @property
    def numbers(self) -> dict[str, str]:
        """Generation and place of everybody."""
        return {
            person: f"{ROMAN[row] if row < len(ROMAN) else row + 1}-{place}"
            for row, people in enumerate(self.rows)
            for place, person in enumerate(people, start=1)
        }


def lay_out(
    family: Family, *, quick: bool = False, like: Block | None = None, context: Context | None = None
) -> Layout:
    """Lay out a family. What changes nobody's place (names, ages, conditions) is not laid out again.

    ``quick``: the search for fewer crossings ends early, to draw within an edit; it begins with the order
    ``like`` (of the family before the edit) where that has no more. The full search is the same wherever it
    is made: what is printed stands as on the screen.

    Raises:
        Cancelled: the person stopped the search.
    """
    shape = family.shape()
    known = _ORDERS.of(straighten(shape), quick=quick, like=like, context=context or Silent())
    rows = tuple((row, tuple(people)) for row, people in known.rows.items())
    placed = _placed(shape, rows, known.detours)
    return replace(placed, settled=known.settled, least=known.least, detours=known.detours)


class _Orders:
    """The full orders last found, so that after a shift by hand nothing is searched again."""

    def __init__(self) -> None:
        self._known: dict[Family, Arranged] = {}
        self._lock = Lock()

    def of(self, shape: Family, *, quick: bool, like: Block | None, context: Context) -> Arranged:
        """The order of everybody."""
        known = self._known.get(shape)
        if known is not None:
            return known
        graph = Graph(shape)
        found = _together(
            arranged_quickly(graph, part, like) if quick else arranged(graph, part, context)
            for part in graph.components()
        )
        if not quick:
            found = replace(found, detours=_detours(graph, found))
        if found.settled:
            with self._lock:
                self._known[shape] = found
                while len(self._known) > KEPT:
                    del self._known[next(iter(self._known))]
        return found


_ORDERS = _Orders()


def _together(parts: Iterable[Arranged]) -> Arranged:
    """The components side by side."""
    order: Block = {}
    least, settled = 0, True
    for part in parts:
        for row, people in part.rows.items():
            order.setdefault(row, []).extend(people)
        least, settled = least + part.least, settled and part.settled
    return Arranged(order, least, settled)


def _detours(graph: Graph, found: Arranged) -> tuple[Detour, ...]:
    """Descents that go round another bar, for fewer crossings than the order needs."""
    x = _places(graph, found.rows)
    plain = _drawn(graph, found.rows, x, {})

    def draw(detours: tuple[Detour, ...]) -> tuple[Sequence[Segment], int]:
        made = _drawn(graph, found.rows, x, {}, detours=detours)
        return made.segments, made.crossings

    return chosen(plain.segments, plain.crossings, found.least, draw)


@lru_cache(maxsize=16)
def _placed(
    family: Family, rows: tuple[tuple[int, tuple[str, ...]], ...], detours: tuple[Detour, ...]
) -> Layout:
    """Everybody's place, with the shifts by hand."""
    graph = Graph(family)
    order = {row: list(people) for row, people in sorted(rows)}
    x = nudged(graph, order, _places(graph, order))
    left = min(x.values())
    return _drawn(graph, order, {one: at - left for one, at in x.items()}, {}, detours=detours)


def _places(graph: Graph, order: Block) -> dict[str, float]:
    """Everybody's place, the components side by side."""
    x: dict[str, float] = {}
    right = 0.0
    for part in graph.components():
        members = set(part)
        here = {
            row: found for row in sorted(order) if (found := [one for one in order[row] if one in members])
        }
        x |= {person: at + right for person, at in positions(graph, here).items()}
        right = max(x.values()) + APART
    return x


def _drawn(
    graph: Graph,
    order: Block,
    x: Mapping[str, float],
    label_lines: Mapping[str, int],
    *,
    counted: bool = True,
    detours: tuple[Detour, ...] = (),
) -> Layout:
    place = {person: index for people in order.values() for index, person in enumerate(people)}
    found, leads = detoured(wires(graph, x, place), detours)
    arches = arch_lanes(graph, found, x)
    bars, row_y, room = _heights(graph, order, (found, leads), arches, label_lines)
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
    rows = sorted(order)
    return Layout(
        x,
        y,
        tuple(tuple(order[row]) for row in rows),
        tuple(row_y[row] for row in rows),
        tuple(made),
        starts,
        graph,
        max(x.values()),
        max(y.values()),
        crossings(made) if counted else 0,
        order,
    )


def _heights(
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


__all__ = ("APART", "LINE_HEIGHT", "RADIUS", "STEP", "Layout", "lay_out")
