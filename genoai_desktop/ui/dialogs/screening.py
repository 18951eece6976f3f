"""The clinic's own screening options, as a table to edit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from genoai_desktop.domain.text import tr
from genoai_desktop.ui.bridge import Runner
from genoai_desktop.ui.desk import Desk
from genoai_desktop.ui.dialogs.typing_dialog import TypingDialog
from genoai_desktop.ui.widgets.banner import Banner
from genoai_desktop.ui.widgets.basics import button, column, label, row
from genoai_desktop.ui.widgets.flow import flowing
from genoai_desktop.ui.widgets.vacancy import Vacancy

_OPTION = 4
_WIDTHS = (90, 70, 80, 60, 340, 210, 90)


class ScreeningDialog(TypingDialog):
    """Rows of ``knowledge.screening``; ``saved`` once they are in force."""

    saved = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.runner = Runner(desk.pool, self)
        self.setWindowTitle(tr("Screening options"))
        self.setAccessibleName(self.windowTitle())
        self.resize(1040, 640)
        self.banner = Banner(desk.theme)
        self.table = _table()
        self._read: tuple[tuple[str, ...], ...] = ()
        self.save_button = button(tr("Use this table"), self.save, kind="primary")
        self.add_button = button(tr("Add a row"), self.add)
        self.remove_button = button(tr("Remove the chosen rows"), self.remove, kind="quiet")
        text = tr(
            "Options to talk about with carriers and by chance of breast cancer; never orders. Rows that you "
            "change are the clinic's own and stay when the bundled table is renewed. “From” is a chance from "
            "0 to 1, for the gene “breast-risk” alone. Each option needs its guideline and a date."
        )
        tools = flowing(self.add_button, self.remove_button, gap="l")
        foot = row(None, button(tr("Cancel"), self.reject), self.save_button)
        head, told = label(self.windowTitle(), "heading", wrap=True), label(text, "muted", wrap=True)
        self.setLayout(column(head, self.banner, told, self.table, tools, foot, space="m", margins=True))
        self.save_button.setEnabled(False)
        self.runner.run(
            desk.services.screening_rows, done=self.show_rows, failed=self.banner.explain, key="read"
        )

    def show_rows(self, rows: tuple[tuple[str, ...], ...]) -> None:
        """Fill the table."""
        self.table.setRowCount(len(rows))
        for number, cells in enumerate(rows):
            self._fill(number, cells)
        self._read = self.rows()
        self.save_button.setEnabled(True)

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The table as it is now."""
        found = []
        for number in range(self.table.rowCount()):
            cells = (self.table.item(number, place) for place in range(self.table.columnCount()))
            found.append(tuple("" if cell is None else cell.text().strip() for cell in cells))
        return tuple(found)

    def add(self) -> None:
        """An empty row at the end, ready to be typed into."""
        number = self.table.rowCount()
        self.table.setRowCount(number + 1)
        self._fill(number, ("", "any", "", "", "", "", ""))
        self.table.setCurrentCell(number, 0)
        self.table.scrollToBottom()

    def remove(self) -> None:
        """Take the chosen rows away."""
        chosen = {index.row() for index in self.table.selectedIndexes()}
        for number in sorted(chosen, reverse=True):
            self.table.removeRow(number)

    def save(self) -> None:
        """Check every row and put the table into force; say which row cannot be otherwise."""
        services = self.desk.services
        self.runner.run(
            services.keep_screening, self.rows(), done=self._kept, failed=self.banner.explain, key="save"
        )

    def more_entered(self) -> bool:
        """Cells of the table."""
        return self.rows() != self._read

    def done(self, result: int) -> None:
        """Stop what is under way before closing."""
        self.runner.cancel_all()
        super().done(result)

    def _kept(self, _count: int) -> None:
        self.accept()
        self.saved.emit()

    def _fill(self, number: int, cells: tuple[str, ...]) -> None:
        for place, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self.table.setItem(number, place, item)


def _table() -> QTableWidget:
    heads = (tr("Gene"), tr("Sex"), tr("Within"), tr("From"), tr("Option"), tr("Guideline"), tr("Dated"))
    made = QTableWidget(0, len(heads))
    made.setAccessibleName(tr("Screening options"))
    made.setHorizontalHeaderLabels(list(heads))
    made.setAlternatingRowColors(True)
    made.setShowGrid(False)
    made.setWordWrap(True)
    made.setTabKeyNavigation(False)
    made.setCornerButtonEnabled(False)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.verticalHeader().hide()
    made.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for place, width in enumerate(_WIDTHS):
        made.setColumnWidth(place, width)
    Vacancy(made, tr("No option is listed. Add a row below."))
    made.horizontalHeader().setSectionResizeMode(_OPTION, QHeaderView.ResizeMode.Stretch)
    return made
