"""A table without some of its samples: what a person does not consent to leaves no column behind."""

import re
from collections.abc import Collection
from dataclasses import replace

import polars as pl

from genoai_desktop.vcf.table import VariantTable

_OWN = re.compile(r"(?P<head>s)(?P<at>\d+)(?P<tail>_\w+)|(?P<side>copy_number_|repeat_count_)(?P<last>\d+)")


def without_samples(table: VariantTable, names: Collection[str]) -> VariantTable:
    """The same rows without the named samples; the others keep their order and count from 0 anew."""
    kept = [index for index, name in enumerate(table.samples) if name not in names]
    if len(kept) == len(table.samples):
        return table
    places = {old: new for new, old in enumerate(kept)}
    return replace(
        table,
        samples=tuple(table.samples[index] for index in kept),
        frame=_without(table.frame, places),
        blocks=_without(table.blocks, places),
        structural=_without(table.structural, places),
    )


def _without(frame: pl.DataFrame, places: dict[int, int]) -> pl.DataFrame:
    names = {name: _name(name, places) for name in frame.columns}
    return frame.select(pl.col(old).alias(new) for old, new in names.items() if new is not None)


def _name(column: str, places: dict[int, int]) -> str | None:
    """The column's new name; None when its sample goes."""
    match = _OWN.fullmatch(column)
    if match is None:
        return column
    index = int(match["at"] or match["last"])
    if index not in places:
        return None
    head, tail = match["head"] or match["side"], match["tail"] or ""
    return f"{head}{places[index]}{tail}"
