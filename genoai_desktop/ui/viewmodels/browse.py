"""The variant browser without Qt: columns, filters, the waterfall, sorting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.genome import CHROMOSOMES
from genoai_desktop.domain.rare import FilterStep
from genoai_desktop.domain.text import tr

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase

Rows = np.ndarray[Any, np.dtype[np.uint32]]
_PATHOGENIC = (4, 5)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person wants to see. Frequencies are 0..1; impact is 0 modifier to 3 high."""

    carried: bool = True
    passing: bool = False
    maximum_frequency: float | None = None
    minimum_impact: int = 0
    clinvar: bool = False
    keep_pathogenic: bool = True
    text: str = ""

    def saved(self) -> dict[str, Any]:
        """What is kept under a name: everything but what was typed, which could tell of a patient."""
        return asdict(replace(self, text=""))

    @staticmethod
    def restore(stored: dict[str, Any]) -> Filters:
        """From ``saved``; names that this version does not know are left out."""
        known = {field.name for field in fields(Filters)} - {"text"}
        return Filters(**{name: value for name, value in stored.items() if name in known})


PRESETS = ("carried", "damaging", "pathogenic", "everything")
"""The names under which settings keep the presets, in their order: the same in every language."""


def preset(name: str) -> Filters:
    """The filters of one of ``PRESETS``; the usual ones for any other name."""
    return dict(zip(PRESETS, presets().values(), strict=True)).get(name, Filters())


def presets() -> dict[str, Filters]:
    """Filters that come with the program."""
    return {
        tr("All carried by the patient"): Filters(),
        tr("Rare and damaging"): Filters(maximum_frequency=0.01, minimum_impact=2),
        tr("Known pathogenic in ClinVar"): Filters(clinvar=True),
        tr("Everything in the file"): Filters(carried=False, keep_pathogenic=False),
    }


@dataclass(frozen=True, slots=True)
class View:
    """The rows that are shown, in order, and how many each step removed."""

    rows: Rows
    waterfall: tuple[FilterStep, ...]


def browse_frame(opened: OpenCase) -> pl.DataFrame:
    """All columns that the browser shows or filters by; shares memory with the table."""
    table = opened.table
    sample = opened.case.index.sample
    index = table.samples.index(sample) if sample in table.samples else None
    names = ["chrom", "pos", "end", "ref", "alt", "rsid", "qual", "filter"]
    shown = table.frame.select(pl.col(name) for name in names if name in table.frame.columns)
    genotype = []
    for name in ("dosage", "called", "dp", "gq", "ad_ref", "ad_alt"):
        source = f"s{index}_{name}"
        if index is not None and source in table.frame.columns:
            genotype.append(table.frame[source].alias(name))
        else:
            genotype.append(pl.Series(name, [None], dtype=pl.Int32).new_from_index(0, table.height))
    return shown.hstack(genotype).hstack(opened.annotated.variants.get_columns())


def steps(filters: Filters) -> list[tuple[str, str, pl.Expr]]:
    """Identifier, name and condition of each step that is switched on; null never removes in silence."""
    known = pl.col("clinvar_class").is_in(_PATHOGENIC)
    keep = known if filters.keep_pathogenic else pl.lit(False)
    made: list[tuple[str, str, pl.Expr]] = []
    if filters.carried:
        made.append(
            ("carried", tr("genotype: the patient does not carry it"), pl.col("dosage").fill_null(0) > 0)
        )
    if filters.passing:
        passed = pl.col("filter").cast(pl.String).fill_null(".").is_in(["PASS", "."])
        made.append(("passing", tr("quality filter of the laboratory"), passed | keep))
    if filters.maximum_frequency is not None:
        rare = pl.col("freq_max").fill_null(0.0) <= filters.maximum_frequency
        made.append(("frequency", tr("population frequency"), rare | keep))
    if filters.minimum_impact:
        made.append(("impact", tr("consequence"), (pl.col("impact") >= filters.minimum_impact) | keep))
    if filters.clinvar:
        made.append(("clinvar", tr("not pathogenic in ClinVar"), known))
    if filters.text.strip():
        made.append(("text", tr("search text"), _typed(filters.text.strip())))
    return made


def apply(frame: pl.DataFrame, filters: Filters, order: Sequence[tuple[str, bool]], context: Context) -> View:
    """Filter and sort; ``order`` lists (column, descending)."""
    context.report(tr("Filtering"), 0.0)
    chosen = steps(filters)
    masks = frame.select(expr.fill_null(False).alias(name) for name, _, expr in chosen)
    context.check()
    # Rows that consent holds back are blank and never counted: a count would tell that they are there.
    alive = frame["pos"].is_not_null().alias("alive")
    waterfall = []
    for name, title, _ in chosen:
        entered = int(alive.sum())
        alive = alive & masks[name]
        waterfall.append(FilterStep(name, title, entered, entered - int(alive.sum())))
    rows = alive.arg_true().cast(pl.UInt32)
    context.check()
    if order:
        context.report(tr("Sorting"), 0.5)
        columns = [name for name, _ in order]
        part = frame.select(columns)[rows].with_columns(__row=rows)
        part = part.sort(
            columns, descending=[down for _, down in order], nulls_last=True, maintain_order=True
        )
        rows = part["__row"]
    context.check()
    context.report(tr("Filtering"), 1.0)
    return View(rows.to_numpy(), tuple(waterfall))


def _typed(text: str) -> pl.Expr:
    """A gene, an rsID, a chromosome or a position that begins with what was typed."""
    lowered = text.lower()
    bare = text.upper().removeprefix("CHR")
    found = pl.col("gene").fill_null("").str.to_lowercase().str.starts_with(lowered)
    found = found | pl.col("rsid").fill_null("").str.to_lowercase().str.starts_with(lowered)
    found = found | pl.col("consequence").fill_null("").str.contains(lowered.replace(" ", "_"), literal=True)
    if bare in CHROMOSOMES:
        found = found | (pl.col("chrom") == CHROMOSOMES.index(bare) + 1)
    if text.isdigit() and len(text) > 3:
        found = found | (pl.col("pos") == int(text))
    return found
