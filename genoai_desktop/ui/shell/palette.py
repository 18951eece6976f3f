"""The command palette: type a few letters of what you want, press Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget
from rapidfuzz import fuzz

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.widgets.basics import column, label
from genoai_desktop.ui.widgets.typed import no_loss


class CommandPalette(QDialog):
    """Lists the actions of the one table; ``chosen`` carries the action to trigger."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, choices: Sequence[QAction]) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Command palette"))
        self.setAccessibleName(tr("Command palette"))
        self.setModal(True)
        self.resize(560, 420)
        self._choices = [action for action in choices if action.isEnabled()]
        self.field = QLineEdit()
        no_loss(self.field)
        self.field.setPlaceholderText(tr("What would you like to do?"))
        self.field.setAccessibleName(tr("Search commands"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Commands"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.nothing = label(tr("No command has these words. Try a shorter one."), "muted", wrap=True)
        layout = column(self.field, self.nothing, self.list, margins=True)
        layout.addStretch()
        layout.setStretch(2, 100)
        self.setLayout(layout)
        blank = QPixmap(20, 20)
        blank.fill(Qt.GlobalColor.transparent)
        self._blank = QIcon(blank)
        self.field.textChanged.connect(self._show)
        self.field.returnPressed.connect(self._take)
        self.list.itemActivated.connect(lambda _item: self._take())
        self.field.installEventFilter(self)
        self._show("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move in the list while the cursor stays in the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step:
                row = self.list.currentRow() + step
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
                return True
        return super().eventFilter(watched, event)

    def _show(self, typed: str) -> None:
        self.list.clear()
        ranked = sorted(self._choices, key=lambda a: -self._fit(typed, a)) if typed else self._choices
        for action in ranked:
            if typed and self._fit(typed, action) < 55:
                continue
            keys = action.shortcut().toString()
            item = QListWidgetItem(action.text().replace("&", "") + (f"   ({keys})" if keys else ""))
            item.setIcon(action.icon() if not action.icon().isNull() else self._blank)
            item.setData(Qt.ItemDataRole.UserRole, action)
            self.list.addItem(item)
        self.nothing.setVisible(self.list.count() == 0)
        self.list.setVisible(self.list.count() > 0)
        self.list.setCurrentRow(0)

    @staticmethod
    def _fit(typed: str, action: QAction) -> float:
        return float(fuzz.partial_ratio(typed.lower(), action.text().lower()))

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
