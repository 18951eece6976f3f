"""What concerns the whole file of a store: is it sound, another key, a copy."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3

from genoai_desktop.cases.chained import Chained, identity
from genoai_desktop.cases.connection import connect, explained, refusal
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.errors import Cancelled, UserError
from genoai_desktop.domain.text import tr

_STEPS = 1_000
"""Instructions of SQLite's machine between two looks at the clock: well below a millisecond."""


class WholeFile(Chained):
    """Mixed into ``Store``."""

    def damage(self, context: Context | None = None) -> list[str]:
        """Pages whose content is not what was written, and what else is not whole; empty when sound.

        Raises:
            Cancelled: the person stopped it; SQLCipher's look at every page comes first and ends first.
        """
        context = context or Silent()
        try:
            pages = self._connection.execute("PRAGMA cipher_integrity_check").fetchall()
            context.check()
            with _stoppable(self._connection, context):
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

    def backup(
        self, target: Path, context: Context | None = None, grown: Callable[[int], None] | None = None
    ) -> None:
        """Copy the store to one encrypted file under the same key, and read the copy back.

        ``grown`` is told the copy's size in bytes while it is written.

        Raises:
            UserError: the copy could not be written or is not whole; no file is left then.
            Cancelled: the person stopped it; no file is left either.
        """
        if target.exists():
            raise UserError(tr("There is a file of this name already."), where=target.name)
        context = context or Silent()
        try:
            with _stoppable(self._connection, context, lambda: grown and grown(_size(target))):
                self._connection.execute("VACUUM INTO ?", (str(target),))
            with closing(connect(target, self._data_key)) as copy, _stoppable(copy, context):
                if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                    raise refusal(tr("The backup is not whole."))
        except (sqlcipher3.Error, UserError, Cancelled) as error:
            for leftover in ("", "-wal", "-shm", "-journal"):
                target.with_name(target.name + leftover).unlink(missing_ok=True)
            if isinstance(error, sqlcipher3.Error):
                raise explained(error) from error
            raise


@contextmanager
def _stoppable(connection: Any, context: Context, step: Callable[[], object] | None = None) -> Iterator[None]:
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


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
