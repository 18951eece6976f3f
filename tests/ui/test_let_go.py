"""What the window shows of a case goes with the case: nothing is held for the next, and nothing piles up."""

import gc
import weakref

from conftest import sample_case
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton
from pytestqt.qtbot import QtBot
from test_ledger_page import ledger_of, pack, shown  # noqa: F401 - fixtures

from genoai_desktop.ui.pages.ledger import LedgerPage
from genoai_desktop.ui.session import Session
from genoai_desktop.ui.window import MainWindow

HANDLES = (QTimer, QToolButton, QAbstractButton, Session)


def look_and_close(window: MainWindow, qtbot: QtBot) -> None:
    """Open the sample case, look at every page, close it."""
    window.desk.add(sample_case())  # type: ignore[arg-type]
    for page in window.pages:
        window.show_page(page)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: not window.pool.busy, timeout=30_000)
    assert window.desk.current is not None
    window.desk.close(window.desk.current)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def handles() -> dict[str, int]:
    """Python's objects of some kinds."""
    gc.collect()
    found = [type(one) for one in gc.get_objects()]
    return {kind.__name__: found.count(kind) for kind in HANDLES}


def test_a_second_case_leaves_no_more_than_the_first(window: MainWindow, qtbot: QtBot) -> None:
    look_and_close(window, qtbot)
    before = handles()
    for _ in range(2):
        look_and_close(window, qtbot)
    assert handles() == before


def test_no_page_holds_a_closed_case(window: MainWindow, qtbot: QtBot) -> None:
    window.desk.add(sample_case())  # type: ignore[arg-type]
    session = weakref.ref(window.desk.session)
    held = weakref.ref(window.desk.current)
    for page in window.pages:
        window.show_page(page)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: not window.pool.busy, timeout=30_000)
    window.desk.close(window.desk.current)  # type: ignore[arg-type]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    gc.collect()
    assert session() is None
    assert held() is None


def test_the_ledger_holds_rows_only_in_view(shown: MainWindow, qtbot: QtBot) -> None:  # noqa: F811
    page = ledger_of(shown, qtbot)
    rows = len(page.table.shown)
    shown.show_page("cases")
    assert page.table.shown == []
    assert len(ledger_of(shown, qtbot).table.shown) == rows


def test_rows_that_come_after_the_ledger_was_turned_away_are_not_kept(
    shown: MainWindow,  # noqa: F811
    qtbot: QtBot,
) -> None:
    shown.show_page("ledger")
    page = shown.page
    assert isinstance(page, LedgerPage)
    assert page.runner.busy
    shown.show_page("cases")
    qtbot.waitUntil(lambda: not page.runner.busy, timeout=20_000)
    assert page.table.shown == []
    assert ledger_of(shown, qtbot).table.shown
