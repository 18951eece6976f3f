"""Recognise HPO terms in a pasted letter, with negation and family history told apart.

Dictionary look-up over labels and synonyms (any word order, plurals, British spelling), then rules on
the words around a match, after NegEx (Chapman et al. 2001) and ConText (Harkema et al. 2009).
Nothing is accepted by itself: every match carries its span for a person to confirm.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.derived import kept_with_tables
from genoai_desktop.knowledge.phenotypes import Phenotypes

LONGEST = 9
TOKEN = re.compile(r"[A-Za-z0-9]+(?:'s)?")
SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n\s*\n|\n(?=\s*[-*•])|;")
SKIPPED = {"of", "the", "a", "an", "and", "in", "with", "to", "or", "on", "by", "for", "his", "her", "their"}
TOO_PLAIN = {
    "all", "large", "small", "short", "tall", "pain", "falls", "fall", "death", "injury", "mass",
    "wound", "cold", "onset", "severe", "mild", "crying", "stress", "laughing", "dizzy", "worse",
    "abnormal", "disease", "lesion", "hearing", "speech", "vision", "growth", "weight", "height", "fit",
    "fits", "mole", "lump", "spots", "gas",
}  # fmt: skip
BEFORE_NEGATION = (
    "no", "not", "without", "denies", "denied", "deny", "negative for", "absence of", "no evidence of",
    "free of", "never", "neither", "nor", "ruled out", "rules out", "excluded", "lack of", "lacks",
    "lacked", "absent", "no sign of", "no signs of", "no history of", "did not", "does not", "has not",
    "had not", "unremarkable for",
)  # fmt: skip
AFTER_NEGATION = (
    "was excluded", "were excluded", "is excluded", "ruled out", "is absent", "was absent",
    "are absent", "were absent", "not present", "not seen", "not observed", "not found", "not noted",
    "was negative", "is negative", "has not been observed", "not detected",
)  # fmt: skip
FALSE_NEGATION = (
    "not only", "no doubt", "not certain whether", "no change in", "without change in",
    "no improvement in",
)  # fmt: skip
UNCERTAIN = (
    "possible", "possibly", "suspected", "suspicion of", "probable", "query", "may have", "might have",
    "could have", "rule out", "at risk of", "risk of", "differential", "consider", "?",
)  # fmt: skip
CLAUSE_END = (
    "but", "however", "although", "though", "except", "apart from", "yet", "presented with",
    "presents with", "he has", "she has", "he had", "she had",
)  # fmt: skip
RELATIVES = (
    "mother", "father", "mum", "mom", "dad", "brother", "sister", "sibling", "siblings", "brothers",
    "sisters", "uncle", "aunt", "cousin", "grandmother", "grandfather", "grandparents", "grandparent",
    "nephew", "niece", "parents", "maternal", "paternal", "family history", "half brother",
    "half sister", "relatives", "relative", "son", "daughter", "husband", "wife", "twin",
)  # fmt: skip
PATIENT = (
    "patient", "proband", "index case", "this boy", "this girl", "this child", "our patient",
    "on examination",
)  # fmt: skip


class Status(StrEnum):
    """Whose finding it is, and whether it is there."""

    OBSERVED = "observed"
    EXCLUDED = "excluded"
    FAMILY = "family"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A term in the text; ``start`` and ``end`` are 0-based, half-open character positions."""

    start: int
    end: int
    term: str
    label: str
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    stem: str


def recognise(text: str, phenotypes: Phenotypes, context: Context | None = None) -> tuple[Recognised, ...]:
    """Every HPO term that the text names, in order; overlapping matches keep the longest.

    Raises:
        Cancelled: the person stopped it.
    """
    context = context or Silent()
    words = _dictionary(phenotypes, context)
    found: list[Recognised] = []
    family_before = False
    for start, end in _sentences(text):
        context.check()
        sentence = text[start:end]
        matches = list(_matches(sentence, words))
        for first, last, term in matches:
            status, reason = _status(sentence, first, last, family_before)
            found.append(
                Recognised(start + first, start + last, term, phenotypes.label(term), status, reason)
            )
        family_before = _has(sentence, RELATIVES) is not None and _has(sentence, PATIENT) is None
    return tuple(found)


def _sentences(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for match in SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _tokens(text: str) -> list[_Token]:
    return [_Token(m.start(), m.end(), stem(m.group())) for m in TOKEN.finditer(text)]


def stem(word: str) -> str:
    """A crude stem: lower case, no possessive, no plural, American spelling of the common Greek roots."""
    word = word.lower().removesuffix("'s")
    word = word.replace("aemi", "emi").replace("oed", "ed").replace("haem", "hem").replace("paed", "ped")
    word = word.replace("oesoph", "esoph").replace("tumour", "tumor").replace("colour", "color")
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "is", "us")) and len(word) > 3:
        return word[:-1]
    return word


@kept_with_tables()
def _kept(_phenotypes: Phenotypes) -> dict[tuple[str, ...], str]:
    """Where the dictionary of a vocabulary is kept once it is made, which may be stopped."""
    return {}


def _dictionary(phenotypes: Phenotypes, context: Context) -> dict[tuple[str, ...], str]:
    """Sorted stems without filler words -> term. Labels come before synonyms in the vocabulary."""
    kept = _kept(phenotypes)
    if not kept:
        kept.update(_read_dictionary(phenotypes, context))
    return kept


def _read_dictionary(phenotypes: Phenotypes, context: Context) -> dict[tuple[str, ...], str]:
    words: dict[tuple[str, ...], str] = {}
    for text, term in context.track(phenotypes.vocabulary, tr("Reading the names of the features")):
        key = _key(_tokens(text))
        if not key or (len(key) == 1 and (len(key[0]) < 4 or key[0] in TOO_PLAIN)):
            continue
        words.setdefault(key, term)
    return words


def _key(tokens: list[_Token]) -> tuple[str, ...]:
    return tuple(sorted(token.stem for token in tokens if token.stem not in SKIPPED))


def _matches(sentence: str, words: dict[tuple[str, ...], str]) -> Iterable[tuple[int, int, str]]:
    tokens = _tokens(sentence)
    position = 0
    while position < len(tokens):
        hit = None
        if tokens[position].stem not in SKIPPED:
            hit = _longest(tokens, position, words, sentence)
        if hit is None:
            position += 1
            continue
        length, term = hit
        yield tokens[position].start, tokens[position + length - 1].end, term
        position += length


def _longest(
    tokens: list[_Token], position: int, words: dict[tuple[str, ...], str], sentence: str
) -> tuple[int, str] | None:
    for length in range(min(LONGEST, len(tokens) - position), 0, -1):
        window = tokens[position : position + length]
        between = sentence[window[0].start : window[-1].end]
        if window[-1].stem in SKIPPED or any(mark in between for mark in ",:;()\n"):
            continue
        term = words.get(_key(window))
        if term is not None:
            return length, term
    return None


def _has(text: str, phrases: Iterable[str]) -> re.Match[str] | None:
    return next((m for phrase in phrases if (m := _pattern(phrase).search(text))), None)


@lru_cache(maxsize=512)
def _pattern(phrase: str) -> re.Pattern[str]:
    edge = r"\b" if phrase[0].isalnum() else ""
    return re.compile(edge + re.escape(phrase) + edge, re.IGNORECASE)


def _last(text: str, phrases: Iterable[str]) -> int:
    """Where the last of the phrases ends, -1 when there is none."""
    return max((m.end() for phrase in phrases for m in _pattern(phrase).finditer(text)), default=-1)


def _status(sentence: str, first: int, last: int, family_before: bool) -> tuple[Status, str]:
    before, after = sentence[:first], sentence[last : last + 60]
    for phrase in FALSE_NEGATION:
        before = _pattern(phrase).sub(lambda m: " " * len(m.group()), before)
    relative, patient = _last(before, RELATIVES), _last(before, PATIENT)
    late = re.match(r"\s*(?:in|of|affecting)\s+(?:his|her|the|a|their)?\s*(\w+)", after)
    if relative > patient or (late and late[1].lower() in RELATIVES):
        return Status.FAMILY, before[max(relative - 20, 0) : relative].strip() if relative > 0 else late[
            0
        ] if late else ""
    clause = before[max(_last(before, CLAUSE_END), 0) :]
    negation = _last(clause, BEFORE_NEGATION)
    if negation >= 0:
        return Status.EXCLUDED, clause[:negation].strip()[-30:]
    close = re.split(r",|\bbut\b|\band\b", after)[0]
    if match := _has(close, AFTER_NEGATION):
        return Status.EXCLUDED, match.group()
    if match := _has(clause, UNCERTAIN) or (re.match(r"\s*\?", after)):
        return Status.UNCERTAIN, match.group()
    if family_before and re.match(r"\s*(he|she|they|it)\b", sentence, re.IGNORECASE):
        return Status.UNCERTAIN, sentence.split(maxsplit=1)[0]
    return Status.OBSERVED, ""
