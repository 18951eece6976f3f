"""What the keys and handles of the editor do to a Family; pure, so that it is tested without a window."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from genoai_desktop.domain.family import Adoption, Condition, Diagnosis, Donor, Family, Pregnancy
from genoai_desktop.domain.family_case import STUDIED
from genoai_desktop.domain.family_check import checked
from genoai_desktop.domain.family_edit import (
    add_child,
    add_half_sibling,
    add_parents,
    add_partner,
    add_sibling,
    add_twin,
    clear_diagnosis,
    newest,
    remove,
    set_adopted,
    set_condition,
    set_diagnosis,
    set_member,
)
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.text import tr

E = TypeVar("E", bound=StrEnum)

SHIFT = 16.0
"""How far a key moves a person sideways, in drawing units."""
_NEXT = {Sex.UNKNOWN: Sex.FEMALE, Sex.FEMALE: Sex.MALE, Sex.MALE: Sex.UNKNOWN}


def carry_out(word: str, family: Family, person: str) -> tuple[Family, str]:
    """The family after the command, and who is in view then.

    Raises:
        UserError: the edit cannot be.
        KeyError: there is no such command.
    """
    after = COMMANDS[word](family, person)
    made = newest(family, after)
    if word in ("child", "sibling", "half_sibling", "twin") and made:
        fresh = [m.id for m in after.members if m.id not in family.by_id]
        siblings = [one for one in fresh if after.by_id[one].parents]
        return after, (siblings or fresh)[-1]
    if word == "parents":  # a second press of S or T goes on with the same generation
        return after, person
    if word == "remove":
        kin = (*family.member(person).parents, *family.partners(person), family.proband)
        return after, next(one for one in kin if one in after.by_id)
    return after, made or person


def _affected(family: Family, person: str) -> Family:
    """Affected, unaffected, not known: one after the other."""
    studied = family.condition_studied
    if studied is None:
        studied = Condition(STUDIED, tr("Condition in question"))
        family = set_condition(family, studied)
    member = family.member(person)
    if member.onset(studied.id):
        return set_member(clear_diagnosis(family, person, studied.id), person, unaffected=True)
    if member.unaffected:
        return set_member(family, person, unaffected=False)
    return set_diagnosis(family, person, Diagnosis(studied.id))


def _deceased(family: Family, person: str) -> Family:
    return set_member(family, person, deceased=not family.member(person).deceased)


def _sex(family: Family, person: str) -> Family:
    return set_member(family, person, sex=_NEXT[family.member(person).sex])


def _carrier(family: Family, person: str) -> Family:
    return set_member(family, person, carrier=not family.member(person).carrier)


def _pregnancy(family: Family, person: str) -> Family:
    """Born, pregnancy, each kind of loss: one after the other."""
    return set_member(family, person, pregnancy=_after(Pregnancy, family.member(person).pregnancy))


def _adopted(family: Family, person: str) -> Family:
    return set_adopted(family, person, _after(Adoption, family.member(person).adopted))


def _donor(family: Family, person: str) -> Family:
    """Gave sperm or egg, as the sex at birth allows; back to no donor."""
    member = family.member(person)
    wanted = Donor.EGG if member.sex is Sex.FEMALE else Donor.SPERM
    return set_member(family, person, donor=wanted if member.donor is Donor.NO else Donor.NO)


def _surrogate(family: Family, person: str) -> Family:
    return set_member(family, person, surrogate=not family.member(person).surrogate)


def _consultand(family: Family, person: str) -> Family:
    return checked(replace(family, consultand=None if family.consultand == person else person))


def _shift(by: float) -> Callable[[Family, str], Family]:
    return lambda family, person: set_member(family, person, nudge=family.member(person).nudge + by)


def _after(kinds: type[E], now: E) -> E:
    every = list(kinds)
    return every[(every.index(now) + 1) % len(every)]


def new_condition(family: Family, name: str) -> Family:
    """One more condition in the family's list."""
    taken = {one.id for one in family.conditions}
    fresh = next(f"C{number}" for number in range(1, len(taken) + 2) if f"C{number}" not in taken)
    return set_condition(family, Condition(fresh, name.strip()))


COMMANDS: dict[str, Callable[[Family, str], Family]] = {
    "parents": add_parents,
    "partner": add_partner,
    "child": add_child,
    "sibling": add_sibling,
    "half_sibling": add_half_sibling,
    "twin": add_twin,
    "remove": remove,
    "affected": _affected,
    "deceased": _deceased,
    "sex": _sex,
    "carrier": _carrier,
    "pregnancy": _pregnancy,
    "adopted": _adopted,
    "donor": _donor,
    "surrogate": _surrogate,
    "consultand": _consultand,
    "shift_left": _shift(-SHIFT),
    "shift_right": _shift(SHIFT),
}
