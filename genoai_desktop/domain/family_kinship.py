"""How two members of a pedigree are related by blood: kinship, degree and words."""

from dataclasses import dataclass
from math import log2

from genoai_desktop.domain.family import Family, Union
from genoai_desktop.domain.text import tr


@dataclass(frozen=True, slots=True)
class Relationship:
    """``kinship``: probability that alleles drawn from both are alike by descent; ``degree``: 1 parent..."""

    kinship: float
    degree: int
    words: str


class Kinships:
    """Kinship coefficients of one family, each computed once (Malécot's recursion)."""

    def __init__(self, family: Family) -> None:
        self._family = family
        self._depth = _depths(family)
        self._known: dict[tuple[str, str], float] = {}

    def of(self, first: str, second: str) -> float:
        """The coefficient of two members."""
        if (self._depth[first], first) < (self._depth[second], second):
            first, second = second, first
        key = (first, second)
        if key not in self._known:
            self._known[key] = self._compute(first, second)
        return self._known[key]

    def _compute(self, deeper: str, other: str) -> float:
        parents = self._family.by_id[deeper].parents
        if deeper == other:
            return 0.5 + (0.5 * self.of(*parents) if len(parents) == 2 else 0.0)
        return sum(0.5 * self.of(parent, other) for parent in parents)


def relationship(family: Family, first: str, second: str) -> Relationship | None:
    """How two people are related by blood in this pedigree; None when they are not."""
    shared = Kinships(family).of(first, second)
    if shared <= 0 or first == second:
        return None
    degree = max(1, round(-log2(2 * shared)))
    return Relationship(shared, degree, _words(family, first, second, degree))


def consanguineous(family: Family, union: Union, kinships: Kinships | None = None) -> bool:
    """Whether a double line is due: stated, or the tree shows a common ancestor."""
    return union.consanguineous or (kinships or Kinships(family)).of(*union.partners) > 0


def _depths(family: Family) -> dict[str, int]:
    """Longest way up to a founder; the family has no cycles."""
    found: dict[str, int] = {}

    def depth(person: str) -> int:
        if person not in found:
            parents = family.by_id[person].parents
            found[person] = 1 + max(map(depth, parents)) if parents else 0
        return found[person]

    for member in family.members:
        depth(member.id)
    return found


def _up(family: Family, person: str) -> dict[str, int]:
    """Every ancestor, and the person, with the shortest number of steps up."""
    found, level, steps = {person: 0}, [person], 0
    while level:
        steps += 1
        level = [parent for one in level for parent in family.by_id[one].parents if parent not in found]
        found.update(dict.fromkeys(level, steps))
    return found


def _words(family: Family, first: str, second: str, degree: int) -> str:
    one, two = _up(family, first), _up(family, second)
    nearest = min(one[who] + two[who] for who in one if who in two)
    common = [who for who in one if who in two and one[who] + two[who] == nearest]
    near, far = sorted((one[common[0]], two[common[0]]))
    steps = (near, far)
    half = len(common) == 1 and steps[0] > 0
    named = {
        (0, 1): tr("parent and child"),
        (0, 2): tr("grandparent and grandchild"),
        (1, 1): tr("half-siblings") if half else tr("siblings"),
        (1, 2): tr("half-uncle or half-aunt") if half else tr("uncle or aunt and niece or nephew"),
        (2, 2): tr("half first cousins") if half else tr("first cousins"),
        (2, 3): tr("first cousins once removed"),
        (3, 3): tr("half second cousins") if half else tr("second cousins"),
        (3, 4): tr("second cousins once removed"),
        (4, 4): tr("third cousins"),
    }
    double = steps == (2, 2) and len(common) == 4
    return (
        tr("double first cousins")
        if double
        else named.get(steps, tr("blood relatives of degree {degree}", degree=degree))
    )
