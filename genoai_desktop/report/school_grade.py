"""School grades of a text in four languages, by ``textstat`` (0.7.13), without its downloader.

Formulas, all as textstat has them: English Flesch-Kincaid (Kincaid 1975), German fourth Vienna formula
(Bamberger and Vanecek 1984), Spanish Crawford (1985), in school years. French has no grade formula in common
use: its Flesch ease after Kandel and Moles (1958) is read on Flesch's own scale of school years.

textstat reads English syllables from the CMU Pronouncing Dictionary through NLTK, which fetches it from the
network, and imports NLTK as a whole for that. The program opens no socket, so textstat is given the bundled
dictionary under that name instead, and NLTK is neither imported nor shipped. Words that the dictionary does
not have are hyphenated (pyphen), as textstat does; so are the words of the other languages, which is known
to count German words a little short (a single vowel before a hyphen is never parted off).
"""

import gzip
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from threading import Lock
from types import ModuleType, SimpleNamespace
from typing import Any

from genoai_desktop.knowledge.locations import resources

_EASE_GRADES = ((90, 5.0), (80, 6.0), (70, 7.0), (60, 8.5), (50, 11.0), (30, 14.0))
_WORD = re.compile(r"[^\W\d_]")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_IMPORTING = Lock()


def grade(text: str, language: str) -> float:
    """The school grade of a text, one paragraph or heading a line; 0 for a text without words.

    ``language`` (ISO 639-1) other than German, Spanish and French is judged as English.
    """
    closed = _closed(text)
    if not closed:
        return 0.0
    judge = _judge(language)
    if language == "de":
        return float(judge.wiener_sachtextformel(closed, 4))
    if language == "es":
        return float(judge.crawford(closed))
    if language == "fr":
        ease = judge.flesch_reading_ease(closed)
        return next((years for least, years in _EASE_GRADES if ease >= least), 16.0)
    return float(judge.flesch_kincaid_grade(closed))


def _closed(text: str) -> str:
    """Every line closed like a sentence: textstat would read a heading on into what follows it.

    Typographic apostrophes become plain ones, which the dictionary has; a decimal point is no full stop.
    """
    plain = _POINT.sub(",", text.replace("’", "'"))
    lines = (line.strip() for line in plain.splitlines() if _WORD.search(line))
    return "\n".join(line if line.endswith((".", "!", "?")) else f"{line}." for line in lines)


@cache
def _judge(language: str) -> Any:
    """An instance a language: textstat's own is one for all, and its language a setting of it."""
    judge = _textstat()()
    judge.set_lang({"de": "de_DE", "es": "es_ES", "fr": "fr_FR"}.get(language, "en_US"))
    return judge


@cache
def _textstat() -> Any:
    """textstat's class with the bundled dictionary in place of NLTK; imported when first asked for."""
    stand_in = ModuleType("nltk")
    vars(stand_in)["data"] = SimpleNamespace(find=lambda _name: "bundled")
    vars(stand_in)["corpus"] = SimpleNamespace(cmudict=SimpleNamespace(dict=_Pronunciations))
    with _IMPORTING, _standing_in("nltk", stand_in):
        from textstat.backend.utils import _get_cmudict
        from textstat.textstat import textstatistics
    _get_cmudict.nltk = stand_in  # where something else had imported textstat before
    return textstatistics


@contextmanager
def _standing_in(name: str, module: ModuleType) -> Iterator[None]:
    """``module`` is what an import of ``name`` gives, for as long as this lasts."""
    before = sys.modules.get(name)
    sys.modules[name] = module
    try:
        yield
    finally:
        del sys.modules[name]
        if before is not None:
            sys.modules[name] = before


class _Pronunciations(Mapping[str, list[list[str]]]):
    """Word to its pronunciations, as NLTK gives them: one, of so many sounds as the word has syllables."""

    def __init__(self) -> None:
        self._syllables: dict[str, int] = {}
        with gzip.open(resources() / "readability" / "syllables_en.txt.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                number, *words = line.split()
                self._syllables.update(dict.fromkeys(words, int(number)))

    def __getitem__(self, word: str) -> list[list[str]]:
        return [["1"] * self._syllables[word]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._syllables)

    def __len__(self) -> int:
        return len(self._syllables)
