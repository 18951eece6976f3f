"""The order of people in each row: no line crosses another where it need not.

A tree of couples is walked from its oldest couple and put together from blocks that never interlock;
partners who bring a family of their own stand at the ends of their sibship, and so do those who marry
kin. What still crosses after that is left to ``search``.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from genoai_desktop.domain.person import Sex
from genoai_desktop.report.pedigree.crossing import Counter
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


def first_rows(graph: Graph, part: list[str], counter: Counter) -> Block:
    """The rows of one component as the tree of couples has them; a search may still better them."""
    numbers = [n for n, couple in enumerate(graph.couples) if couple.partners[0] in set(part)]
    if not numbers:
        return {graph.row[part[0]]: [part[0]]}
    arranger = Arranger(graph, _root(graph, numbers), part)
    plain = arranger.rows(Choices())
    wished = arranger.rows(_wished(graph, arranger))
    return min((wished, plain), key=lambda rows: counter.count(counter.order_of(rows)).crossings)


def _born_together(graph: Graph, first: str, second: str) -> bool:
    twins = graph.family.twins_of(second)
    return first == second or (twins is not None and first in twins.members)


def _root(graph: Graph, numbers: list[int]) -> int:
    """The couple with most descendants among those in the top rows without parents."""

    def below(number: int) -> int:
        seen: set[str] = set()
        waiting = [number]
        while waiting:
            for child in graph.couples[waiting.pop()].children:
                if child not in seen:
                    seen.add(child)
                    waiting += graph.of[child]
        return len(seen)

    free = [n for n in numbers if not any(one in graph.above for one in graph.couples[n].partners)]
    candidates = free or numbers
    return max(candidates, key=lambda n: (below(n), -graph.row[graph.couples[n].partners[0]], -n))


def _wished(graph: Graph, arranger: Arranger) -> Choices:
    """Those who marry kin, or somebody with a family of their own, to the ends of their sibship."""
    wishes: dict[str, int] = {}
    choices = Choices()
    for first, second, number in arranger.links:
        one, two = _path(graph, arranger, first), _path(graph, arranger, second)
        forked = ""
        while one and two and one[0] == two[0]:
            forked, one, two = one[0], one[1:], two[1:]
        if one and two and arranger.claimed.get(one[0]) != arranger.claimed.get(two[0]):
            wishes = {one[0]: RIGHT, two[0]: LEFT} | wishes  # half-kin: two partnerships of one person
            for kin, side in ((one[0], LEFT), (two[0], RIGHT)):
                choices.side.setdefault((forked, arranger.claimed.get(kin, -1)), side)
        wishes = dict.fromkeys(one[1:], RIGHT) | dict.fromkeys(two[1:], LEFT) | wishes
        for path, side in ((one, RIGHT), (two, LEFT)):
            _turned(graph, arranger, choices, path, side)
        _only_there(graph, choices, first, number, RIGHT)
        _only_there(graph, choices, second, number, LEFT)
        if one and two:
            _next_to(graph, choices, arranger, one[0], two[0])
    for person, (host, number) in arranger.attached.items():
        if person not in graph.above:
            continue
        male = graph.family.by_id[person].apparent is Sex.MALE
        path = _path(graph, arranger, host)
        natural = LEFT if male else RIGHT
        free = [s for s in (natural, -natural) if all(wishes.get(kin, s) == s for kin in path)]
        side = free[0] if free else natural
        wishes = dict.fromkeys(path, side) | wishes
        if host in arranger.claimed:
            choices.side[host, number] = side
    for person, side in wishes.items():
        number_above = arranger.claimed.get(person)
        if number_above is None:
            continue
        order = choices.children.get(number_above) or list(graph.couples[number_above].children)
        both = [one for one in order if _born_together(graph, one, person)]
        rest = [one for one in order if one not in both]
        both = sorted(both, key=lambda one: (one == person) == (side == RIGHT))
        choices.children[number_above] = [*rest, *both] if side == RIGHT else [*both, *rest]
    return choices


def _turned(graph: Graph, arranger: Arranger, choices: Choices, path: list[str], side: int) -> None:
    """Along a path down to somebody who marries kin, the partnership that leads there on that side."""
    for person, child in pairwise(path):
        number = arranger.claimed.get(child)
        if number is not None and person in graph.couples[number].partners:
            _only_there(graph, choices, person, number, side)


def _only_there(graph: Graph, choices: Choices, person: str, number: int, side: int) -> None:
    """That partnership on one side, every other of the person on the other."""
    for other in graph.of[person]:
        choices.side.setdefault((person, other), side if other == number else -side)


def _next_to(graph: Graph, choices: Choices, arranger: Arranger, first: str, second: str) -> None:
    """Two children of one couple side by side, ``first`` left."""
    number = arranger.claimed.get(first)
    if number is None or arranger.claimed.get(second) != number:
        return
    order = choices.children.get(number) or list(graph.couples[number].children)
    rest = [one for one in order if one not in (first, second)]
    place = min(order.index(first), order.index(second))
    choices.children[number] = [*rest[:place], first, second, *rest[place:]]


def _path(graph: Graph, arranger: Arranger, person: str) -> list[str]:
    """The people above somebody in the tree of blocks, oldest first, the person last."""
    path = [person]
    seen = {person}
    while True:
        current = path[0]
        if current in arranger.claimed:
            partners = graph.couples[arranger.claimed[current]].partners
            above = next((one for one in partners if one in arranger.claimed), partners[0])
        elif current in arranger.attached:
            above = arranger.attached[current][0]
        else:
            return path
        if above in seen:
            return path
        seen.add(above)
        path.insert(0, above)
