"""How hard a letter is to read, and which genetic terms it leaves unexplained.

Grades: English Flesch-Kincaid (Kincaid 1975), German fourth Vienna formula (Bamberger and Vanecek 1984),
Spanish Crawford (1985), all in school years; French has no grade formula in common use, so its Flesch
ease after Kandel and Moles (1958) is read on Flesch's own scale of school years.

``textstat`` (0.7.13, maintained) has the same formulas, but its English syllables come from a dictionary that
NLTK fetches from the network; without one it ends with a LookupError, and NLTK brings a downloader into a
program that opens no socket. Syllables are counted here: by vowels in English, by hyphenation patterns (as
textstat's) in the others. On the sample of the tests the grades differ from textstat's (its dictionary at
hand) by -0.15 school years in English on the average (1.0 at most), by 0.8 (1.6) in German, where more
syllables are counted, and by 0.2 (0.3) in Spanish.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyphen

from genoai_desktop.report.phrases import Phrases

MOST_GRADE = 8.0
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|\n+")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^aeioutd]ed|[^laeiouy]e)$")
_EASE_GRADES = ((90, 5.0), (80, 6.0), (70, 7.0), (60, 8.5), (50, 11.0), (30, 14.0))


@dataclass(frozen=True, slots=True)
class Readability:
    """A letter's school grade and the genetic terms that it uses without explaining them."""

    grade: float
    undefined: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """At most grade 8, and every genetic term explained: else signing asks for a reason."""
        return self.grade <= MOST_GRADE and not self.undefined


def readability(letter: str, phrases: Phrases, *, names: Iterable[str] = ()) -> Readability:
    """Judge a letter's words. ``names`` (genes, conditions, medicines, people) count as one short word each.

    A name cannot be worded more simply, so it should not hide whether the sentences around it are plain.
    """
    reduced = letter
    for name in sorted({name for name in names if name}, key=len, reverse=True):
        reduced = reduced.replace(name, "it")
    return Readability(round(grade(reduced, phrases.language), 1), undefined_terms(letter, phrases))


def grade(letter: str, language: str) -> float:
    """The school grade of the words; 0 for an empty text."""
    sentences = [part for part in _SENTENCE.split(letter) if _WORD.search(part)]
    words = _WORD.findall(letter)
    if not words:
        return 0.0
    syllables = [_syllables(word, language) for word in words]
    length = len(words) / len(sentences)
    if language == "de":
        return 0.2744 * 100 * sum(n >= 3 for n in syllables) / len(words) + 0.2656 * length - 1.693
    if language == "es":
        per_hundred = 100 / len(words)
        return -0.205 * len(sentences) * per_hundred + 0.049 * sum(syllables) * per_hundred - 3.407
    if language == "fr":
        ease = 207 - 1.015 * length - 73.6 * sum(syllables) / len(words)
        return next((years for least, years in _EASE_GRADES if ease >= least), 16.0)
    return 0.39 * length + 11.8 * sum(syllables) / len(words) - 15.59


def undefined_terms(letter: str, phrases: Phrases) -> tuple[str, ...]:
    """Genetic words in the text that the glossary does not explain, sorted."""
    explained = {form.lower() for term in phrases.terms for form in term.forms}
    return tuple(word for word in phrases.technical if word not in explained and _contains(letter, word))


def glossary_of(letter: str, phrases: Phrases) -> tuple[tuple[str, str], ...]:
    """Name and meaning of every glossary term that the text uses, by name."""
    return tuple(
        (term.name, term.meaning)
        for term in phrases.terms
        if any(_contains(letter, form) for form in term.forms)
    )


def _contains(letter: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", letter, re.IGNORECASE) is not None


@cache
def _hyphens(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=language, left=1, right=1)


def _syllables(word: str, language: str) -> int:
    if language != "en":
        return len(_hyphens(language).positions(word)) + 1
    bare = word.lower().replace("'", "").replace("’", "")
    groups = len(re.findall(r"[aeiouy]+", bare))
    return max(1, groups - bool(groups > 1 and _SILENT.search(bare)))
