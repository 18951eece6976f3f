"""Cells in as many equal columns as there is room for."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.flow import LinesLayout


class ColumnsLayout(LinesLayout):
    """Equal columns, ``most`` of them or fewer: none is narrower than its cells need, or than ``least``.

    With large text or in a narrow window the cells go on in the next line, so that nothing is cut off.
    """

    def __init__(self, most: int, least: int = 0, gap: str = "l", gap_below: str = "") -> None:
        super().__init__()
        self._most, self._least = most, least
        self._gap, self._below = SPACE[gap], SPACE[gap_below or gap]

    def expandingDirections(self) -> Qt.Orientation:
        """As wide as there is room."""
        return Qt.Orientation.Horizontal

    def sizeHint(self) -> QSize:
        """All side by side."""
        width = self._widest() * self._most + self._gap * (self._most - 1)
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        """One column."""
        return QSize(self._widest(), 0)

    def _widest(self) -> int:
        return max((item.minimumSize().width() for item in self._items), default=0)

    def _columns(self, width: int) -> int:
        cell = max(self._least, self._widest(), 1)
        return max(1, min(self._most, (width + self._gap) // (cell + self._gap)))

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Height of all lines; cells of one line are equally high."""
        columns = self._columns(rect.width())
        wide = (rect.width() - self._gap * (columns - 1)) // columns
        y = rect.y()
        for start in range(0, len(self._items), columns):
            line = self._items[start : start + columns]
            high = max(
                item.heightForWidth(wide) if item.hasHeightForWidth() else item.sizeHint().height()
                for item in line
            )
            if move:
                for place, item in enumerate(line):
                    left = QPoint(rect.x() + place * (wide + self._gap), y)
                    item.setGeometry(QRect(left, QSize(wide, high)))
            y += high + self._below
        return max(0, y - self._below - rect.y())


def columns(*cells: QWidget, most: int = 0, least: int = 0, gap: str = "l", gap_below: str = "") -> QWidget:
    """A widget with ``cells`` in up to ``most`` columns (all in one line without a number)."""
    made = QWidget()
    layout = ColumnsLayout(most or len(cells), least, gap, gap_below)
    for cell in cells:
        layout.addWidget(cell)
    made.setLayout(layout)
    policy = made.sizePolicy()
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made
