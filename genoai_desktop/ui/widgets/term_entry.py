"""One term of the case: seen or not, since when, how severe."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QBoxLayout, QComboBox, QWidget

from genoai_desktop.domain.case import ObservedTerm
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.widgets.basics import box, button, label, row
from genoai_desktop.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from genoai_desktop.app.phenotype import Choice, Qualifiers


_NAME, _WIDEST = 260, 400
"""Room for a term before its choices, so that those stand in columns, at the normal text size."""


_BELOW_FROM = 130
"""Text size in per cent from which a term's identifier stands below its name."""


class TermEntry(QWidget):
    """``changed`` is called with the new term, ``removed`` with nothing."""

    def __init__(
        self,
        term: ObservedTerm,
        name: str,
        qualifiers: Qualifiers | None,
        *,
        changed: Callable[[ObservedTerm], Any],
        removed: Callable[[], Any],
    ) -> None:
        super().__init__()
        self._term, self._changed = term, changed
        other = tr("Mark as observed") if term.excluded else tr("Mark as not seen")
        turn = button(other, self._turn, kind="quiet", name=f"{other}: {name}")
        remove = button(tr("Remove"), removed, kind="quiet", name=tr("Remove {name}", name=name))
        shown = label(name)
        self.onset = self._choice(tr("Onset"), name)
        self.severity = self._choice(tr("Severity"), name)
        self.know(qualifiers)
        self.onset.activated.connect(
            lambda _at: self._changed(replace(term, onset=self.onset.currentData() or None))
        )
        self.severity.activated.connect(
            lambda _at: self._changed(replace(term, severity=self.severity.currentData() or None))
        )
        self._names = row(shown, label(term.id, "caption"), None)
        self.what = what = box(self._names)
        what.setMinimumWidth(_NAME)
        layout = FlowLayout()
        choices = () if term.excluded else (self.onset, self.severity)  # hidden ones would leave a gap
        for part in (what, *choices, box(row(turn, remove))):
            layout.addWidget(part)
        self.setLayout(layout)
        for field in (self.onset, self.severity):
            field.setVisible(not term.excluded)

    def know(self, qualifiers: Qualifiers | None) -> None:
        """Offer these; before they are known, what was chosen stands there by its identifier."""
        if not self._term.excluded:
            _offer(self.onset, qualifiers.onset if qualifiers else (), self._term.onset)
            _offer(self.severity, qualifiers.severity if qualifiers else (), self._term.severity)

    @staticmethod
    def align(entries: Sequence[TermEntry], scale: int) -> None:
        """Give the names of a list one width, so that what stands beside them stands in columns."""
        down = QBoxLayout.Direction.TopToBottom if scale >= _BELOW_FROM else QBoxLayout.Direction.LeftToRight
        for entry in entries:
            entry._names.setDirection(down)
        widest = max((entry.what.sizeHint().width() for entry in entries), default=0)
        for entry in entries:
            entry.what.setMinimumWidth(max(_NAME, min(widest, _WIDEST * scale // 100)))

    def _turn(self) -> None:
        turned = replace(self._term, excluded=not self._term.excluded)
        self._changed(replace(turned, onset=None, severity=None) if turned.excluded else turned)

    def _choice(self, title: str, name: str) -> QComboBox:
        made = QComboBox(self)
        made.setAccessibleName(f"{title}: {name}")
        made.setToolTip(title)
        made.addItem(tr("{what}: not stated", what=title), "")
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(len(made.itemText(0)) + 1)
        return made


def _offer(field: QComboBox, choices: tuple[Choice, ...], chosen: str | None) -> None:
    """These after "not stated", which stays."""
    while field.count() > 1:
        field.removeItem(1)
    for identifier, words in choices:
        field.addItem(words, identifier)
    if chosen and field.findData(chosen) < 0:
        field.addItem(chosen, chosen)
    field.setCurrentIndex(max(0, field.findData(chosen or "")))
