"""Dialogs of the store and of documents: heard, walked with Tab, left with Escape, read in both themes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from looking_colours import pale
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from store_fixtures import PASSPHRASE, StoreServices, unlocked
from test_every_dialog import dialogs, wrong_with

from genoai_desktop.app.casebook import Door
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.domain.text import language_in_use
from genoai_desktop.ui.dialogs.edit_letter import EditLetterDialog
from genoai_desktop.ui.dialogs.outside_calls import OutsideCallsDialog
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.window import MainWindow


@pytest.fixture
def case_open(
    qtbot: QtBot, theme: Theme, settings: QSettings, tmp_path: Path, quick_keys: None
) -> Iterator[MainWindow]:
    """An unlocked store with one case of two versions and an attachment."""
    vcf = tmp_path / "family.vcf"
    vcf.write_text("##fileformat=VCFv4.3\n")
    with Door(tmp_path / "clinic").set_up(Door.prepare("ada", PASSPHRASE)):
        pass
    window = unlocked(MainWindow(StoreServices(vcf), theme, settings), tmp_path / "clinic")
    window.show()
    window.open_request(CaseRequest(vcf, sample="CHILD", name="Family 12"))
    qtbot.waitUntil(lambda: window.desk.session is not None and not window.vault.unsaved(), timeout=20_000)
    assert window.desk.session is not None
    assert window.vault.casebook is not None
    window.vault.casebook.attach(window.desk.session.uid, vcf)
    yield window
    window.close()
    if window.vault.casebook is not None:
        window.vault.casebook.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def outside(window: MainWindow) -> None:
    assert window.desk.session is not None
    OutsideCallsDialog(window.desk, window, window.desk.session.case).open()


def wording(window: MainWindow) -> None:
    session = window.desk.session
    assert session is not None
    document, clinic = Document(DocumentKind.LETTER), window.desk.house.clinic
    result, language = session.opened.result, language_in_use()
    words = window.desk.services.wording(result, document, clinic, language, Silent())
    EditLetterDialog(window.desk, window, session, document, words).open()


def sign(window: MainWindow) -> None:
    window.show_page("report")
    window.report.sign()


OPENED: dict[str, Callable[[MainWindow], None]] = {
    "users": MainWindow.do_users,
    "audit": MainWindow.do_audit,
    "attachments": MainWindow.do_attachments,
    "backup": lambda window: window.do_backup(),
    "compare": MainWindow.do_compare,
    "notes": MainWindow.do_notes,
    "outside": outside,
    "wording": wording,
    "sign": sign,
}


@pytest.mark.parametrize("scheme", list(Scheme), ids=str)
@pytest.mark.parametrize("name", OPENED)
def test_a_dialog_is_heard_walked_read_and_left(
    case_open: MainWindow, qtbot: QtBot, name: str, scheme: Scheme
) -> None:
    case_open.desk.theme.use(scheme)
    if name == "sign":
        case_open.show_page("report")
        qtbot.waitUntil(lambda: case_open.report.shown is not None, timeout=20_000)
    OPENED[name](case_open)
    qtbot.waitUntil(lambda: bool(dialogs(case_open)), timeout=20_000)
    (dialog,) = dialogs(case_open)
    qtbot.waitUntil(lambda: not getattr(dialog, "runner", case_open.runner).busy, timeout=20_000)
    qtbot.wait(1)  # what the answer changed is laid out
    assert pale(dialog) == []
    assert wrong_with(dialog, case_open) == []
