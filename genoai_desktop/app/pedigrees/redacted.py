"""One relative's view of the family: the shape of their own blood family, and only what may be told.

Everybody but the relative, and those who agreed that relatives see their details (``Member.shares``), is a
bare symbol: no name, age, condition, test, loss, gender, kind of twins or note; nobody is marked as the
patient. Identifiers are numbered afresh, so that the file cannot be joined to another export.
"""

from dataclasses import replace

from genoai_desktop.domain.family import Family, Member, Twins, Union, Zygosity
from genoai_desktop.domain.family_check import checked
from genoai_desktop.domain.family_kinship import Kinships
from genoai_desktop.domain.person import Sex


def view_of(family: Family, person: str) -> Family:
    """What ``person`` may see; KeyError when there is no such member."""
    family.member(person)
    kept = _kin(family, person)
    told = {member.id for member in family.members if member.id == person or member.shares}
    shown = [m if m.id in told else _bare(family, m) for m in family.members if m.id in kept]
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


def _kin(family: Family, person: str) -> set[str]:
    """Blood relatives, and those they have children with; no losses but the relative's own."""
    kinships = Kinships(family)
    blood = {m.id for m in family.members if m.id == person or kinships.of(m.id, person) > 0}
    blood |= set(family.by_id[person].adoptive)
    partners = {
        other for one in blood for other in family.partners(one) if _parents_together(family, one, other)
    }
    partners |= set(family.partners(person))
    own = {m.id for m in family.members if person in m.parents}
    return {one for one in blood | partners if not family.by_id[one].lost or one in own or one == person}


def _parents_together(family: Family, one: str, other: str) -> bool:
    children = family.common_children(one, other)
    return any(not family.by_id[child].lost for child in children)


def _bare(family: Family, member: Member) -> Member:
    """The symbol that the family knows, not the sex at birth behind it."""
    known = member.apparent
    if known is not member.sex and family.children_of.get(member.id):
        known = Sex.UNKNOWN  # a parent's place would tell it
    return Member(
        member.id,
        sex=known,
        mother=member.mother,
        father=member.father,
        count=member.count,
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
        shares=False,
    )


def _union(union: Union, numbers: dict[str, str]) -> Union:
    first, second = union.partners
    return Union((numbers[first], numbers[second]))
