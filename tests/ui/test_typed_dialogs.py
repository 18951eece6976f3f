"""No dialog throws away what was typed in it without asking; none asks where nothing was typed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from stage import Stage
from states_dialogs import STATES

import genoai_desktop.ui
from genoai_desktop.ui.theme.manager import Theme

NAMES = {state.name: state for state in STATES}
pytestmark = [
    pytest.mark.usefixtures("quick_keys"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=False),
]
_MAKING = ("text_field", "QLineEdit", "QPlainTextEdit", "QTextEdit")
Field = QLineEdit | QPlainTextEdit | QTextEdit


@pytest.fixture
def stage(theme: Theme, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(theme, tmp_path)
    yield made
    made.close()


def fields(root: QWidget) -> list[Field]:
    """Into which a person can type now something they would miss."""
    found: list[Field] = [
        line
        for line in root.findChildren(QLineEdit)
        if line.echoMode() is QLineEdit.EchoMode.Normal
        and not line.property("no_loss")
        and not isinstance(line.parent(), QAbstractSpinBox)
    ]
    found += [*root.findChildren(QPlainTextEdit), *root.findChildren(QTextEdit)]
    return [one for one in found if one.isVisible() and one.isEnabled() and not one.isReadOnly()]


def said(field: Field) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def say(field: Field, text: str) -> None:
    if isinstance(field, QLineEdit):
        field.setText(text)
    else:
        field.setPlainText(text)


def escape(dialog: QWidget) -> list[QMessageBox]:
    """What is asked after Escape."""
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    asked = [box for box in dialog.findChildren(QMessageBox) if box.isVisible()]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return asked


@pytest.mark.parametrize("name", NAMES)
def test_escape_asks_before_it_drops_what_was_typed(name: str, stage: Stage) -> None:
    dialog = NAMES[name].show(stage)
    for field in fields(dialog):
        before = said(field)
        QTest.keyClicks(field, "x")
        assert said(field) != before, field.accessibleName()
        (box,) = escape(dialog)
        assert box.defaultButton() is box.escapeButton()
        assert box.defaultButton().text() == "Keep editing"
        QTest.keyClick(box, Qt.Key.Key_Escape)
        assert dialog.isVisible(), field.accessibleName()
        assert said(field) != before, field.accessibleName()
        say(field, before)


@pytest.mark.parametrize("name", ["notes.full", "letterhead.empty", "consent_record.new", "screening.full",
                                  "wording.letter", "outside.gene", "open.edit", "criterion.edited_before",
                                  "users.clinic", "patient.full", "breast.full", "sign.letter"])  # fmt: skip
def test_nothing_is_asked_where_nothing_was_entered(name: str, stage: Stage) -> None:
    dialog = NAMES[name].show(stage)
    assert isinstance(dialog, QDialog)
    stage.settle(dialog)
    seen: list[int] = []
    dialog.finished.connect(seen.append)
    assert escape(dialog) == []
    assert seen == [QDialog.DialogCode.Rejected]


def test_what_was_typed_and_taken_back_is_not_asked_about(stage: Stage) -> None:
    dialog = NAMES["notes.full"].show(stage)
    (text,) = fields(dialog)
    QTest.keyClicks(text, "x")
    QTest.keyClick(text, Qt.Key.Key_Backspace)
    assert escape(dialog) == []


@pytest.mark.parametrize("way", ["cancel", "close"])
def test_cancel_and_the_title_bar_ask_too_and_discard_closes(way: str, stage: Stage) -> None:
    dialog = NAMES["notes.full"].show(stage)
    assert isinstance(dialog, QDialog)
    (text,) = fields(dialog)
    QTest.keyClicks(text, "a note")
    seen: list[int] = []
    dialog.finished.connect(seen.append)
    if way == "cancel":
        next(one for one in dialog.findChildren(QWidget) if one.accessibleName() == "Cancel").click()  # type: ignore[attr-defined]
    else:
        dialog.close()
    (box,) = [one for one in dialog.findChildren(QMessageBox) if one.isVisible()]
    assert seen == []
    next(one for one in box.buttons() if one.text() == "Discard").click()
    assert seen == [QDialog.DialogCode.Rejected]


def test_every_dialog_with_a_field_asks() -> None:
    """Also one that no state shows yet: a plain ``QDialog`` has no field to type in but for searching."""
    forgotten = []
    for path in Path(genoai_desktop.ui.__file__).parent.rglob("*.py"):
        for made in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(made, ast.ClassDef) and any(ast.unparse(base) == "QDialog" for base in made.bases):
                called = [ast.unparse(one.func) for one in ast.walk(made) if isinstance(one, ast.Call)]
                typed = sum(
                    called.count(one) for one in ("text_field", "QLineEdit", "QPlainTextEdit", "QTextEdit")
                )
                if typed > called.count("no_loss"):
                    forgotten.append(made.name)
    assert forgotten == []
