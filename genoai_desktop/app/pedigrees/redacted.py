"""One relative's view of the family: the shape of their own blood family, and only what may be told.

Everybody but the relative, and those who agreed that relatives see their details (``Member.shares``), is a
bare symbol: no name, age, condition, test, loss, gender, kind of twins or note; nobody is marked as the
patient. Some are not there at all, since their being there would tell what only the parents can: pregnancies
and losses of others, children given up for adoption with their descendants, donors. Notes are left out for
everybody, as a note about one may speak of another. Identifiers are numbered afresh, so that the file cannot
be joined to another export.
"""

from dataclasses import replace

from genoai_desktop.domain.family import (
    Adoption,
    Donor,
    Family,
    Member,
    Pregnancy,
    Twins,
    Union,
    Zygosity,
    ancestors,
)
from genoai_desktop.domain.family_check import checked
from genoai_desktop.domain.family_kinship import Kinships, consanguineous
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.text import tr


def view_of(family: Family, person: str) -> Family:
    """What ``person`` may see; KeyError when there is no such member."""
    family.member(person)
    kept = _kin(family, person)
    told = {member.id for member in family.members if member.id == person or member.shares}
    shown = [m if m.id in told else _bare(family, m, person) for m in family.members if m.id in kept]
    numbers = {member.id: f"P{number}" for number, member in enumerate(shown, start=1)}
    members = tuple(_renamed(member, numbers) for member in shown)
    used = {diagnosis.condition for member in members for diagnosis in member.diagnoses}
    return checked(
        Family(
            members,
            numbers[person],
            unions=tuple(_union(union, numbers) for union in family.unions if set(union.partners) <= kept),
            twins=tuple(
                Twins(
                    tuple(numbers[one] for one in twins.members),
                    twins.zygosity if set(twins.members) <= told else Zygosity.UNKNOWN,
                )
                for twins in family.twins
                if set(twins.members) <= kept
            ),
            conditions=tuple(one for one in family.conditions if one.id in used),
            studied=family.studied if family.studied in used else "",
        )
    )


def delicate(family: Family, person: str) -> tuple[str, ...]:
    """What the shape of that relative's view tells, which they may not know: look before it leaves."""
    view = view_of(family, person)
    whole = {one.id for one in view.members if view.half_siblings(one.id)}
    kinships = Kinships(view)
    found = [
        (bool(whole), tr("half-siblings")),
        (
            any(consanguineous(view, one, kinships) for one in view.unions),
            tr("partners who are blood relatives"),
        ),
        (any(len(one.parents) == 1 for one in view.members), tr("people with one known parent")),
        (bool(view.by_id[view.proband].adoptive), tr("parents by adoption")),
    ]
    return tuple(words for there, words in found if there)


def _kin(family: Family, person: str) -> set[str]:
    """Blood relatives, and those they have children with; without whose being there is not theirs to know."""
    kinships = Kinships(family)
    blood = {m.id for m in family.members if m.id == person or kinships.of(m.id, person) > 0}
    blood |= set(family.by_id[person].adoptive)
    hidden = _hidden(family, person)
    blood -= hidden
    parents = {parent for one in blood for parent in _born_of(family, one)}
    return (blood | parents | set(family.partners(person))) - hidden


def _born_of(family: Family, person: str) -> tuple[str, ...]:
    member = family.by_id[person]
    return member.parents if member.pregnancy is Pregnancy.NO else ()


def _hidden(family: Family, person: str) -> set[str]:
    own = {m.id for m in family.members if person in m.parents}
    line = {person, *ancestors(family, person)}
    given = {
        m.id for m in family.members if m.adopted is Adoption.OUT and not m.shares and m.id not in own | line
    }
    return {
        member.id
        for member in family.members
        if member.id != person
        and (
            (member.pregnancy is not Pregnancy.NO and member.id not in own)
            or (member.donor is not Donor.NO and not member.shares)
            or given & {member.id, *ancestors(family, member.id)}
        )
    }


def _bare(family: Family, member: Member, person: str) -> Member:
    """The symbol that the family knows, not the sex at birth behind it; own pregnancies as what they are."""
    own = person in member.parents
    known = member.apparent
    if known is not member.sex and family.children_of.get(member.id):
        known = Sex.UNKNOWN  # a parent's place would tell it
    return Member(
        member.id,
        sex=known,
        mother=member.mother,
        father=member.father,
        count=member.count,
        pregnancy=member.pregnancy if own else Pregnancy.NO,
        gestation=member.gestation if own else None,
    )


def _renamed(member: Member, numbers: dict[str, str]) -> Member:
    return replace(
        member,
        id=numbers[member.id],
        mother=numbers.get(member.mother or ""),
        father=numbers.get(member.father or ""),
        adoptive=tuple(numbers[one] for one in member.adoptive if one in numbers),
        gestated_by=numbers.get(member.gestated_by or ""),
        sample=None,
        note="",
        shares=False,
    )


def _union(union: Union, numbers: dict[str, str]) -> Union:
    first, second = union.partners
    return Union((numbers[first], numbers[second]))
