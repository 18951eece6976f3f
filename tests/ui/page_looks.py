"""How a window may look: theme, text size, language, size of the window."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from zlib import crc32

from PySide6.QtCore import QSize

from genoai_desktop.domain.text import use_language
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.theme import manager
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import Scheme


@dataclass(frozen=True, slots=True)
class Look:
    """``scale``: text size in per cent; ``size``: of the window in device-independent pixels."""

    scheme: Scheme
    scale: int
    language: str
    size: tuple[int, int]

    @property
    def name(self) -> str:
        """As pictures and tests call it."""
        return f"{self.scheme}-{self.scale}-{self.language}-{self.size[0]}x{self.size[1]}"


_SIZES = ((1280, 800), (1024, 700))
ALL = tuple(Look(*parts) for parts in product(Scheme, (100, 200), ("en", "de"), _SIZES))
USUAL = (
    Look(Scheme.LIGHT, 100, "en", _SIZES[0]),
    Look(Scheme.DARK, 200, "de", _SIZES[1]),
)
"""Each value of each property once: the looks of the kept pictures."""
EVERY = "GENOAI_EVERY_LOOK"
"""Set in the environment, it has the tests take each state in every look: on demand, as it takes long."""


def covering(state: str) -> tuple[Look, ...]:
    """The looks in which a state is tested: each value of each property, and one mixture that its name picks.

    The first is the roomiest and the second the tightest, each in one of the two themes; over all states
    every look, and so every pair of values, comes up.
    """
    number = crc32(state.encode())
    one, other = list(Scheme) if number & 1 else list(Scheme)[::-1]
    roomy, tight = Look(one, 100, "en", _SIZES[0]), Look(other, 200, "de", _SIZES[1])
    mixed = [look for look in ALL if (look.scale, look.language, look.size) not in _EXTREMES]
    return roomy, tight, mixed[(number >> 1) % len(mixed)]


_EXTREMES = {(100, "en", _SIZES[0]), (200, "de", _SIZES[1])}


def looks_of(state: str) -> tuple[Look, ...]:
    """The looks of a run of the tests."""
    return ALL if os.environ.get(EVERY) else covering(state)


@contextmanager
def wear(theme: Theme, look: Look) -> Iterator[None]:
    """Theme, language and screen of a look, and the usual ones again afterwards."""
    folder = resources() / "translations"
    usual = manager.room_on_screen
    manager.room_on_screen = lambda _window: QSize(*look.size)
    use_language(look.language, folder)
    theme.use(look.scheme, look.scale)
    try:
        yield
    finally:
        manager.room_on_screen = usual
        use_language("en", folder)
        theme.use(Scheme.LIGHT, 100)
