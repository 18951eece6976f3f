"""What the answers of a questionnaire change in the pedigree, before they are taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from genoai_desktop.domain.text import tr
from genoai_desktop.report.pedigree.layout import lay_out
from genoai_desktop.ui.dialogs.frame import fill, table
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.widgets.basics import button, label, row

if TYPE_CHECKING:
    from genoai_desktop.app.pedigrees.merge import Merged


class MergeDialog(QDialog):
    """Every answer that differs from the case, and whether it is taken; accepted or not as a whole."""

    def __init__(self, merged: Merged, parent: QWidget | None) -> None:
        super().__init__(parent)
        title = tr("Answers of the family questionnaire")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(860, 480)
        taken = sum(one.taken for one in merged.changes)
        self.rows = table(
            tr("What the answers change"),
            (tr("Person"), tr("Detail"), tr("In the case"), tr("In the form"), tr("Then")),
        )
        numbers = lay_out(merged.family, quick=True).numbers
        names = merged.family.by_id
        place = {person: order for order, person in enumerate(numbers)}
        self.rows.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)  # as they come
        fill(
            self.rows,
            (
                (
                    one.person,
                    (
                        f"{numbers[one.person]} {names[one.person].name}".strip(),
                        one.field,
                        one.now or tr("not known"),
                        one.said,
                        tr("added") if one.taken else tr("the case's answer stays"),
                    ),
                )
                for one in sorted(merged.changes, key=lambda one: place[one.person])
            ),
        )
        self.rows.resizeColumnsToContents()
        hint = tr(
            "Nothing that the case knows is written over. Where the form says something else, ask, and "
            "change it in the details. It can be undone as one step."
        )
        self.take = button(tr("Add {count} answers", count=taken), self.accept)
        self.take.setEnabled(taken > 0)
        self.take.setDefault(True)
        words = label(hint, "muted")
        words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE["l"], SPACE["l"], SPACE["l"], SPACE["l"])
        layout.setSpacing(SPACE["m"])
        layout.addWidget(words)
        layout.addWidget(self.rows, 1)
        layout.addLayout(row(None, button(tr("Cancel"), self.reject), self.take))
