# ruff: noqa: F401, F811 - fixtures of the store window
"""Every view and every way out of the window is one entry of the audit chain, which names nobody."""

import re
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from store_fixtures import PASSPHRASE, StoreServices
from test_consent_pages import LEAVING
from test_store_window import bare, case_open, edit, folder, made_store, saved, vcf, window

from genoai_desktop.app.casebook import Door
from genoai_desktop.app.casebook.ledger import export_ledger, ledger_rows
from genoai_desktop.app.pedigrees.exchange import FORMATS
from genoai_desktop.cases.audit import Entry
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family_case import family_of
from genoai_desktop.ui.audited import audited
from genoai_desktop.ui.dialogs.audit import AuditDialog
from genoai_desktop.ui.dialogs.backup import BackupDialog
from genoai_desktop.ui.pages.pedigree import _write, _write_view
from genoai_desktop.ui.pages.registry import PAGES
from genoai_desktop.ui.window import MainWindow

PATIENT = ("quirke", "zebulon", "zyxwv", "family 12", "chd7", "60741400", "c.1480", "arg494", "coloboma")
"""Name, family, indication, gene, position, changes, feature: nothing that the chain may hold."""


def entries(window: MainWindow, act: str) -> list[Entry]:
    book = window.vault.casebook
    assert book is not None
    return [one for one in book.audit() if one.act == act]


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.vault.runner.busy and not window.runner.busy, timeout=10_000)


@pytest.fixture
def quirke(case_open: MainWindow, qtbot: QtBot) -> MainWindow:
    """A case that names a person everywhere."""
    case = case_open.desk.current.case
    persons = tuple(
        replace(one, name="Zebulon Quirke") if one.id == case.proband else one for one in case.persons
    )
    edit(case_open, qtbot, persons=persons, indication="Zyxwv syndrome")
    return case_open


def test_every_page_of_a_case_is_a_view_recorded_once(quirke: MainWindow, qtbot: QtBot) -> None:
    window, uid = quirke, quirke.desk.session.uid
    for _ in range(2):
        for page in PAGES:
            window.show_page(page)
            QApplication.processEvents()
    settled(window, qtbot)
    seen = [(one.case, one.detail) for one in entries(window, "viewed") if one.detail in PAGES]
    lists = {"cases", "ledger"}
    assert sorted(seen) == sorted(("" if page in lists else uid, page) for page in PAGES)


def test_the_page_in_view_is_recorded_for_the_next_case_and_after_unlocking(
    quirke: MainWindow, qtbot: QtBot
) -> None:
    window, uid = quirke, quirke.desk.session.uid
    window.show_page("risks")
    window.do_lock()
    screen = window.lock_screen
    qtbot.waitUntil(lambda: not screen.runner.busy, timeout=10_000)
    window.unlocked(window.door.unlock("ada", PASSPHRASE))
    settled(window, qtbot)
    views = [(one.case, one.detail) for one in entries(window, "viewed")]
    assert views.count((uid, "risks")) == 2


def test_a_view_in_the_moment_of_closing_is_recorded(quirke: MainWindow) -> None:
    window, uid = quirke, quirke.desk.session.uid
    folder = window.vault.casebook.folder
    window.show_page("risks")
    window.close()
    with closing(Door(folder).unlock("ada", PASSPHRASE)) as book:
        assert (uid, "risks") in [(one.case, one.detail) for one in book.audit() if one.act == "viewed"]


@pytest.mark.parametrize("name", sorted(LEAVING))
def test_every_use_case_that_takes_something_out_is_recorded_before_it_runs(name: str) -> None:
    told: list[tuple[str, str]] = []

    class Served:
        def __getattr__(self, called: str) -> Callable[..., Any]:
            return lambda *_: told.append(("ran", called))

    path = Path("Zebulon Quirke.pdf")
    getattr(audited(Served(), lambda *entry: told.append(entry)), name)("a Zyxwv text", path, "letter")
    act = "signed" if name.startswith("sign_") else "exported"
    assert told == [(act, f"{name.replace('_', ' ')} letter"), ("ran", name)]


def test_what_cannot_be_recorded_does_not_leave() -> None:
    ran: list[str] = []

    class Served:
        def save_report(self) -> None:
            ran.append("save")

    def full(*_entry: str) -> None:
        raise UserError("The disk is full.")

    with pytest.raises(UserError):
        audited(Served(), full).save_report()  # type: ignore[arg-type]
    assert ran == []


def copy_label(window: MainWindow) -> None:
    """As a person does: mark the words of a page and copy them."""
    shown = next(
        one
        for one in window.page.findChildren(QLabel)
        if one.text() and one.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    )
    shown.setSelection(0, len(shown.text()))
    shown.setFocus()
    QApplication.sendEvent(shown, key_copy())


def key_copy() -> Any:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, "c")


def ways(window: MainWindow, folder: Path) -> dict[str, Callable[[], object]]:
    """Ways out that are no use case of ``Services``."""
    family, leaving, book = family_of(window.desk.session.case), window.desk.leaving, window.vault.casebook
    uid = window.desk.session.uid
    kept = book.attach_data(uid, "letter of Zebulon Quirke.txt", b"Dear Zebulon Quirke")
    window.show_page("locus")
    locus = window.locus
    return {
        **{
            f"pedigree {one.id}": lambda one=one: _write(
                leaving, family, folder / f"p{one.suffix}", one.id, "en", Silent()
            )
            for one in FORMATS
            if one.id != "canrisk" and "canrisk" not in one.id
        },
        "pedigree of one relative": lambda: _write_view(
            leaving, family, family.members[0].id, folder / "v.pdf", "en", Silent()
        ),
        "locus picture": lambda: locus.save_to(folder / "locus.svg"),
        "locus picture clipboard": locus.copy,
        "attachment": lambda: book.export_attachment(uid, kept.attachment_id, folder / "out.txt"),
        "ledger": lambda: export_ledger(book, ledger_rows(book, Silent()), folder / "ledger.csv"),
        "audit trail": lambda: book.export_audit(book.audit(), folder / "audit.csv"),
    }


def test_every_other_way_out_is_one_entry(quirke: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = quirke
    for name, way in ways(window, tmp_path).items():
        settled(window, qtbot)
        before = len(entries(window, "exported"))
        way()
        QApplication.processEvents()
        settled(window, qtbot)
        new = entries(window, "exported")[before:]
        assert len(new) == 1, (name, new)
        assert new[0].detail.startswith(name), (name, new)


def test_words_that_are_marked_and_copied_are_recorded(quirke: MainWindow, qtbot: QtBot) -> None:
    window = quirke
    window.show_page("overview")
    settled(window, qtbot)
    copy_label(window)
    assert QGuiApplication.clipboard().text()
    settled(window, qtbot)
    assert [(one.case, one.detail) for one in entries(window, "exported")] == [
        (window.desk.session.uid, "clipboard")
    ]


def test_the_chain_names_nobody(quirke: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = quirke
    for page in PAGES:
        window.show_page(page)
        QApplication.processEvents()
    for way in ways(window, tmp_path).values():
        way()
    window.desk.services.save_report(
        window.desk.current.result, tmp_path / "Quirke.pdf", "letter", "for Zebulon"
    )
    book = window.vault.casebook
    book.backup(tmp_path / "Quirke.backup")
    settled(window, qtbot)
    text = " ".join(f"{one.user} {one.case} {one.detail}" for one in book.audit()).lower()
    assert [word for word in PATIENT if word in text] == []
    assert not re.search(r"/|\\|\.pdf|\.txt", text)
    assert book.audit_problems() == []


def test_no_file_is_named_after_a_patient_by_default(
    quirke: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, names = quirke, []

    def ask(_parent: object, _title: str, name: str = "", *_: object) -> tuple[str, str]:
        names.append(name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    window.show_page("report")
    qtbot.waitUntil(lambda: window.report.shown is not None, timeout=20_000)
    window.report.save()
    window.show_page("pedigree")
    pedigree = window.pages["pedigree"]
    qtbot.waitUntil(lambda: pedigree.editor is not None, timeout=20_000)
    for one in FORMATS:
        pedigree.export(one.id)
    pedigree.export_view()
    window.locus.save()
    window.pages["phenotype"]._choose_target()
    window.pages["risks"].save_letter()
    window.do_backup()
    (dialog,) = window.findChildren(BackupDialog)
    dialog._choose_target()
    dialog.reject()
    window.do_audit()
    (trail,) = window.findChildren(AuditDialog)
    trail._export()
    qtbot.waitUntil(lambda: not trail.runner.busy, timeout=10_000)
    trail.reject()
    assert len(names) == len(FORMATS) + 7
    assert all(names)
    assert [word for word in PATIENT if word in " ".join(names).lower()] == []
