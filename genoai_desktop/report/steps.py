"""How far the making of a document is, and where it stops when a person stopped it.

The layout library makes, breaks and draws the house's paragraphs and tables by itself, so no argument can
reach them. What is under way is therefore kept per thread (``ContextVar``), for as long as ``under`` lasts.
Outside of ``under`` nothing is reported and nothing stops. The bytes of a document do not depend on it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from genoai_desktop.domain.context import Context

T = TypeVar("T")


class _Work:
    """One document: the range (0..1) of the stage under way, and how far the whole is."""

    __slots__ = ("context", "done", "drawn", "end", "label", "made", "start")

    def __init__(self, context: Context, label: str) -> None:
        self.context, self.label = context, label
        self.start, self.end, self.done = 0.0, 1.0, 0.0
        self.made = self.drawn = 0

    def reach(self, part: float) -> None:
        """Never back: where a stage was guessed longer than it is, the next one begins ahead."""
        self.done = max(self.done, self.start + (self.end - self.start) * min(part, 1.0))
        self.context.report(self.label, self.done)


_UNDER_WAY: ContextVar[_Work | None] = ContextVar("document under way", default=None)


@contextmanager
def under(context: Context, label: str) -> Iterator[None]:
    """What is made inside reports to ``context`` in these words; ``Cancelled`` ends it within a paragraph.

    The caller reports 1.0 when the document is where it belongs.
    """
    context.check()
    context.report(label, 0.0)
    token = _UNDER_WAY.set(_Work(context, label))
    try:
        yield
    finally:
        _UNDER_WAY.reset(token)


def stage(start: float, end: float) -> None:
    """The next stage goes from ``start`` to ``end`` of the whole (0..1)."""
    work = _UNDER_WAY.get()
    if work is not None:
        work.context.check()
        work.start, work.end = start, end
        work.made = work.drawn = 0
        work.reach(0.0)


def each(items: Iterable[T], total: int) -> Iterator[T]:
    """The items; each is a part of the stage, and a place to stop."""
    for number, item in enumerate(items):
        work = _UNDER_WAY.get()
        if work is not None:
            work.context.check()
            work.reach(number / max(total, 1))
        yield item


def check() -> None:
    """Raises ``Cancelled`` when the person stopped what is under way."""
    work = _UNDER_WAY.get()
    if work is not None:
        work.context.check()


def made() -> None:
    """A paragraph was made: one more to draw."""
    work = _UNDER_WAY.get()
    if work is not None:
        work.context.check()
        work.made += 1


def drawn() -> None:
    """A paragraph was drawn."""
    work = _UNDER_WAY.get()
    if work is not None:
        work.context.check()
        work.drawn += 1
        work.reach(work.drawn / max(work.made, work.drawn))
