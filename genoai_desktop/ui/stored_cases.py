"""The part of the window that opens what the store keeps, and the dialogs about the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import joined, shown, tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.frame import cancel_button
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.session import Session
from genoai_desktop.ui.store_window import StoreWindow
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.banner import explanation

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import Casebook, StoredCase
    from genoai_desktop.app.request import OpenCase
    from genoai_desktop.domain.case import Case


class StoredCasesWindow(StoreWindow):
    """Opening, finding and deleting stored cases; users, backup, audit, versions, attachments, updates."""

    def __init__(self, services: Services, theme: Theme, settings: QSettings | None = None) -> None:
        super().__init__(services, theme, settings)
        self._again: list[Session] = []
        self.desk.stored_wanted.connect(self.open_stored)
        self.desk.compare_wanted.connect(self.compare_stored)
        self.desk.check_wanted.connect(self._check_cases)
        self.desk.again_wanted.connect(self.analyse_open_again)

    def open_stored(self, uid: str) -> None:
        """Open a case of the store: analysed again from its files, as it was edited."""
        already = next((session for session in self.desk.sessions if session.uid == uid), None)
        if already is not None:
            self.desk.turn_to(already.opened)
            self.show_page("overview")
            return
        self.problem.hide()
        if not self._saved_before(uid):
            return
        self.work(tr("Opening the case"))
        self.vault.run(lambda book: book.load(uid), done=self._loaded, failed=self._failed_to_open)

    def _saved_before(self, uid: str) -> bool:
        """What a case that was just closed still has to save is on the disk before it is read again."""
        book = self.vault.casebook
        late = [session for session in self.vault.unsaved() if session.uid == uid]
        try:
            if book is not None:
                self.vault.save_now(late, book)
        except UserError as error:
            self.problem.explain(error)
            return False
        return True

    def _loaded(self, stored: StoredCase) -> None:
        services = self.desk.services
        self.runner.run(
            services.open_stored,
            stored,
            done=lambda opened: self._reopened(stored, opened),
            failed=lambda error: self._files_missing(stored, error),
        )

    def _reopened(self, stored: StoredCase, opened: OpenCase) -> None:
        self.rest()
        session = self.desk.add(opened, stored)
        if stored.not_understood:
            self.problem.say(
                "warning",
                tr(
                    "A later version of the program saved parts that this one does not know ({places}). "
                    "They are kept, not used.",
                    places=joined(", ", stored.not_understood),
                ),
            )
        self._note_news(stored, opened)
        if not opened.result.failed:  # the version before knows more
            self.vault.keep(session)
        self.show_page("overview")

    def _note_news(self, stored: StoredCase, opened: OpenCase) -> None:
        """What newer knowledge says otherwise than when the case was saved is not lost by the next save."""
        services = self.desk.services

        def note(book: Casebook) -> None:
            services.note_reopened(book, stored, opened, Silent())

        self.vault.run(note, done=lambda _: self.desk.cases_changed.emit())

    def _analysed(self, session: Session, asked: Case, new: OpenCase) -> None:
        """As for every edit; where the knowledge changed meanwhile, the differences are kept as news."""
        old, before = session.opened, session.stored
        taken = session.case == asked
        super()._analysed(session, asked, new)
        if not session.analysed:  # it is analysed again
            return
        if taken and session.keeps and before.version and old.result.versions != new.result.versions:
            self._note_news(before, new)
        self._next_again()

    def analyse_open_again(self) -> None:
        """The knowledge is another: analyse every open case from its file, one after the other."""
        self._again = list(self.desk.sessions)
        self._next_again()

    def _next_again(self) -> None:
        if self._again:
            self._analyse_again(self._again.pop(0))

    def _not_analysed(self, session: Session, error: Exception) -> None:
        self._again = []
        super()._not_analysed(session, error)

    def _check_cases(self, how: str) -> None:
        self.show_page("ledger")
        self.desk.check_now.emit(how)

    def do_updates(self, pack: Path | None = None) -> None:
        """Update packs: install, go back, trust a publisher; ``pack`` is looked at at once."""
        from genoai_desktop.ui.dialogs.update import UpdateDialog

        self.present(UpdateDialog(self.desk, self, pack))

    def _files_missing(self, stored: StoredCase, error: Exception) -> None:
        from genoai_desktop.app.casebook import FilesMissing

        if not isinstance(error, FilesMissing):
            self._failed_to_open(error)
            return
        self.rest()
        self.problem.explain(error)
        words = shown(explanation(error))
        box = QMessageBox(QMessageBox.Icon.Question, tr("Files of this case"), words, parent=self)
        choose = box.addButton(tr("Choose the folder…"), QMessageBox.ButtonRole.AcceptRole)
        cancel_button(box)
        box.buttonClicked.connect(lambda clicked: self.locate(stored) if clicked is choose else None)
        self.present(box)

    def locate(self, stored: StoredCase, folder: Path | None = None) -> None:
        """Find moved files below a folder by their content, then open the case."""
        from genoai_desktop.app.casebook.reopen import relocated

        if folder is None:
            name = QFileDialog.getExistingDirectory(self, tr("Where are the files of this case?"))
            folder = Path(name) if name else None
        if folder is None:
            return
        self.problem.hide()
        self.work(tr("Looking for the files"))
        place = folder
        self.runner.run(
            lambda context: relocated(stored, place, context),
            done=self._loaded,
            failed=lambda error: self._files_missing(stored, error),
        )

    def _failed_to_open(self, error: Exception) -> None:
        self.rest()
        self.problem.explain(error)

    def remove_stored(self, uid: str) -> None:
        """Delete a case from the store for good; asked before."""
        session = next((session for session in self.desk.sessions if session.uid == uid), None)
        if session is not None:
            self.vault.forget(session)
            self.desk.close(session.opened)
        if self.vault.casebook is not None:
            self.runner.run(
                self.vault.casebook.delete,
                uid,
                done=lambda _: self.desk.cases_changed.emit(),
                failed=self.problem.explain,
                key=f"delete {uid}",
            )

    def do_set_up_store(self) -> None:
        """The first-run assistant."""
        from genoai_desktop.ui.dialogs.first_run import FirstRun

        if self.vault.casebook is not None:
            self.problem.say("info", tr("A case store is set up and unlocked already."))
            return
        dialog = FirstRun(self.desk, self)
        dialog.ready.connect(self._first_store)
        dialog.restore_wanted.connect(self.do_backup)
        dialog.demo_wanted.connect(self.do_demo)
        self.present(dialog)

    def _first_store(self, casebook: Casebook) -> None:
        from genoai_desktop.app.casebook import Door

        self.door = Door(casebook.folder)
        self.unlocked(casebook)

    def do_locate_store(self) -> None:
        """Use a store that lies elsewhere: moved, restored, or of another computer."""
        name = QFileDialog.getExistingDirectory(self, tr("Where does the case store lie?"))
        if name:
            self.use_store(Path(name))

    def use_store(self, folder: Path) -> None:
        """Close the present store, and ask for the passphrase of the one in this folder."""
        from genoai_desktop.app.casebook import is_store

        if not is_store(folder):
            self.problem.say("error", tr("There is no case store in this folder. Choose another."))
            return
        if self.vault.casebook is not None and not self.close_store():
            return
        for session in list(self.desk.sessions):
            if session.stored.version:
                self.desk.close(session.opened)
        self._use_door(folder)

    def do_users(self) -> None:
        """Users, roles, passphrase, time until locking, letterhead."""
        from genoai_desktop.ui.dialogs.users import UsersDialog

        self._store_dialog(UsersDialog)

    def do_letterhead(self) -> None:
        """The clinic's letterhead and wording: of the store, or in memory without one."""
        from genoai_desktop.ui.dialogs.letterhead import LetterheadDialog

        self.present(LetterheadDialog(self.desk, self))

    def do_check_pdf(self) -> None:
        """Who signed a PDF, and whether it was changed since."""
        from genoai_desktop.ui.dialogs.sign import CheckDialog

        kinds = tr("PDF files (*.pdf)")
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose a signed PDF"), "", kinds)
        if name:
            self.present(CheckDialog(self.desk, self, Path(name)))

    def do_backup(self, source: Path | None = None) -> None:
        """Backup, and restoring one (``source`` where it is known already), with a store or without."""
        from genoai_desktop.ui.dialogs.backup import BackupDialog

        dialog = BackupDialog(self.desk, self, source)
        dialog.use_wanted.connect(self.use_store)
        self.present(dialog)

    def do_audit(self) -> None:
        """Who did what when."""
        from genoai_desktop.ui.dialogs.audit import AuditDialog

        self._store_dialog(AuditDialog)

    def do_compare(self) -> None:
        """Versions of the case in view."""
        if self.desk.session is not None:
            self.compare_stored(self.desk.session.uid)

    def compare_stored(self, uid: str) -> None:
        """Any two versions of a stored case, side by side in words."""
        from genoai_desktop.ui.dialogs.compare import CompareDialog

        self._store_dialog(lambda desk, parent: CompareDialog(desk, parent, uid))

    def do_attachments(self) -> None:
        """Files kept with the case in view."""
        if self.desk.session is not None:
            self.attachments_of(self.desk.session.uid)

    def attachments_of(self, uid: str) -> None:
        """Files kept with a stored case."""
        from genoai_desktop.ui.dialogs.attachments import AttachmentsDialog

        self._store_dialog(lambda desk, parent: AttachmentsDialog(desk, parent, uid))

    def do_notes(self) -> None:
        """Status and notes of the case in view."""
        from genoai_desktop.ui.dialogs.notes import NotesDialog

        if self.desk.session is not None:
            self.present(NotesDialog(self.desk, self))

    def _store_dialog(self, make: Callable[[Desk, Any], QDialog]) -> None:
        if self.vault.casebook is None:
            self.problem.say("info", tr("This needs an unlocked case store. Set one up in the menu Store."))
            return
        self.present(make(self.desk, self))
