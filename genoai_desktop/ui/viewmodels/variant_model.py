"""The table model over columns: five million rows cost nothing until they are looked at."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from genoai_desktop.domain.genome import chromosome_name
from genoai_desktop.domain.numbers import written
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.vocabulary import term
from genoai_desktop.ui.viewmodels.browse import Rows
from genoai_desktop.ui.widgets.variant import percent

Index = QModelIndex | QPersistentModelIndex
_BLOCK = 128
_BLOCKS_KEPT = 64


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the browser; ``order`` are the data columns that sorting by it uses."""

    title: str
    width: int
    order: tuple[str, ...]
    right: bool = False
    tip: str = ""
    """What the column says, for who points at its head."""


def columns() -> tuple[Column, ...]:
    """The columns in the order of the table."""
    return (
        Column(tr("Position"), 124, ("chrom", "pos"), tip=tr("Chromosome and first base, counted from 1.")),
        Column(tr("Bases"), 88, ("ref", "alt"), tip=tr("Reference allele > alternate allele.")),
        Column(tr("Gene"), 84, ("gene",)),
        Column(
            tr("Consequence"),
            168,
            ("impact", "consequence"),
            tip=tr("What the change does to the gene's transcript. Sorted by how grave that is."),
        ),
        Column(
            tr("Genotype"),
            82,
            ("dosage",),
            tip=tr("het: one of two copies; hom: both copies; hemi: the only copy."),
        ),
        Column(
            tr("Frequency"),
            84,
            ("freq_max",),
            right=True,
            tip=tr(
                "Highest share of alleles in any bundled population. “listed”: known, without a number. "
                "“–”: in none of the sources, which is no proof of rarity."
            ),
        ),
        Column(
            tr("ClinVar"),
            140,
            ("clinvar_class",),
            tip=tr("Class of the bundled ClinVar release, and the stars of its review, 0 to 4."),
        ),
        Column(tr("Depth"), 62, ("dp",), right=True, tip=tr("Reads over the position.")),
        Column(
            tr("Quality"),
            68,
            ("gq",),
            right=True,
            tip=tr("Genotype quality: at 20 one genotype in 100 is wrong, at 30 one in 1000."),
        ),
        Column(
            tr("Filter"), 80, ("filter",), tip=tr("What the laboratory's own filters said; PASS is good.")
        ),
        Column(tr("rsID"), 104, ("rsid",), tip=tr("Its number in dbSNP.")),
    )


class VariantModel(QAbstractTableModel):
    """Rows of a view over a frame. ``order_wanted`` asks for sorting, which a worker does."""

    order_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.columns = columns()
        self._frame = pl.DataFrame()
        self._rows: Rows = np.empty(0, dtype=np.uint32)
        self._blocks: OrderedDict[int, list[tuple[str, ...]]] = OrderedDict()

    def show(self, frame: pl.DataFrame, rows: Rows) -> None:
        """Show these rows of this frame."""
        self.beginResetModel()
        self._frame, self._rows = frame, rows
        self._blocks.clear()
        self.endResetModel()

    def source_row(self, row: int) -> int:
        """The row of the frame behind a row of the view."""
        return int(self._rows[row])

    def view_row(self, source: int) -> int | None:
        """The row of the view that shows a row of the frame; None when it is hidden."""
        found = np.flatnonzero(self._rows == source)
        return int(found[0]) if len(found) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Rows in view."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Columns of the browser."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment, and the whole text as a tool tip."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._block(index.row() // _BLOCK)[index.row() % _BLOCK][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight
                if self.columns[index.column()].right
                else Qt.AlignmentFlag.AlignLeft
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles of the columns; running numbers of the rows."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.ToolTipRole:
                return self.columns[section].tip or None
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = (
                    Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
                )
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        elif role == Qt.ItemDataRole.DisplayRole:
            return str(section + 1)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; the rows change when the worker is done."""
        if 0 <= column < len(self.columns):
            down = order == Qt.SortOrder.DescendingOrder
            self.order_wanted.emit(tuple((name, down) for name in self.columns[column].order))

    def _block(self, number: int) -> list[tuple[str, ...]]:
        block = self._blocks.get(number)
        if block is None:
            rows = self._rows[number * _BLOCK : (number + 1) * _BLOCK]
            block = [_words(record) for record in self._frame[pl.Series(rows)].iter_rows(named=True)]
            self._blocks[number] = block
            if len(self._blocks) > _BLOCKS_KEPT:
                self._blocks.popitem(last=False)
        return block


def _words(record: dict[str, Any]) -> tuple[str, ...]:
    ref, alt = _short(record["ref"]), _short(record["alt"])
    consequence = term(record.get("consequence") or "")
    return (
        f"{chromosome_name(record['chrom'])}:{record['pos']:,}",
        f"{ref} > {alt}",
        record.get("gene") or "",
        consequence,
        _genotype(record.get("dosage"), record.get("called")),
        _frequency(record.get("freq_kind"), record.get("freq_max")),
        _clinvar(record.get("clinvar_class"), record.get("clinvar_stars")),
        _number(record.get("dp")),
        _number(record.get("gq")),
        str(record.get("filter") or "."),
        record.get("rsid") or "",
    )


def _short(allele: str | None) -> str:
    text = allele or "."
    return text if len(text) <= 8 else f"{text[:5]}…({len(text)})"


def _genotype(dosage: int | None, called: int | None) -> str:
    if dosage is None:
        return tr("not called")
    if dosage == 0:
        return tr("not carried")
    if called == 1:
        return tr("hemi")
    return tr("hom") if dosage == called else tr("het")


def _frequency(kind: int | None, highest: float | None) -> str:
    if kind == 2 and highest is not None:
        return percent(highest)
    return tr("listed") if kind == 1 else "–"


def _clinvar(code: int | None, stars: int | None) -> str:
    names = (
        "",
        tr("benign"),
        tr("likely benign"),
        tr("uncertain"),
        tr("likely pathogenic"),
        tr("pathogenic"),
        tr("conflicting"),
    )
    return f"{names[code or 0]} {'★' * (stars or 0)}".strip()


def _number(value: float | None) -> str:
    return "" if value is None else written(value, ".0f")
