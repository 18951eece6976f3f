"""About: every source with its version and licence, the models' bias audits; and the keyboard shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from platform import python_version
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
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
from genoai_desktop.ui.in_turn import InTurn, into
from genoai_desktop.ui.viewmodels.sources import Source, sources
from genoai_desktop.ui.widgets.basics import box, button, card, column, facts, label, row
from genoai_desktop.ui.widgets.scroll import ScrollBody
from genoai_desktop.ui.widgets.served import audits

if TYPE_CHECKING:
    from genoai_desktop.models.audits import Audit


def about_dialog(desk: Desk, parent: QWidget) -> QDialog:
    """What the program is, what it knows from where, and how well its models do in groups of people."""
    tabs = QTabWidget()
    tabs.setAccessibleName(tr("About, sources and bias audit"))
    pages: tuple[tuple[str, Callable[[], QWidget]], ...] = (
        (tr("This program"), lambda: _program(desk)),
        (tr("Sources and licences"), lambda: _sources(desk)),
        (tr("Bias audit"), _audit_page),
    )

    def look(at: int) -> None:
        """Each is made when it is first looked at."""
        page = tabs.widget(at)
        if page is not None and page.layout() is None:
            page.setLayout(column(pages[at][1]()))

    for title, _ in pages:
        tabs.addTab(QWidget(), title)
    look(0)
    tabs.currentChanged.connect(look)
    return _framed(parent, tr("About GenoAI Desktop"), "", tabs)


def _program(desk: Desk) -> QWidget:
    from genoai_desktop.app.medicines import review_words

    found = facts(
        (
            (tr("Version"), __version__),
            (tr("Licence"), "Apache License 2.0"),
            (tr("Runs on"), f"Python {python_version()}, Qt {qVersion()}"),
            (tr("Tables of knowledge"), written(len(desk.services.knowledge.bundle.tables))),
        ),
        columns=4,
    )
    said = tr(
        "Decision support for trained professionals. Works without a network; nothing about a patient leaves "
        "this computer. It cannot see what the laboratory did not sequence, and it does not make a diagnosis."
    )
    reviewed = label(review_words(desk.services.knowledge), wrap=True)
    cards = (
        card(label(said, wrap=True), found, title=tr("What it is for")),
        card(reviewed, title=tr("Review of the medicines")),
    )
    return _scrolling(tr("This program"), *cards)


def _sources(desk: Desk) -> QWidget:
    """Name, source, and in one line version, licence and size of each: words that wrap, not columns."""
    hint = tr("In the third line: version or date of the source, its licence, and how much of it is bundled.")
    whole = card(label(hint, "muted", wrap=True))
    area = ScrollBody(tr("Sources, versions and licences"), column(whole, None, space="m"))
    lines = whole.layout()
    assert isinstance(lines, QBoxLayout)
    found = sources(desk.services.knowledge.bundle.tables.values())
    InTurn(area, area.fit).start(into(lines, map(_source, found)))
    return box(column(area, margins=True))


def _source(one: Source) -> QWidget:
    size = tr("{count} entries", count=written(one.entries))
    told = label(f"{one.release}  ·  {one.licence}  ·  {size}", "caption", wrap=True)
    told.setToolTip(joined(", ", one.tables))
    parts = label(one.name, "strong", wrap=True), label(one.source, wrap=True), told
    return box(column(*parts, space="xs"))


def _scrolling(name: str, *cards: QWidget) -> QWidget:
    area = ScrollBody(name, column(*cards, None, space="m"))
    return box(column(area, margins=True))


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
    # as wide as the words are in the theme, which comes after them
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
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
