"""The clinic's letterhead and wording in the window: kept in the store, or in memory where there is none."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from genoai_desktop.domain.letters import NO_CLINIC, Clinic
from genoai_desktop.ui.vault import Vault

LETTERHEAD = "letterhead"
"""Setting of the store; ``app.clinic`` reads and writes it."""
TEXTS = "letter texts"


class ClinicKeeper(QObject):
    """``clinic`` is what papers are made with now."""

    changed = Signal()

    def __init__(self, vault: Vault) -> None:
        super().__init__()
        self._vault = vault
        self.clinic: Clinic = NO_CLINIC
        vault.opened.connect(self.read)

    @property
    def may_change(self) -> bool:
        """Settings of a store are for its administrators."""
        book = self._vault.casebook
        return book is None or book.may_administer

    def read(self) -> None:
        """Take over what the store keeps."""

        def take(found: tuple[Any, Any]) -> None:
            from genoai_desktop.app.clinic import read_clinic

            if found == (None, None) and self.clinic != NO_CLINIC and self.may_change:
                self._write(NO_CLINIC)  # a store that was just set up takes over what was in memory
            else:
                self._use(read_clinic(*found))

        self._vault.run(lambda book: (book.setting(LETTERHEAD), book.setting(TEXTS)), done=take, key="clinic")

    def keep(self, clinic: Clinic) -> None:
        """Make papers with this from now on."""
        before = self.clinic
        self._use(clinic)
        self._write(before)

    def _write(self, before: Clinic) -> None:
        """Have the store keep what is not as it was before."""
        from genoai_desktop.app.clinic import letterhead_setting, texts_setting

        clinic = self.clinic
        if clinic.letterhead != before.letterhead:
            head = letterhead_setting(clinic.letterhead)
            self._vault.run(lambda book: book.set_setting(LETTERHEAD, head))
        if clinic.texts != before.texts:
            texts = texts_setting(clinic)
            self._vault.run(lambda book: book.set_setting(TEXTS, texts))

    def drop(self) -> None:
        """Forget it, for locking; the store keeps it."""
        self.clinic = NO_CLINIC

    def _use(self, clinic: Clinic) -> None:
        if clinic != self.clinic:
            self.clinic = clinic
            self.changed.emit()
