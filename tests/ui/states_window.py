"""States of the window around the pages: locked, in trouble with its store, a file refused."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from sample_case import sample_case
from stage import Stage, State
from states_case import CUT_SHORT
from states_ways import STORE_UNREAD, Show, edited, failing, page, store
from store_fixtures import PASSPHRASE, quick_store

from genoai_desktop.app.casebook import door as doors
from genoai_desktop.ui.dialogs.unlock import UnlockPanel


def _started(act: Callable[[Stage, UnlockPanel], None] | None = None) -> Show:
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


def _trying(stage: Stage, screen: UnlockPanel) -> None:
    """A passphrase is being tried."""
    screen.passphrase.setText(PASSPHRASE)
    stage.put(screen.door, "unlock", lambda *_: stage.services.let_go.wait(60))
    screen.unlock()


def _two_keys(stage: Stage, screen: UnlockPanel) -> None:
    """The new passphrase was typed in two ways."""
    screen.other_way.click()
    screen.new.setText(PASSPHRASE)
    screen.again.setText("something else")
    screen.unlock()


def _users_unread(stage: Stage) -> QWidget:
    stage.put(doors, "users", failing(STORE_UNREAD))
    return _started()(stage)


def _locked(stage: Stage) -> QWidget:
    """Locked by hand with a case open."""
    stage.store()
    stage.stored_case()
    stage.window.do_lock()
    screen = stage.window.lock_screen
    assert screen is not None
    stage.wait(screen.unlock_button.isEnabled)
    stage.settle()
    return stage.window


def _gone(stage: Stage) -> QWidget:
    """The stick with the store is not there."""
    stage.window.desk.remember_store(stage.folder / "stick" / "store")
    stage.window.begin()
    stage.settle()
    return stage.window


def _device(statement: str) -> Show:
    """An edit is to be saved on a device that does not take it."""

    def show(stage: Stage) -> QWidget:
        stage.store()
        stage.stored_case()
        stage.book._worker.call(lambda kept: kept._connection.execute(statement))
        session = stage.window.desk.session
        assert session is not None
        stage.window.show_page("overview")
        edited(stage)
        stage.wait(lambda: session.problem)
        stage.settle()
        return stage.window

    return show


def _by_now(act: Callable[[Any], None]) -> Show:
    """``act(window)`` with the sample case in view."""

    def show(stage: Stage) -> QWidget:
        stage.case(sample_case())
        act(stage.window)
        stage.settle()
        return stage.window

    return show


def _overtaken(stage: Stage) -> QWidget:
    stage.store()
    stage.stored_case()
    stage.window.vault.overtaken.emit("rita")
    stage.settle()
    return stage.window


def _moved(stage: Stage) -> QWidget:
    """A stored case is opened whose file is not where it was."""
    stage.store()
    uid = stage.stored_case()
    stage.window.desk.close(stage.window.desk.current)  # type: ignore[arg-type]
    stage.vcf.rename(stage.folder / "elsewhere.vcf")
    stage.window.open_stored(uid)
    return stage.dialog()


_CUT = ("ends in the middle of a record", "Copy it again")

STATES: tuple[State, ...] = (
    State("window.refused", _by_now(lambda window: window.failed(CUT_SHORT)), _CUT, "Dismiss"),
    State("window.store_gone", _gone, ("Connect its device",), "Choose a file…"),
    State("window.store_read_only", _device("PRAGMA query_only = ON"), ("read-only", "Copy its folder"),
          "Dismiss"),
    State("window.store_full", _device("PRAGMA max_page_count = 1"), ("The disk is full", "Make room"),
          "Dismiss"),
    State("window.overtaken", _overtaken, ("rita saved this case meanwhile",), "Dismiss"),
    State("window.files_moved", _moved, ("not where they were: family.vcf", "Choose the folder"),
          "Choose the folder…"),
    State("window.needs_store", _by_now(lambda window: window.do_audit()), ("needs an unlocked case store",),
          "Dismiss"),
    State("window.store_unlocked", page("overview", store), ("No case is open",), "Case list"),
    State("lock.start", _started(), ("The case store is locked",), "Unlock"),
    State("lock.recovery", _started(lambda _stage, screen: screen.other_way.click()), ("Recovery key",),
          "Use the passphrase"),
    State("lock.recovery_differs", _started(_two_keys), ("are not the same",), "Unlock"),
    State("lock.trying", _started(_trying), ("One moment…",)),
    State("lock.wrong", _started(_wrong(1)), ("passphrase",), "Unlock"),
    State("lock.waiting", _started(_wrong(3)), ("the next one has to wait",), "Use the recovery key…"),
    State("lock.saving", _started(lambda _stage, screen: screen.wait_for_saving(True)), ("Saving…",)),
    State("lock.by_hand", _locked, ("Nothing of your cases is shown",), "Unlock"),
    State("lock.users_unread", _users_unread, ("could not be read", "disk is connected"), "Try again"),
)  # fmt: skip
