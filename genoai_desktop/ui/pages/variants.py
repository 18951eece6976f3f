"""Variants: the browser over all rows, its filters and waterfall, and the search that finds one again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QFrame,
    QHeaderView,
    QLabel,
    QLayout,
    QStackedWidget,
    QTableView,
    QWidget,
)

from genoai_desktop.domain.genome import chromosome_name
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.desk import Desk, Target
from genoai_desktop.ui.pages.base import Page
from genoai_desktop.ui.preferred import FILTERS_AT_START
from genoai_desktop.ui.theme.tokens import SPACE
from genoai_desktop.ui.viewmodels.browse import PRESETS, View, apply, browse_frame, preset
from genoai_desktop.ui.viewmodels.fate import Search, find
from genoai_desktop.ui.viewmodels.variant_model import VariantModel
from genoai_desktop.ui.widgets.banner import empty_state
from genoai_desktop.ui.widgets.basics import box, button, card, column, label, row
from genoai_desktop.ui.widgets.beside import beside
from genoai_desktop.ui.widgets.filter_panel import FilterPanel
from genoai_desktop.ui.widgets.finder import Finder
from genoai_desktop.ui.widgets.scroll import ScrollBody
from genoai_desktop.ui.widgets.table_tools import TableTools
from genoai_desktop.ui.widgets.waterfall import Waterfall

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase


_FILTERS, _TABLE = 300, 420
"""Least widths of the filters and of the table at the normal text size."""
_LOW = 260
"""Least height of each where one stands above the other."""
_ANY = 16_777_215
"""Qt's word for no greatest width."""
_GENE = 2
"""Column of the gene."""
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
        self._begin_with()
        self.finder = Finder()
        self.waterfall = Waterfall(desk.theme)
        self.ranking = Waterfall(desk.theme)
        self.count = label("", "muted")
        self.switch = button(tr("Filters"), self._switch)
        self.switch.setCheckable(True)
        self.switch.setChecked(True)
        self.switch.hide()
        self._switched: bool | None = None
        self.tools.addWidget(self.switch)
        self.table_tools = TableTools(
            self.table,
            "variants",
            desk.settings,
            may_leave=self.may_copy,
            extra=self._further,
            fit=self._widen,
        )
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
        desk.preferred.connect(lambda key: self._begin_with() if key == FILTERS_AT_START else None)
        self.finder.asked.connect(self.find)
        self.model.order_wanted.connect(self._sort)
        self.table.doubleClicked.connect(self._go)
        self.table.activated.connect(self._go)

    def name(self) -> str:
        """The title."""
        return tr("Variants")

    def _begin_with(self) -> None:
        """The filters that a person prefers."""
        self.filters.set(preset(self.desk.preference(FILTERS_AT_START, PRESETS[0])))

    @property
    def fate(self) -> QLabel:
        """The answer to the last search."""
        return self.finder.answer

    def find_field(self) -> QWidget | None:
        """Where is my variant?"""
        return self.finder.field

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where both have no room beside each other the filters go above the table, when they are wanted."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        scale = self.desk.theme.scale
        beside = self.width() * 100 >= (_FILTERS + _TABLE) * scale
        shown = beside if self._switched is None else self._switched
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(way)
        self._area.setVisible(shown)
        self.switch.setChecked(shown)
        needed = self._filters.minimumSizeHint().width() + SPACE["l"]
        self._area.setMinimumHeight(0 if beside else _LOW)
        self._area.setMinimumWidth(max(_FILTERS, needed) if beside else 0)
        self._area.setMaximumWidth(max(_FILTERS, needed) if beside else _ANY)
        self.states.setMinimumHeight(_LOW)

    def _switch(self) -> None:
        self._switched = self.switch.isChecked()
        self._fold()

    def _further(self, index: QModelIndex) -> Iterator[tuple[str, Callable[[], Any]]]:
        """What the menu of a row offers besides copying and sorting."""
        yield tr("Show locus"), lambda: self._go(index)
        gene = str(index.siblingAtColumn(_GENE).data() or "")
        if gene:
            yield (
                tr("Narrow the table to {gene}", gene=gene),
                lambda: self.filters.text.setText(gene),
            )

    def fill(self, opened: OpenCase) -> None:
        """Show the case's variants with the filters as they stand."""
        if not opened.table.height:
            self._case = opened
            self._say_no_variants(opened)
            return
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

    def _say_no_variants(self, opened: OpenCase) -> None:
        self.subtitle.setText("")
        self.switch.hide()
        self.show_empty(
            tr("No variants"),
            tr(
                "{name} was read, but it holds no alternate allele. "
                "The Quality page says what became of its records.",
                name=opened.case.vcf_name,
            ),
            tr("Quality"),
            lambda: self.desk.page_wanted.emit("quality"),
        )

    def put_down(self) -> None:
        """The filters stay."""
        super().put_down()
        self._case, self._frame = None, pl.DataFrame()
        self.model.show(self._frame, np.empty(0, dtype=np.uint32))
        self.finder.say("")

    def _widen(self) -> None:
        """Columns and filters as wide as the text size asks for; a title is never cut off."""
        scale = self.desk.theme.scale
        header = self.table.horizontalHeader()
        if not self.table_tools.restore(scale):
            for index, spec in enumerate(self.model.columns):
                wanted = max(spec.width * scale // 100, header.sectionSizeHint(index))
                self.table.setColumnWidth(index, wanted)
        self.table.verticalHeader().setDefaultSectionSize(self.table.fontMetrics().height() + _ROW_EDGE)
        self._fold()

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
        active = self.filters.active
        self.switch.show()
        self.switch.setText(tr("Filters ({count})", count=active) if active else tr("Filters"))
        self.switch.setAccessibleName(tr("Show the filters; {count} are on", count=active))
        self.count.setText(
            tr(
                "{count} of {total} variants shown",
                count=f"{len(view.rows):,}",
                total=f"{self._frame.height:,}",
            )
        )
        self.count.setAccessibleName(self.count.text())
        self._show_state(view)
        self.shown.emit(view)

    def _show_state(self, view: View) -> None:
        """The table; without a row, which step removed most and a way to see everything again."""
        if (old := self.states.widget(1)) is not None:
            self.states.removeWidget(old)
            old.deleteLater()
        if len(view.rows) or not view.waterfall:
            return
        most = max(view.waterfall, key=lambda step: step.removed)
        told = tr(
            "Most were removed by: {step} ({count} of {total}).",
            step=most.label,
            count=f"{most.removed:,}",
            total=f"{self._frame.height:,}",
        )
        clear = self.filters.clear
        self.states.addWidget(
            empty_state(
                self.desk.theme, "filter", tr("No variant is left"), told, tr("Clear the filters"), clear
            )
        )
        self.states.setCurrentIndex(1)

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
        hint = label(tr("Enter shows the locus"), "caption")
        made = beside(self.count, hint)
        return column(made)

    def _content(self) -> QWidget:
        panel = card(self.filters)
        flow = card(self.waterfall, title=tr("Waterfall"))
        self._ranking_card: QFrame = card(self.ranking, title=tr("Waterfall of the ranking"))
        self._filters = left = box(column(panel, flow, self._ranking_card, None, space="m"))
        self._area = area = ScrollBody(tr("Filters and waterfall"), left)
        self.states = QStackedWidget()
        self.states.addWidget(self.table)
        right = column(self.finder, self.states, self._foot(), space="m")
        right.setStretch(1, 1)
        self._sides = row(area, right, space="l")
        self._sides.setStretch(1, 1)
        return box(self._sides)


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
