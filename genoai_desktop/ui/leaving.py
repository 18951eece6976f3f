"""The end of a store that is locked: the last save, then the closing, once, whoever comes to it first."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from genoai_desktop.domain.context import Context

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import Casebook
    from genoai_desktop.ui.session import Session
    from genoai_desktop.ui.vault import Vault


class Leaving:
    """A worker does it behind the lock screen; the window does it itself when it is closed before that.

    ``unsaved``: sessions of which something is not on the disk; those of a failure are dirty afterwards.
    """

    def __init__(self, vault: Vault, book: Casebook, unsaved: list[Session]) -> None:
        self._vault, self._book, self._unsaved = vault, book, unsaved
        self._lock = threading.Lock()
        self._over = False
        self._error: Exception | None = None

    def __call__(self, _context: Context) -> None:
        """As a job.

        Raises:
            UserError: something could not be saved; the store is closed all the same.
        """
        self.finish()
        if self._error is not None:
            raise self._error

    def finish(self) -> None:
        """Return when the store is closed."""
        with self._lock:
            if self._over:
                return
            self._over = True
            try:
                self._save_and_close()
            except Exception as error:  # whoever waits for the job is told
                self._error = error
            for session in self._unsaved:
                session.saving = False
                session.dirty = session.dirty or self._error is not None

    def _save_and_close(self) -> None:
        from genoai_desktop.cases.audit import Act

        try:
            self._vault.save_now(self._unsaved, self._book)
        finally:
            self._book.close(Act.LOCKED)
