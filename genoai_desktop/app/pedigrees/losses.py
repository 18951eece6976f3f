"""What a format cannot hold of a family, in words for a person: one list for every format."""

from collections.abc import Callable
from dataclasses import dataclass

from genoai_desktop.domain.family import (
    Adoption,
    Childless,
    Condition,
    Donor,
    Family,
    Gender,
    Member,
    Pregnancy,
    Union,
)
from genoai_desktop.domain.family_case import persons_of
from genoai_desktop.domain.text import later, tr


@dataclass(frozen=True, slots=True)
class _Kind:
    id: str
    words: str
    there: Callable[[Family], bool]


def _anybody(test: Callable[[Member], object]) -> Callable[[Family], bool]:
    return lambda family: any(test(member) for member in family.members)


def _childless(family: Family) -> list[Union]:
    return [one for one in family.unions if not family.common_children(*one.partners)]


def unused(family: Family) -> tuple[Condition, ...]:
    """Conditions of the family's list that nobody has."""
    used = {diagnosis.condition for member in family.members for diagnosis in member.diagnoses}
    return tuple(one for one in family.conditions if one.id not in used)


_KINDS = (
    _Kind("names", later("names"), _anybody(lambda m: m.name)),
    _Kind("ages", later("ages"), _anybody(lambda m: m.age is not None)),
    _Kind("births", later("years of birth"), _anybody(lambda m: m.birth_year)),
    _Kind("deaths", later("deaths"), _anybody(lambda m: m.deceased)),
    _Kind("causes", later("years and causes of death"), _anybody(lambda m: m.death_year or m.cause_of_death)),
    _Kind("onsets", later("ages at onset"), _anybody(lambda m: any(d.age is not None for d in m.diagnoses))),
    _Kind("genders", later("gender"), _anybody(lambda m: m.gender is not Gender.NOT_STATED or m.unassigned)),
    _Kind("unaffected", later("who is known to be unaffected"), _anybody(lambda m: m.unaffected)),
    _Kind("carriers", later("carriers"), _anybody(lambda m: m.carrier or m.presymptomatic)),
    _Kind("tests", later("gene tests"), _anybody(lambda m: m.tests or m.pathology)),
    _Kind("pregnancies", later("ongoing pregnancies"), _anybody(lambda m: m.pregnancy is Pregnancy.ONGOING)),
    _Kind("weeks", later("weeks of pregnancy"), _anybody(lambda m: m.gestation is not None)),
    _Kind("twins", later("twins"), lambda family: bool(family.twins)),
    _Kind("adoption", later("adoption"), _anybody(lambda m: m.adoptive or m.adopted is not Adoption.NO)),
    _Kind(
        "donors",
        later("donors and gestational carriers"),
        _anybody(lambda m: m.donor is not Donor.NO or m.surrogate or m.gestated_by),
    ),
    _Kind(
        "partners",
        later("separations and reasons for no children"),
        lambda family: (
            any(union.separated or union.childless is not Childless.NO for union in family.unions)
            or any(member.childless is not Childless.NO for member in family.members)
        ),
    ),
    _Kind("ancestry", later("Ashkenazi ancestry"), _anybody(lambda m: m.ashkenazi)),
    _Kind("notes", later("notes"), _anybody(lambda m: m.note or m.evaluated or m.history_unknown)),
    _Kind(
        "kin",
        later("partners said to be related"),
        lambda family: any(union.consanguineous or union.note for union in family.unions),
    ),
    _Kind("couples", later("partners without common children"), lambda family: bool(_childless(family))),
    _Kind("proband", later("who the proband is"), lambda family: len(family.members) > 1),
    _Kind("consultand", later("who the consultand is"), lambda family: family.consultand is not None),
    _Kind("agreed", later("whose details relatives may see"), _anybody(lambda m: m.shares)),
    _Kind("places", later("places moved by hand"), _anybody(lambda m: m.nudge)),
    _Kind("factors", later("risk factors"), lambda family: bool(family.factors)),
    _Kind("title", later("title of the pedigree"), lambda family: bool(family.title)),
    _Kind("listed", later("conditions that nobody has"), lambda family: bool(unused(family))),
)
HELD = frozenset(kind.id for kind in _KINDS)
"""Everything that a format may hold beyond links, sex at birth and who is affected."""


def lost(family: Family, held: frozenset[str]) -> tuple[str, ...]:
    """What of this family is left out by a format that holds real individuals with ``held``."""
    unknown = held - HELD
    if unknown:
        raise ValueError(f"no such kinds: {sorted(unknown)}")
    found = [tr(kind.words) for kind in _KINDS if kind.id not in held and kind.there(family)]
    people = {person.id for person in persons_of(family)}
    gone = [member for member in family.members if member.id not in people]
    if any(member.pregnancy is not Pregnancy.NO for member in gone):
        found.append(tr("losses of pregnancy"))
    if any(member.pregnancy is Pregnancy.NO for member in gone):
        found.append(tr("symbols that stand for several people"))
    return tuple(found)
