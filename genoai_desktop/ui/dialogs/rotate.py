"""Put the whole store under a new key, for when somebody may have had the old one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import Cancelled
from genoai_desktop.domain.text import tr
from genoai_desktop.jobs.pool import Job
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.fields import form_layout, text_field
from genoai_desktop.ui.dialogs.frame import StoreDialog
from genoai_desktop.ui.dialogs.recovery_key import RecoveryKey
from genoai_desktop.ui.dialogs.unlock import passphrase_field
from genoai_desktop.ui.widgets.basics import box, button, column, label, row
from genoai_desktop.ui.widgets.typed import no_loss

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import Casebook
    from genoai_desktop.cases.keys import Prepared


class RotateDialog(StoreDialog):
    """First the passphrase, then the new recovery key; only after it was written down the change itself.

    ``rotated`` carries the names of the users who need a new passphrase now.
    """

    rotated = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(desk, parent, tr("Change the store's key"))
        self.resize(560, 420)
        self.prepared: Prepared | None = None
        self._change: Job | None = None
        self.passphrase = passphrase_field(tr("Your passphrase"))
        self.passphrase.returnPressed.connect(self.prepare)
        self.recovery = RecoveryKey()
        self.confirmation = text_field(
            tr("Last five characters of the new recovery key"), tr("type the last five characters")
        )
        no_loss(self.confirmation)
        self.prepare_button = button(tr("Make a new key"), self.prepare, kind="primary")
        self.rotate_button = button(tr("Change the key now"), self.rotate, kind="primary")
        self.cancel_button = button(tr("Cancel"), self.reject)
        self.job.stop.hide()  # the dialog's own button stops it
        words = tr(
            "Do this when somebody who left, or a lost computer, may have had the key. The store is "
            "encrypted anew into a copy, which needs as much room again and takes the store's place once it "
            "was read back; until then you can stop. Afterwards your passphrase and the new recovery key "
            "open it; every other user needs a new passphrase from you, and the old recovery key opens "
            "nothing. Backups made before stay under the old key: make a new one and destroy them."
        )
        self.told = label(
            tr("The new recovery key, shown this once. Write it down, then type its last five characters."),
            wrap=True,
        )
        self.form = form_layout()
        self.form.addRow(tr("Your passphrase"), self.passphrase)
        self.form.addRow(tr("New recovery key"), self.recovery)
        self.form.addRow(tr("Its last group"), self.confirmation)
        self.setLayout(
            column(
                label(self.windowTitle(), "heading", wrap=True),
                self.banner,
                label(words, "muted", wrap=True),
                self.told,
                box(self.form),
                None,
                self.job,
                row(None, self.cancel_button, self.prepare_button, self.rotate_button),
                space="m",
                margins=True,
            )
        )
        self._show(False)

    def prepare(self) -> None:
        """Prove the passphrase and make the keys; nothing is changed yet."""
        passphrase = self.passphrase.text()
        self.passphrase.clear()
        self.ask(lambda book: book.prepare_rotation(passphrase), self._prepared, key="prepare")

    def rotate(self) -> None:
        """Change the key, once the recovery key was written down."""
        prepared = self.prepared
        if prepared is None:
            return
        if self.confirmation.text().strip().upper() != prepared.recovery[-5:]:
            self.banner.say("warning", tr("This is not the last group of the new recovery key."))
            return
        self.rotate_button.setEnabled(False)
        self.banner.say("info", tr("Encrypting the store anew."))
        book = self.desk.vault.casebook
        if book is not None:
            self._change = self.runner.run(
                partial(_rotated, book, prepared), done=self._done, failed=self._failed, key="rotate"
            )

    def reject(self) -> None:
        """Ask a change that is under way to stop, and stay to say how it ended; leave otherwise."""
        if self._change is None or self._change.final:
            super().reject()
            return
        self._change.ask_to_stop()
        self.banner.say("info", tr("Stopping…"))

    def _prepared(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.recovery.setText(prepared.recovery)
        self._show(True)
        self.confirmation.setFocus()

    def _done(self, others: tuple[str, ...] | None) -> None:
        if others is None:
            self.rotate_button.setEnabled(True)
            self.banner.say("info", tr("Stopped. The store is under its old key, as before."))
            return
        self.rotated.emit(others)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.rotate_button.setEnabled(True)
        self.banner.explain(error)

    def _show(self, ready: bool) -> None:
        for made in (self.told, self.rotate_button):
            made.setVisible(ready)
        for field in (self.recovery, self.confirmation):
            self.form.setRowVisible(field, ready)
        self.form.setRowVisible(self.passphrase, not ready)
        self.prepare_button.setVisible(not ready)


def _rotated(book: Casebook, prepared: Prepared, context: Context) -> tuple[str, ...] | None:
    """Users who need a new passphrase; None when it was stopped before anything was changed."""
    try:
        return book.rotate(prepared, context)
    except Cancelled:
        return None
