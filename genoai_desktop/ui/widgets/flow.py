"""Widgets side by side that go on in the next line when the first is full."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from genoai_desktop.ui.theme.tokens import SPACE


class LinesLayout(QLayout):
    """Items in lines whose number follows from the width; ``_arrange`` says where each goes."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt asks for this."""
        self._items.append(item)

    def count(self) -> int:
        """Number of widgets."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at ``index``."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return the item at ``index``."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines at that width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put every widget in its place."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Height of all lines; with ``move`` every item is put in its place."""
        raise NotImplementedError


class FlowLayout(LinesLayout):
    """Lines of widgets at their own size; the height follows from the width.

    Within a line widgets share their middle, or with ``top`` their upper edge.
    """

    def __init__(self, gap: str = "s", *, top: bool = False) -> None:
        super().__init__()
        self._gap = SPACE[gap]
        self._top = top

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def sizeHint(self) -> QSize:
        """All in one line, if there is room."""
        width = sum(item.sizeHint().width() + self._gap for item in self._items)
        return QSize(min(width, 600), self.heightForWidth(600))

    def minimumSize(self) -> QSize:
        """As wide as the widest."""
        sizes = [item.minimumSize() for item in self._items]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Height of all lines."""
        return in_lines(self._items, rect, self._gap, self._gap, top=self._top, move=move)


def in_lines(
    items: Sequence[QLayoutItem], rect: QRect, gap: int, below: int, *, top: bool, move: bool
) -> int:
    """Height of the lines that ``items`` make below the top of ``rect``; ``move`` puts each in its place.

    ``gap`` parts neighbours, ``below`` lines; in a line they share their middle, or with ``top`` their edge.
    """
    y = rect.y()
    for line in _lines(items, rect.width(), gap):
        height = max(size.height() for _, size in line)
        x = rect.x()
        for item, size in line:
            if move:
                down = 0 if top else (height - size.height()) // 2
                item.setGeometry(QRect(QPoint(x, y + down), size))
            x += size.width() + gap
        y += height + below
    return max(0, y - below - rect.y())


def _lines(items: Sequence[QLayoutItem], width: int, gap: int) -> list[list[tuple[QLayoutItem, QSize]]]:
    lines: list[list[tuple[QLayoutItem, QSize]]] = []
    used = width + 1
    for item in items:
        size = _fitted(item, width)
        if used + size.width() > width:
            lines.append([])
            used = 0
        lines[-1].append((item, size))
        used += size.width() + gap
    return lines


def _fitted(item: QLayoutItem, width: int) -> QSize:
    """The item's own size; what is wider than the line gets as narrow as it can."""
    size = item.sizeHint()
    if size.width() <= width:
        return size
    narrow = max(width, item.minimumSize().width())
    return QSize(narrow, item.heightForWidth(narrow) if item.hasHeightForWidth() else size.height())


def flowing(*items: QWidget, gap: str = "s") -> QWidget:
    """A widget with ``items`` that go on in the next line where there is no room."""
    made = QWidget()
    layout = FlowLayout(gap)
    for item in items:
        layout.addWidget(item)
    made.setLayout(layout)
    return made
