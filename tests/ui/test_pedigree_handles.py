"""Handles and the row of buttons: large enough, in view, and on nobody's symbol, for any family and zoom."""

import sys
from pathlib import Path

import pytest

import genoai_desktop.ui  # noqa: F401 - before PySide6

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report/pedigree"))

from families import four_generations, realistic
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genoai_desktop.domain.family import Family
from genoai_desktop.domain.family_edit import add_parents, begin
from genoai_desktop.domain.person import Sex
from genoai_desktop.ui.pedigree.editor import PedigreeEditor
from genoai_desktop.ui.pedigree.items import TOUCH
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import FINGER


@pytest.fixture
def editor(qtbot: QtBot, theme: Theme) -> PedigreeEditor:
    """An editor in view."""
    made = PedigreeEditor(theme)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.activateWindow()
    made.view.setFocus()
    return made


def _show(editor: PedigreeEditor, family: Family) -> None:
    editor.show_family(family)
    editor.view.fit()


def _discs(editor: PedigreeEditor) -> dict[str, QRectF]:
    radius = TOUCH / editor.view.transform().m11()
    return {
        name: QRectF(one.x() - radius, one.y() - radius, 2 * radius, 2 * radius)
        for name, one in editor.view.handles.items()
    }


def _covers(disc: QRectF, symbol: QRectF) -> bool:
    x = min(max(disc.center().x(), symbol.left()), symbol.right())
    y = min(max(disc.center().y(), symbol.top()), symbol.bottom())
    away = ((disc.center().x() - x) ** 2 + (disc.center().y() - y) ** 2) ** 0.5
    return bool(away < disc.width() / 2 - 0.01)


@pytest.mark.parametrize("people", [5, 20, 50])
def test_no_handle_covers_a_symbol_or_leaves_the_view(editor: PedigreeEditor, people: int) -> None:
    shown = 0
    for seed in range(3):
        _show(editor, realistic(seed, people))
        for zoom in (0.45, 0.7, 1.0, 1.6):
            editor.view.zoom(zoom / editor.view.transform().m11())
            for person in list(editor.view.people)[::3]:
                editor.choose(person)
                seen = editor.view.mapToScene(editor.view.viewport().rect()).boundingRect()
                for name, disc in _discs(editor).items():
                    shown += 1
                    covered = [who for who, one in editor.view.people.items() if _covers(disc, one.symbol())]
                    assert not covered, (name, person, zoom)
                    assert seen.adjusted(-1, -1, 1, 1).contains(disc)
    assert shown > 50


def test_the_handle_for_a_child_leaves_the_first_child_free(editor: PedigreeEditor) -> None:
    family, who = four_generations()
    _show(editor, family)
    editor.choose(who["erika"])
    assert "child" in editor.view.handles
    disc = _discs(editor)["child"]
    assert not [one for one in editor.view.people.values() if _covers(disc, one.symbol())]


def test_every_button_is_large_enough_for_a_finger(editor: PedigreeEditor, theme: Theme) -> None:
    theme.dress(editor)
    _show(editor, begin("P1", Sex.FEMALE))
    QApplication.processEvents()
    for made in editor.bar.buttons.values():
        assert made.height() >= FINGER
        assert made.width() >= FINGER


@pytest.mark.parametrize(
    ("name", "people"),
    [("parents", 3), ("partner", 2), ("child", 3), ("sibling", 4), ("twin", 4), ("half_sibling", 5)],
)
def test_a_button_adds_kin_and_undo_takes_it_back(editor: PedigreeEditor, name: str, people: int) -> None:
    family = begin("P1", Sex.FEMALE)
    _show(editor, family)
    QTest.mouseClick(editor.bar.buttons[name], Qt.MouseButton.LeftButton)
    assert editor.family is not None
    after = editor.family
    assert len(after.members) == people
    assert editor.view.hasFocus()  # the keys go on working
    editor.undo()
    assert editor.family == family
    editor.redo()
    assert editor.family == after


def test_what_cannot_be_is_not_offered(editor: PedigreeEditor) -> None:
    _show(editor, add_parents(begin("P1", Sex.FEMALE), "P1"))
    assert not editor.bar.buttons["parents"].isEnabled()
    assert not editor.bar.buttons["remove"].isEnabled()
    editor.choose("P2")
    assert editor.bar.buttons["parents"].isEnabled()
    assert editor.bar.buttons["remove"].isEnabled()


def test_a_large_family_is_readable_at_first_sight_around_the_proband(editor: PedigreeEditor) -> None:
    editor.show_family(realistic(1, 150))
    view = editor.view
    assert view.transform().m11() >= 0.7
    assert editor.family is not None
    proband = view.people[editor.family.proband]
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    assert seen.contains(proband.pos())
    view.fit()
    assert view.mapToScene(view.viewport().rect()).boundingRect().contains(view.family_rect().center())
    assert view.transform().m11() < 0.45


def test_the_zoom_buttons(editor: PedigreeEditor) -> None:
    _show(editor, begin("P1"))
    before = editor.view.transform().m11()
    QTest.mouseClick(editor.bar.buttons["nearer"], Qt.MouseButton.LeftButton)
    assert editor.view.transform().m11() > before
    QTest.mouseClick(editor.bar.buttons["further"], Qt.MouseButton.LeftButton)
    assert editor.view.transform().m11() == pytest.approx(before)
