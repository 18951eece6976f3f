#!/usr/bin/env python3
"""Open, analyse, edit, report and close many cases in one window, and see that nothing grows.

``python tests/benchmarks/soak.py [--cases 200]`` drives the real window offscreen with the real analyses on
the bundled demo family as if it were patients', with a real encrypted store behind it: each case is opened
from its VCF, looked at on every page, edited twice and undone, saved, reported and closed; every 25th time
the store is locked and unlocked, and a stored case is opened again. It prints memory now and at its highest,
open files, threads and widgets after the first and every tenth case, and ends with status 1 where the last
tenth of the cases holds more than the second by over 5 % of memory, or any handle. ``--cases 1`` tells what
the window needs for one exome.
"""

import argparse
import gc
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["GENOAI_DATA"] = os.path.join(tempfile.gettempdir(), f"genoai-soak-{os.getpid()}")

import genoai_desktop.ui  # noqa: F401 - before PySide6: guards a fault of PySide6 under Python 3.11

# isort: split
from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from genoai_desktop import report
from genoai_desktop.app import demo_request
from genoai_desktop.app.casebook import Door
from genoai_desktop.app.tables import write_bytes
from genoai_desktop.domain.case import ObservedTerm
from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.ui.application import prepare
from genoai_desktop.ui.collector import Collector
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.window import MainWindow

TERM = ObservedTerm("HP:0000365")
PASSPHRASE = "a phrase for the soak"
LOCK_EVERY = 25
LONGEST = 120_000
"""Milliseconds that one step may take before the script gives up."""


@dataclass(frozen=True)
class Sample:
    """What the process holds between two cases."""

    memory: float
    peak: float
    files: int
    threads: int
    widgets: int


def held() -> Sample:
    """Resident megabytes now and at most so far, open files, threads and Qt widgets (Linux's /proc)."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return Sample(
        pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
        peak(),
        len(os.listdir("/proc/self/fd")),
        threading.active_count(),
        len(QApplication.allWidgets()),
    )


def peak() -> float:
    """The most megabytes that were resident since the start (VmHWM, in KiB there)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6


def until(window: MainWindow, start: Callable[[], None]) -> None:
    """Start a step and wait for the window to show another case."""
    loop = QEventLoop()
    window.desk.case_changed.connect(loop.quit)
    timer = QTimer(singleShot=True)
    timer.timeout.connect(lambda: sys.exit("a step did not end"))
    timer.start(LONGEST)
    QTimer.singleShot(0, start)
    loop.exec()
    timer.stop()
    window.desk.case_changed.disconnect(loop.quit)


def settle(window: MainWindow) -> None:
    """Wait until everything is analysed and on the disk."""
    loop, timer = QEventLoop(), QTimer(interval=20)
    timer.timeout.connect(lambda: loop.quit() if not (window.vault.unsaved() or window.runner.busy) else None)
    timer.start()
    longest = QTimer(singleShot=True, interval=LONGEST)  # stopped below: one left running counts as a leak
    longest.timeout.connect(loop.quit)
    longest.start()
    loop.exec()
    timer.stop()
    longest.stop()
    if window.vault.unsaved():
        sys.exit("something was not saved")


def lock_and_unlock(window: MainWindow) -> None:
    """As at the end of a day, and open a case of the store the next morning."""
    window.do_lock()
    screen = window.lock_screen
    while screen is not None and screen.runner.busy:
        QApplication.processEvents()
    assert window.door is not None
    window.unlocked(window.door.unlock("soak", PASSPHRASE))
    book = window.vault.casebook
    assert book is not None
    until(window, lambda: window.open_stored(book.heads()[0].case_id))
    settle(window)
    window.desk.close(window.desk.current)


def one_case(window: MainWindow, folder: Path, number: int) -> None:
    """From opening to closing."""
    window.vault.touch()  # as whoever works does: on a slow machine the window would lock itself otherwise
    request = replace(demo_request(), synthetic=False, name=f"Family {number}")
    until(window, lambda: window.open_request(request))
    for page in window.pages:
        window.show_page(page)
        QApplication.processEvents()
    case = window.desk.current.case
    until(window, lambda: window.desk.change(replace(case, terms=(*case.terms, TERM))))
    until(window, window.do_undo)
    until(window, window.do_redo)
    settle(window)
    result = window.desk.current.result
    report.write_clinician_pdf(result, folder / "report.pdf")
    patient = Document(DocumentKind.LETTER)
    write_bytes(report.letter(result, patient).pdf(), folder / "letter.pdf")
    report.write_json(result, folder / "result.json")
    window.desk.close(window.desk.current)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def main() -> int:
    """Run the cases, print the table, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cases", type=int, default=200)
    options = parser.parse_args()
    application = QApplication([])
    prepare(application)
    theme = Theme(Scheme.LIGHT)
    theme.use(theme.scheme)
    window = MainWindow(Services(), theme)
    Collector(lambda: not window.pool.busy, window)
    window.show()
    samples, began = [], time.monotonic()
    print("case  memory MB  peak MB  files  threads  widgets")
    with tempfile.TemporaryDirectory() as place:
        window.door = Door(Path(place) / "store")
        window.unlocked(window.door.set_up(Door.prepare("soak", PASSPHRASE)))
        for number in range(1, options.cases + 1):
            one_case(window, Path(place), number)
            if number % LOCK_EVERY == 0:
                lock_and_unlock(window)
            samples.append(held())
            if number == 1 or number % 10 == 0:
                now = samples[-1]
                print(
                    f"{number:4}  {now.memory:9.0f}  {now.peak:7.0f}  {now.files:5}  {now.threads:7}"
                    f"  {now.widgets:7}",
                    flush=True,
                )
        window.close()
    print(f"at most {peak():.0f} MB resident; {(time.monotonic() - began) / options.cases:.1f} s a case")
    return judge(samples)


def judge(samples: list[Sample]) -> int:
    """Compare the last tenth with the second: the first fills caches that are meant to stay."""
    tenth = max(1, len(samples) // 10)
    early, late = samples[tenth : 2 * tenth], samples[-tenth:]
    grown = []
    for name in ("memory", "files", "threads", "widgets"):
        before = statistics.median(getattr(sample, name) for sample in early)
        after = statistics.median(getattr(sample, name) for sample in late)
        allowed = before * 0.05 if name == "memory" else 0
        if after > before + allowed:
            grown.append(f"{name} grew from {before:g} to {after:g}")
    print("; ".join(grown) or "nothing grew")
    return int(bool(grown))


if __name__ == "__main__":
    raise SystemExit(main())
