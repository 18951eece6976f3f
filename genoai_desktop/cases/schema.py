"""The store's tables, version by version. A version is never edited once released: add the next."""

import sqlite3
from typing import Any

MIGRATIONS = (
    """
    CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
    CREATE TABLE case_version (
        case_id TEXT NOT NULL, version INTEGER NOT NULL, saved TEXT NOT NULL, user TEXT NOT NULL,
        document BLOB NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (case_id, version)) STRICT;
    CREATE TABLE case_head (
        case_id TEXT PRIMARY KEY, version INTEGER NOT NULL, title TEXT NOT NULL, status TEXT NOT NULL,
        updated TEXT NOT NULL) STRICT;
    CREATE TABLE search_word (case_id TEXT NOT NULL, kind TEXT NOT NULL, word TEXT NOT NULL) STRICT;
    CREATE INDEX search_word_word ON search_word (word);
    CREATE INDEX search_word_case ON search_word (case_id);
    CREATE TABLE audit (
        number INTEGER PRIMARY KEY, time TEXT NOT NULL, user TEXT NOT NULL, act TEXT NOT NULL,
        case_id TEXT NOT NULL, detail TEXT NOT NULL, previous TEXT NOT NULL) STRICT;
    CREATE TABLE seal (one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL,
        head TEXT NOT NULL, signature BLOB NOT NULL) STRICT;
    """,
)
VERSION = len(MIGRATIONS)


def migrate(connection: Any) -> None:
    """Bring a store of any earlier version to this one, each step in a transaction of its own.

    Raises:
        NewerStore: a later program wrote it.
    """
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > VERSION:
        raise NewerStore
    for number in range(found, VERSION):
        script = f"BEGIN IMMEDIATE;{MIGRATIONS[number]}PRAGMA user_version = {number + 1};COMMIT;"
        connection.executescript(script)


class NewerStore(sqlite3.DatabaseError):
    """The store was written by a later version of the program."""
