"""The editor by keyboard, mouse and panel; the case follows, and analyses only when they read a change."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import genoai_desktop.ui  # noqa: F401 - before PySide6

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report/pedigree"))

from families import four_generations, in_laws
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from sample_case import sample_case

from genoai_desktop.app.pedigrees.questionnaire import write_questionnaire
from genoai_desktop.domain.case import Affected, Case
from genoai_desktop.domain.family import Adoption, Donor, Family, Pregnancy
from genoai_desktop.domain.person import Sex
from genoai_desktop.jobs.pool import WorkerPool
from genoai_desktop.report.pedigree.layout import lay_out
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.pages.pedigree import PedigreePage
from genoai_desktop.ui.pedigree.items import TOUCH
from genoai_desktop.ui.pedigree.merging import MergeDialog
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme


class Quick(Services):
    """Counts analyses."""

    def __init__(self) -> None:
        super().__init__()
        self.cases: list[Case] = []

    def reanalyse(self, opened: Any, case: Case, context: Any) -> Any:
        self.cases.append(case)
        return replace(opened, case=case, result=replace(opened.result, case=case))


@pytest.fixture
def quick() -> Quick:
    """Analyses answered at once."""
    return Quick()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, quick: Quick) -> Iterator[PedigreePage]:
    """The page with a case whose proband stands alone."""
    pool = WorkerPool()
    desk = Desk(quick, theme, pool)
    desk.edit_wanted.connect(
        lambda _opened, case: desk.session and desk.session.set_state(case, desk.session.stored.dossier)
    )
    made = PedigreePage(desk)
    qtbot.addWidget(made)
    opened = sample_case()
    alone = replace(opened.case, persons=(opened.case.index,))
    desk.add(replace(opened, case=alone, result=replace(opened.result, case=alone)))  # type: ignore[arg-type]
    made.resize(1100, 760)
    made.show()
    assert made.editor is not None
    yield made
    made.runner.cancel_all()
    pool.shutdown(2.0)


def _family(page: PedigreePage) -> Family:
    assert page.editor is not None
    assert page.editor.family is not None
    return page.editor.family


def _press(page: PedigreePage, *keys: Qt.Key) -> None:
    assert page.editor is not None
    for key in keys:
        QTest.keyClick(page.editor.view, key)


def test_it_starts_from_the_proband_alone(page: PedigreePage) -> None:
    family = _family(page)
    assert [member.id for member in family.members] == [family.proband]


def test_a_nuclear_family_in_a_few_keys(page: PedigreePage, qtbot: QtBot) -> None:
    proband = _family(page).proband
    _press(page, Qt.Key.Key_P, Qt.Key.Key_Home, Qt.Key.Key_S, Qt.Key.Key_Home, Qt.Key.Key_T)
    _press(page, Qt.Key.Key_Home, Qt.Key.Key_M, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_C)
    family = _family(page)
    assert len(family.members) == 7
    assert family.twins_of(proband) is not None
    qtbot.waitUntil(lambda: page.opened is not None and len(page.opened.case.persons) == 7)
    assert page.opened is not None
    assert page.opened.case.family == family
    assert page.desk.session is not None
    assert page.desk.session.case == page.opened.case


def test_arrows_walk_and_delete_removes(page: PedigreePage) -> None:
    view = page.editor.view  # type: ignore[union-attr]
    proband = _family(page).proband
    _press(page, Qt.Key.Key_P, Qt.Key.Key_Home)
    _press(page, Qt.Key.Key_Up)
    father = view.person
    assert father in _family(page).by_id[proband].parents
    _press(page, Qt.Key.Key_Right)
    assert view.person in _family(page).by_id[proband].parents
    _press(page, Qt.Key.Key_Down)
    assert view.person == proband
    _press(page, Qt.Key.Key_Up, Qt.Key.Key_Delete)
    assert len(_family(page).members) == 2
    _press(page, Qt.Key.Key_Home, Qt.Key.Key_Delete)
    assert proband in _family(page).by_id
    assert page.banner.isVisible()


def test_undo_and_redo(page: PedigreePage, qtbot: QtBot) -> None:
    before = _family(page)
    _press(page, Qt.Key.Key_P)
    after = _family(page)
    assert page.editor is not None
    QTest.keyClick(page.editor.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert _family(page) == before
    page.editor.redo()
    assert _family(page) == after
    qtbot.waitUntil(lambda: page.opened is not None and page.opened.case.family == after)


def test_analyses_run_only_for_what_they_read(page: PedigreePage, quick: Quick, qtbot: QtBot) -> None:
    assert page.editor is not None
    page._analyse.setInterval(0)
    page.editor.show_rest()
    field = page.editor.panel.first
    assert isinstance(field, QLineEdit)
    field.setText("Somebody")
    field.editingFinished.emit()
    qtbot.waitUntil(lambda: page.opened is not None and page.opened.case.index.name == "Somebody")
    assert not page._analyse.isActive()
    _press(page, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: len(quick.cases) == 1)
    qtbot.waitUntil(lambda: not page.runner.busy)
    assert len(quick.cases[0].persons) == 3


def test_affected_key_goes_round(page: PedigreePage, qtbot: QtBot) -> None:
    seen = []
    for _ in range(3):
        _press(page, Qt.Key.Key_A)
        page.keep()
        assert page.opened is not None
        seen.append(page.opened.case.index.affected)
    assert set(seen) == {Affected.YES, Affected.NO, Affected.UNKNOWN}


def test_a_condition_from_the_panel(page: PedigreePage) -> None:
    assert page.editor is not None
    page.editor.show_rest()
    fresh = next(
        one for one in page.editor.panel.findChildren(QLineEdit) if one.accessibleName() == "New condition"
    )
    fresh.setText("Stroke")
    fresh.returnPressed.emit()
    family = _family(page)
    assert family.conditions[-1].name == "Stroke"
    page.editor.show_rest()
    shown = page.editor.panel.findChildren(QCheckBox)
    boxes = {one.accessibleName(): one for one in shown if not one.isHidden()}
    assert boxes["Stroke"].isChecked()


def test_a_wrong_number_is_refused_kindly(page: PedigreePage) -> None:
    assert page.editor is not None
    page.editor.show_rest()
    age = next(o for o in page.editor.panel.findChildren(QLineEdit) if o.accessibleName() == "Age (years)")
    age.setText("old")
    age.editingFinished.emit()
    assert page.banner.isVisible()


def test_handles_are_large_enough_to_touch_and_add(page: PedigreePage, qtbot: QtBot) -> None:
    assert page.editor is not None
    view = page.editor.view
    page.activateWindow()
    view.setFocus()
    qtbot.waitUntil(lambda: len(view.handles) == 4)
    assert 2 * TOUCH >= 40
    parents = view.handles["parents"]
    at = view.mapFromScene(parents.pos())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(_family(page).members) == 3


def test_a_drag_nudges_sideways(page: PedigreePage) -> None:
    assert page.editor is not None
    view = page.editor.view
    proband = _family(page).proband
    _press(page, Qt.Key.Key_P, Qt.Key.Key_Home)
    start = view.mapFromScene(view.people[proband].pos())
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view.viewport(), start + QPoint(80, 3))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(80, 3))
    assert _family(page).by_id[proband].nudge > 20
    page.editor.straighten()
    assert _family(page).by_id[proband].nudge == 0


def test_the_list_says_everybody_in_words(page: PedigreePage, qtbot: QtBot) -> None:
    assert page.editor is not None
    family, _ = four_generations()
    page.editor.replace_family(family)
    page.editor.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: not page.editor.list.turn.busy)
    texts = [page.editor.list.item(i).text() for i in range(page.editor.list.count())]
    assert len(texts) == len(family.members)
    assert any("first cousins" in text for text in texts)
    assert any("identical twin" in text for text in texts)
    page.editor.list.setCurrentRow(3)
    assert page.editor.view.person == page.editor.list.item(3).data(Qt.ItemDataRole.UserRole)


def test_the_list_in_view_follows_every_edit(page: PedigreePage, qtbot: QtBot) -> None:
    assert page.editor is not None
    family, _ = four_generations()
    page.editor.replace_family(family)
    page.editor.tabs.setCurrentIndex(1)
    words = page.editor.list
    qtbot.waitUntil(lambda: not words.turn.busy)
    before = [words.item(i).text() for i in range(words.count())]

    def listed() -> set[str]:
        return {words.item(i).data(Qt.ItemDataRole.UserRole) for i in range(words.count())}

    for word in ("child", "undo"):
        page.editor.do(word)
        people = set(page.editor.family.by_id)
        assert (people > set(family.by_id)) is (word == "child")
        qtbot.waitUntil(lambda wanted=people: listed() == wanted and not words.turn.busy)
        assert words.currentItem().data(Qt.ItemDataRole.UserRole) == page.editor.view.person
    assert [words.item(i).text() for i in range(words.count())] == before


def test_another_case_replaces_the_family(page: PedigreePage, qtbot: QtBot) -> None:
    _press(page, Qt.Key.Key_P)
    page.keep()
    other = sample_case()
    page.desk.add(other)  # type: ignore[arg-type]
    assert page.editor is not None
    assert len(_family(page).members) == len(other.case.persons)
    assert not page.editor.can_undo


def test_import_and_export_through_the_page(page: PedigreePage, qtbot: QtBot, tmp_path: Path) -> None:
    _press(page, Qt.Key.Key_P)
    page.export_to(tmp_path / "f.ged", "gedcom7")
    qtbot.waitUntil(lambda: (tmp_path / "f.ged").exists() and not page.runner.busy)
    _press(page, Qt.Key.Key_S)
    assert len(_family(page).members) == 4
    page.import_from(tmp_path / "f.ged")
    qtbot.waitUntil(lambda: len(_family(page).members) == 3)
    qtbot.waitUntil(lambda: not page.runner.busy)


def test_a_questionnaire_is_shown_before_it_is_added_as_one_step(
    page: PedigreePage, qtbot: QtBot, tmp_path: Path
) -> None:
    _press(page, Qt.Key.Key_P)
    before = _family(page)
    form = tmp_path / "form.pdf"
    write_questionnaire(form)
    with pikepdf.open(form, allow_overwriting_input=True) as document:
        for field in document.Root.AcroForm.Fields:
            if str(field.T) in ("father.name", "sibling1.name"):
                field.V = pikepdf.String("Jan")
        document.save(form)
    page.import_from(form)
    qtbot.waitUntil(lambda: page.findChild(MergeDialog) is not None)
    dialog = page.findChild(MergeDialog)
    assert dialog.rows.rowCount() == 2
    assert _family(page) == before
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert sorted(one.name for one in _family(page).members if one.name) == ["Jan", "Jan"]
    assert len(_family(page).members) == len(before.members) + 1
    page.editor.undo()  # type: ignore[union-attr]
    assert _family(page) == before


def test_a_form_that_changes_nothing_still_tells_what_was_not_taken(
    page: PedigreePage, qtbot: QtBot, tmp_path: Path
) -> None:
    _press(page, Qt.Key.Key_P)
    form = tmp_path / "form.pdf"
    write_questionnaire(form)
    with pikepdf.open(form, allow_overwriting_input=True) as document:
        for field in document.Root.AcroForm.Fields:
            if str(field.T) == "father.illness":
                field.V = pikepdf.String("none")
        document.save(form)
    page.import_from(form)
    qtbot.waitUntil(lambda: "Your father (“Illnesses" in page.banner.text.text())
    assert "says nothing that the case does not know" in page.banner.text.text()
    qtbot.waitUntil(lambda: not page.runner.busy)


def test_150_people_are_edited(page: PedigreePage) -> None:
    from genoai_desktop.domain.family_edit import add_child, add_partner, begin

    family, couples = add_partner(begin("P1", Sex.MALE), "P1"), [("P1", "P2")]
    while len(family.members) < 150:
        first, second = couples.pop(0)
        for _ in range(3):
            family = add_child(family, first, second, Sex.FEMALE)
            fresh = family.children_of[first][-1]
            family = add_partner(family, fresh)
            couples.append((fresh, family.partners(fresh)[-1]))
    assert page.editor is not None
    page.editor.replace_family(family)
    before = len(page.editor.family.members)
    for word in ("affected", "child", "deceased", "sibling", "partner", "sex") * 2:
        page.editor.do(word)
        page.editor.view.viewport().repaint()
    assert len(page.editor.family.members) > before


def test_a_tangled_family_is_drawn_at_once_and_bettered_off_this_thread(
    page: PedigreePage, qtbot: QtBot
) -> None:
    editor = page.editor
    assert editor is not None
    family = in_laws(8)
    editor.replace_family(family)
    assert editor.view.drawn is not None
    assert not editor.view.drawn.layout.settled
    qtbot.waitUntil(lambda: editor.view.drawn is not None and editor.view.drawn.layout.settled, timeout=20000)
    assert editor.view.drawn.layout.rows == lay_out(family).rows
    assert len(editor._past) == 1  # a better drawing is no step to undo


def test_every_mark_has_a_key(page: PedigreePage) -> None:
    person = _family(page).proband
    _press(page, Qt.Key.Key_K, Qt.Key.Key_E, Qt.Key.Key_R, Qt.Key.Key_U, Qt.Key.Key_D)
    member = _family(page).by_id[person]
    assert (member.carrier, member.surrogate, member.deceased) == (True, True, True)
    assert member.donor is not Donor.NO
    assert _family(page).consultand == person
    _press(page, Qt.Key.Key_K, Qt.Key.Key_E, Qt.Key.Key_R, Qt.Key.Key_U, Qt.Key.Key_D)
    assert _family(page).by_id[person] == replace(
        member, carrier=False, surrogate=False, deceased=False, donor=Donor.NO
    )
    assert _family(page).consultand is None


def test_the_key_of_pregnancies_goes_through_every_loss_and_back(page: PedigreePage) -> None:
    _press(page, Qt.Key.Key_C)
    assert page.editor is not None
    child = page.editor.view.person
    seen = []
    for _ in Pregnancy:
        _press(page, Qt.Key.Key_B)
        seen.append(_family(page).by_id[child].pregnancy)
    assert set(seen) == set(Pregnancy)
    assert seen[-1] is Pregnancy.NO


def test_the_key_of_adoption_turns_the_parents_into_adoptive_ones_and_back(page: PedigreePage) -> None:
    person = _family(page).proband
    _press(page, Qt.Key.Key_P)
    parents = _family(page).by_id[person].parents
    _press(page, Qt.Key.Key_O)
    assert _family(page).by_id[person].adoptive == parents
    _press(page, Qt.Key.Key_O, Qt.Key.Key_O)
    assert set(_family(page).by_id[person].parents) == set(parents)
    assert _family(page).by_id[person].adopted is Adoption.NO


def test_shift_and_an_arrow_move_the_person_and_undo_moves_it_back(page: PedigreePage) -> None:
    _press(page, Qt.Key.Key_P)
    assert page.editor is not None
    view = page.editor.view
    before = view.people[view.person].x()
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert _family(page).by_id[view.person].nudge > 0
    page.editor.undo()
    assert view.people[view.person].x() == before


def test_what_the_view_of_one_relative_tells_by_its_shape_is_said(
    page: PedigreePage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    family, who = four_generations()
    assert page.editor is not None
    page.editor.replace_family(family)
    qtbot.waitUntil(lambda: "another person" in page.banner.text.text())  # a moment after the edit
    page.editor.choose(who["noah"])
    path = tmp_path / "view.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page.export_view()
    qtbot.waitUntil(lambda: "view.pdf" in page.banner.text.text())
    assert "half-siblings" in page.banner.text.text()
    assert path.exists()
