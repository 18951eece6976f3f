"""How many lines cross in an order of people, counted before anybody has a place.

Between two rows each couple is a comb: a drop from the parents, a bar, a stem to every child. Two combs cross
as often as the better of "one bar above the other" makes them; an arch over people of its own row crosses
the stems that hang between its ends. Distances cannot undo a crossing that is counted here. Somebody who
stands between twins counts like a crossing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from genoai_desktop.report.pedigree.graph import Graph

ARCHED, SLANTED, SPREAD, YOUNGER, TURNED = 0.04, 0.01, 0.002, 0.001, 0.0005
"""What makes one of two orders with as many crossings the worse: each person below an arch, each two
sibships whose parents stand the other way round, each stranger between siblings, each sibling left of an
older one, each couple with the partners changed round."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Partners of one row, by index in the list of people."""

    number: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class _Comb:
    """A couple with children, by index in the list of people."""

    number: int
    first: int
    last: int
    children: tuple[int, ...]


class _Placed(NamedTuple):
    """A comb in one order: where its drop starts in the row above, where its stems end in the row below."""

    start: float
    stems: list[int]
    number: int


@dataclass(frozen=True, slots=True)
class _Arch:
    """Partners with others between them."""

    row: int
    low: int
    high: int
    number: int


@dataclass
class Count:
    """``value``: crossings, with a fraction for what is only less good; ``couples``: those that cross."""

    value: float = 0.0
    couples: set[int] = field(default_factory=set)

    @property
    def crossings(self) -> int:
        """Whole crossings."""
        return int(self.value)

    def add(self, crossings: int, *couples: int) -> None:
        """Count crossings between these couples."""
        if crossings:
            self.value += crossings
            self.couples.update(couples)


class Counter:
    """Counts for the people of one component; orders are sequences of indices into ``people``."""

    def __init__(self, graph: Graph, people: Sequence[str]) -> None:
        self.graph, self.people = graph, tuple(people)
        self.index = {person: number for number, person in enumerate(people)}
        top = min(graph.row[person] for person in people)
        self.row = [graph.row[person] - top for person in people]
        self.rows = max(self.row) + 1
        self._above = [graph.above.get(person, -1) for person in people]
        self._partnerships = [len(graph.of[person]) for person in people]
        self._mates: list[list[int]] = [[] for _ in people]
        self._pairs: list[_Pair] = []
        self._combs: list[list[_Comb]] = [[] for _ in range(self.rows)]
        self._twins = [
            [self.index[one] for one in twins.members]
            for twins in graph.family.twins
            if all(one in self.index for one in twins.members)
        ]
        for number, couple in enumerate(graph.couples):
            if couple.partners[0] in self.index:
                self._know(number, [self.index[one] for one in couple.partners], couple.children)

    def _know(self, number: int, partners: list[int], children: Sequence[str]) -> None:
        if len(partners) == 2 and self.row[partners[0]] == self.row[partners[1]]:
            self._pairs.append(_Pair(number, *partners))
            for one, two in (partners, reversed(partners)):
                self._mates[one].append(two)
        if children:
            below = tuple(self.index[child] for child in children)
            self._combs[self.row[below[0]]].append(_Comb(number, partners[0], partners[-1], below))

    def count(self, order: Sequence[int]) -> Count:
        """Crossings of the rows that ``order`` makes: each row has its people in this sequence."""
        place, lines = [0] * len(order), [[] for _ in range(self.rows)]  # type: list[int], list[list[int]]
        for person in order:
            line = lines[self.row[person]]
            place[person] = len(line)
            line.append(person)
        made = Count()
        self._arches(place, lines, made)
        for twins in self._twins:
            stand = sorted(place[one] for one in twins)
            made.add(stand[-1] - stand[0] + 1 - len(stand), self._above[twins[0]])
        for combs in self._combs:
            if combs:
                _combed(sorted([self._placed(comb, place, made) for comb in combs]), made)
        return made

    def _arches(self, place: Sequence[int], lines: Sequence[Sequence[int]], made: Count) -> None:
        arches: list[_Arch] = []
        for pair in self._pairs:
            low, high = place[pair.left], place[pair.right]
            if low > high:
                low, high = high, low
                made.value += TURNED
            if high - low > 1:
                made.value += ARCHED * (high - low - 1)
                arches.append(_Arch(self.row[pair.left], low, high, pair.number))
        for number, arch in enumerate(arches):
            for person in lines[arch.row][arch.low + 1 : arch.high]:
                if self._above[person] >= 0:
                    made.add(1, arch.number, self._above[person])
            for other in arches[number + 1 :]:
                if arch.row == other.row and _interlocked(arch, other):
                    made.add(1, arch.number, other.number)

    def _placed(self, comb: _Comb, place: Sequence[int], made: Count) -> _Placed:
        stems = [place[child] for child in comb.children]
        if len(stems) > 1:
            in_order = sorted(stems)
            if stems != in_order:
                made.value += YOUNGER * sum(one > two for one, two in pairwise(stems))
            made.value += SPREAD * (in_order[-1] - in_order[0] + 1 - len(stems))
            stems = in_order
        return _Placed(self._drop(comb, place), stems, comb.number)

    def _drop(self, comb: _Comb, place: Sequence[int]) -> float:
        """Between partners who are neighbours; beside the outer one below an arch."""
        one, two = place[comb.first], place[comb.last]
        if abs(one - two) <= 1:
            return (one + two) / 2
        left, right = (comb.first, comb.last) if one < two else (comb.last, comb.first)
        outer_right = self._partnerships[right] <= self._partnerships[left]
        met = [any(place[o] == place[p] + by for o in self._mates[p]) for p, by in ((left, 1), (right, -1))]
        if met[0] != met[1]:
            outer_right = met[0]  # not upon the line to a nearer partner
        if outer_right:
            return place[right] - 0.4
        return place[left] + 0.4

    def rows_of(self, order: Sequence[int]) -> dict[int, list[str]]:
        """People by row, left to right."""
        made: dict[int, list[str]] = {}
        for number in order:
            person = self.people[number]
            made.setdefault(self.graph.row[person], []).append(person)
        return made

    def order_of(self, rows: Mapping[int, Sequence[str]]) -> list[int]:
        """One sequence for all rows: each row is spread evenly from left to right."""
        at = [
            ((place + 0.5) / len(people), row, self.index[person])
            for row, people in rows.items()
            for place, person in enumerate(people)
        ]
        return [person for _, _, person in sorted(at)]


def _interlocked(one: _Arch, two: _Arch) -> bool:
    return one.low < two.low < one.high < two.high or two.low < one.low < two.high < one.high


def _combed(combs: Sequence[_Placed], made: Count) -> None:
    """Crossings of combs from left to right; those whose children come in the same sequence have none."""
    furthest = -1
    for number, right in enumerate(combs):
        if furthest >= right.stems[0]:
            for left in combs[:number]:
                if left.stems[-1] >= right.stems[0]:
                    made.add(min(_cost(left, right), _cost_below(left, right)), left.number, right.number)
                    if left.stems[0] + left.stems[-1] > right.stems[0] + right.stems[-1]:
                        made.value += SLANTED
        furthest = max(furthest, right.stems[-1])


def _cost(left: _Placed, right: _Placed) -> int:
    """The bar of ``left`` above: its stems run through the other bar, the other drop through its bar."""
    low, high = right.stems[0], right.stems[-1]
    return sum(low < stem < high for stem in left.stems) + (left.stems[-1] > high)


def _cost_below(left: _Placed, right: _Placed) -> int:
    """The bar of ``left`` below that of ``right``."""
    low, high = left.stems[0], left.stems[-1]
    return sum(low < stem < high for stem in right.stems) + (right.stems[0] < low)
