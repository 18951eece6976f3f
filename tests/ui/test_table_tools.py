"""Large tables: columns kept, sorting and copying by keyboard and menu, the audit before the clipboard."""

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from genoai_desktop.domain.errors import UserError
from genoai_desktop.ui.pages.variants import VariantsPage
from genoai_desktop.ui.viewmodels.browse import Filters
from genoai_desktop.ui.widgets.table_tools import TableTools
from genoai_desktop.ui.window import MainWindow


@pytest.fixture
def page(opened: MainWindow, qtbot: QtBot) -> VariantsPage:
    """The variants, filled, with the first cell chosen."""
    opened.show_page("variants")
    qtbot.waitUntil(lambda: opened.variants.model.rowCount() > 0)
    opened.variants.table.setCurrentIndex(opened.variants.model.index(0, 0))
    with qtbot.waitActive(opened):  # shortcuts are those of the active window
        opened.activateWindow()
    opened.variants.table.setFocus()
    return opened.variants


def entry(menu: QMenu, words: str) -> None:
    """Take an entry of the menu."""
    next(action for action in menu.actions() if action.text().startswith(words)).trigger()


def copied() -> str:
    return QGuiApplication.clipboard().text()


def test_a_cell_and_a_row_are_copied_with_the_keyboard(page: VariantsPage) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied() == page.model.index(0, 0).data()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    page.table_tools.show_column(1, False)
    QTest.keyClick(page.table, Qt.Key.Key_C, both)
    cells = copied().split("\t")
    assert len(cells) == page.model.columnCount() - 1
    assert page.model.index(0, 1).data() not in cells


def test_nothing_goes_to_the_clipboard_that_the_audit_cannot_take_down(
    page: VariantsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_what: str) -> None:
        raise UserError("The store cannot be written.")

    QGuiApplication.clipboard().setText("before")
    monkeypatch.setattr(page.desk, "leaving", refuse)
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied() == "before"
    assert "cannot be written" in page.banner.text.text()


def test_the_menu_sorts_by_the_column_of_the_cell(page: VariantsPage, qtbot: QtBot) -> None:
    menu = page.table_tools.menu(page.model.index(0, 7))
    with qtbot.waitSignal(page.shown):
        entry(menu, "Sort by Depth, descending")
    depths = [int(page.model.index(row, 7).data()) for row in range(20)]
    assert depths == sorted(depths, reverse=True)
    menu.deleteLater()


def test_the_menu_narrows_the_table_to_the_gene(page: VariantsPage, qtbot: QtBot) -> None:
    menu = page.table_tools.menu(page.model.index(0, 0))
    with qtbot.waitSignal(page.shown):
        entry(menu, "Narrow the table to CHD7")
    assert page.filters.filters.text == "CHD7"
    menu.deleteLater()


def test_columns_are_kept_and_put_back(page: VariantsPage, settings: QSettings) -> None:
    header = page.table.horizontalHeader()
    header.moveSection(header.visualIndex(6), 0)
    page.table.setColumnWidth(2, 155)
    page.table_tools.show_column(9, False)
    again = VariantsPage(page.desk)
    assert again.table_tools.restore(100)
    assert again.table.isColumnHidden(9)
    assert again.table.horizontalHeader().visualIndex(6) == 0
    assert again.table.columnWidth(2) == 155
    assert again.table_tools.restore(200)
    assert again.table.columnWidth(2) == 310
    again.table_tools.usual()
    assert not again.table.isColumnHidden(9)
    assert again.table.horizontalHeader().visualIndex(6) == 6
    assert settings.value("tables/variants") is None
    again.deleteLater()


def test_the_last_column_cannot_be_hidden(page: VariantsPage) -> None:
    for column in range(page.model.columnCount()):
        page.table_tools.show_column(column, False)
    assert sum(not page.table.isColumnHidden(column) for column in range(page.model.columnCount())) == 1


@pytest.mark.parametrize(
    "stored", ["", "[1]", '{"order": [5]}', '{"order": [0, 0], "hidden": [], "widths": {}}']
)
def test_settings_of_another_program_do_no_harm(page: VariantsPage, settings: QSettings, stored: str) -> None:
    settings.setValue("tables/variants", stored)
    tools = TableTools(page.table, "variants", settings)
    assert not tools.restore(100)


def test_clearing_the_filters_shows_everything_again(page: VariantsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.shown):
        page.filters.set(Filters(text="nothing like it"))
    assert page.states.currentIndex() == 1
    with qtbot.waitSignal(page.shown):
        page.filters.clear()
    assert page.states.currentIndex() == 0
    assert page.model.rowCount() == 400
    assert page.filters.active == 0


def test_heads_of_columns_say_what_they_hold(page: VariantsPage) -> None:
    tip = page.model.headerData(5, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "no proof of rarity" in str(tip)


def keys(page: VariantsPage, key: Qt.Key) -> None:
    QTest.keyClick(page.table, key, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)


def test_the_keyboard_makes_a_column_wider_and_narrower_and_it_stays(
    page: VariantsPage, settings: QSettings
) -> None:
    before = page.table.columnWidth(0)
    keys(page, Qt.Key.Key_Right)
    keys(page, Qt.Key.Key_Right)
    assert page.table.columnWidth(0) == before + 48
    keys(page, Qt.Key.Key_Left)
    assert page.table.columnWidth(0) == before + 24
    again = VariantsPage(page.desk)
    assert again.table_tools.restore(100)
    assert again.table.columnWidth(0) == before + 24
    again.deleteLater()


def test_a_column_never_gets_narrower_than_can_be_seen(page: VariantsPage) -> None:
    for _ in range(40):
        keys(page, Qt.Key.Key_Left)
    assert page.table.columnWidth(0) >= 40


def test_the_keyboard_moves_a_column_past_a_hidden_one_and_fits_it(page: VariantsPage) -> None:
    page.table_tools.show_column(1, False)
    keys(page, Qt.Key.Key_Down)
    header = page.table.horizontalHeader()
    assert header.visualIndex(0) == 2
    keys(page, Qt.Key.Key_Up)
    assert header.visualIndex(0) < header.visualIndex(2)
    page.table.setColumnWidth(0, 400)
    keys(page, Qt.Key.Key_W)
    assert page.table.columnWidth(0) < 400


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_key_opens_what_the_mouse_does_at_a_head(page: VariantsPage, qtbot: QtBot) -> None:
    middle = page.table.visualRect(page.model.index(0, 0)).center()
    asked = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, middle, page.table.viewport().mapToGlobal(middle)
    )
    QGuiApplication.sendEvent(page.table.viewport(), asked)
    menu = next(one for one in page.table.findChildren(QMenu) if one.isVisible())
    inner = next(action for action in menu.actions() if action.text() == "Column Position")
    words = [action.text() for action in inner.menu().actions()]  # type: ignore[union-attr]
    assert words == [
        "Make wider",
        "Make narrower",
        "As wide as its words",
        "Further left",
        "Further right",
        "Hide",
    ]
    menu.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_head_of_a_column_has_its_own_widths(page: VariantsPage) -> None:
    header = page.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(2) + 5, 5)
    header.customContextMenuRequested.emit(place)
    menu = next(one for one in page.table.findChildren(QMenu) if one.isVisible())
    before = page.table.columnWidth(2)
    entry(menu, "Make wider")
    assert page.table.columnWidth(2) == before + 24
    menu.close()
