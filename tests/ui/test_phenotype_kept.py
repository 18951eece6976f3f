# ruff: noqa: F401, F811 - fixtures of the store window
"""A term is kept as soon as it is taken: it needs no analysis to be saved, undone or found again."""

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from test_lock_others import enter
from test_pedigree_behind import analysed
from test_store_window import bare, case_open, folder, made_store, saved, vcf, window

from genoai_desktop.domain.case import ObservedTerm
from genoai_desktop.ui.pages.phenotype import PhenotypePage
from genoai_desktop.ui.window import MainWindow

WIDE = ObservedTerm("HP:0000316", label="Hypertelorism")


@pytest.fixture
def page(case_open: MainWindow, analysed: list[int], qtbot: QtBot) -> PhenotypePage:
    case_open.show_page("phenotype")
    made = case_open.pages["phenotype"]
    assert isinstance(made, PhenotypePage)
    qtbot.waitUntil(lambda: made.built)
    return made


def test_a_term_is_saved_without_an_analysis(
    case_open: MainWindow, page: PhenotypePage, analysed: list[int], qtbot: QtBot
) -> None:
    page.take((WIDE,))
    saved(case_open, qtbot)
    assert case_open.vault.casebook is not None
    assert case_open.desk.session is not None
    assert WIDE in case_open.vault.casebook.load(case_open.desk.session.uid).case.terms
    assert analysed == []
    assert page.rank.isEnabled()


def test_a_term_survives_a_new_text_size_and_another_case(
    case_open: MainWindow, page: PhenotypePage, qtbot: QtBot
) -> None:
    page.take((WIDE,))
    page.invalidate()
    assert WIDE in page.terms
    case_open.desk.turn_to(None)
    case_open.desk.turn_to(case_open.desk.cases[0])
    case_open.show_page("phenotype")
    assert WIDE in page.terms
    assert page.rank.isEnabled()


def test_a_term_survives_the_lock(case_open: MainWindow, page: PhenotypePage, qtbot: QtBot) -> None:
    page.take((WIDE,))
    enter(case_open, qtbot, "ada", "correct horse battery")
    shown = case_open.page
    assert isinstance(shown, PhenotypePage)
    assert WIDE in shown.terms


def test_a_term_is_one_step_of_undo(case_open: MainWindow, page: PhenotypePage, qtbot: QtBot) -> None:
    before = page.terms
    page.take((ObservedTerm("HP:0000316"),))
    assert case_open.actions_by_id["undo"].text() == "Undo: Phenotype: Hypertelorism HP:0000316 added"
    page.take((ObservedTerm("HP:0001250", excluded=True),))
    case_open.do_undo()
    saved(case_open, qtbot)
    assert page.terms == (*before, WIDE)
    case_open.do_undo()
    saved(case_open, qtbot)
    assert page.terms == before


def test_another_page_is_shown_with_the_terms_taken_into_account(
    case_open: MainWindow, page: PhenotypePage, analysed: list[int], qtbot: QtBot
) -> None:
    page.take((WIDE,))
    case_open.show_page("candidates")
    saved(case_open, qtbot)
    assert len(analysed) == 1
    assert case_open.desk.session is not None
    assert not case_open.desk.session.behind


def test_a_reviewer_is_told_at_the_first_term(
    case_open: MainWindow, page: PhenotypePage, qtbot: QtBot
) -> None:
    enter(case_open, qtbot, "rita", "correct horse batteryr")
    case_open.show_page("phenotype")
    shown = case_open.page
    assert isinstance(shown, PhenotypePage)
    before = shown.terms
    shown.take((WIDE,))
    assert shown.terms == before
    assert "Reviewers may not change cases" in shown.banner.text.text()
