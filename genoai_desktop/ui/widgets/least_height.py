"""How high a widget must be at a width so that nothing in it is cut off or lies over another.

Qt's ``minimumSizeHint`` leaves out that wrapped text needs more lines in a narrow window, and its
``heightForWidth`` counts what plots and tables would like to have.
"""

from __future__ import annotations

from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QWidget,
)


def least_height(widget: QWidget, width: int) -> int:
    """In device-independent pixels; widths inside are those of the last layout."""
    least = max(widget.minimumHeight(), _inside(widget, width))
    return min(least, widget.maximumHeight())


def _inside(widget: QWidget, width: int) -> int:
    if isinstance(widget, QSplitter):
        return _of_splitter(widget, width)
    if isinstance(widget, QTabWidget):
        tab: QWidget | None = widget.currentWidget()
        return widget.tabBar().sizeHint().height() + (least_height(tab, width) if tab is not None else 0)
    if isinstance(widget, QStackedWidget):
        shown: QWidget | None = widget.currentWidget()
        return least_height(shown, width) if shown is not None else 0
    if isinstance(widget, QScrollArea):
        return widget.minimumSizeHint().height()
    layout = widget.layout()
    if layout is not None:
        edges = widget.contentsMargins()
        return _of_layout(layout, width - edges.left() - edges.right()) + edges.top() + edges.bottom()
    if widget.hasHeightForWidth():
        return widget.heightForWidth(width)
    return widget.minimumSizeHint().height()


def _of_splitter(widget: QSplitter, width: int) -> int:
    upright = widget.orientation() is Qt.Orientation.Vertical
    parts = [widget.widget(at) for at in range(widget.count())]
    heights = [
        least_height(part, width if upright else part.width())
        for part in parts
        if part is not None and not part.isHidden()
    ]
    if not upright:
        return max(heights, default=0)
    return sum(heights) + widget.handleWidth() * max(0, len(heights) - 1)


def _of_layout(layout: QLayout, width: int) -> int:
    edges = layout.contentsMargins()
    inner = width - edges.left() - edges.right()
    around = edges.top() + edges.bottom()
    if not isinstance(layout, QBoxLayout):
        told = layout.heightForWidth(inner) if layout.hasHeightForWidth() else layout.minimumSize().height()
        return told + around
    upright = layout.direction() in (QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.BottomToTop)
    heights = [
        _of_item(item, inner if upright else item.geometry().width())
        for item in _items(layout)
        if not item.isEmpty()
    ]
    if not upright:
        return max(heights, default=0) + around
    return sum(heights) + layout.spacing() * max(0, len(heights) - 1) + around


def _items(layout: QBoxLayout) -> Iterator[QLayoutItem]:
    """Each is good until the next is asked for.

    PySide keeps what it made of an item as long as the layout lives, and goes on believing in it when Qt has
    freed the item: a widget that comes to lie at the same address would then be taken for the item.
    """
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is not None:
            yield item
            if not isinstance(item, QLayout):
                shiboken6.invalidate(item)


def _of_item(item: QLayoutItem, width: int) -> int:
    if (widget := item.widget()) is not None:
        return least_height(widget, width)
    if (layout := item.layout()) is not None:
        return _of_layout(layout, width)
    return item.minimumSize().height()
