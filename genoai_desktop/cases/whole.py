"""What concerns the whole file of a store: is it sound, another key, a copy."""

from contextlib import closing, suppress
from pathlib import Path

import sqlcipher3

from genoai_desktop.cases.chained import Chained, identity
from genoai_desktop.cases.connection import connect, copy_target, explained, keyed, refusal
from genoai_desktop.cases.proof import damaged_pages, unsound
from genoai_desktop.domain.context import Context, Part, Silent
from genoai_desktop.domain.errors import Cancelled, UserError
from genoai_desktop.domain.text import tr

_PAGES = 512
"""Copied at a time: two megabytes, some ten milliseconds."""
_COPIED, _PAGES_PROVED = 1 / 3, 2 / 3


class WholeFile(Chained):
    """Mixed into ``Store``."""

    def damage(self) -> list[str]:
        """Pages whose content is not what was written, and what else is not whole; empty when sound.

        SQLCipher's own look at the pages of a file that is in use; it cannot be stopped.
        """
        try:
            pages = self._pages() if self._emptied() else []
            return [*(str(row[0]) for row in pages), *unsound(self._connection, Silent())]
        except sqlcipher3.Error as error:
            return [str(explained(error))]

    def unsound(self, context: Context) -> list[str]:
        """Records, indexes and attachments that are not whole; pages are ``proof.damaged_pages``'s.

        Raises:
            Cancelled: the person stopped it.
        """
        try:
            return unsound(self._connection, context)
        except sqlcipher3.Error as error:
            return [str(explained(error))]

    def _emptied(self) -> bool:
        """Bring the file up to its log, which counts. False while another program reads.

        A page that a crash broke off in the file is whole in the log: it is no damage.
        """
        return bool(self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)

    def _pages(self) -> list[tuple[str]]:
        """Pages of the file itself that are not as they were written."""
        found: list[tuple[str]] = self._connection.execute("PRAGMA cipher_integrity_check").fetchall()
        return found

    def rekey(self, data_key: bytes) -> None:
        """Encrypt every page anew under another key, in one transaction, and read all of it back.

        The log is emptied before and after, so that nothing stays under the old key in it. A crash leaves
        the file whole, under the one key or the other.

        Raises:
            UserError: another program has the store open, or the device failed; the old key holds then.
        """
        if identity(self.path) != self._place:
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

    def backup(self, target: Path, context: Context | None = None) -> None:
        """Copy the store to one encrypted file under the same key, and prove the copy.

        Raises:
            UserError: the copy could not be written or is not whole; no file is left then.
            Cancelled: the person stopped it; no file is left either.
        """
        if target.exists():
            raise UserError(tr("There is a file of this name already."), where=target.name)
        context = context or Silent()
        try:
            self._copy(target, Part(context, 0.0, _COPIED))
            found = damaged_pages(target, self._data_key, Part(context, _COPIED, _PAGES_PROVED))
            with closing(keyed(target, self._data_key)) as copy:
                found += unsound(copy, Part(context, _PAGES_PROVED, 1.0))
            if found:
                raise refusal(tr("The backup is not whole."))
        except (sqlcipher3.Error, OSError, UserError, Cancelled) as error:
            for leftover in ("", "-wal", "-shm", "-journal"):
                with suppress(OSError):  # the first failure is told
                    target.with_name(target.name + leftover).unlink(missing_ok=True)
            if isinstance(error, sqlcipher3.Error):
                raise explained(error) from error
            raise

    def _copy(self, target: Path, context: Context) -> None:
        """Page by page; SQLite begins anew by itself when another program writes meanwhile."""
        label = tr("Copying the store")

        def step(_status: int, remaining: int, total: int) -> None:
            context.check()
            context.report(label, 1.0 - remaining / max(total, 1))

        context.check()
        context.report(label, 0.0)
        with closing(copy_target(target, self._data_key)) as copy:
            self._connection.backup(copy, pages=_PAGES, progress=step)
