"""Words with buttons beside them, or below them where it gets narrow."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.flow import LinesLayout, in_lines

_LEAST = 24
"""Letters of the words' own typeface that must fit beside the buttons."""


class BesideLayout(LinesLayout):
    """The first item takes what the others leave; where that is too little the others go below it."""

    def __init__(self, gap: str = "l") -> None:
        super().__init__()
        self._gap, self._below = SPACE[gap], SPACE["m"]

    def expandingDirections(self) -> Qt.Orientation:
        """As wide as there is room."""
        return Qt.Orientation.Horizontal

    def sizeHint(self) -> QSize:
        """All in one line."""
        width = self._least + self._others
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        """As wide as the widest."""
        return QSize(max((item.minimumSize().width() for item in self._items), default=0), 0)

    @property
    def _least(self) -> int:
        words = self._items[0].widget()
        letters = words.fontMetrics().averageCharWidth() * _LEAST if words is not None else 0
        return max(letters, self._items[0].minimumSize().width())

    @property
    def _others(self) -> int:
        return sum(item.sizeHint().width() + self._gap for item in self._items[1:])

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Height of all lines."""
        if not self._items:
            return 0
        width = rect.width()
        beside = len(self._items) == 1 or width - self._others >= self._least
        own = width - self._others if beside else width
        first = self._items[0]
        high = first.heightForWidth(own) if first.hasHeightForWidth() else first.sizeHint().height()
        if not beside:
            if move:
                first.setGeometry(QRect(rect.topLeft(), QSize(own, high)))
            under = rect.adjusted(0, high + self._below, 0, 0)
            return (
                high
                + self._below
                + in_lines(self._items[1:], under, self._gap, self._below, top=True, move=move)
            )
        tall = max([high, *(item.sizeHint().height() for item in self._items[1:])])
        if move:
            x = rect.x()
            for item, size in ((first, QSize(own, high)), *((i, i.sizeHint()) for i in self._items[1:])):
                item.setGeometry(QRect(QPoint(x, rect.y() + (tall - size.height()) // 2), size))
                x += size.width() + self._gap
        return tall


def beside(words: QWidget, *others: QWidget, gap: str = "l") -> QWidget:
    """A widget with ``words`` and, to the right or below, the ``others``."""
    made = QWidget()
    layout = BesideLayout(gap)
    for widget in (words, *others):
        layout.addWidget(widget)
    made.setLayout(layout)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made
