"""Labels, badges, buttons, cards and layouts, each with a name that a screen reader can say."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from genoai_desktop.domain.text import shown
from genoai_desktop.ui.theme.tokens import SPACE

L = TypeVar("L", bound=QBoxLayout)
_LONG_BADGE = 48
"""Letters from which a badge may take two lines."""
_LEAST_FACT = 180
"""Narrowest column of facts in device-independent pixels."""


def label(text: str, role: str = "", *, wrap: bool = False, tone: str = "") -> QLabel:
    """A text in one of the roles of the stylesheet. Text can be selected with the mouse where it wraps."""
    text = shown(text)
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setAccessibleName(text)
    made.setWordWrap(wrap)
    if wrap:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    for name, value in (("role", role), ("tone", tone)):
        if value:
            made.setProperty(name, value)
    return made


def badge(text: str, tone: str = "neutral") -> QLabel:
    """A short word on a soft ground. The word carries the meaning, the colour only helps."""
    made = label(text)
    made.setWordWrap(len(text) > _LONG_BADGE)
    made.setProperty("badge", tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def button(
    text: str, clicked: Callable[..., Any] | None = None, *, kind: str = "", name: str = ""
) -> QPushButton:
    """A push button; ``kind`` is ``primary``, ``quiet`` or empty."""
    made = QPushButton(shown(text))
    made.setAccessibleName(shown(name or text))
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if kind:
        made.setProperty(kind, True)
    if clicked is not None:
        made.clicked.connect(lambda _checked=False: clicked())
    return made


def choice(*buttons: QPushButton) -> None:
    """One of several buttons is down. Unlike in Qt's own group, Tab reaches each of them."""
    for made in buttons:
        made.setCheckable(True)
        made.toggled.connect(lambda on, made=made: _switch(buttons, made, on))
    buttons[0].setChecked(True)


def _switch(buttons: Sequence[QPushButton], made: QPushButton, on: bool) -> None:
    if on:
        for other in buttons:
            if other is not made:
                other.setChecked(False)
    elif not any(other.isChecked() for other in buttons):
        made.setChecked(True)


def checkbox(text: str) -> QCheckBox:
    """A check box whose text is its name."""
    made = QCheckBox(shown(text))
    made.setAccessibleName(shown(text))
    return made


def fold(box: QCheckBox, width: int) -> None:
    """Break the text of a check box into lines that fit, as Qt does not by itself. Its name stays whole.

    ``width``: of the whole box, in device-independent pixels. A single word that is longer stays as it is.
    """
    metrics, text = box.fontMetrics(), " ".join(box.text().split())
    beside = box.sizeHint().width() - metrics.horizontalAdvance(
        max(box.text().splitlines(), key=len, default="")
    )
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width - beside:
            lines[-1] = longer
        else:
            lines.append(word)
    box.setText("\n".join(lines))


def line() -> QFrame:
    """A thin rule."""
    made = QFrame()
    made.setProperty("line", True)
    return made


def row(*items: QWidget | QLayout | None, space: str = "s", margins: bool = False) -> QHBoxLayout:
    """Side by side; ``None`` is a stretch."""
    return _fill(QHBoxLayout(), items, space, margins)


def column(*items: QWidget | QLayout | None, space: str = "s", margins: bool = False) -> QVBoxLayout:
    """One below the other; ``None`` is a stretch."""
    return _fill(QVBoxLayout(), items, space, margins)


def _fill(layout: L, items: Iterable[Any], space: str, margins: bool) -> L:
    layout.setSpacing(SPACE[space])
    edge = SPACE["l"] if margins else 0
    layout.setContentsMargins(edge, edge, edge, edge)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)
    return layout


def box(layout: QLayout) -> QWidget:
    """A plain widget around a layout."""
    made = QWidget()
    made.setLayout(layout)
    return made


def card(*items: QWidget | QLayout | None, title: str = "", aside: QWidget | None = None) -> QFrame:
    """A surface with a border that groups what belongs together."""
    made = QFrame()
    made.setProperty("card", True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    content: list[QWidget | QLayout | None] = list(items)
    if title:
        made.setAccessibleName(shown(title))
        heading = label(title, "heading", wrap=True)
        head = row(heading, aside) if aside is not None else row(heading)
        head.setStretch(0, 1)
        content.insert(0, head)
    made.setLayout(column(*content, space="m", margins=True))
    return made


def clear(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
        if not isinstance(item, QLayout):
            shiboken6.delete(item)  # nobody else does: what is taken from a layout is the taker's


def restyle(widget: QWidget, name: str, value: Any) -> None:
    """Set a property that the stylesheet looks at, and apply it."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def facts(pairs: Iterable[tuple[str, str]], columns: int = 2) -> QWidget:
    """Captions over values, in ``columns``."""
    from genoai_desktop.ui.widgets.columns import columns as in_columns

    cells = []
    for name, value in pairs:
        told = label(value or "–", wrap=True)
        told.setAccessibleName(f"{name}: {value or '–'}")
        cells.append(box(column(label(name, "caption"), told, None, space="xs")))
    return in_columns(*cells, most=columns, least=_LEAST_FACT, gap="xl", gap_below="m")
