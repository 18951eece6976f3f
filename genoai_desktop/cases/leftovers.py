"""What a killed program left of its unfinished work: copies and half-written files under its own names.

They are encrypted, and nobody has a use for them. A person's file is never named so: a dot, sixteen
hexadecimal digits drawn by chance, and ``part`` or ``copy``.
"""

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import sqlcipher3

from genoai_desktop.cases.connection import keyed
from genoai_desktop.cases.durable import alone

NOTE = "unfinished backup"
"""Setting of the store: the files that a backup under way makes outside of the store's folder."""
_NAME = f"clinic {NOTE}"
_FILE = re.compile(r"\.[0-9a-f]{16}\.(part|copy)(-wal|-shm|-journal)?")
_TRIAL = re.compile(r"\.[0-9a-f]{16}")
"""Folder of a restoration that was broken off."""


def tidy(store: Path, data_key: bytes) -> None:
    """Delete them in the store's folder and where its last backup was going, unless the store is in use.

    Another program that has it open may be at work on just these. What cannot be deleted stays for the
    next time.
    """
    with suppress(sqlcipher3.Error, OSError), alone(store), closing(keyed(store, data_key)) as connection:
        connection.execute("PRAGMA busy_timeout = 0").fetchall()
        connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        noted = _noted(connection)
        for path in filter(_is_ours, (*_beside(store), *noted)):
            _delete(path)
        if noted and all(path.parent.is_dir() and not _is_ours(path) for path in noted):
            connection.execute("DELETE FROM setting WHERE name = ?", (_NAME,))


def _beside(store: Path) -> Iterator[Path]:
    """In the folder of a store, which may be there by a link."""
    for folder in sorted({store.parent, store.resolve().parent}):
        yield from folder.iterdir()


def _noted(connection: Any) -> list[Path]:
    """Of a backup that was broken off; the note goes once its device was there and they are gone."""
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (_NAME,)).fetchone()
    return [Path(path) for path in _texts(json.loads(row[0]))] if row else []


def _texts(found: object) -> Sequence[str]:
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _is_ours(path: Path) -> bool:
    if path.is_symlink() or not path.exists():
        return False
    return bool(_TRIAL.fullmatch(path.name)) if path.is_dir() else bool(_FILE.fullmatch(path.name))


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
