"""A dialog in which people type: leaving it without keeping asks first, where something would be lost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.widgets.typed import Field, modified, text_of, typed_fields


class TypingDialog(QDialog):
    """Escape, Cancel and the close button of the title bar all come to ``reject``, which asks.

    A subclass whose entries are not only in fields adds them in ``more_entered``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: dict[Field, str] | None = None
        self._question: QMessageBox | None = None

    def entered(self) -> bool:
        """Whether a person typed something that is not there any more once the dialog has closed."""
        before = self._before or {}
        typed = any(
            modified(field) and text_of(field) != before.get(field, "") for field in typed_fields(self)
        )
        return typed or self.more_entered()

    def more_entered(self) -> bool:
        """Whether something was entered that stands in no field: subclasses."""
        return False

    def settle(self, *fields: Field) -> None:
        """What these fields say now is kept (without any: all): leaving loses nothing of it."""
        said = {field: text_of(field) for field in fields or typed_fields(self)}
        self._before = (self._before or {}) | said

    def discard(self) -> None:
        """Close without asking."""
        super().reject()

    def reject(self) -> None:
        """Close; ask first where what was entered would be lost. Out of view nobody can be asked."""
        if not self.isVisible() or not self.entered():
            self.discard()
        elif self._question is None:
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        """What the fields say when the dialog is first seen was not typed in it."""
        if self._before is None:
            self.settle()
        super().showEvent(event)

    def _ask(self) -> None:
        words = tr("What you entered in “{title}” is not kept yet. Discard it?", title=self.windowTitle())
        box = QMessageBox(QMessageBox.Icon.Warning, tr("Discard what you entered?"), words, parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)  # a title may hold a name
        away = box.addButton(tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(tr("Keep editing"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        self._question = box

        def answered() -> None:
            self._question = None
            box.deleteLater()
            if box.clickedButton() is away:
                self.discard()

        box.finished.connect(answered)
        box.open()
