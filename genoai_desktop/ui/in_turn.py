"""Work of the window's thread in pieces: between two of them the window answers."""

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QBoxLayout, QWidget

SLICE_SECONDS = 0.01
"""How long pieces are made at a time: with what Qt does about them the window must answer within 50 ms."""


def pause() -> QWidget:
    """An invisible widget: the window has its turn while a card that is there already is filled."""
    made = QWidget()
    made.hide()
    return made


def into(layout: QBoxLayout, widgets: Iterator[QWidget]) -> Iterator[QWidget]:
    """Puts widgets into a layout, one at each step."""
    for widget in widgets:
        layout.addWidget(widget)
        yield widget


class InTurn(QObject):
    """Runs an iterator to its end, some milliseconds in each turn of the event loop.

    ``paused`` is called after each slice, and ``ended`` after the last. A new start drops the old iterator.
    """

    def __init__(self, parent: QObject, paused: Callable[[], None] | None = None) -> None:
        super().__init__(parent)
        self._paused = paused
        self._steps: Iterator[object] | None = None
        self._ended: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether there is more to come."""
        return self._steps is not None

    def start(self, steps: Iterator[object], ended: Callable[[], None] | None = None) -> None:
        """The first slice now, the rest in later turns."""
        self.start_later(steps, ended)
        self._timer.stop()
        self._go_on()

    def start_later(self, steps: Iterator[object], ended: Callable[[], None] | None = None) -> None:
        """Everything in later turns: this one has enough to do."""
        self._steps, self._ended = steps, ended
        self._timer.start(0)

    def stop(self) -> None:
        """Drop what is still to come."""
        self._timer.stop()
        self._steps, self._ended = None, None

    def _go_on(self) -> None:
        begin, steps = perf_counter(), self._steps
        while steps is not None and steps is self._steps:
            if next(steps, self) is self:
                ended, self._steps, self._ended = self._ended, None, None
                if ended is not None:
                    ended()
                break
            if perf_counter() - begin > SLICE_SECONDS:
                self._timer.start(0)
                break
        if self._paused is not None:
            self._paused()
