"""What people expect of a program on their desk: find, Escape, zoom, recent files, its place and size."""

from pathlib import Path

import pytest
from conftest import QuickServices
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from sample_case import sample_case

from genoai_desktop.domain.context import Context
from genoai_desktop.ui.pages.candidates import CandidatesPage
from genoai_desktop.ui.shell.palette import CommandPalette
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.recent_files import RecentFiles
from genoai_desktop.ui.window import MainWindow


def in_menus(window: MainWindow) -> list[QAction]:
    """Every entry of every menu, those of submenus too."""

    def below(menu: QMenu) -> list[QAction]:
        found: list[QAction] = []
        for action in menu.actions():
            inner = action.menu()
            found += below(inner) if isinstance(inner, QMenu) else [action] if action.text() else []
        return found

    menus = [top.menu() for top in window.menuBar().actions()]
    return [action for menu in menus if isinstance(menu, QMenu) for action in below(menu)]


def test_every_entry_of_the_menus_is_in_the_palette_with_its_shortcut(opened: MainWindow) -> None:
    palette = CommandPalette(opened, list(opened.actions_by_id.values()))
    listed = [palette.list.item(at).text() for at in range(palette.list.count())]
    entries = [action for action in in_menus(opened) if action.isEnabled()]
    assert len(entries) > 40
    for action in entries:
        keys = action.shortcut().toString()
        words = action.text().replace("&", "")
        assert any(words in one and keys in one for one in listed), words
    palette.deleteLater()


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("phenotype", "Search HPO terms"),
        ("variants", "Where is my variant?"),
        ("candidates", "Narrow the list of candidates"),
        ("locus", "Jump to gene or place"),
        ("quality", "Where is my variant?"),
    ],
)
def test_find_goes_to_the_field_of_the_page(opened: MainWindow, qtbot: QtBot, page: str, name: str) -> None:
    opened.show_page(page)
    qtbot.waitUntil(lambda: not opened.page.runner.busy, timeout=20_000)
    opened.activateWindow()
    opened.actions_by_id["find"].trigger()
    focused = opened.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == name


def test_escape_stops_what_is_under_way_then_puts_messages_away(
    window: MainWindow, services: QuickServices, qtbot: QtBot
) -> None:
    def forever(_request: object, context: Context) -> None:
        context.report("Annotating variants", 0.3)
        while True:
            context.check()

    services.analyse = forever  # type: ignore[method-assign, assignment]
    window.open_demo()
    qtbot.waitUntil(window.loading.isVisible)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.loading.isVisible()
    assert not window.runner.busy
    window.problem.say("error", "It went wrong.")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.problem.isVisible()


def test_text_is_made_larger_on_any_keyboard(window: MainWindow) -> None:
    keys = {key.toString() for key in window.actions_by_id["text_larger"].shortcuts()}
    assert keys == {"Ctrl++", "Ctrl+="}
    assert window.actions_by_id["text_normal"].shortcut() == QKeySequence("Ctrl+Alt+0")


def test_the_next_case_is_shown_on_the_same_page(opened: MainWindow) -> None:
    first = opened.desk.current
    opened.desk.add(sample_case())  # type: ignore[arg-type]
    opened.show_page("quality")
    second = opened.desk.current
    opened.actions_by_id["next_case"].trigger()
    assert opened.desk.current is first
    assert opened.page.id == "quality"
    opened.actions_by_id["next_case"].trigger()
    assert opened.desk.current is second


def test_the_window_comes_back_as_large_as_it_was(
    window: MainWindow, services: QuickServices, theme: Theme, settings: QSettings, qtbot: QtBot
) -> None:
    assert window.size() == QSize(1280, 800)
    window.resize(1010, 640)
    window.close()
    again = MainWindow(services, theme, settings)
    again.show()
    assert again.height() == 640  # the screen of the tests is less wide than the window
    again.close()
    again.deleteLater()


def test_missing_files_are_shown_as_such_and_can_be_removed(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    there, gone = tmp_path / "here.vcf", tmp_path / "gone" / "trio.vcf"
    there.write_bytes(b"")
    for path in (there, gone):
        window.desk.remember(path)
    window.show_page("cases")

    def lists() -> list[RecentFiles]:
        return [one for one in window.page.findChildren(RecentFiles) if not one.isHidden()]

    def files() -> RecentFiles:
        return lists()[-1]

    qtbot.waitUntil(lambda: bool(lists()) and files().marks[gone].isVisible())
    assert not files().openers[gone].isEnabled()
    assert files().openers[there].isEnabled()
    assert not files().marks[there].isVisible()
    files().forget_wanted.emit(gone)
    qtbot.waitUntil(lambda: bool(lists()) and files().paths == (there,))
    assert window.desk.recent == [there]


def test_the_list_of_candidates_is_narrowed_by_words(opened: MainWindow) -> None:
    opened.show_page("candidates")
    page = opened.page
    assert isinstance(page, CandidatesPage)
    page.finder.setText("townes sall1")
    shown = [at for at in range(page.list.count()) if not page.list.item(at).isHidden()]
    assert [page.candidates[at].gene for at in shown] == ["SALL1"]
    page.finder.clear()
    assert not any(page.list.item(at).isHidden() for at in range(page.list.count()))


def test_a_narrow_window_names_the_case_at_its_foot_and_the_pages_in_tips(
    opened: MainWindow, theme: Theme, qtbot: QtBot
) -> None:
    assert not opened.foot_case.isVisible()
    opened.resize(900, 700)
    theme.use(theme.scheme, 200)
    try:
        qtbot.waitUntil(lambda: theme.settled and opened.sidebar.narrow)
        assert opened.foot_case.text() == "Sample family"
        assert opened.foot_case.isVisible()
        assert opened.sidebar.buttons["variants"].toolTip() == "Variants"
        assert opened.sidebar.width() < 120
    finally:
        theme.use(theme.scheme, 100)
    opened.resize(1280, 800)
    qtbot.waitUntil(lambda: theme.settled and not opened.sidebar.narrow)
    assert not opened.foot_case.isVisible()


def test_variants_of_the_locus_are_chosen_with_the_keyboard(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_page("locus")
    page = opened.locus
    qtbot.waitUntil(lambda: page.plot.scene_data is not None, timeout=20_000)
    QTest.keyClick(page.plot, Qt.Key.Key_Down)
    first = page.detail.text()
    assert "ClinVar" in first
    QTest.keyClick(page.plot, Qt.Key.Key_Down)
    assert page.detail.text() != first
    QTest.keyClick(page.plot, Qt.Key.Key_Up)
    assert page.detail.text() == first
