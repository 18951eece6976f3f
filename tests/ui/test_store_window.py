"""The case store in the window: first run, unlock, lock, undo, autosave, search, compare, audit."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from looking_keys import nameless
from store_fixtures import PASSPHRASE, StoreServices, copy_of, quick_store, real_case, unlocked

from genoai_desktop.app.casebook import Door, FilesMissing, Status, is_store
from genoai_desktop.app.casebook.backup import restore
from genoai_desktop.cases.store import Store
from genoai_desktop.domain.case import CasePartner, Consent, Scope, Sex
from genoai_desktop.domain.consent import ConsentEvent, Decision
from genoai_desktop.domain.errors import UserError
from genoai_desktop.ui.dialogs.attachments import AttachmentsDialog
from genoai_desktop.ui.dialogs.audit import AuditDialog
from genoai_desktop.ui.dialogs.backup import BackupDialog
from genoai_desktop.ui.dialogs.compare import CompareDialog
from genoai_desktop.ui.dialogs.first_run import FirstRun
from genoai_desktop.ui.dialogs.notes import NotesDialog
from genoai_desktop.ui.dialogs.users import UsersDialog
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.window import MainWindow


@pytest.fixture(scope="session")
def made_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an administrator and a reviewer, made once."""
    return quick_store(tmp_path_factory.mktemp("window") / "clinic", reviewer="rita")


@pytest.fixture
def folder(made_store: Path, tmp_path: Path) -> Path:
    return copy_of(made_store, tmp_path / "clinic")


@pytest.fixture
def vcf(tmp_path: Path) -> Path:
    path = tmp_path / "family.vcf"
    path.write_text("##fileformat=VCFv4.3\n")
    return path


@pytest.fixture
def bare(qtbot: QtBot, theme: Theme, vcf: Path, settings: QSettings) -> Iterator[MainWindow]:
    """The window before anything was set up."""
    made = MainWindow(StoreServices(vcf), theme, settings)
    made.show()
    yield made
    made.close()
    if made.vault.casebook is not None:
        made.vault.casebook.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(bare: MainWindow, folder: Path, qtbot: QtBot) -> MainWindow:
    """With the store unlocked."""
    return unlocked(bare, folder)


@pytest.fixture
def case_open(window: MainWindow, vcf: Path, qtbot: QtBot) -> MainWindow:
    """With a stored case open."""
    window.open_request(real_case(vcf).request)
    qtbot.waitUntil(lambda: window.desk.current is not None)
    saved(window, qtbot)
    return window


def saved(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until everything is on the disk."""
    qtbot.waitUntil(lambda: not window.vault.unsaved() and not window.runner.busy, timeout=10_000)


def readable(widget: QWidget) -> str:
    """Everything that any label of the window has, shown or not."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def edit(window: MainWindow, qtbot: QtBot, **changes: object) -> None:
    """One edit of the case in view, saved."""
    assert window.desk.current is not None
    window.desk.change(replace(window.desk.current.case, **changes))  # type: ignore[arg-type]
    saved(window, qtbot)


# first run


def test_the_first_run_sets_up_a_store(bare: MainWindow, qtbot: QtBot, tmp_path: Path, settings) -> None:
    bare.begin()
    dialog = bare.findChild(FirstRun)
    assert dialog is not None
    assert nameless(dialog) == []
    place = tmp_path / "new" / "store"
    dialog.folder.setText(str(place))
    dialog.go_on()
    dialog.user.setText("ada")
    dialog.passphrase.setText("short")
    dialog.again.setText("short")
    dialog.go_on()
    qtbot.waitUntil(dialog.banner.isVisible)
    assert "too short" in dialog.banner.text.text()
    for field in (dialog.passphrase, dialog.again):
        field.setText(PASSPHRASE)
    dialog.go_on()
    qtbot.waitUntil(lambda: dialog.step == 2, timeout=10_000)
    assert not is_store(place)
    dialog.confirmation.setText("WRONG")
    dialog.go_on()
    assert "last group" in dialog.banner.text.text()
    assert not is_store(place)
    dialog.confirmation.setText(dialog.recovery.text()[-5:].lower())
    dialog.go_on()
    dialog.clinic.setText("Test clinic")
    dialog.go_on()
    qtbot.waitUntil(lambda: bare.vault.casebook is not None, timeout=10_000)
    assert bare.vault.casebook.setting("letterhead")["clinic"] == "Test clinic"
    assert bare.desk.store_folder == place
    assert "Quirke" not in Path(settings.fileName()).read_text()


def test_the_first_run_can_be_skipped_and_is_said_plainly(bare: MainWindow, qtbot: QtBot) -> None:
    bare.begin()
    dialog = bare.findChild(FirstRun)
    qtbot.mouseClick(dialog.skip_button, Qt.MouseButton.LeftButton)
    assert bare.vault.casebook is None
    assert "lives in memory" in bare.page.subtitle.text()
    bare.open_demo()
    qtbot.waitUntil(lambda: bare.desk.current is not None)
    assert "In memory only" in bare.save_state.text()


def test_a_store_that_is_gone_is_named(bare: MainWindow, tmp_path: Path) -> None:
    bare.desk.remember_store(tmp_path / "stick")
    bare.begin()
    assert "not where it was" in bare.problem.text.text()
    assert bare.lock_screen is None


# unlock and lock


@pytest.mark.parametrize("how", ["older", "restored"])
def test_a_store_that_is_not_the_newest_is_told(
    bare: MainWindow, folder: Path, tmp_path: Path, how: str
) -> None:
    with Door(folder).unlock("ada", PASSPHRASE) as book:
        book.backup(tmp_path / "backup")
    shutil.copytree(folder, tmp_path / "older")
    Door(folder).unlock("ada", PASSPHRASE).close()
    shutil.rmtree(folder)
    if how == "older":
        shutil.copytree(tmp_path / "older", folder)
    else:
        restore(tmp_path / "backup", folder, "ada", PASSPHRASE)
    unlocked(bare, folder)
    assert {"older": "not the newest", "restored": "from a backup"}[how] in bare.problem.text.text()


# undo and autosave


def test_edits_are_undone_redone_named_and_saved(case_open: MainWindow, qtbot: QtBot) -> None:
    window = case_open
    first = window.desk.current.case.indication
    edit(window, qtbot, indication="second")
    edit(window, qtbot, medicines=())
    undo, redo = window.actions_by_id["undo"], window.actions_by_id["redo"]
    assert undo.shortcut().toString() == "Ctrl+Z"
    assert redo.shortcut().toString() == "Ctrl+Shift+Z"
    assert "Medicines" in undo.text()
    undo.trigger()
    saved(window, qtbot)
    assert "Indication" in undo.text()
    assert "Medicines" in redo.text()
    undo.trigger()
    saved(window, qtbot)
    assert window.desk.current.case.indication == first
    assert not undo.isEnabled()
    redo.trigger()
    saved(window, qtbot)
    assert window.desk.current.case.indication == "second"
    book, uid = window.vault.casebook, window.desk.session.uid
    assert book.load(uid).case == window.desk.current.case


def test_a_change_is_on_the_disk_by_itself(case_open: MainWindow, qtbot: QtBot, folder: Path) -> None:
    book, uid = case_open.vault.casebook, case_open.desk.session.uid
    before = len(book.versions(uid))
    case_open.desk.change(replace(case_open.desk.current.case, indication="quick"))
    qtbot.waitUntil(lambda: len(book.versions(uid)) > before, timeout=5_000)
    saved(case_open, qtbot)
    assert "Saved" in case_open.save_state.text()


def test_what_cannot_be_saved_is_said_and_saved_later(
    case_open: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, uid = case_open.vault.casebook, case_open.desk.session.uid
    real = Store.save

    def full(*_arguments: object, **_options: object) -> int:
        raise UserError("The disk is full; nothing was changed.", remedy="Make room, then save again.")

    monkeypatch.setattr(Store, "save", full)
    case_open.desk.change(replace(case_open.desk.current.case, indication="later"))
    qtbot.waitUntil(lambda: "Not saved" in case_open.save_state.text(), timeout=5_000)
    assert "disk is full" in case_open.problem.text.text()
    assert len(case_open.save_state.text()) <= 60
    case_open.problem.hide()
    with qtbot.waitSignal(case_open.vault.state_changed, timeout=10_000):
        case_open.vault.flush()  # the next attempt
    assert not case_open.problem.isVisible()
    assert case_open.desk.current.case.indication == "later"
    monkeypatch.setattr(Store, "save", real)
    case_open.vault.flush()
    saved(case_open, qtbot)
    assert "Saved" in case_open.save_state.text()
    assert book.load(uid).case.indication == "later"


def test_an_analysis_that_fails_takes_the_edit_back(
    case_open: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = case_open.desk.current.case

    def refuse(*_arguments: object) -> None:
        raise UserError("This cannot be analysed.")

    monkeypatch.setattr(StoreServices, "reanalyse", refuse)
    case_open.desk.change(replace(before, indication="bad"))
    qtbot.waitUntil(case_open.problem.isVisible)
    saved(case_open, qtbot)
    assert case_open.desk.session.case == before
    assert case_open.vault.casebook.load(case_open.desk.session.uid).case == before


def test_an_undo_that_fails_is_made_again(
    case_open: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(case_open, qtbot, indication="kept")

    def refuse(*_arguments: object) -> None:
        raise UserError("This cannot be analysed.")

    with monkeypatch.context() as patched:
        patched.setattr(StoreServices, "reanalyse", refuse)
        case_open.do_undo()
        qtbot.waitUntil(case_open.problem.isVisible)
    saved(case_open, qtbot)
    assert case_open.desk.session.case.indication == "kept"
    assert case_open.desk.session.stack.canUndo()
    assert not case_open.desk.session.stack.canRedo()


def test_a_change_of_consent_is_audited_and_counts_follow(case_open: MainWindow, qtbot: QtBot) -> None:
    edit(case_open, qtbot, consent=Consent(frozenset({Scope.PRIMARY})))
    book = case_open.vault.casebook
    assert "consent changed" in [entry.act for entry in book.audit()]
    assert book.in_house_counts() == {}
    assert set(book.load(case_open.desk.session.uid).summary) <= {"primary"}


def test_what_a_partner_or_relative_decides_is_audited_as_consent(
    case_open: MainWindow, qtbot: QtBot
) -> None:
    no = ConsentEvent("MOTHER", Scope.PRIMARY, Decision.WITHDRAWN, "2026-05-01")
    edit(case_open, qtbot, consent_events=(no,))
    edit(case_open, qtbot, partner=CasePartner("S2", Sex.MALE, Consent(frozenset({Scope.CARRIER}))))
    entries = [one for one in case_open.vault.casebook.audit() if one.act == "consent changed"]
    first, *later = [entry.detail for entry in entries]
    assert first.startswith("patient stated +")
    assert later == ["relative primary withdrawn 2026-05-01", "partner stated +carrier"]


def test_notes_and_status_are_one_step(case_open: MainWindow, qtbot: QtBot) -> None:
    case_open.do_notes()
    dialog = case_open.findChild(NotesDialog)
    assert nameless(dialog) == []
    dialog.status.setCurrentIndex(1)
    dialog.text.setPlainText("call the laboratory")
    dialog.accept()
    saved(case_open, qtbot)
    book, uid = case_open.vault.casebook, case_open.desk.session.uid
    stored = book.load(uid)
    assert stored.dossier.status is Status.REVIEW
    assert [(note.text, note.user) for note in stored.dossier.notes] == [("call the laboratory", "ada")]
    case_open.do_undo()
    saved(case_open, qtbot)
    assert book.load(uid).dossier.notes == ()


def test_a_reviewer_changes_nothing(bare: MainWindow, folder: Path, vcf: Path, qtbot: QtBot) -> None:
    unlocked(bare, folder, "rita", PASSPHRASE + "r")
    bare.open_request(real_case(vcf).request)
    qtbot.waitUntil(lambda: bare.desk.current is not None)
    before = bare.desk.current.case
    bare.desk.change(replace(before, indication="changed"))
    assert "Reviewers" in bare.problem.text.text()
    assert bare.desk.current.case == before
    assert bare.vault.casebook.heads() == ()
    assert not bare.actions_by_id["undo"].isEnabled()


# stored cases


def test_stored_cases_are_found_opened_and_deleted(
    case_open: MainWindow, qtbot: QtBot, vcf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = case_open
    uid = window.desk.session.uid
    window.actions_by_id["close_case"].trigger()
    page = window.pages["cases"]
    qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    page.finder.setText("nothing like it")
    qtbot.waitUntil(lambda: page.states.currentIndex() == 1)
    assert "No stored case matches" in page.nothing.text()
    page.finder.setText("chd7 family")
    qtbot.waitUntil(lambda: page.states.currentIndex() == 0)
    page.table.selectRow(0)
    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk.current is not None, timeout=10_000)
    assert window.desk.session.uid == uid
    assert window.page.id == "overview"
    saved(window, qtbot)
    window.remove_stored(uid)
    assert window.desk.current is None
    qtbot.waitUntil(lambda: window.vault.casebook.heads() == (), timeout=10_000)


def test_a_moved_file_is_asked_for_and_found(
    case_open: MainWindow, qtbot: QtBot, vcf: Path, tmp_path: Path
) -> None:
    window, uid = case_open, case_open.desk.session.uid
    window.do_close_case()
    new = tmp_path / "moved"
    new.mkdir()
    vcf.rename(new / "renamed.vcf")
    asked: list[tuple] = []
    window._files_missing = lambda stored, error: asked.append((stored, error))  # type: ignore[method-assign]
    window.open_stored(uid)
    qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    assert isinstance(asked[0][1], FilesMissing)
    window.locate(asked[0][0], new)
    qtbot.waitUntil(lambda: window.desk.current is not None, timeout=10_000)
    saved(window, qtbot)
    assert window.vault.casebook.load(uid).request.vcf == new / "renamed.vcf"


def test_versions_are_compared(case_open: MainWindow, qtbot: QtBot) -> None:
    edit(case_open, qtbot, indication="something else")
    case_open.do_compare()
    dialog = case_open.findChild(CompareDialog)
    qtbot.waitUntil(lambda: dialog.lines.count() > 0, timeout=10_000)
    assert any("something else" in dialog.lines.item(i).text() for i in range(dialog.lines.count()))
    assert nameless(dialog) == []
    dialog.older.setCurrentIndex(dialog.newer.currentIndex())
    qtbot.waitUntil(lambda: "same" in dialog.summary.text(), timeout=10_000)
    dialog.reject()


def test_attachments_users_backup_and_audit_work(case_open: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear family")
    case_open.do_attachments()
    files_dialog = case_open.findChild(AttachmentsDialog)
    files_dialog.add(letter)
    qtbot.waitUntil(lambda: files_dialog.table.rowCount() == 1, timeout=10_000)
    assert nameless(files_dialog) == []
    files_dialog.reject()
    case_open.do_users()
    users = case_open.findChild(UsersDialog)
    users.name.setText("cora")
    users.first.setText("another long phrase")
    users.add()
    qtbot.waitUntil(lambda: users.table.rowCount() == 3, timeout=10_000)
    assert nameless(users) == []
    users.minutes.setValue(3)
    users.keep_clinic()
    qtbot.waitUntil(lambda: case_open.vault.casebook.setting("lock minutes") == 3, timeout=10_000)
    assert case_open.vault.idle_minutes == 3
    users.reject()
    case_open.do_backup()
    backup = case_open.findChild(BackupDialog)
    assert nameless(backup) == []
    backup.back_up(tmp_path / "b.genoai-backup")
    qtbot.waitUntil(lambda: "is whole" in backup.banner.text.text(), timeout=10_000)
    backup.source.setText(str(tmp_path / "b.genoai-backup"))
    backup.folder.setText(str(tmp_path / "restored"))
    backup.passphrase.setText(PASSPHRASE)
    backup.restore()
    qtbot.waitUntil(lambda: "was restored" in backup.banner.text.text(), timeout=10_000)
    assert is_store(tmp_path / "restored")
    backup.reject()
    case_open.do_audit()
    audit = case_open.findChild(AuditDialog)
    qtbot.waitUntil(lambda: audit.table.rowCount() > 3, timeout=10_000)
    assert "whole" in audit.state.text()
    assert nameless(audit) == []
    audit.finder.setText("backed")
    assert {entry.act for entry in audit.shown} == {"backed up"}
    audit.export(tmp_path / "audit.csv")
    qtbot.waitUntil((tmp_path / "audit.csv").exists, timeout=10_000)
    assert "Family 12" not in (tmp_path / "audit.csv").read_text()
    audit.reject()


def test_exports_are_recorded_before_they_happen(case_open: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    case_open.desk.services.save_report(
        case_open.desk.current.result, tmp_path / "Quirke.pdf", "letter", None
    )
    (entry,) = [one for one in case_open.vault.casebook.audit() if one.act == "exported"]
    assert entry.case == case_open.desk.session.uid
    assert entry.detail == "save report letter"
    assert (tmp_path / "Quirke.pdf").exists()


def test_nothing_readable_is_left_anywhere(
    case_open: MainWindow, qtbot: QtBot, folder: Path, settings
) -> None:
    edit(case_open, qtbot, indication="Zyxwv syndrome")
    settings.sync()
    written = [*folder.iterdir(), Path(settings.fileName())]
    for path in written:
        content = path.read_bytes()
        for word in (b"Zyxwv", b"Family 12", b"family.vcf", b"CHD7"):
            assert word not in content, path.name


def test_the_demo_is_not_kept(window: MainWindow, qtbot: QtBot) -> None:
    from sample_case import sample_case

    window.desk.services._services.case_made = sample_case  # type: ignore[attr-defined]
    window.open_demo()
    qtbot.waitUntil(lambda: window.desk.current is not None)
    assert window.vault.casebook.heads() == ()
    assert "Demo case" in window.save_state.text()


def test_the_search_of_many_cases_is_quick(window: MainWindow, qtbot: QtBot) -> None:
    page = window.pages["cases"]
    book = window.vault.casebook
    book._worker.call(
        lambda store: [store.save(f"u{n}", f"Family {n}", {}, words=[("gene", f"G{n}")]) for n in range(200)]
    )
    window.desk.cases_changed.emit()
    qtbot.waitUntil(lambda: page.table.rowCount() == 200, timeout=10_000)
    page.finder.setText("g150")
    qtbot.waitUntil(lambda: page.table.rowCount() == 1, timeout=10_000)
    assert page.table.item(0, 0).text() == "Family 150"
