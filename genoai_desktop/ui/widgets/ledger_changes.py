"""Which cases are said otherwise of by newer knowledge: the check, its progress, and the differences."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QListWidget, QProgressBar, QSplitter, QVBoxLayout, QWidget

from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.dialogs.frame import fill, local_time, selected, table
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.viewmodels.ledger import wish_text
from genoai_desktop.ui.widgets.basics import box, button, column, label, restyle, row
from genoai_desktop.ui.widgets.beside import beside
from genoai_desktop.ui.widgets.flow import flowing
from genoai_desktop.ui.widgets.scroll import ScrollBody
from genoai_desktop.ui.widgets.table_tools import TableTools
from genoai_desktop.ui.widgets.vacancy import Vacancy

if TYPE_CHECKING:
    from genoai_desktop.app.casebook.recheck import ChangedCase, Overview


_WIDTHS = (240, 170, 90, 360, 120)
_BAR = 180
"""Width of the progress bar."""
_LOW = 120
"""Least height of the table, and of the list below it."""


class LedgerChanges(QWidget):
    """``check_wanted`` carries ``quick`` or ``full``; the other signals a case's identifier."""

    check_wanted = Signal(str)
    stop_wanted = Signal()
    open_wanted = Signal(str)
    seen_wanted = Signal(str)
    compare_wanted = Signal(str)

    def __init__(
        self, settings: QSettings | None = None, may_copy: Callable[[], bool] = lambda: True
    ) -> None:
        super().__init__()
        self._scale = 100
        self._cases: dict[str, ChangedCase] = {}
        self.state = label("", "", wrap=True)
        self.quick_button = button(tr("Check now"), lambda: self.check_wanted.emit("quick"), kind="primary")
        self.quick_button.setToolTip(
            tr(
                "Holds ClinVar, frequencies, genes and guidelines of now against what is stored. "
                "No VCF is needed."
            )
        )
        self.full_button = button(tr("Check in full"), lambda: self.check_wanted.emit("full"))
        self.full_button.setToolTip(
            tr("Analyses every case again whose files are found. Takes about as long as opening them all.")
        )
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the check"))
        self.progress_text = label("", "muted", wrap=True)
        self.bar.setFixedWidth(_BAR)
        self.stop_button = button(tr("Stop"), self.stop_wanted.emit)
        self.progress = box(row(self.bar, self.progress_text, self.stop_button, space="m"))
        self.progress.hide()
        self.table = table(
            tr("Cases that are said otherwise of"),
            (tr("Case"), tr("Contact again"), tr("Differences"), tr("First difference"), tr("Seen")),
        )
        self.tools = TableTools(
            self.table,
            "ledger changes",
            settings,
            may_leave=may_copy,
            extra=lambda _index: [(tr("Open the case"), lambda: self._emit(self.open_wanted))],
            fit=lambda: self.widen(self._scale),
        )
        self.widen(100)
        self.table.horizontalHeader().setStretchLastSection(False)
        # as they come: what nobody has seen first, of that the patients who want to hear
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.itemSelectionChanged.connect(self._show_differences)
        self.table.itemActivated.connect(lambda _item: self._emit(self.open_wanted))
        self.lines = QListWidget()
        self.lines.setAccessibleName(tr("Differences of the chosen case"))
        self.lines.setWordWrap(True)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        Vacancy(self.lines, tr("Nothing is chosen above."))
        Vacancy(self.table, tr("Nothing new. Check again after an update."))
        self.note = label("", "muted", wrap=True)
        self.open_button = button(tr("Open the case"), lambda: self._emit(self.open_wanted), kind="primary")
        self.seen_button = button(tr("Mark as seen"), lambda: self._emit(self.seen_wanted))
        self.compare_button = button(tr("Compare versions…"), lambda: self._emit(self.compare_wanted))
        self.setLayout(self._laid_out())
        self._show_differences()

    def _laid_out(self) -> QVBoxLayout:
        split = QSplitter(Qt.Orientation.Vertical)
        split.setAccessibleName(tr("Cases and their differences"))
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        buttons = flowing(self.open_button, self.seen_button, self.compare_button)
        below = column(label(tr("What is said otherwise"), "heading"), self.note, self.lines, buttons)
        below.setContentsMargins(0, SPACE["m"], 0, 0)
        split.addWidget(ScrollBody(tr("What is said otherwise"), below))
        self.table.setMinimumHeight(_LOW)
        self.lines.setMinimumHeight(_LOW)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        head = beside(self.state, self.full_button, self.quick_button, gap="m")
        layout = column(head, self.progress, split, space="m", margins=True)
        layout.setStretch(2, 1)
        return layout

    def widen(self, scale: int) -> None:
        """Columns as a person left them, or as wide as the text size (per cent) asks for."""
        self._scale = scale
        if not self.tools.restore(scale):
            header = self.table.horizontalHeader()
            for place, width in enumerate(_WIDTHS):
                self.table.setColumnWidth(place, max(width * scale // 100, header.sectionSizeHint(place)))

    def show_overview(self, found: Overview, may_check: bool = True) -> None:
        """What the last check came to; the chosen case stays chosen."""
        self._cases = {case.uid: case for case in found.changed}
        fill(self.table, ((case.uid, _cells(case)) for case in found.changed))
        if found.changed and selected(self.table) is None:
            self.table.selectRow(0)
        words, tone = _state(found)
        self.state.setText(words)
        self.state.setAccessibleName(words)
        restyle(self.state, "tone", tone)
        for made in (self.quick_button, self.full_button):
            made.setEnabled(may_check)
        self._show_differences()

    def show_progress(self, text: str, fraction: float) -> None:
        """How far the check is; ``fraction`` 0..1, negative when not known."""
        self.progress.show()
        self.progress_text.setText(text)
        self.progress_text.setAccessibleName(text)
        self.bar.setRange(0, 0 if fraction < 0 else 1000)
        self.bar.setValue(int(max(0.0, fraction) * 1000))
        for made in (self.quick_button, self.full_button):
            made.setEnabled(False)

    def rest(self) -> None:
        """Nothing is under way."""
        self.progress.hide()
        for made in (self.quick_button, self.full_button):
            made.setEnabled(True)

    def _emit(self, signal: Any) -> None:
        chosen = selected(self.table)
        if chosen is not None:
            signal.emit(chosen)

    def _show_differences(self) -> None:
        case = self._cases.get(selected(self.table) or "")
        self.lines.clear()
        for made in (self.open_button, self.compare_button):
            made.setEnabled(case is not None)
        self.seen_button.setEnabled(case is not None and case.news.unseen)
        if case is None:
            text = tr("Choose a case to read what changed.") if self._cases else ""
        else:
            self.lines.addItems([item.text for item in case.news.differences])
            text = _how(case)
        self.note.setText(text)
        self.note.setAccessibleName(text)


def _cells(case: ChangedCase) -> tuple[str, ...]:
    news = case.news
    seen = f"{news.seen_by}, {local_time(news.seen_at)}" if news.seen_by else tr("not yet")
    first = news.differences[0].text if news.differences else ""
    return case.title, wish_text(case.recontact), f"{len(news.differences):>3}", first, seen


def _how(case: ChangedCase) -> str:
    how = (
        tr("By a new analysis of {time}.", time=local_time(case.news.time))
        if case.news.how == "full"
        else tr("From stored facts, {time}.", time=local_time(case.news.time))
    )
    rest = tr(
        "Nothing in a signed report was changed: open the case to look, and amend the report if needed."
    )
    return joined(" ", (part for part in (how, case.news.note, rest) if part))


def _state(found: Overview) -> tuple[str, str]:
    state = found.state
    if not state.check:
        return tr("The stored cases have not been checked against the knowledge of now yet."), "warning"
    when = local_time(state.time)
    if not state.complete:
        text = tr(
            "The check of {time} did not come to its end: {done} of {all} cases were checked.",
            time=when,
            done=found.checked,
            all=state.cases,
        )
        return text, "warning"
    if found.due:
        text = tr("Program or knowledge are newer than the last check ({time}). Check again.", time=when)
        return text, "warning"
    unseen = sum(case.news.unseen for case in found.changed)
    text = tr("Checked {time}: {all} cases, {unseen} with news that nobody has seen.",
              time=when, all=state.cases, unseen=unseen)  # fmt: skip
    return text, "" if unseen else "success"
