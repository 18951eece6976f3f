"""Passphrases that are tried in no time: Argon2id at the least that it can cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from genoai_desktop.cases import keys

COST = (1, 64, 4)
"""Passes, kibibytes and lanes."""


@contextmanager
def quickened() -> Iterator[None]:
    """New keys cost next to nothing, until the end of the block."""
    before = quicken()
    try:
        yield
    finally:
        quicken(before)


def quicken(cost: tuple[Any, ...] = COST) -> tuple[Any, ...]:
    """The same for the rest of this process: for scripts. Gives what a new key cost until now."""
    wrapped: Any = keys.Wrapped.__init__
    before: tuple[Any, ...] = wrapped.__defaults__
    wrapped.__defaults__ = cost
    return before
