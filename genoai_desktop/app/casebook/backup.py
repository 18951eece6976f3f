"""The whole store in one file: the encrypted database, its key file, and their checksums.

A plain zip archive without compression (encrypted data does not shrink). Nothing in it is readable
without a passphrase or the recovery key; file names in it say nothing of patients.
"""

import hashlib
import json
import os
import secrets
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from genoai_desktop.cases import keys
from genoai_desktop.cases.audit import Act
from genoai_desktop.cases.keys import Role
from genoai_desktop.cases.store import Store
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

STORE_FILE, KEY_FILE = "clinic.genoai", "clinic.keys"
_MANIFEST = "manifest.json"
_FORMAT = 1
_CHUNK = 1 << 20
_DAMAGE = (OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile)
"""What reading a damaged archive raises; ``RuntimeError`` where it claims to be encrypted or packed oddly."""

WRITING, RESTORING = 4, 3
"""Times that the bytes of a store pass by: copied, summed, packed, read back; read, unpacked, proved."""


class Passes:
    """How far a job is that goes through ``size`` bytes ``count`` times, and whether it is to stop."""

    def __init__(self, context: Context, count: int, size: int) -> None:
        self.context = context
        self._count, self._size = count, max(size, 1)
        self._begun, self._label = 0, ""

    def begin(self, label: str) -> None:
        """The next pass, under these words."""
        self._begun, self._label = min(self._begun + 1, self._count), label
        self.reach(0)

    def reach(self, done: int) -> None:
        """``done`` bytes of this pass are behind. Never ``Cancelled``: it is called from within SQLite."""
        part = min(done / self._size, 1.0)
        self.context.report(self._label, (self._begun - 1 + part) / self._count)

    def blocks(self, handle: IO[bytes]) -> Iterator[bytes]:
        """The file piece by piece; ``Cancelled`` before the next piece when the person stopped the job."""
        done = 0
        while block := handle.read(_CHUNK):
            self.context.check()
            done += len(block)
            self.reach(done)
            yield block


def write(target: Path, key_file: Path, copy_store: Callable[[Path], None], passes: Passes) -> None:
    """Write the backup beside ``target``, read it back, and only then give it its name.

    Raises:
        UserError: there is a file of that name, the device failed, or the copy is not whole.
        Cancelled: the person stopped the job; no file is left.
    """
    if target.exists():
        raise UserError(tr("There is a file of this name already."), where=target.name)
    stem = f".{secrets.token_hex(8)}"
    copy, archive = target.with_name(f"{stem}.copy"), target.with_name(f"{stem}.part")
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
        os.replace(archive, target)
    except OSError as error:
        raise UserError(
            tr("The backup cannot be written ({reason}); no file was left.", reason=error.strerror or ""),
            where=target.name,
            remedy=tr("Make room, or choose another device, and try again."),
            code="backup.write",
        ) from error
    finally:
        archive.unlink(missing_ok=True)
        copy.unlink(missing_ok=True)


def _pack(archive: Path, manifest: str, parts: Mapping[str, Path], passes: Passes) -> None:
    with archive.open("xb") as handle:
        with zipfile.ZipFile(handle, "w") as made:
            made.writestr(_MANIFEST, manifest)
            for name, path in parts.items():
                with path.open("rb") as source, made.open(name, "w", force_zip64=True) as part:
                    for block in passes.blocks(source):
                        part.write(block)
        handle.flush()
        os.fsync(handle.fileno())


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
    try:
        trial.mkdir(parents=True, mode=0o700)
        passes.begin(tr("Unpacking the backup"))
        _unpack(path, trial, passes)
        passes.begin(tr("Proving the restored store"))
        _prove(trial, user, passphrase, passes.context)
        passes.context.check()
        # the key file last: with it the folder counts as a store
        for name in (STORE_FILE, KEY_FILE):
            os.replace(trial / name, folder / name)
    except OSError as error:
        raise UserError(
            tr("The backup cannot be restored here ({reason}).", reason=error.strerror or ""),
            where=folder.name,
            remedy=tr("Choose another folder."),
            code="backup.restore",
        ) from error
    finally:
        shutil.rmtree(trial, ignore_errors=True)


def _unpack(path: Path, folder: Path, passes: Passes) -> None:
    with zipfile.ZipFile(path) as archive:
        for name in (STORE_FILE, KEY_FILE):
            with archive.open(name) as source, (folder / name).open("xb") as copy:
                for block in passes.blocks(source):
                    copy.write(block)
                copy.flush()
                os.fsync(copy.fileno())


def _prove(folder: Path, user: str, passphrase: str, context: Context) -> None:
    data_key, role = keys.unlock(folder / KEY_FILE, user, passphrase)
    context.check()
    if role is not Role.ADMINISTRATOR:
        raise UserError(tr("Only administrators may restore a backup."), code="casebook.role")
    with Store(folder / STORE_FILE, data_key, user) as store:
        if store.damage(context) or store.audit_problems():
            raise UserError(tr("The backup is not whole."), remedy=tr("Use another backup."))
        store.record(Act.RESTORED)


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
