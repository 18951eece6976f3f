"""Which steps of the window take longer than a person notices, on the demo: ``python bench_slots.py``.

A whole session with the real window and the demo exome: opening, every page for the first and the second
time, every tab and the first rows of every list, typing into the filters, panning and zooming, theme, text
size and language, a new size, every dialog, the guide and the palette, closing. Times each event that Qt
delivers (``QApplication.notify``), outermost deliveries only: while one lasts, the window answers nothing.
Prints the worst event of each step, those over 50 ms marked (the processor's time of this thread, so that
other programs do not count; the time by the clock beside it); exit status 1 when there is any.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import genoai_desktop.ui  # noqa: F401  the guard comes before Qt

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer  # isort: skip
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QLineEdit,
    QListWidget,
    QTabBar,
    QTableView,
    QWidget,
)

from genoai_desktop.ui.application import prepare
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.window import MainWindow

LIMIT = 0.05
PATIENCE = 240.0
ROWS = 5
"""Of every list that are chosen in turn."""
DIALOGS = (
    *("open", "edit", "notes", "attachments", "compare", "set_up_store", "users", "letterhead", "backup"),
    *("audit", "updates", "language", "shortcuts", "about", "help", "limits", "palette"),
)


class Timed(QApplication):
    """Times what every event costs, outermost deliveries only."""

    def __init__(self) -> None:
        super().__init__(["bench"])
        self.events: list[tuple[float, float, str, str]] = []
        self.at = "start"
        self._depth = 0

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver, with a stopwatch."""
        if self._depth:
            return super().notify(receiver, event)
        self._depth += 1
        kind, name = event.type(), type(receiver).__name__
        clock, before = time.perf_counter(), time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            self._depth -= 1
            taken = time.thread_time() - before
            self.events.append((taken, time.perf_counter() - clock, self.at, f"{kind.name} at {name}"))

    def wait(self, ready: Callable[[], bool], least: float = 0.0) -> None:
        """Run the event loop until ``ready``."""
        begin = time.monotonic()
        while time.monotonic() - begin < PATIENCE and (time.monotonic() - begin < least or not ready()):
            self.processEvents()
            time.sleep(0.001)


class Session:
    """What a person does, one thing after the other."""

    def __init__(self, application: Timed, window: MainWindow, theme: Theme) -> None:
        self.application, self.window, self.theme = application, window, theme
        self._timers: list[Any] = []

    def soon(self, what: Callable[[], object], name: str, least: float = 0.25) -> None:
        """As a click would: in an event of its own."""
        self.application.at = name
        timer = QTimer(self.window)
        timer.setSingleShot(True)
        timer.timeout.connect(what)
        timer.start(0)
        self._timers.append(timer)
        self.application.wait(lambda: not timer.isActive() and self.idle(), least)

    def idle(self) -> bool:
        """Nothing is under way in any worker."""
        window = self.window
        return not window.runner.busy and not any(page.runner.busy for page in window.pages.made)

    def run(self) -> None:
        """The whole session."""
        window = self.window
        self.soon(window.warm_up, "warming")
        self.application.wait(lambda: len(window.pages.made) == len(window.pages))
        self.soon(window.open_demo, "opening the demo")
        self.application.wait(lambda: window.desk.current is not None)
        for visit in ("first", "second"):
            for page in window.pages:
                self.soon(lambda page=page: window.show_page(page), f"{page}, {visit} visit")
        for page in window.pages:
            self.look_around(page)
        self.type_filters()
        self.move_on_locus()
        self.change_looks()
        self.open_dialogs()
        self.soon(window.do_close_case, "closing the case")
        self.application.at = "closing the window"
        window.close()

    def look_around(self, page: str) -> None:
        """Every tab, switch and list of a page."""
        self.soon(lambda: self.window.show_page(page), f"{page}, again")
        for number, tabs in enumerate(self.shown(QTabBar)):
            for index in range(tabs.count()):
                self.soon(lambda t=tabs, i=index: t.setCurrentIndex(i), f"{page}, tab {number}.{index}")
        switches = [b for b in self.shown(QAbstractButton) if b.isCheckable() and not b.isChecked()]
        for made in switches:
            if alive(made):
                self.soon(lambda b=made: alive(b) and b.click(), f"{page}, {made.text()}")
        for view in self.shown(QAbstractItemView):
            if isinstance(view, QListWidget | QTableView):
                for row in range(ROWS):
                    self.soon(lambda v=view, r=row: choose(v, r), f"{page}, row {row}", 0.1)

    def type_filters(self) -> None:
        """Letters into the search, and each switch of the filters, over the whole exome."""
        self.soon(lambda: self.window.show_page("variants"), "variants, again")
        for field in [f for f in self.shown(QLineEdit) if f.window() is self.window]:
            for letter in ("C", "H", "D", "7", "\b", "\b", "\b", "\b"):
                self.soon(lambda f=field, k=letter: key(f, k), f"variants, typing {letter!r}", 0.15)

    def move_on_locus(self) -> None:
        """Pan, zoom and resize the locus view."""
        self.soon(lambda: self.window.show_page("locus"), "locus, again")
        view = self.window.locus.plot
        for name in (Qt.Key.Key_Plus, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Minus, Qt.Key.Key_Minus):
            self.soon(lambda k=name: QTest.keyClick(view, k), f"locus, {name.name}")
        for step in (120, 120, -120, -120, -120):
            self.soon(lambda s=step: wheel(view, s), f"locus, wheel {step}", 0.1)

    def change_looks(self) -> None:
        """Theme, text size, size of the window and language, on several pages."""
        window, theme = self.window, self.theme
        for page in ("candidates", "variants", "medicines", "risks", "report"):
            self.soon(lambda page=page: window.show_page(page), f"{page}, again")
            for scheme in (Scheme.DARK, Scheme.LIGHT):
                self.soon(lambda scheme=scheme: theme.use(scheme), f"theme {scheme} on {page}", 0.5)
            self.soon(lambda: theme.resize_text(1), f"larger text on {page}", 0.5)
            self.soon(lambda: theme.resize_text(0), f"normal text on {page}", 0.5)
            for size in ((1024, 700), (1600, 1000), (1280, 800)):
                self.soon(lambda size=size: window.resize(*size), f"size {size[0]} on {page}")
        for language in ("de", "en"):
            self.soon(lambda language=language: window.speak(language), f"language {language}", 1.0)

    def open_dialogs(self) -> None:
        """Each of them opened and closed again."""
        for action in DIALOGS:
            self.soon(lambda action=action: self.window._do(action), f"dialog {action}", 0.4)
            for other in self.application.topLevelWidgets():
                if isinstance(other, QDialog) and other.isVisible():
                    self.soon(other.close, f"closing dialog {action}", 0.05)

    def shown(self, kind: type[Any]) -> list[Any]:
        """Widgets of a kind in the page in view."""
        return [w for w in self.window.page.findChildren(kind) if w.isVisible() and w.isEnabled()]


def alive(widget: QWidget) -> bool:
    """Whether Qt still has it."""
    try:
        return bool(widget.isVisible())
    except RuntimeError:
        return False


def choose(view: QAbstractItemView, row: int) -> None:
    """Turn to a row, when there is one."""
    if alive(view) and view.model() is not None and row < view.model().rowCount():
        view.setCurrentIndex(view.model().index(row, 0))


def key(field: QLineEdit, letter: str) -> None:
    """One letter, or the key that takes one back."""
    if alive(field):
        if letter == "\b":
            field.backspace()
        else:
            field.insert(letter)


def wheel(view: QWidget, angle: int) -> None:
    """Turn the wheel over the middle of a widget."""
    target = getattr(view, "viewport", lambda: view)()
    place = QPointF(target.rect().center())
    none, straight = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(place, place, QPoint(), QPoint(0, angle), none, straight, phase, False)
    QApplication.sendEvent(target, event)


def worst(events: list[tuple[float, float, str, str]]) -> Iterator[tuple[float, float, str, str]]:
    """The longest event of each step."""
    found: dict[str, tuple[float, float, str, str]] = {}
    for event in events:
        if event[2] not in found or event[0] > found[event[2]][0]:
            found[event[2]] = event
    yield from sorted(found.values(), reverse=True)


def main() -> int:
    """Run the session; 1 when a step took too long."""
    parser = argparse.ArgumentParser(description="Steps of the window over 50 ms, on the demo.")
    parser.add_argument("--limit", type=float, default=LIMIT * 1000, help="milliseconds")
    parser.add_argument("--show", type=int, default=25, help="how many steps are printed at least")
    chosen = parser.parse_args()
    application = Timed()
    prepare(application)
    theme = Theme()
    theme.use(theme.scheme)
    window = MainWindow(Services(), theme)
    window.show()
    Session(application, window, theme).run()
    steps = list(worst(application.events))
    over = [event for event in application.events if event[0] * 1000 > chosen.limit]
    for number, (taken, clock, step, what) in enumerate(steps):
        if number < chosen.show or taken * 1000 > chosen.limit:
            mark = "!" if taken * 1000 > chosen.limit else " "
            print(f"{mark} {taken * 1000:6.0f} ms ({clock * 1000:.0f} by the clock)  {step}: {what}")
    print(f"{len(steps)} steps, {len(application.events)} events; {len(over)} over {chosen.limit:.0f} ms")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
