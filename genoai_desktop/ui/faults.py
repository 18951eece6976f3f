"""Faults of the program: said to the person, and written down without what the exception quotes.

An exception's text can hold a name or a genotype, and what a program writes to standard error ends in the
logs of the desktop.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Signal

from genoai_desktop.domain.faults import place_of
from genoai_desktop.domain.text import tr


class Faults(QObject):
    """``happened`` carries what to tell the person; emitted from any thread."""

    happened = Signal(str)

    def install(self) -> None:
        """Take the place of Python's own hooks, which print the exception's text."""
        sys.excepthook = self._unhandled
        threading.excepthook = self._in_thread
        sys.unraisablehook = lambda given: self._write(given.exc_value)

    def _unhandled(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._tell(error)

    def _in_thread(self, given: Any) -> None:
        if given.exc_value is not None and not isinstance(given.exc_value, SystemExit):
            self._tell(given.exc_value)

    def _tell(self, error: BaseException) -> None:
        self._write(error)
        self.happened.emit(
            tr(
                "A fault of the program ({place}). What was saved is safe. Please report it; this line names "
                "no patient.",
                place=place_of(error),
            )
        )

    def _write(self, error: BaseException | None) -> None:
        if error is None or sys.stderr is None:
            return
        sys.stderr.write(f"genoai-desktop: {place_of(error)}\n")
        if os.environ.get("GENOAI_DEBUG"):
            traceback.print_exception(error)


def watch(tell: Callable[[str], None], parent: QObject) -> Faults:
    """Install the hooks, and let ``tell`` say what happened."""
    faults = Faults(parent)
    faults.happened.connect(tell)
    faults.install()
    return faults
