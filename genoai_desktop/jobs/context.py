"""Contexts for the command line and for tests."""

import sys
import time
from typing import TextIO

from genoai_desktop.domain.context import Silent


class Recording(Silent):
    """Keeps every report, for tests."""

    def __init__(self) -> None:
        super().__init__()
        self.reports: list[tuple[str, float | None]] = []

    def report(self, label: str, fraction: float | None) -> None:
        """Remember it."""
        self.reports.append((label, fraction))


class Terminal(Silent):
    """A bar on a terminal, plain lines otherwise."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__()
        self._stream = stream or sys.stderr
        self._label = ""
        self._last = 0.0
        self._bar = self._stream.isatty()

    def report(self, label: str, fraction: float | None) -> None:
        """Draw at most ten times a second; a new label is always shown."""
        now = time.monotonic()
        fresh = label != self._label
        if self._bar:
            if fresh or fraction == 1.0 or now - self._last > 0.1:
                self._draw(label, fraction, fresh)
                self._last = now
        elif fresh:
            self._stream.write(f"{label}\n")
        self._label = label

    def _draw(self, label: str, fraction: float | None, fresh: bool) -> None:
        done = "" if fraction is None else f"{'█' * int(fraction * 24):<24} {fraction:4.0%}"
        start = "\n" if fresh and self._label else "\r"
        self._stream.write(f"{start}{label:<40.40} {done}")
        self._stream.flush()
