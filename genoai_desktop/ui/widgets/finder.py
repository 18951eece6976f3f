"""Where is my variant? One field, one sentence."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from genoai_desktop.domain.text import shown, tr
from genoai_desktop.ui.widgets.basics import button, column, label, row

_LEAST = 120
"""Width of the field."""


class Finder(QWidget):
    """``asked`` carries what was typed."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Where is my variant? Position, rsID, gene or HGVS"))
        self.field.setAccessibleName(tr("Where is my variant?"))
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(_LEAST)
        self.field.returnPressed.connect(self._ask)
        self.answer = label("", wrap=True)
        self.answer.hide()
        layout = row(self.field, button(tr("Find"), self._ask), space="m")
        layout.setStretch(0, 1)
        self.setLayout(column(layout, self.answer))

    def say(self, text: str) -> None:
        """Answer."""
        text = shown(text)
        self.answer.setText(text)
        self.answer.setAccessibleName(text)
        self.answer.setVisible(bool(text))

    def _ask(self) -> None:
        self.asked.emit(self.field.text())
