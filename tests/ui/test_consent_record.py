# ruff: noqa: F401, F811 - fixtures of the store window
"""Decisions on consent in the window: undone on record, and in force whoever recorded them."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from store_fixtures import PASSPHRASE, StoreServices
from test_store_window import bare, case_open, edit, folder, made_store, saved, vcf, window

from genoai_desktop.app.casebook import Door
from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.consent import ConsentEvent, Decision
from genoai_desktop.domain.consent_case import decided
from genoai_desktop.domain.errors import UserError
from genoai_desktop.ui.window import MainWindow


def recorded(window: MainWindow, qtbot: QtBot, decision: Decision) -> None:
    """The proband's decision on medicines, in force."""
    case = window.desk.current.case
    event = ConsentEvent(case.proband, Scope.PGX, decision, "2026-05-01", "form 7")
    window.desk.change(decided(case, [event], date(2026, 6, 1)))
    saved(window, qtbot)


def said(window: MainWindow) -> list[str]:
    return [one.detail for one in window.vault.casebook.audit() if one.act == "consent changed"]


def test_an_undone_consent_stays_on_record_and_the_audit_names_both(
    case_open: MainWindow, qtbot: QtBot
) -> None:
    window = case_open
    recorded(window, qtbot, Decision.WITHDRAWN)
    recorded(window, qtbot, Decision.GIVEN)
    window.do_undo()
    saved(window, qtbot)
    book, uid = window.vault.casebook, window.desk.session.uid
    case = book.load(uid).case
    assert not case.consent.allows(Scope.PGX)
    assert [(one.decision, one.recorded_by) for one in case.consent_events] == [
        (Decision.WITHDRAWN, ""),
        (Decision.GIVEN, ""),
        (Decision.UNDONE, "ada"),
    ]
    today = date.today().isoformat()
    assert said(window)[-2:] == ["patient pgx given 2026-05-01", f"patient pgx undone {today}"]


def test_undo_and_redo_bring_no_consent_back_and_say_so(case_open: MainWindow, qtbot: QtBot) -> None:
    window = case_open
    assert window.desk.current.case.consent.allows(Scope.PGX)
    recorded(window, qtbot, Decision.WITHDRAWN)
    edit(window, qtbot, indication="another")
    window.do_undo()
    saved(window, qtbot)
    assert "bring no consent back" not in window.problem.text.text()
    window.do_undo()
    saved(window, qtbot)
    case = window.vault.casebook.load(window.desk.session.uid).case
    assert case.indication != "another"
    assert [one.decision for one in case.consent_events] == [Decision.WITHDRAWN]
    assert not window.desk.current.case.consent.allows(Scope.PGX)
    assert "bring no consent back" in window.problem.text.text()
    assert said(window)[-1] == "patient pgx withdrawn 2026-05-01"
    window.do_redo()
    saved(window, qtbot)
    assert not window.desk.current.case.consent.allows(Scope.PGX)


def test_the_menu_names_no_earlier_edit_once_something_is_declined(
    case_open: MainWindow, qtbot: QtBot
) -> None:
    window = case_open
    edit(window, qtbot, indication="hypercholesterolaemia")
    assert "hypercholesterolaemia" in window.desk.session.stack.undoText()
    recorded(window, qtbot, Decision.WITHDRAWN)
    stack = window.desk.session.stack
    names = [stack.command(number).text() for number in range(stack.count())]
    assert "hypercholesterolaemia" not in " ".join(names)
    window.do_undo()
    window.do_undo()
    saved(window, qtbot)
    assert window.desk.session.case.indication != "hypercholesterolaemia"
    assert "hypercholesterolaemia" not in stack.redoText()


def test_what_another_program_records_holds_here_at_once(
    case_open: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    window, uid = case_open, case_open.desk.session.uid
    edit(window, qtbot, indication="before")
    with Door(folder).unlock("ada", PASSPHRASE) as other:
        theirs = other.load(uid)
        no = ConsentEvent(theirs.case.proband, Scope.PGX, Decision.WITHDRAWN, "2026-05-01")
        other.save(replace(theirs, case=decided(theirs.case, [no], date(2026, 6, 1))))
    window.vault.look_elsewhere()
    qtbot.waitUntil(lambda: not window.desk.current.case.consent.allows(Scope.PGX), timeout=10_000)
    assert "Somebody else" in window.problem.text.text()
    window.do_undo()  # one's own edit, not what somebody else recorded
    saved(window, qtbot)
    case = window.vault.casebook.load(uid).case
    assert case.indication != "before"
    assert case.consent_events == (no,)
    assert not case.consent.allows(Scope.PGX)


def test_what_was_recorded_while_the_window_was_locked_holds_after_it(
    case_open: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    window, uid = case_open, case_open.desk.session.uid
    window.do_lock()
    screen = window.lock_screen
    qtbot.waitUntil(lambda: not screen.runner.busy, timeout=10_000)
    with Door(folder).unlock("ada", PASSPHRASE) as other:
        theirs = other.load(uid)
        no = ConsentEvent(theirs.case.proband, Scope.PGX, Decision.WITHDRAWN, "2026-05-01")
        other.save(replace(theirs, case=decided(theirs.case, [no], date(2026, 6, 1))))
    window.unlocked(window.door.unlock("ada", PASSPHRASE))
    qtbot.waitUntil(lambda: not window.desk.current.case.consent.allows(Scope.PGX), timeout=10_000)
    saved(window, qtbot)


def test_a_decision_whose_analysis_is_stopped_is_undone_on_record(
    case_open: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = case_open
    before = window.desk.current.case

    def refuse(*_arguments: object) -> None:
        raise UserError("This cannot be analysed.")

    monkeypatch.setattr(StoreServices, "reanalyse", refuse)
    asked = ConsentEvent("FATHER", Scope.PRIMARY, Decision.GIVEN, "2026-05-01")
    window.desk.change(decided(before, [asked], date(2026, 6, 1)))
    qtbot.waitUntil(window.problem.isVisible)
    saved(window, qtbot)
    kept = window.desk.session.case
    assert [one.decision for one in kept.consent_events] == [Decision.GIVEN, Decision.UNDONE]
    assert kept.consent == before.consent
    assert window.desk.session.analysed
    assert window.vault.casebook.load(window.desk.session.uid).case == kept
