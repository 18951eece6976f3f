"""Numbers that a window says in its own language, wherever they were written down."""

from __future__ import annotations

from genoai_desktop.domain.numerals import localised
from genoai_desktop.domain.text import Text, language_in_use


class Figure(Text):
    """A number in words that a window says in its own language."""

    __slots__ = ("english",)

    english: str

    @classmethod
    def of(cls, english: str) -> Figure:
        """``english``: as English writes it, ``1,234.5`` or ``< 0.01 %``."""
        made = cls(localised(english, language_in_use()))
        made.english, made.parts, made.values = english, (), None
        return made

    def say(self) -> str:
        """In the language of this thread."""
        return localised(self.english, language_in_use())


def written(value: float, form: str = ",") -> str:
    """A number after Python's format specification: ``written(41200)``, ``written(0.5, ".2f")``."""
    return Figure.of(format(value, form))
