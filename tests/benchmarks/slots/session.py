"""One person at the window: how a step is made, waited for, and what opens over the window is put away."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QTabBar, QWidget

from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.window import MainWindow
from slots.clock import Timed
from slots.hands import alive, key

_REST_S = 5.0
_ASKED_MS = 150
"""How long a question that waits for its answer is left open."""


class Session:
    """The window with what is done to it."""

    def __init__(self, application: Timed, window: MainWindow, theme: Theme) -> None:
        self.application, self.window, self.theme = application, window, theme
        self._timers: list[Any] = []
        self._asked: QWidget | None = None
        self._butler = QTimer(interval=_ASKED_MS)
        self._butler.timeout.connect(self._answer)
        self._butler.start()

    def soon(self, what: Callable[[], object], name: str, least: float = 0.25) -> None:
        """As a click would: in an event of its own; until nothing is under way any more."""
        self.application.at = name
        self.window.vault.touch()
        timer = QTimer(self.window, singleShot=True)
        timer.timeout.connect(what)
        timer.start(0)
        self._timers.append(timer)
        if not self.application.wait(lambda: not timer.isActive() and self.idle(), least):
            raise TimeoutError(name)

    def rest(self) -> None:
        """Nobody touches anything for some seconds: time to tidy up."""
        self.soon(lambda: None, "resting", _REST_S)

    def idle(self) -> bool:
        """No worker works, and nothing waits to be built or dressed."""
        window = self.window
        return not window.pool.busy and self.theme.settled and all(page.built for page in window.pages.made)

    def saved(self) -> bool:
        """Everything is on the disk."""
        return self.idle() and not self.window.vault.unsaved()

    def show(self, page: str) -> None:
        """Turn to a page."""
        self.soon(lambda: self.window.show_page(page), f"{page}, again")

    def shown(self, kind: type[Any], within: QWidget | None = None) -> list[Any]:
        """Widgets of a kind in the page in view, or within another widget."""
        place = within or self.window.page
        return [made for made in place.findChildren(kind) if made.isVisible() and made.isEnabled()]

    def dialogs(self) -> list[Any]:
        """What is open over the window."""
        return [w for w in self.application.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]

    def use_dialogs(self, name: str) -> None:
        """Look at every tab of what is open, type a letter into every line, and close it."""
        for dialog in self.dialogs():
            for tabs in self.shown(QTabBar, dialog):
                for index in range(tabs.count()):
                    self.soon(lambda t=tabs, i=index: t.setCurrentIndex(i), f"{name}, tab {index}", 0.05)
            for field in self.shown(QLineEdit, dialog):
                if not field.isReadOnly():
                    self.soon(lambda f=field: key(f, "a"), f"{name}, typing", 0.05)
            if alive(dialog):
                self.soon(dialog.close, f"closing {name}", 0.05)
        for dialog in self.dialogs():
            self.soon(dialog.close, f"closing {name}", 0.05)

    def _answer(self) -> None:
        """A question with a loop of its own is answered with no, at the second look."""
        asked = QApplication.activeModalWidget() if QThread.currentThread().loopLevel() else None
        if asked is not None and asked is self._asked and isinstance(asked, QDialog):
            asked.reject()
        self._asked = asked
