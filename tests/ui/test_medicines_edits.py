"""Edits from the Medicines page, each of which can be undone, and the dialogs behind them."""

from dataclasses import replace
from pathlib import Path

import pytest
from looking_keys import nameless
from medicines_page import PATIENCE, medicines_page, named, settled, words
from pytestqt.qtbot import QtBot

from genoai_desktop.domain.case import Medicine
from genoai_desktop.domain.outside import OutsideCall
from genoai_desktop.ui.dialogs.outside_calls import OutsideCallsDialog
from genoai_desktop.ui.dialogs.patient_context import PatientContextDialog
from genoai_desktop.ui.pages.medicines import MedicinesPage
from genoai_desktop.ui.window import MainWindow


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> MedicinesPage:
    """The page with the rich case open."""
    return medicines_page(window, qtbot)


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


def test_a_brand_is_marked_with_the_concern_of_what_it_stands_for(page: MedicinesPage, qtbot: QtBot) -> None:
    case = page.case
    assert case is not None
    branded = replace(case, medicines=(Medicine("Plavix 75 mg"),))
    settled(qtbot, page, lambda: page.desk.change(branded))
    assert page.bar.alert.text.text() == "Avoid: Plavix 75 mg"
    settled(qtbot, page, lambda: page.drop("clopidogrel"))
    assert page.case is not None
    assert page.case.medicines == ()
