"""Numbers and days as a language writes them: decimal mark, thousands, the space before a percent sign.

Everything the program says is English as data (see :mod:`genoai_desktop.domain.text`); a window, or a letter,
says the numbers in its own language. Genomic positions are no numbers in this sense: ``chr7:117,559,590`` is
the same everywhere. Marks after the Unicode CLDR 45 (``numbers``, ``dates``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class _Marks:
    decimal: str
    thousands: str
    grouped_from: int
    """Digits from which on thousands are parted."""
    percent: str
    """What stands between a number and a percent sign."""
    day: str
    """Pattern of a date in figures."""


_MARKS = {
    "de": _Marks(",", ".", 4, "\u00a0", "%d.%m.%Y"),
    "es": _Marks(",", ".", 5, "\u00a0", "%d/%m/%Y"),
    "fr": _Marks(",", "\u202f", 4, "\u00a0", "%d/%m/%Y"),
}
_ONE = r"\d[\d,]*(?:\.\d+)?"
_SHAPE = re.compile(rf"[<>≤≥~+−-]?\s?{_ONE}(?:\s?[-–]\s?{_ONE})?\s?%?")
"""The whole of a value that is one number, or from one to another."""
_NUMBER = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(?:(\s?)(%))?(?![\w]|[.,]\d)")


_DOSE = re.compile(r"\s?(?:mg|µg|mcg|g|kg|ml|mL|IU|units?|mmol)\b")
_THIN = "\u202f"


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A number that is written after the format that a message asks for."""

    value: object
    language: str

    def __format__(self, form: str) -> str:
        return localised(format(self.value, form), self.language)


QUANTITIES = frozenset(
    {
        "accuracy", "af", "after", "age", "all", "bad", "before", "bits", "chance", "cis",
        "confidence", "count", "d", "depth", "dose", "errors", "expected", "factor", "good",
        "grade", "has", "height", "high", "least", "left", "length", "loaded", "low", "major",
        "matched", "mb", "mean", "minor", "missing", "most", "n", "number", "oldest", "p",
        "percent", "points", "positions", "ratio", "records", "removed", "rest", "rows", "score",
        "seconds", "seen", "share", "shown", "sites", "size", "tested", "top", "total", "trans",
        "used", "v", "value", "weight", "years", "z",
    }
)  # fmt: skip
"""Placeholders of messages that hold a number, where there is one: a version ``1.60`` is none."""


def spoken(name: str, value: object, language: str) -> object:
    """A value of a message's placeholder: a quantity as the language writes it, anything else unchanged."""
    if type(value) in {int, float} and language in _MARKS:
        return _Spoken(value, language)
    if name == "day" and type(value) is str:
        return _day(value, language)
    if name in QUANTITIES and type(value) is str and _SHAPE.fullmatch(value):
        return localised(value, language)
    return value


def _day(iso: str, language: str) -> str:
    """An ISO 8601 date in figures; English keeps it, and so does what is none."""
    marks = _MARKS.get(language)
    try:
        return iso if marks is None else date.fromisoformat(iso).strftime(marks.day)
    except ValueError:
        return iso


def localised(english: str, language: str) -> str:
    """The numbers of an English text in another language (ISO 639-1); English for one without marks.

    Thousands of a dose are parted by a thin space: “1.000 mg” would be one milligram to an English reader.
    """
    marks = _MARKS.get(language)
    if marks is None:
        return english
    return _NUMBER.sub(lambda found: _said(found, marks), english)


def _said(found: re.Match[str], marks: _Marks) -> str:
    whole, part, _, percent = found.groups()
    digits = whole.replace(",", "")
    grouped = digits
    if "," in whole and len(digits) >= marks.grouped_from:
        dose = _DOSE.match(found.string, found.end()) is not None
        grouped = f"{int(digits):,}".replace(",", _THIN if dose else marks.thousands)
    said = grouped if part is None else f"{grouped}{marks.decimal}{part}"
    return said if percent is None else f"{said}{marks.percent}%"
