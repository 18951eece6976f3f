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
SWEEPS, STILL = 24, 0.5
ALIGNED = 4
"""Sweeps at the end of that, to put only children straight below their parents again."""
WIDE = 1.25
"""A family so many times as wide as its widest row needs is drawn together, ever harder."""
TOGETHER = 0.4
CLOSER = (0.4, 1.0, 2.5)
"""How much neighbours pull at each other in a family whose wishes drive it apart (lines that cross)."""


def positions(graph: Graph, rows: Mapping[int, Sequence[str]]) -> dict[str, float]:
    """Centre of every person, from 0 rightwards."""
    order = [list(rows[row]) for row in sorted(rows)]
    gaps = [[_gap(graph, a, b) for a, b in pairwise(people)] for people in order]
    asks = [_Row(graph, people, gap) for people, gap in zip(order, gaps, strict=True)]
    x = _close(order, gaps)
    if not _settled(asks, x, 0.0):
        _settled(asks, x, TOGETHER)
        _settled(asks, x, 0.0, ALIGNED)
    for together in CLOSER:
        if max(x.values()) - min(x.values()) <= WIDE * max(map(sum, gaps)):
            break
        x = _close(order, gaps)
        _settled(asks, x, together)
    left = min(x.values())
    return {person: round(at - left, 1) for person, at in x.items()}


def _close(order: Sequence[Sequence[str]], gaps: Sequence[Sequence[float]]) -> dict[str, float]:
    """Everybody as close as can be, each row in the middle."""
    x: dict[str, float] = {}
    for people, gap in zip(order, gaps, strict=True):
        at = -sum(gap) / 2
        for person, step in zip(people, [*gap, 0.0], strict=True):
            x[person] = at
            at += step
    return x


def _settled(asks: list["_Row"], x: dict[str, float], together: float, sweeps: int = SWEEPS) -> bool:
    """Whether everybody stands still after some sweeps."""
    for sweep in range(sweeps):
        turn = asks if sweep % 2 else reversed(asks)
        if max([row.settle(x, together) for row in turn]) < STILL:
            return True
    return False


class _Row:
    """What the people of one row are asked for: looked up once, answered in every sweep."""

    def __init__(self, graph: Graph, people: list[str], gaps: list[float]) -> None:
        self.graph, self.people, self.gaps = graph, people, gaps
        here = {person: index for index, person in enumerate(people)}
        numbers = dict.fromkeys(n for one in people for n in graph.of[one])
        self.couples = [
            (n, [here[one] for one in graph.couples[n].partners if one in here], graph.couples[n].children)
            for n in numbers
        ]
        self.pairs = [
            (places, 0.25 if children else 0.6) for _, places, children in self.couples if len(places) == 2
        ]
        above = dict.fromkeys(graph.above[one] for one in people if one in graph.above)
        self.sibships = [(n, [here[c] for c in graph.couples[n].children if c in here]) for n in above]

    def settle(self, x: dict[str, float], together: float) -> float:
        """Move everybody towards what is asked; how far the furthest went."""
        people, graph = self.people, self.graph
        at = [x[person] for person in people]
        total, weight = [0.0] * len(at), [0.0] * len(at)
        for number, places, children in self.couples:
            if children:
                shift = (x[children[0]] + x[children[-1]]) / 2 - middle(graph, number, x)
                for place in places:
                    total[place] += at[place] + shift
                    weight[place] += 1.0
        for (one, two), heavy in self.pairs:
            side = STEP if at[two] > at[one] else -STEP
            total[one] += (at[two] - side) * heavy
            total[two] += (at[one] + side) * heavy
            weight[one] += heavy
            weight[two] += heavy
        for number, places in self.sibships:
            shift = middle(graph, number, x) - (at[places[0]] + at[places[-1]]) / 2
            for place in places:
                total[place] += at[place] + shift
                weight[place] += 1.0
        for place, gap in enumerate(self.gaps if together else ()):
            total[place] += (at[place + 1] - gap) * together
            total[place + 1] += (at[place] + gap) * together
            weight[place] += together
            weight[place + 1] += together
        wanted = [sum_ / w if w else here for sum_, w, here in zip(total, weight, at, strict=True)]
        after = fitted(wanted, [w or 0.05 for w in weight], self.gaps)
        x.update(zip(people, after, strict=True))
        return max(abs(a - b) for a, b in zip(at, after, strict=True))


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


def middle(graph: Graph, number: int, x: Mapping[str, float]) -> float:
    """Where a couple's descent starts, roughly: between the partners; beside a single parent."""
    partners = graph.couples[number].partners
    if len(partners) == 1:
        return x[partners[0]]
    one, two = partners
    first, second = x[one], x[two]
    if abs(second - first) > 1.6 * STEP and (len(graph.of[one]) > 1 or len(graph.of[two]) > 1):
        # an arch over a nearer partner: the descent starts beside the outer one
        outer, inner = (second, first) if len(graph.of[two]) <= len(graph.of[one]) else (first, second)
        return outer - STEP * 0.4 if outer > inner else outer + STEP * 0.4
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
