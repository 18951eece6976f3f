"""Whether conditions on yes-or-no questions can all hold: a small solver that learns from conflicts.

Conflict-driven clause learning with two watched literals (Marques-Silva and Sakallah, IEEE Trans Comput 1999,
doi:10.1109/12.769433; Moskewicz et al., DAC 2001, doi:10.1145/378239.379017); variables of recent conflicts
are decided first. Deterministic: the same clauses in the same order always give the same answer.

Measured against compiled solvers on the same clauses (python-sat 1.9, MIT licence, wheels for the three
platforms), in seconds of processor time for the whole layout: ten families of 100 people 1.3 here, 0.7 with
Glucose 4, 0.8 with CaDiCaL 1.5.3, and the same fewest crossings proven for every one; six of 150 people 5.4,
1.5 and 1.6, with the same lower bounds. That is not worth a compiled dependency.

A literal is an even number for "yes" to a question and the odd number after it for "no"; ``literal ^ 1`` is
the opposite.
"""

from collections.abc import Callable, Iterable, Sequence

NO, YES, OPEN = 0, 1, 2
RESTART = 60
"""Conflicts before the solver begins again with what it has learnt."""
CROWD = 8
"""How many times its size the queue of decisions may grow before it is cleared of old entries."""


class Solver:
    """Clauses, and an answer to each question once ``solve`` has returned True."""

    def __init__(self, pause: Callable[[], None] = lambda: None) -> None:
        self.value: list[int] = []
        """By literal: NO, YES or OPEN."""
        self.work = 0
        """Clauses looked at so far: a measure of effort that is the same on every machine."""
        self.core: list[int] = []
        """After a refusal: the assumptions that cannot hold together."""
        self._pause = pause
        self._watch: list[list[list[int]]] = []
        self._level: list[int] = []
        self._reason: list[list[int] | None] = []
        self._likely: list[bool] = []
        self._stamp: list[int] = []
        self._queue: list[tuple[int, int]] = []
        self._top = self._head = self._clock = self._conflicts = 0
        self._trail: list[int] = []
        self._ends: list[int] = []
        self._possible = True

    def question(self, likely: bool = True) -> int:
        """A new question's "yes"; ``likely``: the answer to try first."""
        number = len(self._level)
        self.value += [OPEN, OPEN]
        self._watch += [[], []]
        self._level.append(0)
        self._reason.append(None)
        self._likely.append(likely)
        self._stamp.append(0)
        self._move_up(number)
        return 2 * number

    def add(self, literals: Iterable[int]) -> None:
        """At least one of these holds."""
        self._back(0)
        clause = list(dict.fromkeys(literals))
        if any(self.value[one] == YES or one ^ 1 in clause for one in clause):
            return
        clause = [one for one in clause if self.value[one] == OPEN]
        if len(clause) > 1:
            self._attach(clause)
        elif clause:
            self._hold(clause[0], None)
            self._possible = self._propagated() is None and self._possible
        else:
            self._possible = False

    def same(self, one: int, two: int, *, unless: Sequence[int] = ()) -> None:
        """Both hold or neither does, unless one of the others holds."""
        if one != two:
            self.add([*unless, one ^ 1, two])
            self.add([*unless, one, two ^ 1])

    def solve(self, assumed: Sequence[int] = (), most: float = float("inf")) -> bool | None:
        """Whether everything can hold with the assumptions; None when ``most`` work was not enough."""
        self._pause()
        self._back(0)
        self.core = []
        limit, restart = self.work + most, self._conflicts + RESTART
        known = frozenset(assumed)
        while self._possible:
            conflict = self._propagated()
            if conflict is not None:
                if not self._ends:
                    self._possible = False
                    break
                self._taught(conflict)
                if self.work > limit:
                    return None
                if self._conflicts >= restart:
                    self._pause()
                    restart = self._conflicts + RESTART
                    self._back(0)
            elif len(self._ends) < len(assumed):
                next_one = assumed[len(self._ends)]
                if self.value[next_one] == NO:
                    self.core = self._blamed(next_one, known)
                    return False
                self._decide(next_one)
            else:
                number = self._undecided()
                if number is None:
                    return True
                self._decide(2 * number + (not self._likely[number]))
        return False

    def _attach(self, clause: list[int]) -> None:
        self._watch[clause[0]].append(clause)
        self._watch[clause[1]].append(clause)

    def _decide(self, literal: int) -> None:
        self._ends.append(len(self._trail))
        if self.value[literal] == OPEN:
            self._hold(literal, None)

    def _hold(self, literal: int, reason: list[int] | None) -> None:
        self.value[literal], self.value[literal ^ 1] = YES, NO
        number = literal >> 1
        self._level[number], self._reason[number] = len(self._ends), reason
        self._trail.append(literal)

    def _propagated(self) -> list[int] | None:
        """Follow every clause with one literal left; the clause that has none, if there is one."""
        value, watch, trail = self.value, self._watch, self._trail
        while self._head < len(trail):
            false = trail[self._head] ^ 1
            self._head += 1
            watching = watch[false]
            self.work += len(watching)
            kept: list[list[int]] = []
            for number, clause in enumerate(watching):
                if clause[0] == false:
                    clause[0], clause[1] = clause[1], false
                first = clause[0]
                if value[first] == YES or not _watched_elsewhere(clause, value, watch):
                    kept.append(clause)
                    if value[first] == NO:
                        watch[false] = kept + watching[number + 1 :]
                        self._head = len(trail)
                        return clause
                    if value[first] == OPEN:
                        self._hold(first, clause)
            watch[false] = kept
        return None

    def _back(self, level: int) -> None:
        if len(self._ends) > level:
            at = self._ends[level]
            for literal in self._trail[at:]:
                self.value[literal] = self.value[literal ^ 1] = OPEN
                self._likely[literal >> 1] = not literal & 1
            del self._trail[at:]
            del self._ends[level:]
            self._head = at
            self._top = len(self._queue) - 1

    def _taught(self, conflict: list[int]) -> None:
        """Learn a clause from a conflict, go back to where it would have applied, and apply it."""
        self._conflicts += 1
        clause = self._learnt(conflict)
        levels = [self._level[one >> 1] for one in clause]
        self._back(max(levels[1:], default=0))
        if len(clause) > 1:
            deepest = levels.index(max(levels[1:]), 1)
            clause[1], clause[deepest] = clause[deepest], clause[1]
            self._attach(clause)
            self._hold(clause[0], clause)
        else:
            self._hold(clause[0], None)

    def _learnt(self, conflict: list[int]) -> list[int]:
        """The clause of the first unique implication point; its literal of the last decision comes first."""
        here, seen, earlier = len(self._ends), set[int](), list[int]()
        clause, pending, at = conflict, 0, len(self._trail)
        while True:
            for literal in clause:
                number = literal >> 1
                if number not in seen and self._level[number] > 0:
                    seen.add(number)
                    if self._level[number] == here:
                        pending += 1
                    else:
                        earlier.append(literal)
            at -= 1
            while self._trail[at] >> 1 not in seen:
                at -= 1
            pending -= 1
            if not pending:
                break
            clause = self._reason[self._trail[at] >> 1] or []
        for number in sorted(seen, key=lambda one: self._stamp[one]):
            self._move_up(number)
        return [self._trail[at] ^ 1, *(one for one in earlier if not self._implied(one, seen))]

    def _implied(self, literal: int, seen: set[int]) -> bool:
        """Whether the other literals of the learnt clause already say so."""
        reason = self._reason[literal >> 1]
        return reason is not None and all(one >> 1 in seen or self._level[one >> 1] == 0 for one in reason)

    def _move_up(self, number: int) -> None:
        self._clock += 1
        self._stamp[number] = self._clock
        self._queue.append((self._clock, number))
        if len(self._queue) > CROWD * len(self._level):
            self._queue = [(stamp, one) for stamp, one in self._queue if self._stamp[one] == stamp]
        self._top = len(self._queue) - 1

    def _undecided(self) -> int | None:
        while self._top >= 0:
            stamp, number = self._queue[self._top]
            if self._stamp[number] == stamp and self.value[2 * number] == OPEN:
                return number
            self._top -= 1
        return None

    def _blamed(self, refused: int, assumed: frozenset[int]) -> list[int]:
        """The assumptions that together refuse this one, itself included."""
        seen, core = {refused >> 1}, [refused]
        for literal in reversed(self._trail):
            number = literal >> 1
            if number in seen and self._level[number] > 0:
                reason = self._reason[number]
                if reason is not None:
                    seen.update(one >> 1 for one in reason)
                elif literal != refused and literal in assumed:
                    core.append(literal)
        return core


def _watched_elsewhere(clause: list[int], value: list[int], watch: list[list[list[int]]]) -> bool:
    """Watch another literal that is not refused, in place of the second; False when there is none."""
    for place in range(2, len(clause)):
        literal = clause[place]
        if value[literal]:
            clause[1], clause[place] = literal, clause[1]
            watch[literal].append(clause)
            return True
    return False
