"""The window is closed, or locked, while its store is at work: what was acknowledged or typed is kept.

No speed is asserted but order: the job is told to stop first, sees it at its next look, and the store is
closed only when the job asks nothing more of it. Nothing half-made is left.
"""

import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from long_jobs import Watch
from store_fixtures import PASSPHRASE, StoreServices, quick_store, unlocked

from genoai_desktop.app.casebook import Casebook, Door
from genoai_desktop.app.casebook.backup import KEY_FILE
from genoai_desktop.app.casebook.worker import StoreWorker
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.cases.keys import Prepared, rotating
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.errors import Cancelled, UserError
from genoai_desktop.jobs.pool import State
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.dialogs.backup import BackupDialog
from genoai_desktop.ui.dialogs.unlock import wanted_still
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.window import MainWindow

SCAN = Random(1).randbytes(3_000_000)
Work = Callable[[Casebook, str, Path, Context], object]


def _changed_key(book: Casebook, _uid: str, _folder: Path, context: Context) -> object:
    prepared: Prepared = book.prepare_rotation(PASSPHRASE)
    return book.rotate(prepared, context)


def _kept(book: Casebook, uid: str) -> str:
    return book.attachments(uid)[0].attachment_id


WORK: dict[str, Work] = {
    "back up": lambda book, _uid, folder, context: book.backup(folder / "b.backup", context),
    "attach": lambda book, uid, folder, context: book.attach(uid, folder / "scan.pdf", context),
    "export": lambda book, uid, folder, context: book.export_attachment(
        uid, book.attachments(uid)[0].attachment_id, folder / "out.pdf", context
    ),
    "remove": lambda book, uid, _folder, context: book.detach(
        book.attachments(uid)[0].attachment_id, context
    ),
    "delete": lambda book, uid, _folder, context: book.delete(uid, context),
    "change the key": _changed_key,
    "prove the audit trail": lambda book, _uid, _folder, context: book.audit_problems(context),
}


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, settings: QSettings, tmp_path: Path, quick_keys: None) -> MainWindow:
    """An unlocked store with one saved case and an attachment."""
    vcf = tmp_path / "family.vcf"
    vcf.write_text("##fileformat=VCFv4.3\n")
    (tmp_path / "scan.pdf").write_bytes(SCAN)
    made = unlocked(MainWindow(StoreServices(vcf), theme, settings), quick_store(tmp_path / "clinic"))
    made.show()
    made.open_request(CaseRequest(vcf, sample="CHILD", name="Family 12"))
    qtbot.waitUntil(lambda: made.desk.session is not None and not made.vault.unsaved(), timeout=20_000)
    return made


def half_written(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.suffix in (".part", ".copy")]


def _close(window: MainWindow, _qtbot: QtBot) -> None:
    window.close()


def _lock(window: MainWindow, qtbot: QtBot) -> None:
    window.do_lock()
    screen = window.lock_screen
    assert screen is not None
    assert screen.isVisible()
    assert window.desk.cases == []
    qtbot.waitUntil(screen.unlock_button.isEnabled, timeout=30_000)


class Asked:
    """What is asked of the store from now on, by whom, until it is closed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.events: list[str] = []
        self._job = 0
        submit, close = StoreWorker.submit, StoreWorker.close

        def submitting(worker: StoreWorker, function: Any, *given: Any, **named: Any) -> Any:
            job = threading.get_ident() == self._job
            self.events.append("job" if job else function.__name__)
            return submit(worker, function, *given, **named)

        def closing(worker: StoreWorker) -> None:
            self.events.append("closed")
            close(worker)

        monkeypatch.setattr(StoreWorker, "submit", submitting)
        monkeypatch.setattr(StoreWorker, "close", closing)

    def by_the_job(self, function: Work) -> Work:
        """The job, whose requests are told from others."""

        def call(*given: Any) -> object:
            self._job = threading.get_ident()
            try:
                return function(*given)
            finally:
                self._job = 0

        return call


@pytest.mark.parametrize("leave", [_close, _lock])
@pytest.mark.parametrize("name", WORK)
def test_the_job_stops_first_and_everything_acknowledged_is_kept(
    name: str,
    leave: Callable[[MainWindow, QtBot], None],
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book, session = window.vault.casebook, window.desk.session
    assert book is not None
    assert session is not None
    uid = session.uid
    kept = book.attach(uid, tmp_path / "scan.pdf")
    acknowledged = len(book.audit())
    before = sorted(path.name for path in tmp_path.iterdir())
    watch, asked = Watch(0, hold=True), Asked(monkeypatch)
    runner = Runner(window.pool, window)
    with qtbot.waitSignal(runner.progress, timeout=60_000):
        runner.run(watch.watched(asked.by_the_job(WORK[name])), book, uid, tmp_path)
    window.desk.change(replace(session.case, indication="typed just before"))
    leave(window, qtbot)
    assert watch.rest.wait(30)
    assert watch.ended == "cancelled"
    assert watch.looked <= 2, "it went on after it was stopped"
    assert "_save" in asked.events
    assert asked.events.index("closed") == len(asked.events) - 1
    assert not rotating(tmp_path / "clinic" / KEY_FILE)
    assert not [one.name for one in threading.enumerate() if one.name.startswith("casebook")]
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert half_written(tmp_path) == []
    with Door(tmp_path / "clinic").unlock("ada", PASSPHRASE) as again:
        assert again.load(uid).case.indication == "typed just before"
        assert again.attachment(kept.attachment_id) == SCAN
        assert len(again.audit()) > acknowledged
        assert not again.audit_problems()
        assert not again.damage()
    _end(window)


def _end(window: MainWindow) -> None:
    window.close()
    assert window.pool.shutdown(30)
    assert not [one.name for one in threading.enumerate() if one.name.startswith("worker-")]
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_lock_screen_is_there_while_the_store_is_still_busy(window: MainWindow, qtbot: QtBot) -> None:
    book, started, go_on = window.vault.casebook, threading.Event(), threading.Event()
    assert book is not None

    def busy(_store: object) -> None:
        started.set()
        go_on.wait(20)

    asked = book._worker.submit(busy)
    assert started.wait(10)
    window.do_lock()
    screen = window.lock_screen
    assert screen is not None
    assert screen.isVisible()
    assert not asked.done()
    assert not screen.unlock_button.isEnabled()
    go_on.set()
    qtbot.waitUntil(screen.unlock_button.isEnabled, timeout=30_000)
    assert asked.done()
    _end(window)


def test_an_edit_is_kept_when_the_window_is_closed_before_the_lock_had_its_turn(
    window: MainWindow, tmp_path: Path
) -> None:
    session, go_on = window.desk.session, threading.Event()
    assert session is not None
    for _ in range(window.pool._size):
        window.pool.submit(lambda _context: go_on.wait(30))
    window.desk.change(replace(session.case, indication="typed just before"))
    window.do_lock()
    window.close()
    go_on.set()
    with Door(tmp_path / "clinic").unlock("ada", PASSPHRASE) as again:
        assert again.load(session.uid).case.indication == "typed just before"
        assert "locked" in [entry.act for entry in again.audit()]
    _end(window)


def test_a_dialog_says_that_the_lock_stopped_its_job_and_jobs_without_a_case_go_on(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.do_backup()
    dialog = window.findChild(BackupDialog)
    other, go_on = Runner(window.pool, window), threading.Event()
    other.outlives_lock = True
    watch = Watch(0, hold=True)
    with qtbot.waitSignal(dialog.runner.progress, timeout=60_000):
        dialog.work(watch.watched(lambda book, context: book.backup(tmp_path / "b.backup", context)))
    with qtbot.waitSignal(dialog.runner.stopped, timeout=30_000):
        job = other.run(lambda context: (go_on.wait(20), context.check()))
        window.do_lock()
    assert "Begin it again" in dialog.banner.text.text()
    assert not dialog.isVisible()
    go_on.set()
    assert job.wait(20)
    assert job.state is State.DONE
    assert window.lock_screen is not None
    qtbot.waitUntil(window.lock_screen.unlock_button.isEnabled, timeout=30_000)
    _end(window)


def test_a_store_that_opens_after_the_person_left_is_closed_again(tmp_path: Path, quick_keys: None) -> None:
    opened, context = Door(quick_store(tmp_path / "clinic")).unlock("ada", PASSPHRASE), Silent()
    assert wanted_still(opened, context) is opened
    context.cancel()
    with pytest.raises(Cancelled):
        wanted_still(opened, context)
    with pytest.raises(UserError, match="locked"):
        opened.heads()
    assert not [one.name for one in threading.enumerate() if one.name.startswith("casebook")]
