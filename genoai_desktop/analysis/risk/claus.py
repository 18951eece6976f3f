"""The Claus model: breast cancer risk from the ages at onset in relatives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

YOUNGEST, OLDEST = 20, 79
FIRST_TABULATED_AGE = 29


@dataclass(frozen=True, slots=True)
class ClausFamily:
    """Ages at onset (years, 20..79) of breast cancer in female relatives."""

    mother: tuple[int, ...] = ()
    daughters: tuple[int, ...] = ()
    full_sisters: tuple[int, ...] = ()
    maternal_aunts: tuple[int, ...] = ()
    paternal_aunts: tuple[int, ...] = ()
    maternal_grandmother: tuple[int, ...] = ()
    paternal_grandmother: tuple[int, ...] = ()
    maternal_half_sisters: tuple[int, ...] = ()
    paternal_half_sisters: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ClausRisk:
    """Remaining chance to age 79 (0..1) given none so far, the table it came from, cumulative curve."""

    remaining: float
    table: str
    curve: tuple[float, ...]
    """Cumulative risk at 29, 39, 49, 59, 69 and 79."""


def claus_risk(
    age: float, family: ClausFamily, tables: Mapping[str, Any], *, as_published_code: bool = False
) -> ClausRisk | None:
    """The highest remaining risk over the tables that fit; None without an affected relative.

    Linear between tabulated ages. Below 29 the paper gives no figure: we take the cumulative risk as
    rising from 0 at age 19. ``as_published_code`` instead follows the open implementation that the
    reference grid was made with, which there interpolates from the last row and so understates.

    Raises:
        UserError: an age outside 20..79; ``where`` names the field.
    """
    _check("age", age)
    for member in fields(family):
        for onset in getattr(family, member.name):
            _check(member.name, onset)
    found = [
        ClausRisk(_remaining(curve, age, as_published_code), name, curve)
        for name, curve in _curves(family, tables)
    ]
    return max(found, key=lambda risk: risk.remaining, default=None)


def _check(field: str, age: float) -> None:
    if not YOUNGEST <= age <= OLDEST:
        what = tr("the age must be {low} to {high}", low=YOUNGEST, high=OLDEST)
        raise UserError(
            what, where=field, remedy=tr("The Claus tables hold no other ages."), code="risk.out-of-range"
        )


def _curves(family: ClausFamily, tables: Mapping[str, Any]) -> Iterator[tuple[str, tuple[float, ...]]]:
    """The youngest one or two relatives of each kind that a table combines."""
    first = sorted(family.mother + family.daughters + family.full_sisters)
    maternal = sorted(family.maternal_aunts + family.maternal_grandmother + family.maternal_half_sisters)
    paternal = sorted(family.paternal_aunts + family.paternal_grandmother + family.paternal_half_sisters)
    mother = sorted(family.mother)
    singles = (("ONE_FIRST_DEG_TABLE", first), ("ONE_SECOND_DEG_TABLE", sorted(maternal + paternal)))
    pairs: tuple[tuple[str, Sequence[int]], ...] = (
        ("TWO_FIRST_DEG_TABLE", first[:2]),
        ("TWO_SEC_DEG_SAME_SIDE_TABLE", maternal[:2]),
        ("TWO_SEC_DEG_SAME_SIDE_TABLE", paternal[:2]),
        ("TWO_SEC_DEG_DIFF_SIDE_TABLE", maternal[:1] + paternal[:1] if maternal and paternal else ()),
        ("MOTHER_MATERNAL_AUNT", mother[:1] + sorted(family.maternal_aunts)[:1] if mother else ()),
        ("MOTHER_PATERNAL_AUNT", mother[:1] + sorted(family.paternal_aunts)[:1] if mother else ()),
    )
    for name, ages in singles:
        if ages:
            yield name, tuple(row[_bin(ages[0])] for row in tables[name])
    for name, both in pairs:
        if len(both) == 2:
            yield name, tuple(row[_bin(both[0])][_bin(both[1])] for row in tables[name])


def _bin(onset: int) -> int:
    return (onset - YOUNGEST) // 10


def _remaining(curve: tuple[float, ...], age: float, as_published_code: bool) -> float:
    lifetime = curve[-1]
    points = (lifetime if as_published_code else 0.0, *curve)
    decade, over = divmod(age - (FIRST_TABULATED_AGE - 10), 10)
    now = points[int(decade)]
    if over:
        now += (points[int(decade) + 1] - now) * over / 10
    return max(0.0, (lifetime - now) / (1 - now))
