"""A better order where lines cross: whole branches of the family are moved or mirrored.

A branch is everybody who hangs on one side of a person when the person is cut from a couple. Moving it as
one piece keeps what is in order inside it. A fixed number of tries from a fixed seed: the same family is
always laid out the same, and a search with fewer tries is the beginning of one with more.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from genoai_desktop.report.pedigree.crossing import Count, Counter
from genoai_desktop.report.pedigree.graph import Graph

SEED = 20220915
SHAKEN = (1, 2, 3)
"""How many moves are made at random when no single one helps."""
_LESS = 1e-9


BEFORE, AFTER, LEFT, RIGHT, HERE = "before", "after", "left", "right", "here"
"""Where a branch goes: beside somebody, to an end, or nowhere but mirrored where it is."""


class _Move(NamedTuple):
    branch: frozenset[int]
    place: str
    beside: int = -1
    mirrored: bool = False


class Search:
    """Orders of one component; ``order`` is the best so far, ``count`` its crossings."""

    def __init__(self, counter: Counter, order: Sequence[int]) -> None:
        self.counter, self.graph = counter, counter.graph
        self.order = list(order)
        self.count = counter.count(self.order)
        self._branches: dict[tuple[str, int], frozenset[int]] = {}
        self._known: dict[tuple[int, tuple[str, int]], list[_Move]] = {}
        self._chance = random.Random(SEED)

    def begin(self, order: Sequence[int]) -> None:
        """Begin with this order instead, where it is better."""
        count = self.counter.count(order)
        if count.value < self.count.value:
            self.order, self.count = list(order), count

    def improve(self, tries: int, least: int = 0, pause: Callable[[], None] = lambda: None) -> None:
        """Look for fewer crossings; stops at ``least``, or when the tries are used up."""
        order, count = self.order, self.count
        while tries > 0 and self.count.crossings > least:
            pause()
            better, used = self._better(order, count, tries)
            tries -= used
            if better is not None:
                order, count = better
                if count.value < self.count.value - _LESS:
                    self.order, self.count = order, count
            elif tries > 0:
                order, count, used = self._shaken()
                tries -= used

    def _better(
        self, order: list[int], count: Count, tries: int
    ) -> tuple[tuple[list[int], Count] | None, int]:
        """The first move that helps, and how many were tried."""
        used = 0
        for move in self.moves(count.couples):
            if used >= tries:
                break
            used += 1
            made = moved(order, move)
            after = self.counter.count(made)
            if after.value < count.value - _LESS:
                return (made, after), used
        return None, max(used, 1)

    def _shaken(self) -> tuple[list[int], Count, int]:
        """The best order after a few moves at random."""
        order, count, used = self.order, self.count, 0
        for _ in range(self._chance.choice(SHAKEN)):
            if count.couples:
                number = self._chance.choice(sorted(count.couples))
                link = self._chance.choice(list(self._links(number)))
                order = moved(order, self._chance.choice(self._moves_about(number, link)))
                count = self.counter.count(order)
                used += 1
        return order, count, max(used, 1)

    def moves(self, couples: Iterable[int]) -> Iterator[_Move]:
        """Every move about these couples, in an order by chance."""
        links = [(number, link) for number in sorted(couples) for link in dict.fromkeys(self._links(number))]
        for number, link in self._chance.sample(links, len(links)):
            moves = self._moves_about(number, link)
            yield from self._chance.sample(moves, len(moves))

    def _moves_about(self, number: int, link: tuple[str, int]) -> list[_Move]:
        """What can be done with the branch that hangs on a link, near a couple."""
        if (number, link) not in self._known:
            branch = self._branch(*link)
            marks = [one for one in self._marks(number) if one not in branch]
            self._known[number, link] = list(_moves_of(branch, marks))
        return self._known[number, link]

    def _marks(self, number: int) -> list[int]:
        """Whom a branch may be put beside: the couple, its children and their partners."""
        near = self._near(number)
        partners = [one for person in near for n in self.graph.of[person] for one in self._partners(n)]
        return [self.counter.index[one] for one in dict.fromkeys((*near, *partners))]

    def _links(self, number: int) -> Iterator[tuple[str, int]]:
        """Where branches can be cut off: around the couple, and one step further."""
        near = self._near(number)
        yield from ((person, number) for person in near)
        for person in near:
            above = self.graph.above.get(person)
            for other in (*self.graph.of[person], *(() if above is None else (above,))):
                if other != number:
                    yield person, other
                    yield from ((one, other) for one in self._partners(other))

    def _near(self, number: int) -> tuple[str, ...]:
        couple = self.graph.couples[number]
        return (*couple.partners, *couple.children)

    def _partners(self, number: int) -> tuple[str, ...]:
        return self.graph.couples[number].partners

    def _branch(self, person: str, couple: int) -> frozenset[int]:
        """The smaller side of the cut; the person with their descent where a loop goes round it."""
        key = (person, couple)
        if key not in self._branches:
            everybody = frozenset(range(len(self.counter.people)))
            side = _side(self.graph, person, couple) or _below(self.graph, person, couple)
            found = frozenset(self.counter.index[one] for one in side)
            self._branches[key] = found if 2 * len(found) <= len(everybody) else everybody - found
        return self._branches[key]


def _side(graph: Graph, person: str, couple: int) -> set[str] | None:
    """Everybody reached from the person without that couple; None when a loop leads to it."""
    seen, waiting = {person}, [person]
    while waiting:
        one = waiting.pop()
        numbers = [*graph.of[one], *([graph.above[one]] if one in graph.above else [])]
        for number in numbers:
            if number == couple:
                if one != person:
                    return None
                continue
            for other in (*graph.couples[number].partners, *graph.couples[number].children):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
    return seen


def _below(graph: Graph, person: str, couple: int) -> set[str]:
    """The person, their descendants, and partners who bring no family."""
    seen, waiting = {person}, [person]
    while waiting:
        for number in graph.of[waiting.pop()]:
            partners = [one for one in graph.couples[number].partners if one not in graph.above]
            for other in (*partners, *graph.couples[number].children) if number != couple else ():
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
    return seen


def _moves_of(branch: frozenset[int], marks: Sequence[int]) -> Iterator[_Move]:
    yield _Move(branch, HERE)
    for mirrored in (False, True):
        for place in (LEFT, RIGHT):
            yield _Move(branch, place, mirrored=mirrored)
        for mark in marks:
            for place in (BEFORE, AFTER):
                yield _Move(branch, place, mark, mirrored)


def moved(order: Sequence[int], move: _Move) -> list[int]:
    """The order with a branch elsewhere, or mirrored where it is."""
    mine = [one for one in order if one in move.branch]
    if move.place == HERE:
        backwards = reversed(mine)
        return [next(backwards) if one in move.branch else one for one in order]
    if move.mirrored:
        mine.reverse()
    rest = [one for one in order if one not in move.branch]
    if move.place == LEFT:
        return mine + rest
    at = len(rest)
    if move.place != RIGHT:
        at = rest.index(move.beside) + (move.place == AFTER)
    return rest[:at] + mine + rest[at:]
