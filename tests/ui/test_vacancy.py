"""Lists and tables say what is missing and what to do while they have nothing to show."""

from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLabel, QListWidget
from pytestqt.qtbot import QtBot

from genoai_desktop.ui.pages.candidates import CandidatesPage
from genoai_desktop.ui.widgets.vacancy import Vacancy
from genoai_desktop.ui.window import MainWindow


def bare(root: Any) -> list[str]:
    """Lists and tables in view without a row, and without words in place of rows."""
    found = []
    for view in root.findChildren(QAbstractItemView):
        if not view.isVisible() or view.model() is None or view.objectName().startswith("qt_"):
            continue
        if view.model().rowCount() == 0:
            told = [one for one in view.viewport().findChildren(QLabel) if one.isVisible() and one.text()]
            if not told:
                found.append(f"{type(root).__name__}: {view.accessibleName()}")
    return found


def test_words_come_and_go_with_the_rows(qtbot: QtBot) -> None:
    made = QListWidget()
    qtbot.addWidget(made)
    vacancy = Vacancy(made, "Nothing yet.")
    made.show()
    assert vacancy.words.isVisible()
    assert made.accessibleDescription() == "Nothing yet."
    made.addItem("one")
    assert not vacancy.words.isVisible()
    assert made.accessibleDescription() == ""
    made.item(0).setHidden(True)
    vacancy.look()
    assert vacancy.words.isVisible()
    made.clear()
    vacancy.say("Gone.")
    assert vacancy.words.text() == "Gone."
    assert vacancy.words.width() > made.viewport().width() - 40


def test_a_list_of_candidates_narrowed_to_nothing_says_so(opened: MainWindow) -> None:
    opened.show_page("candidates")
    page = opened.page
    assert isinstance(page, CandidatesPage)
    page.finder.setText("xylophone")
    assert page.vacancy.words.isVisible()
    page.finder.clear()
    assert not page.vacancy.words.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize(
    "name", ["open", "notes", "letterhead", "settings", "language", "palette", "about", "help"]
)
def test_no_dialog_of_the_menus_shows_an_empty_box(opened: MainWindow, qtbot: QtBot, name: str) -> None:
    opened.actions_by_id[name].trigger()
    qtbot.wait(1)
    dialogs = [one for one in opened.findChildren(QDialog) if one.isVisible()]
    assert dialogs
    assert [what for one in dialogs for what in bare(one)] == []
    for one in dialogs:
        one.reject()
