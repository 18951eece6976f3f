"""The open dialog: age, files, build, what is refused before anything is read."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

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
