"""The head of a page: title and subtitle, with the tools beside them, or below where it gets narrow."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QWidget

from genoai_desktop.ui.widgets.basics import column, row
from genoai_desktop.ui.widgets.flow import FlowLayout

_LARGEST_SHARE = 0.62
"""Of the width that tools may take beside the title."""


class Tools(FlowLayout):
    """Buttons in one line where there is room."""

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._items]
        width = sum(size.width() + self._gap for size in sizes)
        return QSize(max(0, width - self._gap), max((size.height() for size in sizes), default=0))


class PageHead(QWidget):
    """Turns from side by side to one below the other by itself. ``tools`` takes the buttons."""

    def __init__(self, title: QLabel, subtitle: QLabel) -> None:
        super().__init__()
        self.tools = Tools()
        self._holder = QWidget()
        self._holder.setLayout(self.tools)
        self._holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._line = row(column(title, subtitle, space="xs"), self._holder)
        self._line.setStretch(0, 1)
        self._line.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_tools(self, shown: bool) -> None:
        """Without a case there is nothing that they could be used on."""
        self._holder.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the direction for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: object) -> None:
        """Tools may have been added since."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._arrange()

    def _arrange(self) -> None:
        beside = self.tools.sizeHint().width() <= self.width() * _LARGEST_SHARE
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != direction:
            self._line.setDirection(direction)
