"""The ledger's rows for a table view: filtered, sorted, in words. Thousands of rows without a stutter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from genoai_desktop.domain.text import joined, tr
from genoai_desktop.domain.vocabulary import term

if TYPE_CHECKING:
    from genoai_desktop.app.casebook.ledger import LedgerRow, Recontact

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def wish_text(recontact: Recontact) -> str:
    """The patient's wish about being contacted again, with its date."""
    words = {
        "yes": tr("wants to hear"),
        "no": tr("does not want to hear"),
        "withdrawn": tr("withdrawn"),
    }.get(recontact.wish, tr("not asked"))
    return f"{words}, {recontact.date}" if recontact.date else words


def class_words(classification: str) -> str:
    """A class of ACMG or ClinVar as it begins a cell."""
    words = str(term(classification)) if classification else tr("not classified")
    return words[:1].upper() + words[1:]


def _class(row: LedgerRow) -> str:
    points = "" if row.entry.points is None else f" ({row.entry.points:+d})"
    return f"{class_words(row.entry.classification)}{points}"


def _clinvar(row: LedgerRow) -> str:
    entry = row.entry
    if not entry.clinvar:
        return "–"
    return f"{class_words(entry.clinvar)}, {'★' * entry.clinvar_stars or tr('no star')}"


def _place(row: LedgerRow) -> str:
    key = row.entry.variant
    return f"{key.chromosome}:{key.position:,} {key.ref}>{key.alt} ({key.build})"


_COLUMNS: tuple[tuple[str, Callable[[LedgerRow], str], Callable[[LedgerRow], Any]], ...] = (
    ("Case", lambda row: row.title, lambda row: row.title.casefold()),
    ("Gene", lambda row: row.entry.gene, lambda row: row.entry.gene),
    ("Change", lambda row: row.entry.hgvs_c or row.entry.hgvs_g, lambda row: row.entry.hgvs_c),
    (
        "Class (points)",
        _class,
        lambda row: (-100 if row.entry.points is None else row.entry.points, row.entry.classification),
    ),
    ("ClinVar then", _clinvar, lambda row: (row.entry.clinvar, row.entry.clinvar_stars)),
    ("Disease", lambda row: row.entry.disease, lambda row: row.entry.disease.casefold()),
    (
        "Contact again",
        lambda row: wish_text(row.recontact),
        lambda row: (not row.recontact.wanted, row.recontact.date),
    ),
    ("Analysed", lambda row: row.analysed[:10], lambda row: row.analysed),
    ("News", lambda row: tr("changed") if row.changed else "", lambda row: not row.changed),
    (
        "Position",
        _place,
        lambda row: (row.entry.variant.chromosome.rjust(2), row.entry.variant.position),
    ),
)


def headers() -> tuple[str, ...]:
    """Titles of the columns in the window's language."""
    return (
        tr("Case"), tr("Gene"), tr("Change"), tr("Class (points)"), tr("ClinVar then"), tr("Disease"),
        tr("Contact again"), tr("Analysed"), tr("News"), tr("Position"),
    )  # fmt: skip


class LedgerModel(QAbstractTableModel):
    """``rows`` in the order of the last sorting."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[LedgerRow] = []
        self._titles = headers()
        self._sorted: tuple[int, Qt.SortOrder] = (0, Qt.SortOrder.AscendingOrder)

    def show(self, rows: Sequence[LedgerRow]) -> None:
        """Take these rows in place of the old."""
        self.beginResetModel()
        self.rows = self._ordered(rows)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By what the column means, not by its letters."""
        self._sorted = (column, order)
        self.beginResetModel()
        self.rows = self._ordered(self.rows)
        self.endResetModel()

    def _ordered(self, rows: Sequence[LedgerRow]) -> list[LedgerRow]:
        column, order = self._sorted
        if not 0 <= column < len(_COLUMNS):
            return list(rows)
        return sorted(rows, key=_COLUMNS[column][2], reverse=order is Qt.SortOrder.DescendingOrder)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell."""
        if not index.isValid() or role not in _SHOWN:
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 3:
            return joined(", ", row.entry.codes) or None
        return _COLUMNS[index.column()][1](row)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The title of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None
