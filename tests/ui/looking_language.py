"""Looking at a window for words that stay English in another language."""

import gettext
from collections.abc import Iterator
from functools import cache

from looking_keys import words_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QTabBar, QTableView, QWidget

from genoai_desktop.knowledge.locations import resources

DATA = frozenset(("Möglichkeiten der Früherkennung",))
"""Tables that show what is stored, to be edited."""


def left_english(root: QWidget) -> list[str]:
    """Words in view, names and tips that are messages of the program, and are not translated."""
    messages = _english()
    return [
        f"{type(widget).__name__} {text!r}"
        for widget in (root, *root.findChildren(QWidget))
        if widget.isVisible() and not _shows_data(widget)
        for text in dict.fromkeys(_all_words(widget))
        if text.replace("&", "") in messages
    ]


def _shows_data(widget: QWidget) -> bool:
    """Whether it is such a table, or the head of one."""
    tables = (widget, widget.parentWidget())
    return any(isinstance(one, QTableView) and one.accessibleName() in DATA for one in tables)


def _all_words(widget: QWidget) -> Iterator[str]:
    yield from (
        widget.windowTitle(),
        widget.accessibleName(),
        widget.accessibleDescription(),
        widget.toolTip(),
    )
    yield from words_of(widget)
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()))
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    if isinstance(widget, QTableView) and widget.model() is not None:
        model, along = widget.model(), Qt.Orientation.Horizontal
        yield from (str(model.headerData(at, along) or "") for at in range(model.columnCount()))


@cache
def _english() -> frozenset[str]:
    made = gettext.translation("genoai", resources() / "translations", languages=["de"])
    entries: dict[str, str] = made.__dict__["_catalog"]
    german = {said.replace("&", "") for said in entries.values()}  # “Gene” is both
    return frozenset(text.replace("&", "") for text in entries if text) - german
