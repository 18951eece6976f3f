"""HPO picker: type, see terms, take one as observed or as not seen, with keys alone if wanted."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.widgets.basics import button, column, label, row
from genoai_desktop.ui.widgets.typed import no_loss


class TermPicker(QWidget):
    """``picked`` carries the identifier and whether the term was excluded."""

    picked = Signal(str, bool)
    looked_at = Signal(str)
    """The identifier under the cursor, empty when there is none."""

    def __init__(self, desk: Desk, runner: Runner) -> None:
        super().__init__()
        self._desk, self._runner = desk, runner
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Type a sign or symptom, or an HPO number"))
        self.field.setAccessibleName(tr("Search HPO terms"))
        self.field.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Matching HPO terms"))
        self.list.setFixedHeight(190)
        self.list.hide()
        self.hint = label(
            tr("Enter takes a term as observed, Shift+Enter as looked for and not seen."),
            "caption",
            wrap=True,
        )
        self.add = button(
            tr("Observed"), lambda: self._take(False), kind="primary", name=tr("Add as observed")
        )
        self.exclude = button(tr("Not seen"), lambda: self._take(True), name=tr("Add as not seen"))
        self.setLayout(column(row(self.field, self.add, self.exclude), self.list, self.hint))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(80)
        self._pause.timeout.connect(self._search)
        no_loss(self.field)
        self.field.textChanged.connect(lambda _text: self._pause.start())
        self.field.installEventFilter(self)
        self.list.currentItemChanged.connect(lambda item, _before: self._look(item))
        self.list.itemDoubleClicked.connect(lambda _item: self._pick(False))
        self._listed_for: str | None = None
        """What was typed when the terms in the list were found; None once one of them was taken."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move in the list, Enter takes."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key)
            if step:
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
        return super().eventFilter(watched, event)

    def offer(self, identifier: str, name: str) -> None:
        """Put one term into the list, as if it had been searched for."""
        self._pause.stop()
        self._runner.cancel("terms")
        self._show(self._typed, [(identifier, name)])
        self.field.setFocus()

    @property
    def _typed(self) -> str:
        return self.field.text().strip()

    def _look(self, item: QListWidgetItem | None) -> None:
        identifier = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self.looked_at.emit(str(identifier or ""))

    def _search(self) -> None:
        text = self._typed
        if len(text) < 2:
            self.list.hide()
            return
        show = partial(self._show, text)
        self._runner.run(self._desk.services.find_terms, text, done=show, failed=self._trouble, key="terms")

    def _show(self, typed: str, hits: list[tuple[str, str]]) -> None:
        self._listed_for = typed
        self.list.clear()
        for identifier, name in hits[:50]:
            item = QListWidgetItem(f"{name}   {identifier}")
            item.setData(Qt.ItemDataRole.UserRole, identifier)
            self.list.addItem(item)
        self.list.setVisible(True)
        if hits:
            self.list.setCurrentRow(0)
        else:
            self.list.addItem(QListWidgetItem(tr("No term fits. Try another word.")))

    def _trouble(self, _error: Exception) -> None:
        self.list.clear()
        self.list.addItem(QListWidgetItem(tr("The HPO tables cannot be searched.")))
        self.list.show()

    def _take(self, excluded: bool) -> None:
        """Take the chosen term, but none that was found for other words than those that stand there now."""
        if self._listed_for == self._typed:
            self._pick(excluded)
        else:
            self._pause.stop()
            self._search()

    def _pick(self, excluded: bool) -> None:
        item = self.list.currentItem()
        identifier = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if identifier:
            self.picked.emit(str(identifier), excluded)
            self.field.clear()
            self.list.hide()
            self._listed_for = None
            self.field.setFocus()
