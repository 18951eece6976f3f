"""A drawing of ``report.drawings`` in the window: the same shapes, in the theme's colours."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter

from genoai_desktop.report.pedigree.shapes import Drawing
from genoai_desktop.ui.pedigree.painter import colours, paint
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.figures import Figure

SCALE = 1.45
"""Pixels a point: small type of the drawings is then as large as a caption of the window."""
_TOKENS = {
    "band": "selection",
    "grid": "border",
    "track": "track",
    "warn": "warning",
    "series_a": "series_a",
    "series_b": "series_b",
    "series_c": "series_c",
    "series_d": "series_d",
    "series_e": "muted",
}


def drawing_colours(theme: Theme) -> dict[str, QColor]:
    """The named colours of a drawing in this theme."""
    return colours(theme) | {name: theme.colour(token) for name, token in _TOKENS.items()}


class DrawingView(Figure):
    """A drawing at a fixed scale; its description is what a screen reader says."""

    def __init__(self, theme: Theme, drawing: Drawing, scale: float = SCALE) -> None:
        width, height = round(drawing.width * scale) + 1, round(drawing.height * scale) + 1
        super().__init__(theme, drawing.description, height, width)
        self.drawing, self.drawing_scale = drawing, scale
        self.setAccessibleName(drawing.title)
        self.setAccessibleDescription(drawing.description)
        self.setFixedSize(QSize(width, height))

    def draw(self, painter: QPainter, _area: QRectF) -> None:
        """Paint the shapes."""
        painter.scale(self.drawing_scale, self.drawing_scale)
        paint(painter, self.drawing.shapes, drawing_colours(self.theme))
