"""The clinic's case store: one SQLCipher file. Acknowledged means on the disk (WAL, synchronous FULL).

One thread owns a ``Store``. Cases are JSON documents with full history; the words a person searches
by are kept beside them. Every change is written together with its audit entry and the chain's new
seal, in one transaction: neither is ever there without the other.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3

from genoai_desktop.cases.attachments import Attachment, Attachments
from genoai_desktop.cases.audit import Act
from genoai_desktop.cases.chained import Clock
from genoai_desktop.cases.connection import explained, refusal
from genoai_desktop.cases.schema import NewerStore, migrate
from genoai_desktop.cases.search_words import asked, forms
from genoai_desktop.cases.whole import WholeFile
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

__all__ = ("Attachment", "CaseHead", "Clock", "Overtaken", "Store", "StoredVariant")

StoredVariant = tuple[str, int, int, str, str]
"""Build, chromosome code, 1-based position, reference and alternate allele."""


class Overtaken(Exception):  # noqa: N818 - nothing went wrong: look again, then save
    """Another program saved the case since it was looked at; nothing was changed."""


@dataclass(frozen=True, slots=True)
class CaseHead:
    """One line of the case list."""

    case_id: str
    version: int
    title: str
    status: str
    updated: str


class Store(Attachments, WholeFile):
    """An open store. Close it, or use it in a ``with`` block. ``found``: its chain before it was opened.

    Raises:
        UserError: the key is wrong, the file is damaged, from a later program, or in use.
    """

    def __init__(self, path: Path, data_key: bytes, user: str, *, clock: Clock | None = None) -> None:
        super().__init__(path, data_key, user, clock)
        try:
            migrate(self._connection)
            self._signer = self._signing_key()
            self.found = self.mark()
            self.touched_elsewhere()
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
        after: int | None = None,
        consents: Iterable[str] = (),
    ) -> int:
        """A new version of a case; returns its number. ``words`` are (kind, word) pairs to search by.

        ``variants`` replace those that in-house counts see; None leaves them as they are. ``after``: the
        version that this one must follow (0: it is the first). ``consents``: what was decided, each an
        event of its own in the audit chain, identifiers only.

        Raises:
            Overtaken: another version than ``after`` is the newest.
            UserError: the device is full, read-only or gone. The version before is untouched.
        """
        data = json.dumps(document, sort_keys=True, ensure_ascii=False).encode()
        digest = hashlib.sha256(data).hexdigest()
        with self._transaction() as connection:
            row = connection.execute("SELECT version FROM case_head WHERE case_id = ?", (case_id,)).fetchone()
            version = (row[0] if row else 0) + 1
            if after not in (None, version - 1):
                raise Overtaken
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
                sorted({(case_id, kind, form) for kind, word in words for form in forms(word)}),
            )
            if variants is not None:
                connection.execute("DELETE FROM case_variant WHERE case_id = ?", (case_id,))
                connection.executemany(
                    "INSERT OR IGNORE INTO case_variant VALUES (?, ?, ?, ?, ?, ?)",
                    [(case_id, *variant) for variant in variants],
                )
            self._append(connection, act, case_id, f"version {version} {digest}")
            for detail in consents:
                self._append(connection, Act.CONSENT, case_id, detail)
        return version

    def delete(self, case_id: str, context: Context | None = None) -> None:
        """Take a case out of the store with every version and attachment; the audit chain keeps its events.

        It is still in the log beside the file until ``empty_log``, or until the store is closed.

        Raises:
            UserError: there is no such case, or the device cannot be written.
            Cancelled: the person stopped it; it is there as before.
        """
        context = context or Silent()
        with self._log_kept(), self._transaction() as connection:
            if connection.execute("DELETE FROM case_head WHERE case_id = ?", (case_id,)).rowcount == 0:
                raise UserError(tr("There is no such case in the store."), code="store.missing")
            self._delete_contents(connection, "case_id = ?", case_id, context)
            for table in ("case_version", "search_word", "attachment", "case_variant"):
                context.check()
                connection.execute(f"DELETE FROM {table} WHERE case_id = ?", (case_id,))  # noqa: S608 - constant
            connection.execute("DELETE FROM setting WHERE name = ?", (f"clinic news {case_id}",))
            self._append(connection, Act.DELETED, case_id, "")
        context.report(tr("Deleting the file"), 1.0)

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
        for word in asked(text):
            hits = {case_id for pattern in word.patterns for case_id in self._with_word(pattern)}
            found = tuple(one for one in found if one.case_id in hits or word.in_title(one.title))
        return found

    def _with_word(self, pattern: str) -> set[str]:
        rows = self._connection.execute(
            "SELECT DISTINCT case_id FROM search_word WHERE word LIKE ? ESCAPE '\\'", (pattern,)
        )
        return {row[0] for row in rows.fetchall()}
