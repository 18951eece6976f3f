"""Ctrl and the mouse wheel make the text larger and smaller, except over what zooms by itself."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from genoai_desktop.ui.theme.manager import Theme

ZOOMS = "zooms"
"""Property of a widget that takes Ctrl and the wheel for itself."""
_NOTCH = 120
"""Eighths of a degree of one notch of a wheel; touch pads send a part of it at a time."""


class WheelZoom(QObject):
    """Watches the windows, which get the wheel before any widget in them."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._turned = 0
        QGuiApplication.instance().focusWindowChanged.connect(self.watch)  # type: ignore[union-attr]

    def watch(self, window: QWindow | None) -> None:
        """From now on in this window too."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """One step of the text size for each notch."""
        if event.type() != QEvent.Type.Wheel or not isinstance(event, QWheelEvent):
            return super().eventFilter(watched, event)
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if _zooms(_under(watched, event.position().toPoint())):
            return False
        self._turned += event.angleDelta().y()
        if abs(self._turned) >= _NOTCH:
            self._theme.resize_text(1 if self._turned > 0 else -1)
            self._turned = 0
        return True


def _under(window: QObject, place: QPoint) -> QWidget | None:
    """The widget at a place of a window."""
    tops = (top for top in QApplication.topLevelWidgets() if top.windowHandle() is window)
    top = next(tops, None)
    return top.childAt(place) if top is not None else None


def _zooms(widget: QWidget | None) -> bool:
    while widget is not None:
        if widget.property(ZOOMS):
            return True
        widget = widget.parentWidget()
    return False
