"""The family as a list in words: one line for each person, written where it changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from genoai_desktop.domain.family import Family
from genoai_desktop.domain.text import tr
from genoai_desktop.report.pedigree.words import in_words
from genoai_desktop.ui.in_turn import InTurn

if TYPE_CHECKING:
    from genoai_desktop.report.pedigree.layout import Layout

_PERSON = Qt.ItemDataRole.UserRole


class FamilyList(QListWidget):
    """``picked`` carries the person whose line was chosen."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Family members in words"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.turn = InTurn(self)
        self._person = ""
        self._shown: tuple[Family, tuple[str, ...]] | None = None
        self.currentItemChanged.connect(self._chosen)

    def show_family(self, family: Family, layout: Layout, person: str) -> None:
        """Write every line, row by row of the drawing, in turns; one who is ``person`` is marked."""
        self._person = person
        order = tuple(one for people in layout.rows for one in people)
        if (family, order) == self._shown:
            if not self.turn.busy:
                self._mark()
            return
        self._shown = (family, order)
        self.turn.start(self._write(family, order, layout.numbers), self._mark)

    def _write(self, family: Family, order: tuple[str, ...], numbers: dict[str, str]) -> Iterator[None]:
        for row, person in enumerate(order):
            said = f"{numbers[person]}: {in_words(family, person, numbers)}"
            if row == self.count():
                with QSignalBlocker(self):
                    self.addItem(QListWidgetItem(said))
            elif self.item(row).text() != said:
                self.item(row).setText(said)
            self.item(row).setData(_PERSON, person)
            yield
        with QSignalBlocker(self):
            while self.count() > len(order):
                self.takeItem(self.count() - 1)

    def _mark(self) -> None:
        for row in range(self.count()):
            if self.item(row).data(_PERSON) == self._person:
                with QSignalBlocker(self):
                    self.setCurrentRow(row)
                return

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(str(item.data(_PERSON)))
