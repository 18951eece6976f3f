"""The phenotype page: neighbours of a term, a letter, what to ask next, qualifiers, phenopackets."""

import json
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genoai_desktop.app.phenotype import Qualifiers
from genoai_desktop.domain.case import ObservedTerm
from genoai_desktop.ui.dialogs.letter import LetterDialog
from genoai_desktop.ui.pages.phenotype import PhenotypePage
from genoai_desktop.ui.widgets.term_entry import TermEntry
from genoai_desktop.ui.window import MainWindow

LETTER = (
    "\N{SLIGHTLY SMILING FACE} This girl was born with a cleft palate. There was no coloboma. "
    "Her mother has hearing loss."
)
CLEFT, COLOBOMA, HEARING = "HP:0000175", "HP:0000589", "HP:0000365"


def page(qtbot: QtBot, window: MainWindow) -> PhenotypePage:
    window.show_page("phenotype")
    found = window.pages["phenotype"]
    assert isinstance(found, PhenotypePage)
    qtbot.waitUntil(lambda: not found.runner.busy, timeout=20_000)
    return found


def test_a_term_shows_its_neighbours_and_they_can_be_taken(qtbot: QtBot, opened: MainWindow) -> None:
    shown = page(qtbot, opened)
    shown.picker.offer("HP:0000175", "Cleft palate")
    qtbot.waitUntil(shown.term_card.isVisible, timeout=20_000)
    names = [b.accessibleName() for b in shown.term_card.findChildren(type(shown.rank))]
    assert any(name.startswith("Broader: ") for name in names)
    assert any(name.startswith("Narrower: ") for name in names)
    qtbot.keyClick(shown.picker.field, Qt.Key.Key_Return)
    assert shown.terms[-1] == ObservedTerm(CLEFT, label="Cleft palate")


def test_a_letter_is_recognised_marked_and_accepted_by_a_person(qtbot: QtBot, opened: MainWindow) -> None:
    shown = page(qtbot, opened)
    shown.take(())
    shown.from_letter()
    (dialog,) = shown.window().findChildren(LetterDialog)
    dialog.text.setPlainText(LETTER)
    qtbot.mouseClick(dialog.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.found.count() == 3, timeout=20_000)
    marked = [selection.cursor.selectedText() for selection in dialog.text.extraSelections()]
    assert marked == ["cleft palate", "coloboma", "hearing loss"]
    ticked = [dialog.found.item(at).checkState() is Qt.CheckState.Checked for at in range(3)]
    assert ticked == [True, True, False]
    before = {term.id for term in shown.terms}
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    now = {term.id: term for term in shown.terms}
    assert not now[CLEFT].excluded
    assert now[COLOBOMA].excluded
    assert HEARING in now if HEARING in before else HEARING not in now


def test_changing_the_text_takes_the_marks_away(qtbot: QtBot, opened: MainWindow) -> None:
    shown = page(qtbot, opened)
    shown.from_letter()
    (dialog,) = shown.window().findChildren(LetterDialog)
    dialog.text.setPlainText(LETTER)
    dialog.look.click()
    qtbot.waitUntil(lambda: dialog.found.count() == 3, timeout=20_000)
    dialog.text.insertPlainText("x")
    assert dialog.found.count() == 0
    assert not dialog.accept_button.isEnabled()
    dialog.reject()


def test_onset_and_severity_are_kept_and_undone_with_the_finding(qtbot: QtBot, opened: MainWindow) -> None:
    shown = page(qtbot, opened)
    shown.take((ObservedTerm(CLEFT),))
    entry = next(e for e in shown._lists.findChildren(TermEntry) if e._term.id == CLEFT)
    entry.onset.setCurrentIndex(entry.onset.findText("Congenital onset"))
    entry.onset.activated.emit(entry.onset.currentIndex())
    (term,) = [t for t in shown.terms if t.id == CLEFT]
    assert term.onset == "HP:0003577"
    with qtbot.waitSignal(opened.desk.case_changed, timeout=20_000):
        shown.rank.click()
    assert any(t.onset == "HP:0003577" for t in opened.desk.current.case.terms)


def test_a_choice_gets_its_words_once_they_are_known(qtbot: QtBot) -> None:
    term = ObservedTerm(CLEFT, onset="HP:0003577")
    entry = TermEntry(term, "Cleft", None, changed=lambda _new: None, removed=lambda: None)
    qtbot.addWidget(entry)
    assert entry.onset.currentText() == "HP:0003577"
    entry.know(Qualifiers((("HP:0003577", "Congenital onset"),), ()))
    assert (entry.onset.currentText(), entry.onset.count()) == ("Congenital onset", 2)
    assert entry.severity.count() == 1


def test_phenopackets_out_and_in(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    shown = page(qtbot, opened)
    shown.take((ObservedTerm(CLEFT, onset="HP:0003577", severity="HP:0012828"), ObservedTerm(COLOBOMA, True)))
    before = shown.terms
    path = tmp_path / "packet.json"
    shown.export_packet(path)
    qtbot.waitUntil(lambda: not shown.runner.busy, timeout=20_000)
    assert len(json.loads(path.read_text())["phenotypicFeatures"]) == len(before)
    for term in before:
        shown._remove(term)
    assert shown.terms == ()
    shown.import_packet(path)
    qtbot.waitUntil(lambda: not shown.runner.busy, timeout=20_000)
    key = lambda term: (term.id, term.excluded, term.onset, term.severity)  # noqa: E731
    assert sorted(map(key, shown.terms), key=str) == sorted(map(key, before), key=str)


def test_enter_takes_no_term_that_was_found_for_other_words(qtbot: QtBot, opened: MainWindow) -> None:
    shown = page(qtbot, opened)
    before, picker = shown.terms, shown.picker
    qtbot.keyClicks(picker.field, "hypertelorism")
    qtbot.waitUntil(lambda: picker.list.count() > 0, timeout=20_000)
    qtbot.keyClicks(picker.field, "x")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert shown.terms == before
    qtbot.keyClick(picker.field, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: "Hypertelorism" in picker.list.item(0).text(), timeout=20_000)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert shown.terms[-1] == ObservedTerm("HP:0000316", label="Hypertelorism")
    qtbot.keyClicks(picker.field, "seizure")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert shown.terms[-1] == ObservedTerm("HP:0000316", label="Hypertelorism")
    qtbot.waitUntil(lambda: "Seizure" in picker.list.item(0).text(), timeout=20_000)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert shown.terms[-1] == ObservedTerm("HP:0001250", True, label="Seizure")
