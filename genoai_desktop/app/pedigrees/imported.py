"""What a reader of family files gives back."""

from dataclasses import dataclass

from genoai_desktop.domain.family import Family
from genoai_desktop.domain.findings import Finding, Severity, Where


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
