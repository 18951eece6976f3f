"""Every long job ends in the middle when it is stopped or the window is closed; nothing half-made stays."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from conftest import QuickServices
from job_stores import stores_closed
from long_jobs import JOBS, Watch, left, stopped
from looks import Looks, faults, watched

from genoai_desktop.domain.errors import Cancelled
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.window import MainWindow

SCRIPT = """
import os, sys, time
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import genoai_desktop.ui
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from genoai_desktop.ui.application import prepare
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.window import MainWindow

application = QApplication([])
prepare(application)
theme = Theme()
theme.use(theme.scheme)
window = MainWindow(Services(), theme)
window.show()

def go():
    window.open_demo()
    assert window.runner.busy
    QTimer.singleShot(int(sys.argv[2]), stop)

def stop():
    assert window.runner.busy, "the analysis was over before it could be stopped"
    begun = time.perf_counter()
    if sys.argv[1] == "cancel":
        window.do_cancel()
        assert not window.runner.busy
        assert window.shown_page() == "cases" and window.desk.current is None
        print(time.perf_counter() - begun)
    window.close()
    print(time.perf_counter() - begun)
    application.quit()

QTimer.singleShot(0, go)
status = application.exec()
sys.exit(status)
"""


def run(how: str, after_ms: int) -> list[float]:
    """Seconds that stopping, and closing, took; the process must have ended by itself with status 0."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, how, str(after_ms)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    return [float(line) for line in done.stdout.split()]


@pytest.mark.parametrize("after_ms", [50, 600])
def test_cancel_in_the_middle_of_an_analysis(after_ms: int) -> None:
    assert run("cancel", after_ms)[0] < 0.5


def test_closing_in_the_middle_of_an_analysis() -> None:
    assert run("close", 400)[-1] < 3.0


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, quick_keys: None) -> Iterator[None]:
    """A data folder of the test's own, and stores that unlock in no time and are closed at the end."""
    monkeypatch.setenv("GENOAI_DATA", str(tmp_path / "data"))
    with stores_closed():
        yield


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", JOBS)
def test_a_stopped_job_ends_in_the_middle_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    function, arguments = JOBS[name](tmp_path)
    before = set(left(tmp_path))
    ended = stopped(function, arguments, hold=True)
    assert ended.label, "it did not say what it does"
    assert ended.how == "cancelled"
    assert set(left(tmp_path)) == before


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", JOBS)
def test_progress_is_true_and_a_stop_is_seen_at_the_next_look(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``looks.after``: SQLite's own error costs one more look before it becomes ``Cancelled``."""
    made = {}
    for place in ("whole", "stopped"):
        (tmp_path / place).mkdir()
        monkeypatch.setenv("GENOAI_DATA", str(tmp_path / place / "data"))
        made[place] = JOBS[name](tmp_path / place)
    function, arguments = made["stopped"]
    monkeypatch.setenv("GENOAI_DATA", str(tmp_path / "whole" / "data"))
    whole = watched(*made["whole"])
    assert faults(whole.reports) == []
    monkeypatch.setenv("GENOAI_DATA", str(tmp_path / "stopped" / "data"))
    before = set(left(tmp_path / "stopped"))
    for number in sorted({1, max(whole.count // 2, 1), whole.count}):
        looks = Looks(number)
        with pytest.raises(Cancelled):
            function(*arguments, looks)
        assert looks.after <= 1
        assert all(part is None or part < 1.0 for _, part in looks.reports)
        assert set(left(tmp_path / "stopped")) == before


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", JOBS)
def test_closing_the_window_ends_the_job_and_every_worker(
    name: str, tmp_path: Path, qtbot: QtBot, theme: Theme, settings: QSettings
) -> None:
    function, arguments = JOBS[name](tmp_path)
    before = set(left(tmp_path))
    window, watch = MainWindow(QuickServices(), theme, settings), Watch(0, hold=True)
    window.show()
    runner = Runner(window.pool, window)
    with qtbot.waitSignal(runner.progress, timeout=60_000):
        runner.run(watch.watched(function), *arguments)
    window.close()
    assert watch.rest.wait(30)
    assert watch.ended == "cancelled"
    assert window.pool.shutdown(30)
    assert watch.looked <= 2, "it went on after it was stopped"
    assert not list(tmp_path.rglob("*.part"))
    assert not list(tmp_path.rglob("*.copy"))
    assert not [one.name for one in threading.enumerate() if one.name.startswith("worker-")]
    assert set(left(tmp_path)) == before
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
