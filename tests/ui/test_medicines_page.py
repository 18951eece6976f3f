"""The Medicines page: lists, what is opened, what if, papers, declined."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from conftest import QuickServices
from looking_keys import nameless
from medicines_page import PATIENCE, medicines_page, named, settled, words
from PySide6.QtCore import QEvent, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sample_case import sample_case

from genoai_desktop.analysis.pharmacogenomics import ConcernEntry, Relation
from genoai_desktop.app.medicines import MedicineView
from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.pgx import CallStatus, Concern, DoseAdvice, GeneCall
from genoai_desktop.domain.text import speaking
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.pages.medicines import MedicinesPage
from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.viewmodels.medicines import doses
from genoai_desktop.ui.viewmodels.pdf import render
from genoai_desktop.ui.window import MainWindow


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> MedicinesPage:
    """The page with the rich case open."""
    return medicines_page(window, qtbot)


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
        "Strong",
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


def test_phenotypes_and_strengths_are_said_in_the_language_of_the_window(
    window: MainWindow, qtbot: QtBot
) -> None:
    with speaking("de", resources() / "translations"):
        page = medicines_page(window, qtbot)
        page.turn_to("gene", "CYP2D6")
        told = words(page.shown)
        page.turn_to("drug", "simvastatin")
        told += words(page.shown)
    assert "langsamer Abbau" in told
    assert "stark" in told
    assert "Metabolizer" not in told
    assert "Strong" not in told


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
    assert len(render(printed.read_bytes(), 200, Silent())) == len(render(path.read_bytes(), 200, Silent()))


def test_the_card_is_in_the_language_of_the_window(page: MedicinesPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    with speaking("de", resources() / "translations"):
        page.papers.save_to(path, "card")
    qtbot.waitUntil(page.banner.isVisible, timeout=PATIENCE)
    document = pypdfium2.PdfDocument(path.read_bytes())
    assert "Medikamentenkarte" in document[0].get_textpage().get_text_bounded()
    document.close()


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


def test_a_calculated_dose_is_listed_with_what_the_guideline_makes_of_it(page: MedicinesPage) -> None:
    base = DoseAdvice("warfarin", "maintenance dose", 33.0, 21.0, 48.0, "mg/week", "IWPC 2009", "IWPC 2009")
    after = replace(base, kind="maintenance dose after CPIC's steps", dose=None, low=17.0, high=25.0)
    entry = ConcernEntry("warfarin", Relation.TAKEN, Concern.ADJUST, (), ())
    ((line,),) = [group.lines for group in doses(page.desk.theme, [MedicineView(entry, (base, after))], "")]
    assert line.note == "33 mg/week  →  17 to 25 mg/week"


def test_what_to_avoid_is_said_in_words_above_the_medicines(page: MedicinesPage) -> None:
    assert page.bar.alert.isVisible()
    assert page.bar.alert.text.text() == "Avoid: clopidogrel · Adjust dose: simvastatin"
    page.bar.forget()
    assert not page.bar.alert.isVisible()
    assert page.bar.alert.text.text() == ""
