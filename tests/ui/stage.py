"""A window on which any state of the program can be shown: for tests that walk states, and for pictures."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from sample_case import Opened
from store_fixtures import StoreServices, quick_store, real_case, unlocked

from genoai_desktop.domain.context import Context
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.window import MainWindow

PATIENCE_SECONDS = 20.0
_PAUSE_MS = 2_000
"""Timers that take longer wait for no person."""


class StagedServices(StoreServices):
    """Use cases that fail or never come back where a state asks for it. ``let_go`` ends the waiting."""

    def __init__(self, vcf: Path) -> None:
        super().__init__(vcf)
        self.let_go, self.reported = threading.Event(), threading.Event()
        self.waiting = False

    def never(self, label: str, fraction: float | None) -> Callable[..., Any]:
        """A use case that reports once and then waits until it is cancelled."""
        self.waiting = True

        def wait(*arguments: Any) -> Any:
            context: Context = arguments[-1]
            context.report(label, fraction)
            self.reported.set()
            while not self.let_go.wait(0.02):
                context.check()

        return wait

    def stage(self, name: str, function: Callable[..., Any]) -> None:
        """Put ``function`` in the place of the use case ``name``."""
        setattr(self, name, function)


class Stage:
    """A window of its own, with a store below ``folder`` once it is asked for. ``close`` it afterwards."""

    def __init__(self, theme: Theme, folder: Path, size: tuple[int, int] = (1280, 800)) -> None:
        self.folder = folder
        self.vcf = folder / "family.vcf"
        self.vcf.write_text("##fileformat=VCFv4.3\n")
        self.services = StagedServices(self.vcf)
        self.settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.theme = theme
        self._restore: list[tuple[Any, str, Any]] = []
        self.window = MainWindow(self.services, theme, self.settings)
        self.window.resize(*size)
        self.window.show()

    def wait(self, ready: Callable[[], Any]) -> None:
        """Turn the event loop until ``ready``; TimeoutError when it does not come."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not ready():
            if time.monotonic() > end:
                raise TimeoutError(f"the state did not come: {self.under_way()}")
            QApplication.processEvents()
            time.sleep(0.002)

    def settle(self, widget: QWidget | None = None) -> None:
        """Until everything is there, and nothing but what a state holds back is under way."""
        for _ in range(3):
            QApplication.processEvents()
        self.wait(lambda: self._at_rest(widget))
        for _ in range(25):  # parts that follow one another
            QApplication.processEvents()

    def _at_rest(self, widget: QWidget | None) -> bool:
        if self.window.lock_screen is not None:  # behind it may be no page
            return self.theme.settled
        page = self.window.page
        if not page.built or not self.theme.settled or _pausing(page):
            return False
        if self.services.waiting:
            return self.services.reported.is_set()
        runners = (getattr(widget, "runner", None), page.runner, self.window.runner)
        return not any(runner is not None and runner.busy for runner in runners)

    def under_way(self) -> str:
        """What is not at rest, for whom it concerns."""
        window = self.window
        if window.lock_screen is not None:
            return "locked"
        page = window.page
        said = {
            "page built": page.built,
            "theme settled": self.theme.settled,
            "typing": _pausing(page),
            "held": self.services.waiting,
            "page busy": sorted(page.runner._jobs),
            "window busy": sorted(window.runner._jobs),
        }
        return ", ".join(f"{name} {value}" for name, value in said.items())

    def put(self, place: Any, name: str, value: Any) -> None:
        """Replace something of the program until the stage is closed."""
        self._restore.append((place, name, getattr(place, name)))
        setattr(place, name, value)

    def open(self, opened: Opened) -> None:
        """Put a case on the desk."""
        self.window.desk.add(opened)  # type: ignore[arg-type]

    def case(self, opened: Opened | None = None, page: str = "overview") -> Page:
        """This case open, and the page in view."""
        if opened is not None:
            self.open(opened)
        self.window.show_page(page)
        self.settle()
        return self.window.page

    def store(self, user: str = "ada") -> Any:
        """The casebook of an unlocked store: ada administers, rita reviews."""
        place = quick_store(self.folder / "clinic", reviewer="rita")
        unlocked(self.window, place, user)
        return self.book

    @property
    def book(self) -> Any:
        """The casebook in use."""
        book = self.window.vault.casebook
        assert book is not None
        return book

    def stored_case(self) -> str:
        """A case of two versions with an attachment, open and in the store; its identifier."""
        self.window.open_request(real_case(self.vcf).request)
        self.wait(lambda: self.window.desk.session is not None and not self.window.vault.unsaved())
        session = self.window.desk.session
        assert session is not None
        self.book.attach(session.uid, self.vcf)
        return session.uid

    def dialog(self) -> QDialog:
        """The dialog over the window, answered for and laid out."""
        self.wait(self._dialogs)
        found = self._dialogs()[-1]
        self.settle(found)
        return found

    def _dialogs(self) -> list[QDialog]:
        return [made for made in self.window.findChildren(QDialog) if made.isVisible()]

    def close(self) -> None:
        """Gone, the store and what was replaced too."""
        self.services.let_go.set()
        for made in self._dialogs():
            made.done(0)
        for session in self.window.vault.unsaved():
            self.window.vault.forget(session)
        for place, name, value in reversed(self._restore):
            setattr(place, name, value)
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _pausing(root: QWidget) -> bool:
    """Whether something waits for the end of typing, or for its turn."""
    timers = root.findChildren(QTimer)
    return any(timer.isSingleShot() and timer.isActive() and timer.interval() < _PAUSE_MS for timer in timers)


@dataclass(frozen=True, slots=True)
class State:
    """``show`` brings the stage into the state and answers what to look at: the window, or a dialog.

    ``name``: page or dialog, and state. ``says``: English words that must be in view.
    ``offers``: a button, field or list to go on with.
    """

    name: str
    show: Callable[[Stage], QWidget]
    says: tuple[str, ...] = ()
    offers: str = ""

    @property
    def subject(self) -> str:
        """The page or dialog."""
        return self.name.split(".")[0]
