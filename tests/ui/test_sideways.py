"""No page of a real case has to be pushed sideways: every page, sizes of the window and of the text."""

from collections.abc import Iterator

import pytest
from looking_keys import said
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QGraphicsView, QTableView
from pytestqt.qtbot import QtBot

from genoai_desktop.domain.text import speaking
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.window import MainWindow

LOOKS = (((1024, 700), 100), ((1024, 700), 150), ((1024, 700), 200), ((1366, 768), 200))
"""Size of the window and of the text in per cent; at 1366 by 768 smaller text has room to spare."""
IN_GERMAN = (((1024, 700), 115), ((1024, 700), 150), ((1280, 800), 150), ((1366, 768), 175))
"""The tightest in which list and explanation of the candidates stand beside each other, and one below."""
BANNERS = 0.27
"""Of the window's height: the most that messages above a page may take."""


@pytest.fixture
def demo(theme: Theme, settings: QSettings) -> Iterator[MainWindow]:
    """The window with the bundled demo case under way."""
    made = MainWindow(Services(), theme, settings)
    made.show()
    made.open_demo()
    yield made
    theme.use(theme.scheme, 100)
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def pushed(window: MainWindow) -> list[str]:
    """What has a scroll bar below it. Tables and drawings may: they scroll inside themselves."""
    return [
        f"{area.objectName() or area.accessibleName()} by {area.horizontalScrollBar().maximum()}"
        for area in window.findChildren(QAbstractScrollArea)
        if area.isVisible()
        and area.horizontalScrollBar().maximum() > 0
        and not isinstance(area, QTableView | QGraphicsView)
    ]


def look_at(window: MainWindow, qtbot: QtBot) -> Iterator[tuple[str, str]]:
    """Every page in turn, and what is wrong with it."""
    for page in window.pages:
        window.show_page(page)
        qtbot.waitUntil(
            lambda: not window.page.runner.busy and window.page.built and window.desk.theme.settled,
            timeout=60_000,
        )
        qtbot.wait(1)
        for what in pushed(window):
            yield page, what
        banners = (window.problem, window.page.banner, window.page.served)
        told = sum(one.height() for one in banners if one.isVisible())
        if told > BANNERS * window.height():
            yield page, f"messages take {told} of {window.height()}"


def test_no_page_is_pushed_sideways_or_taken_up_by_messages(demo: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: demo.desk.current is not None, timeout=120_000)
    theme, found = demo.desk.theme, []
    for size, scale in LOOKS:
        theme.use(theme.scheme, scale)
        demo.resize(*size)
        found += [(size, scale, *what) for what in look_at(demo, qtbot)]
    assert found == []


def test_the_reasons_of_a_candidate_are_not_pushed_sideways_in_german(demo: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: demo.desk.current is not None, timeout=120_000)
    theme, found = demo.desk.theme, []
    with speaking("de", resources() / "translations"):
        demo.show_page("candidates")
        for size, scale in IN_GERMAN:
            theme.use(theme.scheme, scale)
            demo.resize(*size)
            qtbot.waitUntil(
                lambda: demo.page.built and theme.settled and not demo.page._telling.busy,  # type: ignore[attr-defined]
                timeout=60_000,
            )
            qtbot.wait(1)
            assert "Summe aller Gründe" in said(demo)
            found += [(size, scale, what) for what in pushed(demo)]
    assert found == []
