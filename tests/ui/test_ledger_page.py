"""The ledger and the update dialog in the window: check, differences, seen, export, install, go back."""

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "casebook"))

from conftest import QuickServices
from ledger_cases import GENE, demo, knowledge, make_pack, patient, public_key, stored
from looking_keys import nameless
from store_fixtures import PASSPHRASE

from genoai_desktop.app.casebook import Casebook, Door
from genoai_desktop.cases.keys import Prepared, Role
from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.consent import ConsentEvent, Decision
from genoai_desktop.domain.context import Context
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.locations import DATA_VARIABLE
from genoai_desktop.ui.dialogs.rotate import RotateDialog
from genoai_desktop.ui.dialogs.update import UpdateDialog
from genoai_desktop.ui.pages.ledger import LedgerPage
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.ledger_changes import LedgerChanges
from genoai_desktop.ui.widgets.ledger_table import LedgerTable
from genoai_desktop.ui.window import MainWindow


class RealTables(QuickServices):
    """The tables of this machine, the packs in use included."""

    def __init__(self) -> None:
        super().__init__()
        self._make = Knowledge
        self._knowledge = knowledge()  # loaded once for all tests


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_pack(tmp_path_factory.mktemp("pack"))


@pytest.fixture
def shown(
    qtbot: QtBot,
    theme: Theme,
    settings: QSettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    quick_keys: None,
) -> Iterator[MainWindow]:
    """The window with an unlocked store of two families."""
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    door = Door(tmp_path / "clinic")
    book = door.set_up(Door.prepare("ada", PASSPHRASE))
    event = ConsentEvent(demo().case.proband, Scope.RECONTACT, Decision.GIVEN, "2025-03-01")
    for opened in (patient("Zander", events=(event,)), patient("Adler", set(Scope) - {Scope.RECONTACT})):
        book.save(stored(opened))
    made = MainWindow(RealTables(), theme, settings)
    made.show()
    made.door = door
    made.unlocked(book)
    yield made
    made.close()
    made.deleteLater()
    QApplication.processEvents()


def ledger_of(window: MainWindow, qtbot: QtBot) -> LedgerPage:
    """The page, filled."""
    window.show_page("ledger")
    page = window.page
    assert isinstance(page, LedgerPage)
    qtbot.waitUntil(lambda: bool(page.table.shown) and not page.runner.busy, timeout=20_000)
    return page


def checked(page: LedgerPage, qtbot: QtBot) -> LedgerChanges:
    """After the check that is under way."""
    qtbot.waitUntil(lambda: not page.checker.busy and not page.runner.busy, timeout=60_000)
    return page.changes


def update_dialog(window: MainWindow) -> UpdateDialog:
    window.do_updates()
    return window.findChildren(UpdateDialog)[-1]


def idle(dialog: UpdateDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.runner.busy, timeout=30_000)


def test_install_check_read_mark_and_go_back(
    shown: MainWindow, qtbot: QtBot, pack: Path, tmp_path: Path
) -> None:
    dialog = update_dialog(shown)
    idle(dialog, qtbot)
    assert not dialog.back_button.isEnabled()
    dialog.look_at(pack)
    idle(dialog, qtbot)
    assert "not trusted" in dialog.banner.text.text()
    assert not dialog.install_button.isVisible()
    dialog.trust(public_key(tmp_path))
    idle(dialog, qtbot)
    _drop(dialog, pack)
    idle(dialog, qtbot)
    names = {dialog.table.item(row, 0).text() for row in range(dialog.table.rowCount())}  # type: ignore[union-attr]
    assert names == {"clinvar", "disease_genes"}
    assert nameless(dialog) == []
    dialog.install()
    idle(dialog, qtbot)
    assert "Installed" in dialog.banner.text.text()
    assert dialog.check_button.isVisible()
    dialog.check_button.click()
    page = shown.page
    assert isinstance(page, LedgerPage)
    changes = checked(page, qtbot)
    qtbot.waitUntil(lambda: changes.table.rowCount() == 2, timeout=20_000)
    first = changes.table.item(0, 0)
    assert first is not None
    assert first.text() == "Zander"  # who wants to hear comes first
    lines = [changes.lines.item(row).text() for row in range(changes.lines.count())]
    assert any(GENE in line and "→ Uncertain significance" in line for line in lines)
    changes.seen_button.click()
    qtbot.waitUntil(lambda: not changes.seen_button.isEnabled() or _seen(changes), timeout=20_000)
    again = update_dialog(shown)
    idle(again, qtbot)
    again.roll_back()
    idle(again, qtbot)
    again.check_button.click()
    changes = checked(page, qtbot)
    qtbot.waitUntil(lambda: changes.table.rowCount() == 0, timeout=20_000)


def _seen(changes: LedgerChanges) -> bool:
    cells = (changes.table.item(row, 4) for row in range(changes.table.rowCount()))
    return any(cell is not None and cell.text().startswith("ada") for cell in cells)


def _drop(dialog: UpdateDialog, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.dropEvent(event)


def test_search_filter_sort_and_export(shown: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = ledger_of(shown, qtbot)
    table: LedgerTable = page.table
    page.tabs.setCurrentWidget(table)
    every = len(table.shown)
    table.finder.setText("zander chd7")
    assert {(row.title, row.entry.gene) for row in table.shown} == {("Zander", "CHD7")}
    table.finder.clear()
    table.classes.setCurrentIndex(table.classes.findData("Uncertain significance"))
    assert {row.entry.classification for row in table.shown} == {"Uncertain significance"}
    table.genes.setCurrentIndex(table.genes.findData("EYA1"))
    table.wishes.setCurrentIndex(table.wishes.findData("yes"))
    assert {(row.title, row.entry.gene) for row in table.shown} == {("Zander", "EYA1")}
    for box in (table.classes, table.genes, table.wishes):
        box.setCurrentIndex(0)
    table.changed.setChecked(True)
    assert table.shown == []
    table.changed.setChecked(False)
    table.view.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    points = [row.entry.points for row in table.shown]
    assert points == sorted(points, key=lambda value: -100 if value is None else value, reverse=True)
    assert len(points) == every
    page.export(tuple(table.shown), tmp_path / "ledger.csv")
    qtbot.waitUntil(page.banner.isVisible, timeout=10_000)
    assert len((tmp_path / "ledger.csv").read_text().splitlines()) == every + 1
    assert nameless(page) == []


def test_one_click_opens_the_case(shown: MainWindow, qtbot: QtBot) -> None:
    page = ledger_of(shown, qtbot)
    asked: list[str] = []
    shown.desk.stored_wanted.connect(asked.append)
    page.tabs.setCurrentWidget(page.table)
    shown.desk.stored_wanted.disconnect(shown.open_stored)  # opening itself is tested elsewhere
    page.table.view.selectRow(0)
    page.table.open_button.click()
    assert asked == [page.table.shown[0].uid]


def test_a_check_can_be_stopped(shown: MainWindow, qtbot: QtBot) -> None:
    page = ledger_of(shown, qtbot)
    page.changes.quick_button.click()
    assert page.changes.progress.isVisible()
    assert not page.changes.quick_button.isEnabled()
    page.changes.stop_button.click()
    assert not page.changes.progress.isVisible()
    assert "stopped" in page.banner.text.text()
    qtbot.waitUntil(lambda: not page.runner.busy, timeout=20_000)


def test_without_a_store_the_page_says_what_it_needs(window: MainWindow) -> None:
    window.show_page("ledger")
    assert window.page.id == "ledger"
    assert window.sidebar.buttons["ledger"].isEnabled()
    assert nameless(window.page) == []


def test_open_cases_are_read_anew_when_the_tables_are_others() -> None:
    services = RealTables()
    opened = patient("A")
    assert not services.outdated(opened)
    assert services.outdated(replace(opened, result=replace(opened.result, versions=())))


def test_a_reviewer_cannot_trust_a_publisher(shown: MainWindow, qtbot: QtBot) -> None:
    book = shown.vault.casebook
    assert book is not None
    book.role = Role.REVIEWER
    dialog = update_dialog(shown)
    idle(dialog, qtbot)
    assert not dialog.trust_button.isEnabled()
    dialog.accept()


def test_the_key_is_changed_only_after_the_recovery_key_was_written_down(
    shown: MainWindow, qtbot: QtBot
) -> None:
    dialog = RotateDialog(shown.desk, shown)
    dialog.open()
    dialog.passphrase.setText(PASSPHRASE)
    dialog.prepare_button.click()
    qtbot.waitUntil(lambda: dialog.prepared is not None, timeout=10_000)
    assert nameless(dialog) == []
    dialog.rotate_button.click()
    assert "not the last group" in dialog.banner.text.text()
    prepared = dialog.prepared
    assert prepared is not None
    dialog.confirmation.setText(prepared.recovery[-5:])
    with qtbot.waitSignal(dialog.rotated, timeout=20_000):
        dialog.rotate_button.click()
    book = shown.vault.casebook
    assert book is not None
    assert len(book.heads()) == 2


def test_a_change_of_the_key_that_is_stopped_says_so_and_can_be_made_later(
    shown: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, stop = shown.vault.casebook, threading.Event()
    assert book is not None
    real, old = type(book).rotate, book._data_key

    def held(self: Casebook, prepared: Prepared, context: Context) -> tuple[str, ...]:
        context.report("Copying the store", 0.1)
        assert stop.wait(20)
        return real(self, prepared, context)

    monkeypatch.setattr(type(book), "rotate", held)
    dialog = RotateDialog(shown.desk, shown)
    dialog.open()
    dialog.passphrase.setText(PASSPHRASE)
    dialog.prepare_button.click()
    qtbot.waitUntil(lambda: dialog.prepared is not None, timeout=10_000)
    assert dialog.prepared is not None
    dialog.confirmation.setText(dialog.prepared.recovery[-5:])
    dialog.rotate_button.click()
    qtbot.waitUntil(dialog.job.isVisible, timeout=10_000)
    dialog.cancel_button.click()
    assert dialog.isVisible()
    stop.set()
    qtbot.waitUntil(lambda: "Stopped" in dialog.banner.text.text(), timeout=10_000)
    assert book._data_key == old
    with qtbot.waitSignal(dialog.rotated, timeout=20_000):
        dialog.rotate_button.click()
    assert book._data_key != old
    assert len(book.heads()) == 2


def test_locking_stops_a_check(shown: MainWindow, qtbot: QtBot) -> None:
    page = ledger_of(shown, qtbot)
    page.changes.quick_button.click()
    checker = page.checker
    shown.do_lock()
    assert not checker.busy
    screen = shown.lock_screen
    assert screen is not None
    qtbot.waitUntil(lambda: not screen.runner.busy, timeout=20_000)
