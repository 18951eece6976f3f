"""Every control has a name that a screen reader can say; everything can be reached with the keyboard."""

from looking_keys import ancestors, nameless
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog
from genoai_desktop.ui.shell.palette import CommandPalette
from genoai_desktop.ui.window import MainWindow


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
