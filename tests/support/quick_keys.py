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
    wrapped: Any = keys.Wrapped.__init__
    before = wrapped.__defaults__
    wrapped.__defaults__ = COST
    try:
        yield
    finally:
        wrapped.__defaults__ = before


def quicken() -> None:
    """The same for the rest of this process: for scripts."""
    quickened().__enter__()
