"""What the dialogs of the case store have in common: banner, runner, table, and asking before harm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.job_line import JobLine

if TYPE_CHECKING:
    from genoai_desktop.app.casebook import Casebook


class StoreDialog(TypingDialog):
    """A dialog that talks to the unlocked store, off this thread.

    ``job`` shows how far a long request is, for the layout of a dialog that has one.
    """

    def __init__(self, desk: Desk, parent: QWidget | None, title: str) -> None:
        super().__init__(parent)
        self.desk = desk
        self.runner = Runner(desk.pool, self)
        self.banner = Banner(desk.theme)
        self.job = JobLine(self.runner)
        self.runner.stopped.connect(self._say_stopped)
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    def ask(
        self,
        function: Callable[[Casebook], Any],
        done: Callable[[Any], None] | None = None,
        key: str = "",
        unread: Callable[[], None] | None = None,
    ) -> None:
        """``function(casebook)`` in a worker; an error is explained in the banner.

        ``unread`` is called as well then: to take back what said that the answer is coming.
        """
        self.work(lambda book, _context: function(book), done, key, unread)

    def work(
        self,
        function: Callable[[Casebook, Context], Any],
        done: Callable[[Any], None] | None = None,
        key: str = "",
        unread: Callable[[], None] | None = None,
    ) -> None:
        """``function(casebook, context)`` in a worker: one that says how far it is, and can be stopped."""
        book = self.desk.vault.casebook
        if book is None:
            self.banner.say("warning", tr("The case store is locked."))
            return

        def failed(error: Exception) -> None:
            self.banner.explain(error)
            if unread is not None:
                unread()

        self.runner.run(function, book, done=done, failed=failed, key=key)

    def _say_stopped(self) -> None:
        """The person did not press Cancel here: what was asked of the dialog is not done."""
        self.banner.say("info", tr("Stopped, as the case store was being closed. Begin it again."))

    def done(self, result: int) -> None:
        """Stop what is under way before closing."""
        self.runner.cancel_all()
        super().done(result)


def table(name: str, headers: Sequence[str]) -> QTableWidget:
    """A table to read and choose rows from, sortable by its headers."""
    made = QTableWidget(0, len(headers))
    made.setAccessibleName(name)
    made.setHorizontalHeaderLabels(list(headers))
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setTabKeyNavigation(False)
    made.setAlternatingRowColors(True)
    made.setShowGrid(False)
    made.setWordWrap(False)  # a long word is cut at its end, not left out
    made.verticalHeader().hide()
    made.horizontalHeader().setStretchLastSection(True)
    made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    made.setCornerButtonEnabled(False)
    return made


Row = tuple[Any, Sequence[str]]
"""What a row stands for, and the texts of its columns."""
_AT_A_TIME = 25
"""Rows that are put into a table before the window has its turn."""


def fill(made: QTableWidget, rows: Iterable[Row | None]) -> None:
    """Show rows. Sorting and the chosen row stay."""
    for _ in filled(made, rows):
        pass


def filled(made: QTableWidget, rows: Iterable[Row | None]) -> Iterator[None]:
    """``fill`` in steps, for lists that may be long; None among the rows is a step without one."""
    chosen = selected(made)
    made.setSortingEnabled(False)
    made.setRowCount(0)
    waiting: list[Row] = []
    for entry in rows:
        if entry is not None:
            waiting.append(entry)
        if entry is None or len(waiting) == _AT_A_TIME:
            _put(made, waiting, chosen)
            waiting = []
            yield
    _put(made, waiting, chosen)
    made.setSortingEnabled(True)


def _put(made: QTableWidget, entries: list[Row], chosen: Any) -> None:
    first = made.rowCount()
    made.setRowCount(first + len(entries))
    for number, (meaning, texts) in enumerate(entries, first):
        for place, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            if place == 0:
                item.setData(Qt.ItemDataRole.UserRole, meaning)
            made.setItem(number, place, item)
        if chosen is not None and meaning == chosen:
            made.selectRow(number)


def selected(made: QTableWidget) -> Any:
    """What the chosen row stands for, None without one."""
    rows = made.selectionModel().selectedRows()
    return _meaning(made, rows[0].row()) if rows else None


def _meaning(made: QTableWidget, number: int) -> Any:
    item = made.item(number, 0)
    return item.data(Qt.ItemDataRole.UserRole) if item is not None else None


def sure(parent: QWidget, title: str, text: str, yes: str) -> bool:
    """Ask before something that cannot be taken back; Cancel is what Enter does."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, text, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)  # what it asks about may be a name
    agree = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    cancel = cancel_button(box)
    box.setDefaultButton(cancel)
    box.exec()
    box.deleteLater()
    return box.clickedButton() is agree


def allow(made: QWidget, may: bool, why: str = "") -> None:
    """Enable what this user may do, or say who may; ``why`` where it is not about editing a case."""
    made.setEnabled(may)
    reason = "" if may else why or tr("Reviewers may not change cases.")
    made.setToolTip(reason)
    made.setAccessibleDescription(reason)


def cancel_button(box: QMessageBox) -> QPushButton:
    """Escape presses it; Qt's own words would be English in every language."""
    made = box.addButton(QMessageBox.StandardButton.Cancel)
    made.setText(tr("Cancel"))
    return made


def wide(made: QTableWidget, widths: Sequence[int], scale: int) -> None:
    """Widths of columns in device-independent pixels at normal text, for a text size in per cent."""
    for place, width in enumerate(widths):
        made.setColumnWidth(place, width * scale // 100)


def local_time(stamp: str) -> str:
    """An ISO 8601 time in UTC as the clock on the wall, to the minute."""
    from datetime import datetime

    try:
        return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return stamp
