"""Definitions as tooltips, from one table: ``resources/help/glossary.json``."""

import json
import re
from functools import cache

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from genoai_desktop.domain.text import joined
from genoai_desktop.knowledge.locations import resources

_MOST = 3
"""Definitions in one tooltip: more is a page, not a hint."""
_LONGEST = 160
"""Letters of a text that is still looked at; a paragraph is read, not pointed at."""


@cache
def terms() -> dict[str, str]:
    """Definition by term, in the spelling that a person reads."""
    table: dict[str, str] = json.loads((resources() / "help" / "glossary.json").read_text(encoding="utf-8"))
    return table


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(terms(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})s?(?!\w)", re.IGNORECASE)


@cache
def _by_key() -> dict[str, str]:
    return {term.casefold(): term for term in terms()}


def defined_in(text: str) -> list[str]:
    """Terms of the glossary that a text uses, in the order of their first use."""
    found = (_by_key()[match.group(1).casefold()] for match in _pattern().finditer(text))
    return list(dict.fromkeys(found))


def hint(text: str) -> str:
    """Definitions of the first terms in a text; empty without any."""
    return joined("\n\n", (f"{term}: {terms()[term]}" for term in defined_in(text)[:_MOST]))


def define(root: QWidget) -> None:
    """Give every label and button below ``root`` that uses a term, and has no tooltip, its definition."""
    widgets: list[QLabel | QAbstractButton] = [
        *root.findChildren(QLabel),
        *root.findChildren(QAbstractButton),
    ]
    for widget in widgets:
        text = widget.text()
        if not text or len(text) > _LONGEST or widget.toolTip():
            continue
        words = hint(text)
        if words:
            widget.setToolTip(words)
