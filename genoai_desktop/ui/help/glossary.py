"""Definitions as tooltips, from one table per language: ``resources/help/glossary.json``, ``help/de/…``."""

import json
import re
from functools import cache
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QPushButton, QRadioButton, QWidget

from genoai_desktop.domain.text import joined, language_in_use
from genoai_desktop.knowledge.locations import resources

_MOST = 3
"""Definitions in one tooltip: more is a page, not a hint."""
_LONGEST = 160
"""Letters of a text that is still looked at; a paragraph is read, not pointed at."""


_ENDINGS = {"en": "s?", "de": "(?:e|en|er|es|in|innen|n|s)?"}
"""How a term may end in a sentence."""


def folder() -> Path:
    """Where the guide lies in the language of the window; English where there is none."""
    return _folder(language_in_use())


@cache
def _folder(language: str) -> Path:
    own = resources() / "help" / language
    return own if own.is_dir() else resources() / "help"


def terms() -> dict[str, str]:
    """Definition by term, in the spelling that a person reads."""
    return _terms(folder())


@cache
def _terms(place: Path) -> dict[str, str]:
    table: dict[str, str] = json.loads((place / "glossary.json").read_text(encoding="utf-8"))
    return table


@cache
def _pattern(place: Path) -> re.Pattern[str]:
    longest_first = sorted(_terms(place), key=len, reverse=True)
    ending = _ENDINGS.get(place.name, _ENDINGS["en"])
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))}){ending}(?!\w)", re.IGNORECASE)


@cache
def _by_key(place: Path) -> dict[str, str]:
    return {term.casefold(): term for term in _terms(place)}


def defined_in(text: str) -> list[str]:
    """Terms of the glossary that a text uses, in the order of their first use."""
    place = folder()
    found = (_by_key(place)[match.group(1).casefold()] for match in _pattern(place).finditer(text))
    return list(dict.fromkeys(found))


def hint(text: str) -> str:
    """Definitions of the first terms in a text; empty without any."""
    return joined("\n\n", (f"{term}: {terms()[term]}" for term in defined_in(text)[:_MOST]))


def define(root: QWidget) -> None:
    """Give every label and button below ``root`` that uses a term, and has no tooltip, its definition."""
    # Only kinds that the program makes: of Qt's own, as the cross in a line of text, PySide would keep what
    # it hands out for as long as ``root`` lives.
    widgets: list[QLabel | QAbstractButton] = [
        *root.findChildren(QLabel),
        *root.findChildren(QPushButton),
        *root.findChildren(QCheckBox),
        *root.findChildren(QRadioButton),
    ]
    for widget in widgets:
        text = widget.text()
        if not text or len(text) > _LONGEST or widget.toolTip():
            continue
        words = hint(text)
        if words:
            widget.setToolTip(words)
