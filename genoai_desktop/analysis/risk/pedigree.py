"""Exact genotype and disease probabilities for every member of a pedigree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from genoai_desktop.analysis.risk.elimination import Array, Factor, marginals, min_fill_order
from genoai_desktop.analysis.risk.inheritance import MOSAIC, Inherits, Mode
from genoai_desktop.analysis.risk.phenotype import GeneTest, Penetrance, result_likelihood
from genoai_desktop.domain.case import Affected, Sex
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr


@dataclass(frozen=True, slots=True)
class Member:
    """One person. ``twin``: equal labels mark identical twins. ``onset``: age at diagnosis in years.

    Half-siblings share one parent; a missing second parent becomes an unknown founder.
    """

    id: str
    mother: str | None = None
    father: str | None = None
    sex: Sex = Sex.UNKNOWN
    affected: Affected = Affected.UNKNOWN
    age: float | None = None
    onset: float | None = None
    tests: tuple[GeneTest, ...] = ()
    twin: str | None = None
    deceased: bool = False
    weight: tuple[float, ...] | None = None
    """Further evidence, P(it | state) for each state, for models with phenotypes of their own."""


@dataclass(frozen=True, slots=True)
class Model:
    """Genetics and penetrance of one condition."""

    genetics: Inherits
    penetrance: Penetrance


@dataclass(frozen=True, slots=True)
class Posterior:
    """P(state) of every member given all evidence; natural log of the evidence's probability."""

    genotypes: Mapping[str, Array]
    log_likelihood: float
    mode: Mode

    def carrier(self, person: str) -> float:
        """Recessive: exactly one copy; every other mode: at least one copy."""
        states = self.genotypes[person]
        if self.mode is Mode.RECESSIVE:
            return float(states[1])
        return float(states[1:MOSAIC].sum())


class Network:
    """A pedigree as factors, its order found once, so that further evidence is cheap to add."""

    def __init__(self, members: Sequence[Member], model: Model) -> None:
        self.model = model
        self.members = _complete(members)
        self._index = {}
        self._representative: list[Member] = []
        twins: dict[str, int] = {}
        for member in self.members:
            known = twins.get(member.twin) if member.twin else None
            if known is None:
                known = len(self._representative)
                self._representative.append(member)
                if member.twin:
                    twins[member.twin] = known
            self._index[member.id] = known
        self._structure = [self._origin(number, member) for number, member in enumerate(self._representative)]
        self._sizes = [model.genetics.states] * len(self._representative)
        self._order = min_fill_order(self._sizes, [factor.scope for factor in self._structure])
        self._evidence = [self._likelihood(member) for member in self.members]

    def posterior(self, extra: Mapping[str, Array] | None = None) -> Posterior:
        """Probabilities given all evidence, and what ``extra`` adds: person to P(evidence | state).

        Raises:
            UserError: ``risk.impossible`` or ``risk.too-tangled``.
        """
        factors = self._structure + self._evidence
        for person, table in (extra or {}).items():
            factors.append(Factor((self._index[person],), table))
        found = marginals(self._sizes, factors, self._order)
        values = {member.id: found.values[self._index[member.id]] for member in self.members}
        return Posterior(values, found.log_likelihood, self.model.genetics.mode)

    def _origin(self, number: int, member: Member) -> Factor:
        genetics = self.model.genetics
        if member.mother is None or member.father is None:
            return Factor((number,), genetics.founder(member.sex))
        mother, father = self._index.get(member.mother), self._index.get(member.father)
        if mother is None or father is None:  # twins' parents come later in the list
            raise AssertionError("members are ordered parents first")
        if mother == father:
            raise _refuse(tr("A person's two parents are the same person."), "mother")
        return Factor((number, mother, father), genetics.transmission(member.sex))

    def _likelihood(self, member: Member) -> Factor:
        states = self.model.genetics.states
        table = self.model.penetrance.likelihood(
            member.affected, member.sex, member.age, member.onset, states
        )
        for test in member.tests:
            table = table * result_likelihood(test, self.model.genetics)
        if member.weight is not None:
            table = table * np.array(member.weight)
        return Factor((self._index[member.id],), table)


def posterior(members: Sequence[Member], model: Model) -> Posterior:
    """Genotype probabilities of every member, given everybody's health and test results.

    Raises:
        UserError: a pedigree that cannot be (``where`` names the field), or contradictory evidence.
    """
    return Network(members, model).posterior()


def disease_risk(member: Member, states: Array, model: Model, until: float) -> float:
    """P(affected by age ``until`` | not affected at the present age), 0..1, over the genotype posterior."""
    now = member.age or 0.0
    copies = [0 if state == MOSAIC else state for state in range(len(states))]
    cumulative = model.penetrance.cumulative
    chances = []
    for n in copies:
        free = 1 - cumulative(n, member.sex, now)
        by = cumulative(n, member.sex, until) - cumulative(n, member.sex, now)
        chances.append(by / free if free > 0 else 1.0)
    return float(np.dot(states, chances))


def risks_by_age(
    members: Sequence[Member], found: Posterior, model: Model, ages: Sequence[float]
) -> dict[str, tuple[tuple[float, float], ...]]:
    """(age, P(affected by then | healthy now)) of every unaffected member, for ages still ahead."""
    return {
        member.id: tuple(
            (age, disease_risk(member, found.genotypes[member.id], model, age))
            for age in ages
            if age > (member.age or 0)
        )
        for member in members
        if member.affected is not Affected.YES and not member.deceased
    }


def child_states(mother: Array, father: Array, genetics: Inherits, sex: Sex) -> Array:
    """Genotype distribution of a future child of two unrelated people with these posteriors."""
    result: Array = np.einsum("cmf,m,f->c", genetics.transmission(sex), mother, father)
    return result


def _complete(members: Sequence[Member]) -> list[Member]:
    """Add unknown founders for missing parents; order parents before children; refuse nonsense."""
    known: dict[str, Member] = {}
    for member in members:
        if member.id in known:
            raise _refuse(tr("A person appears twice in the pedigree."), "id")
        _check_age(member)
        known[member.id] = member
    for member in list(known.values()):
        parents = {"mother": member.mother, "father": member.father}
        if (member.mother is None) == (member.father is None):
            missing = None
        else:
            missing = "mother" if member.mother is None else "father"
            parents[missing] = f"?{missing} of {member.id}"
            sex = Sex.FEMALE if missing == "mother" else Sex.MALE
            known[parents[missing] or ""] = Member(parents[missing] or "", sex=sex)
        for role, parent in parents.items():
            if parent is not None and parent not in known:
                raise _refuse(tr("A parent is not in the pedigree."), role)
            wrong = Sex.MALE if role == "mother" else Sex.FEMALE
            if parent is not None and known[parent].sex is wrong:
                raise _refuse(tr("A parent's sex does not fit."), role)
        known[member.id] = replace(member, mother=parents["mother"], father=parents["father"])
    return _parents_first(known)


def _check_age(member: Member) -> None:
    for name, value in (("age", member.age), ("onset", member.onset)):
        if value is not None and not 0 <= value <= 130:
            raise _refuse(tr("An age must be 0 to 130 years."), name)
    if member.age is not None and member.onset is not None and member.onset > member.age:
        raise _refuse(tr("The age at onset is later than the present age."), "onset")


def _parents_first(known: dict[str, Member]) -> list[Member]:
    state: dict[str, int] = {}
    ordered: list[Member] = []
    for start in known:
        stack = [start]
        while stack:
            person = stack[-1]
            if state.get(person) == 2:
                stack.pop()
                continue
            waiting = [p for p in (known[person].mother, known[person].father) if p and state.get(p) != 2]
            if any(state.get(p) == 1 for p in waiting):
                raise _refuse(tr("A person is their own ancestor."), "mother")
            if waiting:
                state[person] = 1
                stack.extend(waiting)
            else:
                state[person] = 2
                ordered.append(known[person])
                stack.pop()
    return ordered


def _refuse(what: str, field: str) -> UserError:
    return UserError(
        what, where=field, remedy=tr("Correct this field of the pedigree."), code="risk.pedigree"
    )
