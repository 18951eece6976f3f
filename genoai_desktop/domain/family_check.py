"""What a pedigree may not hold (refused), and what is odd in it (told as Findings)."""

from collections.abc import Iterator
from itertools import pairwise

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family import MOST_CONDITIONS, Donor, Family, Member, ancestors
from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.text import tr

YOUNGEST_PARENT, OLDEST_MOTHER, OLDEST_AGE = 12, 60, 125
LONGEST_GESTATION = 45
FURTHEST_NUDGE = 5000.0


def checked(family: Family) -> Family:
    """The same family.

    Raises:
        UserError: an identifier twice or unknown, a person as an own ancestor, parents of the wrong sex,
            too many conditions, figures that cannot be. ``where`` is the identifier and field.
    """
    if len(family.by_id) != len(family.members):
        raise _refuse("", tr("Two people have the same identifier."))
    for person in (family.proband, family.consultand):
        if person is not None and person not in family.by_id:
            raise _refuse("proband", tr("The proband or consultand is not in the family."))
    for member in family.members:
        _check_member(family, member)
    _check_links(family)
    for member in family.members:
        if member.id in ancestors(family, member.id):
            raise _refuse(f"{member.id}, parents", tr("A person would be an own ancestor."))
    return family


def _refuse(where: str, what: str) -> UserError:
    return UserError(what, where=where, remedy=tr("Correct this in the pedigree."), code="family.invalid")


def _check_member(family: Family, member: Member) -> None:
    where = member.id
    if not member.id or len(member.id) > 200 or any(not letter.isprintable() for letter in member.id):
        raise _refuse(where[:20], tr("An identifier is missing or cannot be printed."))
    if member.id in member.parents or (member.mother and member.mother == member.father):
        raise _refuse(f"{where}, parents", tr("A person cannot be an own parent, or be both parents."))
    wrong = ((member.mother, Sex.MALE), (member.father, Sex.FEMALE))
    for parent in (*member.parents, *member.adoptive, *filter(None, (member.gestated_by,))):
        if parent not in family.by_id:
            raise _refuse(f"{where}, parents", tr("A parent is not in the family."))
    for named_parent, sex in wrong:
        parent = named_parent or ""
        if parent and family.by_id[parent].sex is sex:
            raise _refuse(f"{where}, parents", tr("A genetic parent has the other sex at birth."))
        if parent and family.by_id[parent].lost:
            raise _refuse(f"{where}, parents", tr("A pregnancy that was lost cannot be a parent."))
    if len(member.adoptive) > 2 or member.id in member.adoptive:
        raise _refuse(f"{where}, adoptive", tr("A person has at most two adoptive parents."))
    if len(member.diagnoses) > MOST_CONDITIONS:
        raise _refuse(f"{where}, conditions", tr("A symbol shows at most four conditions."))
    known = {condition.id for condition in family.conditions}
    named = [diagnosis.condition for diagnosis in member.diagnoses]
    if not known.issuperset(named) or len(set(named)) != len(named):
        raise _refuse(
            f"{where}, conditions", tr("A condition is not in the family's list, or is there twice.")
        )
    _check_figures(member)


def _check_figures(member: Member) -> None:
    ages = [member.age, *(diagnosis.age for diagnosis in member.diagnoses)]
    if any(age is not None and not 0 <= age <= OLDEST_AGE for age in ages):
        raise _refuse(f"{member.id}, age", tr("An age must be from 0 to {oldest} years.", oldest=OLDEST_AGE))
    years = (member.birth_year, member.death_year)
    if any(year is not None and not 1700 <= year <= 2200 for year in years):
        raise _refuse(f"{member.id}, year", tr("A year must have four figures, 1700 to 2200."))
    if member.gestation is not None and not 0 <= member.gestation <= LONGEST_GESTATION:
        raise _refuse(f"{member.id}, gestation", tr("Gestation must be from 0 to 45 weeks."))
    if not 0 <= member.count <= 99:
        raise _refuse(f"{member.id}, count", tr("One symbol stands for at most 99 people."))
    if not abs(member.nudge) <= FURTHEST_NUDGE:
        raise _refuse(f"{member.id}, place", tr("The symbol was moved too far."))


def _check_links(family: Family) -> None:
    pairs = [frozenset(union.partners) for union in family.unions]
    if any(len(pair) != 2 or not pair <= set(family.by_id) for pair in pairs):
        raise _refuse("unions", tr("A partnership needs two people of this family."))
    if len(set(pairs)) != len(pairs):
        raise _refuse("unions", tr("A partnership is there twice."))
    seen: set[str] = set()
    for twins in family.twins:
        if len(twins.members) < 2 or not set(twins.members) <= set(family.by_id):
            raise _refuse("twins", tr("Twins are at least two people of this family."))
        if len({family.by_id[one].parents for one in twins.members}) > 1 or seen & set(twins.members):
            raise _refuse("twins", tr("Twins have the same parents, and belong to one set of twins."))
        seen |= set(twins.members)
    if len({condition.id for condition in family.conditions}) != len(family.conditions):
        raise _refuse("conditions", tr("A condition is in the list twice."))


def oddities(family: Family) -> tuple[Finding, ...]:
    """What cannot well be: dates out of order, parents too young, twins of different age or sex."""
    return tuple(
        Finding(Severity.WARNING, f"family.{code}", Where(field=where), text)
        for member in family.members
        for code, where, text in _odd(family, member)
    ) + tuple(_odd_twins(family))


def _odd(family: Family, member: Member) -> Iterator[tuple[str, str, str]]:
    born, died = member.birth_year, member.death_year
    if born and died and died < born:
        yield "dates", f"{member.id}, year", tr("Died before being born.")
    if died and not member.deceased:
        yield "dates", f"{member.id}, deceased", tr("Has a year of death but is not marked deceased.")
    if born and died and member.age is not None and abs(died - born - member.age) > 1:
        yield "dates", f"{member.id}, age", tr("Age does not fit the years of birth and death.")
    for diagnosis in member.diagnoses:
        if diagnosis.age is not None and member.age is not None and diagnosis.age > member.age:
            yield "onset", f"{member.id}, conditions", tr("A condition began after the present age.")
    if member.unaffected and member.onset(family.studied):
        yield "affected", f"{member.id}, conditions", tr("Marked affected and unaffected.")
    for parent in (family.by_id[one] for one in member.parents):
        if not born or not parent.birth_year:
            continue
        years = born - parent.birth_year
        if years < YOUNGEST_PARENT:
            yield "dates", f"{member.id}, year", tr("A parent would be younger than 12 at the birth.")
        elif parent.id == member.mother and parent.donor is Donor.NO and years > OLDEST_MOTHER:
            yield "dates", f"{member.id}, year", tr("The mother would be older than 60 at the birth.")
        if parent.death_year and born > parent.death_year + (1 if parent.id == member.father else 0):
            yield "dates", f"{member.id}, year", tr("Born after a parent's death.")


def _odd_twins(family: Family) -> Iterator[Finding]:
    for twins in family.twins:
        for first, second in pairwise(family.by_id[one] for one in twins.members):
            years = {first.birth_year, second.birth_year} - {None}
            known = {first.sex, second.sex} - {Sex.UNKNOWN}
            if len(years) > 1 and max(filter(None, years)) - min(filter(None, years)) > 1:
                text = tr("Twins with different years of birth.")
                yield Finding(Severity.WARNING, "family.twins", Where(field=first.id), text)
            if twins.zygosity.value == "identical" and len(known) > 1:
                text = tr("Identical twins of different sex at birth: rare; check.")
                yield Finding(Severity.WARNING, "family.twins", Where(field=first.id), text)
