"""One person, as the analyses need to know them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Sex(StrEnum):
    """Sex as it matters for inheritance (sex chromosomes)."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class Affected(StrEnum):
    """Whether a person has the condition in question."""

    YES = "affected"
    NO = "unaffected"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Person:
    """One member of the family. ``sample`` is the column of the VCF, None when not sequenced."""

    id: str
    sample: str | None = None
    name: str = ""
    sex: Sex = Sex.UNKNOWN
    affected: Affected = Affected.UNKNOWN
    mother: str | None = None
    father: str | None = None
    age_years: float | None = None
    deceased: bool = False


class Child(Protocol):
    """Anybody whose genetic parents may be known, by identifier."""

    @property
    def mother(self) -> str | None:
        """The mother."""

    @property
    def father(self) -> str | None:
        """The father."""


def is_own_ancestor(person: str, people: Mapping[str, Child]) -> bool:
    """Whether somebody descends from themselves; parents who are not listed have no parents."""
    seen: set[str] = set()
    waiting = [person]
    while waiting:
        one = people.get(waiting.pop())
        for parent in (one.father, one.mother) if one else ():
            if parent == person:
                return True
            if parent is not None and parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return False
