"""Lines between people: partnerships, descents, twins; which run in which lane; how many cross."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from genoai_desktop.report.pedigree.graph import Graph

RADIUS = 22.0
"""Half a symbol, in drawing units."""
SIDE = 9.0
"""How far beside a symbol an arch rises."""
LABEL = 52.0
"""How far beside a symbol its label may reach: no descent starts nearer."""
ALONG = 4.0
"""Upright lines nearer than this look like one."""
STRAIGHTENED = 18.0
"""An only child's descent may leave the couple's line this far from its middle."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight line. ``net``: number of the couple; ``kind``: partner, drop, bar, stem, twin, identical,
    question, bridge, donor. ``person``: the child of a stem."""

    x1: float
    y1: float
    x2: float
    y2: float
    net: int
    kind: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Wire:
    """One couple's course in the plane: where its descent starts, and what its children's bar spans."""

    number: int
    start: float
    low: float
    high: float
    stems: tuple[float, ...]
    arched: bool


def wires(graph: Graph, x: Mapping[str, float], place: Mapping[str, int]) -> dict[int, Wire]:
    """Every couple's course. ``place``: index of each person in their row."""
    made = {}
    for number, couple in enumerate(graph.couples):
        if couple.partners[0] not in x:
            continue
        start, arched = _start(graph, number, x, place)
        stems = tuple(dict.fromkeys(apexes(graph, couple.children, x).values()))
        ends = sorted(x[one] for one in couple.partners)
        if stems and not arched and ends[-1] - ends[0] > 2 * LABEL:
            centre = (min(stems) + max(stems)) / 2  # a wide couple's descent goes where its children are
            start = min(max(centre, ends[0] + LABEL), ends[-1] - LABEL)
        if len(stems) == 1 and not arched and abs(stems[0] - start) < STRAIGHTENED:
            start = stems[0]  # a jog of a few points looks like a mistake
        low, high = min((start, *stems)), max((start, *stems))
        made[number] = Wire(number, start, low, high, stems, arched)
    return {number: _clear(graph, wire, made.values()) for number, wire in made.items()}


def _clear(graph: Graph, wire: Wire, others: Iterable[Wire]) -> Wire:
    """A little aside where the descent would run along the line of somebody else's child."""
    couple = graph.couples[wire.number]
    if wire.arched or len(couple.partners) == 1 or not couple.children:
        return wire
    row = graph.row[couple.children[0]]
    near = [
        stem
        for other in others
        if other.number != wire.number and other.stems
        if graph.row[graph.couples[other.number].children[0]] == row
        for stem in other.stems
        if abs(stem - wire.start) < ALONG
    ]
    if not near:
        return wire
    start = wire.start + (2 * ALONG if near[0] < wire.start else -2 * ALONG)
    return replace(wire, start=start, low=min(start, *wire.stems), high=max(start, *wire.stems))


def apexes(graph: Graph, children: Sequence[str], x: Mapping[str, float]) -> dict[str, float]:
    """Where each child's line leaves the bar; twins leave at one point."""
    made = {}
    for child in children:
        twins = graph.family.twins_of(child)
        both = [one for one in twins.members if one in children] if twins else [child]
        made[child] = sum(x[one] for one in both) / len(both)
    return made


def _start(graph: Graph, number: int, x: Mapping[str, float], place: Mapping[str, int]) -> tuple[float, bool]:
    partners = graph.couples[number].partners
    if len(partners) == 1:
        return x[partners[0]], False
    first, second = sorted(partners, key=lambda one: x[one])
    if graph.row[first] != graph.row[second]:
        return (x[first] + x[second]) / 2, False
    if place[second] - place[first] == 1:
        return (x[first] + x[second]) / 2, False
    outer_right = len(graph.of[second]) <= len(graph.of[first])
    met = [
        any(place[other] == place[one] + step for other in _mates(graph, one) if other in place)
        for one, step in ((first, 1), (second, -1))
    ]
    if met[0] != met[1]:
        outer_right = met[0]  # not upon the line to a nearer partner
    return (x[second] - RADIUS - SIDE if outer_right else x[first] + RADIUS + SIDE), True


def _mates(graph: Graph, person: str) -> list[str]:
    """Everybody with whom the person shares a couple of their own row."""
    others = (graph.couples[number].other(person) for number in graph.of[person])
    return [one for one in others if one is not None and graph.row[one] == graph.row[person]]


def lanes(found: Sequence[Wire]) -> dict[int, int]:
    """A height for every bar of one gap between rows: 0 lowest. Bars that overlap never share one."""
    bars = sorted((wire for wire in found if wire.stems), key=lambda wire: (wire.low, wire.number))
    below: dict[int, set[int]] = {wire.number: set() for wire in bars}
    for index, one in enumerate(bars):
        for two in bars[index + 1 :]:
            if two.low > one.high + 6:
                break
            if (_straight(one) and _straight(two)) or one.number == ~two.number:
                continue
            upper, lower = (one, two) if _cost(one, two) < _cost(two, one) else (two, one)
            below[upper.number].add(lower.number)
    for wire in bars:
        if ~wire.number in below and wire.number < 0:
            below[wire.number].add(~wire.number)  # what leads to a descent runs above its bar
    height: dict[int, int] = {}

    def rise(number: int, path: frozenset[int]) -> int:
        if number not in height:
            under = [rise(other, path | {number}) for other in below[number] if other not in path]
            height[number] = 1 + max(under, default=-1)
        return height[number]

    for wire in bars:
        rise(wire.number, frozenset())
    return height


def _straight(wire: Wire) -> bool:
    return wire.high - wire.low < 1


def _cost(upper: Wire, lower: Wire) -> int:
    """Crossings when ``upper`` runs above ``lower``."""
    drops = upper.low < lower.start < upper.high
    return int(drops) + sum(lower.low < stem < lower.high for stem in upper.stems)


def arch_lanes(graph: Graph, found: Mapping[int, Wire], x: Mapping[str, float]) -> dict[int, int]:
    """A height for every arch over people of a row: 0 lowest; the wider above the narrower."""
    spans = []
    for number, wire in found.items():
        if wire.arched:
            ends = sorted(x[one] for one in graph.couples[number].partners)
            spans.append((ends[1] - ends[0], number, ends, graph.row[graph.couples[number].partners[0]]))
    height: dict[int, int] = {}
    for _, number, ends, row in sorted(spans):
        taken = [
            height[other]
            for _, other, others, other_row in spans
            if other in height and other_row == row and others[0] <= ends[1] and ends[0] <= others[1]
        ]
        height[number] = max(taken, default=-1) + 1
    return height


def crossings(segments: Sequence[Segment]) -> int:
    """Proper crossings and overlaps of lines of different couples; touching at a symbol does not count."""
    return int(np.count_nonzero(_crossed(segments)))


def tangled(segments: Sequence[Segment]) -> set[int]:
    """The couples whose lines cross others."""
    return {segments[place].net for pair in np.argwhere(_crossed(segments)) for place in pair}


def _crossed(segments: Sequence[Segment]) -> np.ndarray:
    """By the places of two segments, the first before the second, whether they cross."""
    if len(segments) < 2:
        return np.zeros((len(segments), len(segments)), dtype=bool)
    points = np.array([(s.x1, s.y1, s.x2, s.y2) for s in segments])
    nets = np.array([s.net for s in segments])
    start, end = points[:, None, :2], points[:, None, 2:]
    other_start, other_end = points[None, :, :2], points[None, :, 2:]
    one = _turn(start, end, other_start) * _turn(start, end, other_end)
    two = _turn(other_start, other_end, start) * _turn(other_start, other_end, end)
    cross = (one < -1e-6) & (two < -1e-6)
    cross |= _overlap(points)
    cross &= nets[:, None] != nets[None, :]
    made: np.ndarray = np.triu(cross)
    return made


def _turn(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    made: np.ndarray = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (
        c[..., 0] - a[..., 0]
    )
    return made


def _overlap(points: np.ndarray) -> np.ndarray:
    """Level or upright lines that lie upon one another for more than a point."""
    made = np.zeros((len(points), len(points)), dtype=bool)
    for along, across in ((0, 1), (1, 0)):
        flat = np.abs(points[:, across] - points[:, across + 2]) < 1e-6
        low = np.minimum(points[:, along], points[:, along + 2])
        high = np.maximum(points[:, along], points[:, along + 2])
        same = np.abs(points[:, None, across] - points[None, :, across]) < 1.0
        shared = np.minimum(high[:, None], high[None, :]) - np.maximum(low[:, None], low[None, :])
        made |= flat[:, None] & flat[None, :] & same & (shared > 1.0)
    return made
