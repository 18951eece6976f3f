"""Illnesses as a family writes them in the questionnaire: "breast cancer 52; diabetes (at age 60)".

Nothing is guessed. A number is an age only where it can be nothing else; "none", "no cancer" or "cancer?" are
no illness. Whatever was not taken as it stands is told, so that a person looks at the form.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from genoai_desktop.domain.text import tr
from genoai_desktop.report.phrases import table

OLDEST = 125.0
"""Years."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PARTS = re.compile(r"[;；\n]+")
_COMMAS = re.compile(r"[,，、](?![^(（]*[)）])")
"""Commas outside brackets."""


def _words(kind: str) -> list[str]:
    """Words of all languages, the longest first."""
    found = (word for words in table("illness_words.json")[kind].values() for word in words)
    return sorted(found, key=lambda word: (-len(word), word))


def _any_of(kind: str) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in _words(kind))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What stands around an age (``before``, ``after``, ``alone`` without an illness), and what is none."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    alone: re.Pattern[str]
    vague: re.Pattern[str]
    named: re.Pattern[str]
    denied: re.Pattern[str]
    nothing: frozenset[str]


@cache
def _patterns() -> _Patterns:
    lead = rf"(?:(?<!\w)(?:{_any_of('before_age')})[\s:]*)*"
    unit = rf"(?:(?:{_any_of('after_age')})\.?(?!\w))?"

    def pattern(text: str) -> re.Pattern[str]:
        return re.compile(text, re.IGNORECASE)

    return _Patterns(
        pattern(rf"[\s(（,:：@–-]*{lead}$"),
        pattern(rf"\s*{unit}[\s)）.]*"),
        pattern(rf"\s*{lead}(?P<age>\d+(?:\.\d+)?)\s*{unit}\s*"),
        pattern(rf"(?:(?<!\w)(?:{_any_of('vague')})\.?|[~≈<>±])\s*$"),
        pattern(rf"(?:[^\W\d_]-?|(?<!\w)(?:{_any_of('part_of_name')})\.?\s*)$"),
        pattern(rf"\s*(?:{_any_of('denied')})\s+\S.*"),
        frozenset(_words("nothing")),
    )


@dataclass(frozen=True, slots=True)
class Illness:
    """One illness as written; ``age`` when it began in years, None where none is clear."""

    name: str
    age: float | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What an answer says, and what a person must look at."""

    illnesses: tuple[Illness, ...]
    doubts: tuple[str, ...] = ()


def read_illnesses(words: str) -> Read:
    """Read one answer of the form."""
    found: list[Illness] = []
    doubts: list[str] = []
    for part in filter(str.strip, _PARTS.split(words)):
        first = len(found)
        for piece in filter(str.strip, _COMMAS.split(part)):
            alone = _patterns().alone.fullmatch(piece)
            if alone and len(found) > first:
                doubts += _dated(found, float(alone["age"]))
                continue
            illness, doubt = _one(piece)
            doubts += [doubt] if doubt else []
            found += [illness] if illness else []
    once = list(_once(found, doubts))
    return Read(tuple(once), tuple(dict.fromkeys(doubts)))


def _dated(found: list[Illness], age: float) -> list[str]:
    """An age after a comma belongs to the illness before it."""
    last = found[-1]
    if last.age is not None or age > OLDEST:
        return [_unclear()]
    found[-1] = Illness(last.name, age)
    return []


def _one(piece: str) -> tuple[Illness | None, str]:
    """The illness of one piece, and what is in doubt about it."""
    known = _patterns()
    plain = piece.strip(" .!-–—").casefold()
    if plain in known.nothing or (not plain and piece.strip()) or known.denied.fullmatch(piece):
        return None, tr(
            "An answer says that there is no illness, or that nothing is known; look at the form."
        )
    if "?" in piece or "？" in piece or sum(letter.isalpha() for letter in piece) < 2:
        return None, tr("An illness could not be read.")
    numbers = [one for one in _NUMBER.finditer(piece) if not known.named.search(piece[: one.start()])]
    if not numbers:
        return Illness(_tidy(piece)), ""
    only = numbers[0]
    before, after = piece[: only.start()], piece[only.end() :]
    lead = known.before.search(before)
    name = _tidy(before[: lead.start()] if lead else before)
    exact = len(numbers) == 1 and float(only[0]) <= OLDEST and not known.vague.search(before)
    if exact and _letters(name) and known.after.fullmatch(after):
        return Illness(name, float(only[0])), ""
    vague = known.vague.search(before.rstrip())
    name = _tidy(before[: vague.start()]) if vague else name
    rest = known.after.fullmatch(after) or len(numbers) > 1 or after[:1].casefold() == "s"
    return Illness(name if _letters(name) and rest else _tidy(piece)), _unclear()


def _unclear() -> str:
    return tr("An age is not exact, or a number may be something else: it was left out; look at the form.")


def _letters(name: str) -> bool:
    return sum(letter.isalpha() for letter in name) >= 2


def _tidy(name: str) -> str:
    """Without what stood around the age; an open bracket goes with what followed it."""
    made = " ".join(name.split()).strip(" .,:@~–-")
    if made.count("(") + made.count("（") > made.count(")") + made.count("）"):
        cut = max(made.rfind("("), made.rfind("（"))
        inside = made[cut + 1 :].strip()
        made = made[:cut].strip() if not inside else f"{made})"
    return made


def _once(found: list[Illness], doubts: list[str]) -> Iterator[Illness]:
    """Each illness by its name once; a second age of the same one is told."""
    seen: dict[str, Illness] = {}
    for one in found:
        known = seen.setdefault(one.name.casefold(), one)
        if known is one:
            yield one
        elif one.age not in (None, known.age):
            doubts.append(tr("An illness is given twice with different ages; the first was kept."))
