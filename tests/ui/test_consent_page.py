"""Recording a decision changes what holds, at once, and keeps what was decided before."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from genoai_desktop.domain.case import Case, CasePartner, Consent, Scope, Sex
from genoai_desktop.domain.consent import ConsentEvent, Decision, standing
from genoai_desktop.domain.consent_case import decided
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
    (dialog,) = shown.window().findChildren(ConsentDialog)
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


def after_a_yes(
    qtbot: QtBot, opened: MainWindow, decision: Decision, day: str
) -> tuple[ConsentEvent, ConsentDialog]:
    """A yes of May 2nd, 2026, and a dialog in which an earlier decision was entered and accepted once."""
    case = opened.desk.current.case
    yes = ConsentEvent(case.proband, Scope.PGX, Decision.GIVEN, "2026-05-02")
    with qtbot.waitSignal(opened.desk.case_changed):
        opened.desk.change(decided(case, [yes], date(2026, 6, 1)))
    dialog = asked(qtbot, opened)
    dialog.scopes[Scope.PGX].setChecked(True)
    dialog.decision.setCurrentIndex(dialog.decision.findData(decision))
    dialog.day.setText(day)
    dialog.accept_button.click()
    return yes, dialog


def test_a_withdrawal_that_a_later_consent_outdates_is_not_recorded_unnoticed(
    qtbot: QtBot, opened: MainWindow
) -> None:
    yes, dialog = after_a_yes(qtbot, opened, Decision.WITHDRAWN, "2026-05-01")
    assert "would change nothing" in dialog.problem.text()
    assert "2026-05-02" in dialog.problem.text()
    assert opened.desk.current.case.consent_events == (yes,)
    dialog.day.setText("2026-05-02")
    with qtbot.waitSignal(opened.desk.case_changed):
        dialog.accept_button.click()
    assert not opened.desk.current.case.consent.allows(Scope.PGX)


def test_an_older_refusal_can_be_kept_as_history(qtbot: QtBot, opened: MainWindow) -> None:
    _, dialog = after_a_yes(qtbot, opened, Decision.DECLINED, "2025-05-01")
    with qtbot.waitSignal(opened.desk.case_changed):
        dialog.accept_button.click()
    assert len(opened.desk.current.case.consent_events) == 2
    assert opened.desk.current.case.consent.allows(Scope.PGX)


@pytest.mark.parametrize(("age", "said"), [(12.0, "Ask again when of age"), (19.0, "this person is of age")])
def test_what_a_guardian_decided_is_asked_again_of_who_came_of_age(
    opened: MainWindow, qtbot: QtBot, age: float, said: str
) -> None:
    case = opened.desk.current.case
    persons = tuple(replace(one, age_years=age) if one == case.index else one for one in case.persons)
    yes = ConsentEvent(case.proband, Scope.PGX, Decision.GIVEN, "2026-05-02", guardian="the mother")
    with qtbot.waitSignal(opened.desk.case_changed):
        opened.desk.change(decided(replace(case, persons=persons), [yes], date(2026, 6, 1)))
    texts = [one.text() for one in page(opened).findChildren(QLabel)]
    assert any(said in text for text in texts)


def test_the_partner_decides_as_a_person(qtbot: QtBot, opened: MainWindow) -> None:
    window = opened
    stated = CasePartner("SAM2", Sex.MALE, Consent(frozenset({Scope.CARRIER})))
    with qtbot.waitSignal(window.desk.case_changed):
        window.desk.change(replace(window.desk.current.case, partner=stated))
    shown = page(window)
    assert any("SAM2 (partner)" in title.text() for title in shown.findChildren(QLabel))
    shown.record_buttons["SAM2"].click()
    (dialog,) = shown.window().findChildren(ConsentDialog)
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
