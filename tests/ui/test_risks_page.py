"""Risks page: every figure with its words, couple mode, breast factors, screening options, slices of time."""

import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import QuickServices
from looking_keys import nameless
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot
from rich_risks import CARRIER, rich
from sample_case import sample_case

from genoai_desktop.domain.breast import BreastFactors
from genoai_desktop.domain.case import Case, CasePartner, Consent, Scope, Sex
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.provenance import Coverage
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.ui import in_turn
from genoai_desktop.ui.dialogs.breast_factors import BreastFactorsDialog
from genoai_desktop.ui.dialogs.couple import CoupleDialog
from genoai_desktop.ui.dialogs.screening import ScreeningDialog
from genoai_desktop.ui.pages.risks import RisksPage
from genoai_desktop.ui.widgets.risk_drawing import DrawingView
from genoai_desktop.ui.window import MainWindow

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report"))


def shown(window: MainWindow, qtbot: QtBot, opened: Any = None) -> RisksPage:
    window.desk.add(opened if opened is not None else rich())
    window.show_page("risks")
    page = window.pages["risks"]
    assert isinstance(page, RisksPage)
    qtbot.waitUntil(lambda: page.built)
    return page


def words(widget: QWidget) -> str:
    return " | ".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def test_every_figure_has_percent_people_comparison_horizon_source_and_sentence(
    window: MainWindow, qtbot: QtBot
) -> None:
    said = words(shown(window, qtbot))
    for expected in (
        "all parts together, by age 80",
        "21 %   ·   about 21 in 100",
        "About 79 in 100 are not affected.",
        "95 % interval 15 % to 30 %; comparison, women of the same age: 9.5 % (the upright line).",
        "Of 100 women about 21 get it.",
        "Not BOADICEA.",
        "Source: Someone 2020 PMID:1",
        "yearly MRI (NCCN 2024)",
        "none of them an order",
        "Chances by age",
        "Relatives, and whom to test next",
        "0.20 %, fewer than 1 in 100",
        "test next",
        "Built in EUR.",
        "about 60% in this ancestry",
        "z +1.40",
        "percentile 76 of EUR",
        "Map of reference people",
        "Tested and not tested",
        "FMR1: repeats",
    ):
        assert expected in said, expected


def test_an_answer_on_the_acmg_list_is_no_second_finding(window: MainWindow, qtbot: QtBot) -> None:
    from report_cases import candidate, rare, variant

    made = rich()
    risk = made.result.risk
    one = variant("BRCA2", inheritance="AD")
    found = replace(risk.findings[0], variants=(one,), meaning="Found outside the question asked.")
    answer = candidate(gene="BRCA2", variants=(one,))
    result = replace(
        made.result, rare=rare((answer,)), risk=replace(risk, findings=(found, *risk.findings[1:]))
    )
    said = words(shown(window, qtbot, replace(made, result=result)))
    assert "Secondary finding" not in said
    assert "Found outside the question" not in said
    assert "Candidate 1" in said
    assert "one finding, not a second one" in said


def test_every_drawing_has_a_text_alternative(window: MainWindow, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    views = page.findChildren(DrawingView)
    assert len(views) >= 8
    for view in views:
        assert view.accessibleName()
        assert len(view.accessibleDescription()) > 15
    assert nameless(window) == []


def test_the_couple_is_shown_with_the_chance_for_a_child_and_what_was_not_covered(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = shown(window, qtbot)
    said = words(page)
    assert "25 %   ·   about 25 in 100" in said
    assert "CHILD: chance to be a carrier 100 %" in said
    assert "DAD: chance to be a carrier not known" in said
    assert "Couple: what was covered and what was not" in said
    assert page.letter_button.isVisible()


def test_the_page_is_filled_piece_by_piece(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(window, qtbot)  # fonts and drawings are known from here on
    pieces: list[int] = []
    page = window.pages["risks"]
    assert isinstance(page, RisksPage)
    original = page.fit

    def counted() -> None:
        original()
        pieces.append(page.body.count())

    monkeypatch.setattr(page.turn, "_paused", counted)
    monkeypatch.setattr(in_turn, "SLICE_SECONDS", 0.0)
    page.invalidate()
    qtbot.waitUntil(lambda: page.built)
    assert len(pieces) > 8
    assert max(after - before for before, after in pairwise(pieces)) <= 2


def test_a_part_switched_off_is_an_edit_of_the_case(window: MainWindow, qtbot: QtBot) -> None:
    page = shown(window, qtbot)
    tick = next(one for one in page.findChildren(QCheckBox) if one.text() == "BRCA1 and BRCA2")
    assert tick.isChecked()
    with qtbot.waitSignal(window.desk.edit_wanted) as asked:
        tick.click()
    case: Case = asked.args[1]
    assert case.breast == BreastFactors(population=1, switched_off=("monogenic",))


def test_a_switched_off_part_can_be_switched_on_again(window: MainWindow, qtbot: QtBot) -> None:
    opened = rich()
    off = replace(opened.case, breast=BreastFactors(switched_off=("polygenic",)))
    opened = replace(opened, case=off, result=replace(opened.result, case=off))
    page = shown(window, qtbot, opened)
    tick = next(one for one in page.findChildren(QCheckBox) if one.text() == "Polygenic score")
    assert tick.isEnabled()
    assert not tick.isChecked()
    with qtbot.waitSignal(window.desk.edit_wanted) as asked:
        tick.click()
    assert asked.args[1].breast.switched_off == ()


def test_genes_that_cannot_be_answered_for_stand_with_the_carrier_findings(
    window: MainWindow, qtbot: QtBot
) -> None:
    line = Coverage("Carrier findings", "genes", 2730, 1, "A separate test.", ("SMN1: copy number",))
    said = words(shown(window, qtbot, rich(couple=None, coverage=(line,))))
    assert "Carrier genes that this file cannot answer for" in said
    assert "SMN1: copy number" in said


def test_without_consent_the_page_says_so_and_offers_what_needs_none(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = shown(window, qtbot, sample_case(scopes=frozenset({Scope.PGX})))
    assert "Not covered by consent" in words(page)
    assert not page.breast_button.isVisible()
    assert not page.couple_button.isVisible()
    page = shown(window, qtbot, sample_case(scopes=frozenset({Scope.PRIMARY})))
    assert "No chances were computed" in words(page)
    assert page.breast_button.isVisible()
    assert not page.couple_button.isVisible()


def test_breast_factors_are_taken_over(window: MainWindow, qtbot: QtBot) -> None:
    opened = sample_case()
    dialog = BreastFactorsDialog(opened.case, window.desk.theme, window)
    dialog.population.setCurrentIndex(dialog.population.findData(2))
    dialog.menarche.setText("12")
    dialog.first_birth.setText(" 28 ")
    dialog.births.setCurrentIndex(1)
    dialog.biopsies.setText("1")
    dialog.hyperplasia.setCurrentIndex(1)
    dialog.parts["polygenic"].setChecked(False)
    with qtbot.waitSignal(dialog.answered) as answered:
        dialog.accept()
    assert answered.args[0].breast == BreastFactors(2, 12, 28, False, 1, True, ("polygenic",))


@pytest.mark.parametrize(
    ("field", "text", "name"),
    [
        ("menarche", "44", "Age at menarche"),
        ("menarche", "twelve", "Age at menarche"),
        ("first_birth", "9", "Age at first live birth"),
        ("biopsies", "-1", "Number of breast biopsies"),
        ("biopsies", "99", "Number of breast biopsies"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_by_its_name(
    window: MainWindow, qtbot: QtBot, field: str, text: str, name: str
) -> None:
    dialog = BreastFactorsDialog(sample_case().case, window.desk.theme, window)
    dialog.show()
    getattr(dialog, field).setText(text)
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.banner.isVisible()
    assert name in dialog.banner.text.text()
    dialog.reject()


def test_hyperplasia_without_a_biopsy_is_refused_by_its_name(window: MainWindow, qtbot: QtBot) -> None:
    dialog = BreastFactorsDialog(sample_case().case, window.desk.theme, window)
    dialog.hyperplasia.setCurrentIndex(1)
    dialog.accept()
    assert "Atypical hyperplasia" in dialog.banner.text.text()


def test_answers_can_be_removed(window: MainWindow, qtbot: QtBot) -> None:
    case = replace(sample_case().case, breast=BreastFactors(menarche=12))
    dialog = BreastFactorsDialog(case, window.desk.theme, window)
    assert dialog.menarche.text() == "12"
    with qtbot.waitSignal(dialog.answered) as answered:
        dialog.remove()
    assert answered.args[0].breast is None


def couple_dialog(window: MainWindow, qtbot: QtBot, path: Path) -> CoupleDialog:
    path.write_text("##fileformat=VCFv4.2\n")
    dialog = CoupleDialog(window.desk, window)
    dialog.vcf.setText(str(path))
    qtbot.waitUntil(lambda: dialog.sample.count() > 0 and not dialog.runner.busy)
    return dialog


@pytest.fixture
def plain(window: MainWindow, services: QuickServices, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A case without a partner; headers are on GRCh38."""
    monkeypatch.setattr(services, "header_build", lambda _path, _context: Build.GRCH38)
    opened = rich(couple=None)
    case = replace(opened.case, partner=None)
    window.desk.add(replace(opened, case=case, result=replace(opened.result, case=case)))
    return window


def test_a_partner_is_attached_with_sample_sex_population_and_consent(
    plain: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = couple_dialog(plain, qtbot, tmp_path / "partner.vcf")
    assert not dialog.accept_button.isEnabled()  # no consent yet
    dialog.consent.setChecked(True)
    dialog.sample.setCurrentText("MOTHER")
    dialog.population.setCurrentIndex(dialog.population.findData("AJ"))
    dialog.day.setText("soon")
    dialog.accept()
    assert "is not a date" in dialog.banner.text.text()
    dialog.day.setText("2026-05-01")
    dialog.document.setText("form 9")
    with qtbot.waitSignal(plain.desk.edit_wanted) as asked:
        dialog.accept()
    (event,) = asked.args[1].consent_events
    said = (event.person, event.scope, event.date, event.document)
    assert said == ("partner MOTHER", Scope.CARRIER, "2026-05-01", "form 9")  # "MOTHER" is another person
    partner = asked.args[1].partner
    assert partner == CasePartner("MOTHER", Sex.MALE, CARRIER, "partner.vcf", "AJ", "global")
    assert plain.desk.session is not None
    assert plain.desk.session.stored.request.partner == tmp_path / "partner.vcf"
    qtbot.waitUntil(lambda: plain.desk.current is not None and plain.desk.current.case.partner == partner)
    assert plain.desk.current is not None
    assert plain.desk.current.request.partner_sample == "MOTHER"
    again = CoupleDialog(plain.desk, plain)
    assert (again.day.text(), again.document.text()) == ("2026-05-01", "form 9")
    qtbot.waitUntil(lambda: again.sample.count() > 0 and not again.runner.busy)
    again.population.setCurrentIndex(again.population.findData("FIN"))
    with qtbot.waitSignal(plain.desk.edit_wanted) as asked:
        again.accept()
    assert len(asked.args[1].consent_events) == 1  # nothing new was decided


def test_the_patients_own_sample_and_another_build_are_refused(
    plain: MainWindow, qtbot: QtBot, tmp_path: Path, services: QuickServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.vcf"
    assert plain.desk.session is not None
    request = replace(plain.desk.session.opened.request, vcf=own)
    plain.desk.session.opened = replace(plain.desk.session.opened, request=request)
    dialog = couple_dialog(plain, qtbot, own)
    dialog.consent.setChecked(True)
    dialog.accept()
    assert "own sample" in dialog.banner.text.text()
    dialog.reject()
    monkeypatch.setattr(services, "header_build", lambda _path, _context: Build.GRCH37)
    dialog = couple_dialog(plain, qtbot, tmp_path / "other.vcf")
    dialog.consent.setChecked(True)
    dialog.accept()
    assert "GRCh37" in dialog.banner.text.text()
    dialog.reject()


def test_a_partner_can_be_removed(window: MainWindow, qtbot: QtBot) -> None:
    window.desk.add(rich())
    dialog = CoupleDialog(window.desk, window)
    assert not dialog.remove_button.isHidden()
    with qtbot.waitSignal(window.desk.edit_wanted) as asked:
        dialog.remove()
    assert asked.args[1].partner is None


def test_the_couple_letter_is_written(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = shown(window, qtbot)
    path = tmp_path / "couple.pdf"
    page.write_letter(str(path))
    qtbot.waitUntil(lambda: not page.runner.busy, timeout=20_000)
    assert path.read_bytes().startswith(b"%PDF"), page.banner.text.text()
    assert "couple.pdf" in page.banner.text.text()


def test_screening_options_are_edited_checked_and_kept(
    window: MainWindow, qtbot: QtBot, services: QuickServices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENOAI_DATA", str(tmp_path))
    monkeypatch.setattr(services, "_make", Knowledge)  # it comes to hold this clinic's own table
    dialog = ScreeningDialog(window.desk, window)
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 5, timeout=20_000)
    dialog.show()
    dialog.add()
    last = dialog.table.rowCount() - 1
    for place, text in ((0, "CHEK2"), (4, "colonoscopy from age 40"), (6, "2025")):
        item = dialog.table.item(last, place)
        assert item is not None
        item.setText(text)
    dialog.save()
    qtbot.waitUntil(lambda: not dialog.runner.busy)
    assert dialog.isVisible()  # the guideline is missing, and the field is named
    assert "guideline" in dialog.banner.text.text()
    assert not (tmp_path / "screening.tsv").exists()
    item = dialog.table.item(last, 5)
    assert item is not None
    item.setText("Our tumor board")
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    assert (tmp_path / "screening.tsv").read_text().count("\n") == 2
    assert services.knowledge.risk.screening_options("CHEK2")[0].local


def test_dialogs_have_names_everywhere(window: MainWindow, qtbot: QtBot) -> None:
    window.desk.add(rich())
    for dialog in (
        BreastFactorsDialog(rich().case, window.desk.theme, window),
        CoupleDialog(window.desk, window),
        ScreeningDialog(window.desk, window),
    ):
        assert nameless(dialog) == []
        for made in dialog.findChildren(QAbstractButton):
            assert made.accessibleName() or made.objectName().startswith("qt_") or not made.text()
        qtbot.waitUntil(
            lambda dialog=dialog: not getattr(dialog, "runner", window.runner).busy, timeout=20_000
        )
        dialog.reject()


def test_a_couple_left_out_for_want_of_consent_is_told(window: MainWindow, qtbot: QtBot) -> None:
    opened = rich(couple=None)
    partner = CasePartner("MOTHER", Sex.MALE, Consent(frozenset()), "partner.vcf")
    case = replace(opened.case, partner=partner)
    page = shown(window, qtbot, replace(opened, case=case, result=replace(opened.result, case=case)))
    assert "The couple was not looked at: both need to consent" in words(page)


def test_where_both_consented_nothing_is_said_of_consent(window: MainWindow, qtbot: QtBot) -> None:
    assert "both need to consent" not in words(shown(window, qtbot))
