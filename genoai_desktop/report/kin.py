"""How two members of a pedigree are related, and what chance follows from Mendel's rules."""

from dataclasses import dataclass
from enum import StrEnum

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family import Zygosity
from genoai_desktop.domain.text import later, tr
from genoai_desktop.report.outcome import Mode


class Relation(StrEnum):
    """What a relative is to the proband."""

    IDENTICAL_TWIN = later("identical twin")
    PARENT = later("parent")
    CHILD = later("child")
    SIBLING = later("brother or sister")
    HALF_SIBLING = later("half-brother or half-sister")
    SIBLING_OR_HALF = later("full or half-brother or -sister: one parent is not known")
    GRANDPARENT = later("grandparent")
    GRANDCHILD = later("grandchild")
    AUNT_UNCLE = later("aunt or uncle")
    NIECE_NEPHEW = later("niece or nephew")
    OTHER = later("other blood relative")
    NONE = later("not related by blood")


@dataclass(frozen=True, slots=True)
class Kin:
    """One relative: the relation, and the share of genes that both inherited from one ancestor (0..1).

    ``shared`` is twice the kinship coefficient: 1 in identical twins, 0.5 in first, 0.25 in second degree;
    of whoever descends from the proband's identical twin as of the proband's own descendants.
    """

    person: str
    relation: Relation
    shared: float
    descends: bool = False
    """From the proband, or from the proband's identical twin."""
    parent: str = ""
    """``mother`` or ``father`` of the proband."""


def relatives(case: Case) -> tuple[Kin, ...]:
    """Everyone else of the case, closest first."""
    found = [kin(case, person.id) for person in case.persons if person.id != case.proband]
    return tuple(sorted(found, key=lambda one: (-one.shared, one.person)))


def kin(case: Case, person: str) -> Kin:
    """How ``person`` is related to the proband; KeyError when the case does not have that person.

    Raises:
        UserError: somebody is their own ancestor.
    """
    case.person(person)
    if any(one.id in _ancestors(case, one.id) for one in case.persons):
        raise UserError(
            tr("In this pedigree somebody is their own ancestor."),
            remedy=tr("Correct the parents in the pedigree."),
        )
    twins = identical(case, case.proband)
    if person in twins:
        return Kin(person, Relation.IDENTICAL_TWIN, 1.0)
    relation = _relation(case, case.proband, person)
    descends = bool({case.proband, *twins} & _ancestors(case, person))
    shared = min(1.0, 2 * _kinship(case, case.proband, person))
    if relation is Relation.SIBLING_OR_HALF:  # the most that it can be
        shared = max(shared, 0.5)
    roles = {case.index.mother: "mother", case.index.father: "father"}
    return Kin(person, relation, shared, descends, roles.get(person, ""))


def identical(case: Case, person: str) -> frozenset[str]:
    """The person's identical twins, as the pedigree states them."""
    twins = case.family.twins_of(person) if case.family is not None else None
    if twins is None or twins.zygosity is not Zygosity.IDENTICAL:
        return frozenset()
    return frozenset(twins.members) - {person}


def chance(one: Kin, mode: Mode, *, new_in_proband: bool, both_copies: bool = False) -> float | None:
    """The highest chance (0..1) to share the gene change (dominant) or to have the condition (recessive).

    None where a number needs more than the relation. ``new_in_proband``: shown absent from both parents,
    so that only descendants are at the Mendelian chance. ``both_copies`` of the proband have the change of a
    dominant condition: parents and children have it for certain, other relatives need a person's look.
    """
    if one.relation is Relation.NONE:
        return None
    if one.relation is Relation.IDENTICAL_TWIN and mode in (Mode.DOMINANT, Mode.RECESSIVE):
        return 1.0
    if mode is Mode.DOMINANT and both_copies:
        return 1.0 if one.relation in (Relation.PARENT, Relation.CHILD) else None
    if mode is Mode.DOMINANT:
        return one.shared if one.descends or not new_in_proband else None
    if mode is Mode.RECESSIVE and one.relation is Relation.SIBLING:
        return 0.25
    return None


def _parents(case: Case, person: str) -> frozenset[str]:
    try:
        found = case.person(person)
    except KeyError:
        return frozenset()
    return frozenset(parent for parent in (found.mother, found.father) if parent)


def _ancestors(case: Case, person: str) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(_parents(case, person))
    while waiting:
        parent = waiting.pop()
        if parent not in found:
            found.add(parent)
            waiting += _parents(case, parent)
    return frozenset(found)


def _kinship(case: Case, first: str, second: str) -> float:
    if first == second or second in identical(case, first):
        parents = sorted(_parents(case, first))
        return 0.5 + (0.5 * _kinship(case, *parents) if len(parents) == 2 else 0.0)
    if second in _ancestors(case, first) or (
        first not in _ancestors(case, second) and not _parents(case, second)
    ):
        first, second = second, first
    return sum(0.5 * _kinship(case, first, parent) for parent in _parents(case, second))


def _relation(case: Case, proband: str, other: str) -> Relation:
    mine, theirs = _parents(case, proband), _parents(case, other)
    if other in mine:
        return Relation.PARENT
    if proband in theirs:
        return Relation.CHILD
    if mine & theirs:
        other = Relation.HALF_SIBLING if len(mine) == len(theirs) == 2 else Relation.SIBLING_OR_HALF
        return Relation.SIBLING if len(mine & theirs) == 2 else other
    if any(other in _parents(case, parent) for parent in mine):
        return Relation.GRANDPARENT
    if any(proband in _parents(case, parent) for parent in theirs):
        return Relation.GRANDCHILD
    if any(_parents(case, parent) & theirs for parent in mine):
        return Relation.AUNT_UNCLE
    if any(_parents(case, parent) & mine for parent in theirs):
        return Relation.NIECE_NEPHEW
    return Relation.OTHER if _kinship(case, proband, other) > 0 else Relation.NONE
