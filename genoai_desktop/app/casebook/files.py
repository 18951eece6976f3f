"""The files of a case: known by path and checksum, found again when they were moved."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from genoai_desktop.domain.context import Context, Part, shares
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.reasons import reason_of
from genoai_desktop.domain.text import tr

_CHUNK = 1 << 20
LARGE = 4_000_000_000
"""Bytes from which only size, beginning and end are hashed: reads of a genome would take minutes."""
_END = 16 << 20
_UNCHECKED = {"reference"}
"""A reference genome is proved by its sequence when it is used; three gigabytes are not hashed."""


@dataclass(frozen=True, slots=True)
class FileRef:
    """One file of a case. ``role`` is the request's field (``vcf``, ``ped``, ...); ``size`` in bytes.

    ``sha256`` is empty for files that are not checked by content.
    """

    role: str
    path: str
    sha256: str = ""
    size: int = 0

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return Path(self.path).name


class FilesMissing(UserError):  # noqa: N818 - a person can mend it
    """Files of a case are not where they were, or are not the same any more."""

    def __init__(self, missing: Sequence[FileRef], changed: Sequence[FileRef]) -> None:
        self.missing, self.changed = tuple(missing), tuple(changed)
        names = ", ".join(ref.name for ref in (*missing, *changed))
        if missing:
            what = tr("Files of this case are not where they were: {names}.", names=names)
        else:
            what = tr("Files of this case have changed since they were analysed: {names}.", names=names)
        super().__init__(
            what, remedy=tr("Choose the folder where they are now."), code="casebook.files-missing"
        )


def checksum(path: Path, context: Context) -> str:
    """SHA-256 of a file; of one of ``LARGE`` bytes or more ``ends:`` and that of its size and both ends.

    Raises:
        UserError: the file cannot be read.
        Cancelled: the person stopped the job.
    """
    digest, done = hashlib.sha256(), 0
    try:
        total = path.stat().st_size
        with path.open("rb") as handle:
            if total >= LARGE:
                digest.update(str(total).encode() + handle.read(_END))
                handle.seek(-_END, os.SEEK_END)
                digest.update(handle.read(_END))
                return f"ends:{digest.hexdigest()}"
            while block := handle.read(_CHUNK):
                context.check()
                digest.update(block)
                done += len(block)
                context.report(tr("Checking the files"), done / total if total else None)
    except OSError as error:
        raise UserError(
            tr("The file cannot be read ({reason}).", reason=reason_of(error)),
            where=path.name,
            remedy=tr("Connect the device it lies on, and try again."),
            code="casebook.file",
        ) from error
    return digest.hexdigest()


def reference_to(role: str, path: Path, context: Context, known: Iterable[FileRef] = ()) -> FileRef:
    """The reference to keep; the checksum of an unchanged path and size is taken over from ``known``."""
    size = path.stat().st_size if path.is_file() else 0
    for ref in known:
        if (ref.role, ref.path, ref.size) == (role, str(path), size) and (ref.sha256 or role in _UNCHECKED):
            return ref
    digest = "" if role in _UNCHECKED or not path.is_file() else checksum(path, context)
    return FileRef(role, str(path), digest, size)


def verify(files: Sequence[FileRef], context: Context) -> None:
    """Every file is where it was and as it was.

    Raises:
        FilesMissing: with those that are not.
    """
    missing = [ref for ref in files if not Path(ref.path).is_file()]
    there = [ref for ref in files if ref not in missing and ref.sha256]
    parts = shares(context, *(ref.size + 1 for ref in there))
    changed = [
        ref
        for ref, part in zip(there, parts, strict=True)
        if Path(ref.path).stat().st_size != ref.size or checksum(Path(ref.path), part) != ref.sha256
    ]
    if missing or changed:
        raise FilesMissing(missing, changed)


def find(files: Sequence[FileRef], folder: Path, context: Context) -> tuple[FileRef, ...]:
    """The same references with the paths of files of the same content below ``folder``.

    A file that still is where it was stays. Names do not matter, content does; only files of the
    right size are read. One without a checksum is found by name and size.

    Raises:
        FilesMissing: some are not below the folder either.
        Cancelled: the person stopped the job.
    """
    staying, searching = shares(context, 1, 9)
    parts = shares(staying, *(ref.size + 1 for ref in files))
    wanted = [ref for ref, part in zip(files, parts, strict=True) if not _unchanged(ref, part)]
    searching.report(tr("Looking through the folder"), 0.0)
    places = list(_walk(folder, {ref.size for ref in wanted}, context))
    pairs = [(ref, path) for path, size in places for ref in wanted if ref.size == size]
    found = _found(pairs, searching)
    searching.report(tr("Looking through the folder"), 1.0)
    left = [ref for ref in wanted if ref not in found]
    if left:
        raise FilesMissing(left, ())
    return tuple(found.get(ref, ref) for ref in files)


def _found(pairs: Sequence[tuple[FileRef, Path]], context: Context) -> dict[FileRef, FileRef]:
    """The first file of the same content for each; how far it is goes by the bytes that may be read."""
    found: dict[FileRef, FileRef] = {}
    total, done = sum(ref.size + 1 for ref, _ in pairs), 0
    for ref, path in pairs:
        part = Part(context, done / total, (done + ref.size) / total)
        if ref not in found and _same(ref, path, part):
            found[ref] = replace(ref, path=str(path))
        done += ref.size + 1
    return found


def _unchanged(ref: FileRef, context: Context) -> bool:
    path = Path(ref.path)
    if not path.is_file() or path.stat().st_size != ref.size:
        return False
    return not ref.sha256 or checksum(path, context) == ref.sha256


def _same(ref: FileRef, path: Path, context: Context) -> bool:
    return checksum(path, context) == ref.sha256 if ref.sha256 else path.name == ref.name


def _walk(folder: Path, sizes: set[int], context: Context) -> Iterator[tuple[Path, int]]:
    """Files below the folder that have one of these sizes."""
    for place, _, names in os.walk(folder, onerror=None):
        for name in sorted(names):
            context.check()
            path = Path(place) / name
            try:
                size = path.stat().st_size
            except OSError:
                continue
            if size in sizes:
                yield path, size
