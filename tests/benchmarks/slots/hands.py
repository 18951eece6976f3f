"""What hands do: keys, wheel, choosing rows, dropping files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget

_LEFT, _PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def alive(widget: QWidget) -> bool:
    """Whether Qt still has it, in view."""
    try:
        return bool(widget.isVisible())
    except RuntimeError:
        return False


def choose(view: QAbstractItemView, row: int) -> None:
    """Turn to a row, when there is one."""
    if alive(view) and view.model() is not None and row < view.model().rowCount():
        view.setCurrentIndex(view.model().index(row, 0))


def key(field: QLineEdit, letter: str) -> None:
    """One letter, or the key that takes one back."""
    if alive(field):
        if letter == "\b":
            field.backspace()
        else:
            field.insert(letter)


def wheel(view: QWidget, angle: int, keys: Qt.KeyboardModifier = _PLAIN) -> None:
    """Turn the wheel over the middle of a widget."""
    target = getattr(view, "viewport", lambda: view)()
    place = QPointF(target.rect().center())
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(place, place, QPoint(), QPoint(0, angle), none, keys, phase, False)
    QApplication.sendEvent(target, event)


def scroll(view: Any, share: float) -> None:
    """Drag the scroll bar to a share of its way."""
    if alive(view):
        bar = view.verticalScrollBar()
        bar.setValue(int(bar.minimum() + share * (bar.maximum() - bar.minimum())))


def drop(window: QWidget, files: Sequence[Path]) -> None:
    """Let files fall on the window."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    place, copy = window.rect().center(), Qt.DropAction.CopyAction
    QApplication.sendEvent(window, QDragEnterEvent(place, copy, carried, _LEFT, _PLAIN))
    QApplication.sendEvent(window, QDropEvent(QPointF(place), copy, carried, _LEFT, _PLAIN))
