"""Python's collector of unreachable cycles, in the window's thread alone.

Left to itself it runs in whichever thread happens to allocate. In a worker it would end Qt objects that lie
in a cycle, a closed dialog for example: ending one takes a lock of Qt and then waits for the interpreter,
while the window's thread holds the interpreter and waits for that lock. The window then stands still for
ever. So it is switched off, and run here: often over what is new, over everything when nobody is busy.
Garbage is dear: what lies unseen for long holds the window up when it is found.

Everything means what is not ``kept``: libraries and the program's tables are two thirds of all objects and
stay until the end. To look through them each time would hold the window up for a quarter of a second.
"""

import ctypes
import gc
import linecache
import sys
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 150
"""A worker makes tens of thousands of objects in a second; those of a printed page lie in cycles."""
FEW: Final = 2_000
"""New objects that are worth a look: some two milliseconds."""
SOME: Final = 10_000
"""New objects of the last looks together: from then on those that outlived one look are looked at again."""
SECONDS_BETWEEN_ALL: Final = 10.0
"""To look through everything takes some 10 ms with an exome open: results do not take part (``acyclic``)."""


def give_back() -> None:
    """Return to the system what is held for nothing. Nobody may import a module meanwhile.

    PySide reads the source of every module that is imported (``shibokensupport.feature``), and ``linecache``
    keeps it: 16 MB of text, in single lines twice that. It is read again where a fault is to be shown.

    An analysis takes and frees hundreds of megabytes in many small pieces; the C library keeps what is free
    until it is told otherwise. Linux alone, and no harm where it cannot.
    """
    linecache.clearcache()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


class Collector(QObject):
    """``at_rest`` says whether nobody works with the window, and no worker either."""

    def __init__(self, at_rest: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._at_rest = at_rest
        self._all = -SECONDS_BETWEEN_ALL
        self._owed = False
        self._lately = 0
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def keep(self) -> None:
        """Never look at what there is now again. What is not in a cycle is freed all the same.

        For the moments in which only what stays has come: libraries, tables. Takes no time.
        """
        gc.freeze()

    def look(self) -> None:
        """Collect what there is time for.

        How much there is in truth nobody may ask: ``gc.get_objects`` would hold on to tuples that a worker is
        still filling, which ends in a ``SystemError`` there.
        """
        if self._owed and self._at_rest():
            self._owed = False
            give_back()
            return
        new, now = gc.get_count()[0], time.monotonic()
        if new < FEW:
            return
        self._lately += new
        if now - self._all >= SECONDS_BETWEEN_ALL and self._at_rest():
            self._all, self._owed, oldest = now, True, 2
        else:
            oldest = 1 if self._lately > SOME else 0
        self._lately = 0 if oldest else self._lately
        gc.collect(oldest)
