"""Whom the questionnaire asks about, and what: one table for the form and for reading it."""

from dataclasses import dataclass

from genoai_desktop.domain.family import Family, Member, Union
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.text import later, tr

FIELDS = (
    ("name", later("First name"), 34.0),
    ("sex", later("Sex (F / M)"), 20.0),
    ("born", later("Year of birth"), 24.0),
    ("dead", later("Died"), 13.0),
    ("age", later("Age (at death)"), 25.0),
    ("illness", later("Illnesses, with age when they began"), 0.0),
)
"""(key, title, width in mm; the last takes what is left)."""


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the form; ``number`` of several in the same place."""

    id: str
    group: str
    words: str
    sex: Sex
    father: str | None = None
    mother: str | None = None
    number: int = 0

    def said(self) -> str:
        """Who that is, to the person who fills in the form."""
        return tr(self.words, number=self.number)


GROUPS: tuple[tuple[str, str, int], ...] = (
    ("self", later("You, your parents and your partner"), 1),
    ("sibling", later("Brothers and sisters (same father and mother)"), 5),
    ("child", later("Your children with this partner"), 5),
    ("maternal", later("Your mother's family"), 5),
    ("paternal", later("Your father's family"), 5),
)
_SIDES = (
    (
        "m",
        "maternal",
        later("Your mother's mother"),
        later("Your mother's father"),
        later("Your mother's sibling {number}"),
    ),
    (
        "p",
        "paternal",
        later("Your father's mother"),
        later("Your father's father"),
        later("Your father's sibling {number}"),
    ),
)


def people() -> tuple[Person, ...]:
    """Every line, in the order of the form."""
    female, male, open_ = Sex.FEMALE, Sex.MALE, Sex.UNKNOWN
    sibling, child = later("Brother or sister {number}"), later("Child {number}")
    parents = ("father", "mother")
    made = [
        Person("self", "self", later("You"), open_, *parents),
        Person("mother", "self", later("Your mother"), female, "grandfather_m", "grandmother_m"),
        Person("father", "self", later("Your father"), male, "grandfather_p", "grandmother_p"),
        Person("partner", "self", later("Your partner"), open_),
    ]
    made += [Person(f"sibling{n}", "sibling", sibling, open_, *parents, number=n) for n in range(1, 6)]
    made += [Person(f"child{n}", "child", child, open_, number=n) for n in range(1, 6)]
    for side, group, mother, father, other in _SIDES:
        above = (f"grandfather_{side}", f"grandmother_{side}")
        made.append(Person(above[1], group, mother, female))
        made.append(Person(above[0], group, father, male))
        made += [Person(f"uncle_{side}{n}", group, other, open_, *above, number=n) for n in range(1, 4)]
    return tuple(made)


def asked(person: str, field: str) -> str:
    """A question of the form in words: whom it is about, and its title."""
    said = next(one.said() for one in people() if one.id == person)
    title = next(tr(title) for key, title, _ in FIELDS if key == field)
    return tr("{person} (“{question}”)", person=said, question=title)


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
