"""GEDCOM 5.5.1 and 7 as a tree of lines."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.text import tr

LARGEST = 50_000_000
_LINE = re.compile(r"\s*(\d{1,2}) +(?:@([^@]+)@ +)?([A-Za-z0-9_]+)(?: (.*))?")
DEEPEST = 20


@dataclass(slots=True)
class Record:
    """One line with the lines below it. ``line`` is 1-based."""

    tag: str
    value: str
    pointer: str
    line: int
    below: list["Record"] = field(default_factory=list)

    def all(self, tag: str) -> list["Record"]:
        """Every line of that tag directly below."""
        return [one for one in self.below if one.tag == tag]

    def first(self, tag: str) -> "Record | None":
        """The first line of that tag directly below."""
        return next((one for one in self.below if one.tag == tag), None)

    def text(self, tag: str) -> str:
        """The value of the first line of that tag, empty when there is none."""
        found = self.first(tag)
        return found.value if found else ""


def read_records(path: Path) -> tuple[list[Record], bool]:
    """The records of a file, and whether its letters may have been misread (an old character set).

    Raises:
        UserError: not readable, too large, or a line that is no GEDCOM.
    """
    text, doubtful = _decoded(path)
    records: list[Record] = []
    open_: list[Record] = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line)
        level = int(match[1]) if match else 99
        if match is None or level > min(len(open_), DEEPEST):
            raise _refuse(path, number, tr("This line is not GEDCOM."))
        made = Record(match[3].upper(), _unescaped(match[4] or ""), match[2] or "", number)
        del open_[level:]
        if made.tag in ("CONC", "CONT") and open_:
            open_[-1].value += ("\n" if made.tag == "CONT" else "") + made.value
            continue
        (open_[-1].below if open_ else records).append(made)
        open_.append(made)
    if not records or records[0].tag != "HEAD":
        raise _refuse(path, 1, tr("This is not a GEDCOM file: it does not begin with HEAD."))
    return records, doubtful


def _decoded(path: Path) -> tuple[str, bool]:
    try:
        if path.stat().st_size > LARGEST:
            raise _refuse(path, None, tr("The file is far too large for a family."))
        data = path.read_bytes()
    except OSError as error:
        raise _refuse(path, None, tr("The file cannot be read.")) from error
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), False
    try:
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), True


def _unescaped(value: str) -> str:
    """Pointers keep their signs; a doubled @ is one."""
    if re.fullmatch(r"@[^@]+@", value.strip()):
        return value.strip().strip("@")
    return value.replace("@@", "@")


def _refuse(path: Path, line: int | None, what: str) -> UserError:
    remedy = tr("Export the family again as GEDCOM 5.5.1 or 7.")
    return UserError(what, where=file_where(path, line), remedy=remedy, code="gedcom.format")
