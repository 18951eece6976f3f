"""Errors. A ``UserError`` is one a person can mend; anything else is a fault of the program."""

from pathlib import Path


class UserError(Exception):
    """Input that is refused: what happened, where, and what to do.

    Never put a name, a genotype or any other patient data into the texts.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "", code: str = "refused") -> None:
        self.what, self.where, self.remedy, self.code = what, where, remedy, code
        super().__init__(" ".join(part for part in (f"{where}:" if where else "", what, remedy) if part))


class KnowledgeError(UserError):
    """A bundled table is damaged or missing. Names the table, never answers wrongly."""


class Cancelled(Exception):  # noqa: N818 - not a fault
    """The person stopped the job."""


def file_where(path: Path | str, line: int | None = None, field: str = "") -> str:
    """``file, line n, field X`` for messages; the file's name without its folder."""
    parts = [Path(path).name]
    if line is not None:
        parts.append(f"line {line}")
    if field:
        parts.append(f"field {field}")
    return ", ".join(parts)
