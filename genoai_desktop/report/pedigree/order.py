"""The order of people in each row, as the tree of couples has it.

A tree of couples is walked from its oldest couple and put together from blocks that never interlock;
partners who bring a family of their own stand at the ends of their sibship, and so do those who marry
kin. What still crosses after that is left to ``fewest`` and ``search``.
"""

from dataclasses import dataclass, field

from genoai_desktop.domain.person import Sex
from genoai_desktop.report.pedigree.graph import Graph

LEFT, RIGHT = -1, 1
Block = dict[int, list[str]]


@dataclass
class Choices:
    """What may be turned: children's order per couple, and a partner's side."""

    children: dict[int, list[str]] = field(default_factory=dict)
    side: dict[tuple[str, int], int] = field(default_factory=dict)


class Arranger:
    """Rows of one component from a set of choices."""

    def __init__(self, graph: Graph, root: int, people: list[str]) -> None:
        self.graph, self.root, self.people = graph, root, people
        self.claimed: dict[str, int] = {}
        """Whom the couple above places; everybody else is placed by a partner."""
        self.attached: dict[str, tuple[str, int]] = {}
        self.links: list[tuple[str, str, int]] = []
        self._closed: set[int] = set()
        self.choices = Choices()

    def rows(self, choices: Choices) -> Block:
        """People by row, left to right."""
        self.choices = choices
        self.claimed, self.attached, self.links = {}, {}, []
        self._closed = {self.root}
        self._done: set[int] = {self.root}
        self._placed: set[str] = set()
        partners = self.graph.couples[self.root].partners
        self._placed |= set(partners)
        self._home: dict[str, int] = {}
        self._outer: dict[str, int] = {}
        self._close(self.root)
        return self._whole(self._family(self.root, None, {}, 0))

    def _whole(self, block: Block) -> Block:
        """Everybody once: in tangled families somebody may be reached twice, or only through a loop."""
        seen: set[str] = set()
        made: Block = {}
        for row, people in block.items():
            fresh = [one for one in dict.fromkeys(people) if one not in seen]
            seen |= set(fresh)
            made[row] = fresh
        for person in self.people:
            if person not in seen:
                made.setdefault(self.graph.row[person], []).append(person)
        return made

    def _close(self, number: int) -> None:
        """Everybody below a couple hangs from their own parents, whoever marries them."""
        waiting = [number]
        while waiting:
            couple = self.graph.couples[waiting.pop()]
            for child in couple.children:
                if child not in self.claimed and child not in self._placed and child not in self.attached:
                    self.claimed[child] = self.graph.above[child]
                    fresh = [n for n in self.graph.of[child] if n not in self._closed]
                    self._closed |= set(fresh)
                    waiting += fresh

    def _family(self, number: int, entry: str | None, entry_block: Block, side: int) -> Block:
        left, right = self._oriented(number)
        before = self._half(left, LEFT, number) if self._first_here(left, number) else {}
        kids = self._sibship(number, entry, entry_block, side)
        outer_left, kids, outer_right = self._parted(kids, self.graph.row[left])
        if right is None:
            return joined(outer_left, before, kids, outer_right)
        after = self._half(right, RIGHT, number) if self._first_here(right, number) else {}
        return joined(outer_left, before, kids, after, outer_right)

    def _parted(self, kids: Block, row: int) -> tuple[Block, Block, Block]:
        """In-laws' parents stand outside of the couple above: (left of it, below it, right of it)."""
        left: Block = {}
        below: Block = {}
        right: Block = {}
        for at, people in kids.items():
            if at > row:
                below[at] = people
                continue
            for person in people:
                side = left if self._outer.get(person) == LEFT else right
                side.setdefault(at, []).append(person)
        return left, below, right

    def _first_here(self, person: str, number: int) -> bool:
        """Whether a partner stands with this couple and not elsewhere already."""
        if person in self.claimed or self._home.get(person, number) != number:
            self.links.append((person, self.graph.couples[number].other(person) or person, number))
            return False
        self._home[person] = number
        return True

    def _oriented(self, number: int) -> tuple[str, str | None]:
        partners = self.graph.couples[number].partners
        if len(partners) == 1:
            return partners[0], None
        first, second = partners
        members = self.graph.family.by_id
        swap = members[first].apparent is Sex.FEMALE and members[second].apparent is not Sex.FEMALE
        swap = swap or (members[second].apparent is Sex.MALE and members[first].apparent is not Sex.MALE)
        return (second, first) if swap else (first, second)

    def _half(self, person: str, side: int, used: int) -> Block:
        """A person at the inner end, with other partners and the parental family further out on ``side``."""
        self._placed.add(person)
        block: Block = {self.graph.row[person]: [person]}
        for number in self._nearest_first(person):
            if number != used and number not in self._done:
                block = self._beside(block, person, number, side)
        above = self.graph.above.get(person)
        if above is not None and above not in self._done and person not in self.claimed:
            self._done.add(above)
            self._closed.add(above)
            for partner in self.graph.couples[above].partners:
                if partner in self._placed:
                    self._home.setdefault(partner, -1)
                self._placed.add(partner)
            self._close(above)
            block = self._family(above, person, block, side)
            for row, people in block.items():
                if row < self.graph.row[person]:
                    self._outer.update(dict.fromkeys(people, side))
        return block

    def _beside(self, block: Block, person: str, number: int, side: int) -> Block:
        """One more partnership of ``person``, put outside of what is there."""
        self._done.add(number)
        self._closed.add(number)
        other = self.graph.couples[number].other(person)
        brings = other is not None and other not in self._placed and other not in self.claimed
        if brings and other is not None:
            self.attached[other] = (person, number)
            self._placed.add(other)
        elif other is not None:
            self.links.append((person, other, number))
        self._close(number)
        kids = self._sibship(number, None, {}, 0)
        left, kids, right = self._parted(kids, self.graph.row[person])
        partner = self._half(other, side, number) if brings and other is not None else {}
        if side == RIGHT:
            return joined(left, block, kids, partner, right)
        return joined(left, partner, kids, block, right)

    def _sibship(self, number: int, entry: str | None, entry_block: Block, side: int) -> Block:
        order = self.choices.children.get(number) or list(self.graph.couples[number].children)
        mine = [one for one in order if one != entry and self.claimed.get(one) == number]
        blocks = [self._cluster(child) for child in mine if child not in self._placed]
        if entry is not None:
            blocks = [*blocks, entry_block] if side == LEFT else [entry_block, *blocks]
        return joined(*blocks)

    def _cluster(self, person: str) -> Block:
        self._placed.add(person)
        block: Block = {self.graph.row[person]: [person]}
        todo = [number for number in self._nearest_first(person) if number not in self._done]
        for index, number in enumerate(todo):
            block = self._beside(block, person, number, self._side(person, number, index, len(todo)))
        return block

    def _nearest_first(self, person: str) -> list[int]:
        """Partnerships, those with somebody who has a family of their own last: they stand outermost."""
        graph = self.graph

        def far(number: int) -> bool:
            other = graph.couples[number].other(person)
            return other is not None and other in graph.above

        return sorted(graph.of[person], key=far)

    def _born_with(self, person: str) -> list[str]:
        """The person and their twins, in the order of the sibship."""
        twins = self.graph.family.twins_of(person)
        above = self.claimed.get(person)
        if twins is None or above is None:
            return [person]
        order = self.choices.children.get(above) or self.graph.couples[above].children
        return [one for one in order if one in twins.members]

    def _side(self, person: str, number: int, index: int, count: int) -> int:
        chosen = self.choices.side.get((person, number))
        if chosen is not None:
            return chosen
        both = self._born_with(person)
        if len(both) > 1 and person in (both[0], both[-1]):
            return LEFT if person == both[0] else RIGHT  # nobody stands between twins
        if count > 1:
            return LEFT if index == 0 else RIGHT
        return LEFT if self.graph.family.by_id[person].apparent is Sex.FEMALE else RIGHT


def joined(*blocks: Block) -> Block:
    """Blocks side by side."""
    made: Block = {}
    for block in blocks:
        for row, people in block.items():
            made.setdefault(row, []).extend(people)
    return made


def kept_order(rows: Block, like: Block) -> Block:
    """The rows with those who stand in the rows ``like`` in the same sequence.

    Whoever is new stands behind the one who stands before them in ``rows``.
    """
    before = {person: (row, place) for row, people in like.items() for place, person in enumerate(people)}
    made: Block = {}
    for row, people in rows.items():
        line = sorted((one for one in people if one in before), key=lambda one: before[one])
        for place, person in enumerate(people):
            if person not in before:
                line.insert(line.index(people[place - 1]) + 1 if place else 0, person)
        made[row] = line
    return made
