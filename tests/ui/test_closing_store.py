"""The window is closed while its store is at work: what was acknowledged or typed is kept, nothing half left.

No speed is asserted but order: the job is told to stop first, sees it at its next look, and only then is the
store written and closed.
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
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.cases.keys import Prepared
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.errors import Cancelled, UserError
from genoai_desktop.ui.bridge import Runner
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


@pytest.mark.parametrize("name", WORK)
def test_the_job_stops_first_and_everything_acknowledged_is_kept(
    name: str, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, session = window.vault.casebook, window.desk.session
    assert book is not None
    assert session is not None
    uid = session.uid
    kept = book.attach(uid, tmp_path / "scan.pdf")
    acknowledged = len(book.audit())
    before = sorted(path.name for path in tmp_path.iterdir())
    events: list[str] = []
    save, close = Casebook.save, Casebook.close

    def saving(self: Casebook, *given: Any, **named: Any) -> Any:
        events.append("save")
        return save(self, *given, **named)

    def closing(self: Casebook, *given: Any) -> None:
        events.append("close")
        close(self, *given)

    watch = Watch(0, hold=True)
    ended = watch.rest.set
    monkeypatch.setattr(watch.rest, "set", lambda: (events.append("rest"), ended()))
    runner = Runner(window.pool, window)
    with qtbot.waitSignal(runner.progress, timeout=60_000):
        runner.run(watch.watched(WORK[name]), book, uid, tmp_path)
    monkeypatch.setattr(Casebook, "save", saving)
    monkeypatch.setattr(Casebook, "close", closing)
    window.desk.change(replace(session.case, indication="typed just before"))
    window.close()
    assert watch.rest.wait(30)
    monkeypatch.undo()
    assert watch.ended == "cancelled"
    assert watch.looked <= 2, "it went on after it was stopped"
    assert events.index("rest") < events.index("close")
    assert "save" in events
    assert not [one.name for one in threading.enumerate() if one.name.startswith(("worker-", "casebook"))]
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert half_written(tmp_path) == []
    with Door(tmp_path / "clinic").unlock("ada", PASSPHRASE) as again:
        assert again.load(uid).case.indication == "typed just before"
        assert again.attachment(kept.attachment_id) == SCAN
        assert len(again.audit()) > acknowledged
        assert not again.audit_problems()
        assert not again.damage()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_store_that_opens_after_the_person_left_is_closed_again(tmp_path: Path, quick_keys: None) -> None:
    opened, context = Door(quick_store(tmp_path / "clinic")).unlock("ada", PASSPHRASE), Silent()
    assert wanted_still(opened, context) is opened
    context.cancel()
    with pytest.raises(Cancelled):
        wanted_still(opened, context)
    with pytest.raises(UserError, match="locked"):
        opened.heads()
    assert not [one.name for one in threading.enumerate() if one.name.startswith("casebook")]
