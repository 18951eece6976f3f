"""Where lines need not cross: conditions on who stands left of whom, one for every crossing there could be.

For an order without crossings (level planarity by order variables: Randerath et al. 2001,
doi:10.1016/S1571-0653(04)00332-X):

- between two rows, the children of two couples do not mix, and stand in the order of their parents' descents;
- nobody who has parents stands between partners: their line from above would run through the partners' line;
- of two couples of a row, either one stands between the partners of the other as a whole, or not at all;
- nobody stands between twins.

Each may be broken at the price of a crossing. Between two couples' descents there may be more than one: those
are counted one by one, as in ``crossing``, as soon as ``refine`` is asked for. Lines of the same couple never
count, nor do the dashed ones to adoptive parents and gestational carriers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from genoai_desktop.report.pedigree.graph import Graph
from genoai_desktop.report.pedigree.satisfy import YES, Solver

MOST = 5
"""Crossings of one pair of couples that are told apart."""


@dataclass(frozen=True, slots=True)
class _Descent:
    """Partners above (who stands for them), children below."""

    partners: tuple[str, ...]
    children: tuple[str, ...]


class Planarity:
    """The conditions for one component. ``wanted``: literals, each "this crossing is not there"."""

    def __init__(
        self, graph: Graph, part: Sequence[str], order: Mapping[int, Sequence[str]], pause: Callable[[], None]
    ) -> None:
        self.graph, self.solver = graph, Solver(pause)
        self.beside = _beside(graph, part)
        """Those who stand with their only partner: founders who bring nobody else."""
        self.rows = {row: [one for one in order[row] if one not in self.beside] for row in sorted(order)}
        self.wanted: list[int] = []
        self._left: dict[tuple[str, str], int] = {}
        self._descents: dict[int, tuple[_Descent, _Descent, int | None]] = {}
        for row in sorted(self.rows, reverse=True):
            for one, two in combinations(self.rows[row], 2):
                literal = self.solver.question()
                self._left[one, two], self._left[two, one] = literal, literal ^ 1
        members = set(part)
        self._couples(members)
        self._twins(members)

    def left(self, one: str, two: str) -> int | None:
        """The literal for ``one`` standing left of ``two``; None where they do not stand for themselves."""
        return self._left.get((one, two))

    def solve(self, assumed: Sequence[int], most: float = float("inf")) -> bool | None:
        """Whether an order has all of that; None when ``most`` work was not enough."""
        limit = self.solver.work + most
        while True:
            answer = self.solver.solve(assumed, limit - self.solver.work)
            if not answer or not self._broken():
                return answer

    def order(self) -> dict[int, list[str]]:
        """The rows that the last solution makes; partners who stand with theirs are right of them."""
        beside: dict[str, list[str]] = {}
        for partner, person in self.beside.items():
            beside.setdefault(person, []).append(partner)
        return {
            row: [one for person in self._sorted(people) for one in (person, *beside.get(person, ()))]
            for row, people in self.rows.items()
        }

    def _sorted(self, people: Sequence[str]) -> list[str]:
        value = self.solver.value
        before = {
            one: sum(value[self._left[two, one]] == YES for two in people if two != one) for one in people
        }
        return sorted(people, key=before.__getitem__)

    def refine(self, wish: int) -> list[int]:
        """More wanted literals: that a pair whose crossing is accepted crosses twice, three times..."""
        if wish not in self._descents:
            return []
        one, two, first = self._descents[wish]
        solver, above = self.solver, self.solver.question()
        drop = solver.question(likely=False)
        events = [drop]
        for upper, lower, here, turned in ((one, two, above, 0), (two, one, above ^ 1, 1)):
            events += self._through(upper.children, lower.children, here)
            if first is not None:
                self._past(upper.children, lower.children, (here ^ 1, drop), first ^ turned)
        for event in events:
            solver.add([wish ^ 1, event ^ 1])
        at_least = self._counted(events)
        solver.add([at_least[0] ^ 1, wish ^ 1])
        return [one ^ 1 for one in at_least[1:]]

    def _through(self, upper: Sequence[str], lower: Sequence[str], here: int) -> list[int]:
        """One event for each child whose line runs through the others' bar, where its own bar is above."""
        events = []
        for child in upper if len(lower) > 1 else ():
            events.append(self.solver.question(likely=False))
            for other in lower[1:]:
                beside = self._left[child, lower[0]], self._left[child, other]
                self.solver.same(*beside, unless=(here ^ 1, events[-1]))
        return events

    def _past(self, upper: Sequence[str], lower: Sequence[str], unless: tuple[int, int], first: int) -> None:
        """The other descent runs through this bar where a child stands beyond all of the others'."""
        for child in upper:
            over = [self._left[child, other] for other in lower]
            self.solver.add([first ^ 1, *unless, *over])
            self.solver.add([first, *unless, *(literal ^ 1 for literal in over)])

    def _counted(self, events: Sequence[int]) -> list[int]:
        """Literals that hold when at least one, two, three... of the events do (a sequential counter)."""
        before: list[int] = []
        for event in events:
            now = [self.solver.question(likely=False) for _ in range(min(len(before) + 1, MOST))]
            for number, literal in enumerate(now):
                if number < len(before):
                    self.solver.add([before[number] ^ 1, literal])
                less = [before[number - 1] ^ 1] if number else []
                self.solver.add([event ^ 1, *less, literal])
            before = now
        return before

    def _couples(self, members: set[str]) -> None:
        pairs: list[tuple[str, str]] = []
        gaps: dict[int, list[_Descent]] = {}
        for couple in self.graph.couples:
            if couple.partners[0] not in members:
                continue
            stand = tuple(dict.fromkeys(self.beside.get(one, one) for one in couple.partners))
            if couple.children:
                row = self.graph.row[couple.children[0]]
                level = tuple(one for one in couple.children if self.graph.row[one] == row)
                gaps.setdefault(row, []).append(_Descent(stand, level))
            if len(stand) == 2 and self.graph.row[stand[0]] == self.graph.row[stand[1]]:
                pairs.append((stand[0], stand[1]))
        for descents in gaps.values():
            for one, two in combinations(descents, 2):
                self._apart(one, two)
        for pair in pairs:
            self._free_between(pair)
        for one_pair, other_pair in combinations(pairs, 2):
            self._nested(one_pair, other_pair)

    def _wish(self) -> int:
        self.wanted.append(self.solver.question())
        return self.wanted[-1]

    def _apart(self, one: _Descent, two: _Descent) -> None:
        """Two couples' children do not mix, and stand as the descents above do."""
        wish = self._wish()
        reference = self._left[one.children[0], two.children[0]]
        for pair in product(one.children, two.children):
            self.solver.same(reference, self._left[pair], unless=(wish ^ 1,))
        above = self._starts(one.partners, two.partners)
        if above is not None:
            self.solver.same(reference, above, unless=(wish ^ 1,))
        self._descents[wish] = one, two, above

    def _starts(self, one: tuple[str, ...], two: tuple[str, ...]) -> int | None:
        """The literal for the first couple's descent starting left of the other's; None when not known."""
        if len({self.graph.row[person] for person in (*one, *two)}) > 1 or set(one) == set(two):
            return None
        shared = set(one) & set(two)
        if shared:
            first, second = (next((p for p in pair if p not in shared), None) for pair in (one, two))
            return self._left[first, second] if first and second else None
        literal = self.solver.question()
        near, far = self._outer(one), self._outer(two)
        for person in near:
            self.solver.add([literal ^ 1, *(self._left[person, other] for other in far)])
        for other in far:
            self.solver.add([literal, *(self._left[other, person] for person in near)])
        return literal

    def _outer(self, partners: tuple[str, ...]) -> tuple[str, ...]:
        """Beside whom a descent starts below an arch: the one with fewer partnerships, else the right one."""
        if len(partners) == 1:
            return partners
        one, two = (len(self.graph.of[person]) for person in partners)
        return partners if one == two else (partners[0],) if one < two else (partners[1],)

    def _free_between(self, pair: tuple[str, str]) -> None:
        """Nobody who hangs from parents stands between two partners."""
        for person in self.rows[self.graph.row[pair[0]]]:
            if person in self.graph.above and person not in pair:
                one, two = (self._left[partner, person] for partner in pair)
                self.solver.same(one, two, unless=(self._wish() ^ 1,))

    def _nested(self, one: tuple[str, str], two: tuple[str, str]) -> None:
        """Of two couples both partners stand between the others, or neither does."""
        if set(one) & set(two) or self.graph.row[one[0]] != self.graph.row[two[0]]:
            return
        wish = self._wish()
        literals = [self._left[person, other] for other in two for person in one]
        for turned in product((0, 1), repeat=4):
            if sum(turned) % 2:
                self.solver.add([wish ^ 1, *(one ^ by for one, by in zip(literals, turned, strict=True))])

    def _twins(self, members: set[str]) -> None:
        for twins in self.graph.family.twins:
            both = [one for one in twins.members if one in members]
            for person in self.rows[self.graph.row[both[0]]] if both else ():
                for twin in both[1:] if person not in both else ():
                    self.solver.same(self._left[both[0], person], self._left[twin, person])

    def _broken(self) -> bool:
        """Say so where a solution goes in a circle: one left of two, two left of three, three left of one."""
        circles: set[tuple[str, ...]] = set()
        for people in self.rows.values():
            circles |= self._circles(people)
        for one, two, three in sorted(circles):
            ahead, then, across = self._left[one, two], self._left[two, three], self._left[one, three]
            self.solver.add([ahead ^ 1, then ^ 1, across])
            self.solver.add([ahead, then, across ^ 1])
        return bool(circles)

    def _circles(self, people: Sequence[str]) -> set[tuple[str, ...]]:
        value = self.solver.value
        before: dict[str, set[str]] = {one: set() for one in people}
        for one, two in combinations(people, 2):
            earlier, later = (one, two) if value[self._left[one, two]] == YES else (two, one)
            before[later].add(earlier)
        if len({len(those) for those in before.values()}) == len(people):
            return set()
        return {
            tuple(sorted((earlier, later, third)))
            for later, those in before.items()
            for earlier in those
            for third in before[earlier] - those
        }


def _beside(graph: Graph, part: Sequence[str]) -> dict[str, str]:
    """Founders with one partner who has no other, and that partner: nobody needs to stand between them."""
    made: dict[str, str] = {}
    for person in part:
        if person in graph.above or len(graph.of[person]) != 1:
            continue
        partner = graph.couples[graph.of[person][0]].other(person)
        if partner is None or partner in made or len(graph.of[partner]) != 1:
            continue
        if graph.row[partner] == graph.row[person]:
            made[person] = partner
    return made
