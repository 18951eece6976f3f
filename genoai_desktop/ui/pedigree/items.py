"""Items of the scene: one for each person, one for all lines, and the round handles to add kin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from genoai_desktop.report.pedigree.routes import RADIUS
from genoai_desktop.report.pedigree.shapes import Shape, Text
from genoai_desktop.ui.pedigree.painter import paint, text_font

TOUCH = 23.0
"""Radius of a handle in device-independent pixels: 46 across, whatever the zoom."""
WIDE = 54.0


class PersonItem(QGraphicsItem):
    """A symbol with its label, drawn around its own origin."""

    def __init__(self, person: str) -> None:
        super().__init__()
        self.person = person
        self.shapes: tuple[Shape, ...] = ()
        self.palette: dict[str, QColor] = {}
        self.chosen = False
        self._bounds = QRectF(-WIDE, -WIDE, 2 * WIDE, 2 * WIDE)
        self.setZValue(2)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_shapes(self, shapes: tuple[Shape, ...], palette: dict[str, QColor]) -> None:
        """Draw these from now on; nothing is painted again where nothing changed."""
        if shapes == self.shapes and palette is self.palette:
            return
        low = max((one.y for one in shapes if isinstance(one, Text)), default=RADIUS)
        bounds = QRectF(-WIDE, -WIDE + 10, 2 * WIDE, WIDE + low)
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds
        self.shapes, self.palette = shapes, palette
        self.update()

    def choose(self, chosen: bool) -> None:
        """Mark or unmark as the person in view."""
        if chosen != self.chosen:
            self.chosen = chosen
            self.update()

    def boundingRect(self) -> QRectF:
        """Symbol and label."""
        return self._bounds

    def symbol(self) -> QRectF:
        """The symbol's place in the drawing."""
        return QRectF(self.x() - RADIUS, self.y() - RADIUS, 2 * RADIUS, 2 * RADIUS)

    def label(self) -> QRectF:
        """The place of the words below, as wide as most are."""
        return QRectF(self.x() - 1.5 * RADIUS, self.y() + RADIUS, 3 * RADIUS, self._bounds.bottom() - RADIUS)

    def shape(self) -> QPainterPath:
        """What can be hit: the symbol, 48 across, and the label."""
        path = QPainterPath()
        path.addRect(QRectF(-RADIUS - 4, -RADIUS - 4, 2 * RADIUS + 8, self._bounds.bottom() + RADIUS + 4))
        return path

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """The focus ring and the shapes."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.chosen:
            ring = QColor(self.palette["accent"])
            painter.setPen(QPen(ring, 2.4))
            ring.setAlpha(28)
            painter.setBrush(ring)
            side = RADIUS + 8
            painter.drawRoundedRect(QRectF(-side, -side, 2 * side, 2 * side), 10, 10)
        paint(painter, self.shapes, self.palette)


class LinesItem(QGraphicsItem):
    """Everything between people."""

    def __init__(self) -> None:
        super().__init__()
        self._shapes: tuple[Shape, ...] = ()
        self._palette: dict[str, QColor] = {}
        self._bounds = QRectF()
        self.setZValue(1)

    def show_shapes(self, shapes: tuple[Shape, ...], palette: dict[str, QColor], bounds: QRectF) -> None:
        """Draw these from now on."""
        self.prepareGeometryChange()
        self._shapes, self._palette, self._bounds = shapes, palette, bounds
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole family."""
        return self._bounds

    def shape(self) -> QPainterPath:
        """Lines are not clicked."""
        return QPainterPath()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """The lines."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, self._shapes, self._palette)


class HandleItem(QGraphicsItem):
    """A round "+" beside the chosen person; as large on the screen at every zoom."""

    def __init__(self, words: str, tip: str, asked: Callable[[], Any]) -> None:
        super().__init__()
        self.words, self._asked = words, asked
        self.palette: dict[str, QColor] = {}
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setAcceptHoverEvents(True)
        self.setToolTip(tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setZValue(5)
        self._over = False

    def boundingRect(self) -> QRectF:
        """The circle and its word."""
        return QRectF(-44, -TOUCH - 2, 88, 2 * TOUCH + 4)

    def shape(self) -> QPainterPath:
        """The circle."""
        path = QPainterPath()
        path.addEllipse(QPointF(0, 0), TOUCH, TOUCH)
        return path

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """A disc with a plus over the word."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent, paper = self.palette["accent"], self.palette["paper"]
        painter.setPen(QPen(accent, 1.6))
        painter.setBrush(accent if self._over else paper)
        painter.drawEllipse(QPointF(0, 0), TOUCH - 2, TOUCH - 2)
        colour = paper if self._over else accent
        painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(-4, -8), QPointF(4, -8))
        painter.drawLine(QPointF(0, -12), QPointF(0, -4))
        painter.setFont(text_font(8.0, True))
        painter.drawText(QRectF(-44, -2, 88, 14), Qt.AlignmentFlag.AlignCenter, self.words)

    def hoverEnterEvent(self, _event: Any) -> None:
        """Under the pointer."""
        self._over = True
        self.update()

    def hoverLeaveEvent(self, _event: Any) -> None:
        """No longer."""
        self._over = False
        self.update()

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Add."""
        event.accept()
        self.ask()

    def ask(self) -> None:
        """Add, as a press does."""
        self._asked()
