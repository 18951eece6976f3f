"""Which steps of the window take longer than a person notices, on the demo: ``python bench_slots.py``.

Opens the demo, visits every page twice in both themes, and times each event that Qt delivers
(``QApplication.notify``). Prints every step over 50 ms (the processor's time, so that other programs do
not count) with the page in view, slowest first; exit status 1 when there is any.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import genoai_desktop.ui  # noqa: F401  the guard comes before Qt

from PySide6.QtCore import QEvent, QObject, QTimer  # isort: skip
from PySide6.QtWidgets import QApplication, QWidget

from genoai_desktop.ui.application import prepare
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.window import MainWindow

LIMIT = 0.05
PATIENCE = 240.0


class Timed(QApplication):
    """Times what every event costs, outermost deliveries only."""

    def __init__(self) -> None:
        super().__init__(["bench"])
        self.slow: list[tuple[float, str, str]] = []
        self.at = "start"
        self._depth = 0

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver, with a stopwatch."""
        self._depth += 1
        before = time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            self._depth -= 1
            taken = time.thread_time() - before
            if not self._depth and taken > LIMIT:
                self.slow.append((taken, self.at, f"{event.type().name} at {type(receiver).__name__}"))

    def wait(self, ready: Callable[[], bool], least: float = 0.0) -> None:
        """Run the event loop until ``ready``."""
        begin = time.monotonic()
        while time.monotonic() - begin < PATIENCE and (time.monotonic() - begin < least or not ready()):
            self.processEvents()
            time.sleep(0.001)


def main() -> int:
    """Visit everything."""
    parser = argparse.ArgumentParser(description="Steps of the window over 50 ms, on the demo.")
    parser.add_argument("--limit", type=float, default=LIMIT * 1000, help="milliseconds")
    limit = parser.parse_args().limit / 1000
    application = Timed()
    prepare(application)
    theme = Theme()
    theme.use(theme.scheme)
    window = MainWindow(Services(), theme)
    window.show()
    do: list[Any] = []

    def soon(what: Callable[[], object], name: str) -> None:
        """As a click would: in an event of its own."""
        application.at = name
        timer = QTimer(window)
        timer.setSingleShot(True)
        timer.timeout.connect(what)
        timer.start(0)
        do.append(timer)
        application.wait(lambda: not timer.isActive() and idle(), 0.4)

    def idle() -> bool:
        return not window.runner.busy and not any(page.runner.busy for page in window.pages.made)

    soon(window.warm_up, "warming")
    application.wait(lambda: len(window.pages.made) == len(window.pages))
    soon(window.open_demo, "opening the demo")
    application.wait(lambda: window.desk.current is not None)
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        soon(lambda scheme=scheme: theme.use(scheme), f"theme {scheme}")
        for visit in ("first", "second"):
            for page in window.pages:
                soon(lambda page=page: window.show_page(page), f"{page}, {visit} visit, {scheme}")
    soon(window.do_help, "guide")
    soon(window.do_palette, "palette")
    for dialog in window.findChildren(QWidget):
        if dialog.isWindow() and dialog is not window:
            dialog.close()
    soon(window.do_close_case, "closing the case")
    window.close()
    slow = sorted((s for s in application.slow if s[0] > limit), reverse=True)
    for taken, page, what in slow:
        print(f"{taken * 1000:6.0f} ms  {page}: {what}")
    print(f"{len(slow)} steps over {limit * 1000:.0f} ms")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
