"""Every control has a name that a screen reader can say; everything can be reached with the keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog
from genoai_desktop.ui.shell.palette import CommandPalette
from genoai_desktop.ui.widgets.figures import Figure
from genoai_desktop.ui.window import MainWindow

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QProgressBar,
    Figure,
)


def nameless(root: QWidget) -> list[str]:
    """Controls without a name; parts that Qt makes inside its own widgets do not count."""
    missing = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or isinstance(widget, QHeaderView | QScrollBar):
            continue
        inner = any(
            isinstance(up, QComboBox | QAbstractSpinBox | QLineEdit | QAbstractItemView)
            for up in ancestors(widget)
        )
        own = widget.objectName().startswith("qt_") or (
            type(widget).__module__.startswith("PySide6")
            and not widget.accessibleName()
            and "Private" in type(widget).__name__
        )
        if not inner and not own and not widget.accessibleName():
            missing.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return missing


def ancestors(widget: QWidget) -> list[QWidget]:
    """Parents up to the window."""
    found = []
    parent = widget.parentWidget()
    while parent is not None:
        found.append(parent)
        parent = parent.parentWidget()
    return found


def test_every_control_of_every_page_has_a_name(opened: MainWindow, qtbot: QtBot) -> None:
    for name, page in opened.pages.items():
        opened.show_page(name)
        qtbot.waitUntil(lambda page=page: not page.runner.busy, timeout=20_000)
        assert nameless(opened) == [], name


def test_dialogs_too(opened: MainWindow, qtbot: QtBot) -> None:
    dialog = OpenCaseDialog(opened.desk, opened, opened=opened.desk.current)
    palette = CommandPalette(opened, list(opened.actions_by_id.values()))
    assert nameless(dialog) == []
    assert nameless(palette) == []
    dialog.reject()
    palette.reject()


def test_buttons_take_the_keyboard(opened: MainWindow, qtbot: QtBot) -> None:
    for page in ("cases", "phenotype", "variants", "medicines", "locus", "report"):
        opened.show_page(page)
        qtbot.waitUntil(lambda: not opened.page.runner.busy, timeout=20_000)
        for made in opened.findChildren(QAbstractButton):
            inside = any(isinstance(up, QLineEdit | QAbstractItemView | QComboBox) for up in ancestors(made))
            if made.isVisible() and not inside:
                assert made.focusPolicy() & Qt.FocusPolicy.TabFocus, made.accessibleName()
