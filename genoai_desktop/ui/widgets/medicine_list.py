"""The list of medicines, genes or doses: shape, name and one line below, under headings."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.widgets.vacancy import Vacancy

Key = tuple[str, str]
"""What a line stands for: ``drug``, ``gene`` or ``dose``, and its name."""

_LINE = Qt.ItemDataRole.UserRole
_SHAPE = 20
_KEY = Qt.ItemDataRole(Qt.ItemDataRole.UserRole + 1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``spoken`` is what a screen reader says."""

    key: Key
    title: str
    note: str
    icon: QIcon
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a heading, which may be empty."""

    title: str
    lines: tuple[Line, ...]


class MedicineList(QListWidget):
    """Arrow keys move from line to line; headings are passed over."""

    chosen = Signal(object)
    """The ``Key`` in view, None when the list is empty."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(_Delegate(theme, self))
        self.setMinimumWidth(270)
        self.setUniformItemSizes(False)
        Vacancy(self, tr("Nothing fits. Try another word."))
        self.currentItemChanged.connect(lambda item, _before: self._tell(item))

    @property
    def key(self) -> Key | None:
        """What is chosen."""
        item = self.currentItem()
        found: Key | None = item.data(_KEY) if item is not None else None
        return found

    @property
    def keys(self) -> list[Key]:
        """Everything listed, from the top."""
        return [key for row in range(self.count()) if (key := self.item(row).data(_KEY))]

    def show_groups(self, groups: Sequence[Group], wanted: Key | None) -> None:
        """Fill the list; ``wanted`` is chosen where it is listed, else the first line."""
        self.blockSignals(True)
        self.clear()
        for group in groups:
            if group.title and group.lines:
                heading = QListWidgetItem(group.title)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                self.addItem(heading)
            for line in group.lines:
                item = QListWidgetItem(line.spoken or f"{line.title}, {line.note}")
                item.setData(_LINE, line)
                item.setData(_KEY, line.key)
                self.addItem(item)
        self.blockSignals(False)
        if not self.choose(wanted):
            keys = self.keys
            if keys:
                self.choose(keys[0])
            else:
                self._tell(None)

    def forget(self) -> None:
        """Empty the list without telling anybody."""
        self.blockSignals(True)
        self.clear()
        self.blockSignals(False)

    def choose(self, key: Key | None) -> bool:
        """Turn to a line; False when it is not listed."""
        for row in range(self.count()):
            if key is not None and self.item(row).data(_KEY) == key:
                self.setCurrentRow(row)
                return True
        return False

    def _tell(self, item: QListWidgetItem | None) -> None:
        self.chosen.emit(item.data(_KEY) if item is not None else None)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A heading is lower than a line."""
        return QSize(200, (50 if index.data(_LINE) else 32) * self._theme.scale // 100)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Shape to the left, name and note beside it."""
        line: Line | None = index.data(_LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect).adjusted(3, 1, -3, -1)
        if line is None:
            self._write(painter, area.adjusted(9, 8, -8, 0), str(index.data()), 12, "muted", bold=True)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selection"))
            painter.drawRoundedRect(area, 6, 6)
        shape = QRect(0, 0, _SHAPE, _SHAPE)
        shape.moveCenter(QPoint(option.rect.left() + 24, option.rect.center().y()))
        line.icon.paint(painter, shape)
        inner = area.adjusted(40, 6, -8, -6)
        self._write(painter, inner, line.title, 14, "text", bold=True)
        self._write(painter, inner.adjusted(0, 19 * self._theme.scale / 100, 0, 0), line.note, 12, "muted")
        painter.restore()

    def _write(
        self, painter: QPainter, area: QRectF, text: str, size: int, token: str, *, bold: bool = False
    ) -> None:
        font = painter.font()
        font.setWeight(font.Weight.DemiBold if bold else font.Weight.Normal)
        font.setPixelSize(size * self._theme.scale // 100)
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        short = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, short)
