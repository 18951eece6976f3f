# ruff: noqa: F401, F811 - fixtures of the store window
"""No page but the pedigree shows results of a family that was edited since."""

import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from store_fixtures import PASSPHRASE, StoreServices, real_case
from test_store_window import bare, case_open, folder, made_store, saved, vcf, window

from genoai_desktop.domain.case import Case
from genoai_desktop.ui.pages.pedigree import PedigreePage
from genoai_desktop.ui.window import MainWindow


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many people each analysis that ran again took into account."""
    made: list[int] = []
    real = StoreServices.reanalyse

    def reanalyse(services: StoreServices, opened: Any, case: Case, context: Any) -> Any:
        made.append(len(case.persons))
        return real(services, opened, case, context)

    monkeypatch.setattr(StoreServices, "reanalyse", reanalyse)
    return made


@pytest.fixture
def grown(case_open: MainWindow, analysed: list[int], qtbot: QtBot) -> int:
    """A sibling was just drawn, and nothing analysed yet; how many people there are."""
    case_open.show_page("pedigree")
    page = case_open.pages["pedigree"]
    assert isinstance(page, PedigreePage)
    assert page.editor is not None
    QTest.keyClick(page.editor.view, Qt.Key.Key_S)
    page.keep()
    assert case_open.desk.session is not None
    assert case_open.desk.session.behind
    assert analysed == []
    assert case_open.desk.current is not None
    return len(case_open.desk.current.case.persons)


def test_another_page_is_shown_with_the_family_taken_into_account(
    case_open: MainWindow, grown: int, analysed: list[int], qtbot: QtBot
) -> None:
    case_open.show_page("risks")
    saved(case_open, qtbot)
    assert analysed == [grown]
    assert not case_open.desk.session.behind  # type: ignore[union-attr]


def test_turning_to_another_case_forgets_no_analysis(
    case_open: MainWindow, grown: int, analysed: list[int], vcf: Path, qtbot: QtBot
) -> None:
    first = case_open.desk.session
    assert first is not None
    case_open.desk.add(real_case(vcf, "Family 13"))
    case_open.show_page("risks")
    assert analysed == []
    case_open.do_next_case()
    assert case_open.desk.session is first
    saved(case_open, qtbot)
    assert analysed == [grown]


def test_locking_forgets_no_analysis(
    case_open: MainWindow, grown: int, analysed: list[int], qtbot: QtBot
) -> None:
    case_open.do_lock()
    screen = case_open.lock_screen
    assert screen is not None
    qtbot.waitUntil(lambda: not screen.busy)
    screen.passphrase.setText(PASSPHRASE)
    screen.unlock()
    qtbot.waitUntil(lambda: case_open.lock_screen is None, timeout=10_000)
    case_open.show_page("report")
    saved(case_open, qtbot)
    assert analysed == [grown]


def test_a_stopped_analysis_is_made_at_the_next_page(
    case_open: MainWindow, grown: int, analysed: list[int], qtbot: QtBot
) -> None:
    case_open.show_page("risks")
    case_open.do_cancel()
    assert case_open.desk.session.behind  # type: ignore[union-attr]
    case_open.show_page("report")
    saved(case_open, qtbot)
    assert analysed[-1] == grown
    assert not case_open.desk.session.behind  # type: ignore[union-attr]
