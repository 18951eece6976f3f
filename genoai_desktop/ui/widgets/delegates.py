"""Delegates that draw list entries of two lines."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from genoai_desktop.ui.theme.manager import Theme

Index = QModelIndex | QPersistentModelIndex


class TwoLineDelegate(QStyledItemDelegate):
    """Draws ``(title, text, figure, share or None)`` from the item's user data."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Two lines and a bar."""
        return QSize(200, 62 * self._theme.scale // 100)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Title and figure on the first line, text on the second, a bar below."""
        data = index.data(Qt.ItemDataRole.UserRole)
        if not data:
            super().paint(painter, option, index)
            return
        title, text, figure, share = data
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect).adjusted(3, 2, -3, -2)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selection"))
            painter.drawRoundedRect(area, 6, 6)
        inner = area.adjusted(10, 7, -10, -7)
        bold = painter.font()
        bold.setWeight(bold.Weight.DemiBold)
        bold.setPixelSize(self._theme.type_size("strong"))
        painter.setFont(bold)
        width = QFontMetrics(bold).horizontalAdvance(figure) + 8
        painter.setPen(self._theme.colour("text"))
        self._line(painter, inner.adjusted(0, 0, -width, 0), title)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, figure)
        bold.setWeight(bold.Weight.Normal)
        bold.setPixelSize(self._theme.type_size("caption"))
        painter.setFont(bold)
        painter.setPen(self._theme.colour("muted"))
        self._line(painter, inner.adjusted(0, self._theme.type_size("strong") * 1.4, 0, 0), text)
        if share is not None:
            self._bar(painter, inner, share)
        painter.restore()

    def _line(self, painter: QPainter, area: QRectF, text: str) -> None:
        short = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, short)

    def _bar(self, painter: QPainter, inner: QRectF, share: float) -> None:
        track = QRectF(inner.left(), inner.bottom() - 3, inner.width(), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("track"))
        painter.drawRoundedRect(track, 2, 2)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * share, 4), 2, 2)
