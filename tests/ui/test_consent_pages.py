"""Each scope declined in turn: no page of the window shows a word of it. The pages come from the registry."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QSettings, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parents[1] / "casebook"))
sys.path.insert(0, str(Path(__file__).parents[1] / "end_to_end"))

from ledger_cases import knowledge
from test_consent_everywhere import ASKED, declined, without

from genoai_desktop.domain.case import Scope
from genoai_desktop.ui.audited import _ACTS
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.pages.registry import PAGES
from genoai_desktop.ui.services import Services
from genoai_desktop.ui.theme.manager import Theme
from genoai_desktop.ui.window import MainWindow

MOST_ROWS = 3_000
LEAVING = {
    "save_medicines",
    "print_medicines",
    "write_phenopacket",
    "write_couple_letter",
    "save_report",
    "sign_report",
    "write_signed",
}
"""Use cases of the window that take something out: each is over a document of ``test_consent_everywhere``."""


def cells(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[str]:
    above = parent or QModelIndex()
    for row in range(min(model.rowCount(above), MOST_ROWS)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(above)
        for column in range(columns):
            index = model.index(row, column, above)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield str(model.data(index, role) or "")
            if column == 0 and isinstance(model, QStandardItemModel):
                yield from cells(model, index)


def read(widget: QWidget) -> Iterator[str]:
    """Everything that eyes, a pointer or a screen reader find in a widget."""
    for one in (widget, *widget.findChildren(QWidget)):
        yield f"{one.accessibleName()} {one.accessibleDescription()} {one.toolTip()}"
        if isinstance(one, QLabel | QLineEdit | QAbstractButton):
            yield one.text()
        elif isinstance(one, QTextEdit | QPlainTextEdit):
            yield one.toPlainText()
        elif isinstance(one, QComboBox):
            yield " ".join(one.itemText(number) for number in range(one.count()))
        elif isinstance(one, QAbstractItemView) and one.model() is not None:
            yield from cells(one.model())


def finished(page: Page) -> bool:
    """Nothing is under way, and every card of a page that is made bit by bit is there."""
    return not page.runner.busy and getattr(page, "built", True)


def pages(window: MainWindow, qtbot: QtBot) -> dict[str, str]:
    found = {}
    for name in PAGES:
        window.show_page(name)
        page = window.pages[name]
        qtbot.waitUntil(lambda page=page: finished(page), timeout=60_000)
        found[name] = re.sub("[\u200b\u00ad\u2060]", "", "\n".join(read(page)))  # places to break a long word
    return found


@pytest.fixture
def real(qtbot: QtBot, theme: Theme, settings: QSettings) -> Iterator[MainWindow]:
    made = MainWindow(Services(knowledge), theme, settings)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def test_with_consent_the_pages_show_every_scope(real: MainWindow, qtbot: QtBot) -> None:
    real.desk.add(without(None))
    shown = "\n".join(pages(real, qtbot).values())
    for scope in ASKED:
        assert declined(shown, scope), scope


@pytest.mark.parametrize("scope", ASKED)
def test_no_page_shows_what_was_declined(real: MainWindow, qtbot: QtBot, scope: Scope) -> None:
    real.desk.add(without(scope))
    leaks = {name: found for name, text in pages(real, qtbot).items() if (found := declined(text, scope))}
    assert leaks == {}


def test_every_use_case_that_takes_something_out_is_known() -> None:
    found = {name for name in dir(Services) if name.startswith(tuple(_ACTS))}
    assert found == LEAVING
