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
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from genoai_desktop.cases import keys
from genoai_desktop.cases.audit import Act
from genoai_desktop.cases.keys import Role
from genoai_desktop.cases.store import Store
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

STORE_FILE, KEY_FILE = "clinic.genoai", "clinic.keys"
_MANIFEST = "manifest.json"
_FORMAT = 1
_CHUNK = 1 << 20
_DAMAGE = (OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile)
"""What reading a damaged archive raises; ``RuntimeError`` where it claims to be encrypted or packed oddly."""


def write(target: Path, key_file: Path, copy_store: Callable[[Path], None]) -> None:
    """Write the backup beside ``target``, read it back, and only then give it its name.

    Raises:
        UserError: there is a file of that name, the device failed, or the copy is not whole.
    """
    if target.exists():
        raise UserError(tr("There is a file of this name already."), where=target.name)
    stem = f".{secrets.token_hex(8)}"
    copy, archive = target.with_name(f"{stem}.copy"), target.with_name(f"{stem}.part")
    try:
        copy_store(copy)
        parts = {STORE_FILE: copy, KEY_FILE: key_file}
        sums = {name: _sum(path.open("rb")) for name, path in parts.items()}
        manifest = {"format": _FORMAT, "created": datetime.now(UTC).isoformat("T", "seconds"), "sha256": sums}
        with archive.open("xb") as handle:
            with zipfile.ZipFile(handle, "w") as made:
                made.writestr(_MANIFEST, json.dumps(manifest))
                for name, path in parts.items():
                    made.write(path, name)
            handle.flush()
            os.fsync(handle.fileno())
        check(archive)
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


def check(path: Path) -> None:
    """Read a backup and compare every part with its checksum.

    Raises:
        UserError: it is no backup, of a later program, or not whole.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            later = int(manifest["format"]) > _FORMAT
            whole = all(
                _sum(archive.open(name)) == manifest["sha256"][name] for name in (STORE_FILE, KEY_FILE)
            )
    except _DAMAGE as error:
        raise _damaged(path) from error
    if later:
        raise UserError(tr("The backup was written by a later version of the program."), where=path.name)
    if not whole:
        raise _damaged(path)


def restore(path: Path, folder: Path, user: str, passphrase: str) -> None:
    """Put the store of a backup into ``folder``, which must not hold one. Nothing is overwritten.

    The store is opened and checked in full before it gets its name. ``user`` must be an administrator
    of the store at the time of the backup.

    Raises:
        WrongPassphrase: the passphrase does not open the backup.
        UserError: no backup, damaged, not an administrator, or the folder cannot be used.
    """
    check(path)
    if (folder / KEY_FILE).exists() or (folder / STORE_FILE).exists():
        raise UserError(
            tr("There is a store in this folder already."),
            where=folder.name,
            remedy=tr("Choose an empty folder; the present store stays as it is."),
        )
    trial = folder / f".{secrets.token_hex(8)}"
    try:
        trial.mkdir(parents=True, mode=0o700)
        with zipfile.ZipFile(path) as archive:
            for name in (STORE_FILE, KEY_FILE):
                with archive.open(name) as source, (trial / name).open("xb") as copy:
                    shutil.copyfileobj(source, copy, _CHUNK)
                    copy.flush()
                    os.fsync(copy.fileno())
        _prove(trial, user, passphrase)
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


def _prove(folder: Path, user: str, passphrase: str) -> None:
    data_key, role = keys.unlock(folder / KEY_FILE, user, passphrase)
    if role is not Role.ADMINISTRATOR:
        raise UserError(tr("Only administrators may restore a backup."), code="casebook.role")
    with Store(folder / STORE_FILE, data_key, user) as store:
        if store.damage() or store.audit_problems():
            raise UserError(tr("The backup is not whole."), remedy=tr("Use another backup."))
        store.record(Act.RESTORED)


def _sum(handle: IO[bytes]) -> str:
    digest = hashlib.sha256()
    with handle:
        while block := handle.read(_CHUNK):
            digest.update(block)
    return digest.hexdigest()


def _damaged(path: Path) -> UserError:
    return UserError(
        tr("This is not a whole backup of a case store."),
        where=path.name,
        remedy=tr("Use another backup."),
        code="backup.damaged",
    )
