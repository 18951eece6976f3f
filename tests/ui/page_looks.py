"""How a window may look: theme, text size, language, size of the window."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product

from genoai_desktop.domain.text import use_language
from genoai_desktop.knowledge.locations import resources
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
"""Each value of each property once; what differs between two looks is seen in one of them."""


@contextmanager
def wear(theme: Theme, look: Look) -> Iterator[None]:
    """The theme and language of a look, and the usual ones again afterwards."""
    folder = resources() / "translations"
    use_language(look.language, folder)
    theme.use(look.scheme, look.scale)
    try:
        yield
    finally:
        use_language("en", folder)
        theme.use(Scheme.LIGHT, 100)
