"""An open SQLCipher file in which every change is written together with its audit entry and the new seal."""

import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from genoai_desktop.cases.audit import GENESIS, Act, Entry, Mark, Seal, problems
from genoai_desktop.cases.connection import Transaction, connect, refusal
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.text import tr

Clock = Callable[[], datetime]


def _utc() -> datetime:
    return datetime.now(UTC)


class Chained:
    """The connection, its transactions and the audit chain. One thread owns it.

    Raises:
        UserError: the key is wrong, or the file is damaged or in use.
    """

    _signer: Ed25519PrivateKey

    def __init__(self, path: Path, data_key: bytes, user: str, clock: Clock | None) -> None:
        self.path, self.user, self._clock = path, user, clock or _utc
        self._data_key = data_key
        self._connection = connect(path, data_key)
        self._place = identity(path)
        self._data_version = 0

    def close(self) -> None:
        """Close the file; further calls fail."""
        self._connection.close()

    def record(self, act: Act, case_id: str = "", detail: str = "") -> None:
        """Enter an event (export, signature, consent) into the audit chain."""
        self._record(act, case_id, detail)

    def audit(self) -> tuple[Entry, ...]:
        """The whole chain, oldest first."""
        rows = self._connection.execute("SELECT * FROM audit ORDER BY number").fetchall()
        return tuple(Entry(*row) for row in rows)

    def mark(self) -> Mark:
        """How far the chain has come, as signed."""
        seal = self._seal()
        return Mark(seal.count, seal.head) if seal else Mark()

    def holds(self, mark: Mark) -> bool:
        """Whether the chain came by this place: it is neither older nor another one."""
        if mark.count == 0:
            return True
        row = self._connection.execute("SELECT * FROM audit WHERE number = ?", (mark.count,)).fetchone()
        return row is not None and mark.head in ("", Entry(*row).digest)

    def restorations(self) -> tuple[str, ...]:
        """Digests of the entries that say that the store was restored from a backup."""
        query = "SELECT * FROM audit WHERE act = ? AND detail NOT LIKE 'older copy%' ORDER BY number"
        rows = self._connection.execute(query, (Act.RESTORED.value,)).fetchall()
        return tuple(Entry(*row).digest for row in rows)

    def secret(self, purpose: str) -> bytes:
        """A key of this store for one purpose outside of it; the same after a change of the data key."""
        return hmac.new(self._signer.private_bytes_raw(), purpose.encode(), "sha256").digest()

    def touched_elsewhere(self) -> bool:
        """Whether another program has changed the file since this was asked last."""
        before, self._data_version = self._data_version, self._changes_elsewhere()
        return before != self._data_version

    def _changes_elsewhere(self) -> int:
        """A number that other connections' commits change, and one's own do not."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def audit_problems(self, context: Context | None = None) -> list[str]:
        """What is wrong with the chain; empty when nothing is.

        Raises:
            Cancelled: the person stopped it.
        """
        entries = (context or Silent()).track(self.audit(), tr("Proving the audit trail"))
        return problems(entries, self._seal(), self._signer.public_key())

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="milliseconds")

    def _transaction(self) -> Transaction:
        # a file that was moved or whose stick was pulled could go on taking writes that nobody finds again
        if identity(self.path) != self._place:
            raise refusal(
                tr("The store is not where it was; nothing was changed."),
                tr("Connect its device again, or put the file back, then save again."),
            )
        return Transaction(self._connection)

    def _record(self, act: Act, case_id: str = "", detail: str = "") -> None:
        with self._transaction() as connection:
            self._append(connection, act, case_id, detail)

    def _append(self, connection: Any, act: Act, case_id: str, detail: str) -> None:
        seal = self._seal()
        count, head = (seal.count, seal.head) if seal else (0, GENESIS)
        entry = Entry(count + 1, self._now(), self.user, act.value, case_id, detail, head)
        values = (entry.number, entry.time, entry.user, entry.act, entry.case, entry.detail, entry.previous)
        connection.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        new = Seal.of(entry.number, entry.digest, self._signer)
        connection.execute(
            "INSERT OR REPLACE INTO seal VALUES (1, ?, ?, ?)", (new.count, new.head, new.signature)
        )

    def _seal(self) -> Seal | None:
        row = self._connection.execute("SELECT count, head, signature FROM seal").fetchone()
        return Seal(*row) if row else None

    def _signing_key(self) -> Ed25519PrivateKey:
        row = self._connection.execute("SELECT value FROM setting WHERE name = 'audit key'").fetchone()
        if row:
            return Ed25519PrivateKey.from_private_bytes(row[0])
        key = Ed25519PrivateKey.generate()
        with self._transaction() as connection:
            connection.execute("INSERT INTO setting VALUES ('audit key', ?)", (key.private_bytes_raw(),))
        return key


def identity(path: Path) -> tuple[int, int] | None:
    """Device and number of the file; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
