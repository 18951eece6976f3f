"""Variants: the browser over all rows, its filters and waterfall, and the search that finds one again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLabel, QLayout, QTableView, QWidget

from genoai_desktop.domain.genome import chromosome_name
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.desk import Desk, Target
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.viewmodels.browse import View, apply, browse_frame
from genoai_desktop.ui.viewmodels.fate import Search, find
from genoai_desktop.ui.viewmodels.variant_model import VariantModel
from genoai_desktop.ui.widgets.basics import box, card, column, label, row
from genoai_desktop.ui.widgets.filter_panel import FilterPanel
from genoai_desktop.ui.widgets.finder import Finder
from genoai_desktop.ui.widgets.scroll import ScrollBody
from genoai_desktop.ui.widgets.waterfall import Waterfall

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase


_FILTERS = 300
"""Width of the filters at the normal text size."""
_ROW_EDGE = 14
"""Height of a row beyond its line of text."""


class VariantsPage(Page):
    """Filters to the left, the table to the right. ``found`` is sent when a search has its answer."""

    id = "variants"
    icon = "variants"
    scrolls = False
    found = Signal(object)
    shown = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.model = VariantModel()
        self.table = _table(self.model)
        self.filters = FilterPanel(desk.settings)
        self.finder = Finder()
        self.waterfall = Waterfall(desk.theme)
        self.ranking = Waterfall(desk.theme)
        self.count = label("", "muted")
        self._frame = pl.DataFrame()
        self._order: tuple[tuple[str, bool], ...] = ()
        self._sought = ""
        self._case: OpenCase | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(60)
        self._pause.timeout.connect(self._apply)
        self.body.addWidget(self._content())
        self.filters.changed.connect(lambda _filters: self._pause.start())
        self.finder.asked.connect(self.find)
        self.model.order_wanted.connect(self._sort)
        self.table.doubleClicked.connect(self._go)
        self.table.activated.connect(self._go)

    def name(self) -> str:
        """The title."""
        return tr("Variants")

    @property
    def fate(self) -> QLabel:
        """The answer to the last search."""
        return self.finder.answer

    def find(self, typed: str) -> None:  # type: ignore[override]  # QWidget.find looks up window numbers
        """Say where a variant is and what hides it; select it when it is shown."""
        self._sought = typed.strip()
        if not self._sought or self._case is None:
            self.finder.say("")
            return
        self.run(
            find, self._case, self._frame, self.filters.filters, self._sought, done=self._answer, key="find"
        )

    def reset(self) -> None:
        """The widgets stay; ``fill`` changes what they show."""

    def fill(self, opened: OpenCase) -> None:
        """Show the case's variants with the filters as they stand."""
        if opened is self._case:
            self._widen()
            return
        self._case = opened
        self.finder.say("")
        self._frame = browse_frame(opened)
        self.subtitle.setText(
            tr(
                "{count} alternate alleles in {name}. Nothing is hidden without a reason.",
                count=f"{opened.table.height:,}",
                name=opened.case.vcf_name,
            )
        )
        rare = opened.result.rare
        self._ranking_card.setVisible(bool(rare and rare.waterfall))
        if rare and rare.waterfall:
            self.ranking.show_steps(rare.waterfall[0].entered, rare.waterfall)
        self._widen()
        self._apply()

    def _widen(self) -> None:
        """Columns and filters as wide as the text size asks for; a title is never cut off."""
        scale = self.desk.theme.scale
        header = self.table.horizontalHeader()
        for index, spec in enumerate(self.model.columns):
            wanted = max(spec.width * scale // 100, header.sectionSizeHint(index))
            self.table.setColumnWidth(index, wanted)
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + _ROW_EDGE)
        needed = self._filters.sizeHint().width() + SPACE["l"]
        self._area.setFixedWidth(max(_FILTERS, min(needed, self.width() // 3)))

    def _apply(self) -> None:
        if self._case is None:
            return
        self.count.setText(tr("Filtering…"))
        self.run(apply, self._frame, self.filters.filters, self._order, done=self._show, key="apply")
        if self._sought:
            self.find(self._sought)

    def _sort(self, order: tuple[tuple[str, bool], ...]) -> None:
        self._order = order
        self._apply()

    def _show(self, view: View) -> None:
        self.model.show(self._frame, view.rows)
        self.waterfall.show_steps(self._frame.height, view.waterfall)
        if len(view.rows):
            self.count.setText(tr("{count} variants shown", count=f"{len(view.rows):,}"))
        else:
            self.count.setText(tr("No variant is left. See the waterfall for the step that removed most."))
        self.count.setAccessibleName(self.count.text())
        self.shown.emit(view)

    def _answer(self, search: Search) -> None:
        self.finder.say(search.words)
        visible = next((fate for fate in search.fates if fate.hidden_by is None), None)
        row_ = self.model.view_row(visible.row) if visible else None
        if row_ is not None:
            self.table.selectRow(row_)
            self.table.scrollTo(self.model.index(row_, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
        self.found.emit(search)

    def _go(self, index: QModelIndex) -> None:
        record: dict[str, Any] = self._frame.row(self.model.source_row(index.row()), named=True)
        name = chromosome_name(record["chrom"])
        self.desk.locus_wanted.emit(Target(name, record["pos"], record["end"], record.get("gene") or ""))

    def _foot(self) -> QLayout:
        """What is shown, and what Enter does."""
        self.count.setWordWrap(True)
        made = row(self.count, label(tr("Enter shows the locus"), "caption"))
        made.setStretch(0, 1)
        return made

    def _content(self) -> QWidget:
        panel = card(self.filters)
        flow = card(self.waterfall, title=tr("Waterfall"))
        self._ranking_card: QFrame = card(self.ranking, title=tr("Waterfall of the ranking"))
        self._filters = left = box(column(panel, flow, self._ranking_card, None, space="m"))
        self._area = area = ScrollBody(tr("Filters and waterfall"), left)
        area.setFixedWidth(_FILTERS)
        right = column(
            self.finder,
            self.table,
            self._foot(),
            space="m",
        )
        layout = row(area, right, space="l")
        layout.setStretch(1, 1)
        return box(layout)


def _table(model: VariantModel) -> QTableView:
    made = QTableView()
    made.setTabKeyNavigation(False)
    made.setModel(model)
    made.setAccessibleName(tr("Variants"))
    made.setAlternatingRowColors(True)
    made.setShowGrid(False)
    made.setWordWrap(False)
    made.setSortingEnabled(False)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    made.verticalHeader().setDefaultSectionSize(30)
    made.verticalHeader().hide()
    header = made.horizontalHeader()
    header.setSortIndicatorShown(True)
    header.setSectionsClickable(True)
    header.setHighlightSections(False)
    header.setStretchLastSection(True)
    header.sortIndicatorChanged.connect(model.sort)
    header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    for index, spec in enumerate(model.columns):
        made.setColumnWidth(index, spec.width)
    return made
