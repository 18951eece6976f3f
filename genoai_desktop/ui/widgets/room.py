"""Dialogs that would outgrow the screen scroll inside."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.scroll import ScrollBody


def least_size(window: QWidget) -> QSize:
    """The smallest that shows everything, wrapped text in full at the present width."""
    layout = window.layout()
    if layout is None:
        return QSize()
    layout.activate()
    least = layout.totalMinimumSize()
    width = max(window.width(), least.width())
    if layout.hasHeightForWidth():
        least.setHeight(max(least.height(), layout.totalMinimumHeightForWidth(width)))
    return least


def scroll_inside(window: QWidget, most: QSize) -> None:
    """Put what a dialog shows into a scroll area, all but its last row, where the buttons are.

    It is as wide as its contents ask for, up to ``most``.
    """
    layout = window.layout()
    if not isinstance(layout, QBoxLayout) or window.property("scrolls"):
        return
    window.setProperty("scrolls", True)
    window.setMinimumSize(0, 0)
    last = layout.itemAt(layout.count() - 1)
    foot = last.layout() if last is not None else None
    if foot is not None:
        layout.takeAt(layout.count() - 1)
    holder = QWidget()
    holder.setLayout(layout)
    layout.setContentsMargins(0, 0, SPACE["l"], 0)
    area = ScrollBody(window.accessibleName() or window.windowTitle(), holder)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    wanted = layout.totalSizeHint().width() + SPACE["l"]
    area.setMinimumWidth(min(wanted, most.width() - 2 * SPACE["l"]))
    outer = QVBoxLayout()
    outer.setContentsMargins(SPACE["l"], SPACE["l"], SPACE["l"], SPACE["l"])
    outer.setSpacing(SPACE["m"])
    outer.addWidget(area, 1)
    if foot is not None:
        outer.addLayout(foot)
    window.setLayout(outer)
