"""About: every source by a human name, with version and licence, and nothing to be pushed sideways."""

import re

import pytest
from page_looks import USUAL, Look, wear
from PySide6.QtWidgets import QLabel, QScrollArea, QTableWidget, QTabWidget
from pytestqt.qtbot import QtBot

from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.bundle import Bundle, TableInfo
from genoai_desktop.ui.dialogs.about import about_dialog
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.viewmodels.sources import human_name, names, sources
from genoai_desktop.ui.window import MainWindow


def test_every_table_has_a_human_name() -> None:
    for info in Bundle().tables.values():
        name = human_name(info, names())
        assert "_" not in name, info.name
        assert re.match(r"[A-Z]", name), info.name
        assert name != info.description, info.name


def test_no_table_is_lost_when_those_of_one_kind_are_joined() -> None:
    tables = Bundle().tables
    found = sources(tables.values())
    assert sorted(name for one in found for name in one.tables) == sorted(tables)
    assert sum(one.entries for one in found) == sum(info.rows for info in tables.values())
    assert all(one.release and one.licence and one.source for one in found)


def test_a_table_of_a_pack_is_named_by_its_description() -> None:
    info = TableInfo("own_list", "own.parquet", "", 3, "Clinic", "2026", "own", "", "", "Own list of genes")
    assert human_name(info, names()) == "Own list of genes"


def test_the_names_of_all_tables_are_put_together_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For each table anew they were a third of what opening this list takes."""
    made: list[dict[str, str]] = []

    def counted() -> dict[str, str]:
        made.append(names())
        return made[-1]

    monkeypatch.setattr("genoai_desktop.ui.viewmodels.sources.names", counted)
    assert len(sources(Bundle().tables.values())) > 1
    assert len(made) == 1


@pytest.mark.parametrize("look", USUAL, ids=lambda look: look.name)
def test_nothing_has_to_be_pushed_sideways(
    window: MainWindow, theme: Theme, qtbot: QtBot, look: Look
) -> None:
    with wear(theme, look):
        dialog = about_dialog(window.desk, window)
        window.present(dialog)
        tabs = dialog.findChild(QTabWidget)
        assert isinstance(tabs, QTabWidget)
        dialog.resize(900, 620)
        for at in range(tabs.count()):
            tabs.setCurrentIndex(at)
            qtbot.waitUntil(lambda: theme.settled)
            qtbot.wait(1)
            pushed = [
                area.accessibleName()
                for area in dialog.findChildren(QScrollArea)
                if area.isVisible() and area.horizontalScrollBar().maximum() > 0
            ]
            assert pushed == [], tabs.tabText(at)
        dialog.reject()


def test_every_source_stands_with_version_and_licence(window: MainWindow, qtbot: QtBot) -> None:
    dialog = about_dialog(window.desk, window)
    dialog.findChildren(QTabWidget)[0].setCurrentIndex(1)

    def said() -> str:
        return " | ".join(one.text() for one in dialog.findChildren(QLabel))

    tables = window.desk.services.knowledge.bundle.tables.values()
    words = {word for info in tables for word in (info.release, info.licence)}
    qtbot.waitUntil(lambda: all(word in said() for word in words))
    assert not any(f" {name} " in said() for name in ("hpo_terms", "clinvar_2016"))
    assert tr("Sources and licences") in [dialog.findChildren(QTabWidget)[0].tabText(at) for at in range(3)]
    dialog.deleteLater()


def test_figures_of_the_audit_are_shown_whole(window: MainWindow, qtbot: QtBot) -> None:
    dialog = about_dialog(window.desk, window)
    window.present(dialog)
    tabs = dialog.findChild(QTabWidget)
    assert isinstance(tabs, QTabWidget)
    tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in dialog.findChildren(QTableWidget)))
    table = next(one for one in dialog.findChildren(QTableWidget) if one.isVisible())
    qtbot.waitUntil(lambda: table.columnWidth(2) >= table.sizeHintForColumn(2))
    for column in range(2, table.columnCount()):
        assert table.columnWidth(column) >= table.sizeHintForColumn(column), column
    dialog.reject()
