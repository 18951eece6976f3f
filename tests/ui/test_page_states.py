"""Every page in every state: it says what it is, what is missing and what to do, and nothing is cut off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_looks import USUAL, Look, wear
from page_states import PageState, bring_about, put_away, states
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from test_accessibility import nameless
from test_contrast_rendered import LARGE, RATIO, painted, patch, reached, shown_texts
from test_keyboard import reachable, walk
from test_scale import cut_off

from genoai_desktop.ui.pages.registry import PAGES
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import Scheme
from genoai_desktop.ui.widgets.figures import Figure
from genoai_desktop.ui.window import MainWindow

STATES = states()
BY_NAME = {state.name: state for state in STATES}


@pytest.fixture
def in_state(theme: Theme, tmp_path: Path) -> Iterator[object]:
    """Brings states about, and puts them away at the end."""
    windows: list[MainWindow] = []

    def bring(state: PageState, look: Look) -> MainWindow:
        windows.append(bring_about(state, theme, tmp_path, look.size))
        return windows[-1]

    yield bring
    for window in windows:
        put_away(window)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def said(window: QWidget) -> str:
    """Every word in view; figures say theirs to a screen reader."""
    words: list[str] = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            words.append(widget.text())
        elif isinstance(widget, QLineEdit):
            words.append(widget.text() or widget.placeholderText())
        elif isinstance(widget, Figure):
            words.append(widget.accessibleName())
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model = widget.model()
            columns = model.columnCount() if isinstance(widget, QTableView) else 1
            rows = min(model.rowCount(), 40)
            words += [str(model.index(y, x).data() or "") for y in range(rows) for x in range(columns)]
    return " | ".join(words)


def offered(window: QWidget) -> set[str]:
    """Names of what can be pressed or filled in now, by what is read and by what is heard."""
    found: set[str] = set()
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.isEnabled():
            if isinstance(widget, QAbstractButton):
                found |= {widget.text(), widget.accessibleName()}
            elif isinstance(widget, QLineEdit | QComboBox | QAbstractItemView):
                found.add(widget.accessibleName())
    return found


def sideways(window: QWidget) -> list[str]:
    """Parts of the page that have to be moved sideways to be read; a table may."""
    return [
        f"{area.objectName() or area.accessibleName()} by {area.horizontalScrollBar().maximum()}"
        for area in window.findChildren(QScrollArea)
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0
    ]


def too_low(window: QWidget) -> list[str]:
    """Wrapped texts that have fewer lines than they need, and tabs narrower than their words."""
    found = []
    for widget in window.findChildren(QLabel):
        if widget.isVisible() and widget.wordWrap() and widget.text() and widget.width() > 1:
            needed = widget.heightForWidth(widget.width())
            if widget.height() < needed - 2:
                found.append(f"{widget.text()[:40]!r}: {widget.height()} of {needed}")
    for bar in window.findChildren(QTabBar):
        if bar.isVisible():
            for at in range(bar.count()):
                if bar.tabRect(at).width() < bar.fontMetrics().horizontalAdvance(bar.tabText(at)):
                    found.append(f"tab {bar.tabText(at)!r}")
    return found


def overlapping(window: QWidget) -> list[str]:
    """Neighbours in a layout that lie over each other."""
    found = []
    for parent in window.findChildren(QWidget):
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
            for row in range(min(model.rowCount(), 40)):
                index = model.index(row, column)
                text = str(index.data() or "")
                wide = view.fontMetrics().horizontalAdvance(text) > view.columnWidth(column) - 8
                if text and wide and not index.data(Qt.ItemDataRole.ToolTipRole):
                    found.append(f"{view.accessibleName()}: {text[:40]!r}")
    return found


def wrong_with(window: MainWindow) -> list[str]:
    """What a person would stumble over, in any language and size."""
    found = [f"cut off: {what}" for what in cut_off(window)]
    found += [f"too low: {what}" for what in too_low(window)]
    found += [f"one over the other: {what}" for what in overlapping(window)]
    found += [f"sideways: {what}" for what in sideways(window)]
    found += [f"nameless: {what}" for what in nameless(window)]
    found += [f"shortened: {what}" for what in shortened_without_tip(window)]
    loading = window.loading.isVisible()
    heading = window.loading.text.text() if loading else window.page.title.text()
    if not heading.strip():
        found.append("no heading")
    return found


def test_every_page_has_an_empty_and_a_full_state() -> None:
    """Pedigree, medicines, risks, consent and report have their full states in ``test_states``."""
    elsewhere = {"pedigree", "medicines", "risks", "consent", "report"}
    for page in PAGES:
        own = {state.state for state in STATES if state.page == page}
        assert page in elsewhere or "full" in own, page
        assert own & {"empty", "no-case", "no-store"}, page
    assert len(BY_NAME) == len(STATES)


@pytest.mark.parametrize("name", list(BY_NAME))
def test_a_state_says_what_is_missing_and_what_to_do(name: str, in_state, theme: Theme) -> None:  # type: ignore[no-untyped-def]
    state, look = BY_NAME[name], USUAL[0]
    with wear(theme, look):
        window = in_state(state, look)
        words, ways = said(window), offered(window)
        assert [part for part in state.says if part not in words] == [], words[:2000]
        assert not state.offers or state.offers in ways, sorted(ways)
        assert wrong_with(window) == []
        if not state.held:
            seen = walk(window)
            missed = [w for w in reachable(window) if w not in seen and w.focusProxy() not in seen]
            assert [f"Tab misses {type(w).__name__} {w.accessibleName()}" for w in missed] == []


@pytest.mark.parametrize("name", list(BY_NAME))
def test_a_state_fits_in_a_small_window_with_large_german_text(name: str, in_state, theme: Theme) -> None:  # type: ignore[no-untyped-def]
    with wear(theme, USUAL[1]):
        assert wrong_with(in_state(BY_NAME[name], USUAL[1])) == []


@pytest.mark.parametrize("scheme", list(Scheme), ids=str)
@pytest.mark.parametrize("name", [name for name in BY_NAME if not name.endswith(("-full", "-no-case"))])
def test_every_text_of_a_state_reaches_aa(
    name: str, scheme: Scheme, in_state, theme: Theme, qtbot: QtBot
) -> None:  # type: ignore[no-untyped-def]
    """Full pages are measured by ``test_contrast_rendered``."""
    look = Look(scheme, 100, "en", (1280, 800))
    with wear(theme, look):
        window = in_state(BY_NAME[name], look)
        window.setFocus(Qt.FocusReason.OtherFocusReason)
        qtbot.wait(1)
        image, poor = painted(window), []
        for widget, text in shown_texts(window):
            pixels = patch(window, widget, image)
            if pixels.shape[0] < 8 * RATIO or pixels.shape[1] < 4 * RATIO:
                continue
            ratio = reached(pixels)
            if ratio < (3.0 if widget.font().pixelSize() >= LARGE else 4.5):
                poor.append((text[:40], round(ratio, 2)))
        assert poor == []
