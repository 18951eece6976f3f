"""Translation of everything a person reads, without Qt.

Catalogues are gettext ``.mo`` files below ``resources/translations/<language>/LC_MESSAGES``.
English is the source language; a message without a translation appears in English.

A language holds for the thread that chose it, which is the window's. Workers keep English, so that
results, documents and reports, whose language is chosen by itself, never follow the window's. What a
worker says is a :class:`Text`: English as data, and :func:`shown` says it in the language of the window.
"""

from __future__ import annotations

import gettext
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from genoai_desktop.domain.numerals import spoken
from genoai_desktop.domain.recognise import Recogniser

_DOMAIN = "genoai"


class _Chosen(threading.local):
    """The catalogue of one thread."""

    catalogue: gettext.NullTranslations = gettext.NullTranslations()
    language: str = "en"
    folder: Path = Path()


_chosen = _Chosen()


class Text(str):
    """Words that remember what they were made of, so that a window can say them in its language.

    To everything else it is a plain string in the language that it was made in: a worker's is stored,
    compared and printed in English. Inside an f-string it speaks the language of the thread; adding to it
    keeps what it remembers.
    """

    __slots__ = ("parts", "values")

    parts: tuple[str, ...]
    """One message of the catalogue; with ``values`` None, pieces that stand one after the other."""
    values: dict[str, object] | None

    @classmethod
    def of_message(cls, said: str, message: str, values: dict[str, object]) -> Text:
        """What ``tr`` made of a message and its values."""
        made = cls(said)
        made.parts, made.values = (message,), values
        return made

    @classmethod
    def of_parts(cls, parts: Iterable[str]) -> Text:
        """Pieces one after the other; plain strings among them are said as they are."""
        kept = tuple(parts)
        made = cls("".join(shown(part) for part in kept))
        made.parts, made.values = kept, None
        return made

    def say(self) -> str:
        """In the language of this thread."""
        if self.values is None:
            return "".join(shown(part) for part in self.parts)
        if not _is_known(self.parts[0]):
            return str.__str__(self)
        translated = _chosen.catalogue.gettext(self.parts[0])
        said = {name: _value(name, one) for name, one in self.values.items()}
        return translated.format(**said) if said else translated

    def __getnewargs__(self) -> tuple[str]:
        return (str(self),)

    def __add__(self, other: str) -> Text:
        return Text.of_parts((self, other))

    def __radd__(self, other: str) -> Text:
        return Text.of_parts((other, self))

    def __format__(self, specification: str) -> str:
        return format(shown(self), specification)


def use_language(language: str, folder: Path) -> None:
    """Make ``tr`` answer in ``language`` (ISO 639-1) in this thread, falling back to English."""
    _chosen.catalogue = gettext.translation(_DOMAIN, folder, languages=[language], fallback=True)
    _chosen.language = "en" if _speaks_english() else language
    _chosen.folder = folder


@contextmanager
def speaking(language: str, folder: Path) -> Iterator[None]:
    """Inside, ``tr`` answers in ``language`` in this thread: for a document, whose language is its own."""
    before = (_chosen.catalogue, _chosen.language, _chosen.folder)
    use_language(language, folder)
    try:
        yield
    finally:
        _chosen.catalogue, _chosen.language, _chosen.folder = before


def ready_language(language: str, folder: Path) -> None:
    """Read what ``use_language`` and ``shown`` will need, in any thread: it takes some milliseconds."""
    _recogniser(language, folder)


def language_in_use() -> str:
    """The language of this thread (ISO 639-1)."""
    return _chosen.language


def languages(folder: Path) -> tuple[str, ...]:
    """English and every language that there is a catalogue of, by ISO 639-1 code."""
    found = {path.parent.parent.name for path in folder.glob(f"*/LC_MESSAGES/{_DOMAIN}.mo")}
    return ("en", *sorted(found - {"en"}))


def later(message: str) -> str:
    """A message of the catalogue that is handed to ``tr`` elsewhere; itself unchanged."""
    return message


def tr(message: str, **values: object) -> str:
    """The message in the window's language, with ``{name}`` placeholders filled in."""
    if not message:
        return message
    translated = _chosen.catalogue.gettext(message)
    language = _chosen.language if _is_known(message) else "en"
    written = {name: spoken(name, value, language) for name, value in values.items()}
    said = translated.format(**written) if values else translated
    return Text.of_message(said, message, values)


def shown(text: str) -> str:
    """A text in the language of this thread: what a worker said in English too, unless it has no translation.

    A plain string is looked up by its words, as it may have come from a table or the store; a name or what
    somebody wrote is none of the program's messages, and is said as it is.
    """
    if not isinstance(text, Text):
        return text if _speaks_english() else _recognised(text, _chosen.language, _chosen.folder)
    return text.say()


def _is_known(message: str) -> bool:
    """Whether the catalogue has the message: English words keep English numbers and values."""
    entries: dict[str, str] = getattr(_chosen.catalogue, "_catalog", {})
    return not entries or message in entries


def _value(name: str, value: object) -> object:
    number = spoken(name, value, _chosen.language)
    return shown(value) if isinstance(value, str) and number is value else number


@lru_cache(maxsize=4096)
def _recognised(text: str, language: str, folder: Path) -> str:
    return _recogniser(language, folder).say(text)


@lru_cache(maxsize=4)
def _recogniser(language: str, folder: Path) -> Recogniser:
    catalogue = gettext.translation(_DOMAIN, folder, languages=[language], fallback=True)
    entries: dict[str, str] = getattr(catalogue, "_catalog", {})
    messages = {message: said for message, said in entries.items() if message}
    return Recogniser(messages, lambda name, value: str(spoken(name, value, language)))


def joined(separator: str, texts: Iterable[str]) -> str:
    """``separator.join(texts)`` that can still be said in another language."""
    parts: list[str] = []
    for text in texts:
        parts += [separator, text] if parts else [text]
    return Text.of_parts(parts)


def _speaks_english() -> bool:
    return type(_chosen.catalogue) is gettext.NullTranslations
