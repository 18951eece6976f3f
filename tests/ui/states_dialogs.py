"""States of the lock screen, the first-run assistant and every dialog."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from conftest import small_pdf
from PySide6.QtWidgets import QWidget
from rich_risks import rich
from sample_case import sample_case
from stage import Stage, State
from store_fixtures import PASSPHRASE, quick_store
from test_criteria_editor import judged

from genoai_desktop.app.request import CaseRequest
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.ui.dialogs.backup import BackupDialog
from genoai_desktop.ui.dialogs.criteria import CriterionDialog
from genoai_desktop.ui.dialogs.edit_letter import EditLetterDialog
from genoai_desktop.ui.dialogs.first_run import FirstRun
from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog
from genoai_desktop.ui.dialogs.outside_calls import OutsideCallsDialog
from genoai_desktop.ui.dialogs.rotate import RotateDialog
from genoai_desktop.ui.dialogs.sign import CheckDialog
from genoai_desktop.ui.dialogs.unlock import UnlockPanel
from genoai_desktop.ui.dialogs.users import UsersDialog

Show = Callable[[Stage], QWidget]


def _action(name: str, *, stored: bool = False, case: bool = False, store: bool = False) -> Show:
    """What an action of the menu opens; with a store, a stored case, or the sample case."""

    def show(stage: Stage) -> QWidget:
        if store or stored:
            stage.store()
        if stored:
            stage.stored_case()
        if case:
            stage.case(sample_case())
        stage.window.actions_by_id[name].trigger()
        return stage.dialog()

    return show


def _then(first: Show, act: Callable[[Any], Any]) -> Show:
    """``act(dialog)`` once it is there."""

    def show(stage: Stage) -> QWidget:
        seen = first(stage)
        act(seen)
        stage.settle(seen)
        return seen

    return show


def _pressed(page: str, button: str, make: Callable[[], Any] = sample_case) -> Show:
    """What a button of a page opens."""

    def show(stage: Stage) -> QWidget:
        made = stage.case(make(), page)
        getattr(made, button)()
        return stage.dialog()

    return show


# the lock screen


def _lock(act: Callable[[Stage, UnlockPanel], None] | None = None) -> Show:
    """The lock screen at start."""

    def show(stage: Stage) -> QWidget:
        stage.window.desk.remember_store(quick_store(stage.folder / "clinic", reviewer="rita"))
        stage.window.begin()
        screen = stage.window.lock_screen
        assert screen is not None
        if act is not None:
            act(stage, screen)
        stage.settle()
        return stage.window

    return show


def _wrong(times: int) -> Callable[[Stage, UnlockPanel], None]:
    def act(stage: Stage, screen: UnlockPanel) -> None:
        for _ in range(times):
            stage.wait(screen.unlock_button.isEnabled)
            screen.passphrase.setText("not the passphrase")
            screen.unlock()
            stage.wait(lambda: not screen.runner.busy)

    return act


def _gone(stage: Stage) -> QWidget:
    """The stick with the store is not there."""
    stage.window.desk.remember_store(stage.folder / "stick" / "store")
    stage.window.begin()
    return stage.window


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
    from store_fixtures import unlocked

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


def _restored(dialog: BackupDialog) -> None:
    dialog._restored(Path("/srv/clinic/restored"))


def _backup_running(stage: Stage) -> QWidget:
    dialog = _action("backup", store=True)(stage)
    assert isinstance(dialog, BackupDialog)
    _working(dialog)
    stage.wait(dialog.job.isVisible)
    stage.settle()
    return dialog


def _renewed(stage: Stage) -> QWidget:
    """The new recovery key in view."""
    dialog = _action("users", store=True)(stage)
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
    words = stage.services.wording(session.opened.result, document, clinic, Silent())
    EditLetterDialog(stage.window.desk, stage.window, session, document, words).open()
    return stage.dialog()


def _checked(stage: Stage) -> QWidget:
    path = stage.folder / "letter.pdf"
    path.write_bytes(small_pdf())
    stage.window.present(CheckDialog(stage.window.desk, stage.window, path))
    return stage.dialog()


def _criterion(stage: Stage) -> QWidget:
    rare = judged(sample_case()).result.rare
    assert rare is not None
    variant = rare.candidates[0].variants[0]
    assert variant.acmg is not None
    CriterionDialog(stage.window, variant, variant.acmg.criteria[0], "Eva Sign").open()
    return stage.dialog()


def _outside(stage: Stage) -> QWidget:
    case = sample_case().case
    OutsideCallsDialog(stage.window.desk, stage.window, case, "CYP2D6").open()
    return stage.dialog()


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


def _guide(topic: str) -> Show:
    def show(stage: Stage) -> QWidget:
        stage.window.show_guide(topic)
        assert stage.window.guide is not None
        stage.settle()
        return stage.window.guide

    return show


def _consent(stage: Stage) -> QWidget:
    page = stage.case(sample_case(), "consent")
    page.record(stage.window.desk.current.case.index)  # type: ignore[attr-defined,union-attr]
    return stage.dialog()


def _tab(at: int) -> Callable[[Any], None]:
    return lambda dialog: dialog.tabs.setCurrentIndex(at)


STORE_GONE = State("window.store_gone", _gone)
DIALOGS: tuple[State, ...] = (
    State("lock.start", _lock()),
    State("lock.recovery", _lock(lambda _stage, screen: screen.other_way.click())),
    State("lock.wrong", _lock(_wrong(1))),
    State("lock.waiting", _lock(_wrong(3))),
    State("lock.saving", _lock(lambda _stage, screen: screen.wait_for_saving(True))),
    State("first_run.place", _first_run(0)),
    State("first_run.user", _first_run(1)),
    State("first_run.user_wrong", _first_run(1, wrong=True)),
    State("first_run.recovery", _first_run(2)),
    State("first_run.recovery_wrong", _first_run(2, wrong=True)),
    State("first_run.clinic", _first_run(3)),
    State("first_run.clinic_wrong", _first_run(3, wrong=True)),
    State("open.empty", _action("open")),
    State("open.no_file", _no_file),
    State("open.edit", _edit_case),
    State("users.own", _action("users", store=True)),
    State("users.users", _then(_action("users", store=True), _tab(1))),
    State("users.clinic", _then(_action("users", store=True), _tab(2))),
    State("users.reviewer", _reviewer),
    State("users.new_recovery_key", _renewed),
    State("rotate.passphrase", _rotate(0)),
    State("rotate.wrong", _rotate(1)),
    State("rotate.recovery", _rotate(2)),
    State("backup.no_store", _action("backup")),
    State("backup.store", _action("backup", store=True)),
    State("backup.running", _backup_running),
    State("backup.nothing_chosen", _then(_action("backup", store=True), BackupDialog.restore)),
    State("backup.restored", _then(_action("backup", store=True), _restored)),
    State("audit.full", _action("audit", stored=True)),
    State("compare.versions", _action("compare", stored=True)),
    State("attachments.one", _action("attachments", stored=True)),
    State("notes.full", _action("notes", case=True)),
    State("updates.none", _action("updates")),
    State("letterhead.empty", _action("letterhead")),
    State("language.choose", _action("language")),
    State("settings.all", _action("settings")),
    State("palette.all", _action("palette")),
    State("palette.no_hit", _then(_action("palette"), lambda d: d.field.setText("xylophone"))),
    State("shortcuts.all", _action("shortcuts")),
    State("about.sources", _action("about")),
    State("guide.start", _guide("start")),
    State("guide.limits", _guide("limits")),
    State("guide.glossary", _guide("glossary")),
    State("sign.letter", _sign),
    State("wording.letter", _wording),
    State("check_pdf.draft", _checked),
    State("criterion.edit", _criterion),
    State("outside.gene", _outside),
    State("patient.full", _pressed("medicines", "edit_patient")),
    State("consent.record", _consent),
    State("couple.new", _pressed("risks", "ask_partner", rich)),
    State("breast.full", _pressed("risks", "ask_breast", rich)),
    State("screening.full", _pressed("risks", "edit_screening", rich)),
    State("letter_terms.empty", _pressed("phenotype", "from_letter")),
)
