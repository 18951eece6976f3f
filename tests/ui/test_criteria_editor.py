"""Editing a criterion in the window: table, dialog with live preview, the case that follows."""

from dataclasses import replace

import pytest
from conftest import QuickServices
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sample_case import Opened, sample_case

from genoai_desktop.analysis.classification import classify
from genoai_desktop.analysis.classification.edits import edited
from genoai_desktop.domain.acmg import (
    AcmgClass,
    Criterion,
    CriterionEdit,
    Evidence,
    Strength,
    Verdict,
)
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.ui.dialogs.criteria import CriterionDialog
from genoai_desktop.ui.widgets.criteria import CriteriaTable, criteria_card
from genoai_desktop.ui.window import MainWindow

FOUND = classify(
    [
        Criterion("PVS1", Verdict.MET, "Null variant.", Evidence("PVS1", Strength.VERY_STRONG)),
        Criterion("PM2", Verdict.MET, "Not listed.", Evidence("PM2", Strength.SUPPORTING)),
        Criterion("PM1", Verdict.NOT_MET, "No hot spot."),
        Criterion("PS3", Verdict.NOT_ASSESSED, "Needs functional studies."),
    ]
)


def judged(opened: Opened) -> Opened:
    """The sample case with criteria on every candidate's variants."""
    rare = opened.result.rare
    assert rare is not None
    candidates = tuple(
        replace(one, variants=tuple(replace(variant, acmg=FOUND) for variant in one.variants))
        for one in rare.candidates
    )
    return replace(opened, result=replace(opened.result, rare=replace(rare, candidates=candidates)))


@pytest.fixture
def variant() -> ReportedVariant:
    rare = judged(sample_case()).result.rare
    assert rare is not None
    return rare.candidates[0].variants[0]


def edit_of(variant: ReportedVariant) -> CriterionEdit:
    return CriterionEdit(
        variant.key, "PVS1", True, Strength.MODERATE, "Rescue", "Dr A", "2026-11-23T10:00:00"
    )


def test_the_preview_follows_every_change(qtbot: QtBot, variant: ReportedVariant) -> None:
    dialog = CriterionDialog(None, variant, FOUND.criteria[0])
    qtbot.addWidget(dialog)
    assert not dialog.save.isEnabled()
    assert "(+9)" in dialog.preview.text()
    dialog.strength.setCurrentIndex(dialog.strength.findData(int(Strength.MODERATE)))
    assert "(+3)" in dialog.preview.text()
    assert AcmgClass.UNCERTAIN in dialog.preview.accessibleName()
    dialog.verdict.setCurrentIndex(dialog.verdict.findData(Verdict.NOT_ASSESSED.value))
    assert "(+1)" in dialog.preview.text()
    assert not dialog.strength.isEnabled()
    dialog.reason.setPlainText("  ")
    dialog.author.setText("Dr A")
    assert not dialog.save.isEnabled()
    dialog.reason.setPlainText("Rescue transcript, PMID 1")
    assert dialog.save.isEnabled()
    qtbot.keyClick(dialog.save, Qt.Key.Key_Space)
    assert dialog.edit is not None
    assert (dialog.edit.met, dialog.edit.strength, dialog.edit.author) == (None, None, "Dr A")


def test_every_control_has_a_name(qtbot: QtBot, variant: ReportedVariant) -> None:
    changed = edited(FOUND, [edit_of(variant)])
    dialog = CriterionDialog(None, replace(variant, acmg=changed), changed.criteria[0], "", lambda: None)
    qtbot.addWidget(dialog)
    for widget in dialog.findChildren(QWidget):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisibleTo(dialog):
            assert widget.accessibleName() or widget.objectName().startswith("qt_"), widget


def test_the_table_shows_the_programs_word_beside_the_persons(qtbot: QtBot, variant: ReportedVariant) -> None:
    card = criteria_card(replace(variant, acmg=edited(FOUND, [edit_of(variant)])), lambda criterion: None)
    assert card is not None
    qtbot.addWidget(card)
    table = card.findChild(CriteriaTable)
    assert isinstance(table, CriteriaTable)
    assert [criterion.code for criterion in table.criteria] == ["PVS1", "PM2"]
    shown = table.item(0, 3).text()
    assert "Rescue" in shown
    assert "Dr A" in shown
    assert "the program said: PVS1. Null variant." in shown


def test_an_edit_reaches_the_case_and_can_be_taken_back(
    window: MainWindow, services: QuickServices, qtbot: QtBot
) -> None:
    window.desk.add(judged(sample_case()))  # type: ignore[arg-type]
    window.show_page("candidates")
    window.page.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: window.page.findChild(CriteriaTable) is not None)
    table = window.page.findChild(CriteriaTable)
    assert isinstance(table, CriteriaTable)

    qtbot.keyClick(table, Qt.Key.Key_Return)
    (dialog,) = window.findChildren(CriterionDialog)
    dialog.reason.setPlainText("Rescue")
    dialog.author.setText("Dr A")
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(window.desk.current and window.desk.current.case.criterion_edits))
    assert window.desk.current is not None
    edit = window.desk.current.case.criterion_edits[0]
    assert (edit.code, edit.met, edit.reason, edit.author) == ("PVS1", True, "Rescue", "Dr A")
    assert window.page.list.currentRow() == 1
    shown = window.page.candidates[1].variants[0]
    changed = edited(FOUND, [edit])

    window.page.edit_criterion(replace(shown, acmg=changed), changed.criteria[0])
    again = next(one for one in window.findChildren(CriterionDialog) if one.isVisible())
    back = [one for one in again.findChildren(QWidget) if one.accessibleName().startswith("Back to")]
    back[0].click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(window.desk.current and not window.desk.current.case.criterion_edits))
