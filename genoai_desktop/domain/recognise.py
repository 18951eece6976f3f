"""Finds the message that an English text was made from, when the text came by way of a table or the store.

What a worker says remembers its message (:class:`~genoai_desktop.domain.text.Text`), but not in a column of
a table, in a stored case or after being joined in a sentence. There the message is found by its words.
"""

from __future__ import annotations

import re
import string
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

_FEWEST_WORDS = 3
"""Of a message without placeholders: shorter ones could be somebody's name or note."""
_FEWEST_LITERAL_WORDS = 2
"""Beside placeholders, for the same reason."""
_KEY = 3
"""Letters of the beginning by which messages are looked up."""
_BETWEEN = re.compile(r"(?<=[.!?])\s+|(?:;|\s·)\s+")
_WORD = re.compile(r"[^\W\d_]{2,}")


class Recogniser:
    """``translated``: the catalogue, English message to the other language, both with placeholders.

    ``written``: a placeholder's name and value to the value as that language writes numbers.
    """

    def __init__(
        self,
        translated: Mapping[str, str],
        written: Callable[[str, str], str] = lambda _name, value: value,
    ) -> None:
        self._written = written
        self._exact: dict[str, str] = {}
        self._begin: defaultdict[str, list[str]] = defaultdict(list)
        self._open: list[str] = []
        self._translated = translated
        for message in sorted(translated, key=lambda text: -sum(map(len, _literals(text)))):
            self._add(message)

    def say(self, text: str) -> str:
        """``text`` in the other language, as far as its sentences are known; unknown ones stay."""
        whole = self._one(text)
        if whole is not None:
            return whole
        ends = [(match.start(), match.end()) for match in _BETWEEN.finditer(text)]
        return self._by_sentences(text, ends) if ends else text

    def _by_sentences(self, text: str, ends: list[tuple[int, int]]) -> str:
        """The longest run of sentences that is a message, then the rest."""
        said, start, number = "", 0, 0
        stops = [*ends, (len(text), len(text))]
        while number < len(stops):
            for last in range(len(stops) - 1, number - 1, -1):
                piece = self._one(text[start : stops[last][0]])
                if piece is not None or last == number:
                    said += piece if piece is not None else text[start : stops[last][0]]
                    said += text[stops[last][0] : stops[last][1]]
                    start, number = stops[last][1], last + 1
                    break
        return said

    def _add(self, message: str) -> None:
        literals = [literal for literal, *_ in string.Formatter().parse(message)]
        words = _WORD.findall(" ".join(literals))
        if "{" not in message:
            if len(words) >= _FEWEST_WORDS:
                self._exact[message] = self._translated[message]
        elif len(words) >= _FEWEST_LITERAL_WORDS:
            first = literals[0] if literals else ""
            (self._begin[first[:_KEY]] if len(first) >= _KEY else self._open).append(message)

    def _one(self, text: str) -> str | None:
        """One message, with its full stop or without and with a small letter or a capital, or None."""
        said = self._message(text)
        if said is None and (whole := self._message(f"{text}.")) is not None:
            said = whole.removesuffix(".")
        if said is None and (small := self._message(text[:1].lower() + text[1:])) is not None:
            said = small[:1].upper() + small[1:]
        return said

    def _message(self, text: str) -> str | None:
        if text in self._exact:
            return self._exact[text]
        for message in (*self._begin.get(text[:_KEY], ()), *self._open):
            if _may_be(message, text) and (match := _pattern(message).fullmatch(text)) is not None:
                values = {k: self.say(self._written(k, v)) for k, v in match.groupdict().items()}
                return _filled(self._translated[message], values)
        return None


def _may_be(message: str, text: str) -> bool:
    """Whether every literal part is there in its order: far cheaper than to try the pattern."""
    at = 0
    for literal in _literals(message):
        at = text.find(literal, at)
        if at < 0:
            return False
        at += len(literal)
    return True


@lru_cache(maxsize=4096)
def _literals(message: str) -> tuple[str, ...]:
    return tuple(literal for literal, *_ in string.Formatter().parse(message) if literal)


@lru_cache(maxsize=1024)
def _pattern(message: str) -> re.Pattern[str]:
    parts: list[str] = []
    seen: set[str] = set()
    for literal, name, *_ in string.Formatter().parse(message):
        parts.append(re.escape(literal))
        if name is not None:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
            seen.add(name)
    return re.compile("".join(parts), re.DOTALL)


def _filled(message: str, values: Mapping[str, str]) -> str:
    """The values as they were written, whatever format the message asks for."""
    parts: Iterable[tuple[str, str | None, str | None, str | None]] = string.Formatter().parse(message)
    return "".join(
        literal + (values.get(name, "") if name is not None else "") for literal, name, *_ in parts
    )
