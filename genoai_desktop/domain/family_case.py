"""A case and its pedigree kept consistent: the only place that turns one into the other."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from genoai_desktop.domain.case import Affected, Case, Person
from genoai_desktop.domain.consent_family import carried
from genoai_desktop.domain.family import Condition, Diagnosis, Family, Member, Pregnancy, Union
from genoai_desktop.domain.family_check import checked
from genoai_desktop.domain.text import tr

STUDIED = "studied"
"""Identifier of the condition in question where only "affected" is known."""


def with_family(case: Case, family: Family) -> Case:
    """The case with this pedigree; persons, proband and whose consent holds follow from it.

    Raises:
        UserError: the family cannot be.
    """
    checked(family)
    made = replace(case, family=family, persons=persons_of(family), proband=family.proband)
    return carried(case, made)


def family_of(case: Case) -> Family:
    """The pedigree of a case: as drawn, brought up to what the persons say, else made from them."""
    if case.family is not None and persons_of(case.family) == case.persons:
        if case.family.proband == case.proband:
            return case.family
        return replace(case.family, proband=case.proband)
    made = family_from(case.persons, case.proband, case.indication)
    return _merged(case.family, made) if case.family is not None else made


def persons_of(family: Family) -> tuple[Person, ...]:
    """What segregation, risk and letters read: real individuals with genetic parents alone.

    Losses, and symbols for several people, are left out unless they have a sample.
    """
    kept = {m.id for m in family.members if m.sample or (not m.lost and m.count == 1)}
    return tuple(
        Person(
            id=member.id,
            sample=member.sample,
            name=member.name,
            sex=member.sex,
            affected=affected(family, member),
            mother=member.mother if member.mother in kept else None,
            father=member.father if member.father in kept else None,
            age_years=member.age,
            deceased=member.deceased or member.lost,
        )
        for member in family.members
        if member.id in kept
    )


def affected(family: Family, member: Member) -> Affected:
    """Whether the member has the studied condition."""
    studied = family.condition_studied
    if studied is not None and member.onset(studied.id):
        return Affected.YES
    return Affected.NO if member.unaffected else Affected.UNKNOWN


def reads_differently(before: Case, after: Case) -> bool:
    """Whether an edit of the pedigree changed anything that an analysis reads.

    The breast cancer models also read diagnoses, gene tests, twins and Ashkenazi ancestry.
    """

    def read(case: Case) -> tuple[object, ...]:
        told: tuple[object, ...] = ()
        if case.family is not None:
            members = ((m.id, m.diagnoses, m.tests, m.ashkenazi) for m in case.family.members)
            told = (*members, case.family.conditions, case.family.twins)
        return tuple(replace(person, name="") for person in case.persons), case.proband, told

    return read(before) != read(after)


def age_now(member: Member, today: date | None = None) -> float | None:
    """Age in years: as stated, else from the years of birth and death; within a year."""
    if member.age is not None or member.birth_year is None:
        return member.age
    end = member.death_year or (None if member.deceased else (today or date.today()).year)
    return None if end is None else float(max(0, end - member.birth_year))


def age_of(case: Case, person: str, stamp: str) -> float | None:
    """Age in years of one of the case: as stated, else by the pedigree's year of birth on ``stamp``.

    ``stamp`` begins with an ISO 8601 day; where it does not, years of birth tell nothing.
    """
    member = case.family.by_id.get(person) if case.family is not None else None
    stated = case.person(person).age_years
    if stated is not None or member is None:
        return stated
    try:
        return age_now(member, date.fromisoformat(stamp[:10]))
    except ValueError:
        return member.age


def family_from(persons: tuple[Person, ...], proband: str, studied: str = "") -> Family:
    """A pedigree of what a PED file or a case says; ``studied`` names the condition in question."""
    condition = Condition(STUDIED, studied or tr("Condition in question"))
    known = {person.id for person in persons}
    members = tuple(_member(person, known) for person in persons)
    return checked(Family(members, proband, unions=unions_of(members), conditions=(condition,)))


def unions_of(members: Iterable[Member]) -> tuple[Union, ...]:
    """A partnership for every two who are parents of somebody, whoever of them is named first."""
    pairs: dict[frozenset[str], tuple[str, str]] = {}
    for one in members:
        if one.father and one.mother:
            pairs.setdefault(frozenset((one.father, one.mother)), (one.father, one.mother))
    return tuple(map(Union, pairs.values()))


def _member(person: Person, known: set[str]) -> Member:
    return Member(
        id=person.id,
        name=person.name,
        sex=person.sex,
        mother=person.mother if person.mother in known else None,
        father=person.father if person.father in known else None,
        age=person.age_years,
        deceased=person.deceased,
        diagnoses=(Diagnosis(STUDIED),) if person.affected is Affected.YES else (),
        unaffected=person.affected is Affected.NO,
        sample=person.sample,
    )


def _merged(drawn: Family, made: Family) -> Family:
    """What was drawn, with what the persons of the case now say about each of them."""
    studied = drawn.condition_studied
    conditions = drawn.conditions if studied else made.conditions
    name = studied.id if studied else STUDIED
    members = tuple(_updated(one, made.by_id.get(one.id), name) for one in drawn.members)
    fresh = tuple(
        replace(one, diagnoses=tuple(Diagnosis(name) for _ in one.diagnoses))
        for one in made.members
        if one.id not in drawn.by_id
    )
    gone = {
        one.id
        for one in drawn.members
        if one.id not in made.by_id and (one.pregnancy is Pregnancy.NO and one.count == 1)
    }
    links = {frozenset(union.partners) for union in drawn.unions}
    unions = (*drawn.unions, *(union for union in made.unions if frozenset(union.partners) not in links))
    merged = replace(
        drawn,
        members=tuple(_without(one, gone) for one in (*members, *fresh) if one.id not in gone),
        proband=made.proband,
        conditions=conditions,
        unions=tuple(union for union in unions if not gone & set(union.partners)),
        twins=tuple(twins for twins in drawn.twins if not gone & set(twins.members)),
        consultand=None if drawn.consultand in gone else drawn.consultand,
    )
    return checked(merged)


def _updated(drawn: Member, said: Member | None, studied: str) -> Member:
    if said is None:
        return drawn
    onset = drawn.onset(studied)
    others = tuple(one for one in drawn.diagnoses if one.condition != studied)
    diagnoses = ((onset or Diagnosis(studied)), *others) if said.diagnoses else others
    kept = drawn.diagnoses if bool(onset) == bool(said.diagnoses) else diagnoses
    return replace(
        drawn,
        name=said.name,
        sex=said.sex,
        mother=said.mother,
        father=said.father,
        age=said.age,
        deceased=said.deceased,
        unaffected=said.unaffected,
        sample=said.sample,
        diagnoses=kept,
    )


def _without(member: Member, gone: set[str]) -> Member:
    return replace(
        member,
        mother=None if member.mother in gone else member.mother,
        father=None if member.father in gone else member.father,
        adoptive=tuple(one for one in member.adoptive if one not in gone),
        gestated_by=None if member.gestated_by in gone else member.gestated_by,
    )
