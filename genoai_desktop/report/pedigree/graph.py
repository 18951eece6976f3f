"""A family as a graph of couples: who is drawn under whom, and in which row."""

from collections import deque
from dataclasses import dataclass

from genoai_desktop.domain.family import Family


@dataclass(frozen=True, slots=True)
class Couple:
    """One or two people with the children drawn below them; a partnership may have none."""

    partners: tuple[str, ...]
    children: tuple[str, ...]

    def other(self, person: str) -> str | None:
        """The partner, None for a single parent."""
        return next((one for one in self.partners if one != person), None)


class Graph:
    """Couples, and for every person the couples they belong to and the one they hang from."""

    def __init__(self, family: Family) -> None:
        self.family = family
        keys: dict[frozenset[str], tuple[str, ...]] = {}
        children: dict[frozenset[str], list[str]] = {}
        for union in family.unions:
            keys.setdefault(frozenset(union.partners), union.partners)
        for member in family.members:
            parents = member.parents or member.adoptive
            if parents:
                key = frozenset(parents)
                keys.setdefault(key, tuple(parents))
                children.setdefault(key, []).append(member.id)
        self.couples = tuple(
            Couple(partners, _twins_together(family, children.get(key, []))) for key, partners in keys.items()
        )
        self.of: dict[str, list[int]] = {member.id: [] for member in family.members}
        self.above: dict[str, int] = {}
        for number, couple in enumerate(self.couples):
            for partner in couple.partners:
                self.of[partner].append(number)
            for child in couple.children:
                self.above[child] = number
        self.row = self._rows()

    def components(self) -> list[list[str]]:
        """People who hang together, in the order of the members."""
        found, seen = [], set()
        for member in self.family.members:
            if member.id in seen:
                continue
            part, waiting = [], deque([member.id])
            seen.add(member.id)
            while waiting:
                person = waiting.popleft()
                part.append(person)
                for other in self._near(person):
                    if other not in seen:
                        seen.add(other)
                        waiting.append(other)
            found.append(part)
        return found

    def _near(self, person: str) -> list[str]:
        numbers = [*self.of[person], *([self.above[person]] if person in self.above else [])]
        return [one for n in numbers for one in (*self.couples[n].partners, *self.couples[n].children)]

    def _rows(self) -> dict[str, int]:
        rows: dict[str, int] = {}
        for part in self.components():
            level = self._walked(part[0])
            if not self._fits(level):
                level = self._longest(part)
            top = min(level.values())
            rows |= {person: row - top for person, row in level.items()}
        return rows

    def _walked(self, start: str) -> dict[str, int]:
        """Generations by walking: parents one up, partners level, children one down."""
        level, waiting = {start: 0}, deque([start])
        while waiting:
            person = waiting.popleft()
            row = level[person]
            steps = [(one, row) for n in self.of[person] for one in self.couples[n].partners]
            steps += [(one, row + 1) for n in self.of[person] for one in self.couples[n].children]
            if person in self.above:
                steps += [(one, row - 1) for one in self.couples[self.above[person]].partners]
            for other, at in steps:
                if other not in level:
                    level[other] = at
                    waiting.append(other)
        return level

    def _fits(self, level: dict[str, int]) -> bool:
        for couple in self.couples:
            rows = {level[one] for one in couple.partners if one in level}
            if len(rows) > 1 or any(level[c] != next(iter(rows)) + 1 for c in couple.children if rows):
                return False
        return True

    def _longest(self, part: list[str]) -> dict[str, int]:
        """Rows where kin of different generations marry: the longest way down, then founders pulled down."""
        group = {person: person for person in part}

        def root(person: str) -> str:
            while group[person] != person:
                person = group[person]
            return person

        for couple in self.couples:
            if len(couple.partners) == 2 and couple.partners[0] in group:
                first, second = (root(one) for one in couple.partners)
                before = dict(group)
                group[second] = first
                if first != second and self._cyclic(part, root):
                    group.clear()
                    group.update(before)
        row = self._relaxed(part, root)
        return {person: row[root(person)] for person in part}

    def _edges(self, part: list[str], root: object) -> set[tuple[str, str]]:
        find = root if callable(root) else str
        members = set(part)
        return {
            (find(parent), find(child))
            for couple in self.couples
            for parent in couple.partners
            for child in couple.children
            if parent in members
        }

    def _cyclic(self, part: list[str], root: object) -> bool:
        edges = self._edges(part, root)
        below: dict[str, set[str]] = {}
        for parent, child in edges:
            below.setdefault(parent, set()).add(child)
        state: dict[str, int] = {}

        def visit(node: str) -> bool:
            state[node] = 1
            for other in below.get(node, ()):
                if state.get(other) == 1 or (other not in state and visit(other)):
                    return True
            state[node] = 2
            return False

        return any(node not in state and visit(node) for node in sorted(below))

    def _relaxed(self, part: list[str], root: object) -> dict[str, int]:
        edges = sorted(self._edges(part, root))
        find = root if callable(root) else str
        row = {find(person): 0 for person in part}
        for _ in row:
            changed = False
            for parent, child in edges:
                if row[child] < row[parent] + 1:
                    row[child], changed = row[parent] + 1, True
            if not changed:
                break
        hanging = {child for _, child in edges}
        for _ in row:
            changed = False
            for node, at in row.items():
                below = [row[child] for parent, child in edges if parent == node]
                if node not in hanging and below and at < min(below) - 1:
                    row[node], changed = min(below) - 1, True
            if not changed:
                break
        return row


def _twins_together(family: Family, children: list[str]) -> tuple[str, ...]:
    """Children in birth order, with twins side by side: by year where every year is known."""
    years = {child: family.by_id[child].birth_year for child in children}
    if None not in years.values():
        children = sorted(children, key=lambda child: years[child] or 0)
    order: list[str] = []
    for child in children:
        twins = family.twins_of(child)
        both = [one for one in twins.members if one in children] if twins else [child]
        order += [one for one in both if one not in order]
    return tuple(order)
