"""The open dialog: age, files, build, what is refused before anything is read."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from genoai_desktop.domain.case import ObservedTerm
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog
from genoai_desktop.ui.window import MainWindow


@pytest.fixture
def vcf(tmp_path: Path) -> Path:
    """A file whose samples the test's services know."""
    path = tmp_path / "family.vcf"
    path.write_text("##fileformat=VCFv4.3\n")
    return path


def dialog_for(window: MainWindow, vcf: Path, qtbot: QtBot) -> OpenCaseDialog:
    """The dialog with the samples listed."""
    dialog = OpenCaseDialog(window.desk, window, vcf=vcf)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.sample.count() == 2)
    return dialog


def test_what_is_not_said_is_left_open(window: MainWindow, vcf: Path, qtbot: QtBot) -> None:
    request = dialog_for(window, vcf, qtbot).request()
    assert (request.age, request.build, request.phenopacket) == (None, None, None)
    assert (request.reads, request.reference, request.ped) == (None, None, None)


def test_age_files_and_build_reach_the_request(window: MainWindow, vcf: Path, qtbot: QtBot) -> None:
    dialog = dialog_for(window, vcf, qtbot)
    dialog.age.setText("0,5")
    for name in ("phenopacket", "reads", "reference"):
        path = vcf.with_name(name)
        path.write_bytes(b"")
        getattr(dialog, name).setText(str(path))
    dialog.build.setCurrentText("GRCh37")
    dialog.accept()
    assert dialog.result() == OpenCaseDialog.DialogCode.Accepted
    request = dialog.request()
    assert (request.age, request.build) == (0.5, Build.GRCH37)
    found = (request.phenopacket, request.reads, request.reference)
    assert found == tuple(vcf.with_name(name) for name in ("phenopacket", "reads", "reference"))


@pytest.mark.parametrize("typed", ["-1", "121", "old", "nan", "inf"])
def test_an_age_that_cannot_be_is_not_passed_over(
    window: MainWindow, vcf: Path, qtbot: QtBot, typed: str
) -> None:
    dialog = dialog_for(window, vcf, qtbot)
    dialog.age.setText(typed)
    dialog.accept()
    assert dialog.isVisible()
    assert "between 0 and 120" in dialog.banner.text.text()
    dialog.reject()


def test_a_file_that_is_not_there_is_named_by_its_field(window: MainWindow, vcf: Path, qtbot: QtBot) -> None:
    dialog = dialog_for(window, vcf, qtbot)
    dialog.phenopacket.setText(str(vcf.with_name("Jane Doe.json")))
    dialog.accept()
    assert dialog.isVisible()
    assert "Phenopacket: there is no such file." in dialog.banner.text.text()
    assert "Jane" not in dialog.banner.text.text()
    dialog.reject()


def test_editing_shows_the_age_and_keeps_what_was_read(opened: MainWindow) -> None:
    current = opened.desk.current
    assert current is not None
    dialog = OpenCaseDialog(opened.desk, opened, opened=current)
    assert dialog.age.text() == "24"
    assert dialog.build.currentText() == "GRCh38"
    assert not any(w.isEnabled() for w in (dialog.vcf, dialog.build, dialog.reference, dialog.phenopacket))
    dialog.age.setText("25")
    case = dialog.edited_case(current.case)
    assert case.index.age_years == 25
    assert replace(case.index, age_years=24) == current.case.index
    dialog.reject()


def test_it_fits_a_small_screen(window: MainWindow, vcf: Path, qtbot: QtBot) -> None:
    dialog = dialog_for(window, vcf, qtbot)
    hint = dialog.minimumSizeHint()
    assert hint.width() <= 1280
    assert hint.height() <= 800
    assert dialog.height() <= 800
    assert dialog.accept_button.isVisible()
    dialog.reject()


def drop(dialog: OpenCaseDialog, *paths: Path) -> None:
    """Drop files onto the dialog, as the desktop does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    keys, mouse = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, mouse, keys))


def test_further_files_are_added_dropped_and_removed(window: MainWindow, vcf: Path, qtbot: QtBot) -> None:
    dialog = dialog_for(window, vcf, qtbot)
    structural, repeats = (vcf.with_name(name) for name in ("family.sv.vcf.gz", "family.str.vcf"))
    for path in (structural, repeats):
        path.write_bytes(b"")
    dialog.more.add([structural, structural])
    drop(dialog, repeats, vcf.with_name("notes.txt"))
    assert dialog.request().more == (structural, repeats)
    dialog.more.list.setCurrentRow(0)
    dialog.more.remove_button.click()
    assert dialog.request().more == (repeats,)
    dialog.accept()
    assert dialog.result() == OpenCaseDialog.DialogCode.Accepted


def test_the_first_file_dropped_is_the_cases_own(window: MainWindow, vcf: Path, qtbot: QtBot) -> None:
    dialog = OpenCaseDialog(window.desk, window)
    dialog.open()
    drop(dialog, vcf, vcf.with_name("sv.vcf"))
    assert dialog.vcf.text() == str(vcf)
    assert dialog.more.paths == (vcf.with_name("sv.vcf"),)
    qtbot.waitUntil(lambda: dialog.sample.count() == 2)
    dialog.accept()
    assert dialog.isVisible()
    assert "no such file" in dialog.banner.text.text()


def test_an_open_case_shows_its_further_files_and_keeps_them(
    window: MainWindow, vcf: Path, qtbot: QtBot
) -> None:
    window.open_demo()
    qtbot.waitUntil(lambda: window.desk.current is not None)
    opened = window.desk.current
    assert opened is not None
    request = SimpleNamespace(**(vars(opened.request) | {"more": (vcf,)}))
    dialog = OpenCaseDialog(window.desk, window, opened=replace(opened, request=request))
    assert dialog.more.paths == (vcf,)
    assert not dialog.more.isEnabled()


def test_editing_keeps_onset_and_severity_of_terms(opened: MainWindow) -> None:
    current = opened.desk.current
    assert current is not None
    known = ObservedTerm("HP:0000589", onset="HP:0003577", severity="HP:0012828", label="Coloboma")
    case = replace(current.case, terms=(known, ObservedTerm("HP:0000453", onset="HP:0003577")))
    dialog = OpenCaseDialog(opened.desk, opened, opened=replace(current, case=case))
    dialog.add_term("HP:0000453", excluded=True)
    dialog.add_term("HP:0000589")
    assert set(dialog.edited_case(case).terms) == {known, ObservedTerm("HP:0000453", excluded=True)}
    dialog.reject()


def test_editing_rounds_no_age(opened: MainWindow) -> None:
    current = opened.desk.current
    assert current is not None
    persons = tuple(replace(person, age_years=1 / 12) for person in current.case.persons)
    case = replace(current.case, persons=persons)
    dialog = OpenCaseDialog(opened.desk, opened, opened=replace(current, case=case))
    assert dialog.edited_case(case).index.age_years == 1 / 12
    dialog.reject()


def refused(window: MainWindow, vcf: Path, qtbot: QtBot, analyse: Callable[..., Any]) -> OpenCaseDialog:
    """The dialog with a name and a term, accepted; ``analyse`` is what comes of it."""
    window.desk.services.analyse = analyse  # type: ignore[method-assign]
    window.open_file(vcf)
    (dialog,) = window.findChildren(OpenCaseDialog)
    qtbot.waitUntil(lambda: dialog.sample.count() == 2)
    dialog.name.setText("K-1")
    dialog.add_term("HP:0000589")
    dialog.accept_button.click()
    return dialog


def test_what_was_typed_comes_back_when_the_file_cannot_be_read(
    window: MainWindow, vcf: Path, qtbot: QtBot
) -> None:
    def unreadable(_request: object, _context: object) -> Any:
        raise UserError("The line has 1 columns and needs six.", where="bad.ped, line 1")

    dialog = refused(window, vcf, qtbot, unreadable)
    qtbot.waitUntil(lambda: "needs six" in dialog.banner.text.text())
    assert dialog.isVisible()
    assert (dialog.request().name, dialog.request().observed) == ("K-1", ("HP:0000589",))


def test_what_was_typed_comes_back_when_opening_is_stopped(
    window: MainWindow, vcf: Path, qtbot: QtBot
) -> None:
    def slow(_request: object, context: Context) -> Any:
        while True:
            context.check()

    dialog = refused(window, vcf, qtbot, slow)
    assert not dialog.isVisible()
    window.do_cancel()
    assert dialog.isVisible()
    assert dialog.request().name == "K-1"


def test_the_dialog_goes_once_its_case_is_open(window: MainWindow, vcf: Path, qtbot: QtBot) -> None:
    refused(window, vcf, qtbot, window.desk.services.analyse)
    qtbot.waitUntil(lambda: window.desk.current is not None)
    qtbot.waitUntil(lambda: not window.findChildren(OpenCaseDialog))
