# ruff: noqa: F401, F811 - fixtures of the store window
"""What is left behind the lock comes back to the same user, and only to them."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from sample_case import sample_case
from store_fixtures import PASSPHRASE
from test_criteria_editor import judged
from test_store_window import bare, case_open, edit, folder, made_store, saved, vcf, window

from genoai_desktop.app.casebook import Casebook, Door
from genoai_desktop.domain.case import ObservedTerm, Scope
from genoai_desktop.domain.errors import UserError
from genoai_desktop.ui.dialogs.consent import ConsentDialog
from genoai_desktop.ui.dialogs.criteria import CriterionDialog
from genoai_desktop.ui.dialogs.letter import LetterDialog
from genoai_desktop.ui.dialogs.notes import NotesDialog
from genoai_desktop.ui.window import MainWindow


def enter(window: MainWindow, qtbot: QtBot, user: str, passphrase: str) -> None:
    """Lock, if it is not, and unlock as this user."""
    if window.lock_screen is None:
        window.do_lock()
    screen = window.lock_screen
    assert screen is not None
    qtbot.waitUntil(lambda: not screen.busy and not screen.runner.busy, timeout=10_000)
    screen.user.setCurrentText(user)
    screen.passphrase.setText(passphrase)
    screen.unlock()
    qtbot.waitUntil(lambda: window.lock_screen is None, timeout=10_000)


def test_a_dialog_is_closed_for_another_user_and_that_is_said(case_open: MainWindow, qtbot: QtBot) -> None:
    case_open.do_notes()
    (dialog,) = case_open.findChildren(NotesDialog)
    dialog.text.setPlainText("by ada")
    enter(case_open, qtbot, "rita", PASSPHRASE + "r")
    qtbot.waitUntil(lambda: not case_open.findChildren(NotesDialog))
    said = case_open.problem.text.text()
    assert "ada had locked the store with a dialog open (Status and notes)" in said
    assert "You are a reviewer here" in said


def test_an_edit_that_locking_saved_was_saved_by_nobody_else(case_open: MainWindow, qtbot: QtBot) -> None:
    told: list[str] = []
    case_open.vault.overtaken.connect(told.append)
    case_open.desk.change(replace(case_open.desk.current.case, indication="at the last moment"))
    enter(case_open, qtbot, "ada", PASSPHRASE)
    saved(case_open, qtbot)
    edit(case_open, qtbot, indication="and one more")
    assert told == []


def test_what_could_not_be_saved_waits_for_somebody_who_may(
    case_open: MainWindow, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = case_open.desk.session
    assert session is not None
    with monkeypatch.context() as full:

        def refuse(*_arguments: object, **_named: object) -> None:
            raise UserError("The device is full.")

        full.setattr(Casebook, "save", refuse)
        case_open.desk.change(replace(session.case, indication="while the device was full"))
        qtbot.waitUntil(lambda: not case_open.runner.busy)
        case_open.do_lock()
        qtbot.waitUntil(lambda: case_open.lock_screen is not None and not case_open.lock_screen.busy)
    enter(case_open, qtbot, "rita", PASSPHRASE + "r")
    assert case_open.vault.unsaved() == [session]
    assert "let a counselor unlock" in case_open.save_state.toolTip()
    enter(case_open, qtbot, "ada", PASSPHRASE)
    saved(case_open, qtbot)
    assert case_open.vault.casebook is not None
    assert case_open.vault.casebook.load(session.uid).case.indication == "while the device was full"


def _record_decision(page: Any) -> None:
    page.record(page.opened.case.index)


@pytest.mark.parametrize(
    ("page", "opening"),
    [
        ("consent", _record_decision),
        ("phenotype", lambda page: page.from_letter()),
        ("medicines", lambda page: page.edit_patient()),
        ("medicines", lambda page: page.state_outside()),
        ("risks", lambda page: page.ask_breast()),
        ("risks", lambda page: page.ask_partner()),
        ("risks", lambda page: page.edit_screening()),
    ],
)
def test_a_dialog_of_a_page_comes_back_although_the_page_is_another(
    case_open: MainWindow, qtbot: QtBot, page: str, opening: Any
) -> None:
    case_open.show_page(page)
    opening(case_open.page)
    (before,) = [one for one in case_open.findChildren(QDialog) if one.isVisible()]
    case_open.do_lock()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    enter(case_open, qtbot, "ada", PASSPHRASE)
    assert case_open.vault.casebook is not None
    assert [one for one in case_open.findChildren(QDialog) if one.isVisible()] == [before]
    before.reject()


def test_a_decision_begun_before_the_lock_is_recorded_after_it(case_open: MainWindow, qtbot: QtBot) -> None:
    case_open.show_page("consent")
    _record_decision(case_open.page)
    (dialog,) = case_open.findChildren(ConsentDialog)
    dialog.scopes[Scope.RESEARCH].setChecked(True)
    dialog.document.setText("form 77")
    case_open.do_lock()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    enter(case_open, qtbot, "ada", PASSPHRASE)
    dialog.accept_button.click()
    saved(case_open, qtbot)
    assert case_open.desk.session is not None
    assert "form 77" in [event.document for event in case_open.desk.session.case.consent_events]


def test_a_letter_begun_before_the_lock_gives_its_terms_after_it(case_open: MainWindow, qtbot: QtBot) -> None:
    case_open.show_page("phenotype")
    case_open.page.from_letter()  # type: ignore[attr-defined]
    (dialog,) = case_open.findChildren(LetterDialog)
    case_open.do_lock()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    enter(case_open, qtbot, "ada", PASSPHRASE)
    dialog.accepted_terms.emit((ObservedTerm("HP:0000316"),))
    dialog.reject()
    saved(case_open, qtbot)
    assert case_open.desk.session is not None
    assert "HP:0000316" in [term.id for term in case_open.desk.session.case.terms]


@pytest.mark.parametrize(("page", "opening"), [("consent", _record_decision), ("overview", None)])
def test_a_reviewer_is_asked_for_nothing_that_would_be_refused(
    case_open: MainWindow, qtbot: QtBot, page: str, opening: Any
) -> None:
    enter(case_open, qtbot, "rita", PASSPHRASE + "r")
    case_open.show_page(page)
    if opening is None:
        case_open.do_edit()
    else:
        opening(case_open.page)
    assert not [one for one in case_open.findChildren(QDialog) if one.isVisible()]
    banner = case_open.problem if opening is None else case_open.page.banner
    assert "Reviewers may not change cases" in banner.text.text()


@pytest.mark.parametrize("opening", ["notes", "attachments", "audit"])
def test_a_dialog_says_why_a_reviewer_cannot_change_it(
    case_open: MainWindow, qtbot: QtBot, opening: str
) -> None:
    enter(case_open, qtbot, "rita", PASSPHRASE + "r")
    getattr(case_open, f"do_{opening}")()
    (dialog,) = [one for one in case_open.findChildren(QDialog) if one.isVisible()]
    off = [one for one in dialog.findChildren(QPushButton) if one.isVisible() and not one.isEnabled()]
    named = {one.text(): one.accessibleDescription() or one.toolTip() for one in off}
    named.pop("Save a copy…", None)  # waits for a file to be chosen, for everybody
    assert named
    assert all("eviewers may not" in why or "Only administrators" in why for why in named.values()), named
    dialog.reject()


def test_a_reason_for_a_criterion_comes_back_after_locking(case_open: MainWindow, qtbot: QtBot) -> None:
    found = judged(sample_case())
    assert found.result.rare is not None
    variant = found.result.rare.candidates[0].variants[0]
    assert variant.acmg is not None
    case_open.show_page("candidates")
    case_open.page.edit_criterion(variant, variant.acmg.criteria[0])
    (dialog,) = case_open.findChildren(CriterionDialog)
    qtbot.keyClicks(dialog.reason, "Rescued downstream")
    dialog.author.setText("Dr A")
    enter(case_open, qtbot, "ada", PASSPHRASE)
    (dialog,) = case_open.findChildren(CriterionDialog)
    assert dialog.isVisible()
    assert dialog.reason.toPlainText() == "Rescued downstream"
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(case_open.desk.current and case_open.desk.current.case.criterion_edits))


def test_a_question_about_what_was_typed_is_answered_no_by_locking(
    case_open: MainWindow, qtbot: QtBot
) -> None:
    case_open.do_notes()
    (dialog,) = case_open.findChildren(NotesDialog)
    qtbot.keyClicks(dialog.text, "half a note")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(dialog.findChildren(QMessageBox)) == 1
    enter(case_open, qtbot, "ada", PASSPHRASE)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert dialog.findChildren(QMessageBox) == []
    assert dialog.isVisible()
    assert dialog.text.toPlainText() == "half a note"
    dialog.discard()
