"""The words of letters and legends, read from ``resources/phrases``; reviewed there, not in code."""

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from genoai_desktop.domain.errors import KnowledgeError, UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.report.bidi import RIGHT_TO_LEFT

LANGUAGES = ("en", "de", "es", "fr")
_BEFORE = re.compile(r" (?=[:;!?»])")
_LETTERS = ("letter.json", "signing.json", "couple.json")


@cache
def table(name: str) -> dict[str, Any]:
    """A table of ``resources/phrases`` without its remarks; KnowledgeError when it is damaged."""
    try:
        document = json.loads((resources() / "phrases" / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KnowledgeError(
            tr("The phrase table “{name}” is missing or damaged.", name=name),
            remedy=tr("Install the program again."),
            code="phrases.broken",
        ) from error
    return {key: value for key, value in document.items() if not key.startswith("_")}


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Every sentence of every letter: key to language to words."""
    return {key: entry for name in _LETTERS for key, entry in table(name).items()}


def acmg_meanings(language: str) -> dict[str, str]:
    """What each ACMG evidence code means, in a few words; English where the language has none."""
    return {code: said.get(language, said["en"]) for code, said in table("acmg_codes.json").items()}


@dataclass(frozen=True, slots=True)
class Term:
    """A genetic term with its plain meaning; ``forms`` are the spellings that call for it."""

    id: str
    name: str
    forms: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """The letter's sentences and glossary in one language."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of that key with its placeholders filled in; KeyError when there is none."""
        words: str = sentences()[key][self.language]
        return _unbroken(words.format(**values) if values else words, self.language)

    def get(self, key: str) -> str:
        """The sentence of that key, empty when there is none."""
        return self(key) if key in sentences() else ""

    def count(self, key: str, number: int, **values: object) -> str:
        """The singular or plural sentence (``key_one``, ``key_other``)."""
        one = number == 1 or (number == 0 and self.language == "fr")
        return self(f"{key}_{'one' if one else 'other'}", n=number, **values)

    @property
    def from_right(self) -> bool:
        """Whether lines of this language begin at the right."""
        return self.language in RIGHT_TO_LEFT

    def headed(self, head: str) -> str:
        """A word with the colon that announces what follows it."""
        return f"{head}\u00a0:" if self.language == "fr" else f"{head}:"

    def date(self, stamp: str) -> str:
        """The day of an ISO 8601 time as the language writes it: “5. März 2026”; anything else unchanged."""
        try:
            day = date.fromisoformat(stamp[:10])
        except ValueError:
            return stamp[:10]
        words = table("dates.json")[self.language]
        number = words["first"] if day.day == 1 else str(day.day)
        made: str = words["pattern"].format(day=number, month=words["months"][day.month - 1], year=day.year)
        return made

    @property
    def terms(self) -> tuple[Term, ...]:
        """The glossary, by name."""
        return _terms(self.language)

    @property
    def technical(self) -> tuple[str, ...]:
        """Words that a letter may use only when the glossary explains them."""
        return tuple(table("technical.json")[self.language])


def _unbroken(words: str, language: str) -> str:
    """Keep a percent sign, and French double punctuation and quotes, on the line of their neighbour."""
    kept = words.replace(" %", "\u00a0%")
    if language == "fr":
        kept = _BEFORE.sub("\u00a0", kept).replace("« ", "«\u00a0")
    return kept


@cache
def _terms(language: str) -> tuple[Term, ...]:
    made = [
        Term(key, entry[language]["name"], tuple(entry[language]["forms"]), entry[language]["meaning"])
        for key, entry in table("glossary.json").items()
    ]
    return tuple(sorted(made, key=lambda term: term.name.lower()))


def phrases(language: str) -> Phrases:
    """The phrases of ``language`` (ISO 639-1).

    Raises:
        UserError: letters are not available in that language.
    """
    if language not in LANGUAGES:
        raise UserError(
            tr("Patient letters are not available in “{language}”.", language=language),
            remedy=tr("Choose one of: {languages}.", languages=", ".join(LANGUAGES)),
        )
    return Phrases(language)
