"""What a person typed into the fields of a dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QWidget

_NO_LOSS = "no_loss"

Field = QLineEdit | QPlainTextEdit


def no_loss(field: QLineEdit) -> None:
    """Mark a field whose words nobody would miss: they narrow a list, or repeat what stands beside it."""
    field.setProperty(_NO_LOSS, True)


def typed_fields(dialog: QWidget) -> list[Field]:
    """Fields whose text would be missed: no passphrase, no search, nothing that is only read."""
    lines = [
        line
        for line in dialog.findChildren(QLineEdit)
        if line.echoMode() is QLineEdit.EchoMode.Normal
        and not line.property(_NO_LOSS)
        and not isinstance(line.parent(), QAbstractSpinBox)
    ]
    found: list[Field] = [*lines, *dialog.findChildren(QPlainTextEdit)]
    return [field for field in found if not field.isReadOnly()]


def text_of(field: Field) -> str:
    """What it says."""
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def modified(field: Field) -> bool:
    """Whether a person typed in it since the program last said what it says."""
    return field.isModified() if isinstance(field, QLineEdit) else field.document().isModified()
