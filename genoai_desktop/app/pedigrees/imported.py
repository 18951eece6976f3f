"""What a reader of family files gives back, and how it tells what it could not take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.family import Family
from genoai_desktop.domain.family_check import checked
from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.text import joined, tr

MOST_LINES = 5
"""Lines that are named of one oddity; of more, their number."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A family, and what of the file was not understood.

    ``partial``: answers about some people, to be added to a family rather than taken in its place.
    """

    family: Family
    findings: tuple[Finding, ...] = ()
    partial: bool = False


def odd(file: str, field: str, text: str, line: int | None = None) -> Finding:
    """A Finding about a family file. Never put a name into ``text``."""
    return Finding(Severity.WARNING, "family.not-understood", Where(file, line, field), text)


def checked_file(family: Family, path: Path, places: Mapping[str, int | str]) -> Family:
    """As ``checked``, but telling the place in the file. ``places``: person to line, or to a field's name.

    Raises:
        UserError: the family cannot be.
    """
    try:
        return checked(family)
    except UserError as error:
        named = (one for one in places if error.where == one or error.where.startswith(f"{one}, "))
        person = max(named, key=len, default="")
        place = places.get(person)
        field = error.where[len(person) :].removeprefix(", ")
        if isinstance(place, str):
            place, field = None, ", ".join(one for one in (place, field) if one)
        raise UserError(
            error.what,
            where=file_where(path, place, field),
            remedy=tr("Correct it in the file, or in the program that it is from, and import it again."),
            code=error.code,
        ) from None


def told(findings: Iterable[Finding]) -> str:
    """What was not understood, each thing once, with the lines or fields where it is."""
    places: dict[str, list[str]] = {}
    for one in findings:
        line = str(one.where.line) if one.where.line is not None else ""
        places.setdefault(one.text, []).append(line or one.where.field)
    return " ".join(_one(text, list(dict.fromkeys(filter(None, where)))) for text, where in places.items())


def _one(text: str, where: list[str]) -> str:
    if not where:
        return text
    named = joined(", ", where[:MOST_LINES])
    if len(where) > MOST_LINES:
        more = len(where) - MOST_LINES
        named = tr("{places} and {more} more", places=named, more=more)
    numbers = all(one.isdigit() for one in where)
    place = tr("Line {lines}", lines=named) if numbers else named
    return f"{place}: {text}"
