"""Is the file of a store whole? Looked at in pieces, so that it says how far it is and can be stopped.

SQLCipher's own look at every page (``cipher_integrity_check``) and SQLite's at a table with large contents
cannot be interrupted. Here each page is proved by its code as SQLCipher 4 writes it (page of 4096 bytes; its
last 64 are HMAC-SHA512 over what comes before and the page's number; the key for it is derived by two rounds
of PBKDF2 from the data key and the file's salt with each byte XOR 0x3a; zetetic.net/sqlcipher/design), every
attachment by its own checksum, and every other table and index by SQLite.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3

from genoai_desktop.domain.context import Context, Part
from genoai_desktop.domain.errors import Cancelled
from genoai_desktop.domain.text import tr

PAGE = 4096
_CODE, _SALT, _MASK = 64, 16, 0x3A
_PAGES = 128
"""Read at a time: half a megabyte, a few milliseconds."""
_PIECE = 1 << 20
_STEPS = 8
"""Instructions of SQLite's machine, or pages of a check, between two looks: a page may lead to megabytes."""
_LARGE = ("attachment", "attachment_piece")
"""Tables whose rows may be large; SQLite would follow each to its end without a look."""
_INDEXES = {
    "attachment": ("INDEXED BY attachment_case WHERE case_id >= ''", "WHERE attachment_id >= ''"),
    "attachment_piece": ("WHERE attachment_id >= ''",),
}
"""Ways by an index to every row of these."""
_ALONE = (
    "SELECT count(*) FROM attachment_piece WHERE attachment_id NOT IN (SELECT attachment_id FROM attachment)"
)


def damaged_pages(path: Path, data_key: bytes, context: Context) -> list[str]:
    """Pages that are not as they were written. No connection of this process may have the file open.

    Closing a file that SQLite has open too would drop its locks. A page that is still in the log beside
    the file is not looked at.

    Raises:
        OSError: the file cannot be read.
        Cancelled: the person stopped it.
    """
    found, number, size = [], 0, path.stat().st_size
    label = tr("Proving every page")
    with path.open("rb") as handle:
        salt = bytes(byte ^ _MASK for byte in handle.read(_SALT))
        key = hashlib.pbkdf2_hmac("sha512", data_key, salt, 2, 32)
        handle.seek(0)
        while block := handle.read(PAGE * _PAGES):
            context.check()
            context.report(label, number * PAGE / size)
            for begin in range(0, len(block), PAGE):
                number += 1
                if not _is_whole(block[begin : begin + PAGE], number, key):
                    found.append(tr("page {number} is not as it was written", number=number))
    context.report(label, 1.0)
    return found


def _is_whole(page: bytes, number: int, key: bytes) -> bool:
    told = page[_SALT if number == 1 else 0 : PAGE - _CODE]
    code = hmac.digest(key, told + number.to_bytes(4, "little"), "sha512")
    return len(page) == PAGE and hmac.compare_digest(code, page[PAGE - _CODE :])


def unsound(connection: Any, context: Context) -> list[str]:
    """Records, indexes and attachments that do not fit together or are not what was saved.

    Raises:
        sqlcipher3.Error: the file cannot be read.
        Cancelled: the person stopped it.
    """
    names = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        if name not in (*_LARGE, "sqlite_sequence")
    ]
    found: list[str] = []
    records, label = Part(context, 0.0, 0.5), tr("Proving every record")
    with stoppable(connection, context):
        for number, name in enumerate(names):
            records.report(label, number / len(names))
            rows = connection.execute(f'PRAGMA integrity_check("{name}")').fetchall()
            found += [str(row[0]) for row in rows if row[0] != "ok"]
        found += _odd_indexes(connection)
    return found + _changed_attachments(connection, Part(context, 0.5, 1.0))


def _odd_indexes(connection: Any) -> list[str]:
    """Every index of the attachments and of their pieces leads to every one, and no piece is left alone."""
    found = []
    for table in _there(connection):
        ways = ("NOT INDEXED", *_INDEXES[table])
        query = "SELECT count(*) FROM "
        if len({connection.execute(f"{query}{table} {way}").fetchone()[0] for way in ways}) > 1:
            found.append(tr("an index of the attachments does not fit them"))
    if len(_there(connection)) == len(_LARGE) and connection.execute(_ALONE).fetchone()[0]:
        found.append(tr("a piece belongs to no attachment"))
    return found


def _there(connection: Any) -> list[str]:
    """Which of the large tables the store has; an earlier program's has fewer."""
    query = "SELECT count(*) FROM sqlite_master WHERE name = ?"
    return [name for name in _LARGE if connection.execute(query, (name,)).fetchone()[0]]


def _changed_attachments(connection: Any, context: Context) -> list[str]:
    tables = _there(connection)
    if not tables:
        return []
    query = "SELECT attachment_id, size, sha256 FROM attachment ORDER BY rowid"
    rows = connection.execute(query).fetchall()
    total, done, found = sum(row[1] for row in rows) or 1, 0, []
    label = tr("Proving every attachment")
    for identifier, size, expected in rows:
        digest = hashlib.sha256()
        for piece in pieces_of(connection, identifier, later=len(tables) > 1):
            context.check()
            context.report(label, min(done / total, 1.0))
            digest.update(piece)
            done += len(piece)
        if digest.hexdigest() != expected:
            found.append(
                tr(
                    "attachment {identifier} of {size} bytes is not as it was saved",
                    identifier=identifier,
                    size=size,
                )
            )
    context.report(label, 1.0)
    return found


def pieces_of(connection: Any, attachment_id: str, *, later: bool = True) -> Iterator[bytes]:
    """The content of an attachment piece by piece; of the first at most a megabyte at once.

    ``later``: whether the store has pieces besides the first (schema 3).
    """
    query = "SELECT rowid FROM attachment WHERE attachment_id = ?"
    for (rowid,) in connection.execute(query, (attachment_id,)).fetchall():
        with connection.open_blob("attachment", "data", rowid, readonly=True) as content:
            while piece := content.read(_PIECE):
                yield piece
    if not later:
        return
    query = "SELECT rowid FROM attachment_piece WHERE attachment_id = ? ORDER BY number"
    for (rowid,) in connection.execute(query, (attachment_id,)).fetchall():
        (piece,) = connection.execute(
            "SELECT data FROM attachment_piece WHERE rowid = ?", (rowid,)
        ).fetchone()
        yield piece


@contextmanager
def stoppable(connection: Any, context: Context, step: Callable[[], object] | None = None) -> Iterator[None]:
    """SQLite asks every ``_STEPS`` instructions whether to go on; its error becomes ``Cancelled``."""

    def stop() -> bool:
        try:
            context.check()
        except Cancelled:
            return True
        if step is not None:
            step()
        return False

    connection.set_progress_handler(stop, _STEPS)
    try:
        yield
    except sqlcipher3.OperationalError:
        context.check()
        raise
    finally:
        connection.set_progress_handler(None, 0)
