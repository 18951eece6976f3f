"""Whatever opens over the window: named for screen readers, walked with Tab, left with Escape, in the theme.

Nothing is listed by hand: every action and every button whose text ends with "…" is pressed, as that is what
asks for more.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from looking_keys import missed_by_tab, nameless
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from genoai_desktop.ui.actions import actions
from genoai_desktop.ui.pages.registry import PAGES
from genoai_desktop.ui.window import MainWindow

ASKING = [spec.id for spec in actions() if spec.title.endswith("…")]
PRINTING = {"print_report"}
"""Opens the dialog of the system."""


@pytest.fixture(autouse=True)
def no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question for a file is answered with none."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_args, **_more: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_more: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: "")


def dialogs(window: MainWindow) -> list[QDialog]:
    """Those over the window now."""
    return [made for made in window.findChildren(QDialog) if made.isVisible()]


def wrong_with(dialog: QDialog, window: MainWindow) -> list[str]:
    """What a person who uses a keyboard or a screen reader would stumble over."""
    found = [f"nameless: {what}" for what in nameless(dialog)]
    if not dialog.accessibleName() and not dialog.windowTitle():
        found.append("the dialog has no name")
    if not _dressed(dialog, window):
        found.append("not in the theme")
    if dialog.height() < dialog.minimumSizeHint().height():
        found.append("lower than its contents")
    found += [f"Tab misses {what}" for what in missed_by_tab(dialog)]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if dialog in dialogs(window):
        found.append("Escape does not close it")
    return found


def _dressed(widget: QWidget, window: MainWindow) -> bool:
    """Whether it or something above it has the stylesheet."""
    up: Any = widget
    while up is not None:
        if up.styleSheet():
            return True
        up = up.parent()
    return False


def examined(window: MainWindow, qtbot: QtBot, name: str) -> Iterator[str]:
    """What is wrong with the dialogs that are open now; afterwards none is."""
    qtbot.wait(1)
    for dialog in dialogs(window):
        for what in wrong_with(dialog, window):
            yield f"{name}, {type(dialog).__name__}: {what}"
        if dialog in dialogs(window):
            dialog.reject()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=False)
@pytest.mark.parametrize("action", [name for name in ASKING if name not in PRINTING])
def test_what_an_action_opens_can_be_heard_walked_and_left(
    opened: MainWindow, qtbot: QtBot, action: str
) -> None:
    opened.actions_by_id[action].trigger()
    assert list(examined(opened, qtbot, action)) == []


@pytest.mark.qt_log_ignore("This plugin does not support", extend=False)
@pytest.mark.parametrize("page", list(PAGES))
def test_what_the_buttons_of_a_page_open_can_be_heard_walked_and_left(
    opened: MainWindow, qtbot: QtBot, page: str
) -> None:
    opened.show_page(page)
    qtbot.waitUntil(lambda: not opened.page.runner.busy and opened.page.built, timeout=20_000)
    found: list[str] = []
    names = [
        made.accessibleName()
        for made in opened.page.findChildren(QPushButton)
        if made.isVisible() and made.isEnabled() and made.text().endswith("…") and made.menu() is None
    ]
    for name in names:
        made = next(
            (
                one
                for one in opened.page.findChildren(QPushButton)
                if one.accessibleName() == name and one.isVisible() and one.isEnabled()
            ),
            None,
        )
        if made is None or "print" in name.lower() or "save" in name.lower():
            continue
        made.click()
        found += examined(opened, qtbot, name)
    assert found == []
