"""Recording a decision changes what holds, at once, and keeps what was decided before."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from genoai_desktop.domain.case import Case, CasePartner, Consent, Scope, Sex
from genoai_desktop.domain.consent import Decision, standing
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.ui.dialogs.consent import ConsentDialog
from genoai_desktop.ui.pages.consent import ConsentPage
from genoai_desktop.ui.window import MainWindow


def page(window: MainWindow) -> ConsentPage:
    window.show_page("consent")
    found = window.pages["consent"]
    assert isinstance(found, ConsentPage)
    return found


def asked(qtbot: QtBot, window: MainWindow) -> ConsentDialog:
    shown = page(window)
    qtbot.mouseClick(shown.record_buttons[window.desk.current.case.proband], Qt.MouseButton.LeftButton)
    (dialog,) = shown.findChildren(ConsentDialog)
    return dialog


def test_a_withdrawal_is_recorded_and_holds(qtbot: QtBot, opened: MainWindow) -> None:
    window = opened
    before = window.desk.current.case
    assert before.consent.allows(Scope.PGX)
    dialog = asked(qtbot, window)
    dialog.scopes[Scope.PGX].setChecked(True)
    dialog.decision.setCurrentIndex(dialog.decision.findData(Decision.WITHDRAWN))
    dialog.day.setText("2026-05-01")
    dialog.document.setText("form 7")
    with qtbot.waitSignal(window.desk.case_changed):
        qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    case = window.desk.current.case
    assert case.consent.given == before.consent.given - {Scope.PGX}
    held = standing(case.consent_events, case.proband)
    assert held[Scope.PGX].document == "form 7"
    assert held[Scope.PRIMARY].decision is Decision.GIVEN


def test_the_partner_decides_as_a_person(qtbot: QtBot, opened: MainWindow) -> None:
    window = opened
    stated = CasePartner("SAM2", Sex.MALE, Consent(frozenset({Scope.CARRIER})))
    with qtbot.waitSignal(window.desk.case_changed):
        window.desk.change(replace(window.desk.current.case, partner=stated))
    shown = page(window)
    assert any("SAM2 (partner)" in title.text() for title in shown.findChildren(QLabel))
    shown.record_buttons["SAM2"].click()
    (dialog,) = shown.findChildren(ConsentDialog)
    dialog.scopes[Scope.CARRIER].setChecked(True)
    dialog.decision.setCurrentIndex(dialog.decision.findData(Decision.WITHDRAWN))
    dialog.day.setText("2026-05-01")
    with qtbot.waitSignal(window.desk.case_changed):
        dialog.accept_button.click()
    case = window.desk.current.case
    assert case.partner.consent.given == frozenset()
    assert standing(case.consent_events, "SAM2")[Scope.CARRIER].date == "2026-05-01"


def test_nothing_is_recorded_without_a_scope_or_a_day(qtbot: QtBot, opened: MainWindow) -> None:
    dialog = asked(qtbot, opened)
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert "at least one" in dialog.problem.text()
    dialog.scopes[Scope.PGX].setChecked(True)
    dialog.day.setText("tomorrow")
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert "is not a date" in dialog.problem.text()
    assert opened.desk.current.case.consent_events == ()
    dialog.reject()


def test_a_withdrawal_holds_where_the_new_analysis_fails(qtbot: QtBot, opened: MainWindow) -> None:
    services = opened.desk.services

    def fail(*_: object) -> None:
        raise UserError("The disk went away.")

    def narrowed(old: Any, case: Case, _context: Context) -> Any:
        return replace(old, case=case, result=replace(old.result, case=case, pgx=None))

    services.reanalyse, services.narrowed = fail, narrowed
    before = opened.desk.current.case
    limited = replace(before, consent=Consent(before.consent.given - {Scope.PGX}))
    with qtbot.waitSignal(opened.desk.case_changed):
        opened.desk.change(limited)
    assert not opened.desk.current.case.consent.allows(Scope.PGX)
    assert opened.desk.current.result.pgx is None


def test_the_case_is_closed_where_nothing_can_be_taken_out(qtbot: QtBot, opened: MainWindow) -> None:
    def fail(*_: object) -> None:
        raise UserError("The disk went away.")

    opened.desk.services.reanalyse = opened.desk.services.narrowed = fail
    before = opened.desk.current.case
    with qtbot.waitSignal(opened.desk.case_changed):
        opened.desk.change(replace(before, consent=Consent(frozenset())))
    assert opened.desk.current is None
    assert "Consent was taken back" in opened.problem.text.text()
