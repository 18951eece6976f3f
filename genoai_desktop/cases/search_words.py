"""Words as a person searches by them: with and without accents, and by the parts of a double name.

Words of stores of earlier versions are in ``casefold`` form alone; they are found as before.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_BREAKS = re.compile(r"[\s,;，、]+")
_PARTS = re.compile(r"[-‐–'’/]+")
_EAST = 0x2E80
"""The first code of the East Asian scripts, which put no space between words."""


def folded(text: str) -> str:
    """Without capitals, accents and marks: ``Müller`` and ``MULLER`` are both ``muller``."""
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(one for one in plain if not unicodedata.combining(one)).casefold()
    return "".join(one for one in unicodedata.normalize("NFKD", kept) if not unicodedata.combining(one))


def forms(word: str) -> frozenset[str]:
    """What is kept of one word, to be found by."""
    whole = folded(word)
    return frozenset({word.casefold(), whole, *(part for part in _PARTS.split(whole) if part)})


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of a search: in these forms at the beginning of a word, or ``anywhere`` in one."""

    forms: frozenset[str]
    anywhere: bool

    @property
    def patterns(self) -> tuple[str, ...]:
        """For ``LIKE`` with a backslash as the sign that takes its meaning from the next."""
        escaped = (re.sub(r"([\\\\%_])", r"\\\1", one) for one in sorted(self.forms))
        return tuple(f"{'%' if self.anywhere else ''}{one}%" for one in escaped)

    def in_title(self, title: str) -> bool:
        """Whether the title has it."""
        return any(one in said for one in self.forms for said in (title.casefold(), folded(title)))


def asked(text: str) -> Iterator[Asked]:
    """Every word of a search, each of which must be there."""
    for word in filter(None, _BREAKS.split(text)):
        east = any(ord(letter) >= _EAST for letter in word)
        yield Asked(frozenset({word.casefold(), folded(word)}), east)
