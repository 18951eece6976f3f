"""Applies a theme to the application, and tells widgets that paint themselves."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.theme.stylesheet import stylesheet
from genoai_desktop.ui.theme.tokens import FAMILIES, PALETTES, TEXT_SCALES, Palette, Scheme, type_size

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

    def __init__(self, scheme: Scheme = Scheme.LIGHT, scale: int = 100) -> None:
        super().__init__()
        self.scheme = scheme
        self.scale = scale

    @property
    def palette(self) -> Palette:
        """Colours of the theme in use."""
        return PALETTES[self.scheme]

    def colour(self, token: str) -> QColor:
        """One token as a Qt colour."""
        return QColor(getattr(self.palette, token))

    def type_size(self, role: str) -> int:
        """A size of the type scale at the chosen text size, in device-independent pixels."""
        return type_size(role, self.scale)

    def use(self, scheme: Scheme, scale: int | None = None) -> None:
        """Switch to ``scheme`` everywhere, and to a text size in per cent when one is given."""
        self.scheme = scheme
        self.scale = scale or self.scale
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setStyleSheet("")  # from sheet to sheet Qt takes five times as long as by way of none
            application.setPalette(self._qt_palette())
            application.setFont(_font(self.scale))
            application.setStyleSheet(stylesheet(self.palette, self._image_files(), self.scale))
        self.changed.emit()

    def resize_text(self, steps: int) -> None:
        """So many steps larger, or smaller when negative; 0 is the normal size."""
        at = TEXT_SCALES.index(self.scale) if self.scale in TEXT_SCALES else 0
        wanted = TEXT_SCALES[max(0, min(len(TEXT_SCALES) - 1, at + steps))] if steps else 100
        if wanted != self.scale:
            self.use(self.scheme, wanted)

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
    application.setFont(_font(100))


def _font(scale: int) -> QFont:
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(type_size("body", scale))
    return font
