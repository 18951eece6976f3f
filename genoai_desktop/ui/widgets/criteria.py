"""The ACMG criteria of one variant: both classes, and a table whose rows open the editor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from genoai_desktop.domain.acmg import Classification, Criterion, Strength, Verdict
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.domain.vocabulary import term
from genoai_desktop.ui.widgets.basics import badge, button, card, checkbox, label
from genoai_desktop.ui.widgets.flow import flowing
from genoai_desktop.ui.widgets.variant import class_tone, title

_WHY, _SOURCE = 3, 4
_LETTERS = 90
"""Letters in a line of the table from which there is room for the source; the tip of the reason has it."""
Chosen = Callable[[Criterion], None]


def strength_words(strength: Strength) -> str:
    """A strength as a person reads it."""
    words = {
        Strength.SUPPORTING: tr("supporting"),
        Strength.MODERATE: tr("moderate"),
        Strength.STRONG: tr("strong"),
        Strength.VERY_STRONG: tr("very strong"),
        Strength.STAND_ALONE: tr("stand-alone"),
    }
    return words[strength]


def verdict_words(verdict: Verdict) -> str:
    """A verdict as a person reads it."""
    words = {
        Verdict.MET: tr("met"),
        Verdict.NOT_MET: tr("not met"),
        Verdict.NOT_ASSESSED: tr("not assessed"),
    }
    return words[verdict]


def classes_row(classification: Classification) -> QWidget:
    """The class in both systems, and what it was before a person's edits."""
    by_points, by_rules = classification.by_points, classification.by_rules
    parts = [
        badge(
            tr("Points: {value} ({points})", value=term(by_points), points=f"{classification.points:+d}"),
            class_tone(by_points),
        ),
        badge(tr("2015 rules: {value}", value=term(by_rules)), class_tone(by_rules)),
    ]
    if classification.before_edits is not None:
        parts.append(badge(tr("Before edits: {value}", value=term(classification.before_edits)), "neutral"))
    made = flowing(*parts)
    made.setAccessibleName(joined("; ", (part.text() for part in parts)))
    return made


class CriteriaTable(QTableWidget):
    """One row a criterion, as tall as its rows; Enter or a double click opens the editor."""

    def __init__(self, variant: ReportedVariant, chosen: Chosen) -> None:
        heads = (tr("Code"), tr("Verdict"), tr("Strength"), tr("Why"), tr("Source"))
        super().__init__(0, len(heads))
        self._chosen = chosen
        self.criteria: tuple[Criterion, ...] = ()
        self.setAccessibleName(tr("ACMG criteria of {variant}", variant=title(variant)))
        self.setHorizontalHeaderLabels(list(heads))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        for column in range(3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(4, 150)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.doubleClicked.connect(lambda index: self.open(index.row()))

    def show_criteria(self, criteria: tuple[Criterion, ...]) -> None:
        """Put these in place of what is shown."""
        self.criteria = criteria
        self.setRowCount(len(criteria))
        for y, criterion in enumerate(criteria):
            cells = _cells(criterion)
            for x, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text if x != _WHY else joined("\n", (part for part in cells[_WHY:] if part)))
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self.setItem(y, x, item)
        if criteria:
            self.setCurrentCell(0, 0)
        self._fit()

    def open(self, index: int) -> None:
        """Edit the criterion of a row."""
        if 0 <= index < len(self.criteria):
            self._chosen(self.criteria[index])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the editor."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open(self.currentRow())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Reasons wrap anew, so the rows change their height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            letters = event.size().width() // max(1, self.fontMetrics().averageCharWidth())
            self.setColumnHidden(_SOURCE, letters < _LETTERS)
            self._fit()

    def sizeHint(self) -> QSize:
        """As tall as everything in it."""
        return QSize(super().sizeHint().width(), self._whole)

    @property
    def _whole(self) -> int:
        rows = sum(self.rowHeight(index) for index in range(self.rowCount()))
        return self.horizontalHeader().sizeHint().height() + rows + 2 * self.frameWidth()

    def _fit(self) -> None:
        self.resizeRowsToContents()
        for index in range(self.rowCount()):
            # Qt measures the text without the style's padding, and so may lack a line.
            self.setRowHeight(index, self.rowHeight(index) + self.fontMetrics().lineSpacing() // 2)
        self.setFixedHeight(self._whole)


def _cells(criterion: Criterion) -> tuple[str, ...]:
    edit, source = criterion.edit, criterion.source
    why = criterion.reason
    if edit is not None:
        why = tr(
            "{reason} (edited by {author}, {day}; the program said: {said}. {before})",
            reason=criterion.reason,
            author=edit.author,
            day=edit.time[:10],
            said=criterion.computed or verdict_words(Verdict.NOT_ASSESSED),
            before=criterion.computed_reason,
        )
    return (
        criterion.code,
        verdict_words(criterion.verdict),
        strength_words(criterion.evidence.strength) if criterion.evidence else "",
        why,
        tr("edited") if edit else f"{source.source}, {source.reference}" if source else "",
    )


def criteria_card(variant: ReportedVariant, chosen: Chosen) -> QFrame | None:
    """Both classes and the criteria; None for a variant that was not judged. ``chosen`` opens the editor."""
    classification = variant.acmg
    if classification is None:
        return None
    table = CriteriaTable(variant, chosen)
    everything = checkbox(tr("Also criteria that are not met or not assessed"))
    counted = tuple(
        criterion for criterion in classification.criteria if criterion.evidence or criterion.edit
    )

    def show(complete: bool) -> None:
        table.show_criteria(classification.criteria if complete else counted)

    everything.toggled.connect(show)
    show(False)
    hint = label(
        tr("“Not assessed” means that this program could not judge it, not that it is not met."),
        "caption",
        wrap=True,
    )
    edit = button(
        tr("Edit criterion…"),
        lambda: table.open(table.currentRow()),
        name=tr("Edit the chosen criterion of {variant}", variant=title(variant)),
    )
    return card(
        classes_row(classification),
        table,
        flowing(everything, edit, gap="l"),
        hint,
        title=tr("ACMG criteria: {variant}", variant=title(variant)),
    )
