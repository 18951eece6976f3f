"""From an empty machine to the first report, and around the assistant to the demo, with the real analyses."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pysam
import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from store_fixtures import PASSPHRASE
from test_reference import LENGTHS

from genoai_desktop.app.casebook import is_store
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.dialogs.first_run import FirstRun
from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.viewmodels.pdf import render
from genoai_desktop.ui.window import MainWindow

PATIENCE = 30_000


@pytest.fixture
def empty(qtbot: QtBot, theme: Theme, settings: QSettings, quick_keys: None) -> Iterator[MainWindow]:
    """The program as it starts for the first time."""
    made = MainWindow(Services(), theme, settings)
    made.show()
    made.begin()
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(qtbot: QtBot, made: QPushButton) -> None:
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def set_up(dialog: FirstRun, qtbot: QtBot, place: Path, reference: str = "") -> None:
    """Through the four steps, as a person types and presses."""
    dialog.folder.clear()
    qtbot.keyClicks(dialog.folder, str(place))
    press(qtbot, dialog.next_button)
    qtbot.keyClicks(dialog.user, "ada")
    for field in (dialog.passphrase, dialog.again):
        qtbot.keyClicks(field, PASSPHRASE)
    qtbot.keyClick(dialog.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.step == 2, timeout=PATIENCE)
    qtbot.keyClicks(dialog.confirmation, dialog.recovery.text()[-5:])
    press(qtbot, dialog.next_button)
    qtbot.keyClicks(dialog.reference, reference)
    qtbot.keyClicks(dialog.clinic, "Clinic by the Lake")
    press(qtbot, dialog.next_button)


def test_from_an_empty_machine_to_the_first_report(empty: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = empty.findChild(FirstRun)
    assert isinstance(dialog, FirstRun)
    set_up(dialog, qtbot, tmp_path / "store")
    qtbot.waitUntil(lambda: empty.vault.casebook is not None, timeout=PATIENCE)
    vcf = Path(shutil.copy(next((resources() / "demo").glob("*.vcf.gz")), tmp_path))
    empty.receive(vcf)
    asked = empty.findChild(OpenCaseDialog)
    assert isinstance(asked, OpenCaseDialog)
    qtbot.waitUntil(lambda: asked.sample.findText("DEMO-CHILD") >= 0, timeout=PATIENCE)
    asked.sample.setCurrentText("DEMO-CHILD")
    press(qtbot, asked.accept_button)
    qtbot.waitUntil(lambda: empty.desk.current is not None or empty.problem.isVisible(), timeout=PATIENCE)
    assert empty.problem.text.text() == ""
    empty.show_page("report")
    report = empty.report
    qtbot.waitUntil(lambda: report.shown is not None and not report.runner.busy, timeout=PATIENCE)
    report.save_to(tmp_path / "report.pdf")
    qtbot.waitUntil(lambda: "Saved as report.pdf" in report.banner.text.text(), timeout=PATIENCE)
    first = render((tmp_path / "report.pdf").read_bytes(), 200, Silent())[0]
    assert "Clinic by the Lake" in first.text
    qtbot.waitUntil(lambda: not empty.vault.unsaved(), timeout=PATIENCE)
    assert len(empty.vault.casebook.heads()) == 1  # type: ignore[union-attr]


def chromosome_21(folder: Path, build: Build) -> Path:
    """A whole FASTA of one chromosome, bgzipped: of unknown bases, so that it is small."""
    path = folder / f"{build}.fa.gz"
    with pysam.BGZFile(str(path), "wb") as file:
        file.write(b">chr21\n")
        lines, rest = divmod(LENGTHS[build], 60)
        for done in range(0, lines, 10_000):
            file.write((b"N" * 60 + b"\n") * min(10_000, lines - done))
        file.write(b"N" * rest + b"\n")
    return path


def test_the_assistant_takes_a_reference_genome(empty: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = empty.findChild(FirstRun)
    assert isinstance(dialog, FirstRun)
    path = chromosome_21(tmp_path, Build.GRCH38)
    set_up(dialog, qtbot, tmp_path / "store", str(path))
    qtbot.waitUntil(lambda: empty.desk.reference_for(Build.GRCH38) == path, timeout=PATIENCE)
    assert path.with_name(path.name + ".fai").is_file()
    assert "is GRCh38." in empty.problem.text.text()
    assert empty.desk.reference_for(Build.GRCH37) is None
    assert empty.vault.casebook is not None


def test_a_reference_that_is_not_there_keeps_the_assistant_at_its_last_step(
    empty: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = empty.findChild(FirstRun)
    assert isinstance(dialog, FirstRun)
    set_up(dialog, qtbot, tmp_path / "store", str(tmp_path / "gone.fa"))
    assert "there is no such file" in dialog.banner.text.text()
    assert dialog.step == 3
    assert not is_store(tmp_path / "store")
    dialog.reference.clear()
    press(qtbot, dialog.next_button)
    qtbot.waitUntil(lambda: empty.vault.casebook is not None, timeout=PATIENCE)
    assert empty.desk.references == {}


def test_a_reference_that_is_none_is_explained_and_the_store_is_there(
    empty: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = empty.findChild(FirstRun)
    assert isinstance(dialog, FirstRun)
    wrong = tmp_path / "notes.fa"
    wrong.write_text("not a sequence")
    set_up(dialog, qtbot, tmp_path / "store", str(wrong))
    qtbot.waitUntil(lambda: "not a FASTA" in empty.problem.text.text(), timeout=PATIENCE)
    assert empty.desk.references == {}
    assert empty.vault.casebook is not None


def test_around_the_assistant_to_the_demo(empty: MainWindow, qtbot: QtBot) -> None:
    dialog = empty.findChild(FirstRun)
    assert isinstance(dialog, FirstRun)
    place = Path(dialog.folder.text())
    press(qtbot, dialog.demo_button)
    qtbot.waitUntil(lambda: empty.desk.current is not None, timeout=PATIENCE)
    assert empty.desk.current is not None
    assert empty.desk.current.case.synthetic
    assert empty.vault.casebook is None
    assert not is_store(place)
    assert "nothing of it is kept" in empty.save_state.text()
