"""Looking at a window as somebody without a mouse or without eyes does."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QScrollBar,
    QTextBrowser,
    QWidget,
)

from genoai_desktop.ui.widgets.figures import Figure

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QProgressBar,
    Figure,
)
MOST = 400
"""Steps of Tab after which a walk that has not come round is taken for a trap."""
MOST_ROWS = 40
"""Rows of a table that are read."""


def ancestors(widget: QWidget) -> list[QWidget]:
    """Parents up to the window."""
    found = []
    parent = widget.parentWidget()
    while parent is not None:
        found.append(parent)
        parent = parent.parentWidget()
    return found


def nameless(root: QWidget) -> list[str]:
    """Controls without a name; parts that Qt makes inside its own widgets do not count."""
    missing = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or isinstance(widget, QHeaderView | QScrollBar):
            continue
        inner = any(
            isinstance(up, QComboBox | QAbstractSpinBox | QLineEdit | QAbstractItemView)
            for up in ancestors(widget)
        )
        own = widget.objectName().startswith("qt_") or (
            type(widget).__module__.startswith("PySide6")
            and not widget.accessibleName()
            and "Private" in type(widget).__name__
        )
        read = isinstance(widget.parent(), QDialogButtonBox) and isinstance(widget, QAbstractButton)
        if read and widget.text():
            continue  # Qt makes it, and a screen reader says its text
        if not inner and not own and not widget.accessibleName():
            missing.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return missing


def walk(window: QWidget) -> list[QWidget]:
    """The controls that Tab reaches, until the first comes again."""
    window.activateWindow()
    window.setFocus()
    seen: list[QWidget] = []
    for _ in range(MOST):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        now = window.focusWidget()
        assert now is not None, "Tab lost the focus"
        if seen and now is seen[0]:
            return seen
        assert now not in seen[-1:], f"{type(now).__name__} {now.accessibleName()!r} keeps the focus"
        seen.append(now)
    raise AssertionError(f"never came round: {[w.accessibleName() for w in seen[-8:]]}")


def reachable(window: QWidget) -> list[QWidget]:
    """What a person can press or fill in."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.window() is window
        and not isinstance(widget.parentWidget(), QLineEdit | QComboBox)
        and not widget.objectName().startswith("qt_")
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def missed_by_tab(window: QWidget) -> list[str]:
    """Controls that a walk with Tab does not come to."""
    seen = walk(window)
    missed = [one for one in reachable(window) if one not in seen and one.focusProxy() not in seen]
    return [f"{type(one).__name__} {one.accessibleName()}" for one in missed]


def said(window: QWidget) -> str:
    """Every word in view; figures say theirs to a screen reader."""
    words = [window.windowTitle()]
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            words += words_of(widget)
    return " | ".join(words)


def words_of(widget: QWidget) -> list[str]:
    """What a person reads of one widget."""
    if isinstance(widget, QLabel | QAbstractButton):
        return [widget.text()]
    if isinstance(widget, QLineEdit):
        return [widget.text() or widget.placeholderText()]
    if isinstance(widget, QComboBox):
        return [widget.currentText()]
    if isinstance(widget, QPlainTextEdit | QTextBrowser):
        return [widget.toPlainText() or widget.placeholderText()]
    if isinstance(widget, Figure):
        return [widget.accessibleName()]
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        columns = 1 if isinstance(widget, QListView) else model.columnCount()
        rows = min(model.rowCount(), MOST_ROWS)
        return [str(model.index(y, x).data() or "") for y in range(rows) for x in range(columns)]
    return []


def offered(window: QWidget) -> set[str]:
    """Names of what can be pressed or filled in now, by what is read and by what is heard."""
    found: set[str] = set()
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.isEnabled():
            if isinstance(widget, QAbstractButton):
                found |= {widget.text().replace("&", ""), widget.accessibleName()}
            elif isinstance(widget, QLineEdit | QComboBox | QAbstractItemView | QPlainTextEdit):
                found.add(widget.accessibleName())
    return found


__all__ = ["ancestors", "missed_by_tab", "nameless", "offered", "reachable", "said", "walk"]
