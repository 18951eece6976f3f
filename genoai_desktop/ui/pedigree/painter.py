"""Draws the shapes of a pedigree with QPainter, in the theme's colours."""

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from genoai_desktop.report.pedigree.shapes import PRINT, Circle, Line, Polygon, Shape
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import FAMILIES, PEDIGREE_FILLS_DARK, Scheme


def colours(theme: Theme) -> dict[str, QColor]:
    """The named colours of a drawing in this theme."""
    tokens = {"ink": "text", "paper": "surface", "muted": "muted", "accent": "accent"}
    made = {name: theme.colour(token) for name, token in tokens.items()}
    fills = PEDIGREE_FILLS_DARK if theme.scheme is Scheme.DARK else PRINT
    return made | {name: QColor(fills[name]) for name in PEDIGREE_FILLS_DARK}


def paint(painter: QPainter, shapes: Iterable[Shape], palette: dict[str, QColor]) -> None:
    """Draw ``shapes`` where they are."""
    for shape in shapes:
        if isinstance(shape, Line):
            painter.setPen(_pen(palette[shape.colour], shape.width, shape.dash))
            painter.drawLine(QLineF(shape.x1, shape.y1, shape.x2, shape.y2))
        elif isinstance(shape, Polygon):
            _brush(painter, palette, shape)
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape.points]))
        elif isinstance(shape, Circle):
            _brush(painter, palette, shape)
            painter.drawEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)
        else:
            font = text_font(shape.size, shape.bold)
            painter.setFont(font)
            painter.setPen(palette[shape.colour])
            wide = _metrics(shape.size, shape.bold).horizontalAdvance(shape.text)
            share = {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor]
            painter.drawText(QPointF(shape.x - wide * share, shape.y), shape.text)


@lru_cache(maxsize=16)
def text_font(size: float, bold: bool) -> QFont:
    """The typeface at ``size`` drawing units."""
    font = QFont()
    font.setFamilies(["DejaVu Sans", *FAMILIES])
    font.setPixelSize(max(1, round(size)))
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@lru_cache(maxsize=16)
def _metrics(size: float, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(text_font(size, bold))


def _pen(colour: QColor, width: float, dash: tuple[float, ...] = ()) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        pen.setDashPattern([part / width for part in dash])
    return pen


def _brush(painter: QPainter, palette: dict[str, QColor], shape: Polygon | Circle) -> None:
    painter.setBrush(QBrush(palette[shape.fill]) if shape.fill else Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(palette[shape.stroke], shape.width) if shape.stroke else Qt.PenStyle.NoPen)
