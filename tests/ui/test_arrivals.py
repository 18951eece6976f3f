"""Files given at start or dropped on the window: each opens what it is."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from store_fixtures import PASSPHRASE, copy_of, quick_store, unlocked

from genoai_desktop.app.casebook import is_store
from genoai_desktop.ui.arrivals import Arrival, arrival
from genoai_desktop.ui.dialogs.backup import BackupDialog
from genoai_desktop.ui.dialogs.first_run import FirstRun
from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog
from genoai_desktop.ui.dialogs.update import UpdateDialog
from genoai_desktop.ui.window import MainWindow


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store, and its backup beside it."""
    folder = tmp_path_factory.mktemp("arrivals") / "clinic"
    return quick_store(folder, backup=folder.parent / "b.genoai-backup")


def drop(window: MainWindow, path: Path) -> None:
    """As a file manager drops a file."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPoint(40, 40),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.VCF.gz", Arrival.VARIANTS),
        ("a.bcf", Arrival.VARIANTS),
        ("clinic.genoai", Arrival.STORE),
        ("x.genoai-backup", Arrival.BACKUP),
        ("x.genopack", Arrival.PACK),
        ("x.pdf", None),
    ],
)
def test_a_name_says_what_opens_the_file(name: str, kind: Arrival | None) -> None:
    assert arrival(Path(name)) is kind


def test_a_dropped_vcf_asks_about_the_patient(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    path.write_text("##fileformat=VCFv4.3\n")
    drop(window, path)
    dialog = window.findChild(OpenCaseDialog)
    assert dialog.vcf.text() == str(path)
    dialog.reject()


def test_a_dropped_pack_is_looked_at(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "x.genopack"
    path.write_bytes(b"no pack")
    drop(window, path)
    dialog = window.findChild(UpdateDialog)
    qtbot.waitUntil(lambda: dialog.banner.text.text() != "", timeout=10_000)
    assert not dialog.install_button.isEnabled()
    dialog.reject()


def test_a_case_store_given_at_start_asks_for_its_passphrase(
    window: MainWindow, made: Path, tmp_path: Path
) -> None:
    folder = copy_of(made, tmp_path / "clinic")
    window.begin_with(folder / "clinic.genoai")
    assert window.lock_screen is not None
    assert window.door is not None
    assert window.door.folder == folder


def test_a_file_that_only_bears_the_name_of_a_store_is_refused(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "other.genoai").write_bytes(b"")
    window.begin_with(tmp_path / "other.genoai")
    assert window.lock_screen is None
    assert "no case store" in window.problem.text.text()


def test_a_backup_is_restored_and_used_on_a_machine_without_a_store(
    window: MainWindow, qtbot: QtBot, made: Path, tmp_path: Path
) -> None:
    window.begin_with(made.parent / "b.genoai-backup")
    dialog = window.findChild(BackupDialog)
    assert not dialog.backup_button.isEnabled()
    dialog.folder.setText(str(tmp_path / "restored"))
    dialog.user.setText("ada")
    dialog.passphrase.setText(PASSPHRASE)
    with qtbot.waitSignal(dialog.restored, timeout=20_000):
        dialog.restore()
    assert is_store(tmp_path / "restored")
    dialog.use_button.click()
    assert window.door is not None
    assert window.door.folder == tmp_path / "restored"
    assert unlocked(window, tmp_path / "restored").vault.casebook is not None


def test_a_wrong_passphrase_restores_nothing_and_can_be_tried_again(
    window: MainWindow, qtbot: QtBot, made: Path, tmp_path: Path
) -> None:
    window.receive(made.parent / "b.genoai-backup")
    dialog = window.findChild(BackupDialog)
    dialog.folder.setText(str(tmp_path / "restored"))
    dialog.user.setText("ada")
    dialog.passphrase.setText("another phrase altogether")
    dialog.restore()
    qtbot.waitUntil(dialog.restore_button.isEnabled, timeout=20_000)
    assert dialog.banner.text.text() != ""
    assert not dialog.use_button.isVisibleTo(dialog)
    assert not is_store(tmp_path / "restored")
    dialog.reject()


def test_the_first_run_leads_to_a_backup(window: MainWindow) -> None:
    window.do_set_up_store()
    window.findChild(FirstRun).restore_wanted.emit()
    assert window.findChild(BackupDialog) is not None
