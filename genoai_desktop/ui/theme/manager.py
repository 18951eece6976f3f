"""Applies a theme to the application, and tells widgets that paint themselves."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.theme.stylesheet import stylesheet
from genoai_desktop.ui.theme.tokens import FAMILIES, PALETTES, TYPE, Palette, Scheme

_ROLES = {
    QPalette.ColorRole.Window: "background",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Link: "accent",
}


class Theme(QObject):
    """The theme in use. ``changed`` is sent after the stylesheet was applied."""

    changed = Signal()

    def __init__(self, scheme: Scheme = Scheme.LIGHT, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scheme = scheme

    @property
    def palette(self) -> Palette:
        """Colours of the theme in use."""
        return PALETTES[self.scheme]

    def colour(self, token: str) -> QColor:
        """One token as a Qt colour."""
        return QColor(getattr(self.palette, token))

    def use(self, scheme: Scheme) -> None:
        """Switch to ``scheme`` everywhere."""
        self.scheme = scheme
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(self._qt_palette())
            application.setStyleSheet(stylesheet(self.palette, self._image_files()))
        self.changed.emit()

    def toggle(self) -> None:
        """Light to dark and back."""
        self.use(Scheme.DARK if self.scheme is Scheme.LIGHT else Scheme.LIGHT)

    def _qt_palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.colour(token))
        return palette

    def _image_files(self) -> dict[str, str]:
        """Style sheets take images from files alone."""
        folder = resources() / "icons"
        return {name: (folder / f"{name}-{self.scheme}.svg").as_posix() for name in ("arrow", "check")}


def load_fonts(application: QApplication) -> None:
    """Register the bundled typefaces and make them the default."""
    for pattern in ("*.otf", "*.ttf"):
        for path in sorted((resources() / "fonts").rglob(pattern)):
            QFontDatabase.addApplicationFont(str(path))
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(TYPE["body"])
    application.setFont(font)
