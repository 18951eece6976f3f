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
    """
    CREATE TABLE attachment (
        attachment_id TEXT PRIMARY KEY, case_id TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL,
        sha256 TEXT NOT NULL, added TEXT NOT NULL, user TEXT NOT NULL, data BLOB NOT NULL) STRICT;
    CREATE INDEX attachment_case ON attachment (case_id);
    CREATE TABLE case_variant (
        case_id TEXT NOT NULL, build TEXT NOT NULL, chrom INTEGER NOT NULL, pos INTEGER NOT NULL,
        ref TEXT NOT NULL, alt TEXT NOT NULL,
        PRIMARY KEY (case_id, build, chrom, pos, ref, alt)) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE attachment_piece (
        attachment_id TEXT NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL,
        PRIMARY KEY (attachment_id, number)) STRICT;
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
        connection.execute("BEGIN IMMEDIATE")
        try:
            # another program may have been quicker while this one waited
            if connection.execute("PRAGMA user_version").fetchone()[0] == number:
                for statement in filter(str.strip, MIGRATIONS[number].split(";")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


class NewerStore(sqlite3.DatabaseError):
    """The store was written by a later version of the program."""
