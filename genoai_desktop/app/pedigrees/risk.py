"""From a pedigree to the risk engine's exact model."""

from genoai_desktop.analysis.risk.pedigree import Member as RiskMember
from genoai_desktop.domain.case import Affected
from genoai_desktop.domain.family import Family, Member, Zygosity
from genoai_desktop.domain.family_case import age_now, persons_of


def risk_members(family: Family, condition: str = "") -> tuple[RiskMember, ...]:
    """Everybody as the engine asks, for one condition of the family (the studied one unless said).

    Members without the diagnosis count as unaffected where their age is known, which the engine weighs
    by age; else their health is not known. Gene tests are the caller's: they belong to a model.
    """
    studied = family.condition_studied
    asked = condition or (studied.id if studied else "")
    kept = {person.id for person in persons_of(family)}
    twins = {
        one: f"twins {number}"
        for number, set_ in enumerate(family.twins, start=1)
        if set_.zygosity is Zygosity.IDENTICAL
        for one in set_.members
    }
    return tuple(_member(one, asked, kept, twins.get(one.id)) for one in family.members if one.id in kept)


def _member(member: Member, condition: str, kept: set[str], twin: str | None) -> RiskMember:
    diagnosis = member.onset(condition)
    age = age_now(member)
    health = Affected.YES if diagnosis else Affected.UNKNOWN
    if diagnosis is None and (member.unaffected or age is not None):
        health = Affected.NO
    return RiskMember(
        member.id,
        member.mother if member.mother in kept else None,
        member.father if member.father in kept else None,
        member.sex,
        health,
        age,
        diagnosis.age if diagnosis else None,
        twin=twin,
        deceased=member.deceased,
    )
