"""A program that shows the real window, for tests that start it in a process of its own."""

SHOW_WINDOW = """
import genoai_desktop.ui
from PySide6.QtWidgets import QApplication
from genoai_desktop.ui.application import prepare
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.window import MainWindow
application = QApplication([])
prepare(application)
theme = Theme()
theme.use(theme.scheme)
window = MainWindow(Services(), theme)
window.show()
application.processEvents()
"""
