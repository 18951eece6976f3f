"""A change of theme reaches a window in steps, and nobody sees it half done."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import PALETTES, Scheme


class Part(QWidget):
    """One part of a window. Notes at each painting which colours its text and its ground have."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        layout = QVBoxLayout()
        self.words = QLabel("words")
        layout.addWidget(self.words)
        self.setLayout(layout)
        self.painted: list[tuple[str, str]] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        ink = self.words.palette().color(QPalette.ColorRole.WindowText).name()
        self.painted.append((ink, self.palette().color(QPalette.ColorRole.Window).name()))


@pytest.fixture
def theme() -> Iterator[Theme]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    palette, font = application.palette(), application.font()
    made = Theme(Scheme.LIGHT)
    made.use(Scheme.LIGHT)
    yield made
    application.setPalette(palette)
    application.setFont(font)


@pytest.fixture
def parts(qtbot: QtBot, theme: Theme) -> Iterator[list[Part]]:
    """Two parts in a window that is in view."""
    window, layout = QWidget(), QVBoxLayout()
    qtbot.addWidget(window)
    made = [Part(), Part()]
    for part in made:
        layout.addWidget(part)
    window.setLayout(layout)
    window.show()
    for part in made:
        theme.dress(part)
    qtbot.waitUntil(lambda: theme.settled and all(part.painted for part in made))
    yield made
    window.hide()


def colours(scheme: Scheme) -> tuple[str, str]:
    return PALETTES[scheme].text, PALETTES[scheme].background


def seen_after(qtbot: QtBot, theme: Theme, parts: list[Part], change: Any) -> list[set[tuple[str, str]]]:
    """Each moment in which parts were painted: what stood side by side."""
    for part in parts:
        part.painted.clear()
    change()
    qtbot.waitUntil(lambda: theme.settled and all(part.painted for part in parts))
    return [set(both) for both in zip(*(part.painted for part in parts), strict=False)]


def test_nothing_is_painted_until_all_in_view_has_the_new_theme(
    qtbot: QtBot, theme: Theme, parts: list[Part]
) -> None:
    seen = seen_after(qtbot, theme, parts, lambda: theme.use(Scheme.DARK))
    assert seen
    assert all(both == {colours(Scheme.DARK)} for both in seen)


def test_a_second_change_before_the_first_is_through_is_shown_too(
    qtbot: QtBot, theme: Theme, parts: list[Part]
) -> None:
    theme.use(Scheme.DARK)
    seen = seen_after(qtbot, theme, parts, lambda: theme.use(Scheme.LIGHT))
    assert seen[-1] == {colours(Scheme.LIGHT)}


def test_a_part_that_fails_does_not_leave_the_window_unpainted(
    qtbot: QtBot, theme: Theme, parts: list[Part]
) -> None:
    failing = QLabel("last")
    layout = parts[0].window().layout()
    assert layout is not None
    layout.addWidget(failing)

    def renew() -> None:
        raise ValueError("no content")

    theme.dress(failing, renew=renew)
    with qtbot.captureExceptions() as raised:
        theme.use(Scheme.DARK)
        qtbot.waitUntil(lambda: bool(raised))
    assert parts[0].window().updatesEnabled()


def test_what_is_hidden_holds_nothing_up(qtbot: QtBot, theme: Theme, parts: list[Part]) -> None:
    parts[1].hide()
    parts[0].painted.clear()
    theme.use(Scheme.DARK)
    qtbot.waitUntil(lambda: bool(parts[0].painted))
    assert parts[0].painted[0] == colours(Scheme.DARK)
    qtbot.waitUntil(lambda: theme.settled)
