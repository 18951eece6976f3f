"""Every variant of every stored case: search, filters, sorting, export, and the way to the case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QFileDialog, QTableView, QWidget

from genoai_desktop.domain.acmg import AcmgClass
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.dialogs.fields import text_field
from genoai_desktop.ui.viewmodels.ledger import LedgerModel, class_words, wish_text
from genoai_desktop.ui.widgets.basics import button, checkbox, column, label
from genoai_desktop.ui.widgets.beside import beside
from genoai_desktop.ui.widgets.table_tools import TableTools
from genoai_desktop.ui.widgets.vacancy import Vacancy

if TYPE_CHECKING:
    from genoai_desktop.app.casebook.ledger import LedgerRow

_LOW = 160
"""Least height of the table."""
_WIDTHS = (210, 80, 130, 190, 190, 220, 190, 90, 80, 220)


class LedgerTable(QWidget):
    """``open_wanted`` carries a case's identifier, ``export_wanted`` the rows shown and a path."""

    open_wanted = Signal(str)
    export_wanted = Signal(object, object)

    def __init__(
        self, settings: QSettings | None = None, may_copy: Callable[[], bool] = lambda: True
    ) -> None:
        super().__init__()
        self._scale = 100
        self._all: Sequence[LedgerRow] = ()
        self.finder = text_field(tr("Search the ledger"), tr("case, gene, change, disease or position"))
        self.finder.setClearButtonEnabled(True)
        self.finder.textChanged.connect(lambda _text: self._filter())
        self.classes = _choice(tr("Class"))
        self.genes = _choice(tr("Gene"))
        self.wishes = _choice(tr("Contact again"))
        for box in (self.classes, self.genes, self.wishes):
            box.currentIndexChanged.connect(lambda _index: self._filter())
        self.changed = checkbox(tr("Only with news"))
        self.changed.toggled.connect(lambda _on: self._filter())
        self.model = LedgerModel()
        self.view = self._view()
        self.tools = TableTools(
            self.view,
            "ledger",
            settings,
            may_leave=may_copy,
            extra=lambda _index: [(tr("Open the case"), self._open)],
            fit=lambda: self.widen(self._scale),
        )
        self.count = label("", "muted", wrap=True)
        self.view.setMinimumHeight(_LOW)
        self.open_button = button(tr("Open the case"), self._open, kind="primary")
        self.export_button = button(tr("Export what is shown…"), self._export)
        self._fill_choices()
        self.setLayout(
            column(
                beside(self.finder, self.classes, self.genes, self.wishes, self.changed, gap="s"),
                self.view,
                beside(self.count, self.export_button, self.open_button, gap="s"),
                space="m",
                margins=True,
            )
        )
        self._enable()

    def widen(self, scale: int) -> None:
        """Columns as a person left them, or as wide as the text size (per cent) asks for."""
        self._scale = scale
        if not self.tools.restore(scale):
            header = self.view.horizontalHeader()
            for place, width in enumerate(_WIDTHS):
                self.view.setColumnWidth(place, max(width * scale // 100, header.sectionSizeHint(place)))

    def show_rows(self, rows: Sequence[LedgerRow]) -> None:
        """The whole ledger; filters stay as they are."""
        self._all = rows
        self._fill_choices()
        self._filter()

    def put_down(self) -> None:
        """Let go of the rows; what is chosen to filter them by stays."""
        self._all = ()
        self._filter()

    @property
    def shown(self) -> list[LedgerRow]:
        """What the filters let by, as sorted."""
        return self.model.rows

    def _view(self) -> QTableView:
        made = QTableView()
        made.setAccessibleName(tr("Variants of all stored cases"))
        made.setModel(self.model)
        Vacancy(made, tr("No variant fits. Take a filter away."))
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setTabKeyNavigation(False)
        made.setAlternatingRowColors(True)
        made.setShowGrid(False)
        made.setWordWrap(False)
        made.setCornerButtonEnabled(False)
        made.verticalHeader().hide()
        made.horizontalHeader().setStretchLastSection(True)
        made.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        made.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        made.setSortingEnabled(True)
        for place, width in enumerate(_WIDTHS):
            made.setColumnWidth(place, width)
        made.selectionModel().selectionChanged.connect(lambda _new, _old: self._enable())
        self.model.modelReset.connect(self._enable)
        made.activated.connect(lambda _index: self._open())
        return made

    def _fill_choices(self) -> None:
        classes = [str(item) for item in AcmgClass]
        genes = sorted({item.entry.gene for item in self._all})
        wishes = {item.recontact.wish: item.recontact for item in self._all}
        _refill(self.classes, tr("Every class"), [(class_words(name), name) for name in classes])
        _refill(self.genes, tr("Every gene"), [(gene, gene) for gene in genes])
        words = [(wish_text(type(one)(wish)), wish) for wish, one in sorted(wishes.items())]
        _refill(self.wishes, tr("Every preference"), words)

    def _filter(self) -> None:
        words = self.finder.text().casefold().split()
        tests: list[Callable[[LedgerRow], bool]] = []
        if words:
            tests.append(lambda item: all(word in _searched(item) for word in words))
        if chosen := self.classes.currentData():
            tests.append(lambda item: item.entry.classification == chosen)
        if gene := self.genes.currentData():
            tests.append(lambda item: item.entry.gene == gene)
        if wish := self.wishes.currentData():
            tests.append(lambda item: item.recontact.wish == wish)
        if self.changed.isChecked():
            tests.append(lambda item: item.changed)
        kept = [item for item in self._all if all(test(item) for test in tests)]
        self.model.show(kept)
        text = tr("{shown} of {all} variants", shown=len(kept), all=len(self._all))
        self.count.setText(text)
        self.count.setAccessibleName(text)

    def _enable(self) -> None:
        self.open_button.setEnabled(self.view.selectionModel().hasSelection())
        self.export_button.setEnabled(bool(self.model.rows))

    def _open(self) -> None:
        chosen = self.view.selectionModel().selectedRows()
        if chosen:
            self.open_wanted.emit(self.model.rows[chosen[0].row()].uid)

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Export the ledger"), "ledger.csv", "CSV (*.csv)")
        if name:
            self.export_wanted.emit(tuple(self.model.rows), Path(name))


def _searched(item: LedgerRow) -> str:
    entry = item.entry
    words = (item.title, entry.gene, entry.hgvs_c, entry.hgvs_p, entry.hgvs_g, entry.disease)
    return " ".join((*words, str(entry.variant), entry.clinvar)).casefold()


def _choice(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made


def _refill(box: QComboBox, every: str, entries: Sequence[tuple[str, Any]]) -> None:
    """New entries; what was chosen stays chosen where it is still there."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    box.addItem(every, "")
    for words, value in entries:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
