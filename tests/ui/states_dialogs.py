"""States of the first-run assistant and of every dialog."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from conftest import small_pdf
from packs_made import BASE, KEY, make, pem, rewritten
from PySide6.QtWidgets import QWidget
from rich_risks import rich
from sample_case import sample_case
from stage import Stage, State
from states_ways import (
    STORE_UNREAD,
    Show,
    asked,
    case,
    failing,
    fails,
    pressed,
    store,
    stored,
    tab,
    table_missing,
    waits,
)
from states_ways import edited as edited_in_view
from store_fixtures import PASSPHRASE, quick_store, real_case, unlocked
from test_criteria_editor import FOUND, edit_of, judged

from genoai_desktop.analysis.classification.edits import edited
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.domain.text import language_in_use
from genoai_desktop.knowledge import installed
from genoai_desktop.ui.dialogs.backup import BackupDialog
from genoai_desktop.ui.dialogs.criteria import CriterionDialog
from genoai_desktop.ui.dialogs.edit_letter import EditLetterDialog
from genoai_desktop.ui.dialogs.first_run import FirstRun
from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog
from genoai_desktop.ui.dialogs.outside_calls import OutsideCallsDialog
from genoai_desktop.ui.dialogs.rotate import RotateDialog
from genoai_desktop.ui.dialogs.sign import CheckDialog
from genoai_desktop.ui.dialogs.users import UsersDialog

# the first run


def _first_run(step: int, wrong: bool = False) -> Show:
    """The assistant at a step."""

    def show(stage: Stage) -> QWidget:
        stage.window.begin()
        dialog = stage.dialog()
        assert isinstance(dialog, FirstRun)
        dialog.folder.setText(str(stage.folder / "clinic"))
        if step >= 1:
            dialog.go_on()
        if step >= 2:
            dialog.user.setText("ada")
            dialog.passphrase.setText(PASSPHRASE)
            dialog.again.setText(PASSPHRASE)
            dialog.go_on()
            stage.wait(lambda: dialog.step == 2)
        if step >= 3:
            dialog.confirmation.setText(dialog.recovery.text()[-5:])
            dialog.go_on()
        if wrong:
            dialog.confirmation.setText("WRONG")
            dialog.passphrase.setText("one")
            dialog.reference.setText("/no/such.fa")
            dialog.go_on()
        stage.settle(dialog)
        return dialog

    return show


# the store


def _reviewer(stage: Stage) -> QWidget:
    quick_store(stage.folder / "clinic", reviewer="rita")
    unlocked(stage.window, stage.folder / "clinic", "rita", PASSPHRASE + "r")
    stage.window.do_users()
    dialog = stage.dialog()
    assert isinstance(dialog, UsersDialog)
    dialog.tabs.setCurrentIndex(1)
    return dialog


def _working(dialog: BackupDialog) -> None:
    """A backup that has come to two fifths."""

    def slow(context: Context) -> None:
        context.report("Reading the backup back", 0.4)
        while True:
            context.check()

    dialog.runner.run(slow, key="backup", failed=lambda _e: None)


def _full_disk(dialog: BackupDialog) -> None:
    book = dialog.desk.vault.casebook
    assert book is not None
    book.backup = failing(_DISK_FULL)  # type: ignore[method-assign]
    dialog.back_up(Path("/media/stick/clinic.genobackup"))


def _restored(dialog: BackupDialog) -> None:
    dialog._restored(Path("/srv/clinic/restored"))


def _backup_running(stage: Stage) -> QWidget:
    dialog = asked("backup", store)(stage)
    assert isinstance(dialog, BackupDialog)
    _working(dialog)
    stage.wait(dialog.job.isVisible)
    stage.settle()
    return dialog


def _renewed(stage: Stage) -> QWidget:
    """The new recovery key in view."""
    dialog = asked("users", store)(stage)
    assert isinstance(dialog, UsersDialog)
    dialog.tabs.setCurrentIndex(1)
    dialog._renewed("ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2-34567")
    return dialog


def _rotate(step: int) -> Show:
    def show(stage: Stage) -> QWidget:
        stage.store()
        dialog = RotateDialog(stage.window.desk, stage.window)
        dialog.open()
        if step:
            dialog.passphrase.setText(PASSPHRASE if step == 2 else "not the passphrase")
            dialog.prepare()
        return stage.dialog()

    return show


# documents


def _sign(stage: Stage) -> QWidget:
    stage.case(sample_case(), "report")
    stage.window.report.choose(Document(DocumentKind.LETTER))
    stage.settle()
    stage.window.report.sign()
    return stage.dialog()


def _wording(stage: Stage) -> QWidget:
    stage.case(sample_case(), "report")
    session = stage.window.desk.session
    assert session is not None
    document, clinic = Document(DocumentKind.LETTER), stage.window.desk.house.clinic
    words = stage.services.wording(session.opened.result, document, clinic, language_in_use(), Silent())
    EditLetterDialog(stage.window.desk, stage.window, session, document, words).open()
    return stage.dialog()


def _checked(stage: Stage) -> QWidget:
    path = stage.folder / "letter.pdf"
    path.write_bytes(small_pdf())
    stage.window.present(CheckDialog(stage.window.desk, stage.window, path))
    return stage.dialog()


def _criterion(at: int, act: Callable[[Any], Any] | None = None, before: bool = False) -> Show:
    """The editor of a criterion: met, supporting, not met, not assessed; ``before``: edited once already."""

    def show(stage: Stage) -> QWidget:
        rare = judged(sample_case()).result.rare
        assert rare is not None
        variant = rare.candidates[0].variants[0]
        if before:
            variant = replace(variant, acmg=edited(FOUND, [edit_of(variant)]))
        assert variant.acmg is not None
        restore = (lambda: None) if before else None
        made = CriterionDialog(stage.window, variant, variant.acmg.criteria[at], "Eva Sign", restore)
        made.open()
        if act is not None:
            act(made)
        return stage.dialog()

    return show


def _reasoned(made: CriterionDialog) -> None:
    made.verdict.setCurrentIndex(2)
    made.reason.setPlainText("A splice site is rescued downstream (PMID 12345678). " * 6)


def _outside(stage: Stage) -> QWidget:
    OutsideCallsDialog(stage.window.desk, stage.window, sample_case().case, "CYP2D6").open()
    return stage.dialog()


def _outside_failed(stage: Stage) -> QWidget:
    stage.services.stage("outside_options", failing(table_missing("pgx_alleles")))
    return _outside(stage)


def _edit_case(stage: Stage) -> QWidget:
    made = sample_case()
    request = CaseRequest(stage.vcf, sample="CHILD")
    stage.case(replace(made, request=request))
    stage.window.do_edit()
    return stage.dialog()


def _no_file(stage: Stage) -> QWidget:
    dialog = OpenCaseDialog(stage.window.desk, stage.window, vcf=stage.vcf)
    dialog.open()
    dialog.ped.setText("/no/such/family.ped")
    dialog.accept()
    return stage.dialog()


def _guide(topic: str, words: str = "") -> Show:
    def show(stage: Stage) -> QWidget:
        stage.window.show_guide(topic)
        assert stage.window.guide is not None
        if words:
            stage.window.guide.field.setText(words)
        stage.settle()
        return stage.window.guide

    return show


def _consent(stage: Stage) -> QWidget:
    page = stage.case(sample_case(), "consent")
    page.record(stage.window.desk.current.case.index)  # type: ignore[attr-defined,union-attr]
    return stage.dialog()


def _no_entry(made: Any) -> None:
    made.finder.setText("xylophone")


def _tampered(stage: Stage) -> None:
    """Somebody with the key rewrote who did what, and cut off nothing."""
    stage.stored_case()
    change = "UPDATE audit SET user = 'eve' WHERE number = 2"
    stage.book._worker.call(lambda kept: kept._connection.execute(change))


def _of_book(name: str, error: Exception = STORE_UNREAD) -> Callable[[Stage], None]:
    """A question to the store that fails."""
    return lambda stage: stage.put(stage.book, name, failing(error))


def _saved_once(stage: Stage) -> None:
    """A case of one version and nothing attached."""
    stage.store()
    session = stage.window.desk.add(real_case(stage.vcf))
    stage.book.save(session.stored)


def _another_version(stage: Stage) -> None:
    edited_in_view(stage)
    stage.wait(lambda: not stage.window.runner.busy)
    stage.wait(lambda: not stage.window.vault.unsaved())


def _no_attachment(stage: Stage) -> None:
    stage.store()
    stage.window.open_request(real_case(stage.vcf).request)
    stage.wait(lambda: stage.window.desk.session is not None and not stage.window.vault.unsaved())


def _pack(make_pack: Callable[[Path], Path], trusted: bool = True) -> Show:
    """An update pack was chosen. ``make_pack(folder)`` makes it."""

    def show(stage: Stage) -> QWidget:
        stage.put(installed, "data_home", lambda: stage.folder / "data")
        if trusted:
            installed.Installed().trust(pem(KEY, stage.folder / "publisher.pem"))
        stage.window.do_updates(make_pack(stage.folder))
        return stage.dialog()

    return show


def _changed_pack(folder: Path) -> Path:
    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"CC0", b"CC1") if name == "pack.json" else data

    return rewritten(make(folder, BASE + 1), folder / "changed.genopack", change)


def _cut_pack(folder: Path) -> Path:
    whole = make(folder, BASE + 1)
    whole.write_bytes(whole.read_bytes()[:-200])
    return whole


def _put_in_use(stage: Stage) -> QWidget:
    """A pack was installed."""
    made = _pack(lambda folder: make(folder, BASE + 1))(stage)
    stage.put(stage.window.desk.services, "drop_knowledge", lambda: None)
    made.install()  # type: ignore[attr-defined]
    stage.settle(made)
    return made


_DISK_FULL = UserError("The disk is full; nothing was changed.", remedy="Make room, then save again.")
_UNREAD = ("could not be read", "disk is connected")

FIRST_RUN = (
    State("first_run.place", _first_run(0)),
    State("first_run.user", _first_run(1)),
    State("first_run.user_wrong", _first_run(1, wrong=True)),
    State("first_run.recovery", _first_run(2)),
    State("first_run.recovery_wrong", _first_run(2, wrong=True)),
    State("first_run.clinic", _first_run(3)),
    State("first_run.clinic_wrong", _first_run(3, wrong=True)),
)

OPENING = (
    State("open.empty", asked("open"), (), "VCF file"),
    State("open.no_file", _no_file, ("family.ped",), "Open and analyse"),
    State("open.edit", _edit_case, (), "Analyse again"),
)

STORE = (
    State("users.own", asked("users", store)),
    State("users.users", asked("users", store, then=tab(1)), ("rita",)),
    State("users.clinic", asked("users", store, then=tab(2))),
    State("users.reviewer", _reviewer),
    State("users.new_recovery_key", _renewed, ("ABCDE-FGHJK",)),
    State("rotate.passphrase", _rotate(0)),
    State("rotate.wrong", _rotate(1), ("passphrase",)),
    State("rotate.recovery", _rotate(2)),
    State("backup.no_store", asked("backup"), ("none can be made",), "Check and restore"),
    State("backup.store", asked("backup", store), (), "Back up now…"),
    State("backup.running", _backup_running, ("Reading the backup back",)),
    State("backup.failed", asked("backup", store, then=_full_disk), ("The disk is full", "Make room"),
          "Back up now…"),
    State("backup.nothing_chosen", asked("backup", store, then=BackupDialog.restore),
          ("Choose a backup file",), "Check and restore"),
    State("backup.restored", asked("backup", store, then=_restored), ("was restored into",),
          "Use the restored store"),
    State("audit.full", asked("audit", stored), ("The chain is whole",), "Export what is shown…"),
    State("audit.tampered", asked("audit", store, _tampered), ("tampered with", "cannot be relied on")),
    State("audit.none_found", asked("audit", stored, then=_no_entry), ("No entry fits",)),
    State("audit.error", asked("audit", store, _of_book("audit")), _UNREAD),
    State("compare.versions", asked("compare", stored, _another_version),
          ("Differences: 1", "Another indication")),
    State("compare.one_version", asked("compare", _saved_once), ("one version",)),
    State("compare.error", asked("compare", stored, _of_book("versions")), _UNREAD),
    State("attachments.one", asked("attachments", stored), ("family.vcf",), "Add a file…"),
    State("attachments.empty", asked("attachments", _no_attachment), ("No file is kept",),
          "Add a file…"),
    State("attachments.error", asked("attachments", stored, _of_book("attachments")),
          (*_UNREAD, "The list could not be read")),
    State("notes.full", asked("notes", case())),
)  # fmt: skip

UPDATES = (
    State("updates.none", asked("updates"), ("no pack is installed",), "Choose a pack…"),
    State("updates.reviewed", _pack(lambda folder: make(folder, BASE + 1)), ("repeats", "2099-01-01"),
          "Install"),
    State("updates.installed", _put_in_use, ("Installed and in use",), "Go back one pack…"),
    State("updates.tampered", _pack(_changed_pack), ("changed after",), "Choose a pack…"),
    State("updates.truncated", _pack(_cut_pack), ("cannot be read, or is not complete",), "Choose a pack…"),
    State("updates.older", _pack(lambda folder: make(folder, BASE)), ("not newer",), "Choose a pack…"),
    State("updates.foreign", _pack(lambda folder: make(folder, BASE + 1), trusted=False), ("not trusted",),
          "Trust a publisher…"),
    State("updates.checking", asked("updates", waits("packs", "Reading the packs")), (), "Close"),
    State("updates.error", asked("updates", fails("packs", table_missing("packs"))),
          ("Install the program",), "Choose a pack…"),
)  # fmt: skip

AROUND = (
    State("letterhead.empty", asked("letterhead")),
    State("language.choose", asked("language")),
    State("settings.all", asked("settings")),
    State("palette.all", asked("palette", case()), ("Command palette",), "Search commands"),
    State("palette.no_case", asked("palette"), ("Open",), "Search commands"),
    State("palette.no_hit", asked("palette", then=lambda made: made.field.setText("xylophone")),
          ("No command has these words",), "Search commands"),
    State("shortcuts.all", asked("shortcuts")),
    State("about.sources", asked("about")),
    State("guide.start", _guide("start")),
    State("guide.limits", _guide("limits")),
    State("guide.glossary", _guide("glossary")),
    State("guide.no_hit", _guide("start", words="xylophone"), ("Nothing in the guide holds these words",),
          "Search the guide"),
)  # fmt: skip

DOCUMENTS = (
    State("sign.letter", _sign),
    State("wording.letter", _wording),
    State("check_pdf.draft", _checked),
)

EVIDENCE = (
    State("criterion.met", _criterion(0), ("Edit PVS1",), "Your name (required)"),
    State("criterion.not_met", _criterion(2), ("Edit PM1",), "Reason (required)"),
    State("criterion.not_assessed", _criterion(3), ("Edit PS3",), "Reason (required)"),
    State("criterion.reasoned", _criterion(0, _reasoned), ("rescued downstream",), "Apply"),
    State("criterion.edited_before", _criterion(0, before=True), ("Rescue",)),
    State("outside.gene", _outside),
    State("outside.error", _outside_failed, ("Install the program",)),
    State("patient.full", pressed("medicines", "edit_patient")),
    State("consent_record.new", _consent),
    State("couple.new", pressed("risks", "ask_partner", rich)),
    State("breast.full", pressed("risks", "ask_breast", rich)),
    State("screening.full", pressed("risks", "edit_screening", rich)),
    State("letter_terms.empty", pressed("phenotype", "from_letter")),
)

STATES: tuple[State, ...] = (*FIRST_RUN, *OPENING, *STORE, *UPDATES, *AROUND, *DOCUMENTS, *EVIDENCE)
