"""Cancel answers within half a second in the middle of a real analysis, and closing ends it cleanly."""

import subprocess
import sys

import pytest

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
