"""Backup of the store to one file (administrators), and restoring one into a new folder.

Restoring needs no open store, as the machine that held it may be lost: what it needs is an administrator's
passphrase, or the recovery key, of the time of the backup.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.arrivals import BACKUP_ENDING
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.fields import form_layout, text_field, with_button
from genoai_desktop.ui.dialogs.frame import StoreDialog
from genoai_desktop.ui.dialogs.unlock import passphrase_field
from genoai_desktop.ui.widgets.basics import box, button, card, column, label, row
from genoai_desktop.ui.widgets.flow import flowing
from genoai_desktop.ui.widgets.saved import show_local


class BackupDialog(StoreDialog):
    """Writing proves the backup by reading it back; restoring overwrites nothing.

    ``restored`` carries the folder of a restored store, ``use_wanted`` when the person wants to work with it.
    """

    restored = Signal(object)
    use_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None, source: Path | None = None) -> None:
        super().__init__(desk, parent, tr("Back up and restore"))
        self.resize(680, 620)
        book = desk.vault.casebook
        self.job.stopped.connect(self._stopped)
        self._may_back_up = book is not None and book.may_administer
        self.backup_button = button(tr("Back up now…"), self._choose_target, kind="primary")
        self.backup_button.setEnabled(self._may_back_up)
        self.source = text_field(tr("Backup file"))
        self.source.setText(str(source or ""))
        self.folder = text_field(tr("New folder for the store"))
        self.user = text_field(tr("Administrator"))
        self.user.setText(book.user if book is not None else "")
        self.passphrase = passphrase_field(tr("Passphrase at the time of the backup"))
        self.restore_button = button(tr("Check and restore"), self.restore)
        self.use_button = button(tr("Use the restored store"), self._use, kind="primary")
        self.use_button.hide()
        if not self._may_back_up:
            self.banner.say("info", self._why_no_backup())
        form = form_layout()
        kinds = f"{tr('Backup')} (*{BACKUP_ENDING})"
        form.addRow(tr("Backup file"), box(with_button(self.source, tr("Choose a backup"), kinds)))
        choose = button(tr("Choose…"), self._choose_folder, name=tr("Choose the new folder"))
        form.addRow(tr("New folder"), box(row(self.folder, choose)))
        form.addRow(tr("Administrator"), self.user)
        form.addRow(tr("Passphrase"), self.passphrase)
        words = tr(
            "One encrypted file with every case, version, attachment and user. It is read back and compared "
            "before it gets its name. It opens with the passphrases of today, or the recovery key."
        )
        again = tr(
            "The backup is checked in full and put into a new folder. The present store stays as it is. "
            "Needed is an administrator's passphrase of the time of the backup, or the recovery key."
        )
        self.setLayout(
            column(
                self.banner,
                card(
                    label(words, "muted", wrap=True),
                    row(self.backup_button, None),
                    title=tr("Back up"),
                ),
                card(
                    label(again, "muted", wrap=True),
                    box(form),
                    flowing(self.restore_button, self.use_button),
                    title=tr("Restore"),
                ),
                None,
                self.job,
                row(None, button(tr("Close"), self.reject)),
                space="l",
                margins=True,
            )
        )

    def back_up(self, path: Path) -> None:
        """Write a backup there."""
        self.backup_button.setEnabled(False)
        book = self.desk.vault.casebook
        if book is None:
            return
        self.banner.hide()
        self.runner.run(
            book.backup,
            path,
            done=lambda _: self._written(path),
            failed=self._failed,
            key="backup",
        )

    def restore(self) -> None:
        """Restore what the fields say."""
        source, folder = Path(self.source.text().strip()), Path(self.folder.text().strip())
        if not source.is_file() or not folder.is_absolute():
            self.banner.say("warning", tr("Choose a backup file and a new folder."))
            return
        user, passphrase = self.user.text().strip(), self.passphrase.text()
        self.passphrase.clear()
        self.restore_button.setEnabled(False)
        self.use_button.hide()
        self.banner.hide()

        def run(context: Context) -> None:
            from genoai_desktop.app.casebook.backup import restore

            restore(source, folder, user, passphrase, context)

        self.runner.run(
            run,
            done=lambda _: self._restored(folder),
            failed=self._failed,
            key="restore",
        )

    def _why_no_backup(self) -> str:
        if self.desk.vault.casebook is None:
            return tr("No case store is open: a backup can be restored here, none can be made.")
        return tr("Only administrators back up. A backup can be restored with its own passphrase.")

    def _written(self, path: Path) -> None:
        self._finished(tr("The backup was written and is whole: {name}", name=path.name))
        self.banner.offer(tr("Open the folder"), lambda: show_local(self.banner, path.parent))

    def _restored(self, folder: Path) -> None:
        self.settle(self.source, self.folder, self.user)
        self._finished(tr("The store was restored into {folder}.", folder=str(folder)))
        self.use_button.setProperty("folder", str(folder))
        self.use_button.show()
        self.use_button.setFocus()
        self.restored.emit(folder)

    def _use(self) -> None:
        self.accept()
        self.use_wanted.emit(Path(self.use_button.property("folder")))

    def _finished(self, words: str) -> None:
        self.banner.say("success", words)
        self._let_go_on()

    def _failed(self, error: Exception) -> None:
        self._let_go_on()
        self.banner.explain(error)

    def _stopped(self) -> None:
        self._let_go_on()
        self.banner.say("info", tr("Stopped; no file was left."))

    def _let_go_on(self) -> None:
        self.backup_button.setEnabled(self._may_back_up)
        self.restore_button.setEnabled(True)

    def _choose_target(self) -> None:
        name = f"GenoAI-{date.today().isoformat()}{BACKUP_ENDING}"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Where shall the backup go?"), name)
        if chosen:
            self.back_up(Path(chosen))

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("An empty folder for the restored store"))
        if name:
            self.folder.setText(name)
