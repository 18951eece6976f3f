"""A sample's dosages at the panel's sites, and how far a silent site may be read as reference.

A plain VCF lists only what differs, so the sites it shows are a biased choice: using them alone pulls
every sample towards where alternates are common. Silent sites speak as well, but only where the file
looked. A gVCF says where it looked. For other files the share ``c`` of neighbourhoods' sites that were
looked at is estimated from the alternates seen against those expected from the frequencies, and a silent
site counts as reference with the weight  c·P(ref) / (c·P(ref) + 1 - c)  (Bayes).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from genoai_desktop.knowledge.ancestry import AncestryPanel
from genoai_desktop.vcf.table import VariantTable

NEIGHBOURHOOD: Final = 20
"""Consecutive panel sites of one chromosome; without any record among them they were not looked at."""
LISTERS: Final = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0)
"""Numbers of unrelated people whose alternates may have chosen a file's positions. With more, or with
positions chosen beforehand, a person has as many reference records as the frequencies say."""
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PanelGenotypes:
    """``dosage`` by site (NaN unknown); ``seen``: stated by the file; ``silent``: no record, but its
    neighbourhood has some, with ``dosage`` set to what reference would mean. ``stated``: the file itself
    says where it looked, so that nothing silent is used. ``listers``: unrelated people (a trio is about two)
    whose alternates chose the file's positions, judged from this person's own records alone, so that the
    same person gets the same answer whoever else is loaded."""

    dosage: Floats
    seen: Flags
    silent: Flags
    stated: bool
    listers: float


def panel_genotypes(table: VariantTable, sample: int, panel: AncestryPanel) -> PanelGenotypes:
    """Dosages of a diploid sample (0-based column); half calls and missing genotypes are unknown."""
    dosage = np.full(panel.size, np.nan)
    places = panel.places(table.build)
    recorded = np.zeros(panel.size, dtype=bool)
    if table.height:
        _from_records(table, sample, panel, dosage, recorded)
    listers = _listers(dosage, places, panel)
    stated = table.blocks.height > 0 or listers is None
    reference = np.full(panel.size, np.nan)
    reference[places["site"].to_numpy()] = np.where(places["flip"].to_numpy(), 2.0, 0.0)
    if stated:
        inside = _in_blocks(table.blocks, sample, places) & ~recorded[places["site"].to_numpy()]
        sites = places["site"].to_numpy()[inside]
        dosage[sites] = reference[sites]
    seen = ~np.isnan(dosage)
    silent = np.zeros(panel.size, dtype=bool)
    if not stated:
        silent = _near_records(places, recorded, panel.size) & ~recorded
        dosage[silent] = reference[silent]
    return PanelGenotypes(dosage, seen, silent, stated, listers or 1.0)


def _from_records(
    table: VariantTable, sample: int, panel: AncestryPanel, dosage: Floats, recorded: Flags
) -> None:
    # column by column: a query over the many columns of a cohort costs ten times the look-up
    column = table.frame.get_column
    places = pl.DataFrame([column(name) for name in ("chrom", "pos", "ref", "alt")])
    site, flip = panel.match(places, table.build)
    rows = np.flatnonzero(site >= 0)
    recorded[site[rows]] = True
    copies = column(f"s{sample}_dosage")[rows].cast(pl.Float64).fill_null(np.nan).to_numpy()
    diploid = (column(f"s{sample}_called")[rows] == 2).fill_null(value=False).to_numpy()
    copies = np.where(flip[rows], 2 - copies, copies)
    dosage[site[rows][diploid]] = copies[diploid]


def _listers(dosage: Floats, places: pl.DataFrame, panel: AncestryPanel) -> float | None:
    """How many unrelated people's alternates chose the positions; None when the choice owes them nothing.

    Of ``n`` such people one is reference at a listed site with  (r - r^n) / (1 - r^n), r = (1 - f)²: the
    ``n`` whose expected count of reference records is nearest to this person's is taken. Frequencies
    are those of the superpopulation that fits the recorded genotypes best.
    """
    plain = places.filter(~pl.col("flip"))["site"].to_numpy()
    here = plain[~np.isnan(dosage[plain])]
    if not len(here):
        return 1.0
    known = np.clip(panel.frequencies[here], 0.005, 0.995)
    copies = dosage[here][:, None]
    likelihood = (copies * np.log(known) + (2 - copies) * np.log(1 - known)).sum(axis=0)
    reference = (1 - known[:, int(likelihood.argmax())]) ** 2
    found = float((dosage[here] == 0).sum())
    expected = [float(((reference - reference**n) / (1 - reference**n)).sum()) for n in LISTERS]
    if found > expected[-1]:
        return None
    nearest = LISTERS[int(np.abs(np.array(expected) - found).argmin())]
    return 2 * nearest - 1  # on the careful side: as many as a trio has members, not founders


def _in_blocks(blocks: pl.DataFrame, sample: int, places: pl.DataFrame) -> Flags:
    """Whether each place lies in a block that calls the sample reference."""
    own = blocks.filter(pl.col(f"s{sample}_gt") == 0) if f"s{sample}_gt" in blocks.columns else blocks.clear()
    if own.is_empty():
        return np.zeros(places.height, dtype=bool)
    own = own.sort("chrom", "start", "end")
    start = _key(own["chrom"], own["start"])
    end = np.maximum.accumulate(_key(own["chrom"], own["end"]))
    at = _key(places["chrom"], places["pos"])
    before = np.searchsorted(start, at, side="right") - 1
    return (before >= 0) & (end[np.maximum(before, 0)] >= at)


def _key(chrom: pl.Series, pos: pl.Series) -> npt.NDArray[np.int64]:
    key: npt.NDArray[np.int64] = (chrom.to_numpy().astype(np.int64) << 32) | pos.to_numpy().astype(np.int64)
    return key


def _near_records(places: pl.DataFrame, recorded: Flags, size: int) -> Flags:
    """Sites of neighbourhoods in which the file has at least one record at a panel site."""
    site = places["site"].to_numpy()
    order = places.select((pl.int_range(pl.len()).over("chrom") // NEIGHBOURHOOD).alias("block"))["block"]
    block = (places["chrom"].to_numpy().astype(np.int64) << 32) | order.to_numpy()
    _, number = np.unique(block, return_inverse=True)
    lively = np.bincount(number, weights=recorded[site]) > 0
    near = np.zeros(size, dtype=bool)
    near[site[lively[number]]] = True
    return near


def weights(genotypes: PanelGenotypes, frequency: Floats) -> tuple[Floats, float]:
    """Weight of every site for a sample of these expected ``frequency``, and the share looked at.

    The share is 1 where the file states its reference calls.
    """
    if genotypes.stated or not genotypes.silent.any():
        return genotypes.seen.astype(np.float64), 1.0
    flipped = genotypes.silent & (genotypes.dosage == 2)
    reference = np.where(flipped, frequency, 1 - frequency) ** (2 * genotypes.listers)
    expected = (1 - reference)[genotypes.silent | genotypes.seen].sum()
    share = float(min(genotypes.seen.sum() / max(expected, 1e-9), 1.0))
    weight = share * reference / np.maximum(share * reference + 1 - share, 1e-12)
    return np.where(genotypes.seen, 1.0, np.where(genotypes.silent, weight, 0.0)), share
