"""The whole store in one file: the encrypted database, its key file, and their checksums.

A plain zip archive without compression (encrypted data does not shrink). Nothing in it is readable
without a passphrase or the recovery key; file names in it say nothing of patients.
"""

import errno
import hashlib
import json
import os
import secrets
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from genoai_desktop.cases import keys
from genoai_desktop.cases.audit import Act
from genoai_desktop.cases.keys import Role
from genoai_desktop.cases.proof import damaged_pages
from genoai_desktop.cases.store import Store
from genoai_desktop.domain.context import Context, Part, Silent
from genoai_desktop.domain.durable import make_folder, rename
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.reasons import reason_of
from genoai_desktop.domain.text import tr

STORE_FILE, KEY_FILE = "clinic.genoai", "clinic.keys"
_MANIFEST = "manifest.json"
_FORMAT = 1
_CHUNK = 1 << 20
_DAMAGE = (OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile)
"""What reading a damaged archive raises; ``RuntimeError`` where it claims to be encrypted or packed oddly."""

COPYING, WRITING, RESTORING, PROVING = 3, 6, 5, 3
"""Times that the bytes of a store pass by. Written: copied and proved (three times), summed, packed, read
back; restored: read, unpacked, and proved (pages, records, audit trail)."""
_FLUSHED = 16 << 20
"""Bytes after which a file that is written goes to the device: all at once nobody could stop it."""


class Passes:
    """How far a job is that goes through ``size`` bytes ``count`` times, and whether it is to stop."""

    def __init__(self, context: Context, count: int, size: int) -> None:
        self.context = context
        self._count, self._size = count, max(size, 1)
        self._begun, self._label, self._done = 0, "", 0

    def begin(self, label: str) -> None:
        """The next pass, under these words."""
        self._begun, self._label = min(self._begun + 1, self._count), label
        self._reach(0)

    def part(self, count: int = 1) -> Part:
        """The context of a stage that goes by the bytes ``count`` times."""
        first = self._begun
        self._begun += count
        return Part(self.context, first / self._count, self._begun / self._count)

    def _reach(self, done: int) -> None:
        self._done = done
        part = min(done / self._size, 0.999)  # whole is only what has its name
        self.context.report(self._label, (self._begun - 1 + part) / self._count)

    def blocks(self, handle: IO[bytes]) -> Iterator[bytes]:
        """The file piece by piece; ``Cancelled`` before the next piece when the person stopped the job."""
        while block := handle.read(_CHUNK):
            self.context.check()
            self._reach(self._done + len(block))
            yield block


def unfinished(target: Path) -> tuple[Path, Path]:
    """Names for the copy of the store and for the archive until it is whole."""
    stem = f".{secrets.token_hex(8)}"
    return target.with_name(f"{stem}.copy"), target.with_name(f"{stem}.part")


def write(
    target: Path,
    key_file: Path,
    copy_store: Callable[[Path], None],
    passes: Passes,
    making: tuple[Path, Path],
) -> None:
    """Write the backup beside ``target``, read it back, and only then give it its name.

    ``making``: its ``unfinished`` names.

    Raises:
        UserError: there is a file of that name, the device failed, or the copy is not whole.
        Cancelled: the person stopped the job; no file is left.
    """
    if target.exists():
        raise UserError(tr("There is a file of this name already."), where=target.name)
    copy, archive = making
    try:
        copy_store(copy)
        parts = {STORE_FILE: copy, KEY_FILE: key_file}
        passes.begin(tr("Writing the backup"))
        sums = {name: _sum(path.open("rb"), passes) for name, path in parts.items()}
        manifest = {"format": _FORMAT, "created": datetime.now(UTC).isoformat("T", "seconds"), "sha256": sums}
        passes.begin(tr("Writing the backup"))
        _pack(archive, json.dumps(manifest), parts, passes)
        passes.begin(tr("Reading the backup back"))
        check(archive, passes)
        _name(archive, target)
        passes.context.report(tr("Reading the backup back"), 1.0)
    except OSError as error:
        raise UserError(
            tr("The backup cannot be written ({reason}); no file was left.", reason=reason_of(error)),
            where=target.name,
            remedy=tr("Make room, or choose another device, and try again."),
            code="backup.write",
        ) from error
    finally:
        for leftover in (archive, copy):
            with suppress(OSError):  # a device that fails takes no deleting either; the first failure is told
                leftover.unlink(missing_ok=True)


def _pack(archive: Path, manifest: str, parts: Mapping[str, Path], passes: Passes) -> None:
    with archive.open("xb") as handle:
        with zipfile.ZipFile(handle, "w") as made:
            made.writestr(_MANIFEST, manifest)
            for name, path in parts.items():
                with path.open("rb") as source, made.open(name, "w", force_zip64=True) as part:
                    _copy(source, part, handle, passes)
        _flush(handle)


def check(path: Path, passes: Passes | None = None) -> None:
    """Read a backup and compare every part with its checksum.

    Raises:
        UserError: it is no backup, of a later program, or not whole.
        Cancelled: the person stopped the job.
    """
    passes = passes or Passes(Silent(), 1, 0)
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            later = int(manifest["format"]) > _FORMAT
            whole = all(
                _sum(archive.open(name), passes) == manifest["sha256"][name]
                for name in (STORE_FILE, KEY_FILE)
            )
    except _DAMAGE as error:
        raise _damaged(path) from error
    if later:
        raise UserError(tr("The backup was written by a later version of the program."), where=path.name)
    if not whole:
        raise _damaged(path)


def restore(path: Path, folder: Path, user: str, passphrase: str, context: Context | None = None) -> None:
    """Put the store of a backup into ``folder``, which must not hold one. Nothing is overwritten.

    The store is opened and checked in full before it gets its name. ``user`` must be an administrator
    of the store at the time of the backup.

    Raises:
        WrongPassphrase: the passphrase does not open the backup.
        UserError: no backup, damaged, not an administrator, or the folder cannot be used.
        Cancelled: the person stopped the job; the folder holds no store.
    """
    passes = Passes(context or Silent(), RESTORING, path.stat().st_size if path.is_file() else 0)
    passes.begin(tr("Checking the backup"))
    check(path, passes)
    if (folder / KEY_FILE).exists() or (folder / STORE_FILE).exists():
        raise UserError(
            tr("There is a store in this folder already."),
            where=folder.name,
            remedy=tr("Choose an empty folder; the present store stays as it is."),
        )
    trial = folder / f".{secrets.token_hex(8)}"
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        make_folder(trial, 0o700)
        passes.begin(tr("Unpacking the backup"))
        _unpack(path, trial, passes)
        _prove(trial, user, passphrase, passes.part(PROVING))
        passes.context.check()
        # the key file last: with it the folder counts as a store
        for name in (STORE_FILE, KEY_FILE):
            _name(trial / name, folder / name)
        passes.context.report(tr("Proving the audit trail"), 1.0)
    except OSError as error:
        raise UserError(
            tr("The backup cannot be restored here ({reason}).", reason=reason_of(error)),
            where=folder.name,
            remedy=tr("Choose another folder."),
            code="backup.restore",
        ) from error
    finally:
        shutil.rmtree(trial, ignore_errors=True)
        for one in new:
            with suppress(OSError):  # it holds the store now
                one.rmdir()


def _name(made: Path, target: Path) -> None:
    """Give what was made its name for good; where that cannot be known for certain, nothing has the name."""
    try:
        rename(made, target)
    except OSError:
        with suppress(OSError):  # a device that fails takes no deleting either; the first failure is told
            target.unlink(missing_ok=True)
        raise


def _unpack(path: Path, folder: Path, passes: Passes) -> None:
    with zipfile.ZipFile(path) as archive:
        for name in (STORE_FILE, KEY_FILE):
            with archive.open(name) as source, (folder / name).open("xb") as copy:
                _copy(source, copy, copy, passes)
                _flush(copy)


def _copy(source: IO[bytes], target: IO[bytes], file: IO[bytes], passes: Passes) -> None:
    """Piece by piece; ``file`` is what ``target`` is written to."""
    waiting = 0
    for block in passes.blocks(source):
        target.write(block)
        waiting += len(block)
        if waiting >= _FLUSHED:
            _flush(file)
            waiting = 0


def _flush(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _prove(folder: Path, user: str, passphrase: str, context: Context) -> None:
    context.check()
    data_key, role = keys.unlock(folder / KEY_FILE, user, passphrase)
    if role is not Role.ADMINISTRATOR:
        raise UserError(tr("Only administrators may restore a backup."), code="casebook.role")
    found = damaged_pages(folder / STORE_FILE, data_key, Part(context, 0.0, 0.45))
    with Store(folder / STORE_FILE, data_key, user) as store:
        found += store.unsound(Part(context, 0.45, 0.9)) + store.audit_problems(Part(context, 0.9, 0.99))
        if found:
            raise UserError(tr("The backup is not whole."), remedy=tr("Use another backup."))
        store.record(Act.RESTORED, "", "from a backup")
    if any(folder.glob(f"{STORE_FILE}-*")):  # only the file itself is moved, so its log must be in it
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _sum(handle: IO[bytes], passes: Passes) -> str:
    digest = hashlib.sha256()
    with handle:
        for block in passes.blocks(handle):
            digest.update(block)
    return digest.hexdigest()


def _damaged(path: Path) -> UserError:
    return UserError(
        tr("This is not a whole backup of a case store."),
        where=path.name,
        remedy=tr("Use another backup."),
        code="backup.damaged",
    )
