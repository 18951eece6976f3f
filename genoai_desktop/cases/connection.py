"""The connection to a SQLCipher file: key, durability, transactions, and failures in plain words."""

import os
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlcipher3

from genoai_desktop.cases.durable import alone
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr


class Transaction:
    """BEGIN IMMEDIATE ... COMMIT; a failure rolls back and is explained."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __enter__(self) -> Any:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlcipher3.Error as error:
            raise explained(error) from error
        return self._connection

    def __exit__(self, kind: object, error: BaseException | None, _trace: object) -> None:
        try:
            self._connection.execute("ROLLBACK" if kind else "COMMIT")
        except sqlcipher3.Error as failure:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if kind is None:
                raise explained(failure) from failure
        if isinstance(error, sqlcipher3.Error):
            raise explained(error) from error


def connect(path: Path, data_key: bytes) -> Any:
    """Open ``path`` under the key; WAL, flushed at every commit, nothing temporary outside of memory.

    Alone with the folder until the file is locked for reading: whoever opened it, waited while its key was
    changed, and read it after another file had taken its place would mix the logs of the two.

    Raises:
        UserError: the key is wrong, or the file is damaged or in use.
    """
    try:
        with alone(path):
            connection = keyed(path, data_key)
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
    except sqlcipher3.Error as error:
        raise (_read_only() if _locked_against_writing(path) else explained(error)) from error
    return connection


def copy_target(path: Path, data_key: bytes) -> Any:
    """A new file for a copy, under the key. Not flushed: nothing is acknowledged before it was read back."""
    connection = keyed(path, data_key)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def _locked_against_writing(path: Path) -> bool:
    """SQLite cannot open a store in WAL mode there, and says no more than that."""
    return path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _read_only() -> UserError:
    return refusal(
        tr("The store is on a read-only device; nothing was changed."),
        tr("Copy its folder to a place that can be written, and open it there."),
    )


def fits(path: Path, data_key: bytes) -> bool:
    """Whether the store is under this key.

    Raises:
        UserError: it cannot be told: the file is gone, or in use.
    """
    try:
        with alone(path), closing(keyed(path, data_key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher3.Error as error:
        if "not a database" in str(error).lower():
            return False
        raise explained(error) from error
    return True


def keyed(path: Path, data_key: bytes) -> Any:
    """The file under the key, looked at without anything in it being changed."""
    connection = sqlcipher3.connect(str(path), isolation_level=None, timeout=2.0)
    # what SQLCipher writes to standard error of a wrong key or a damaged page ends in the desktop's logs
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
    return connection


def explained(error: Exception) -> UserError:
    """What a person can do about a failure; SQLite's own words never hold patient data, but are not shown."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return refusal(tr("Another program is writing to the store."), tr("Close it, or wait and try again."))
    if "full" in text:
        return refusal(tr("The disk is full; nothing was changed."), tr("Make room, then save again."))
    if "readonly" in text or "read-only" in text:
        return _read_only()
    if "not a database" in text or "malformed" in text or "hmac" in text:
        return refusal(tr("The store is damaged or the key does not belong to it."), tr("Restore a backup."))
    return refusal(tr("The store cannot be read or written."), tr("Check the device; restore a backup."))


def refusal(what: str, remedy: str = "") -> UserError:
    """An error of the store, in words for a person."""
    return UserError(what, remedy=remedy, code="store.refused")
