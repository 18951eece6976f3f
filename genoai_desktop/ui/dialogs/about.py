"""About: every source with its version and licence; and the list of keyboard shortcuts."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from genoai_desktop import __version__
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.widgets.basics import button, column, label, row


def about_dialog(desk: Desk, parent: QWidget) -> QDialog:
    """What the program is, and what it knows from where."""
    tables = desk.services.knowledge.bundle.tables.values()
    rows = [(info.name, info.source, info.release, info.licence, f"{info.rows:,}") for info in tables]
    heads = (tr("Table"), tr("Source"), tr("Release"), tr("Licence"), tr("Rows"))
    text = tr(
        "Decision support for trained professionals. Works without a network; nothing about a patient leaves "
        "this computer. It cannot see what the laboratory did not sequence, and it does not make a diagnosis."
    )
    return _dialog(parent, tr("About GenoAI Desktop {version}", version=__version__), text, heads, rows)


def shortcuts_dialog(parent: QWidget, choices: Sequence[QAction]) -> QDialog:
    """Every shortcut, from the table of actions."""
    rows = [
        (a.shortcut().toString(), a.text().replace("&", "")) for a in choices if not a.shortcut().isEmpty()
    ]
    return _dialog(parent, tr("Keyboard shortcuts"), "", (tr("Keys"), tr("Action")), rows)


def _dialog(
    parent: QWidget, title: str, text: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> QDialog:
    made = QDialog(parent)
    made.setWindowTitle(title)
    made.setAccessibleName(title)
    made.resize(820, 560)
    table = QTableWidget(len(rows), len(heads))
    table.setAccessibleName(title)
    table.setHorizontalHeaderLabels(list(heads))
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    for y, cells in enumerate(rows):
        for x, cell in enumerate(cells):
            table.setItem(y, x, QTableWidgetItem(cell))
    table.resizeColumnsToContents()
    table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    words = [label(text, wrap=True)] if text else []
    close = button(tr("Close"), made.accept, kind="primary")
    made.setLayout(column(label(title, "heading"), *words, table, row(None, close), margins=True, space="m"))
    return made
