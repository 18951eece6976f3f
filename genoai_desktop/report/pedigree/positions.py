"""Where people stand sideways: children centred below parents, partners and siblings close.

Each row is fitted by weighted isotonic regression (pool adjacent violators) to what its neighbours ask
for, so the order and the least distances always hold.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from genoai_desktop.report.pedigree.graph import Graph

STEP = 104.0
"""Least distance of two symbols' centres, in drawing units."""
APART = 128.0
"""Least distance of neighbours who are neither siblings nor partners."""
SWEEPS = 24


def positions(graph: Graph, rows: Mapping[int, Sequence[str]]) -> dict[str, float]:
    """Centre of every person, from 0 rightwards."""
    order = [rows[row] for row in sorted(rows)]
    gaps = [[_gap(graph, a, b) for a, b in pairwise(people)] for people in order]
    x: dict[str, float] = {}
    for people, gap in zip(order, gaps, strict=True):
        at = -sum(gap) / 2
        for person, step in zip(people, [*gap, 0.0], strict=True):
            x[person] = at
            at += step
    for sweep in range(SWEEPS):
        moved = 0.0
        places = range(len(order)) if sweep % 2 else range(len(order) - 1, -1, -1)
        for index in places:
            moved = max(moved, _settle(graph, order[index], gaps[index], x))
        if moved < 0.5:
            break
    left = min(x.values())
    return {person: round(at - left, 1) for person, at in x.items()}


def nudged(graph: Graph, rows: Mapping[int, Sequence[str]], x: Mapping[str, float]) -> dict[str, float]:
    """The positions with every shift by hand; neighbours make room and keep their order."""
    members = graph.family.by_id
    if not any(member.nudge for member in graph.family.members):
        return dict(x)
    made: dict[str, float] = {}
    for people in rows.values():
        wanted = [x[one] + members[one].nudge for one in people]
        weights = [1000.0 if members[one].nudge else 1.0 for one in people]
        gap = [STEP * 0.7 for _ in people[1:]]
        made |= dict(zip(people, fitted(wanted, weights, gap), strict=True))
    return made


def _gap(graph: Graph, first: str, second: str) -> float:
    near = graph.above.get(first, -1) == graph.above.get(second, -2)
    partners = bool(set(graph.of[first]) & set(graph.of[second]))
    return STEP if near or partners or _in_law(graph, first, second) else APART


def _in_law(graph: Graph, first: str, second: str) -> bool:
    """A sibling's partner stands as close as the sibling."""
    mine = {one for n in graph.of[first] for one in graph.couples[n].partners} | {first}
    theirs = {one for n in graph.of[second] for one in graph.couples[n].partners} | {second}
    above = {graph.above.get(one) for one in mine} - {None}
    return bool(above & {graph.above.get(one) for one in theirs})


def _settle(graph: Graph, people: Sequence[str], gaps: Sequence[float], x: dict[str, float]) -> float:
    asked: dict[str, list[tuple[float, float]]] = {person: [] for person in people}
    for person in people:
        for number in graph.of[person]:
            _ask_couple(graph, number, person, x, asked)
    for number in dict.fromkeys(graph.above[one] for one in people if one in graph.above):
        children = [one for one in graph.couples[number].children if one in asked]
        shift = middle(graph, number, x) - (x[children[0]] + x[children[-1]]) / 2
        for child in children:
            asked[child].append((x[child] + shift, 1.0))
    wanted, weights = [], []
    for person in people:
        votes = asked[person] or [(x[person], 0.05)]
        weight = sum(vote[1] for vote in votes)
        wanted.append(sum(at * w for at, w in votes) / weight)
        weights.append(weight)
    before = [x[person] for person in people]
    after = fitted(wanted, weights, gaps)
    x.update(zip(people, after, strict=True))
    return max((abs(a - b) for a, b in zip(before, after, strict=True)), default=0.0)


def _ask_couple(
    graph: Graph,
    number: int,
    person: str,
    x: Mapping[str, float],
    asked: dict[str, list[tuple[float, float]]],
) -> None:
    couple = graph.couples[number]
    children = couple.children
    if children:
        centre = (x[children[0]] + x[children[-1]]) / 2
        asked[person].append((x[person] + centre - middle(graph, number, x), 1.0))
    other = couple.other(person)
    if other is not None:
        side = 1 if x[other] > x[person] else -1
        asked[person].append((x[other] - side * STEP, 0.25 if children else 0.6))


def middle(graph: Graph, number: int, x: Mapping[str, float]) -> float:
    """Where a couple's descent starts, roughly: between the partners; beside a single parent."""
    partners = graph.couples[number].partners
    if len(partners) == 1:
        return x[partners[0]]
    first, second = sorted(x[one] for one in partners)
    if second - first > 1.6 * STEP and any(len(graph.of[one]) > 1 for one in partners):
        # an arch over a nearer partner: the descent starts beside the outer one
        outer = min(partners, key=lambda one: len(graph.of[one]))
        return x[outer] - STEP * 0.4 if x[outer] == second else x[outer] + STEP * 0.4
    return (first + second) / 2


def fitted(wanted: Sequence[float], weights: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """The nearest positions (least squares) that keep the order and the gaps."""
    offset, total = [0.0], 0.0
    for gap in gaps:
        total += gap
        offset.append(total)
    pools: list[list[float]] = []
    for at, weight, shift in zip(wanted, weights, offset, strict=False):
        pool = [at - shift, weight, 1]
        while pools and pools[-1][0] > pool[0]:
            mean, heavy, count = pools.pop()
            both = heavy + pool[1]
            pool = [(mean * heavy + pool[0] * pool[1]) / both, both, count + pool[2]]
        pools.append(pool)
    values = [mean for mean, _, count in pools for _ in range(int(count))]
    return [value + shift for value, shift in zip(values, offset, strict=False)]
