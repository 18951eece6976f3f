"""PED files (PLINK .fam/.ped, first six columns): family, person, father, mother, sex, phenotype."""

import re
from pathlib import Path

from genoai_desktop.domain.case import Affected, Person, Sex
from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.person import is_own_ancestor
from genoai_desktop.domain.text import later, tr
from genoai_desktop.vcf.plain_text import plain_text

MAX_BYTES = 16 << 20
_SEX = {
    "1": Sex.MALE,
    "2": Sex.FEMALE,
    "male": Sex.MALE,
    "female": Sex.FEMALE,
    "m": Sex.MALE,
    "f": Sex.FEMALE,
}
_SEX |= dict.fromkeys(("0", "-9", ".", "unknown", "other", "u", "3"), Sex.UNKNOWN)
_AFFECTED = {"1": Affected.NO, "2": Affected.YES, "unaffected": Affected.NO, "affected": Affected.YES}
_AFFECTED |= dict.fromkeys(("0", "-9", ".", "unknown"), Affected.UNKNOWN)


def read_ped(path: Path | str) -> tuple[Person, ...]:
    """Persons in the order of the file; ``sample`` is the person's identifier.

    Parents that have no row of their own are added as relatives without a sample. Raises UserError,
    naming line and field, for missing columns, unknown codes, a person twice, a parent of the wrong sex,
    a person who is an own ancestor, or the same identifier in two families.
    """
    path = Path(path)
    persons: dict[str, Person] = {}
    lines: dict[str, int] = {}
    remedy = tr("Choose a PED file: text with six columns.")
    rows = plain_text(path, MAX_BYTES, remedy, "ped.invalid").splitlines()
    for number, text in enumerate(rows, start=1):
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        fields = _fields(text, path, number)
        if not persons and fields[4].lower() not in _SEX and fields[5].lower() not in _AFFECTED:
            what = tr("The first line holds nobody; it looks like titles of columns.")
            raise _error(path, number, "", what, tr("Put # before it, or take it out."))
        person = _person(fields, path, number)
        if person.id in persons:
            what = tr("A person is listed twice (first in line {first}).", first=lines[person.id])
            raise _error(
                path, number, "individual", what, tr("Give every person an identifier of their own.")
            )
        persons[person.id], lines[person.id] = person, number
    if not persons:
        raise _error(
            path, None, "", tr("The pedigree file lists nobody."), tr("It needs one line per person.")
        )
    _check_parents(persons, lines, path)
    return (*persons.values(), *_absent_parents(persons, lines, path))


def _error(path: Path, line: int | None, name: str, what: str, remedy: str) -> UserError:
    return UserError(what, where=file_where(path, line, name), remedy=remedy, code="ped.invalid")


def _fields(text: str, path: Path, number: int) -> list[str]:
    fields = [field.strip() for field in text.split("\t")]
    if len(fields) < 6:  # not by tabs alone
        fields = re.split(r"[\s,;]+", text.strip())
    while fields and not fields[-1] and len(fields) > 6:
        fields.pop()
    if len(fields) < 6:
        what = tr("The line has {count} columns and needs six.", count=len(fields))
        remedy = tr(
            "Columns: family, individual, father, mother, sex (1 male, 2 female), phenotype (1 no, 2 yes)."
        )
        raise _error(path, number, "", what, remedy)
    return fields


def _person(fields: list[str], path: Path, number: int) -> Person:
    _, name, father, mother, sex, affected = fields[:6]
    if name in {"", "0"}:
        raise _error(
            path, number, "individual", tr("The person has no identifier."), tr("Fill in the second column.")
        )
    if sex.lower() not in _SEX:
        what = tr("Sex is not 1 (male), 2 (female) or 0 (unknown).")
        raise _error(path, number, "sex", what, tr("Correct the fifth column."))
    if affected.lower() not in _AFFECTED:
        what = tr("Phenotype is not 1 (unaffected), 2 (affected) or 0 (unknown).")
        raise _error(
            path, number, "phenotype", what, tr("Correct the sixth column; quantities are not taken.")
        )
    parents = [None if parent in {"", "0", "-9", "."} else parent for parent in (father, mother)]
    if name in parents or (parents[0] and parents[0] == parents[1]):
        what = tr("A person is given as an own parent, or one person as both parents.")
        raise _error(path, number, "father, mother", what, tr("Correct the third and fourth columns."))
    return Person(
        name,
        sample=name,
        sex=_SEX[sex.lower()],
        affected=_AFFECTED[affected.lower()],
        mother=parents[1],
        father=parents[0],
    )


def _check_parents(persons: dict[str, Person], lines: dict[str, int], path: Path) -> None:
    for name, person in persons.items():
        for role, parent, wrong in (
            (later("father"), person.father, Sex.FEMALE),
            (later("mother"), person.mother, Sex.MALE),
        ):
            if parent in persons and persons[parent].sex is wrong:
                what = tr("The {role} has the other sex in line {line}.", role=tr(role), line=lines[parent])
                raise _error(path, lines[name], role, what, tr("Swap the parents, or correct the sex."))
        if is_own_ancestor(name, persons):
            what = tr("A person is an own ancestor.")
            raise _error(path, lines[name], "father, mother", what, tr("Correct the parents."))


def _absent_parents(persons: dict[str, Person], lines: dict[str, int], path: Path) -> list[Person]:
    added: dict[str, Person] = {}
    for name, person in persons.items():
        for parent, sex in ((person.father, Sex.MALE), (person.mother, Sex.FEMALE)):
            if parent is None or parent in persons:
                continue
            if parent in added and added[parent].sex is not sex:
                what = tr("One person is a father in one line and a mother in another.")
                raise _error(path, lines[name], "father, mother", what, tr("Correct the parents."))
            added[parent] = Person(parent, sex=sex)
    return list(added.values())
