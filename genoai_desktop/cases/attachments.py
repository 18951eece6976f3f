"""Files kept with a case, inside of the encrypted store.

A content goes in and out in pieces, so that it says how far it is and can be stopped: the first in the row
of the attachment itself, the others in rows of their own. Stores of earlier programs have all of it in the
first, which is read the same way, and overwritten in pieces before it is deleted.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from typing import Any

from genoai_desktop.cases.audit import Act
from genoai_desktop.cases.chained import Chained
from genoai_desktop.cases.connection import refusal
from genoai_desktop.cases.durable import unwritten
from genoai_desktop.cases.proof import pieces_of
from genoai_desktop.domain.context import Context, Silent, shares
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

_PIECE = 1 << 18
"""Bytes of a piece: a few milliseconds."""
_FLUSHED = 16
"""Pieces after which the log goes to the device: all at once at the end nobody could stop it."""
_SUMMED = 0.2
"""Share of the time that the checksum takes."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept with a case, without its content. ``added`` is ISO 8601 in UTC, ``size`` in bytes."""

    attachment_id: str
    case_id: str
    name: str
    size: int
    sha256: str
    added: str
    user: str


class Attachments(Chained):
    """Mixed into ``Store``."""

    def attach(self, case_id: str, name: str, data: bytes, context: Context | None = None) -> Attachment:
        """Keep a file with a case, encrypted like everything else.

        Raises:
            UserError: the device is full, read-only or gone.
            Cancelled: the person stopped it; nothing was kept.
        """
        summing, keeping = shares(context or Silent(), _SUMMED, 1 - _SUMMED)
        digest, whole, label = hashlib.sha256(), memoryview(data), tr("Encrypting the file")
        begins = range(0, len(data), _PIECE)
        for begin in summing.track(begins, label):
            digest.update(whole[begin : begin + _PIECE])
        made = Attachment(
            secrets.token_hex(8), case_id, name, len(data), digest.hexdigest(), self._now(), self.user
        )
        with self._log_kept(), self._transaction() as connection:
            keeping.check()
            row = (*astuple(made), bytes(whole[:_PIECE]))
            connection.execute("INSERT INTO attachment VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            for number, begin in enumerate(begins[1:], start=1):
                keeping.check()
                keeping.report(label, number / len(begins))
                piece = (made.attachment_id, number, bytes(whole[begin : begin + _PIECE]))
                connection.execute("INSERT INTO attachment_piece VALUES (?, ?, ?)", piece)
                self._flush_now_and_then(number)
            self._append(connection, Act.ATTACHED, case_id, f"added {made.attachment_id} {made.sha256}")
            keeping.check()
        keeping.report(label, 1.0)
        return made

    def attachments(self, case_id: str) -> tuple[Attachment, ...]:
        """What is kept with a case, oldest first."""
        rows = self._connection.execute(
            "SELECT attachment_id, case_id, name, size, sha256, added, user FROM attachment "
            "WHERE case_id = ? ORDER BY added, attachment_id",
            (case_id,),
        )
        return tuple(Attachment(*row) for row in rows.fetchall())

    def attachment(self, attachment_id: str, context: Context | None = None) -> bytes:
        """The content of an attachment. The view is recorded.

        Raises:
            UserError: it is not there, or not as it was saved.
            Cancelled: the person stopped it; no view is recorded.
        """
        context = context or Silent()
        row = self._connection.execute(
            "SELECT sha256, case_id, size FROM attachment WHERE attachment_id = ?", (attachment_id,)
        ).fetchone()
        if row is None:
            raise UserError(tr("There is no such attachment."), code="store.missing")
        digest, content = hashlib.sha256(), bytearray()
        for piece in pieces_of(self._connection, attachment_id):
            context.check()
            digest.update(piece)
            content += piece
            context.report(tr("Decrypting the file"), min(len(content) / max(row[2], 1), 1.0))
        if digest.hexdigest() != row[0]:
            raise refusal(tr("The attachment is not as it was saved."))
        self._record(Act.VIEWED, row[1], f"attachment {attachment_id}")
        return bytes(content)

    def detach(self, attachment_id: str, context: Context | None = None) -> None:
        """Delete an attachment; every page of it is overwritten.

        Raises:
            UserError: the device cannot be written.
            Cancelled: the person stopped it; it is there as before.
        """
        context = context or Silent()
        with self._log_kept(), self._transaction() as connection:
            self._delete_contents(connection, "attachment_id = ?", attachment_id, context)
            query = "DELETE FROM attachment WHERE attachment_id = ? RETURNING case_id"
            row = connection.execute(query, (attachment_id,)).fetchone()
            if row is not None:
                self._append(connection, Act.ATTACHED, row[0], f"removed {attachment_id}")
            context.check()
        context.report(tr("Deleting the file"), 1.0)

    def _delete_contents(self, connection: Any, which: str, value: str, context: Context) -> None:
        """Of attachments, within a transaction; ``which``: condition on ``attachment``."""
        attachments = f"SELECT attachment_id FROM attachment WHERE {which}"  # noqa: S608 - constant text
        query = f"SELECT rowid FROM attachment_piece WHERE attachment_id IN ({attachments})"  # noqa: S608 - as well
        pieces = connection.execute(query, (value,)).fetchall()
        query = f"SELECT rowid, length(data) FROM attachment WHERE {which} AND length(data) > {_PIECE}"  # noqa: S608
        whole = connection.execute(query, (value,)).fetchall()
        steps = sum(-(-size // _PIECE) for _, size in whole)
        places = context.track(range(len(pieces) + steps), tr("Deleting the file"))
        for (rowid,), place in zip(pieces, places, strict=False):
            self._flush_now_and_then(place)
            connection.execute("DELETE FROM attachment_piece WHERE rowid = ?", (rowid,))
        for rowid, size in whole:
            self._wipe(connection, rowid, size, places)

    def _wipe(self, connection: Any, rowid: int, size: int, places: Iterator[int]) -> None:
        """A content of megabytes in one row, which SQLite would overwrite without a look."""
        with connection.open_blob("attachment", "data", rowid) as content:
            for begin in range(0, size, _PIECE):
                self._flush_now_and_then(next(places))
                content.write(bytes(min(_PIECE, size - begin)))
        connection.execute("PRAGMA secure_delete = FAST").fetchall()  # its pages are empty: they are let go
        try:
            connection.execute("UPDATE attachment SET data = x'' WHERE rowid = ?", (rowid,))
        finally:
            connection.execute("PRAGMA secure_delete = ON").fetchall()

    @contextmanager
    def _log_kept(self) -> Iterator[None]:
        """A large transaction is acknowledged before its log is emptied: ``empty_log``, or a later save."""
        (pages,) = self._connection.execute("PRAGMA wal_autocheckpoint").fetchone()
        self._connection.execute("PRAGMA wal_autocheckpoint = 0").fetchall()
        try:
            yield
        finally:
            self._connection.execute(f"PRAGMA wal_autocheckpoint = {pages}").fetchall()

    def _flush_now_and_then(self, number: int) -> None:
        if number % _FLUSHED == _FLUSHED - 1:
            self._flush_log()

    def _flush_log(self) -> None:
        """Put on the device what is in the log so far; SQLite flushes the rest when it commits."""
        place = self.path.resolve()
        try:
            handle = os.open(place.with_name(f"{place.name}-wal"), os.O_RDWR)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise unwritten(self.path, error) from error
