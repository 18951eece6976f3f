"""How any stage tells a person that something is odd."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a Finding matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Where:
    """Where something was found; ``line`` is 1-based in the text file."""

    file: str = ""
    line: int | None = None
    field: str = ""

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.field:
            parts.append(f"field {self.field}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd that reaches the window and the report, never only a log.

    ``code`` is stable and machine-readable (``vcf.mixed-ploidy``); ``count`` says how many
    records it stands for when one Finding speaks for many.
    """

    severity: Severity
    code: str
    where: Where
    text: str
    count: int = 1
