"""A recovery key in view, shown this once: to be printed or written down, as nothing keeps it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontDatabase, QShowEvent, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QSizePolicy, QWidget

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.dialogs.fields import text_field
from genoai_desktop.ui.widgets.basics import button
from genoai_desktop.ui.widgets.beside import BesideLayout

_EDGES = 32
"""Device-independent pixels of the field's frame and padding, both sides."""


class RecoveryKey(QWidget):
    """The key in letters of one width, whole in one line at any text size, and a button that prints it."""

    def __init__(self) -> None:
        super().__init__()
        self.field = text_field(tr("Recovery key"))
        self.field.setReadOnly(True)
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        letters = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self.field.setStyleSheet(f'font-family: "{letters.family()}", monospace;')
        self.print_button = button(tr("Print…"), self.print, name=tr("Print the recovery key"))
        layout = BesideLayout("m")
        layout.addWidget(self.field)
        layout.addWidget(self.print_button)
        self.setLayout(layout)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        """The key in view, empty when there is none."""
        return self.field.text()

    def setText(self, key: str) -> None:
        """Show a key, and take the room for all of it: half a key opens nothing."""
        self.field.setText(key)
        self._widen()

    def changeEvent(self, event: QEvent) -> None:
        """Other letters need another width."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._widen()

    def showEvent(self, event: QShowEvent) -> None:
        """In the letters of the window that it is in now."""
        super().showEvent(event)
        self._widen()

    def _widen(self) -> None:
        self.field.ensurePolished()
        key = self.field.fontMetrics().horizontalAdvance(self.field.text())
        self.field.setMinimumWidth(key + _EDGES)
        self.updateGeometry()

    def clear(self) -> None:
        """Forget it."""
        self.field.clear()

    def print(self) -> None:
        """Paper is where it belongs."""
        printer = QPrinter()
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted and self.text():
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """One page with the key and what it is for."""
        document = QTextDocument()
        document.setPlainText(
            tr(
                "GenoAI Desktop: recovery key of the case store\n\n{key}\n\n"
                "Whoever has this key can open every case. Keep it in a safe. "
                "It is the only way in when every passphrase is forgotten.",
                key=self.text(),
            )
        )
        document.print_(printer)
