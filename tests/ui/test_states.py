"""Every state of the dialogs and of five pages: headed, named, whole, left with Escape."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QPushButton,
    QWidget,
)
from stage import Stage, State
from states_dialogs import DIALOGS, STORE_GONE
from states_pages import PAGES
from store_fixtures import quick_keys
from test_accessibility import nameless
from test_keyboard import reachable, walk
from test_page_states import sideways
from test_store_dialogs import pale

from genoai_desktop.domain.text import use_language
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.ui.pedigree.editor import PedigreeEditor
from genoai_desktop.ui.theme import manager
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.theme.tokens import Scheme

SMALL = QSize(1024, 700)
"""The smallest screen that a clinic is taken to have, without the bars of its desktop."""


@pytest.fixture(params=[("en", 100, Scheme.LIGHT), ("de", 200, Scheme.DARK)], ids=["en-100", "de-200-dark"])
def stage(
    request: pytest.FixtureRequest,
    theme: Theme,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Stage]:
    """A window on a small screen, as most people and as some people have it."""
    language, scale, scheme = request.param
    quick_keys(monkeypatch)
    monkeypatch.setattr(manager, "room_on_screen", lambda _window: SMALL)
    use_language(language, resources() / "translations")
    theme.use(scheme, scale)
    made = Stage(theme, tmp_path)
    made.window.resize(SMALL)
    yield made
    made.close()
    use_language("en", resources() / "translations")
    theme.use(Scheme.LIGHT, 100)


def seen(root: QWidget, kind: type[QWidget]) -> list[QWidget]:
    """Widgets of a kind that are on the screen, in part at least."""
    found = [made for made in root.findChildren(kind) if made.isVisible()]
    return [made for made in found if not made.visibleRegion().isEmpty()]


def cut(root: QWidget) -> list[str]:
    """Labels and buttons with less room than their text needs, unless the whole stands in a tooltip."""
    found = []
    for made in (*seen(root, QLabel), *seen(root, QPushButton)):
        assert isinstance(made, QLabel | QPushButton)
        if not made.text() or made.text() in made.toolTip():
            continue
        if isinstance(made, QLabel) and made.wordWrap():
            short = made.height() < made.heightForWidth(made.width()) - 2
        elif isinstance(made, QLabel) and not made.pixmap().isNull():
            continue
        else:
            lines = made.text().replace("&", "").splitlines()
            width = max(made.fontMetrics().horizontalAdvance(line) for line in lines)
            short = made.width() < width - 1 or made.height() < made.fontMetrics().height() - 2
        if short:
            found.append(f"{made.text()[:50]!r}: {made.width()}x{made.height()}")
    return found


def headed(root: QWidget) -> bool:
    """Whether a title says what this is: of the dialog's frame, or the first words in it."""
    roles = {label.property("role") for label in seen(root, QLabel)}
    return bool(root.windowTitle()) if isinstance(root, QDialog) else bool(roles & {"title", "heading"})


def lone_default(dialog: QDialog) -> bool:
    """At most one button is what Enter presses, and a coloured one when there is one in view."""
    buttons = [made for made in seen(dialog, QPushButton) if isinstance(made, QPushButton)]
    return sum(made.isDefault() for made in buttons) <= 1


def wrong_with(root: QWidget) -> list[str]:
    """What somebody would stumble over."""
    found = [f"nameless: {what}" for what in nameless(root)]
    found += [f"cut off: {what}" for what in cut(root)]
    found += [f"sideways: {what}" for what in sideways(root)]
    if not headed(root):
        found.append("no heading")
    if isinstance(root, QDialog):
        if root.width() > SMALL.width() or root.height() > SMALL.height():
            found.append(f"larger than the screen: {root.width()}x{root.height()}")
        found += [f"pale: {what}" for what in pale(root)]
        reached = walk(root)
        missed = [one for one in reachable(root) if one not in reached and one.focusProxy() not in reached]
        found += [f"Tab misses {type(one).__name__} {one.accessibleName()}" for one in missed]
        if not lone_default(root):
            found.append("Enter does one thing and another button is said to be first")
        QTest.keyClick(root, Qt.Key.Key_Escape)
        if root.isVisible():
            found.append("Escape does not close it")
    return found


@pytest.mark.qt_log_ignore("This plugin does not support", extend=False)
@pytest.mark.parametrize("state", [*PAGES, STORE_GONE, *DIALOGS], ids=lambda state: state.name)
def test_a_state_is_headed_named_whole_and_left_with_escape(stage: Stage, state: State) -> None:
    assert "\n".join(wrong_with(state.show(stage))) == ""


@pytest.mark.parametrize("name", ["pedigree.alone", "pedigree.reviewer"])
def test_a_filled_sheet_of_a_pedigree_is_not_wider_than_its_column(stage: Stage, name: str) -> None:
    root = next(state for state in PAGES if state.name == name).show(stage)
    editor = next(made for made in seen(root, PedigreeEditor) if isinstance(made, PedigreeEditor))
    editor.show_rest()
    assert editor.panel.findChildren(QCheckBox)
    QApplication.processEvents()
    assert editor.panel.minimumSizeHint().width() <= editor.sheet.viewport().width()
