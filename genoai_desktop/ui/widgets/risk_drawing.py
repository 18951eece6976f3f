"""A drawing of ``report.drawings`` in the window: the same shapes, in the theme's colours."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy

from genoai_desktop.report.pedigree.shapes import Drawing, Text
from genoai_desktop.ui.pedigree.painter import colours, paint
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import FAMILIES
from genoai_desktop.ui.widgets.figures import Figure

SCALE = 1.45
"""Pixels a point: small type of the drawings is then as large as a caption of the window."""
TEXT_UNITS = 32
"""Size at which letters are measured: fonts have whole sizes, drawings have not."""
_MOST = 120
"""Per cent of the normal text size up to which drawings grow with it: beyond, no page is wide enough."""
_LEAST = 300
"""Narrowest picture in pixels."""
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
        scale = scale * min(theme.scale, _MOST) / 100
        width, height = round(drawing.width * scale) + 1, round(drawing.height * scale) + 1
        super().__init__(theme, drawing.description, height, width)
        self.drawing, self.drawing_scale = drawing, scale
        self.setAccessibleName(drawing.title)
        self.setAccessibleDescription(drawing.description)
        self.setMaximumSize(QSize(width, height))
        self.setMinimumSize(QSize(min(width, _LEAST), min(height, round(_LEAST * height / width))))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """A narrow page shows the whole drawing, smaller."""
        return round(min(width, self.maximumWidth()) * self.drawing.height / self.drawing.width) + 1

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Paint the shapes."""
        scale = min(self.drawing_scale, (area.width() - 1) / self.drawing.width)
        painter.scale(scale, scale)
        palette = drawing_colours(self.theme)
        paint(painter, (one for one in self.drawing.shapes if not isinstance(one, Text)), palette)
        for text in (one for one in self.drawing.shapes if isinstance(one, Text)):
            _write(painter, text, palette)


def _write(painter: QPainter, text: Text, palette: dict[str, QColor]) -> None:
    """A text in the window's typeface; drawings leave room for the wider one of the page."""
    font = QFont(painter.font())
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(TEXT_UNITS)
    font.setBold(text.bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    scale = text.size / TEXT_UNITS
    painter.save()
    painter.translate(text.x, text.y)
    painter.scale(scale, scale)
    painter.setFont(font)
    painter.setPen(palette[text.colour])
    wide = QFontMetricsF(font).horizontalAdvance(text.text)
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor]
    painter.drawText(QPointF(-wide * share, 0), text.text)
    painter.restore()
