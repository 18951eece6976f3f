"""The part of the window that helps one see and find one's way: guide, text size, language, commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPaintEvent

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.text import ready_language, tr, use_language
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.stored_cases import StoredCasesWindow
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.warming import load_libraries
from genoai_desktop.ui.wheel import WheelZoom

if TYPE_CHECKING:
    from genoai_desktop.app.reference import ReferenceGenome
    from genoai_desktop.ui.dialogs.settings import SettingsDialog
    from genoai_desktop.ui.help.window import HelpWindow
    from genoai_desktop.ui.pages.base import Page
    from genoai_desktop.ui.pages.book import PageBook

_AHEAD_MS = 150
"""Between two steps of making the pages ahead of their first visit."""


class ViewWindow(StoredCasesWindow):
    """The actions of the menus View and Help, and setting up a reference genome.

    ``painted`` is sent once, after the window was drawn for the first time, ``warmed`` when the libraries are
    loaded.
    """

    painted = Signal()
    warmed = Signal()
    pages: PageBook

    def __init__(self, services: Services, theme: Theme, settings: QSettings | None = None) -> None:
        super().__init__(services, theme, settings)
        self.guide: HelpWindow | None = None
        self.settings_dialog: SettingsDialog | None = None
        self.actions_by_id: dict[str, QAction] = {}
        self._warmer = Runner(self.pool, self)
        self.wheel = WheelZoom(theme, self)
        self._was_painted = False
        self._ahead = QTimer(self)
        self._ahead.setInterval(_AHEAD_MS)
        self._ahead.timeout.connect(self._make_a_page)
        self._warm = False
        self._coming: Iterator[None] = iter(())

    def paintEvent(self, event: QPaintEvent) -> None:
        """What can wait for the first picture waits for it."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)  # never once the window is gone

    def failed(self, error: Exception) -> None:
        """Explain what went wrong."""
        raise NotImplementedError

    def warm_up(self) -> None:
        """Load in a worker, while nobody waits, what opening a case and the pages will need."""
        self._warmer.run(load_libraries, done=self._go_ahead)

    def _go_ahead(self, _loaded: None) -> None:
        self.warmed.emit()
        self._warm = True
        self.make_ahead()

    def pages_ahead(self, wanted: Iterable[str]) -> Iterator[None]:
        """Make these pages in steps."""
        return self.pages.ahead(wanted)

    def make_ahead(self) -> None:
        """From now on, make the pages that nobody has looked at yet, so that the first look costs less."""
        if self._warm:
            self._coming = self.pages.ahead(tuple(self.pages))
            self._ahead.start()

    def _make_a_page(self) -> None:
        if self.lock_screen is None and not self.runner.busy and next(self._coming, self) is self:
            self._ahead.stop()

    def do_reference(self) -> None:
        """Choose the clinic's reference genome; it is checked, and remembered for its build."""
        from genoai_desktop.ui.dialogs.reference import choose_reference

        path = choose_reference(self)
        if path is not None:
            self._use_reference(path)

    def _use_reference(self, path: Path) -> None:
        self.problem.hide()
        self.work(tr("Checking the reference genome"))
        services = self.desk.services
        self.runner.run(services.set_up_reference, path, done=self._referenced, failed=self.failed)

    def _referenced(self, genome: ReferenceGenome) -> None:
        from genoai_desktop.ui.dialogs.reference import welcome

        self.rest()
        self.desk.remember_reference(genome.build, genome.path)
        self.problem.say(*welcome(genome))

    def do_palette(self) -> None:
        """The command palette."""
        from genoai_desktop.ui.shell.palette import CommandPalette

        dialog = CommandPalette(self, list(self.actions_by_id.values()))
        dialog.chosen.connect(lambda action: action.trigger())
        self.present(dialog)

    def do_theme(self) -> None:
        """Light to dark and back."""
        self.desk.theme.toggle()

    def do_text_larger(self) -> None:
        """One step larger, up to 200 %."""
        self.desk.theme.resize_text(1)

    def do_text_smaller(self) -> None:
        """One step smaller, down to the normal size."""
        self.desk.theme.resize_text(-1)

    def do_text_normal(self) -> None:
        """The normal size."""
        self.desk.theme.resize_text(0)

    def do_language(self) -> None:
        """Choose the window's language."""
        from genoai_desktop.ui.dialogs.language import LanguageDialog

        dialog = LanguageDialog(self.desk.settings, self)
        dialog.changed.connect(self.speak)
        self.present(dialog)

    def do_settings(self) -> None:
        """Everything that can be chosen once for all cases."""
        from genoai_desktop.ui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(self.desk, self, self.actions_by_id)
        dialog.preferences.language_wanted.connect(self.speak)
        dialog.finished.connect(self._settings_closed)
        self.settings_dialog = dialog
        self.present(dialog)

    def _settings_closed(self) -> None:
        self.settings_dialog = None

    def speak(self, language: str) -> None:
        """Say everything in this language (ISO 639-1) from now on; its words are read in a worker first."""
        folder = resources() / "translations"

        def begin(_read: None) -> None:
            use_language(language, folder)
            ready = self.pages.bare(self.shown_page())  # the page in this turn, the rest in the next
            QTimer.singleShot(0, self, lambda: end(ready))

        def end(ready: Page) -> None:
            self.say_anew(ready)
            if self.settings_dialog is not None:
                self.settings_dialog.say_anew()

        def read(_context: Context) -> None:
            ready_language(language, folder)

        self._warmer.run(read, done=begin, key="language")

    def say_anew(self, ready: Page | None = None) -> None:
        """Build everything that shows words again."""
        raise NotImplementedError

    def do_help(self) -> None:
        """The guide, at the page in view."""
        from genoai_desktop.ui.help.topics import OF_PAGE

        self.show_guide("store" if self.lock_screen is not None else OF_PAGE[self.shown_page()])

    def do_limits(self) -> None:
        """What the program cannot do."""
        self.show_guide("limits")

    def show_guide(self, topic: str) -> None:
        """Open the guide at a topic; it stays open beside the window."""
        from genoai_desktop.ui.help.window import HelpWindow

        if self.guide is None:
            self.guide = HelpWindow(self.desk.theme, self)
        self.guide.open_at(topic)
        self.guide.show()
        self.guide.raise_()

    def do_full_screen(self) -> None:
        """Fill the screen, or go back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def do_shortcuts(self) -> None:
        """List the shortcuts."""
        from genoai_desktop.ui.dialogs.about import shortcuts_dialog

        self.present(shortcuts_dialog(self, list(self.actions_by_id.values())))

    def do_about(self) -> None:
        """Sources, versions, licences."""
        from genoai_desktop.ui.dialogs.about import about_dialog

        self.present(about_dialog(self.desk, self))
