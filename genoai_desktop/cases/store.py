"""The clinic's case store: one SQLCipher file. Acknowledged means on the disk (WAL, synchronous FULL).

One thread owns a ``Store``. Cases are JSON documents with full history; the words a person searches
by are kept beside them. Every change is written together with its audit entry and the chain's new
seal, in one transaction: neither is ever there without the other.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlcipher3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from genoai_desktop.cases.audit import GENESIS, Act, Entry, Seal, problems
from genoai_desktop.cases.connection import Transaction, connect, explained, refusal
from genoai_desktop.cases.schema import NewerStore, migrate
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

Clock = Callable[[], datetime]


def _utc() -> datetime:
    return datetime.now(UTC)


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


StoredVariant = tuple[str, int, int, str, str]
"""Build, chromosome code, 1-based position, reference and alternate allele."""


@dataclass(frozen=True, slots=True)
class CaseHead:
    """One line of the case list."""

    case_id: str
    version: int
    title: str
    status: str
    updated: str


class Store:
    """An open store. Close it, or use it in a ``with`` block.

    Raises:
        UserError: the key is wrong, the file is damaged, from a later program, or in use.
    """

    def __init__(self, path: Path, data_key: bytes, user: str, *, clock: Clock = _utc) -> None:
        self.path, self.user, self._clock = path, user, clock
        self._data_key = data_key
        self._connection = connect(path, data_key)
        self._place = _identity(path)
        try:
            migrate(self._connection)
            self._signer = self._signing_key()
            self._record(Act.OPENED_STORE)
        except NewerStore as error:
            self.close()
            raise refusal(tr("The store was written by a later version of the program.")) from error
        except sqlcipher3.Error as error:
            self.close()
            raise explained(error) from error

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; further calls fail."""
        self._connection.close()

    def save(
        self,
        case_id: str,
        title: str,
        document: dict[str, Any],
        *,
        status: str = "open",
        words: Iterable[tuple[str, str]] = (),
        act: Act = Act.CHANGED,
        variants: Iterable[StoredVariant] | None = None,
    ) -> int:
        """A new version of a case; returns its number. ``words`` are (kind, word) pairs to search by.

        ``variants`` replace those that in-house counts see; None leaves them as they are.

        Raises:
            UserError: the device is full, read-only or gone. The version before is untouched.
        """
        data = json.dumps(document, sort_keys=True, ensure_ascii=False).encode()
        digest = hashlib.sha256(data).hexdigest()
        with self._transaction() as connection:
            row = connection.execute("SELECT version FROM case_head WHERE case_id = ?", (case_id,)).fetchone()
            version = (row[0] if row else 0) + 1
            now = self._now()
            connection.execute(
                "INSERT INTO case_version VALUES (?, ?, ?, ?, ?, ?)",
                (case_id, version, now, self.user, data, digest),
            )
            connection.execute(
                "INSERT OR REPLACE INTO case_head VALUES (?, ?, ?, ?, ?)",
                (case_id, version, title, status, now),
            )
            connection.execute("DELETE FROM search_word WHERE case_id = ?", (case_id,))
            connection.executemany(
                "INSERT INTO search_word VALUES (?, ?, ?)",
                [(case_id, kind, word.casefold()) for kind, word in words],
            )
            if variants is not None:
                connection.execute("DELETE FROM case_variant WHERE case_id = ?", (case_id,))
                connection.executemany(
                    "INSERT OR IGNORE INTO case_variant VALUES (?, ?, ?, ?, ?, ?)",
                    [(case_id, *variant) for variant in variants],
                )
            self._append(connection, act, case_id, f"version {version} {digest}")
        return version

    def delete(self, case_id: str) -> None:
        """Take a case out of the store with every version and attachment; the audit chain keeps its events.

        Raises:
            UserError: there is no such case, or the device cannot be written.
        """
        with self._transaction() as connection:
            if connection.execute("DELETE FROM case_head WHERE case_id = ?", (case_id,)).rowcount == 0:
                raise UserError(tr("There is no such case in the store."), code="store.missing")
            for table in ("case_version", "search_word", "attachment", "case_variant"):
                connection.execute(f"DELETE FROM {table} WHERE case_id = ?", (case_id,))  # noqa: S608 - constant
            connection.execute("DELETE FROM setting WHERE name = ?", (f"clinic news {case_id}",))
            self._append(connection, Act.DELETED, case_id, "")
        with suppress(sqlcipher3.Error):  # another program reads: the log is emptied at a later save
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def variant_counts(self, without: str = "") -> dict[StoredVariant, int]:
        """In how many cases each kept variant was seen; the case ``without`` is left out."""
        rows = self._connection.execute(
            "SELECT build, chrom, pos, ref, alt, count(*) FROM case_variant "
            "WHERE case_id <> ? AND chrom > 0 GROUP BY build, chrom, pos, ref, alt",
            (without,),
        )
        return {(row[0], row[1], row[2], row[3], row[4]): row[5] for row in rows.fetchall()}

    def counted_cases(self, without: str = "") -> int:
        """How many cases keep variants for in-house counts; the case ``without`` is left out."""
        query = "SELECT count(DISTINCT case_id) FROM case_variant WHERE case_id <> ?"
        return int(self._connection.execute(query, (without,)).fetchone()[0])

    def attach(self, case_id: str, name: str, data: bytes) -> Attachment:
        """Keep a file with a case, encrypted like everything else.

        Raises:
            UserError: the device is full, read-only or gone.
        """
        made = Attachment(
            secrets.token_hex(8),
            case_id,
            name,
            len(data),
            hashlib.sha256(data).hexdigest(),
            self._now(),
            self.user,
        )
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO attachment VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*astuple(made), data)
            )
            self._append(connection, Act.ATTACHED, case_id, f"added {made.attachment_id} {made.sha256}")
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

    def setting(self, name: str) -> Any:
        """A setting of the clinic that was kept in the store; None where there is none."""
        query = "SELECT value FROM setting WHERE name = ?"
        row = self._connection.execute(query, (f"clinic {name}",)).fetchone()
        return json.loads(row[0]) if row else None

    def set_setting(self, name: str, value: Any, *, audited: bool = True) -> None:
        """Keep a setting (JSON types)."""
        data = json.dumps(value, ensure_ascii=False).encode()
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (f"clinic {name}", data))
            if audited:
                self._append(connection, Act.SETTING, "", name)

    def load(self, case_id: str, version: int | None = None) -> dict[str, Any]:
        """A case as it was saved, the newest version unless one is named. The view is recorded.

        Raises:
            UserError: there is no such case, or its content is not what was saved.
        """
        document, _ = self.peek(case_id, version)
        self._record(Act.VIEWED, case_id, "" if version is None else f"version {version}")
        return document

    def peek(self, case_id: str, version: int | None = None) -> tuple[dict[str, Any], int]:
        """As ``load``, with the version's number, and not recorded: for a view of many cases at once.

        Raises:
            UserError: as ``load``.
        """
        wanted = "" if version is None else " AND version = ?"
        row = self._connection.execute(
            f"SELECT document, sha256, version FROM case_version WHERE case_id = ?{wanted} "  # noqa: S608 - constant text
            "ORDER BY version DESC LIMIT 1",
            (case_id,) if version is None else (case_id, version),
        ).fetchone()
        if row is None:
            raise UserError(tr("There is no such case in the store."), code="store.missing")
        if hashlib.sha256(row[0]).hexdigest() != row[1]:
            raise refusal(tr("The case is not as it was saved."))
        document: dict[str, Any] = json.loads(row[0])
        return document, int(row[2])

    def versions(self, case_id: str) -> tuple[tuple[int, str, str], ...]:
        """Number, time and user of every version, oldest first."""
        query = "SELECT version, saved, user FROM case_version WHERE case_id = ? ORDER BY version"
        return tuple(self._connection.execute(query, (case_id,)).fetchall())

    def heads(self) -> tuple[CaseHead, ...]:
        """Every case, the last changed first."""
        rows = self._connection.execute(
            "SELECT case_id, version, title, status, updated FROM case_head ORDER BY updated DESC, case_id"
        )
        return tuple(CaseHead(*row) for row in rows.fetchall())

    def search(self, text: str) -> tuple[CaseHead, ...]:
        """Cases of which every word of ``text`` is in the title or begins one of its words."""
        found = self.heads()
        for part in text.casefold().split():
            like = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
            rows = self._connection.execute(
                "SELECT DISTINCT case_id FROM search_word WHERE word LIKE ? ESCAPE '\\'", (like,)
            )
            hits = {row[0] for row in rows.fetchall()}
            found = tuple(head for head in found if head.case_id in hits or part in head.title.casefold())
        return found

    def record(self, act: Act, case_id: str = "", detail: str = "") -> None:
        """Enter an event (export, signature, consent) into the audit chain."""
        self._record(act, case_id, detail)

    def audit(self) -> tuple[Entry, ...]:
        """The whole chain, oldest first."""
        rows = self._connection.execute("SELECT * FROM audit ORDER BY number").fetchall()
        return tuple(Entry(*row) for row in rows)

    def audit_problems(self) -> list[str]:
        """What is wrong with the chain; empty when nothing is."""
        return problems(self.audit(), self._seal(), self._signer.public_key())

    def damage(self) -> list[str]:
        """Pages whose content is not what was written, and what else is not whole; empty when sound."""
        try:
            pages = self._connection.execute("PRAGMA cipher_integrity_check").fetchall()
            whole = self._connection.execute("PRAGMA integrity_check").fetchall()
        except sqlcipher3.Error as error:
            return [str(explained(error))]
        return [str(row[0]) for row in (*pages, *whole) if row[0] != "ok"]

    def rekey(self, data_key: bytes) -> None:
        """Encrypt every page anew under another key, in one transaction, and read all of it back.

        The log is emptied before and after, so that nothing stays under the old key in it. A crash leaves
        the file whole, under the one key or the other.

        Raises:
            UserError: another program has the store open, or the device failed; the old key holds then.
        """
        if _identity(self.path) != self._place:
            raise refusal(tr("The store is not where it was; nothing was changed."))
        try:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            if self._connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
                raise refusal(
                    tr("Another program has the store open; nothing was changed."),
                    tr("Close it everywhere else, then try again."),
                )
            self._connection.execute(f"PRAGMA rekey = \"x'{data_key.hex()}'\"")
            self._connection.execute("PRAGMA journal_mode = WAL").fetchall()
            # SQLCipher does not say whether it came to its end: the file itself must
            with closing(connect(self.path, data_key)) as again:
                if again.execute("PRAGMA cipher_integrity_check").fetchall():
                    raise refusal(tr("The store is not whole."), tr("Restore a backup."))
            self._data_key = data_key
        except sqlcipher3.Error as error:
            raise explained(error) from error

    def backup(self, target: Path) -> None:
        """Copy the store to one encrypted file under the same key, and read the copy back.

        Raises:
            UserError: the copy could not be written or is not whole; no file is left then.
        """
        if target.exists():
            raise UserError(tr("There is a file of this name already."), where=target.name)
        try:
            self._connection.execute("VACUUM INTO ?", (str(target),))
            with closing(connect(target, self._data_key)) as copy:
                if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                    raise refusal(tr("The backup is not whole."))
        except (sqlcipher3.Error, UserError) as error:
            for leftover in ("", "-wal", "-shm", "-journal"):
                target.with_name(target.name + leftover).unlink(missing_ok=True)
            raise error if isinstance(error, UserError) else explained(error) from error

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="milliseconds")

    def _transaction(self) -> Transaction:
        # a file that was moved or whose stick was pulled could go on taking writes that nobody finds again
        if _identity(self.path) != self._place:
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


def _identity(path: Path) -> tuple[int, int] | None:
    """Device and number of the file; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
