# ruff: noqa: F401, F811 - fixtures of the store window
"""Unlocking and locking: the right passphrase, idle time, edits and dialogs under way."""

import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent))

from looking_keys import nameless
from store_fixtures import PASSPHRASE, real_case
from test_store_window import bare, case_open, edit, folder, made_store, readable, saved, vcf, window

from genoai_desktop.app.casebook import Casebook, Door
from genoai_desktop.domain.context import Context
from genoai_desktop.ui.dialogs.open_case import OpenCaseDialog
from genoai_desktop.ui.window import MainWindow


def test_unlocking_waits_for_the_right_passphrase(
    bare: MainWindow, folder: Path, qtbot: QtBot, vcf: Path
) -> None:
    bare.desk.remember_store(folder)
    asked: list[bool] = []
    bare.begin(lambda: asked.append(True))
    screen = bare.lock_screen
    assert screen is not None
    assert nameless(screen) == []
    assert [screen.user.itemText(i) for i in range(screen.user.count())] == ["ada", "rita"]
    for action in ("open", "demo", "undo", "edit", "palette"):
        assert not bare.actions_by_id[action].isEnabled()
    for _ in range(3):
        qtbot.waitUntil(screen.unlock_button.isEnabled, timeout=10_000)
        screen.passphrase.setText("not the passphrase")
        qtbot.keyClick(screen.passphrase, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not screen.runner.busy, timeout=10_000)
    assert "wait" in screen.banner.text.text()
    assert not screen.unlock_button.isEnabled()
    assert asked == []
    qtbot.waitUntil(screen.unlock_button.isEnabled, timeout=10_000)
    screen.passphrase.setText(PASSPHRASE)
    screen.unlock()
    qtbot.waitUntil(lambda: bare.vault.casebook is not None, timeout=10_000)
    assert asked == [True]
    assert bare.actions_by_id["open"].isEnabled()
    assert bare.lock_screen is None


@pytest.mark.parametrize("way", ["Escape", "without the store"])
def test_an_attempt_that_is_stopped_answers_at_once_and_its_late_store_is_closed(
    bare: MainWindow, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    unlock, started, go_on = Door.unlock, threading.Event(), threading.Event()

    def slow(door: Door, user: str, passphrase: str) -> Casebook:
        started.set()
        go_on.wait(20)
        return unlock(door, user, passphrase)

    monkeypatch.setattr(Door, "unlock", slow)
    bare.desk.remember_store(folder)
    bare.begin()
    screen = bare.lock_screen
    assert screen is not None
    screen.passphrase.setText(PASSPHRASE)
    screen.unlock()
    assert started.wait(10)
    assert not screen.unlock_button.isEnabled()
    if way == "Escape":
        qtbot.keyClick(screen.passphrase, Qt.Key.Key_Escape)
        assert screen.unlock_button.isEnabled()
        assert bare.lock_screen is screen
    else:
        screen.skip.click()
        assert bare.lock_screen is None
    assert not screen.runner.busy
    go_on.set()
    assert bare.pool.shutdown(20)
    assert bare.vault.casebook is None
    assert not [one.name for one in threading.enumerate() if one.name.startswith("casebook")]


def test_locking_drops_everything_and_unlocking_restores(
    case_open: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    window = case_open
    for page in ("overview", "candidates", "cases", "phenotype"):
        window.show_page(page)
    edit(window, qtbot, indication="rare word Zyxwv")
    assert "Family 12" in readable(window)
    window.actions_by_id["lock"].trigger()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for word in ("Family 12", "Zyxwv", "CHD7", "family.vcf"):
        assert word not in readable(window), word
    assert window.desk.cases == []
    assert window.desk.recent == []
    assert window.vault.casebook is None
    assert not window.actions_by_id["undo"].isEnabled()
    screen = window.lock_screen
    assert screen is not None
    assert not screen.skip.isVisible()
    qtbot.waitUntil(screen.unlock_button.isEnabled, timeout=10_000)
    screen.passphrase.setText(PASSPHRASE)
    screen.unlock()
    qtbot.waitUntil(lambda: window.vault.casebook is not None, timeout=10_000)
    assert window.page.id == "phenotype"
    assert window.desk.current.case.indication == "rare word Zyxwv"
    assert window.actions_by_id["undo"].isEnabled()
    qtbot.waitUntil(lambda: [path.name for path in window.desk.recent] == ["family.vcf"])
    window.desk.theme.changed.emit()
    acts = [entry.act for entry in window.vault.casebook.audit()]
    assert "locked" in acts
    assert "unlocked" in acts


def test_an_open_dialog_is_hidden_by_the_lock_and_comes_back(case_open: MainWindow, qtbot: QtBot) -> None:
    case_open.do_edit()
    dialog = case_open.findChild(OpenCaseDialog)
    dialog.indication.setText("half typed")
    case_open.do_lock()
    assert not dialog.isVisible()
    screen = case_open.lock_screen
    qtbot.waitUntil(screen.unlock_button.isEnabled, timeout=10_000)
    screen.passphrase.setText(PASSPHRASE)
    screen.unlock()
    qtbot.waitUntil(lambda: case_open.vault.casebook is not None, timeout=10_000)
    assert dialog.isVisible()
    assert dialog.indication.text() == "half typed"
    dialog.reject()


def test_idle_time_locks_by_a_clock_that_nobody_sets(
    case_open: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, now = case_open.vault, [1000.0]
    vault._ticks = lambda: now[0]
    vault.touch()
    monkeypatch.setattr(time, "time", lambda: 9e9)
    vault.look_at_the_clock()
    assert vault.casebook is not None
    now[0] += 599
    qtbot.keyClick(case_open, Qt.Key.Key_Shift)
    vault.look_at_the_clock()
    assert vault.casebook is not None
    now[0] += 601
    vault.look_at_the_clock()
    assert vault.casebook is None
    assert case_open.lock_screen is not None
    qtbot.waitUntil(case_open.lock_screen.unlock_button.isEnabled, timeout=10_000)


def test_an_edit_made_just_before_locking_is_kept(case_open: MainWindow, qtbot: QtBot, folder: Path) -> None:
    uid = case_open.desk.session.uid
    case_open.desk.change(replace(case_open.desk.current.case, indication="at the last moment"))
    case_open.do_lock()
    qtbot.waitUntil(case_open.lock_screen.unlock_button.isEnabled, timeout=10_000)
    with Door(folder).unlock("ada", PASSPHRASE) as book:
        assert book.load(uid).case.indication == "at the last moment"
    screen = case_open.lock_screen
    screen.passphrase.setText(PASSPHRASE)
    screen.unlock()
    qtbot.waitUntil(
        lambda: (
            case_open.desk.current is not None
            and case_open.desk.current.case.indication == "at the last moment"
        ),
        timeout=10_000,
    )


def test_an_edit_that_is_still_analysed_when_the_store_locks_is_kept_and_analysed_again(
    case_open: MainWindow, qtbot: QtBot, folder: Path
) -> None:
    services = case_open.desk.services._services  # type: ignore[attr-defined]
    at_once, started, go_on = services.reanalyse, threading.Event(), threading.Event()

    def slow(opened: object, case: object, context: Context) -> object:
        started.set()
        go_on.wait(20)
        return at_once(opened, case, context)

    services.reanalyse = slow
    uid = case_open.desk.session.uid
    case_open.desk.change(replace(case_open.desk.current.case, indication="while it is analysed"))
    assert started.wait(10)
    case_open.do_lock()
    assert "while it is analysed" not in readable(case_open)
    go_on.set()
    screen = case_open.lock_screen
    qtbot.waitUntil(lambda: not screen.runner.busy, timeout=10_000)
    with Door(folder).unlock("ada", PASSPHRASE) as book:
        assert book.load(uid).case.indication == "while it is analysed"
    case_open.unlocked(case_open.door.unlock("ada", PASSPHRASE))
    saved(case_open, qtbot)
    assert case_open.desk.current.case.indication == "while it is analysed"


def test_a_file_that_is_still_being_opened_when_the_store_locks_is_opened_after_it(
    window: MainWindow, qtbot: QtBot, vcf: Path
) -> None:
    services = window.desk.services._services  # type: ignore[attr-defined]
    at_once, started, go_on = services.analyse, threading.Event(), threading.Event()

    def slow(request: object, context: Context) -> object:
        started.set()
        go_on.wait(20)
        return at_once(request, context)

    services.analyse = slow
    window.open_request(real_case(vcf).request)
    assert started.wait(10)
    window.do_lock()
    go_on.set()
    screen = window.lock_screen
    qtbot.waitUntil(lambda: not screen.runner.busy, timeout=10_000)
    assert window.desk.current is None
    window.unlocked(window.door.unlock("ada", PASSPHRASE))
    qtbot.waitUntil(lambda: window.desk.current is not None, timeout=10_000)
    saved(window, qtbot)
    assert window.vault.casebook.heads()[0].title == "Family 12"
