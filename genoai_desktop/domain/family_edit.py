"""Edits of a pedigree: each takes a Family and returns a new, checked one.

Every function raises UserError when the result could not be (``family_check.checked``).
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family import (
    Adoption,
    Condition,
    Diagnosis,
    Donor,
    Family,
    Member,
    Twins,
    Union,
    Zygosity,
    fresh_id,
)
from genoai_desktop.domain.family_check import checked
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.text import tr

_OTHER = {Sex.MALE: Sex.FEMALE, Sex.FEMALE: Sex.MALE, Sex.UNKNOWN: Sex.UNKNOWN}


def begin(identifier: str = "P1", sex: Sex = Sex.UNKNOWN) -> Family:
    """A family of one person, the proband."""
    return Family((Member(identifier, sex=sex),), identifier)


def newest(before: Family, after: Family) -> str | None:
    """The first member that an edit added, None when it added nobody."""
    return next((member.id for member in after.members if member.id not in before.by_id), None)


def add_parents(family: Family, person: str) -> Family:
    """Add the parents that are not there yet, as partners.

    Raises:
        UserError: both are there.
    """
    member = family.member(person)
    if member.mother and member.father:
        raise UserError(tr("Both parents are in the pedigree."), remedy=tr("Choose a parent to edit."))
    siblings = {person, *(family.siblings(person) if member.parents else ())}
    members = list(family.members)
    father, mother = member.father, member.mother
    if father is None:
        father = fresh_id(one.id for one in members)
        members.append(Member(father, sex=Sex.MALE))
    if mother is None:
        mother = fresh_id(one.id for one in members)
        members.append(Member(mother, sex=Sex.FEMALE))
    both = family.twins_of(person)
    siblings |= set(both.members) if both else set()
    members = [replace(one, father=father, mother=mother) if one.id in siblings else one for one in members]
    changed = replace(family, members=tuple(members))
    return checked(_with_union(changed, father, mother))


def add_partner(family: Family, person: str, existing: str | None = None) -> Family:
    """Add a partner: a new person of the other sex at birth, or somebody who is there (cousins who marry)."""
    if existing is not None:
        return checked(_with_union(family, person, existing))
    made = Member(fresh_id(family.by_id), sex=_OTHER[family.member(person).sex])
    return checked(_with_union(_insert(family, made, after=person), person, made.id))


def add_child(
    family: Family, person: str, partner: str | None = None, sex: Sex = Sex.UNKNOWN, **details: Any
) -> Family:
    """Add a child, the youngest, with ``partner``, else with the latest partner or a new one."""
    member = family.member(person)
    if member.lost:
        raise UserError(tr("A pregnancy that was lost cannot be a parent."))
    if partner is None:
        partners = [one for one in family.partners(person) if family.member(one).donor is Donor.NO]
        if not partners:
            before, family = family, add_partner(family, person)
            partners = [newest(before, family) or ""]
        partner = partners[-1]
    mother, father = _roles(family, person, partner)
    family = _sexed(family, mother, father)
    siblings = family.common_children(person, partner)
    child = Member(fresh_id(family.by_id), sex=sex, mother=mother, father=father, **details)
    return checked(_insert(family, child, after=siblings[-1] if siblings else None))


def add_sibling(family: Family, person: str, sex: Sex = Sex.UNKNOWN, **details: Any) -> Family:
    """Add a full sibling right after the person; parents come first where there are none."""
    member = family.member(person)
    if not (member.mother and member.father):
        family = add_parents(family, person)
        member = family.member(person)
    made = Member(fresh_id(family.by_id), sex=sex, mother=member.mother, father=member.father, **details)
    both = family.twins_of(person)
    return checked(_insert(family, made, after=both.members[-1] if both else person))


def add_half_sibling(
    family: Family, person: str, through: str | None = None, sex: Sex = Sex.UNKNOWN
) -> Family:
    """Add a half-sibling through one parent (the mother unless said) and a new partner of that parent."""
    member = family.member(person)
    if not member.parents:
        family = add_parents(family, person)
        member = family.member(person)
    parent = through or member.mother or member.father or ""
    if parent not in member.parents:
        raise UserError(tr("A half-sibling needs one of the parents."), where=person)
    known = set(family.partners(parent)) - set(member.parents)
    free = [one for one in family.partners(parent) if one in known]
    if not free:
        before, family = family, add_partner(family, parent)
        free = [newest(before, family) or ""]
    return add_child(family, parent, free[-1], sex)


def add_twin(family: Family, person: str, zygosity: Zygosity = Zygosity.UNKNOWN) -> Family:
    """Add a twin; an identical one has the same sex at birth."""
    member = family.member(person)
    sex = member.sex if zygosity is Zygosity.IDENTICAL else Sex.UNKNOWN
    before, family = family, add_sibling(family, person, sex, birth_year=member.birth_year, age=member.age)
    made = next(one for one in family.siblings(person) if one not in before.by_id)
    return set_twins(family, (*_twins(family, person), made), zygosity)


def set_twins(family: Family, members: Iterable[str], zygosity: Zygosity | None) -> Family:
    """Make these people twins, side by side; ``zygosity`` None parts them."""
    chosen = tuple(dict.fromkeys(members))
    rest = tuple(twins for twins in family.twins if not set(twins.members) & set(chosen))
    if zygosity is None or len(chosen) < 2:
        return checked(replace(family, twins=rest))
    order = [one for one in family.members if one.id in chosen]
    first = family.members.index(order[0])
    others = [one for one in family.members if one.id not in chosen]
    place = sum(one.id not in chosen for one in family.members[:first])
    members_now = (*others[:place], *order, *others[place:])
    twins = Twins(tuple(one.id for one in order), zygosity)
    return checked(replace(family, members=members_now, twins=(*rest, twins)))


def remove(family: Family, person: str) -> Family:
    """Take a person out; children stay, without that parent.

    Raises:
        UserError: the proband, whom the case is about.
    """
    if person == family.proband:
        raise UserError(
            tr("The proband cannot be removed from the pedigree."),
            remedy=tr("Make somebody else the proband first."),
        )
    members = tuple(_forget(one, person) for one in family.members if one.id != person)
    twins = (replace(one, members=tuple(t for t in one.members if t != person)) for one in family.twins)
    return checked(
        replace(
            family,
            members=members,
            unions=tuple(union for union in family.unions if person not in union.partners),
            twins=tuple(one for one in twins if len(one.members) > 1),
            consultand=None if family.consultand == person else family.consultand,
        )
    )


def set_member(family: Family, person: str, **changes: Any) -> Family:
    """Change fields of one member; the keys are those of ``Member``."""
    return checked(_mapped(family, person, lambda member: replace(member, **changes)))


def set_parents(family: Family, person: str, father: str | None, mother: str | None) -> Family:
    """Name people of the family as genetic parents, or nobody."""
    family = checked(_mapped(family, person, lambda one: replace(one, father=father, mother=mother)))
    return checked(_with_union(family, father, mother)) if father and mother else family


def set_condition(family: Family, condition: Condition) -> Family:
    """Add a condition to the family's list, or change the one of the same identifier."""
    if any(one.id == condition.id for one in family.conditions):
        made = tuple(condition if one.id == condition.id else one for one in family.conditions)
    else:
        made = (*family.conditions, condition)
    return checked(replace(family, conditions=made))


def remove_condition(family: Family, condition: str) -> Family:
    """Take a condition off the list and from everybody who has it."""
    members = tuple(
        replace(one, diagnoses=tuple(d for d in one.diagnoses if d.condition != condition))
        for one in family.members
    )
    kept = tuple(one for one in family.conditions if one.id != condition)
    studied = "" if family.studied == condition else family.studied
    return checked(replace(family, members=members, conditions=kept, studied=studied))


def set_diagnosis(family: Family, person: str, diagnosis: Diagnosis) -> Family:
    """State that a member has a condition, from that age on; replaces what was said of it."""

    def change(member: Member) -> Member:
        kept = tuple(one for one in member.diagnoses if one.condition != diagnosis.condition)
        studied = family.condition_studied
        free = member.unaffected and not (studied and studied.id == diagnosis.condition)
        return replace(member, diagnoses=(*kept, diagnosis), unaffected=free)

    return checked(_mapped(family, person, change))


def clear_diagnosis(family: Family, person: str, condition: str) -> Family:
    """Take back that a member has a condition."""
    kept = tuple(one for one in family.member(person).diagnoses if one.condition != condition)
    return set_member(family, person, diagnoses=kept)


def set_union(family: Family, first: str, second: str, **changes: Any) -> Family:
    """Change a partnership (separated, consanguineous, childless, note)."""
    family = _with_union(family, first, second)
    pair = {first, second}
    unions = tuple(replace(one, **changes) if set(one.partners) == pair else one for one in family.unions)
    return checked(replace(family, unions=unions))


def set_adopted(family: Family, person: str, adopted: Adoption) -> Family:
    """Adopted in: the parents drawn are adoptive, no genes come from them; and back again."""
    member = family.member(person)
    if adopted is Adoption.IN and member.parents and not member.adoptive:
        return set_member(family, person, adopted=adopted, adoptive=member.parents, father=None, mother=None)
    if adopted is not Adoption.IN and member.adoptive and not member.parents:
        both = [family.member(one) for one in member.adoptive]
        mother = next((one.id for one in both if one.sex is Sex.FEMALE), None)
        father = next((one.id for one in both if one.sex is not Sex.FEMALE and one.id != mother), None)
        return set_member(family, person, adopted=adopted, adoptive=(), father=father, mother=mother)
    return set_member(family, person, adopted=adopted)


def set_proband(family: Family, person: str) -> Family:
    """Make somebody else the proband.

    Raises:
        UserError: the analyses read the present proband's sample, and the other person has none.
    """
    if family.member(family.proband).sample and not family.member(person).sample:
        raise UserError(
            tr("The proband is the person whose sample is analysed; this person has no sample."),
            where=person,
            remedy=tr("Choose their sample first, or mark them as the consultand."),
        )
    return checked(replace(family, proband=person))


def set_sample(family: Family, person: str, sample: str | None) -> Family:
    """Say which sample of the file is a member's; nobody else has it then.

    Raises:
        UserError: it is taken from the proband, or the proband would have none.
    """
    holder = next((one.id for one in family.members if sample and one.sample == sample), None)
    if family.proband in (person, holder) and holder != person:
        raise UserError(
            tr("The proband's sample is what the analyses read; it is chosen when the file is opened."),
            where=person,
        )

    def change(member: Member) -> Member:
        if member.id == person:
            return replace(member, sample=sample)
        return replace(member, sample=None) if member.id == holder else member

    return checked(replace(family, members=tuple(map(change, family.members))))


def straighten(family: Family) -> Family:
    """Forget every shift by hand."""
    return replace(family, members=tuple(replace(one, nudge=0.0) for one in family.members))


def _twins(family: Family, person: str) -> tuple[str, ...]:
    both = family.twins_of(person)
    return both.members if both else (person,)


def _mapped(family: Family, person: str, change: Callable[[Member], Member]) -> Family:
    family.member(person)
    return replace(family, members=tuple(change(m) if m.id == person else m for m in family.members))


def _insert(family: Family, made: Member, after: str | None) -> Family:
    members = list(family.members)
    place = next((i for i, one in enumerate(members, start=1) if one.id == after), len(members))
    members.insert(place, made)
    return replace(family, members=tuple(members))


def _with_union(family: Family, first: str, second: str) -> Family:
    if family.union_of(first, second) is not None:
        return family
    return replace(family, unions=(*family.unions, Union((first, second))))


def _forget(member: Member, person: str) -> Member:
    return replace(
        member,
        mother=None if member.mother == person else member.mother,
        father=None if member.father == person else member.father,
        adoptive=tuple(one for one in member.adoptive if one != person),
        gestated_by=None if member.gestated_by == person else member.gestated_by,
    )


def _roles(family: Family, person: str, partner: str) -> tuple[str, str]:
    """(mother, father) of a child of these two.

    Raises:
        UserError: both have the same sex at birth; then one genetic parent is a donor.
    """
    one, two = family.member(person), family.member(partner)
    if one.sex is two.sex and one.sex is not Sex.UNKNOWN:
        raise UserError(
            tr("Both partners have the same sex at birth, so one genetic parent is somebody else."),
            where=person,
            remedy=tr("Add the donor as a partner of the genetic parent, and the child to those two."),
        )
    for child in family.common_children(person, partner):  # sexes not known: as for the siblings
        known = family.by_id[child]
        if known.mother and known.father:
            return known.mother, known.father
    first_is_mother = one.sex is Sex.FEMALE or two.sex is Sex.MALE
    return (person, partner) if first_is_mother else (partner, person)


def _sexed(family: Family, mother: str, father: str) -> Family:
    """A mother or father of unknown sex at birth gets it where the other's is known."""
    for person, sex in ((mother, Sex.FEMALE), (father, Sex.MALE)):
        other = father if person == mother else mother
        if family.member(person).sex is Sex.UNKNOWN and family.member(other).sex is not Sex.UNKNOWN:
            family = _mapped(family, person, lambda one, sex=sex: replace(one, sex=sex))  # type: ignore[misc]
    return family
