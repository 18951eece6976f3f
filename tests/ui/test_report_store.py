# ruff: noqa: F401, F811 - fixtures of the store window
"""Signed papers and letterhead with a real encrypted store behind the window."""

from pathlib import Path

from pytestqt.qtbot import QtBot
from store_fixtures import PASSPHRASE, unlocked
from test_report_page import case_of, choose_section, editing, ready, sign, word
from test_store_window import bare, case_open, folder, made_store, saved, vcf, window

from genoai_desktop.domain.letters import Clinic, Document, DocumentKind, Letterhead
from genoai_desktop.report.signing import verify
from genoai_desktop.ui.dialogs.letterhead import LetterheadDialog
from genoai_desktop.ui.dialogs.sign import SignDialog
from genoai_desktop.ui.dialogs.users import UsersDialog
from genoai_desktop.ui.pages.report import ReportPage
from genoai_desktop.ui.viewmodels.paper import paper_of
from genoai_desktop.ui.window import MainWindow

LETTER = Document(DocumentKind.LETTER)
PATIENCE = 30_000


def letter(window: MainWindow, qtbot: QtBot) -> ReportPage:
    window.show_page("report")
    page = window.report
    qtbot.waitUntil(lambda: page.shown is not None, timeout=PATIENCE)
    page.choose(LETTER)
    ready(page, qtbot, LETTER)
    return page


def test_the_signed_pdf_is_an_attachment_and_comes_back(
    case_open: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    folder: Path,
) -> None:
    page = letter(case_open, qtbot)
    word(page, qtbot, privacy="Keep it safe.")
    sign(page, qtbot)
    assert "kept with the case" in page.banner.text.text()
    saved(case_open, qtbot)
    record = case_of(page).signatures[0]
    book, session = case_open.vault.casebook, case_open.desk.session
    assert book is not None
    assert session is not None
    kept = book.attachments(session.uid)
    assert [(one.name, one.attachment_id) for one in kept] == [("letter-en-v1.pdf", record.attachment)]
    session.papers.clear()
    data = paper_of(session, book, record)
    assert data is not None
    assert verify(data).is_about(record.sha256)
    stored = book.load(session.uid)
    assert stored.case.signatures == (record,)
    assert [edit.text for edit in stored.case.letter_edits] == ["Keep it safe."]
    told = [(entry.act, entry.detail) for entry in book.audit()]
    assert ("signed", "sign report letter en") in told
    assert not any("Eva" in detail for _, detail in told)
    assert all(b"Keep it safe" not in path.read_bytes() for path in folder.iterdir() if path.is_file())


def test_the_reviewer_signs_but_changes_nothing(
    bare: MainWindow, folder: Path, vcf: Path, qtbot: QtBot
) -> None:
    window = unlocked(bare, folder, "rita", PASSPHRASE + "r")
    window.open_request(window.desk.services.case_made().request)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: window.desk.current is not None, timeout=PATIENCE)
    page = letter(window, qtbot)
    page.sign()
    qtbot.waitUntil(lambda: page.findChild(SignDialog) is not None, timeout=PATIENCE)
    dialog = page.findChild(SignDialog)
    assert isinstance(dialog, SignDialog)
    dialog.name.setText("Rita Reviews")
    dialog.role.setText("Reviewer")
    dialog.read.setChecked(True)
    dialog.sign()
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.final, timeout=PATIENCE)
    assert "save the PDF now" in page.banner.text.text()
    assert case_of(page).signatures == ()
    book = window.vault.casebook
    assert book is not None
    assert "signed" in {entry.act for entry in book.audit()}


def test_the_letterhead_stays_with_the_store(case_open: MainWindow, qtbot: QtBot, folder: Path) -> None:
    case_open.do_letterhead()
    dialog = case_open.findChild(LetterheadDialog)
    assert isinstance(dialog, LetterheadDialog)
    dialog.name.setText("Institute of Genetics")
    dialog.phone.setText("+49 30 1234")
    dialog.accept()
    qtbot.waitUntil(lambda: not case_open.vault.runner.busy, timeout=PATIENCE)
    case_open.do_users()
    users = case_open.findChild(UsersDialog)
    assert isinstance(users, UsersDialog)
    qtbot.waitUntil(lambda: users.clinic.text() == "Institute of Genetics", timeout=PATIENCE)
    users.address.setPlainText("Main Street 1")
    users.keep_clinic()
    wanted = Letterhead("Institute of Genetics", "Main Street 1", "+49 30 1234")
    qtbot.waitUntil(lambda: case_open.desk.house.clinic.letterhead == wanted, timeout=PATIENCE)
    users.accept()
    case_open.do_lock()
    assert case_open.desk.house.clinic.letterhead == Letterhead()
    screen = case_open.lock_screen
    assert screen is not None
    qtbot.waitUntil(lambda: not screen.runner.busy, timeout=PATIENCE)
    unlocked(case_open, folder)
    qtbot.waitUntil(lambda: case_open.desk.house.clinic.letterhead == wanted, timeout=PATIENCE)


def test_wording_under_way_waits_behind_the_lock(case_open: MainWindow, qtbot: QtBot, folder: Path) -> None:
    page = letter(case_open, qtbot)
    dialog = editing(page, qtbot)
    choose_section(dialog, "privacy")
    dialog.type("Keep it safe.")
    case_open.do_lock()
    assert not dialog.isVisible()
    screen = case_open.lock_screen
    assert screen is not None
    qtbot.waitUntil(lambda: not screen.runner.busy, timeout=PATIENCE)
    unlocked(case_open, folder)
    assert dialog.isVisible()
    dialog.accept()
    session = case_open.desk.session
    assert session is not None
    qtbot.waitUntil(lambda: bool(session.case.letter_edits), timeout=PATIENCE)
    assert session.case.letter_edits[0].author == "ada"


def test_no_question_for_a_signature_waits_behind_the_lock(
    case_open: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    page = letter(case_open, qtbot)
    page.sign()
    qtbot.waitUntil(lambda: page.findChild(SignDialog) is not None, timeout=PATIENCE)
    case_open.do_lock()
    screen = case_open.lock_screen
    assert screen is not None
    qtbot.waitUntil(lambda: not screen.runner.busy, timeout=PATIENCE)
    unlocked(case_open, folder)
    assert not any(one.isVisible() for one in case_open.findChildren(SignDialog))


def test_a_store_takes_over_the_letterhead_of_memory(bare: MainWindow, folder: Path, qtbot: QtBot) -> None:
    head = Letterhead("Institute of Genetics")
    bare.desk.house.keep(Clinic(head))
    window = unlocked(bare, folder)
    book = window.vault.casebook
    assert book is not None
    qtbot.waitUntil(lambda: book.setting("letterhead") is not None, timeout=PATIENCE)
    assert book.setting("letterhead")["clinic"] == "Institute of Genetics"
    assert window.desk.house.clinic.letterhead == head
