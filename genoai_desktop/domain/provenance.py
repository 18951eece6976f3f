"""Where a fact comes from, and which data version said so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper, guideline, specification or database entry."""

    source: str
    reference: str = ""
    version: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.source, self.version, self.reference) if part)


@dataclass(frozen=True, slots=True)
class Version:
    """The version of one knowledge table or model that made a result."""

    name: str
    release: str
    sha256: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Tested, not tested, not callable: one line of every section.

    ``tested`` and ``missing`` count positions or genes, as ``unit`` says.
    """

    subject: str
    unit: str
    tested: int
    missing: int
    note: str = ""
    missing_items: tuple[str, ...] = ()
