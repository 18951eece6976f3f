"""Contrast of what is really on the screen: text against its ground, in both themes, page by page."""

import pytest
from looking_colours import pale
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.window import MainWindow


@pytest.mark.parametrize("scheme", list(Scheme), ids=str)
def test_every_text_on_every_page_reaches_aa(opened: MainWindow, qtbot: QtBot, scheme: Scheme) -> None:
    opened.desk.theme.use(scheme)
    poor = []
    for name in opened.pages:
        opened.show_page(name)
        qtbot.waitUntil(lambda: not opened.page.runner.busy, timeout=20_000)
        qtbot.waitUntil(lambda: opened.page.built and opened.desk.theme.settled)
        opened.setFocus(Qt.FocusReason.OtherFocusReason)
        qtbot.wait(1)  # what was laid out anew is drawn where it now is
        poor += [f"{name}: {what}" for what in pale(opened)]
    opened.desk.theme.use(Scheme.LIGHT)
    assert poor == []
