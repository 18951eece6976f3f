"""A stopwatch for what Qt delivers: what an event costs this thread, waiting for others taken out."""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QThread
from PySide6.QtWidgets import QApplication

from genoai_desktop.ui.collector import Collector

PATIENCE = 240.0
_OWN = "the collector of cycles, when nobody is there"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds: of the processor in this thread, by the clock, and by the clock on a machine of one's own.

    ``quiet`` is the clock without the time in which this thread could run and other programs had the
    processor (Linux counts it for each thread). Waiting for a disk, a lock or the interpreter is in it.
    """

    processor: float
    quiet: float
    clock: float

    @property
    def worst(self) -> float:
        """What counts."""
        return max(self.processor, self.quiet)


class _Frame:
    """One delivery under way."""

    def __init__(self, clock: "Clock") -> None:
        self.level = QThread.currentThread().loopLevel()
        self._clock = clock
        self.begin(whole=True)

    def begin(self, *, whole: bool) -> None:
        self._whole = whole
        self._wall, self._waited, self._own = time.perf_counter(), self._clock.waited(), time.thread_time()

    def cost(self) -> Cost:
        """Since it began. After a loop inside, only the processor tells: the loop waits for the person."""
        own, wall = time.thread_time() - self._own, time.perf_counter() - self._wall
        if not self._whole:
            return Cost(own, own, own)
        return Cost(own, max(own, wall - (self._clock.waited() - self._waited)), wall)


class Clock:
    """How long this thread has waited for a processor, in seconds; 0 where the system does not say."""

    def __init__(self) -> None:
        path = f"/proc/self/task/{threading.get_native_id()}/schedstat"
        self._file = os.open(path, os.O_RDONLY) if os.path.exists(path) else -1

    def waited(self) -> float:
        """Seconds so far."""
        return int(os.pread(self._file, 96, 0).split()[1]) / 1e9 if self._file >= 0 else 0.0


class Timed(QApplication):
    """Times what every event costs. A dialog's own loop inside an event is timed event by event."""

    def __init__(self) -> None:
        super().__init__(["bench"])
        self.steps: dict[str, tuple[Cost, str]] = {}
        self.count = 0
        self.at = "start"
        self._clock = Clock()
        self._frames: list[_Frame] = []

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver, with a stopwatch."""
        frames = self._frames
        if frames and QThread.currentThread().loopLevel() <= frames[-1].level:
            try:
                return super().notify(receiver, event)
            except Exception:  # caught once, or PySide6 6.12 crashes on it (ui/singletons.py)
                raise
        kind, name, step = event.type(), type(receiver).__name__, self.at
        if kind is QEvent.Type.Timer and isinstance(receiver.parent(), Collector):
            step = _OWN
        if frames:
            self._note(step, frames[-1].cost(), "before a dialog's own loop")
        frames.append(_Frame(self._clock))
        try:
            return super().notify(receiver, event)
        finally:
            self._note(step, frames.pop().cost(), f"{kind.name} at {name}")
            if frames:
                frames[-1].begin(whole=False)

    def _note(self, step: str, cost: Cost, what: str) -> None:
        self.count += 1
        known = self.steps.get(step)
        if known is None or cost.worst > known[0].worst:
            self.steps[step] = (cost, what)

    def wait(self, ready: Callable[[], bool], least: float = 0.0) -> bool:
        """Run the event loop until ``ready``; whether it came to that."""
        begin = time.monotonic()
        while time.monotonic() - begin < PATIENCE:
            self.processEvents()
            if time.monotonic() - begin >= least and ready():
                return True
            time.sleep(0.001)
        return False
