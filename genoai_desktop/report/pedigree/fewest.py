"""The fewest crossings there can be, proven, and an order that has them.

Every crossing that could be is first wanted away. Where the solver shows that some of them cannot all be
away together, one must be accepted: which one stays open (core-guided maximum satisfiability, PMRES:
Narodytska and Bacchus, AAAI 2014, doi:10.1609/aaai.v28i1.9124). The number accepted is a lower bound at any
moment and the minimum in the end.

Among the orders with the fewest crossings the wishes then decide, one after the other. Crossings come before
the order of birth: nomenclature asks for siblings by birth from left to right and for the man's side on the
left only where possible (Bennett et al., Am J Hum Genet 1995;56:745-752; J Genet Couns 2008,
doi:10.1007/s10897-008-9169-9), and it has no symbol for lines that cross by choice. Nobody is drawn twice:
it has no symbol for that either.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.text import tr
from genoai_desktop.report.pedigree.planar import Planarity

QUIET = 200_000
"""Work before anything is said of it: a moment that nobody waits for."""
SMALLER = 20_000
"""Work spent on each try to name fewer crossings that cannot all be away."""


class Fewest:
    """Crossings accepted so far for one component."""

    def __init__(self, planarity: Planarity) -> None:
        self.planarity, self.solver = planarity, planarity.solver
        self.wanted = list(planarity.wanted)
        self.bound = 0
        """There are at least so many crossings in every order."""

    def found(self, upper: int, most: float, context: Context) -> bool | None:
        """Whether an order with fewer than ``upper`` crossings exists; None: ``most`` work was not enough.

        True: ``planarity.order()`` has ``bound`` crossings, and no order has fewer.
        """
        limit = self.solver.work + most
        while self.bound < upper:
            if self.solver.work > QUIET:
                context.report(tr("Looking for fewer crossing lines"), self.bound / upper)
            answer = self.planarity.solve(self.wanted, limit - self.solver.work)
            if answer is not False:
                return answer
            self._accept(self._smaller(self.solver.core))
            if self.solver.work > limit:
                return None
        return False

    def somehow(self) -> None:
        """An order soon, with few crossings, perhaps not the fewest: each refusal costs one wish."""
        while not self.planarity.solve(self.wanted):
            given_up = self.solver.core[0]
            self.wanted.remove(given_up)
            self.wanted += self.planarity.refine(given_up)

    def tidied(self, wishes: Sequence[int], most: float) -> dict[int, list[str]]:
        """After ``found``: the order that has as many of the wishes as can be, the first ones first."""
        limit = self.solver.work + most
        best, kept = self.planarity.order(), list(wishes)
        while self.solver.work < limit:
            answer = self.planarity.solve([*self.wanted, *kept], limit - self.solver.work)
            if answer is None:
                break
            if answer:
                return self.planarity.order()
            refused = set(self.solver.core)
            kept.remove(next(one for one in reversed(kept) if one in refused))
        return best

    def _smaller(self, core: list[int]) -> list[int]:
        """As few as show it: each is left out where the others cannot be away without it."""
        place = 0
        while place < len(core) and len(core) > 1:
            rest = core[:place] + core[place + 1 :]
            if self.solver.solve(rest, SMALLER) is False:
                refused = set(self.solver.core)
                core = [one for one in rest if one in refused]
            else:
                place += 1
        return core

    def _accept(self, core: list[int]) -> None:
        """One of these crossings is there; that two of them are is the next thing to want away."""
        self.bound += 1
        refused = set(core)
        self.wanted = [one for one in self.wanted if one not in refused]
        self.solver.add(one ^ 1 for one in core)
        later = core[-1]
        for literal in reversed(core[:-1]):
            either = self.solver.question()
            self.solver.add([either ^ 1, literal, later])
            self.solver.add([either, literal ^ 1])
            self.solver.add([either, later ^ 1])
            self.wanted.append(either)
            later = self._both(literal, later) if literal != core[0] else later
        for literal in core:
            self.wanted += self.planarity.refine(literal)

    def _both(self, one: int, two: int) -> int:
        literal = self.solver.question()
        self.solver.add([literal ^ 1, one])
        self.solver.add([literal ^ 1, two])
        self.solver.add([literal, one ^ 1, two ^ 1])
        return literal


def wishes(planarity: Planarity, reference: Mapping[int, Sequence[str]]) -> list[int]:
    """What is wished beside few crossings, the most important first.

    A person stands between two partners; where both partners bring a family, the man's is on the left;
    siblings stand by birth; of other partners the man stands left; else everybody stands as in ``reference``.
    """
    found = [
        *_between_two(planarity),
        *_man_left(planarity, brought=True),
        *_by_birth(planarity),
        *_man_left(planarity, brought=False),
    ]
    for row in sorted(reference):
        here = [one for one in reference[row] if one not in planarity.beside]
        found += [planarity.left(one, two) for one, two in pairwise(here)]
    return list(dict.fromkeys(one for one in found if one is not None))


def _between_two(planarity: Planarity) -> Iterator[int | None]:
    graph, solver = planarity.graph, planarity.solver
    for person, numbers in graph.of.items():
        others = [other for n in numbers if (other := graph.couples[n].other(person)) is not None]
        if len(others) == 2 and person not in planarity.beside:
            one, two = (planarity.left(person, other) for other in others)
            if one is not None and two is not None:
                wish = solver.question()
                solver.same(one, two ^ 1, unless=(wish ^ 1,))
                yield wish


def _man_left(planarity: Planarity, *, brought: bool) -> Iterator[int | None]:
    graph, members = planarity.graph, planarity.graph.family.by_id
    for couple in graph.couples:
        sexes = {members[one].apparent: one for one in couple.partners}
        both = {Sex.MALE, Sex.FEMALE} <= set(sexes)
        if both and brought == all(one in graph.above for one in couple.partners):
            yield planarity.left(sexes[Sex.MALE], sexes[Sex.FEMALE])


def _by_birth(planarity: Planarity) -> Iterator[int | None]:
    for couple in planarity.graph.couples:
        for older, younger in pairwise(couple.children):
            yield planarity.left(older, younger)
