"""Small pictures of numbers: bars, stacked bar, histogram. Each also says its numbers in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.text import shown, tr
from genoai_desktop.ui.theme.manager import Theme


class Figure(QWidget):
    """Base of everything that paints itself with the theme's colours."""

    def __init__(self, theme: Theme, description: str, height: int, width: int = 120) -> None:
        super().__init__()
        self.theme = theme
        self._wanted = QSize(width, height)
        said = shown(description)
        self.setAccessibleName(said)
        self.setToolTip(said)
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


class Histogram(Figure):
    """Counts per bin, with the bins' names below and the highest count to the left."""

    def __init__(self, theme: Theme, bins: Sequence[tuple[int, int]], axis: str, description: str) -> None:
        super().__init__(theme, description, 134 + 3 * theme.type_size("caption"), 260)
        self._bins, self._axis = tuple(bins), axis

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Bars over an axis."""
        high = self.theme.type_size("caption")
        plot = area.adjusted(8, high + 6, -8, -3 * high)
        painter.setFont(small(self))
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
            painter.drawText(
                QPointF(centre - metrics.horizontalAdvance(text) / 2, plot.bottom() + high + 2), text
            )
        painter.drawText(
            QRectF(plot.left(), plot.bottom() + 1.4 * high, plot.width(), 1.6 * high),
            Qt.AlignmentFlag.AlignCenter,
            self._axis,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a stacked bar."""

    name: str
    share: float
    token: str


_PATTERNS = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense4Pattern,
    Qt.BrushStyle.CrossPattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.HorPattern,
)
"""Of the parts of a bar, in their order: told apart without their colours."""
_BAR, _SIGN = 12, 11
"""Height of a stacked bar, and edge of a sign of its legend."""


class Stacked(Figure):
    """Parts of a whole in one bar, each named below with its share and its pattern."""

    def __init__(self, theme: Theme, parts: Sequence[Part], description: str) -> None:
        super().__init__(theme, description, 2 * _BAR, 260)
        self._parts = tuple(parts)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """The legend takes as many lines as it needs."""
        places = self._places(width)
        return 2 * _BAR + (int(places[-1].y()) + self._line if places else 0)

    @property
    def _line(self) -> int:
        return round(self.theme.type_size("caption") * 1.6)

    def _words(self, part: Part) -> str:
        return f"{part.name} {written(part.share, '.0%')}"

    def _places(self, width: float) -> list[QPointF]:
        """Upper left corners of the legend's entries, below the bar."""
        metrics = QFontMetrics(small(self))
        found, x, y = [], 0.0, 0.0
        for part in self._parts:
            wide = metrics.horizontalAdvance(self._words(part)) + _SIGN + 6
            if x and x + wide > width:
                x, y = 0.0, y + self._line
            found.append(QPointF(x, y))
            x += wide + 18
        return found

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """The bar, and the legend."""
        x = area.left()
        for at, part in enumerate(self._parts):
            width = area.width() * part.share
            if width >= 1:
                self._part(painter, QRectF(x, area.top(), max(2.0, width - 2), _BAR), at)
            x += width
        painter.setFont(small(self))
        drop = (self._line + QFontMetrics(painter.font()).capHeight()) / 2
        for at, (part, place) in enumerate(zip(self._parts, self._places(area.width()), strict=True)):
            left, top = area.left() + place.x(), area.top() + 1.5 * _BAR + place.y()
            self._part(painter, QRectF(left, top + drop - _SIGN + 1, _SIGN, _SIGN), at)
            painter.setPen(self.theme.colour("text"))
            painter.drawText(QPointF(left + _SIGN + 6, top + drop), self._words(part))

    def _part(self, painter: QPainter, rect: QRectF, at: int) -> None:
        """In its colour and pattern, with an outline that holds the pattern together."""
        colour = self.theme.colour(self._parts[at].token)
        painter.setPen(QPen(colour, 1))
        painter.setBrush(QBrush(colour, _PATTERNS[at % len(_PATTERNS)]))
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))


def small(figure: Figure) -> QFont:
    """The typeface of a figure in the size of captions, which follows the text size."""
    font = QFont(figure.font())
    font.setPixelSize(figure.theme.type_size("caption"))
    return font
