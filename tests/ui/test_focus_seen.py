"""Whatever can have the keyboard's focus looks different when it has it, in both themes."""

import numpy as np
import pytest
from looking_colours import RATIO, painted
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.widgets.sources import source_line
from genoai_desktop.ui.window import MainWindow

FEWEST = 20
"""Device-independent pixels that must change: a blinking cursor alone is fewer."""


def focusable(window: QWidget) -> list[QWidget]:
    """What Tab stops at, wholly in view."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is window
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not widget.objectName().startswith("qt_")
        and widget.visibleRegion().boundingRect().size() == widget.size()
    ]


def kind_of(widget: QWidget) -> str:
    """Its class with what the stylesheet tells kinds apart by, and whether it stands in the rail."""
    names = [name for name in ("primary", "quiet", "danger", "role", "chip") if widget.property(name)]
    rail = widget.parentWidget() is not None and widget.parentWidget().objectName() == "sidebar"
    return " ".join((type(widget).__name__, *names, *(["rail"] if rail else [])))


def look(window: QWidget, widget: QWidget) -> np.ndarray:
    """The widget and two pixels around it, as the window shows it."""
    area = widget.rect().translated(widget.mapTo(window, widget.rect().topLeft() * 0))
    area = area.adjusted(-2, -2, 2, 2).intersected(window.rect())
    rows = slice(area.top() * RATIO, (area.bottom() + 1) * RATIO)
    return painted(window)[rows, area.left() * RATIO : (area.right() + 1) * RATIO]


def unseen(window: MainWindow, one_of_each: dict[str, QWidget]) -> list[str]:
    """Kinds whose focus cannot be told."""
    found = []
    for kind, widget in one_of_each.items():
        window.setFocus(Qt.FocusReason.OtherFocusReason)
        QApplication.processEvents()
        before = look(window, widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        after = look(window, widget)
        if before.shape != after.shape:
            continue
        if (before != after).any(axis=2).sum() < FEWEST * RATIO * RATIO:
            found.append(f"{kind} ({widget.accessibleName()})")
    return found


@pytest.mark.parametrize("scheme", list(Scheme), ids=str)
def test_focus_is_seen_on_every_kind_of_control(opened: MainWindow, qtbot: QtBot, scheme: Scheme) -> None:
    opened.desk.theme.use(scheme)
    poor: list[str] = []
    kinds: set[str] = set()
    for name in opened.pages:
        opened.show_page(name)
        qtbot.waitUntil(lambda: not opened.page.runner.busy and opened.page.built, timeout=20_000)
        qtbot.waitUntil(lambda: opened.desk.theme.settled)
        each: dict[str, QWidget] = {}
        for widget in focusable(opened):
            if kind_of(widget) not in kinds:
                each.setdefault(kind_of(widget), widget)
        kinds |= each.keys()
        poor += [f"{name}: {what}" for what in unseen(opened, each)]
    assert len(kinds) >= 12, kinds
    assert poor == []


def test_the_source_of_a_reason_is_copied_with_the_keyboard_alone(theme: Theme, qtbot: QtBot) -> None:
    made = source_line("HP:0000589", "HPOA PMID:1;PMID:2")
    assert made is not None
    qtbot.addWidget(made)
    theme.dress(made)
    made.show()
    assert made.focusPolicy() & Qt.FocusPolicy.TabFocus
    made.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(made, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(made, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == made.text().replace("\u00a0", " ")
