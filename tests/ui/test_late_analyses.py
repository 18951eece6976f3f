# ruff: noqa: F401, F811 - fixtures of the store window
"""What was edited or decided while an analysis ran is neither overwritten by it nor taken back by an edit."""

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from store_fixtures import StoreServices
from test_store_window import bare, case_open, folder, made_store, saved, vcf, window

from genoai_desktop.domain.case import Case, ObservedTerm, Scope
from genoai_desktop.domain.consent import ConsentEvent, Decision
from genoai_desktop.domain.consent_case import decided
from genoai_desktop.domain.family_case import family_of
from genoai_desktop.domain.family_edit import add_sibling, set_proband, set_sample
from genoai_desktop.ui.pages.pedigree import PedigreePage
from genoai_desktop.ui.window import MainWindow


class Gate:
    """Analyses of cases for which ``closed`` says so wait until it is opened."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.begun = threading.Event()
        self.closed: Any = lambda _case: False


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made, real = Gate(), StoreServices.reanalyse

    def reanalyse(services: StoreServices, opened: Any, case: Case, context: Any) -> Any:
        if made.closed(case):
            made.begun.set()
            made.open.wait(20)
        return real(services, opened, case, context)

    monkeypatch.setattr(StoreServices, "reanalyse", reanalyse)
    yield made
    made.open.set()


def withdrawn(case: Case) -> Case:
    no = ConsentEvent(case.proband, Scope.PGX, Decision.WITHDRAWN, "2026-05-01")
    return decided(case, [no], date(2026, 6, 1))


def test_a_withdrawal_while_the_pedigree_is_analysed_is_not_overwritten(
    case_open: MainWindow, qtbot: QtBot, gate: Gate
) -> None:
    window = case_open
    window.show_page("pedigree")
    page = window.pages["pedigree"]
    assert isinstance(page, PedigreePage)
    assert page.editor is not None
    family = family_of(window.desk.current.case)
    page.editor.show_family(family)
    gate.closed = lambda case: case.consent.allows(Scope.PGX)
    page._changed(add_sibling(family, family.proband))
    page.keep()
    page.analyse()
    qtbot.waitUntil(gate.begun.is_set)
    window.desk.change(withdrawn(window.desk.current.case))
    qtbot.waitUntil(lambda: not window.runner.busy)
    gate.open.set()
    qtbot.waitUntil(lambda: not page.runner.busy)
    saved(window, qtbot)
    assert not window.desk.session.case.consent.allows(Scope.PGX)
    assert not window.desk.current.case.consent.allows(Scope.PGX)
    assert len(window.desk.session.case.persons) > len(family.members)


def test_an_edit_taken_back_while_it_is_analysed_stays_taken_back(
    case_open: MainWindow, qtbot: QtBot, gate: Gate
) -> None:
    window = case_open
    before = window.desk.current.case
    gate.closed = lambda case: case.indication == "late"
    window.desk.change(replace(before, indication="late"))
    qtbot.waitUntil(gate.begun.is_set)
    window.do_undo()
    gate.open.set()
    saved(window, qtbot)
    assert window.desk.session.case == before
    assert window.desk.current.case == before


def test_an_edit_that_was_begun_before_a_decision_does_not_take_it_back(
    case_open: MainWindow, qtbot: QtBot
) -> None:
    window = case_open
    stale = window.desk.current.case
    window.desk.change(withdrawn(stale))
    saved(window, qtbot)
    window.desk.change(replace(stale, indication="begun earlier"))
    saved(window, qtbot)
    case = window.vault.casebook.load(window.desk.session.uid).case
    assert case.indication == "begun earlier"
    assert [event.decision for event in case.consent_events] == [Decision.WITHDRAWN]
    assert not window.desk.current.case.consent.allows(Scope.PGX)


def test_another_proband_is_shown_and_saved_by_that_persons_consent(
    case_open: MainWindow, qtbot: QtBot
) -> None:
    window = case_open
    child = window.desk.current.case
    window.show_page("pedigree")
    page = window.pages["pedigree"]
    assert isinstance(page, PedigreePage)
    family = family_of(child)
    other = next(one.id for one in family.members if one.id != family.proband)
    family = set_sample(family, other, "SECOND")
    assert page.editor is not None
    page.editor._take(set_proband(family, other), other)
    page.keep()
    assert window.desk.current.case.proband == child.proband  # nothing of the child's as the other's
    saved(window, qtbot)
    assert window.desk.current.case.proband == other
    assert window.desk.current.case.consent.given == frozenset()
    assert "another person" in page.banner.text.text()
    assert window.desk.current.case.terms == ()
    assert page.banner.isVisible()
    book, uid = window.vault.casebook, window.desk.session.uid
    assert book.peek(uid)[0]["summary"] == {}
    window.do_undo()
    saved(window, qtbot)
    assert window.desk.session.case == child


def test_what_was_entered_of_the_first_proband_can_be_said_to_be_the_others(
    case_open: MainWindow, qtbot: QtBot
) -> None:
    window = case_open
    window.desk.change(replace(window.desk.current.case, terms=(ObservedTerm("HP:0000365"),)))
    saved(window, qtbot)
    window.show_page("pedigree")
    page = window.pages["pedigree"]
    assert isinstance(page, PedigreePage)
    family = family_of(window.desk.current.case)
    other = next(one.id for one in family.members if one.id != family.proband)
    assert page.editor is not None
    page.editor._take(set_proband(set_sample(family, other, "SECOND"), other), other)
    page.keep()
    saved(window, qtbot)
    assert window.desk.current.case.terms == ()
    assert "features" in page.banner.text.text()
    page.banner.action.click()
    saved(window, qtbot)
    assert window.desk.current.case.terms == (ObservedTerm("HP:0000365"),)
    assert window.desk.current.case.proband == other
