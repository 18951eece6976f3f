"""Files kept with a case, inside of the encrypted store."""

import hashlib
import secrets
from dataclasses import astuple, dataclass

from genoai_desktop.cases.audit import Act
from genoai_desktop.cases.chained import Chained
from genoai_desktop.cases.connection import refusal
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

_PIECE = 1 << 20
"""Bytes that are summed between two looks. They are put in at once (0.4 s for 100 MB)."""


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
        context, label = context or Silent(), tr("Encrypting the file")
        digest, whole = hashlib.sha256(), memoryview(data)
        for begin in range(0, len(data), _PIECE):
            context.check()
            context.report(label, 0.5 * begin / len(data))
            digest.update(whole[begin : begin + _PIECE])
        identifier, size = secrets.token_hex(8), len(data)
        made = Attachment(identifier, case_id, name, size, digest.hexdigest(), self._now(), self.user)
        with self._transaction() as connection:
            context.check()
            connection.execute(
                "INSERT INTO attachment VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*astuple(made), data)
            )
            self._append(connection, Act.ATTACHED, case_id, f"added {identifier} {made.sha256}")
            context.check()
        context.report(label, 1.0)
        return made

    def attachments(self, case_id: str) -> tuple[Attachment, ...]:
        """What is kept with a case, oldest first."""
        rows = self._connection.execute(
            "SELECT attachment_id, case_id, name, size, sha256, added, user FROM attachment "
            "WHERE case_id = ? ORDER BY added, attachment_id",
            (case_id,),
        )
        return tuple(Attachment(*row) for row in rows.fetchall())

    def attachment(self, attachment_id: str) -> bytes:
        """The content of an attachment. The view is recorded.

        Raises:
            UserError: it is not there, or not as it was saved.
        """
        row = self._connection.execute(
            "SELECT data, sha256, case_id FROM attachment WHERE attachment_id = ?", (attachment_id,)
        ).fetchone()
        if row is None:
            raise UserError(tr("There is no such attachment."), code="store.missing")
        if hashlib.sha256(row[0]).hexdigest() != row[1]:
            raise refusal(tr("The attachment is not as it was saved."))
        self._record(Act.VIEWED, row[2], f"attachment {attachment_id}")
        return bytes(row[0])

    def detach(self, attachment_id: str) -> None:
        """Delete an attachment."""
        with self._transaction() as connection:
            query = "DELETE FROM attachment WHERE attachment_id = ? RETURNING case_id"
            row = connection.execute(query, (attachment_id,)).fetchone()
            if row is not None:
                self._append(connection, Act.ATTACHED, row[0], f"removed {attachment_id}")
