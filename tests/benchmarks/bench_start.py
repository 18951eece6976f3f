"""How long from the start of the process to the first picture of the window: ``python bench_start.py``.

Starts ``python -m genoai_desktop`` (offscreen unless a display is set) a few times and prints each
time and the best one, in seconds. The first start after an update is slower: files are read from the
disk and compiled. ``--modules`` lists what was imported on the way, slowest first.
"""

import argparse
import os
import subprocess
import sys
import time

CHILD = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
import genoai_desktop.ui
from PySide6.QtWidgets import QApplication, QMainWindow

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            QTimer.singleShot(0, done)
        return False

def done():
    print(time.time() - float(os.environ["BENCH_STARTED"]), time.process_time(), flush=True)
    os._exit(0)

run = QApplication.exec
def exec_(*_):
    global watch
    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    return run()
QApplication.exec = exec_
sys.argv = ["genoai-desktop"]
from genoai_desktop.__main__ import main
main()
"""


def once(options: list[str]) -> tuple[list[float], str]:
    """One start: seconds to the first picture, by the clock and of the processor, and what was said."""
    environment = os.environ | {"BENCH_STARTED": str(time.time())}
    if "DISPLAY" not in environment:
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    run = subprocess.run(
        [sys.executable, *options, "-c", CHILD], capture_output=True, text=True, env=environment, check=True
    )
    return [float(figure) for figure in run.stdout.split()[-2:]], run.stderr


def main() -> int:
    """Print the times."""
    parser = argparse.ArgumentParser(description="Seconds from process start to the first picture.")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--modules", action="store_true", help="list the imports on the way")
    chosen = parser.parse_args()
    if chosen.modules:
        said = once(["-X", "importtime"])[1].splitlines()
        own = [line for line in said if line.count("|") == 2 and line.split("|")[1].strip().isdigit()]
        print("\n".join(sorted(own, key=lambda line: -int(line.split("|")[1]))[:30]))
    seconds = [once([])[0] for _ in range(chosen.times)]
    print("first picture after", *(f"{wall:.2f}" for wall, _ in seconds), "s by the clock")
    print("of the processor   ", *(f"{cpu:.2f}" for _, cpu in seconds), "s: what it takes on an idle machine")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
