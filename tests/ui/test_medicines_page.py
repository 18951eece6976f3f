"""The Medicines page: lists, what if, edits of the case with undo, dialogs, papers, declined."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import QuickServices
from PySide6.QtCore import QEvent, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sample_case import Opened, sample_case
from test_accessibility import nameless

from genoai_desktop.domain.case import Medicine, Scope
from genoai_desktop.domain.outside import OutsideCall
from genoai_desktop.domain.pgx import (
    CallStatus,
    Concern,
    CopyNumber,
    DoseAdvice,
    DrugCaution,
    GeneCall,
    MissingPosition,
    PgxResult,
    PhenoConversion,
    PossibleResult,
)
from genoai_desktop.ui.dialogs.outside_calls import OutsideCallsDialog
from genoai_desktop.ui.dialogs.patient_context import PatientContextDialog
from genoai_desktop.ui.pages.medicines import MedicinesPage
from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.window import MainWindow

PATIENCE = 20_000
NONE_EXCLUDED = tuple(MissingPosition(f"rs{n}", 1000 + n, ("*28",)) for n in range(20))


def rich_case() -> Opened:
    """The sample case with a conversion, a caution, doses, copies and results that were not excluded."""
    made = sample_case()
    before = made.result.pgx
    assert before is not None
    cyp2d6 = GeneCall(
        "CYP2D6",
        "*1/*1",
        ("*1/*5",),
        "Poor Metabolizer",
        "0.0",
        CallStatus.AMBIGUOUS,
        140,
        (),
        ("Copies were counted in the reads.",),
        (PossibleResult("*1/*5", "Intermediate Metabolizer", "1.0", (), True),),
        CopyNumber("CYP2D6", 2, 2.02, 1.9, 2.1, 0.98, method="depth against the genes beside it"),
    )
    ugt1a1 = GeneCall(
        "UGT1A1",
        "*1/*1",
        ("*1/*28",),
        "Indeterminate",
        "",
        CallStatus.INDETERMINATE,
        3,
        NONE_EXCLUDED,
        (),
        (PossibleResult("*1/*28", "Intermediate Metabolizer", "", ("rs3064744",), True),),
    )
    calls = (*(call for call in before.calls if call.gene != "CYP2D6"), cyp2d6, ugt1a1)
    doses = (
        DoseAdvice(
            "tacrolimus", "starting dose", None, None, None, "", "", "CPIC 2015", reason="Weight is needed."
        ),
        DoseAdvice(
            "warfarin",
            "maintenance dose",
            26.3,
            16.0,
            38.4,
            "mg/week",
            "GenoAI warfarin 1",
            "IWPC 2009",
            warnings=("Less exact in this group.",),
            why="Our own model, because it was more exact.",
        ),
    )
    pgx = PgxResult(
        before.sample,
        calls,
        before.advice,
        (),
        (),
        (
            PhenoConversion(
                "CYP2D6", "Normal Metabolizer", "Poor Metabolizer", ("paroxetine",), ("Cicali 2021",), "2.0"
            ),
        ),
        (
            DrugCaution(
                "warfarin",
                Concern.AVOID,
                "Pregnancy: warfarin can harm the unborn child.",
                "approved label",
                True,
            ),
        ),
        doses,
    )
    return replace(made, result=replace(made.result, pgx=pgx))


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> MedicinesPage:
    """The page with the rich case open."""
    window.desk.add(rich_case())  # type: ignore[arg-type]
    window.show_page("medicines")
    found = window.pages["medicines"]
    assert isinstance(found, MedicinesPage)
    qtbot.waitUntil(lambda: not found.runner.busy, timeout=PATIENCE)
    return found


def drawn() -> None:
    """Let the parts of what is in view follow one another."""
    for _ in range(12):
        QApplication.processEvents()


def words(root: QWidget) -> str:
    """Everything that the labels in view say."""
    drawn()
    return "\n".join(label.text() for label in root.findChildren(QLabel) if label.isVisibleTo(root))


def named(root: QWidget, name: str) -> QPushButton:
    """The button that a screen reader calls so."""
    drawn()
    return next(
        b for b in root.findChildren(QPushButton) if b.accessibleName() == name and b.isVisibleTo(root)
    )


def settled(qtbot: QtBot, page: MedicinesPage, change: Callable[[], object]) -> None:
    """Make an edit and wait until the case was analysed again."""
    with qtbot.waitSignal(page.desk.case_changed, timeout=PATIENCE):
        change()
    qtbot.waitUntil(lambda: not page.runner.busy, timeout=PATIENCE)


def test_the_gravest_come_first_in_words_shape_and_colour(page: MedicinesPage) -> None:
    assert page.list.keys[0] == ("drug", "clopidogrel")
    first = page.list.item(1)
    assert first.text() == "clopidogrel, Planned · Avoid · CYP2C19"
    headings = [page.list.item(n).text() for n in range(page.list.count()) if not page.list.item(n).flags()]
    assert headings[0] == "Avoid (2)"
    icons = {
        page.list.item(n).data(Qt.ItemDataRole.UserRole).icon.cacheKey()
        for n in range(page.list.count())
        if page.list.item(n).flags()
    }
    assert len(icons) >= 4


def test_arrow_keys_pass_over_headings(page: MedicinesPage, qtbot: QtBot) -> None:
    page.list.setFocus()
    seen = []
    for _ in page.list.keys:
        seen.append(page.list.key)
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert seen == page.list.keys


def test_a_medicine_opens_into_all_that_the_guideline_says(page: MedicinesPage) -> None:
    page.turn_to("drug", "simvastatin")
    said = words(page.shown)
    for fact in (
        "Use a lower dose or another statin.",
        "0.5 times the usual dose",
        "strong",
        "CPIC",
        "version 2022",
        "PMID:35034351",
        "More muscle side effects.",
        "SLCO1B1 Decreased function",
        "*1/*5",
        "Ambiguous",
        "Adjust dose",
        "Taken",
    ):
        assert fact in said, fact


def test_phenoconversion_and_cautions_are_shown_as_such(page: MedicinesPage) -> None:
    page.turn_to("drug", "codeine")
    assert "CYP2D6: Normal Metabolizer by genotype, acts as Poor Metabolizer because of paroxetine." in words(
        page.shown
    )
    assert "Cicali 2021" in words(page.shown)
    page.turn_to("drug", "warfarin")
    assert "Pregnancy: warfarin can harm the unborn child." in words(page.shown)
    assert "not by genotype" in words(page.shown)


def test_doses_with_interval_model_and_reason_or_none(page: MedicinesPage) -> None:
    page.turn_to("dose", "warfarin")
    said = words(page.shown)
    for fact in (
        "26 mg/week",
        "between 16 and 38",
        "GenoAI warfarin 1",
        "because it was more exact",
        "Less exact in this group.",
        "can harm the unborn child",
    ):
        assert fact in said, fact
    page.turn_to("dose", "tacrolimus")
    assert "Weight is needed." in words(page.shown)
    assert "mg" not in words(page.shown)


def test_a_gene_says_what_was_not_excluded_and_what_that_would_change(
    page: MedicinesPage, qtbot: QtBot
) -> None:
    page.turn_to("gene", "UGT1A1")
    said = words(page.shown)
    for fact in (
        "Diplotype that fits best, not certain",
        "3 of 23",
        "*1/*28",
        "Intermediate Metabolizer",
        "rs3064744",
        "Changes the answer",
        "Positions not seen (20)",
        "Missing is not reference",
    ):
        assert fact in said, fact
    assert "rs19" not in said
    qtbot.mouseClick(named(page.shown, "Show all missing positions of UGT1A1"), Qt.MouseButton.LeftButton)
    assert "rs19" in words(page.shown)
    page.turn_to("gene", "CYP2D6")
    assert "2.02 (95 % interval 1.90 to 2.10)" in words(page.shown)
    assert "acts as Poor Metabolizer because of paroxetine" in words(page.shown)


def test_search_narrows_every_list(page: MedicinesPage) -> None:
    page.search.setText("slco")
    assert {name for _, name in page.list.keys} == {"simvastatin", "fluvastatin"}
    page.views["gene"].setChecked(True)
    page.views["gene"].click()
    page.search.setText("clopi")
    assert page.list.keys == [("gene", "CYP2C19")]
    page.search.setText("nothing like it")
    assert page.list.keys == []
    assert "Nothing fits" in words(page.shown)


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_what_if_answers_at_once_and_adds_nothing(page: MedicinesPage, qtbot: QtBot) -> None:
    before = page.case
    qtbot.keyClicks(page.bar.field, "escitalopram")
    qtbot.waitUntil(lambda: page.tried is not None, timeout=PATIENCE)
    said = words(page.shown)
    assert "What if: escitalopram" in said
    assert "Nothing was added" in said
    assert page.case is before
    page.bar.field.clear()
    qtbot.waitUntil(lambda: "What if" not in words(page.shown), timeout=PATIENCE)


def test_what_if_of_a_medicine_that_nobody_knows_is_no_all_clear(page: MedicinesPage, qtbot: QtBot) -> None:
    page.bar.field.setText("nosuchmedicine")
    qtbot.waitUntil(lambda: page.tried is not None, timeout=PATIENCE)
    assert "does not make it safe" in words(page.shown)


def test_what_if_offers_what_a_fragment_may_mean(page: MedicinesPage, qtbot: QtBot) -> None:
    page.bar.field.setText("statin")
    qtbot.waitUntil(lambda: page.tried is not None, timeout=PATIENCE)
    before = page.case
    page.bar.plan.click()
    assert "Choose which one is meant" in page.banner.text.text()
    assert page.case is before
    named(page.shown, "Try rosuvastatin").click()
    qtbot.waitUntil(
        lambda: page.tried is not None and page.tried.drugs == ("rosuvastatin",), timeout=PATIENCE
    )


def test_adding_turning_and_removing_a_medicine_can_be_undone(page: MedicinesPage, qtbot: QtBot) -> None:
    page.bar.field.setText("escitalop")
    qtbot.waitUntil(lambda: page.tried is not None, timeout=PATIENCE)
    settled(qtbot, page, page.bar.plan.click)
    assert page.case is not None
    assert page.case.medicines[-1] == Medicine("escitalopram", True)
    assert page.bar.field.text() == ""
    settled(qtbot, page, named(page.shown, "Mark escitalopram as taken").click)
    assert page.case.medicines[-1] == Medicine("escitalopram", False)
    settled(qtbot, page, named(page.shown, "Remove escitalopram from the list").click)
    assert [m.name for m in page.case.medicines] == ["clopidogrel", "simvastatin"]
    assert page.desk.session is not None
    settled(qtbot, page, page.desk.session.stack.undo)
    assert page.case.medicines[-1] == Medicine("escitalopram", False)


def test_the_laboratorys_declaration_is_the_cases_and_can_be_undone(
    page: MedicinesPage, qtbot: QtBot
) -> None:
    page.views["gene"].click()
    settled(qtbot, page, page.covered.click)
    assert page.case is not None
    assert page.case.reports_every_covered_position
    assert page.covered.isChecked()
    assert page.desk.session is not None
    settled(qtbot, page, page.desk.session.stack.undo)
    assert not page.case.reports_every_covered_position
    assert not page.covered.isChecked()


def test_patient_data_is_checked_and_the_field_named(page: MedicinesPage, qtbot: QtBot) -> None:
    dialog = page.edit_patient()
    assert isinstance(dialog, PatientContextDialog)
    assert nameless(dialog) == []
    dialog.figures["weight_kg"].setText("900")
    dialog.accept()
    assert dialog.isVisible()
    assert "Weight (kg)" in dialog.banner.text.text()
    dialog.figures["weight_kg"].setText("much")
    dialog.accept()
    assert "“much” is not a number" in dialog.banner.text.text()
    dialog.figures["weight_kg"].setText("61,5")
    dialog.figures["height_cm"].setText("165")
    answer = dialog.answers["pregnant"]
    answer.setCurrentIndex(answer.findData("no"))
    settled(qtbot, page, dialog.accept)
    assert page.case is not None
    patient = page.case.patient
    assert (patient.weight_kg, patient.height_cm, patient.pregnant, patient.breastfeeding) == (
        61.5,
        165,
        False,
        None,
    )
    assert "61.5 kg" in page.subtitle.text()
    assert "not stated" not in page.subtitle.text()


def test_a_pregnancy_must_fit_the_stated_sex(page: MedicinesPage) -> None:
    dialog = page.edit_patient()
    assert dialog is not None
    dialog.sex.setCurrentIndex(dialog.sex.findData("male"))
    dialog.answers["pregnant"].setCurrentIndex(dialog.answers["pregnant"].findData("yes"))
    dialog.accept()
    assert "Pregnant" in dialog.banner.text.text()
    dialog.reject()


def ready(qtbot: QtBot, dialog: OutsideCallsDialog | None) -> OutsideCallsDialog:
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.gene.count() > 20 and not dialog.runner.busy, timeout=PATIENCE)
    return dialog


def test_a_typed_result_is_checked_explained_and_kept(page: MedicinesPage, qtbot: QtBot) -> None:
    dialog = ready(qtbot, page.state_outside("HLA-B"))
    assert nameless(dialog) == []
    assert not dialog.copies.isEnabled()
    dialog.diplotype.setText("5701")
    dialog.add()
    qtbot.waitUntil(dialog.banner.isVisible, timeout=PATIENCE)
    assert "Diplotype" in dialog.banner.text.text()
    dialog.diplotype.setText("*57:01/*08:01")
    qtbot.waitUntil(lambda: "*57:01 positive" in dialog.meaning.text(), timeout=PATIENCE)
    dialog.source.setText("City lab 2024")
    dialog.add()
    qtbot.waitUntil(lambda: bool(dialog.calls), timeout=PATIENCE)
    settled(qtbot, page, dialog.apply_button.click)
    assert page.case is not None
    assert page.case.outside_calls == (OutsideCall("HLA-B", "*57:01/*08:01", source="City lab 2024"),)
    assert "(1)" in page.outside.text()


def test_copies_alone_can_be_stated(page: MedicinesPage, qtbot: QtBot) -> None:
    dialog = ready(qtbot, page.state_outside("CYP2D6"))
    assert dialog.copies.isEnabled()
    dialog.copies.setText("three")
    dialog.add()
    assert "whole number" in dialog.banner.text.text()
    dialog.copies.setText("3")
    dialog.add()
    qtbot.waitUntil(lambda: dialog.calls == (OutsideCall("CYP2D6", copies=3),), timeout=PATIENCE)
    dialog.reject()


def test_results_are_read_from_a_file(page: MedicinesPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "outside.tsv"
    path.write_text("sample\tgene\tdiplotype\nCHILD\tHLA-B\t*57:01/*08:01\nOTHER\tCYP2D6\t*4/*4\n")
    dialog = ready(qtbot, page.state_outside())
    dialog.read_file(path)
    qtbot.waitUntil(lambda: dialog.calls == (OutsideCall("HLA-B", "*57:01/*08:01"),), timeout=PATIENCE)
    path.write_text("sample\tgene\tdiplotype\nOTHER\tCYP2D6\t*4/*4\n")
    dialog.read_file(path)
    qtbot.waitUntil(lambda: "no result for this patient" in dialog.banner.text.text(), timeout=PATIENCE)
    assert str(tmp_path) not in dialog.banner.text.text()
    dialog.reject()


def test_a_stated_result_is_marked_and_can_be_taken_away(page: MedicinesPage, qtbot: QtBot) -> None:
    assert page.case is not None
    stated = replace(page.case, outside_calls=(OutsideCall("CYP2C19", "*2/*2"),))
    settled(qtbot, page, lambda: page.desk.change(stated))
    page.turn_to("gene", "CYP2C19")
    assert "From another laboratory" in words(page.shown)
    remove = named(page.shown, "Remove the other laboratory's result for CYP2C19")
    settled(qtbot, page, remove.click)
    assert page.case.outside_calls == ()


@pytest.mark.parametrize("kind", ["card", "alerts"])
def test_card_and_alert_list_are_saved_and_printed(
    page: MedicinesPage, qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "paper.pdf"
    page.papers.save_to(path, kind)
    qtbot.waitUntil(page.banner.isVisible, timeout=PATIENCE)
    assert path.read_bytes().startswith(b"%PDF")
    assert "draft" in page.banner.text.text()
    printed = tmp_path / "printed.pdf"
    printer = QPrinter()
    printer.setOutputFileName(str(printed))
    page.papers.print_on(printer, kind)
    qtbot.waitUntil(lambda: not page.runner.busy and printed.exists(), timeout=PATIENCE)


def test_links_lead_from_drug_to_gene_and_back(page: MedicinesPage, qtbot: QtBot) -> None:
    page.turn_to("drug", "clopidogrel")
    named(page.shown, "Show gene CYP2C19").click()
    assert page.list.key == ("gene", "CYP2C19")
    named(page.shown, "Show voriconazole").click()
    assert page.list.key == ("drug", "voriconazole")


def test_declined_shows_nothing_and_another_case_nothing_of_this_one(
    window: MainWindow, page: MedicinesPage, qtbot: QtBot
) -> None:
    page.bar.field.setText("tramadol")
    declined = sample_case(scopes=frozenset({Scope.PRIMARY}))
    window.desk.add(declined)  # type: ignore[arg-type]
    assert "Not covered by consent" in words(page)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not any("clopidogrel" in label.text() for label in page.findChildren(QLabel))
    assert page.list.count() == 0
    assert page.bar.field.text() == ""
    assert not page.papers.isEnabled()


@pytest.mark.parametrize("scheme", list(Scheme))
def test_every_part_has_a_name_in_both_themes(page: MedicinesPage, qtbot: QtBot, scheme: Scheme) -> None:
    page.desk.theme.use(scheme)
    for kind, name in (
        ("concern", "clopidogrel"),
        ("drug", "codeine"),
        ("gene", "UGT1A1"),
        ("dose", "warfarin"),
    ):
        page.turn_to(kind, name)
        assert nameless(page) == []
        assert not page.grab().isNull()


def test_a_new_analysis_keeps_what_is_in_view(page: MedicinesPage, qtbot: QtBot) -> None:
    page.turn_to("gene", "CYP2C19")
    settled(qtbot, page, page.covered.click)
    assert page.list.key == ("gene", "CYP2C19")
    assert page.kind == "gene"


def test_services_answer_without_a_result(services: QuickServices) -> None:
    from genoai_desktop.domain.context import Silent

    declined = sample_case(scopes=frozenset({Scope.PRIMARY}))
    assert services.try_medicine(declined, "codeine", Silent()).drugs == ()  # type: ignore[arg-type]


def test_notes_on_the_whole_result_can_be_read(page: MedicinesPage, qtbot: QtBot) -> None:
    assert not page.notes.isVisible()
    opened = page.opened
    assert opened is not None
    pgx = opened.result.pgx
    assert pgx is not None
    noted = replace(pgx, notes=("omeprazole is a weak inhibitor of CYP2C19.",))
    page.desk.add(replace(opened, result=replace(opened.result, pgx=noted)))
    assert page.notes.text() == "Notes (1)"
    page.notes.click()
    assert "weak inhibitor" in words(page.shown)
    assert "Cicali 2021" in words(page.shown)


def test_an_hla_tag_warns_that_it_is_a_hint_and_for_whom(page: MedicinesPage) -> None:
    opened = page.opened
    assert opened is not None
    pgx = opened.result.pgx
    assert pgx is not None
    note = (
        "HLA-B*57:01 by its tag rs2395029 only (x 2008); the tag holds for Europeans. Confirm by HLA typing."
    )
    call = GeneCall("HLA-B", "", (), "*57:01 positive", "", CallStatus.INDETERMINATE, 1, (), (note,))
    tagged = replace(opened, result=replace(opened.result, pgx=replace(pgx, calls=(*pgx.calls, call))))
    page.desk.add(tagged)
    page.turn_to("gene", "HLA-B")
    assert "never typing" in words(page.shown)
    assert "holds for Europeans" in words(page.shown)
