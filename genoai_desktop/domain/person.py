"""One person, as the analyses need to know them."""

from dataclasses import dataclass
from enum import StrEnum


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
