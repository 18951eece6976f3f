"""The family of a case as a pedigree draws it: members, partnerships, twins, conditions.

Words and symbols: Bennett et al., Practice resource-focused revision: standardized pedigree nomenclature
update centered on sex and gender inclusivity (NSGC), J Genet Couns 2022, doi:10.1002/jgc4.1621.
Ages in years, gestation in weeks. Members are kept in birth order within a sibship as far as known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from genoai_desktop.domain.person import Sex

MOST_CONDITIONS = 4
"""Conditions of one person that a symbol can show, one a quadrant."""


class Gender(StrEnum):
    """What the symbol's shape shows. ``NOT_STATED`` draws the sex assigned at birth."""

    NOT_STATED = "not stated"
    WOMAN = "woman"
    MAN = "man"
    NONBINARY = "nonbinary"


class Adoption(StrEnum):
    """Brackets around the symbol: adopted into this family, or out of it."""

    NO = "no"
    IN = "adopted in"
    OUT = "adopted out"


class Pregnancy(StrEnum):
    """A person not (or not yet) born."""

    NO = "no"
    ONGOING = "pregnancy"
    MISCARRIAGE = "miscarriage"
    STILLBIRTH = "stillbirth"
    TERMINATION = "termination"
    ECTOPIC = "ectopic"


LOSSES = frozenset({Pregnancy.MISCARRIAGE, Pregnancy.STILLBIRTH, Pregnancy.TERMINATION, Pregnancy.ECTOPIC})


class Donor(StrEnum):
    """Whose egg or sperm was given."""

    NO = "no"
    SPERM = "sperm donor"
    EGG = "egg donor"


class Childless(StrEnum):
    """No children, and why: one line below the symbol, two for infertility."""

    NO = "no"
    BY_CHOICE = "no children by choice or reason unknown"
    INFERTILE = "infertility"


class Zygosity(StrEnum):
    """Of twins and more."""

    IDENTICAL = "identical"
    FRATERNAL = "fraternal"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of this family. ``code``: of a vocabulary (``OMIM:114480``, CanRisk's ``BC1``)."""

    id: str
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """That a member has a condition; ``age`` at onset in years, None when not known."""

    condition: str
    age: float | None = None


@dataclass(frozen=True, slots=True)
class GeneResult:
    """A gene test: ``search`` of the whole gene, else of a known variant; P, N, HET or HOM."""

    gene: str
    search: bool
    result: str


@dataclass(frozen=True, slots=True)
class Member:
    """One individual. ``mother`` and ``father`` are the genetic parents (a donor may be one of them).

    ``sex`` is the sex assigned at birth; ``unassigned``: none was, which is more than its not being known.
    ``unaffected``: known not to have the studied condition.
    ``nudge``: sideways shift by hand, in drawing units. ``count``: how many people one symbol stands
    for, 0 when their number is not known. ``shares``: agreed that relatives see their details.
    ``history_unknown``: nothing is known of their blood family (an adopted person, a foundling).
    """

    id: str
    name: str = ""
    sex: Sex = Sex.UNKNOWN
    gender: Gender = Gender.NOT_STATED
    unassigned: bool = False
    mother: str | None = None
    father: str | None = None
    adoptive: tuple[str, ...] = ()
    gestated_by: str | None = None
    birth_year: int | None = None
    death_year: int | None = None
    age: float | None = None
    deceased: bool = False
    cause_of_death: str = ""
    diagnoses: tuple[Diagnosis, ...] = ()
    unaffected: bool = False
    carrier: bool = False
    presymptomatic: bool = False
    adopted: Adoption = Adoption.NO
    pregnancy: Pregnancy = Pregnancy.NO
    gestation: float | None = None
    donor: Donor = Donor.NO
    surrogate: bool = False
    evaluated: bool = False
    history_unknown: bool = False
    childless: Childless = Childless.NO
    sample: str | None = None
    count: int = 1
    note: str = ""
    tests: tuple[GeneResult, ...] = ()
    pathology: tuple[str, ...] = ()
    ashkenazi: bool = False
    shares: bool = False
    nudge: float = 0.0

    @property
    def parents(self) -> tuple[str, ...]:
        """Genetic parents who are in the pedigree, father first."""
        return tuple(parent for parent in (self.father, self.mother) if parent)

    @property
    def lost(self) -> bool:
        """A pregnancy that did not lead to a live birth."""
        return self.pregnancy in LOSSES

    @property
    def apparent(self) -> Sex:
        """The sex that the symbol's shape stands for: by gender where stated."""
        shapes = {Gender.WOMAN: Sex.FEMALE, Gender.MAN: Sex.MALE, Gender.NONBINARY: Sex.UNKNOWN}
        return shapes.get(self.gender, self.sex)

    def onset(self, condition: str) -> Diagnosis | None:
        """The diagnosis of that condition, if the member has it."""
        return next((one for one in self.diagnoses if one.condition == condition), None)


@dataclass(frozen=True, slots=True)
class Union:
    """A partnership. ``consanguineous``: stated without a common ancestor in the pedigree.

    ``note``: how such partners are related, as stated; written above their line.
    """

    partners: tuple[str, str]
    separated: bool = False
    consanguineous: bool = False
    childless: Childless = Childless.NO
    note: str = ""

    def other(self, person: str) -> str:
        """The partner of ``person``."""
        first, second = self.partners
        return second if person == first else first


@dataclass(frozen=True, slots=True)
class Twins:
    """Members born together."""

    members: tuple[str, ...]
    zygosity: Zygosity = Zygosity.UNKNOWN


@dataclass(frozen=True)
class Family:
    """A pedigree. ``factors``: risk factors of the consultand as CanRisk writes them (``menarche``...).

    ``studied``: the condition that the analyses ask about, the first one when empty.
    """

    members: tuple[Member, ...]
    proband: str
    consultand: str | None = None
    unions: tuple[Union, ...] = ()
    twins: tuple[Twins, ...] = ()
    conditions: tuple[Condition, ...] = ()
    studied: str = ""
    factors: tuple[tuple[str, str], ...] = ()
    title: str = ""

    @cached_property
    def by_id(self) -> dict[str, Member]:
        """Members by identifier."""
        return {member.id: member for member in self.members}

    @cached_property
    def children_of(self) -> dict[str, tuple[str, ...]]:
        """Genetic children by parent, in birth order."""
        found: dict[str, list[str]] = {}
        for member in self.members:
            for parent in member.parents:
                found.setdefault(parent, []).append(member.id)
        return {parent: tuple(children) for parent, children in found.items()}

    def member(self, person: str) -> Member:
        """The member of that identifier; KeyError when there is none."""
        return self.by_id[person]

    @property
    def condition_studied(self) -> Condition | None:
        """The condition the analyses ask about."""
        named = (one for one in self.conditions if one.id == self.studied)
        return next(named, self.conditions[0] if self.conditions else None)

    def condition(self, identifier: str) -> Condition:
        """The condition of that identifier; KeyError when there is none."""
        for one in self.conditions:
            if one.id == identifier:
                return one
        raise KeyError(identifier)

    def union_of(self, first: str, second: str) -> Union | None:
        """The stated partnership of two people."""
        pair = {first, second}
        return next((union for union in self.unions if set(union.partners) == pair), None)

    def partners(self, person: str) -> tuple[str, ...]:
        """Partners, stated or by a common child, in the order of the unions."""
        found = [union.other(person) for union in self.unions if person in union.partners]
        for child in self.children_of.get(person, ()):
            found += [parent for parent in self.by_id[child].parents if parent != person]
        return tuple(dict.fromkeys(found))

    def common_children(self, first: str, second: str | None) -> tuple[str, ...]:
        """Children of exactly these two; of ``first`` and nobody known when ``second`` is None."""
        wanted = {first} if second is None else {first, second}
        children = self.children_of.get(first, ())
        return tuple(child for child in children if set(self.by_id[child].parents) == wanted)

    def siblings(self, person: str) -> tuple[str, ...]:
        """Full siblings in birth order, without the person."""
        parents = self.by_id[person].parents
        if not parents:
            return ()
        shared = self.common_children(parents[0], parents[1] if len(parents) == 2 else None)
        return tuple(child for child in shared if child != person)

    def half_siblings(self, person: str) -> tuple[str, ...]:
        """Those who share exactly one known parent, where both know two."""
        mine = self.by_id[person].parents
        full = {person, *self.siblings(person)}
        found = (child for parent in mine for child in self.children_of.get(parent, ()))
        return tuple(dict.fromkeys(child for child in found if child not in full))

    def shape(self) -> "Family":
        """Only what decides where people stand: links, births, shapes of symbols, shifts by hand."""
        members = tuple(
            Member(
                one.id,
                sex=one.apparent,
                mother=one.mother,
                father=one.father,
                adoptive=one.adoptive,
                birth_year=one.birth_year,
                nudge=one.nudge,
            )
            for one in self.members
        )
        unions = tuple(Union(one.partners) for one in self.unions)
        return Family(members, self.members[0].id, unions=unions, twins=self.twins)

    def twins_of(self, person: str) -> Twins | None:
        """The set of twins that the person belongs to."""
        return next((twins for twins in self.twins if person in twins.members), None)


def ancestors(family: Family, person: str) -> frozenset[str]:
    """Genetic ancestors in the pedigree, without the person unless there is a cycle."""
    found: set[str] = set()
    waiting = list(family.by_id[person].parents)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            member = family.by_id.get(one)
            waiting += member.parents if member else ()
    return frozenset(found)


def fresh_id(taken: Iterable[str]) -> str:
    """A short identifier that nobody has yet."""
    known = set(taken)
    return next(f"P{number}" for number in range(1, len(known) + 2) if f"P{number}" not in known)
