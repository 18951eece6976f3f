# ruff: noqa: F401, F811 - fixtures of the store window
"""A case that is closed and opened again goes on being saved."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from test_store_window import bare, case_open, edit, folder, made_store, saved, vcf, window

from genoai_desktop.app.casebook import Casebook, Status
from genoai_desktop.domain.errors import UserError
from genoai_desktop.ui.pages.cases import CasesPage
from genoai_desktop.ui.window import MainWindow


def indication(window: MainWindow, uid: str) -> str:
    """As the store has it."""
    assert window.vault.casebook is not None
    return window.vault.casebook.load(uid).case.indication


def opened_again(window: MainWindow, qtbot: QtBot) -> str:
    """Close the case in view and open it from the store; its identifier."""
    assert window.desk.session is not None
    uid = window.desk.session.uid
    window.do_close_case()
    window.open_stored(uid)
    qtbot.waitUntil(lambda: window.desk.current is not None, timeout=10_000)
    return uid


def test_an_edit_after_opening_again_is_saved(case_open: MainWindow, qtbot: QtBot) -> None:
    for number in range(4):
        edit(case_open, qtbot, indication=f"edit {number}")
    uid = opened_again(case_open, qtbot)
    edit(case_open, qtbot, indication="after opening again")
    assert indication(case_open, uid) == "after opening again"


def test_a_case_that_is_opened_again_at_once_has_its_last_edit(case_open: MainWindow, qtbot: QtBot) -> None:
    assert case_open.desk.current is not None
    case_open.desk.change(replace(case_open.desk.current.case, indication="just before closing"))
    qtbot.waitUntil(lambda: not case_open.runner.busy)
    opened_again(case_open, qtbot)
    assert case_open.desk.current.case.indication == "just before closing"


def test_a_case_with_an_edit_that_cannot_be_saved_is_not_opened_without_it(
    case_open: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise UserError("The device is full.")

    session = case_open.desk.session
    assert session is not None
    with monkeypatch.context() as full:
        full.setattr(Casebook, "save", refuse)
        case_open.desk.change(replace(session.case, indication="while the device was full"))
        qtbot.waitUntil(lambda: not case_open.runner.busy)
        case_open.do_close_case()
        case_open.open_stored(session.uid)
        assert "device is full" in case_open.problem.text.text()
        assert case_open.desk.current is None
    case_open.open_stored(session.uid)
    qtbot.waitUntil(lambda: case_open.desk.current is not None, timeout=10_000)
    assert case_open.desk.current.case.indication == "while the device was full"


def test_a_note_can_be_undone_and_redone_from_the_menu(case_open: MainWindow, qtbot: QtBot) -> None:
    undo, redo = case_open.actions_by_id["undo"], case_open.actions_by_id["redo"]
    assert case_open.desk.session is not None
    dossier = case_open.desk.session.stored.dossier
    case_open.desk.change_dossier(replace(dossier, status=Status.REVIEW))
    assert (undo.text(), undo.isEnabled()) == ("Undo: Status: open → in review", True)
    undo.trigger()
    assert not undo.isEnabled()
    assert (redo.text(), redo.isEnabled()) == ("Redo: Status: open → in review", True)


def test_the_case_that_is_asked_about_is_named_and_is_the_one_deleted(
    case_open: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_open.show_page("cases")
    page = case_open.page
    assert isinstance(page, CasesPage)
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    page.table.selectRow(0)
    asked: list[str] = []

    def filled_meanwhile(_parent: object, _title: str, text: str, _yes: str) -> bool:
        asked.append(text)
        page.table.clearSelection()
        return True

    monkeypatch.setattr("genoai_desktop.ui.pages.cases.sure", filled_meanwhile)
    page.delete_button.click()
    assert asked[0].startswith("Family 12\n")
    qtbot.waitUntil(lambda: case_open.vault.casebook.heads() == ())  # type: ignore[union-attr]
