"""What a stage may ask of its surroundings: report progress, and stop when told to."""

from collections.abc import Iterable, Iterator, Sized
from typing import Protocol, TypeVar

from genoai_desktop.domain.errors import Cancelled

T = TypeVar("T")


class Context(Protocol):
    """Handed to every stage. The stage cannot tell a terminal from a window."""

    def report(self, label: str, fraction: float | None) -> None:
        """Say what is under way; ``fraction`` in 0..1, or None when the total is not known."""

    def check(self) -> None:
        """Raise ``Cancelled`` when the person stopped the job."""

    def track(self, items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
        """Iterate, reporting progress and checking for cancel."""
        ...


class Silent:
    """A Context that reports to nobody; base class of the others."""

    def __init__(self) -> None:
        self._cancelled = False

    def cancel(self) -> None:
        """Ask the stage to stop at its next check."""
        self._cancelled = True

    def report(self, label: str, fraction: float | None) -> None:
        """Nobody listens."""

    def check(self) -> None:
        """Raise ``Cancelled`` after ``cancel`` was called."""
        if self._cancelled:
            raise Cancelled

    def track(self, items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
        """Report every item and check before it."""
        size = total if total is not None else len(items) if isinstance(items, Sized) else None
        for index, item in enumerate(items):
            self.check()
            self.report(label, index / size if size else None)
            yield item
        self.report(label, 1.0)


class Part(Silent):
    """The context of a stage that goes from ``start`` to ``end`` (0..1) of a longer job.

    Several in a row make one bar that never goes back. A stage that does not know how far it is leaves the
    bar where it was.
    """

    def __init__(self, whole: Context, start: float, end: float) -> None:
        super().__init__()
        self._whole, self._start, self._size = whole, start, end - start
        self._reached = 0.0

    def report(self, label: str, fraction: float | None) -> None:
        """Pass on, as a share of the whole."""
        self._reached = max(self._reached, min(fraction or 0.0, 1.0))
        self._whole.report(label, self._start + self._size * self._reached)

    def check(self) -> None:
        """As the whole job's."""
        self._whole.check()


def shares(whole: Context, *weights: float) -> tuple[Part, ...]:
    """Stages one after the other that together are the whole; ``weights``: how long each takes, usually."""
    total, begun = sum(weights) or 1.0, 0.0
    found = []
    for weight in weights:
        found.append(Part(whole, begun / total, (begun + weight) / total))
        begun += weight
    return tuple(found)
