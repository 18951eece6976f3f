"""What concerns the whole file of a store: is it sound, another key, a copy."""

from contextlib import closing
from pathlib import Path

import sqlcipher3

from genoai_desktop.cases.chained import Chained, identity
from genoai_desktop.cases.connection import connect, explained, refusal
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr


class WholeFile(Chained):
    """Mixed into ``Store``."""

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
