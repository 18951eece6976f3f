"""What stands below a symbol: number, name, age, conditions, each line short enough for its place."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from genoai_desktop.domain.family import Adoption, Childless, Donor, Family, Member, Pregnancy
from genoai_desktop.domain.family_words import choice_words
from genoai_desktop.domain.numerals import localised
from genoai_desktop.domain.text import joined, language_in_use, tr
from genoai_desktop.report.fonts import BOLD, REGULAR, plain, readable, register, text_width
from genoai_desktop.report.pedigree.marks import born_as

SIZE = 9.0
WIDTH = 96.0
MOST_LINES = 9
_TOGETHER = "\u00a0"
"""Keeps an age on the line of the word before it."""
_BREAKS = re.compile(rf"[^\S{_TOGETHER}]+")
_EAST = 0x2E80
"""The first code of the East Asian scripts."""


@dataclass(frozen=True, slots=True)
class LabelLine:
    """One line below a symbol."""

    text: str
    bold: bool = False
    muted: bool = False


def label_lines(family: Family, member: Member, number: str, *, names: bool = True) -> list[LabelLine]:
    """The lines of a member's label, wrapped, at most ``MOST_LINES``; notes go with the names."""
    made: list[LabelLine] = []
    if member.childless is not Childless.NO:
        made.append(LabelLine(""))
    made.append(LabelLine(number, muted=True))
    if names and member.name:
        made += [LabelLine(line, bold=True) for line in wrapped(member.name, WIDTH, BOLD)]
    for words in facts(family, member if names else replace(member, note="")):
        made += [LabelLine(line) for line in wrapped(words, WIDTH, REGULAR)]
    if len(made) > MOST_LINES:
        made = [*made[: MOST_LINES - 1], LabelLine("…")]
    return made


def facts(family: Family, member: Member) -> list[str]:
    """Age, sex at birth where it differs, loss, conditions with age at onset, tests, adoption, donor."""
    said = [age_words(member), born_as(member), _pregnancy(member)]
    said += [_condition(family, one.condition, one.age) for one in member.diagnoses]
    said += [f"{one.gene} {_RESULTS.get(one.result, one.result)}" for one in member.tests]
    if member.deceased and member.cause_of_death:
        said.append(tr("d. of {cause}", cause=member.cause_of_death))
    said.append(choice_words(member.donor) if member.donor is not Donor.NO else "")
    if member.adopted is Adoption.OUT:
        said.append(tr("adopted out"))
    said.append(member.note)
    return [words for words in said if words]


_RESULTS = {"P": "+", "N": "−"}


def age_words(member: Member) -> str:
    """Years and age in the short form of pedigrees: "b. 1948, 78 y", "1921–1990", "d. 59 y"."""
    age = tr("{age} y", age=f"{member.age:g}") if member.age is not None else ""
    born, died = member.birth_year, member.death_year
    if member.lost:
        return str(died or born or "")
    birth = tr("b. {year}", year=str(born)) if born else ""
    if not member.deceased:
        return joined(", ", (part for part in (birth, age) if part))
    if born and died:
        return f"{born}–{died}"
    years = birth or (f"† {died}" if died else "")
    death = tr("d. {age}", age=age) if age else ""
    return joined(", ", (part for part in (years, death) if part)) or tr("deceased")


def _pregnancy(member: Member) -> str:
    words = {
        Pregnancy.ONGOING: "",
        Pregnancy.MISCARRIAGE: "SAB",
        Pregnancy.STILLBIRTH: "SB",
        Pregnancy.TERMINATION: "TOP",
        Pregnancy.ECTOPIC: "ECT",
    }.get(member.pregnancy)
    if words is None:
        return ""
    weeks = tr("{n} wk", n=f"{member.gestation:g}") if member.gestation is not None else ""
    return joined(" ", (part for part in (words, weeks) if part))


def _condition(family: Family, identifier: str, age: float | None) -> str:
    name = family.condition(identifier).name
    return f"{name}{_TOGETHER}{localised(f'{age:g}', language_in_use())}" if age is not None else name


@lru_cache(maxsize=4096)
def wrapped(words: str, width: float, font: str) -> tuple[str, ...]:
    """Lines in reading order, no wider than ``width`` at ``SIZE``; a word that is too long is cut.

    A hyphen marks the cut, but for scripts that know none (Chinese, Japanese, Korean).
    """
    register()
    lines: list[str] = []
    for word in filter(None, _BREAKS.split(readable(words))):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _wide(joined, font) <= width:
            lines[-1] = joined
            continue
        while _wide(word, font) > width:
            begun, word = _cut(word, width, font)
            lines.append(begun)
        lines.append(word)
    return tuple(line.replace(_TOGETHER, " ") for line in lines)


def _cut(word: str, width: float, font: str) -> tuple[str, str]:
    """What fits of a word, and the rest; at a hyphen of its own where there is one."""
    mark = "" if ord(word[0]) >= _EAST else "-"
    cut = next(n for n in range(len(word) - 1, 0, -1) if _wide(word[:n] + mark, font) <= width or n == 1)
    own = word.rfind("-", 2, cut + 1) + 1
    if own > cut // 3 and _wide(word[:own], font) <= width:
        return word[:own], word[own:]
    return word[:cut] + mark, word[cut:]


def _wide(words: str, font: str) -> float:
    return text_width(plain(words), font, SIZE)
