"""Starts Qt, the fonts, the theme and the window."""

import sys
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from genoai_desktop import __version__
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme, load_fonts
from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.window import MainWindow


def start(file: Path | None, *, demo: bool = False) -> int:
    """Show the window, with ``file`` if one is given; the exit status when it closes."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = QApplication(sys.argv[:1])
    prepare(application)
    settings = QSettings("GenoAI", "GenoAI Desktop")
    theme = Theme(_scheme(application, settings))
    theme.use(theme.scheme)
    theme.changed.connect(lambda: settings.setValue("theme", theme.scheme.value))
    window = MainWindow(Services(), theme, settings)
    window.show()
    if file is not None:
        window.begin(lambda: window.open_file(file))
    elif demo:
        window.open_demo()
    else:
        window.begin()
    return application.exec()


def prepare(application: QApplication) -> None:
    """Name, style and fonts, the same for the program, the tests and the screenshots."""
    application.setApplicationName("GenoAI Desktop")
    application.setApplicationVersion(__version__)
    application.setStyle("Fusion")
    load_fonts(application)


def _scheme(application: QApplication, settings: QSettings) -> Scheme:
    stored = str(settings.value("theme", ""))
    if stored in {scheme.value for scheme in Scheme}:
        return Scheme(stored)
    dark = application.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return Scheme.DARK if dark else Scheme.LIGHT
