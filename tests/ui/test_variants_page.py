"""Variants: filters, waterfall, sorting, and the search that says what hides a variant."""

from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot
from sample_case import Opened, sample_case

from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.text import tr
from genoai_desktop.ui.viewmodels.browse import Filters, apply, browse_frame
from genoai_desktop.ui.viewmodels.fate import find
from genoai_desktop.ui.viewmodels.variant_model import VariantModel
from genoai_desktop.ui.widgets.filter_panel import FilterPanel
from genoai_desktop.ui.window import MainWindow


@pytest.fixture(scope="module")
def case() -> Opened:
    return sample_case(2000)


@pytest.fixture(scope="module")
def frame(case: Opened) -> pl.DataFrame:
    return browse_frame(case)  # type: ignore[arg-type]


@given(
    carried=st.booleans(),
    passing=st.booleans(),
    frequency=st.sampled_from([None, 0.05, 0.001]),
    impact=st.integers(0, 3),
    clinvar=st.booleans(),
    keep=st.booleans(),
    text=st.sampled_from(["", "CHD7", "rs12", "8"]),
)
@settings(max_examples=40, deadline=None)
def test_the_waterfall_adds_up(carried, passing, frequency, impact, clinvar, keep, text) -> None:  # type: ignore[no-untyped-def]
    frame = browse_frame(sample_case(300))  # type: ignore[arg-type]
    view = apply(frame, Filters(carried, passing, frequency, impact, clinvar, keep, text), (), Silent())
    left = frame.height
    for step in view.waterfall:
        assert step.entered == left
        left -= step.removed
    assert left == len(view.rows)


def test_known_pathogenic_survives_the_frequency_filter(frame: pl.DataFrame) -> None:
    strict = Filters(carried=False, maximum_frequency=0.0, minimum_impact=3)
    shown = frame[pl.Series(apply(frame, strict, (), Silent()).rows)]
    known = frame.filter(pl.col("clinvar_class").is_in([4, 5])).height
    assert shown.filter(pl.col("clinvar_class").is_in([4, 5])).height == known
    from dataclasses import replace

    without = frame[pl.Series(apply(frame, replace(strict, keep_pathogenic=False), (), Silent()).rows)]
    assert without.filter(pl.col("freq_max").fill_null(0) > 0).height == 0


def test_an_unknown_frequency_is_never_too_common(frame: pl.DataFrame) -> None:
    view = apply(frame, Filters(carried=False, maximum_frequency=0.0, keep_pathogenic=False), (), Silent())
    shown = frame[pl.Series(view.rows)]
    assert shown.height == frame.filter(pl.col("freq_max").is_null()).height


def test_sorting_keeps_every_row(frame: pl.DataFrame) -> None:
    view = apply(frame, Filters(carried=False), (("freq_max", True),), Silent())
    values = frame[pl.Series(view.rows)]["freq_max"].drop_nulls()
    assert values.is_sorted(descending=True)
    assert sorted(view.rows) == list(range(frame.height))


@pytest.mark.parametrize(
    "typed", ["chr8:{pos}", "8-{pos}-{ref}-{alt}", "8:{pos} {ref}>{alt}", "chr8:g.{pos}"]
)
def test_a_place_is_found_however_it_is_written(case: Opened, frame: pl.DataFrame, typed: str) -> None:
    record = frame.row(5, named=True)
    search = find(case, frame, Filters(carried=False), typed.format(**record), Silent())  # type: ignore[arg-type]
    assert 5 in {fate.row for fate in search.fates}


@pytest.mark.parametrize(
    "typed", ["c.1480C>T", "NM_017780.4:c.1480C>T", "CHD7 p.Arg494Ter", "CHD7:p.(Arg494Ter)"]
)
def test_hgvs_is_found(case: Opened, frame: pl.DataFrame, typed: str) -> None:
    search = find(case, frame, Filters(carried=False), typed, Silent())  # type: ignore[arg-type]
    assert [fate.row for fate in search.fates] == [3]


def test_absence_is_never_called_reference(case: Opened, frame: pl.DataFrame) -> None:
    search = find(case, frame, Filters(), "chr1:1000", Silent())  # type: ignore[arg-type]
    assert search.fates == ()
    assert "does not mean reference" in search.words


def test_removed_variant_names_the_step_that_removed_it(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_page("variants")
    page = opened.variants
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    frame = page._frame
    common = frame.with_row_index().filter(
        (pl.col("freq_max") > 0.01) & (pl.col("dosage") > 0) & ~pl.col("clinvar_class").is_in([4, 5])
    )
    record = common.row(0, named=True)
    with qtbot.waitSignal(page.found):
        page.find(f"chr{record['chrom']}:{record['pos']} {record['ref']}>{record['alt']}")
    assert page.fate.text() == tr("Shown")
    with qtbot.waitSignal(page.found):
        page.filters.set_maximum_frequency(0.001)
    assert page.fate.text() == tr("Hidden by: {step}", step=tr("population frequency"))


def test_clicking_a_header_sorts_in_a_worker(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_page("variants")
    page = opened.variants
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    with qtbot.waitSignal(page.shown):
        page.table.horizontalHeader().setSortIndicator(7, Qt.SortOrder.DescendingOrder)
    depths = [int(page.model.index(row, 7).data()) for row in range(20)]
    assert depths == sorted(depths, reverse=True)


def test_enter_on_a_row_shows_its_locus(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_page("variants")
    qtbot.waitUntil(lambda: opened.variants.model.rowCount() > 0)
    opened.variants.table.activated.emit(opened.variants.model.index(0, 0))
    assert opened.page.id == "locus"
    qtbot.waitUntil(lambda: opened.locus.plot.scene_data is not None, timeout=20_000)


def test_filters_are_saved_without_what_was_typed(qtbot: QtBot, settings: QSettings) -> None:
    panel = FilterPanel(settings)
    qtbot.addWidget(panel)
    panel.set(Filters(maximum_frequency=0.001, minimum_impact=2, text="CHD7"))
    panel.save_as("Mine")
    again = FilterPanel(settings)
    qtbot.addWidget(again)
    again.saved.setCurrentText("Mine")
    again.saved.activated.emit(again.saved.currentIndex())
    assert again.filters == Filters(maximum_frequency=0.001, minimum_impact=2, text="")
    assert "CHD7" not in str(settings.value("variants/filters"))


def test_five_million_rows_are_shown_and_scrolled(qtbot: QtBot) -> None:
    rows = 5_000_000
    small = sample_case(1000)
    base = browse_frame(small)  # type: ignore[arg-type]
    frame = pl.concat([base] * (rows // 1000), rechunk=True)
    model = VariantModel()
    from genoai_desktop.ui.pages.variants import _table

    table = _table(model)
    qtbot.addWidget(table)
    table.resize(900, 700)
    table.show()
    model.show(frame, np.arange(rows, dtype=np.uint32))
    bar = table.verticalScrollBar()
    for share in np.linspace(0, 1, 40):
        bar.setValue(int(bar.maximum() * share))
        table.viewport().repaint()
    assert model.rowCount() == rows
    assert bar.value() == bar.maximum()
    table.close()


def test_a_table_without_rows_is_no_trouble(qtbot: QtBot) -> None:
    empty = sample_case(1)
    frame = browse_frame(empty).clear()  # type: ignore[arg-type]
    view = apply(frame, Filters(maximum_frequency=0.01), (("pos", False),), Silent())
    model = VariantModel()
    model.show(frame, view.rows)
    assert model.rowCount() == 0
    assert SimpleNamespace(rows=view.rows).rows.size == 0
