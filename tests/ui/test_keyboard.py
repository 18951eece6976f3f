"""Tab walks through every page and comes round again; everything is in the palette."""

import pytest
from looking_keys import missed_by_tab, reachable, walk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from genoai_desktop.ui.actions import actions
from genoai_desktop.ui.dialogs.language import LanguageDialog
from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog
from genoai_desktop.ui.help.window import HelpWindow
from genoai_desktop.ui.shell.palette import CommandPalette
from genoai_desktop.ui.window import MainWindow


def test_tab_reaches_every_control_of_every_page_and_comes_round(opened: MainWindow, qtbot: QtBot) -> None:
    for name in opened.pages:
        opened.show_page(name)
        qtbot.waitUntil(lambda: not opened.page.runner.busy, timeout=20_000)
        assert missed_by_tab(opened) == [], name


@pytest.mark.parametrize("kind", ["open", "palette", "language", "guide"])
def test_dialogs_can_be_walked_and_left_with_escape(opened: MainWindow, kind: str) -> None:
    made: QDialog = {
        "open": lambda: OpenCaseDialog(opened.desk, opened, opened=opened.desk.current),
        "palette": lambda: CommandPalette(opened, list(opened.actions_by_id.values())),
        "language": lambda: LanguageDialog(None, opened),
        "guide": lambda: HelpWindow(opened.desk.theme, opened),
    }[kind]()
    made.show()
    seen = walk(made)
    assert all(w in seen for w in reachable(made))
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert not made.isVisible()
    made.deleteLater()


def test_every_action_is_in_the_palette_and_every_shortcut_is_its_own(opened: MainWindow) -> None:
    enabled = [made for made in opened.actions_by_id.values() if made.isEnabled()]
    palette = CommandPalette(opened, list(opened.actions_by_id.values()))
    assert palette.list.count() == len(enabled)
    keys = [spec.shortcut for spec in actions() if spec.shortcut]
    assert len(keys) == len(set(keys))
    assert set(opened.pages) <= {spec.id for spec in actions()}
    palette.deleteLater()
