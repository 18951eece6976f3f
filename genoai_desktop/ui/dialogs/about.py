"""About: every source with its version and licence, the models' bias audits; and the keyboard shortcuts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHeaderView,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QWidget,
)

from genoai_desktop import __version__
from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.widgets.basics import box, button, column, label, row
from genoai_desktop.ui.widgets.served import audits

if TYPE_CHECKING:
    from genoai_desktop.models.audits import Audit


def about_dialog(desk: Desk, parent: QWidget) -> QDialog:
    """What the program is, and what it knows from where."""
    from genoai_desktop.app.medicines import review_words

    tables = desk.services.knowledge.bundle.tables.values()
    rows = [(info.name, info.source, info.release, info.licence, written(info.rows)) for info in tables]
    heads = (tr("Table"), tr("Source"), tr("Release"), tr("Licence"), tr("Rows"))
    text = tr(
        "Decision support for trained professionals. Works without a network; nothing about a patient leaves "
        "this computer. It cannot see what the laboratory did not sequence, and it does not make a diagnosis."
    )
    medicines = tr("Medicines: {review}", review=review_words(desk.services.knowledge))
    tabs = QTabWidget()
    tabs.setAccessibleName(tr("Sources and bias audit"))
    tabs.addTab(_table(tr("Sources, versions and licences"), heads, rows), tr("Sources and licences"))
    tabs.addTab(_audit_page(), tr("Bias audit"))
    return _framed(
        parent, tr("About GenoAI Desktop {version}", version=__version__), f"{text}\n\n{medicines}", tabs
    )


def shortcuts_dialog(parent: QWidget, choices: Sequence[QAction]) -> QDialog:
    """Every shortcut, from the table of actions."""
    rows = [
        (a.shortcut().toString(), a.text().replace("&", "")) for a in choices if not a.shortcut().isEmpty()
    ]
    return _dialog(parent, tr("Keyboard shortcuts"), "", (tr("Keys"), tr("Action")), rows)


def _dialog(
    parent: QWidget, title: str, text: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> QDialog:
    return _framed(parent, title, text, _table(title, heads, rows))


def _framed(parent: QWidget, title: str, text: str, content: QWidget) -> QDialog:
    made = QDialog(parent)
    made.setWindowTitle(title)
    made.setAccessibleName(title)
    made.resize(900, 620)
    words = [label(text, wrap=True)] if text else []
    buttons = row(None, button(tr("Close"), made.accept, kind="primary"))
    made.setLayout(
        column(label(title, "heading", wrap=True), *words, content, buttons, margins=True, space="m")
    )
    return made


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> QTableWidget:
    table = QTableWidget(len(rows), len(heads))
    table.setAccessibleName(title)
    table.setHorizontalHeaderLabels(list(heads))
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for y, cells in enumerate(rows):
        for x, cell in enumerate(cells):
            item = QTableWidgetItem(cell)
            item.setToolTip(cell)
            table.setItem(y, x, item)
    table.resizeColumnsToContents()
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    return table


def _audit_page() -> QWidget:
    """One model at a time: what it was measured on, and the figures of every group."""
    found = audits()
    choose = QComboBox()
    choose.setAccessibleName(tr("Model"))
    stack = QStackedWidget()
    for audit in found:
        choose.addItem(audit.model)
        stack.addWidget(QWidget())

    def turn(at: int) -> None:
        """Made when it is first looked at."""
        page = stack.widget(at)
        if page is not None and page.layout() is None:
            page.setLayout(column(_audit(found[at])))
        stack.setCurrentIndex(at)

    choose.currentIndexChanged.connect(turn)
    hint = tr(
        "How well each model does in groups of people, with 95 % intervals. “Served worse” marks a group in "
        "which the model was measured to do worse than in all together."
    )
    if not found:
        return box(column(label(tr("No audit is bundled."), "muted"), None))
    turn(0)
    head = row(label(tr("Model")), choose, None)
    return box(column(label(hint, "muted", wrap=True), head, stack, margins=True, space="m"))


def _audit(audit: Audit) -> QWidget:
    heads = (tr("Group of"), tr("Group"), tr("Measure"), tr("Value"), tr("95 % interval"), tr("n"), "")
    rows = [
        (
            one.attribute,
            one.group,
            metric_words(one.metric),
            number(one.value),
            f"{number(one.low)} … {number(one.high)}" if one.low is not None else "–",
            written(one.n),
            tr("▲ served worse") if one.worse else "",
        )
        for one in sorted(audit.rows, key=lambda one: (not one.worse, one.attribute, one.metric, one.group))
    ]
    told = tr("Measured on: {data}.", data=audit.data.rstrip("."))
    words = joined(" ", (part for part in (told, audit.statement) if part))
    table = _table(tr("Bias audit of the model {name}", name=audit.model), heads, rows)
    for place in range(table.rowCount()):
        if rows[place][-1]:
            for x in range(table.columnCount()):
                if (cell := table.item(place, x)) is not None:
                    font = cell.font()
                    font.setBold(True)
                    cell.setFont(font)
    return box(column(label(words, wrap=True), table, space="m"))


def metric_words(metric: str) -> str:
    """What a measure of the audits means."""
    words = {
        "first": tr("right diagnosis first"),
        "first ten": tr("right diagnosis among ten"),
        "mae_mg_week": tr("mean error, mg a week"),
        "within_20_percent": tr("within 20 % of the dose, %"),
        "bias_mg_week": tr("too much or too little, mg a week"),
    }
    return words.get(metric, metric.replace("_", " "))


def number(value: float | None) -> str:
    """Three digits that count, a dash where nothing was measured."""
    if value is None:
        return "–"
    return written(value, ".3f" if abs(value) < 1 else ".2f" if abs(value) < 10 else ".1f")
