"""Whom the questionnaire asks about, and what: one table for the form and for reading it."""

from dataclasses import dataclass

from genoai_desktop.domain.family import Family, Member, Union
from genoai_desktop.domain.person import Sex

FIELDS = (
    ("name", "First name", 34.0),
    ("sex", "Sex (F / M)", 20.0),
    ("born", "Year of birth", 24.0),
    ("dead", "Died", 13.0),
    ("age", "Age (at death)", 25.0),
    ("illness", "Illnesses, with age when they began", 0.0),
)
"""(key, title, width in mm; the last takes what is left)."""


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the form."""

    id: str
    group: str
    words: str
    sex: Sex
    father: str | None = None
    mother: str | None = None


GROUPS: tuple[tuple[str, str, int], ...] = (
    ("self", "You, your parents and your partner", 1),
    ("sibling", "Brothers and sisters (same father and mother)", 5),
    ("child", "Your children with this partner", 5),
    ("maternal", "Your mother's family", 5),
    ("paternal", "Your father's family", 5),
)


def people() -> tuple[Person, ...]:
    """Every line, in the order of the form."""
    female, male, open_ = Sex.FEMALE, Sex.MALE, Sex.UNKNOWN
    made = [
        Person("self", "self", "You", open_, "father", "mother"),
        Person("mother", "self", "Your mother", female, "grandfather_m", "grandmother_m"),
        Person("father", "self", "Your father", male, "grandfather_p", "grandmother_p"),
        Person("partner", "self", "Your partner", open_),
    ]
    for number in range(1, 6):
        made.append(
            Person(f"sibling{number}", "sibling", f"Brother or sister {number}", open_, "father", "mother")
        )
    for number in range(1, 6):
        made.append(Person(f"child{number}", "child", f"Child {number}", open_))
    for side, group in (("m", "maternal"), ("p", "paternal")):
        whose = "mother" if side == "m" else "father"
        above = (f"grandfather_{side}", f"grandmother_{side}")
        made.append(Person(above[1], group, f"Your {whose}'s mother", female))
        made.append(Person(above[0], group, f"Your {whose}'s father", male))
        for number in range(1, 4):
            words = f"Your {whose}'s sibling {number}"
            made.append(Person(f"uncle_{side}{number}", group, words, open_, *above))
    return tuple(made)


def blank_family() -> Family:
    """Everybody the form asks about; children hang from "self" and "partner" once their sexes are told."""
    members = tuple(Member(one.id, sex=one.sex, father=one.father, mother=one.mother) for one in people())
    unions = (
        Union(("father", "mother")),
        Union(("grandfather_m", "grandmother_m")),
        Union(("grandfather_p", "grandmother_p")),
        Union(("self", "partner")),
    )
    return Family(members, "self", unions=unions)
