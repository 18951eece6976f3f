"""Looking at a window for words without the room that they need."""

from collections.abc import Iterator

from looking_keys import MOST_ROWS
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

_MARGIN = 8
"""Device-independent pixels of a line that its words do not have."""
_ARROW = 18
"""Device-independent pixels of a choice that its words do not have."""


def cut_off(root: QWidget) -> list[str]:
    """Words with less room than they need: labels, buttons, choices and tabs.

    One line whose whole is in its tooltip was shortened on purpose.
    """
    return [*_keys(root), *_lines(root), *_paragraphs(root), *_small(root), *_choices(root), *_tabs(root)]


def _in_view(root: QWidget, kind: type[QWidget]) -> Iterator[QWidget]:
    return (made for made in root.findChildren(kind) if made.isVisible() and made.width() > 1)


def _keys(root: QWidget) -> Iterator[str]:
    """What is to be read from a line that cannot be typed in."""
    for made in _in_view(root, QLineEdit):
        assert isinstance(made, QLineEdit)
        wide = made.fontMetrics().horizontalAdvance(made.text()) + _MARGIN
        if made.isReadOnly() and made.text() not in made.toolTip() and made.width() < wide:
            yield f"line {made.text()[:40]!r}: {made.width()} of {wide}"


def _lines(root: QWidget) -> Iterator[str]:
    for made in (*_in_view(root, QPushButton), *_in_view(root, QLabel)):
        assert isinstance(made, QPushButton | QLabel)
        if not made.text() or made.text() in made.toolTip():
            continue
        if isinstance(made, QLabel) and (made.wordWrap() or not made.pixmap().isNull()):
            continue
        lines, metrics = made.text().replace("&", "").splitlines(), made.fontMetrics()
        width = max(map(metrics.horizontalAdvance, lines))
        height = metrics.height() * len(lines)
        if made.width() < width - 1 or made.height() < height - 2 * len(lines):
            found = f"{made.width()}x{made.height()} of {width}x{height}"
            yield f"{type(made).__name__} {made.text()[:40]!r}: {found}"


def _paragraphs(root: QWidget) -> Iterator[str]:
    for made in _in_view(root, QLabel):
        assert isinstance(made, QLabel)
        if made.wordWrap() and made.text():
            needed = made.heightForWidth(made.width())
            if made.height() < needed - 2:
                yield f"{made.text()[:40]!r}: {made.height()} of {needed} high"


def _small(root: QWidget) -> Iterator[str]:
    for made in (*_in_view(root, QToolButton), *_in_view(root, QCheckBox), *_in_view(root, QRadioButton)):
        assert isinstance(made, QToolButton | QCheckBox | QRadioButton)
        if not made.text() or made.text() in made.toolTip():
            continue
        words = made.text().replace("&", "").splitlines()
        wide = max(map(made.fontMetrics().horizontalAdvance, words))
        shows_words = not isinstance(made, QToolButton) or (
            made.toolButtonStyle() is not Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        if made.height() < made.fontMetrics().height() or (shows_words and made.width() < wide):
            yield f"{type(made).__name__} {made.text()[:40]!r}: {made.width()}x{made.height()} of {wide}"


def _choices(root: QWidget) -> Iterator[str]:
    for made in _in_view(root, QComboBox):
        assert isinstance(made, QComboBox)
        wide = made.fontMetrics().horizontalAdvance(made.currentText()) + _ARROW
        if made.currentText() not in made.toolTip() and made.width() < wide:
            yield f"choice {made.currentText()[:40]!r}: {made.width()} of {wide}"


def _tabs(root: QWidget) -> Iterator[str]:
    for bar in _in_view(root, QTabBar):
        assert isinstance(bar, QTabBar)
        for at in range(bar.count()):
            if bar.tabRect(at).width() < bar.fontMetrics().horizontalAdvance(bar.tabText(at)):
                yield f"tab {bar.tabText(at)!r}"


def sideways(window: QWidget) -> list[str]:
    """Parts of the page that have to be moved sideways to be read; a table may."""
    return [
        f"{area.objectName() or area.accessibleName()} by {area.horizontalScrollBar().maximum()}"
        for area in window.findChildren(QScrollArea)
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0
    ] + [
        f"list {view.accessibleName()} by {view.horizontalScrollBar().maximum()}"
        for view in window.findChildren(QListView)
        if view.isVisible() and view.horizontalScrollBar().isVisible()
    ]


def overlapping(window: QWidget) -> list[str]:
    """Neighbours in a layout that lie over each other."""
    found = []
    for parent in (window, *window.findChildren(QWidget)):
        if not parent.isVisible() or parent.layout() is None or isinstance(parent, QStackedWidget):
            continue
        beside = [
            one
            for one in parent.children()
            if isinstance(one, QWidget) and one.isVisible() and parent.layout().indexOf(one) >= 0
        ]
        for at, one in enumerate(beside):
            for other in beside[at + 1 :]:
                shared = one.geometry().intersected(other.geometry())
                if shared.width() > 1 and shared.height() > 1:
                    found.append(f"{_told(one)} and {_told(other)} by {shared.height()}")
    return found


def _told(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()[:30]!r}"


def shortened_without_tip(window: QWidget) -> list[str]:
    """Cells whose words do not fit and are told nowhere else."""
    found = []
    for view in window.findChildren(QTableView):
        if not view.isVisible():
            continue
        model = view.model()
        for column in range(model.columnCount()):
            for row in range(min(model.rowCount(), MOST_ROWS)):
                index = model.index(row, column)
                text = str(index.data() or "")
                wide = view.fontMetrics().horizontalAdvance(text) > view.columnWidth(column) - 8
                if text and wide and not index.data(Qt.ItemDataRole.ToolTipRole):
                    found.append(f"{view.accessibleName()}: {text[:40]!r}")
    return found
