"""Counts how texts write a word: in small letters, or with a capital where none is due by position."""

import re
from collections import Counter
from collections.abc import Iterable

_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s]|\d+")
_WORD = re.compile(r"[^\W\d_]+")
_OPENS = frozenset('.!?:;"“”„«»()[]/•*')
"""After these a capital says nothing."""
ENOUGH = 2
"""How often a word must stand in small letters; single ones are slips of sources that write no capitals."""
SLIPS = 25
"""One capital among so many small letters is a slip too (``Congenital`` where each word has a capital)."""

Pair = tuple[str, str]


class LetterCase:
    """How often each word, and each with the word after it, has small letters or a capital."""

    def __init__(self) -> None:
        self.small: Counter[str] = Counter()
        self.capital: Counter[str] = Counter()
        self.small_pairs: Counter[Pair] = Counter()
        self.capital_pairs: Counter[Pair] = Counter()
        self.heads: Counter[str] = Counter()
        self._before_capital: Counter[str] = Counter()

    def prose(self, texts: Iterable[str]) -> None:
        """Sentences, and names that begin with a capital whatever their first word is."""
        for text in texts:
            if not _shouted(text):
                self._count(text, at_start=False)

    def names(self, texts: Iterable[str]) -> None:
        """Names of a source that writes the first word small unless it is a proper name."""
        for text in texts:
            self._count(text, at_start=True)
            first, *further = _WORD.findall(text) or [""]
            if _is_capital(first) and first[1:].islower():
                self.heads[next((word for word in further if word.islower()), "")] += 1

    def clear(self, word: str) -> bool:
        """Whether the word is no proper name, whatever comes after it."""
        often = self.small[word] >= ENOUGH and not self._is_particle(word)
        return often and self.capital[word] * SLIPS <= self.small[word]

    def clear_pair(self, word: str, following: str) -> bool:
        """Whether the word is no proper name before that one: ``long QT``, but not ``Down syndrome``."""
        known = self.small[word] >= max(ENOUGH, self.capital[word] + 1) and not self._is_particle(word)
        pair = (word, following)
        least = ENOUGH if self.capital[word] else 1  # a surname elsewhere: temtamy preaxial was a slip
        return known and self.small_pairs[pair] >= max(least, self.capital_pairs[pair] * SLIPS + 1)

    def _is_particle(self, word: str) -> bool:
        """Whether it is part of surnames: ``van``."""
        return self._before_capital[word] * 2 > self.small[word]

    def _count(self, text: str, *, at_start: bool) -> None:
        tokens = _TOKEN.findall(text)
        tells = at_start
        for place, token in enumerate(tokens):
            if not token[0].isalpha():
                tells = token not in _OPENS and (tells or token.isdigit())
                continue
            if tells:
                following = next((one for one in tokens[place + 1 : place + 3] if one[0].isalpha()), "")
                self._enter(token, following)
            tells = True

    def _enter(self, token: str, following: str) -> None:
        word, pair = token.lower(), (token.lower(), following.lower())
        if token == word:
            self.small[word] += 1
            self.small_pairs[pair] += 1
            self._before_capital[word] += following.istitle() and len(following) > 1
        elif len(token) > 1:
            self.capital[word] += not token.isupper()  # CHARGE says nothing on “charge” elsewhere
            self.capital_pairs[pair] += 1


def _is_capital(word: str) -> bool:
    return word[:1].isupper()


def _shouted(text: str) -> bool:
    """Whether most words begin with a capital, so that capitals say nothing; compounds count once."""
    words = [word for word in text.split()[1:] if len(word) > 3 and word[0].isalpha()]
    return text.isupper() or (sum(map(_is_capital, words)) > len(words) / 2 and len(words) > 1)
