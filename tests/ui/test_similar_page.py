"""Similar cases: neighbours with diagnosis, a map, the verdict in words; nothing without consent."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import QuickServices
from looking_keys import nameless
from PySide6.QtWidgets import QComboBox, QLabel, QTableWidget, QTabWidget, QWidget
from pytestqt.qtbot import QtBot
from sample_case import sample_case

from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.profiles import Neighbour, ProfileResult
from genoai_desktop.domain.provenance import Version
from genoai_desktop.ui.dialogs.about import about_dialog, number
from genoai_desktop.ui.widgets.risk_drawing import DrawingView
from genoai_desktop.ui.window import MainWindow

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report"))

from drawing_cases import profiles


def words(widget: QWidget) -> str:
    return " | ".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def answer(**changes: Any) -> ProfileResult:
    """Two neighbours, one of them of this clinic."""
    neighbours = (
        Neighbour("published", "PMID 123", "CHARGE syndrome", "OMIM:214800", "CHD7", 0.87, ("Coloboma",)),
        Neighbour("clinic", "Family 9", "first candidate: Kabuki syndrome", "OMIM:147920", "", 0.51, ()),
    )
    versions = (Version("published profiles", "2024-08"),)
    made = replace(profiles(), neighbours=neighbours, versions=versions, notes=("A chosen few.",))
    return replace(made, **changes)


def shown(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, found: ProfileResult | None
) -> QWidget:
    services = window.desk.services._services  # type: ignore[attr-defined]
    monkeypatch.setattr(services, "similar_cases", lambda *_arguments: found)
    window.desk.add(sample_case())  # type: ignore[arg-type]
    window.show_page("similar")
    page = window.pages["similar"]
    qtbot.waitUntil(lambda: not page.runner.busy and page.built)
    return page


def test_neighbours_groups_and_map_are_shown(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(window, qtbot, monkeypatch, answer())
    said = words(page)
    for expected in (
        "Cases like this one were seen",
        "Of 100 published cases with about as many features, 40 have a nearest neighbour less alike",
        "CHARGE syndrome",
        "0.87",
        "PMID 123",
        "Coloboma",
        "this clinic",
        "Family 9",
        "first candidate: Kabuki syndrome",
        "Group 1: 21 cases, similarity 0.70",
        "published profiles 2024-08",
    ):
        assert expected in said, expected
    (view,) = page.findChildren(DrawingView)
    assert "60 published cases" in view.accessibleDescription()
    assert nameless(window) == []


def test_unlike_anything_seen_is_said_in_words(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = words(shown(window, qtbot, monkeypatch, answer(unlike=True, percentile=1.2)))
    assert "Unlike anything seen" in said
    assert "not described yet" in said


def test_without_consent_or_features_nothing_is_compared(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    services = window.desk.services._services  # type: ignore[attr-defined]
    monkeypatch.setattr(services, "similar_cases", lambda *arguments: asked.append(arguments))
    window.desk.add(sample_case(scopes=frozenset({Scope.PGX})))  # type: ignore[arg-type]
    window.show_page("similar")
    assert "Not covered by consent" in words(window.pages["similar"])
    made = sample_case()
    case = replace(made.case, terms=())
    window.desk.add(replace(made, case=case, result=replace(made.result, case=case)))  # type: ignore[arg-type]
    assert "No observed feature to compare" in words(window.pages["similar"])
    assert asked == []


def test_the_bundled_cases_answer(window: MainWindow, qtbot: QtBot, services: QuickServices) -> None:
    window.desk.add(sample_case())  # type: ignore[arg-type]
    window.show_page("similar")
    page = window.pages["similar"]
    qtbot.waitUntil(lambda: not page.runner.busy, timeout=30_000)
    assert "OMIM:" in words(page)
    assert page.findChildren(DrawingView)


def test_about_shows_the_audit_of_every_model_with_intervals(window: MainWindow, qtbot: QtBot) -> None:
    dialog = about_dialog(window.desk, window)
    tabs = dialog.findChild(QTabWidget)
    assert isinstance(tabs, QTabWidget)
    assert tabs.count() == 3
    tabs.setCurrentIndex(2)  # made when it is looked at
    choose = dialog.findChild(QComboBox)
    assert isinstance(choose, QComboBox)
    names = {choose.itemText(at) for at in range(choose.count())}
    assert {"ranking", "missense", "warfarin", "polygenic", "ancestry"} <= names
    for name in names:
        choose.setCurrentText(name)
        table = next(
            one for one in dialog.findChildren(QTableWidget) if one.accessibleName().endswith(f" {name}")
        )
        assert table.rowCount() > 5
        assert "…" in _cell(table, 0, 4)
    assert nameless(dialog) == []
    choose.setCurrentText("warfarin")
    table = next(
        one for one in dialog.findChildren(QTableWidget) if one.accessibleName().endswith("warfarin")
    )
    assert "served worse" in _cell(table, 0, 6)
    dialog.close()


def _cell(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    assert item is not None
    return item.text()


def test_pages_warn_where_a_model_serves_this_patient_worse(window: MainWindow, qtbot: QtBot) -> None:
    window.desk.add(sample_case())  # type: ignore[arg-type]  # 24 years, two features
    for page, expected in (("medicines", "age under 50"), ("candidates", "observed features 1 to 4")):
        window.show_page(page)
        assert window.pages[page].served.isVisible()
        assert expected in window.pages[page].served.text.text()
        assert "Bias audit" in window.pages[page].served.text.text()
    window.show_page("quality")
    assert not window.pages["quality"].served.isVisible()


def test_figures_have_three_digits_that_count() -> None:
    assert [number(one) for one in (0.28571, 5.8911, 47.102, None)] == ["0.286", "5.89", "47.1", "–"]
