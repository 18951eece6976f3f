"""Where is my variant? One field, one sentence."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.widgets.basics import button, label, row


class Finder(QWidget):
    """``asked`` carries what was typed."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Where is my variant? Position, rsID, gene or HGVS"))
        self.field.setAccessibleName(tr("Where is my variant?"))
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(330)
        self.field.returnPressed.connect(self._ask)
        self.answer = label("", wrap=True)
        layout = row(self.field, button(tr("Find"), self._ask), self.answer, space="m")
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def say(self, text: str) -> None:
        """Answer."""
        self.answer.setText(text)
        self.answer.setAccessibleName(text)

    def _ask(self) -> None:
        self.asked.emit(self.field.text())
