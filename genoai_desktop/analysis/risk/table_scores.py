"""Bundled polygenic scores of one person, added up from a loaded variant table."""

import numpy as np
import polars as pl

from genoai_desktop.analysis.risk.score import Dosage, Loss, Score, Site, SiteRecord, Tally, from_block
from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge.risk import RiskTables
from genoai_desktop.vcf.table import VariantTable


def bundled_score(name: str, tables: RiskTables, build: Build, frequencies: Dosage | None = None) -> Score:
    """One of the bundled scores on ``build``; sites without a position there are counted as unplaced.

    ``frequencies``: of the effect alleles in people of this ancestry, in the order of the weights table;
    they stand in for the published ones where a site is missing.
    """
    frame = tables.score_weights(name, build)
    if frequencies is not None:
        frame = frame.with_columns(pl.Series("eaf", frequencies).fill_nan(None))
    sites = tuple(
        Site(
            row["chrom"],
            row["pos"],
            row["effect"],
            row["other"],
            row["weight"],
            row["eaf"],
            row["group"],
            row["ref"] or "",
        )
        for row in frame.iter_rows(named=True)
        if row["pos"] is not None
    )
    return Score(name, build, sites, frame.height - len(sites))


def tally_table(
    table: VariantTable, sample: int, score: Score, *, absent_is_reference: bool = False
) -> Tally:
    """Add up a score for one loaded sample (0-based index)."""
    tally = Tally(1)
    records = _records(table, sample, score)
    blocks = _blocks(table, sample)
    for site in score.sites:
        here = records.get((site.chrom, site.pos))
        if here:
            tally.add(site, here)
            continue
        reference = from_block(site, np.array([2.0]))
        inside = blocks is not None and _covered(blocks, site)
        if reference is not None and (inside or absent_is_reference):
            tally.add(site, [reference])
        else:
            tally.lose(site, Loss.UNKNOWN_REFERENCE if inside else Loss.ABSENT)
    if score.unplaced:
        tally.losses[Loss.NO_POSITION] += score.unplaced
    return tally


def _records(table: VariantTable, sample: int, score: Score) -> dict[tuple[int, int], list[SiteRecord]]:
    """One record for each alternate at the score's positions."""
    dosage, called = f"s{sample}_dosage", f"s{sample}_called"
    if dosage not in table.frame.columns:
        return {}
    places = pl.DataFrame(
        {"chrom": [site.chrom for site in score.sites], "pos": [site.pos for site in score.sites]},
        schema={"chrom": pl.UInt8, "pos": pl.UInt32},
    ).unique()
    rows = table.frame.join(places, on=["chrom", "pos"], how="semi")
    found: dict[tuple[int, int], list[SiteRecord]] = {}
    for chrom, pos, ref, alt, copies, alleles in rows.select(
        "chrom", "pos", "ref", "alt", dosage, called
    ).iter_rows():
        if copies is None or not alleles:
            counts = np.array([[np.nan], [np.nan]])
        else:
            scale = 2.0 if alleles == 1 and chrom <= 23 else 1.0
            counts = np.array([[float(alleles - copies)], [float(copies)]]) * scale
        found.setdefault((chrom, pos), []).append(SiteRecord(ref, (alt,), counts))
    return found


Blocks = dict[int, tuple[np.ndarray, np.ndarray]]


def _blocks(table: VariantTable, sample: int) -> Blocks | None:
    column = f"s{sample}_gt"
    if table.blocks.is_empty() or column not in table.blocks.columns:
        return None
    reference = table.blocks.filter(pl.col(column) == 0).sort("chrom", "start")
    return {
        int(chrom): (part["start"].to_numpy(), part["end"].to_numpy())
        for (chrom,), part in reference.partition_by("chrom", as_dict=True).items()
    }


def _covered(blocks: Blocks, site: Site) -> bool:
    starts, ends = blocks.get(site.chrom, (np.zeros(0), np.zeros(0)))
    at = int(np.searchsorted(starts, site.pos, side="right")) - 1
    return at >= 0 and bool(ends[at] >= site.pos)
