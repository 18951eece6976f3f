"""A window on which any state of the program can be shown: for tests that walk states, and for pictures."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from sample_case import Opened
from store_fixtures import StoreServices, quick_store, real_case, unlocked

from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.window import MainWindow

PATIENCE_SECONDS = 30.0


class Stage:
    """A window of its own, with a store below ``folder`` once it is asked for. ``close`` it afterwards."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        self.folder = folder
        self.vcf = folder / "family.vcf"
        self.vcf.write_text("##fileformat=VCFv4.3\n")
        self.services = StoreServices(self.vcf)
        self.settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.theme = theme
        self.window = MainWindow(self.services, theme, self.settings)
        self.window.resize(1280, 800)
        self.window.show()

    def wait(self, ready: Callable[[], Any]) -> None:
        """Turn the event loop until ``ready``; TimeoutError when it does not come."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not ready():
            if time.monotonic() > end:
                raise TimeoutError("the state did not come")
            QApplication.processEvents()
            time.sleep(0.002)

    def settle(self, widget: QWidget | None = None) -> None:
        """Until nothing is under way or half built any more."""
        runner = getattr(widget, "runner", None)
        page = self.window.page
        self.wait(lambda: runner is None or not runner.busy)
        self.wait(lambda: not page.runner.busy and page.built and self.theme.settled)
        for _ in range(25):  # parts that follow one another
            QApplication.processEvents()

    def case(self, opened: Opened | None = None, page: str = "overview") -> Page:
        """This case open, and the page in view."""
        if opened is not None:
            self.window.desk.add(opened)  # type: ignore[arg-type]
        self.window.show_page(page)
        self.settle()
        return self.window.page

    def store(self, user: str = "ada") -> Any:
        """The casebook of an unlocked store: ada administers, rita reviews."""
        place = quick_store(self.folder / "clinic", reviewer="rita")
        unlocked(self.window, place, user)
        return self.window.vault.casebook

    def stored_case(self) -> str:
        """A case of two versions with an attachment, open and in the store; its identifier."""
        book = self.window.vault.casebook
        assert book is not None
        self.window.open_request(real_case(self.vcf).request)
        self.wait(lambda: self.window.desk.session is not None and not self.window.vault.unsaved())
        session = self.window.desk.session
        assert session is not None
        book.attach(session.uid, self.vcf)
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
        """Gone, the store too."""
        for made in self._dialogs():
            made.done(0)
        for session in self.window.vault.unsaved():
            self.window.vault.forget(session)
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@dataclass(frozen=True)
class State:
    """``show`` brings the stage into the state and answers what to look at: the window, or a dialog."""

    name: str
    show: Callable[[Stage], QWidget]
