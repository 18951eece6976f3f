"""Small pictures of numbers: bars, icon array, histogram. Each also says its numbers in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.theme.manager import Theme


class Figure(QWidget):
    """Base of everything that paints itself with the theme's colours."""

    def __init__(self, theme: Theme, description: str, height: int, width: int = 120) -> None:
        super().__init__()
        self.theme = theme
        self._wanted = QSize(width, height)
        self.setAccessibleName(description)
        self.setToolTip(description)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(height)

    def sizeHint(self) -> QSize:
        """As asked for."""
        return self._wanted

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint with antialiasing."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, QRectF(self.rect()))
        painter.end()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Draw into ``area``; subclasses."""

    def fill(self, painter: QPainter, rect: QRectF, token: str, radius: float = 3) -> None:
        """A rounded rectangle in a token's colour."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour(token))
        painter.drawRoundedRect(rect, radius, radius)


class Bar(Figure):
    """A share of a whole, 0..1."""

    def __init__(self, theme: Theme, share: float, description: str, token: str = "accent") -> None:
        super().__init__(theme, description, 8)
        self._share, self._token = min(1.0, max(0.0, share)), token

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Track and bar."""
        self.fill(painter, area, "track", 4)
        if self._share > 0:
            width = max(8.0, area.width() * self._share)
            self.fill(painter, QRectF(area.x(), area.y(), width, area.height()), self._token, 4)


class SignedBar(Figure):
    """A contribution to a score: right speaks for, left against. ``scale`` is the full width."""

    def __init__(self, theme: Theme, value: float, scale: float, description: str) -> None:
        super().__init__(theme, description, 14, 160)
        self._value, self._scale = value, max(scale, 1e-9)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """The bar from the middle line."""
        middle = area.center().x()
        half = area.width() / 2 - 2
        self.fill(painter, QRectF(area.x(), area.center().y() - 3, area.width(), 6), "track")
        length = half * min(1.0, abs(self._value) / self._scale)
        if length > 0.5:
            left = middle if self._value > 0 else middle - length
            token = "series_a" if self._value > 0 else "series_b"
            self.fill(painter, QRectF(left, area.center().y() - 5, length, 10), token)
        painter.setPen(QPen(self.theme.colour("muted"), 1))
        painter.drawLine(QPointF(middle, area.top()), QPointF(middle, area.bottom()))


class IconArray(Figure):
    """X in 100, as ten rows of ten people."""

    def __init__(self, theme: Theme, count: float, description: str) -> None:
        super().__init__(theme, description, 132, 132)
        self.count = count
        self.setFixedWidth(132)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Filled figures for those affected, outlines for the rest; a shape, not a colour alone."""
        step = 13.2
        whole = round(self.count)
        for index in range(100):
            x = area.x() + (index % 10) * step + 6.6
            y = area.y() + (index // 10) * step + 6.6
            self._person(painter, x, y, index < whole)

    def _person(self, painter: QPainter, x: float, y: float, filled: bool) -> None:
        if filled:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("accent"))
        else:
            painter.setPen(QPen(self.theme.colour("control_border"), 0.9))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, y - 3.2), 2.0, 2.0)
        painter.drawRoundedRect(QRectF(x - 3, y - 0.6, 6, 5.6), 2.4, 2.4)


class Histogram(Figure):
    """Counts per bin, with the bins' names below and the highest count to the left."""

    def __init__(self, theme: Theme, bins: Sequence[tuple[int, int]], axis: str, description: str) -> None:
        super().__init__(theme, description, 170, 260)
        self._bins, self._axis = tuple(bins), axis

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Bars over an axis."""
        plot = area.adjusted(8, 18, -8, -36)
        painter.setFont(_small(painter))
        metrics = QFontMetrics(painter.font())
        painter.setPen(self.theme.colour("muted"))
        if not self._bins:
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, tr("The file does not carry this field"))
            return
        most = max(count for _, count in self._bins) or 1
        painter.drawText(QPointF(plot.left(), plot.top() - 6), written(most))
        width = plot.width() / len(self._bins)
        for index, (_, count) in enumerate(self._bins):
            height = plot.height() * count / most
            bar = QRectF(
                plot.left() + index * width + 0.5, plot.bottom() - height, max(1.0, width - 1), height
            )
            self.fill(painter, bar, "series_a", min(2.0, width / 3))
        painter.setPen(QPen(self.theme.colour("control_border"), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        painter.setPen(self.theme.colour("muted"))
        every = max(
            1, round(len(self._bins) * (metrics.horizontalAdvance("0000") + 8) / max(plot.width(), 1))
        )
        for index in range(0, len(self._bins), every):
            text = str(self._bins[index][0])
            centre = plot.left() + (index + 0.5) * width
            painter.drawText(QPointF(centre - metrics.horizontalAdvance(text) / 2, plot.bottom() + 14), text)
        painter.drawText(
            QRectF(plot.left(), plot.bottom() + 16, plot.width(), 20),
            Qt.AlignmentFlag.AlignCenter,
            self._axis,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a stacked bar."""

    name: str
    share: float
    token: str


class Stacked(Figure):
    """Parts of a whole in one bar, each named below with its share."""

    def __init__(self, theme: Theme, parts: Sequence[Part], description: str) -> None:
        super().__init__(theme, description, 44, 260)
        self._parts = tuple(parts)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """The bar, and the legend."""
        x = area.left()
        for part in self._parts:
            width = area.width() * part.share
            if width >= 1:
                self.fill(painter, QRectF(x, area.top(), max(2.0, width - 2), 12), part.token)
            x += width
        painter.setFont(_small(painter))
        metrics = QFontMetrics(painter.font())
        x = area.left()
        for part in self._parts:
            text = f"{part.name} {written(part.share, '.0%')}"
            self.fill(painter, QRectF(x, area.top() + 24, 9, 9), part.token)
            painter.setPen(self.theme.colour("text"))
            painter.drawText(QPointF(x + 14, area.top() + 33), text)
            x += metrics.horizontalAdvance(text) + 30


class ChanceLine(Figure):
    """A chance with its interval against a baseline, on a 0 to 100 % line (or up to ``top``)."""

    def __init__(
        self,
        theme: Theme,
        value: float,
        low: float | None,
        high: float | None,
        baseline: float | None,
        description: str,
    ) -> None:
        super().__init__(theme, description, 46, 260)
        self._figures = value, low, high, baseline
        highest = max(x for x in (value, high or 0, baseline or 0))
        self._top = next(t for t in (0.02, 0.05, 0.1, 0.25, 0.5, 1.0) if t >= min(1.0, highest))

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Track, interval, value and baseline marks with their words."""
        value, low, high, baseline = self._figures
        track = QRectF(area.left() + 4, area.top() + 8, area.width() - 8, 8)
        self.fill(painter, track, "track", 4)
        if low is not None and high is not None:
            band = QColor(self.theme.colour("accent"))
            band.setAlphaF(0.35)
            painter.setBrush(band)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(
                QRectF(self._x(track, low), track.top(), self._x(track, high) - self._x(track, low), 8), 4, 4
            )
        if baseline is not None:
            painter.setPen(QPen(self.theme.colour("text"), 2))
            x = self._x(track, baseline)
            painter.drawLine(QPointF(x, track.top() - 5), QPointF(x, track.bottom() + 5))
        painter.setPen(QPen(self.theme.colour("surface"), 2))
        painter.setBrush(self.theme.colour("accent"))
        painter.drawEllipse(QPointF(self._x(track, value), track.center().y()), 7, 7)
        painter.setFont(_small(painter))
        painter.setPen(self.theme.colour("muted"))
        below = QRectF(track.left(), track.bottom() + 8, track.width(), 18)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "0 %")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, written(self._top, ".0%"))

    def _x(self, track: QRectF, value: float) -> float:
        return track.left() + track.width() * min(1.0, value / self._top)


def _small(painter: QPainter) -> QFont:
    font = painter.font()
    font.setPixelSize(12)
    return font
