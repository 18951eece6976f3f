"""Long lists come into a table bit by bit."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genoai_desktop.ui.dialogs.frame import fill, filled, selected, table


def rows(count: int) -> list[tuple[int, tuple[str, str]]]:
    return [(number, (f"{number:>5}", "words")) for number in range(count)]


def test_a_long_list_comes_in_steps_and_is_sorted_at_the_end(qtbot: QtBot) -> None:
    made = table("Numbers", ("No.", "What"))
    qtbot.addWidget(made)
    made.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    steps = filled(made, rows(120))
    next(steps)
    assert 0 < made.rowCount() < 120
    assert len(list(steps)) > 2
    assert made.rowCount() == 120
    assert made.item(0, 0).text().strip() == "119"


def test_the_chosen_row_stays_chosen(qtbot: QtBot) -> None:
    made = table("Numbers", ("No.", "What"))
    qtbot.addWidget(made)
    fill(made, rows(60))
    made.selectRow(40)
    chosen = selected(made)
    fill(made, rows(80))
    assert selected(made) == chosen
    assert made.rowCount() == 80
