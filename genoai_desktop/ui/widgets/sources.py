"""Where a reason comes from, in words: no brackets, and never a number broken over two lines."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from genoai_desktop.domain.text import shown, tr
from genoai_desktop.ui.widgets.basics import label

_NUMBER = re.compile(r"\b(OMIM|ORPHA|PMID|MONDO|DECIPHER|ISBN(?:-\d+)?):\s*([\w.-]+)")
_TOGETHER = "\u00a0"
"""A space at which no line ends."""


def source_words(subject: str, source: str) -> str:
    """``HPOA PMID:1;PMID:2`` as ``HPO annotations · PMID 1, 2``; ``subject`` is a term's number or empty.

    Identifiers of one kind are listed together; what is none is kept as it is, in front.
    """
    numbers: dict[str, list[str]] = {}
    for kind, number in _NUMBER.findall(source):
        if number not in numbers.setdefault(kind, []):
            numbers[kind].append(number)
    plain = re.sub(r"[\s;,]+", " ", _NUMBER.sub(" ", source)).strip() if numbers else source
    plain = re.sub(r"^HPOA\b", tr("HPO annotations"), shown(plain))
    listed = (f"{kind}{_TOGETHER}{', '.join(found)}" for kind, found in numbers.items())
    return f"{_TOGETHER}· ".join(part for part in (plain, *listed, subject.replace(":", ":\u2060")) if part)


def source_line(subject: str, source: str) -> QLabel | None:
    """The words as a quiet line that Tab stops at and whose text can be selected; None without any.

    With the keyboard: Ctrl+A or Shift with the arrows, then Ctrl+C.
    """
    words = source_words(subject, source)
    if not words:
        return None
    made = label(words, "source", wrap=True)
    by_mouse, by_keys = (
        Qt.TextInteractionFlag.TextSelectableByMouse,
        Qt.TextInteractionFlag.TextSelectableByKeyboard,
    )
    made.setTextInteractionFlags(by_mouse | by_keys)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setAccessibleName(tr("Source: {source}", source=words))
    return made
