"""Where is my variant? From what a person types to rows, and to the step that hides each. No Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.genome import chromosome_code, chromosome_name
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.ui.viewmodels.browse import Filters, steps

if TYPE_CHECKING:
    from genoai_desktop.app.request import OpenCase

_PLACE = re.compile(
    r"^(?:chr)?(?P<chrom>[0-9]{1,2}|X|Y|MT?)[:\s_-]+(?:g\.)?(?P<pos>[0-9][0-9,]*)"
    r"(?:[:\s_-]*(?P<ref>[ACGT]+)[>:\s_/-]+(?P<alt>[ACGT*]+))?$",
    re.IGNORECASE,
)
_ACCESSION = re.compile(r"^NC_0000(?P<chrom>[0-9]{2})\.[0-9]+:g\.(?P<pos>[0-9]+)", re.IGNORECASE)
_MOST = 200


@dataclass(frozen=True, slots=True)
class Fate:
    """One variant: where it is, and what hides it (None when it is shown)."""

    row: int
    title: str
    hidden_by: str | None


@dataclass(frozen=True, slots=True)
class Search:
    """The answer. ``note`` says what is known when the file has no such variant."""

    fates: tuple[Fate, ...]
    note: str = ""

    @property
    def words(self) -> str:
        """One sentence for the label beside the search."""
        if not self.fates:
            return self.note
        hidden = [fate for fate in self.fates if fate.hidden_by]
        if not hidden:
            return (
                tr("Shown") if len(self.fates) == 1 else tr("{count} found, all shown", count=len(self.fates))
            )
        if len(self.fates) == 1:
            return tr("Hidden by: {step}", step=hidden[0].hidden_by)
        reasons = joined(", ", dict.fromkeys(str(fate.hidden_by) for fate in hidden))
        return tr(
            "{count} found, {hidden} hidden by: {steps}",
            count=len(self.fates),
            hidden=len(hidden),
            steps=reasons,
        )


def find(opened: OpenCase, frame: pl.DataFrame, filters: Filters, typed: str, context: Context) -> Search:
    """Look for a position (1-based), rsID, gene or HGVS name and say what became of it."""
    text = typed.strip()
    context.report(tr("Searching"), None)
    rows = _rows(opened, frame, text)
    context.check()
    if rows.is_empty():
        return Search((), _absent(opened, text))
    part = frame[rows.head(_MOST)]
    chosen = steps(filters)
    masks = part.select(expr.fill_null(False).alias(name) for name, _, expr in chosen)
    fates = []
    for index, (row, record) in enumerate(zip(rows.head(_MOST), part.iter_rows(named=True), strict=True)):
        removed = next((title for name, title, _ in chosen if not masks[name][index]), None)
        fates.append(Fate(int(row), _title(record), removed))
    return Search(tuple(fates))


def _title(record: dict[str, object]) -> str:
    place = f"chr{chromosome_name(int(str(record['chrom'])))}:{record['pos']} {record['ref']}>{record['alt']}"
    return joined(" ", (str(part) for part in (place, record.get("gene")) if part))


def _rows(opened: OpenCase, frame: pl.DataFrame, text: str) -> pl.Series:
    place = _parse(text)
    if place is not None:
        chrom, pos, ref, alt = place
        wanted = (pl.col("chrom") == chrom) & (pl.col("pos") <= pos) & (pl.col("end") >= pos)
        if ref and alt:
            wanted = wanted & (pl.col("ref") == ref) & (pl.col("alt") == alt)
        return frame.select(pl.arg_where(wanted)).to_series().cast(pl.UInt32)
    if re.fullmatch(r"rs[0-9]+", text, re.IGNORECASE):
        listed = pl.col("rsid").str.to_lowercase().str.split(";").list.contains(text.lower())
        return frame.select(pl.arg_where(listed)).to_series().cast(pl.UInt32)
    named = re.search(r"[cp]\.\S+", text)
    effects = opened.annotated.effects
    if named and not effects.is_empty():
        change = named.group()
        wanted = (
            (pl.col("hgvs_c") == change)
            | (pl.col("hgvs_p") == change)
            | (pl.col("hgvs_p") == _bracket(change))
        )
        before = text[: named.start()].strip(" :")
        if before:
            bare = before.split(".")[0]
            wanted = wanted & (
                (pl.col("gene") == before.upper()) | pl.col("transcript").str.starts_with(bare)
            )
        return effects.filter(wanted)["row"].unique().sort().cast(pl.UInt32)
    return (
        frame.select(pl.arg_where(pl.col("gene").str.to_uppercase() == text.upper()))
        .to_series()
        .cast(pl.UInt32)
    )


def _bracket(change: str) -> str:
    """``p.Arg1Ter`` and ``p.(Arg1Ter)`` are the same."""
    return f"p.({change[2:]})" if change.startswith("p.") and "(" not in change else change


def _parse(text: str) -> tuple[int, int, str | None, str | None] | None:
    match = _ACCESSION.match(text)
    if match:
        return int(match["chrom"]), int(match["pos"]), None, None
    match = _PLACE.match(text)
    if not match:
        return None
    ref, alt = match["ref"], match["alt"]
    return (
        chromosome_code(match["chrom"]),
        int(match["pos"].replace(",", "")),
        ref.upper() if ref else None,
        alt.upper() if alt else None,
    )


def _absent(opened: OpenCase, text: str) -> str:
    place = _parse(text)
    blocks = opened.table.blocks
    if place is not None and not blocks.is_empty():
        inside = blocks.filter(
            (pl.col("chrom") == place[0]) & (pl.col("start") <= place[1]) & (pl.col("end") >= place[1])
        )
        if not inside.is_empty():
            return tr("No variant there: the file records this position as covered without one.")
        return tr("Not in the file, and the file does not record this position as covered.")
    return tr("Not in the file. That does not mean reference: the file does not say whether it was covered.")
