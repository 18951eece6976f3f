"""How hard a letter is to read, and which genetic terms it leaves unexplained.

The grade is ``textstat``'s: see ``school_grade`` for the formula of each language.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from genoai_desktop.report.phrases import Phrases
from genoai_desktop.report.school_grade import grade

MOST_GRADE = 8.0


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
