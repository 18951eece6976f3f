"""The family in words: a list for screen readers, and the description inside SVG and PDF."""

from genoai_desktop.domain.family import Adoption, Donor, Family, Gender, Member, Pregnancy
from genoai_desktop.domain.family_kinship import relationship
from genoai_desktop.domain.family_words import choice_words
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.text import tr
from genoai_desktop.report.pedigree.labels import age_words
from genoai_desktop.report.pedigree.layout import Layout


def described(family: Family, layout: Layout) -> str:
    """One sentence a person, by number, without names."""
    numbers = layout.numbers
    people = (person for row in layout.rows for person in row)
    return " ".join(f"{numbers[one]}: {in_words(family, one, numbers, names=False)}." for one in people)


def in_words(family: Family, person: str, numbers: dict[str, str], *, names: bool = True) -> str:
    """Everything the symbol shows, said."""
    member = family.by_id[person]
    said = [member.name] if names and member.name else []
    said += [_kind(member), age_words(member)]
    if person == family.proband:
        said.append(tr("proband"))
    if person == family.consultand:
        said.append(tr("consultand"))
    if member.deceased and tr("deceased") not in said:
        said.append(tr("deceased"))
    for one in member.diagnoses:
        name = family.condition(one.condition).name
        said.append(tr("{name} at {age}", name=name, age=f"{one.age:g}") if one.age is not None else name)
    flags = (
        (member.unaffected, tr("known unaffected")),
        (member.carrier, tr("carrier")),
        (member.presymptomatic, tr("presymptomatic carrier")),
        (member.evaluated, tr("evaluated")),
        (member.surrogate, tr("gestational carrier")),
        (member.history_unknown, tr("family history not known")),
        (member.donor is not Donor.NO, choice_words(member.donor)),
        (member.adopted is not Adoption.NO, choice_words(member.adopted)),
    )
    said += [words for flag, words in flags if flag]
    said += _links(family, member, numbers)
    return ", ".join(part for part in said if part)


def _kind(member: Member) -> str:
    if member.pregnancy is not Pregnancy.NO:
        return choice_words(member.pregnancy)
    stated = "" if member.gender is Gender.NOT_STATED else choice_words(member.gender)
    if member.sex is Sex.UNKNOWN:
        born = tr("no sex assigned at birth") if member.unassigned else tr("sex unknown")
        return f"{stated}, {born}" if stated else born
    born = tr("female") if member.sex is Sex.FEMALE else tr("male")
    return tr("{gender}, {sex} at birth", gender=stated, sex=born) if stated else born


def _and(numbers: list[str]) -> str:
    """``I-1 and I-2``."""
    said = numbers[0]
    for one in numbers[1:]:
        said = tr("{first} and {second}", first=said, second=one)
    return said


def _links(family: Family, member: Member, numbers: dict[str, str]) -> list[str]:
    said = []
    parents = [numbers[one] for one in member.parents]
    if parents:
        said.append(tr("child of {parents}", parents=_and(parents)))
    for partner in family.partners(member.id):
        kin = relationship(family, member.id, partner)
        if {member.donor, family.by_id[partner].donor} == {Donor.NO}:
            words = tr("partner of {partner}", partner=numbers[partner])
        else:
            words = tr("donor and parent with {partner}", partner=numbers[partner])
        said.append(f"{words} ({kin.words})" if kin else words)
    twins = family.twins_of(member.id)
    if twins is not None:
        others = _and([numbers[one] for one in twins.members if one != member.id])
        said.append(tr("{kind} twin of {others}", kind=choice_words(twins.zygosity), others=others))
    return said
