"""The symbols of the locus view, for its legend."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.figures import Figure

_SHAPES = {
    "pathogenic": ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)),
    "uncertain": ((0.5, 0.05), (1.0, 0.95), (0.0, 0.95)),
    "none": ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)),
}


class Symbol(Figure):
    """One symbol. ``words``: what it stands for."""

    def __init__(self, theme: Theme, kind: str, token: str, words: str) -> None:
        super().__init__(theme, words, 12, 12)
        self.setFixedSize(12, 12)
        self._kind, self._token = kind, token

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """The shape that the plot uses."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour(self._token))
        if self._kind == "benign":
            painter.drawEllipse(area.adjusted(1, 1, -1, -1))
            return
        points = [QPointF(x * area.width(), y * area.height()) for x, y in _SHAPES[self._kind]]
        painter.drawPolygon(QPolygonF(points))
