"""Starts Qt, the fonts, the theme and the window."""

import sys
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from genoai_desktop import __version__
from genoai_desktop.domain.text import use_language
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui import faults
from genoai_desktop.ui.collector import Collector
from genoai_desktop.ui.dialogs.language import chosen_language
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme, computer_scheme, load_fonts
from genoai_desktop.ui.theme.tokens import TEXT_SCALES, Scheme
from genoai_desktop.ui.traces import FolderTraces
from genoai_desktop.ui.window import MainWindow

_AT_REST_AFTER_S = 3.0
_LAST_WAIT_S = 2.0
"""For workers that were told to stop, when the window has gone."""
_TURN_S = 0.0005
"""After which a worker gives the interpreter up when the window asks for it. Every call of Qt gives it up for
a moment: with Python's 5 ms, ten calls beside a busy worker were 50 ms in which the window stood still."""
_WARM_AFTER_MS = 200
"""After the first picture, when nothing is waiting."""


def start(file: Path | None, *, demo: bool = False) -> int:
    """Show the window, with ``file`` if one is given; the exit status when it closes."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(sys.argv[:1])
    prepare(application)
    settings = QSettings("GenoAI", "GenoAI Desktop")
    use_language(chosen_language(settings), resources() / "translations")
    theme = Theme(_scheme(settings), _text_size(settings))
    theme.follows = not _chosen_scheme(settings)
    theme.use(theme.scheme)
    application.styleHints().colorSchemeChanged.connect(theme.computer_changed)
    theme.changed.connect(lambda: _keep(settings, theme))
    window = MainWindow(Services(), theme, settings)
    faults.watch(lambda text: window.problem.say("error", text), window)
    FolderTraces(window).follow(application)
    collecting(window)
    window.painted.connect(lambda: _begin(window, file, demo))
    window.show()
    application.aboutToQuit.connect(lambda: window.pool.shutdown(_LAST_WAIT_S))
    return application.exec()


def _begin(window: MainWindow, file: Path | None, demo: bool) -> None:
    """After the first picture: what was asked for, and what will be needed soon."""
    if file is not None:
        window.begin_with(file)
    elif demo:
        window.open_demo()
    else:
        window.begin()
    QTimer.singleShot(_WARM_AFTER_MS, window.warm_up)


def collecting(window: MainWindow) -> Collector:
    """Tidy memory while nobody works with the window; also in the benchmarks, which must do as the program.

    What stays until the end came with the libraries, and with the tables that the first case needed.
    """
    rest = _AT_REST_AFTER_S
    collector = Collector(lambda: not window.pool.busy and window.vault.quiet_seconds >= rest, window)
    window.warmed.connect(lambda: None if window.desk.sessions else collector.keep())
    window.desk.first_arrives.connect(collector.keep)
    return collector


def prepare(application: QApplication) -> None:
    """Name, style and fonts, the same for the program, the tests and the screenshots."""
    sys.setswitchinterval(_TURN_S)
    application.setApplicationName("GenoAI Desktop")
    application.setApplicationVersion(__version__)
    application.setStyle("Fusion")
    application.setWindowIcon(QIcon(str(resources() / "icons" / "genoai-desktop.png")))
    QGuiApplication.setDesktopFileName("genoai-desktop")
    load_fonts(application)


def _keep(settings: QSettings, theme: Theme) -> None:
    settings.setValue("theme", "" if theme.follows else theme.scheme.value)
    settings.setValue("text size", theme.scale)


def _text_size(settings: QSettings) -> int:
    stored = str(settings.value("text size", ""))
    return int(stored) if stored.isdigit() and int(stored) in TEXT_SCALES else 100


def _chosen_scheme(settings: QSettings) -> Scheme | None:
    """What a person chose; None to do as the computer does."""
    stored = str(settings.value("theme", ""))
    return Scheme(stored) if stored in {scheme.value for scheme in Scheme} else None


def _scheme(settings: QSettings) -> Scheme:
    return _chosen_scheme(settings) or computer_scheme()
