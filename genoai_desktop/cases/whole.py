"""What concerns the whole file of a store: is it sound, another key, a copy."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3

from genoai_desktop.cases.chained import Chained, Clock, identity
from genoai_desktop.cases.connection import connect, explained, refusal
from genoai_desktop.cases.copies import dropped_on_failure, require_whole, write_copy
from genoai_desktop.cases.durable import alone, unwritten
from genoai_desktop.cases.proof import unsound
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.durable import flush_folder, not_known
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr


class WholeFile(Chained):
    """Mixed into ``Store``."""

    def __init__(self, path: Path, data_key: bytes, user: str, clock: Clock | None) -> None:
        super().__init__(path, data_key, user, clock)
        self._replaced: list[Any] = []

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

    def empty_log(self) -> None:
        """Bring the file up to its log, unless another program reads: then a later save does it."""
        with suppress(sqlcipher3.Error):
            self._emptied()

    def _emptied(self) -> bool:
        """Bring the file up to its log, which counts. False while another program reads.

        A page that a crash broke off in the file is whole in the log: it is no damage.
        """
        return bool(self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)

    def _pages(self) -> list[tuple[str]]:
        """Pages of the file itself that are not as they were written."""
        found: list[tuple[str]] = self._connection.execute("PRAGMA cipher_integrity_check").fetchall()
        return found

    def rekey(self, data_key: bytes, context: Context | None = None) -> None:
        """Put the store under another key: a copy under it, read back in full, takes the place of the file.

        Nobody else may have the store open meanwhile. It needs as much room again as the store has. Until
        the copy is in its place nothing is changed and the person can stop it; a crash leaves the file
        whole, under the one key or the other. The log is emptied first: nothing stays under the old key.

        Raises:
            UserError: another program has the store open, or the device failed; the old key holds then,
                unless the device failed at the very end: ``fits`` tells.
            Cancelled: the person stopped it; the old key holds.
        """
        if identity(self.path) != self._place:
            raise refusal(tr("The store is not where it was; nothing was changed."))
        place = self.path.resolve()
        copy = place.with_name(f".{secrets.token_hex(8)}.copy")
        try:
            with dropped_on_failure(copy), self._alone():
                found = write_copy(self._connection, copy, data_key, context or Silent(), lasting=True)
                require_whole(found, tr("The copy under the new key is not whole; nothing was changed."))
                shutil.copymode(place, copy)
                self._give_place(copy, place)
        except sqlcipher3.Error as error:
            raise explained(error) from error
        except OSError as error:
            if os.name == "nt":
                self._reopen(self._data_key)
            raise unwritten(place, error) from error
        try:
            flush_folder(place.parent)
        except OSError as error:
            raise not_known(place.name) from error
        self._reopen(data_key)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else has the store open or can open it, and there is no log. It stays so after success."""
        others = refusal(
            tr("Another program has the store open; nothing was changed."),
            tr("Close it everywhere else, then try again."),
        )
        try:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            if self._connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
                raise others
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
            self._connection.execute("BEGIN EXCLUSIVE")
            self._connection.execute("COMMIT")
            # somebody may have opened it between the two, and brought the log back
            if self._connection.execute("PRAGMA journal_mode").fetchone()[0] != "delete":
                raise others
            yield
        except BaseException:
            with suppress(sqlcipher3.Error):  # the first failure is told
                self._shared()
            raise

    def _shared(self) -> None:
        """Others may open the store again; its log is back."""
        self._connection.execute("PRAGMA locking_mode = NORMAL").fetchall()
        self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        self._connection.execute("PRAGMA journal_mode = WAL").fetchall()

    def _give_place(self, copy: Path, place: Path) -> None:
        """The copy becomes the store, while nobody else is about to open it (``connect``).

        Windows renames nothing over an open file: ours is closed first, and another program's refuses it.
        """
        with alone(place):
            if os.name == "nt":
                self._connection.close()
            os.replace(copy, place)

    def _reopen(self, data_key: bytes) -> None:
        """Go on with the file that is in its place now; the old one stays locked until the store is closed.

        Where a drive knows no lock of a folder, whoever still waits for the old file gets it never.
        """
        self._replaced.append(self._connection)
        self._connection = connect(self.path, data_key)
        self._data_key, self._place = data_key, identity(self.path)
        self.touched_elsewhere()

    def close(self) -> None:
        """As before; files that were replaced meanwhile are let go of too."""
        super().close()
        while self._replaced:
            self._replaced.pop().close()

    def backup(self, target: Path, context: Context | None = None) -> None:
        """Copy the store to one encrypted file under the same key, and prove the copy.

        Raises:
            UserError: the copy could not be written or is not whole; no file is left then.
            Cancelled: the person stopped it; no file is left either.
        """
        if target.exists():
            raise UserError(tr("There is a file of this name already."), where=target.name)
        try:
            with dropped_on_failure(target):
                found = write_copy(self._connection, target, self._data_key, context or Silent())
                require_whole(found, tr("The backup is not whole."))
        except sqlcipher3.Error as error:
            raise explained(error) from error
