"""Where the keyboard begins: at what a page is for, never at what puts a message away."""

from pathlib import Path

import pytest
from all_states import BY_NAME
from page_looks import USUAL, wear
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot
from stage import Stage

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.pages.registry import PAGES
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.window import MainWindow


def focused(window: MainWindow) -> QWidget:
    found = window.focusWidget()
    assert found is not None
    return found


def test_the_program_begins_at_choosing_a_file(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(lambda: focused(window).accessibleName() == "Choose a file…")


def test_a_warning_at_the_start_does_not_take_the_keyboard(
    window: MainWindow, settings: QSettings, qtbot: QtBot, tmp_path: Path
) -> None:
    settings.setValue("store/folder", str(tmp_path / "gone"))
    window.begin()
    assert window.problem.isVisible()
    window.show_page("cases")
    qtbot.waitUntil(lambda: focused(window).accessibleName() == "Choose a file…")


@pytest.mark.parametrize("page", list(PAGES))
def test_turning_to_a_page_begins_on_it_and_not_in_a_banner(
    opened: MainWindow, qtbot: QtBot, page: str
) -> None:
    opened.actions_by_id[page].trigger()
    qtbot.waitUntil(lambda: not opened.page.runner.busy and opened.page.built, timeout=20_000)
    opened.actions_by_id["overview" if page != "overview" else "quality"].trigger()
    qtbot.wait(1)
    opened.actions_by_id[page].trigger()
    qtbot.wait(1)
    now = focused(opened)
    assert opened.page.isAncestorOf(now), now.accessibleName()
    assert not any(banner.isAncestorOf(now) for banner in opened.findChildren(Banner)), page


def test_an_empty_page_begins_at_what_can_be_done(theme: Theme, tmp_path: Path) -> None:
    with wear(theme, USUAL[0]):
        stage = Stage(theme, tmp_path)
        BY_NAME["candidates.declined"].show(stage)
        now = focused(stage.window)
        assert isinstance(now, QAbstractButton)
        assert now.text() == tr("Consent")
        stage.close()


def test_a_page_chosen_on_the_rail_leaves_the_keyboard_there(opened: MainWindow, qtbot: QtBot) -> None:
    rail = opened.sidebar.buttons["quality"]
    rail.setFocus()
    rail.click()
    qtbot.waitUntil(lambda: not opened.page.runner.busy and opened.page.built, timeout=20_000)
    assert focused(opened) is rail


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("cases", "Choose a file…"),
        ("phenotype", "Search HPO terms"),
        ("variants", "Where is my variant?"),
        ("candidates", "Narrow the list of candidates"),
        ("pedigree", "Pedigree drawing"),
        ("locus", "Jump to gene or place"),
        ("report", "Documents of this case"),
    ],
)
def test_a_page_turned_to_by_its_shortcut_begins_at_what_it_is_for(
    opened: MainWindow, qtbot: QtBot, page: str, name: str
) -> None:
    opened.actions_by_id[page].trigger()
    qtbot.waitUntil(lambda: not opened.page.runner.busy and opened.page.built, timeout=20_000)
    opened.actions_by_id["quality"].trigger()
    qtbot.wait(1)
    opened.actions_by_id[page].trigger()
    qtbot.waitUntil(lambda: focused(opened).accessibleName() == name)
