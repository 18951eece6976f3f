"""Applies a theme to the window, and tells widgets that paint themselves.

The stylesheet is not the application's: to put one on every widget there is takes half a second, in which
the window answers nothing. Each part of a window (a page, the rail, a dialog) has it for itself, and a change
reaches one part after the other, what is in view first. Until that has it whole, no window in view is
painted: half of it would be in the old colours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.theme.stylesheet import stylesheet
from genoai_desktop.ui.theme.tokens import FAMILIES, PALETTES, TEXT_SCALES, Palette, Scheme, type_size
from genoai_desktop.ui.widgets.room import least_size, scroll_inside

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


_BETWEEN_HIDDEN_MS = 15
"""Pause between two parts that nobody looks at: the window has its turn."""


@dataclass(slots=True)
class _Part:
    """A widget with the stylesheet. ``lighten`` empties it before a change, ``renew`` fills it after."""

    widget: QWidget
    lighten: Callable[[], None] | None = None
    renew: Callable[[], None] | None = None
    stale: bool = False
    light: bool = False
    dressed: bool = False


class Theme(QObject):
    """The theme in use. ``changed`` is sent at once; the parts of the window follow one by one."""

    changed = Signal()

    def __init__(self, scheme: Scheme = Scheme.LIGHT, scale: int = 100) -> None:
        super().__init__()
        self.scheme = scheme
        self.scale = scale
        self.follows = False
        """Whether the scheme is the computer's, and changes with it."""
        self._parts: list[_Part] = []
        self._sheet = ""
        self._held: list[QWidget] = []
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._go_on)

    @property
    def settled(self) -> bool:
        """Whether every part has the theme in use."""
        return not any(part.stale for part in self._living())

    def dress(
        self,
        widget: QWidget,
        lighten: Callable[[], None] | None = None,
        renew: Callable[[], None] | None = None,
    ) -> None:
        """Give a widget and all below it the stylesheet, now and at every change.

        ``lighten`` is called a moment before a change, to throw away what ``renew`` will make anew:
        each widget costs a fifth of a millisecond.
        """
        if not any(part.widget is widget for part in self._living()):
            self._parts.append(_Part(widget, lighten, renew))
            widget.setStyleSheet(self._sheet)

    def freshen(self, widget: QWidget) -> bool:
        """Bring a part up to date at once, as it is about to be looked at; whether that was needed."""
        for part in self._living():
            if part.widget is widget and part.stale:
                self._change(part, renewing=False)
                return True
        return False

    def _living(self) -> list[_Part]:
        self._parts = [part for part in self._parts if shiboken6.isValid(part.widget)]
        return self._parts

    def _go_on(self) -> None:
        try:
            self._next()
        finally:  # after an error too: a window must not stay as it was for ever
            if not self._turn.isActive() or not any(self._in_view(part) for part in self._living()):
                self._let_paint()

    @staticmethod
    def _in_view(part: _Part) -> bool:
        """Whether a person would see that it has the old theme."""
        return part.stale and part.widget.isVisible()

    def _hold_painting(self) -> None:
        windows = {part.widget.window() for part in self._living() if self._in_view(part)}
        for window in windows.difference(self._held):
            window.setUpdatesEnabled(False)
            self._held.append(window)

    def _let_paint(self) -> None:
        held, self._held = self._held, []
        for window in filter(shiboken6.isValid, held):
            window.setUpdatesEnabled(True)

    def _next(self) -> None:
        """One step of one part, those in view first."""
        waiting = [part for part in self._living() if part.stale]
        if not waiting:
            return
        part = next(filter(self._in_view, waiting), waiting[0])
        if part.lighten is not None and not part.light:
            part.light = True
            part.lighten()
        elif part.renew is not None and not part.dressed:
            part.dressed = True
            part.widget.setStyleSheet(self._sheet)
        else:
            self._change(part)
        self._turn.start(0 if any(map(self._in_view, waiting)) else _BETWEEN_HIDDEN_MS)

    def _change(self, part: _Part, *, renewing: bool = True) -> None:
        if part.lighten is not None and not part.light:
            part.lighten()
        if not part.dressed:
            part.widget.setStyleSheet(self._sheet)
        part.stale = part.light = part.dressed = False
        if part.renew is not None and renewing:
            part.renew()

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
        larger = scale is not None and scale != self.scale
        self.scale = scale or self.scale
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(self._qt_palette())
            if larger or not self._sheet:
                application.setFont(_font(self.scale))
        self._sheet = stylesheet(self.palette, self._image_files(), self.scale)
        for part in self._living():
            part.stale, part.light, part.dressed = True, False, False
        self._hold_painting()
        self._turn.start(0)
        self.changed.emit()

    def resize_text(self, steps: int) -> None:
        """So many steps larger, or smaller when negative; 0 is the normal size."""
        at = TEXT_SCALES.index(self.scale) if self.scale in TEXT_SCALES else 0
        wanted = TEXT_SCALES[max(0, min(len(TEXT_SCALES) - 1, at + steps))] if steps else 100
        if wanted != self.scale:
            self.use(self.scheme, wanted)

    def toggle(self) -> None:
        """Light to dark and back."""
        self.follows = False
        self.use(Scheme.DARK if self.scheme is Scheme.LIGHT else Scheme.LIGHT)

    def follow(self) -> None:
        """Take the computer's scheme, now and whenever it changes."""
        self.follows = True
        wanted = computer_scheme()
        if wanted is not self.scheme:
            self.use(wanted)
        else:
            self.changed.emit()

    def computer_changed(self) -> None:
        """The computer turned light or dark."""
        if self.follows:
            self.follow()

    def _qt_palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.colour(token))
        return palette

    def _image_files(self) -> dict[str, str]:
        """Style sheets take images from files alone."""
        folder = resources() / "icons"
        return {name: (folder / f"{name}-{self.scheme}.svg").as_posix() for name in ("arrow", "check")}


def computer_scheme() -> Scheme:
    """What the computer is set to; light where it does not say."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return Scheme.DARK if dark else Scheme.LIGHT


def make_room(window: QWidget) -> None:
    """Once it is shown, let a window be as large as its contents ask for: the theme came after its size.

    What asks for more than the screen has scrolls inside, its last row of buttons stays in view. So it goes
    on while the contents change: a banner that appears squeezes nothing.
    """
    _Room(window)


class _Room(QObject):
    """Lets one window grow with what it shows."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._first = True
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._grow)
        self._turn.start(0)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The contents ask for another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._turn.start(0)
        return super().eventFilter(watched, event)

    def _grow(self) -> None:
        window, most = self._window, room_on_screen(self._window)
        needed = least_size(window)
        if needed.height() > most.height() or needed.width() > most.width():
            scroll_inside(window, most)
        wanted = window.sizeHint().expandedTo(needed) if self._first else needed
        self._first = False
        window.resize(window.size().expandedTo(wanted).boundedTo(most))


def room_on_screen(window: QWidget) -> QSize:
    """How large a window may be where it stands."""
    return window.screen().availableSize()


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
