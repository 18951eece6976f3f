"""A context that notes when a job looked whether it was stopped, and all that it said of its progress."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from genoai_desktop.domain.context import Silent


@dataclass(frozen=True)
class Gap:
    """A stretch without a look: seconds by the clock and of the processor, and under which words."""

    seconds: float
    busy: float
    label: str


class Looks(Silent):
    """Handed to a job in place of its own context."""

    def __init__(self, stop_at: int = -1) -> None:
        super().__init__()
        self.stop_at = stop_at
        self.count = 0
        """How often the job looked."""
        self.after = 0
        """How often it looked again after it was told to stop."""
        self.reports: list[tuple[str, float | None]] = []
        self._times: list[tuple[float, float, str]] = []
        self._note()

    def _note(self) -> None:
        label = re.sub(r"[0-9]+", "#", str(self.reports[-1][0])) if self.reports else ""
        self._times.append((time.perf_counter(), time.process_time(), label))

    def check(self) -> None:
        """As the job's own; ``Cancelled`` at the look that was asked for."""
        self._note()
        self.count += 1
        self.after += self.count > self.stop_at >= 0
        if self.count == self.stop_at:
            self.cancel()
        super().check()

    def report(self, label: str, fraction: float | None) -> None:
        """Remember it."""
        self.reports.append((label, fraction))

    @property
    def gaps(self) -> list[Gap]:
        """Every stretch without a look, the longest first; the last ends with the job (call ``ended``)."""
        found = [
            Gap(there[0] - here[0], there[1] - here[1], there[2]) for here, there in pairwise(self._times)
        ]
        return sorted(found, key=lambda gap: -gap.seconds)

    def ended(self) -> None:
        """The job came to its end now."""
        self._note()


def watched(function: Callable[..., Any], arguments: tuple[Any, ...], stop_at: int = -1) -> Looks:
    """Run a job to its end, or to the look at which it is stopped (then ``Cancelled`` is raised)."""
    looks = Looks(stop_at)
    try:
        function(*arguments, looks)
    finally:
        looks.ended()
    return looks


def faults(reports: list[tuple[str, float | None]]) -> list[str]:
    """What is wrong with what a job said of its progress: unknown, back, or whole before the end."""
    said = []
    parts = [part for _, part in reports]
    if not parts:
        return ["it said nothing"]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        said.append(
            "a fraction was not known: " + str(next(label for label, part in reports if part is None))
        )
    back = [(one, other) for one, other in pairwise(known) if other < one]
    if back:
        said.append(f"it went back from {back[0][0]:.3f} to {back[0][1]:.3f}, {len(back)} times")
    if 1.0 in known[:-1]:
        said.append("it was whole before its end")
    if not known or known[-1] != 1.0:
        said.append("it was never whole")
    return said
