"""The part of the window that keeps cases: autosave, the case store, locking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QDialog, QMainWindow, QMessageBox

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import joined, shown, tr
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.dialogs.unlock import UnlockPanel
from genoai_desktop.ui.editing_window import EditingWindow
from genoai_desktop.ui.in_turn import InTurn
from genoai_desktop.ui.leaving import Leaving
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.session import Session
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.traces import empty_clipboard
from genoai_desktop.ui.widgets.basics import label, restyle

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import Casebook, Door

_LONGEST_STATE = 60
"""Letters of the save state; the whole of it is in the tooltip and, for trouble, in the banner."""


class StoreWindow(EditingWindow):
    """What ``MainWindow`` adds pages and menus to. Everything about keeping cases is here."""

    def __init__(self, services: Services, theme: Theme, settings: QSettings | None = None) -> None:
        super().__init__(services, theme, settings)
        self.door: Door | None = None
        self.lock_screen: UnlockPanel | None = None
        self.save_state = label("", "watermark")
        self._state = ("", "")
        self._parked: tuple[list[Session], Session | None, str, list[QDialog]] | None = None
        self._left_by = ""
        self._last_trouble = ""
        self._entering: Casebook | None = None
        self._leaving: Leaving | None = None
        self._entrance = InTurn(self)
        self._wanted: Callable[[], None] | None = None
        self.vault.state_changed.connect(self._show_save_state)
        self.vault.idle.connect(self.do_lock)
        self.vault.opened.connect(self._store_opened)
        self.vault.overtaken.connect(self._overtaken)
        self.vault.decided_elsewhere.connect(self.take_decisions)
        self.vault.touched_elsewhere.connect(self._look_for_decisions)
        QGuiApplication.instance().focusWindowChanged.connect(self._watch_window)  # type: ignore[union-attr]

    # the store

    def begin(self, wanted: Callable[[], None] | None = None) -> None:
        """Unlock the store of the settings, or offer to set one up; then do what was ``wanted``."""
        from genoai_desktop.app.casebook import is_store

        self._wanted = wanted
        folder = self.desk.store_folder
        if folder is not None and is_store(folder):
            self._use_door(folder)
            return
        if folder is not None:
            self.problem.say(
                "warning",
                tr(
                    "The case store is not where it was ({folder}). Connect its device and start again, or "
                    "choose where it lies now (menu Store). Until then cases live in memory only.",
                    folder=str(folder),
                ),
            )
        elif wanted is None:
            self.do_set_up_store()
        self._do_wanted()

    def _do_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            wanted()

    def _use_door(self, folder: Path) -> None:
        from genoai_desktop.app.casebook import Door

        if self.door is None or self.door.folder != folder:
            self.door = Door(folder)
        self.lock_screen = UnlockPanel(self.desk.theme, self.runner, self.door)
        self.lock_screen.skip.setVisible(self._parked is None)
        self.lock_screen.unlocked.connect(self._let_in)
        self.lock_screen.without.connect(self._without_store)
        self.cover(self.lock_screen)

    def _let_in(self, casebook: Casebook) -> None:
        """Make the pages that will be shown while the lock screen is still there, then go on."""
        self._entering = casebook
        wanted = ["cases"] if self._parked is None else ["cases", self._parked[2]]
        self._entrance.start(self.pages_ahead(wanted), lambda: self.unlocked(casebook))

    def unlocked(self, casebook: Casebook) -> None:
        """Work with this store; what was open before locking is open again."""
        self._entering = None
        entered = casebook.record_soon(_act("unlocked")) if self._parked is not None else None
        self.desk.remember_store(casebook.folder)
        self.complete_pages()
        self.cover(None)
        self.lock_screen = None
        parked, self._parked = self._parked, None
        closed = self._close_dialogs_of_others(parked[3], casebook.user) if parked is not None else []
        if parked is not None:
            self._unpark(*parked)
        self.vault.use(casebook)
        if closed:
            self._say_closed(closed, may_edit=casebook.may_edit)
        if entered is not None:
            self.vault.run(lambda _book: entered.result())
        self._do_wanted()

    def _unpark(
        self, sessions: list[Session], current: Session | None, page: str, dialogs: list[QDialog]
    ) -> None:
        self.desk.sessions = sessions
        self.desk.turn_to(current.opened if current is not None else None)
        self.show_page(page)
        for dialog in dialogs:
            dialog.open()
        if current is not None and not current.analysed:
            self._analyse_again(current)

    def _close_dialogs_of_others(self, dialogs: list[QDialog], user: str) -> list[str]:
        """What somebody else had begun is nobody else's to finish, in their own name; the titles."""
        if user == self._left_by:
            return []
        titles = [dialog.windowTitle() for dialog in dialogs]
        for dialog in dialogs:
            dialog.reject()
            dialog.deleteLater()
        dialogs.clear()
        return titles

    def _say_closed(self, titles: list[str], *, may_edit: bool) -> None:
        words = tr(
            "{user} had locked the store with a dialog open ({names}). It was closed, and what was typed in "
            "it is not kept: only the same user could go on with it.",
            user=self._left_by,
            names=joined(", ", titles),
        )
        self.problem.say("warning", words if may_edit else joined(" ", (words, reviewing())))

    def _look_for_decisions(self) -> None:
        for session in self.desk.sessions:
            self.vault.look_for_decisions(session)

    def _store_opened(self) -> None:
        self._look_for_decisions()
        for session in self.desk.sessions:
            if session.dirty or session.stored.version == 0:
                self.vault.keep(session)
            else:
                self.vault.record("viewed", session)
        self.desk.look_at(self.shown_page())
        self.paint_undo()
        self.desk.cases_changed.emit()
        book = self.vault.casebook
        if book is not None and book.rolled_back:
            self.problem.say(
                "warning",
                tr(
                    "This is not the newest state of the case store: at least {count} later audit entries "
                    "are missing, and what was saved with them. Ask an administrator for the newest copy or "
                    "backup. If an older copy was put here on purpose, go on: this is said once, and "
                    "recorded in the audit trail.",
                    count=book.rolled_back,
                ),
            )
        elif book is not None and book.restored:
            self.problem.say(
                "info",
                tr("The case store was restored from a backup since it was last open on this computer."),
            )
        elif book is not None and not book.may_edit:
            self.problem.say("info", reviewing())

    def _without_store(self) -> None:
        """Look around without the store: only while nothing is parked behind the lock."""
        if self._parked is None:
            self.cover(None)
            self.lock_screen = None
            self._show_save_state("info", tr("Case store locked: cases live in memory only"))
            self._do_wanted()

    def _overtaken(self, other: str) -> None:
        self.problem.say(
            "warning",
            tr(
                "{other} saved this case meanwhile. Both versions are kept; compare them on the case list.",
                other=other,
            ),
        )

    def ask_again(self) -> None:
        """A lock screen in the language of the window, unless somebody is just passing the present one."""
        if self.lock_screen is not None and self.door is not None and not self.lock_screen.busy:
            self._use_door(self.door.folder)

    def say_state_anew(self) -> None:
        """The save state, in the language of the window."""
        self._show_save_state(*self._state)

    def _show_save_state(self, tone: str, text: str) -> None:
        self._state = (tone, text)
        text = shown(text)
        if tone == "error" and text != self._last_trouble:
            self.problem.say("error", text)  # said in full once; trying again does not nag
        self._last_trouble = text if tone == "error" else ""
        short = text if len(text) <= _LONGEST_STATE else text[: _LONGEST_STATE - 1] + "…"
        self.save_state.setText(short)
        self.save_state.setAccessibleName(text)
        self.save_state.setToolTip(text)
        restyle(self.save_state, "tone", {"error": "danger", "success": "success"}.get(tone, ""))

    # locking

    def do_lock(self) -> None:
        """Hide and drop every case from the window, close the store, forget its key.

        Jobs are told to stop first: one in the store's thread would keep the last save waiting for its end.
        """
        book = self.vault.casebook
        if book is None:
            if self.lock_screen is None:
                self.problem.say(
                    "info", tr("There is no unlocked case store. Set one up, or unlock it, first.")
                )
            return
        for runner in self.findChildren(Runner):
            if not runner.outlives_lock:
                runner.ask_to_stop()
        self.runner.cancel_all()
        request = self.interrupted()
        if request is not None:
            self._wanted = lambda: self.open_request(request)
        dialogs = self._hide_dialogs()
        unsaved = self.vault.unsaved()
        self._left_by = book.user
        self._parked = (list(self.desk.sessions), self.desk.session, self.shown_page(), dialogs)
        self.vault.leave()
        self._use_door(book.folder)  # first of all out of sight
        self.problem.hide()
        self.desk.clear()
        self.desk.drop_recent()
        empty_clipboard()
        self.drop_pages()
        screen = self.lock_screen
        assert screen is not None
        screen.wait_for_saving(True)

        def closed(error: Exception | None) -> None:
            self._leaving = None
            screen.wait_for_saving(False)
            if error is not None:
                screen.banner.explain(error)

        self._leaving = Leaving(self.vault, book, unsaved)
        screen.runner.run(self._leaving, done=lambda _: closed(None), failed=closed, key="lock")

    def _hide_dialogs(self) -> list[QDialog]:
        """Those that come back after unlocking; a question that waits for its answer is answered no.

        So is one that belongs to a page, which would end with it.
        """
        kept = []
        for dialog in [dialog for dialog in self.findChildren(QDialog) if dialog.isVisible()]:
            outlives = isinstance(dialog.parent(), QMainWindow | QDialog)
            if outlives and dialog.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose):
                dialog.hide()
                kept.append(dialog)
            elif isinstance(dialog, TypingDialog):
                dialog.discard()
            else:
                dialog.reject()
        return kept

    def _watch_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self.vault)
            window.installEventFilter(self.vault)
            self.vault.touch()

    def close_store(self) -> bool:
        """Save what is open and close the store before the window goes; False to stay open."""
        self._entrance.stop()
        if self._entering is not None:
            self._entering.close()
        if self._leaving is not None:
            self._leaving.finish()
        book = self.vault.casebook
        if book is None:
            parked = self._parked[0] if self._parked is not None else []
            lost = next((session for session in parked if session.dirty and session.keeps), None)
            why = tr("The store could not be written when it was locked. Unlock it to save again.")
            return lost is None or self._leave_unsaved(UserError(why))
        unsaved = self.vault.unsaved()
        self.vault.leave()
        try:
            self.vault.save_now(unsaved, book)
        except UserError as error:
            if not self._leave_unsaved(error):
                self.vault.use(book)
                return False
        book.close()
        return True

    def _leave_unsaved(self, error: UserError) -> bool:
        text = tr("Changes are not saved: {why}", why=str(error))
        yes, no = QMessageBox.StandardButton.Discard, QMessageBox.StandardButton.Cancel
        return QMessageBox.warning(self, tr("Not saved"), text, yes | no, no) == yes


def reviewing() -> str:
    """What a reviewer can do here."""
    return tr("You are a reviewer here: cases can be read and signed, not changed.")


def _act(word: str) -> Any:
    from genoai_desktop.cases.audit import Act

    return Act(word)
