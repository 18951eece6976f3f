"""Bundled polygenic scores of one person from a loaded variant table."""

import math

import numpy as np
import polars as pl

from genoai_desktop.analysis.risk.score import (
    Loss,
    Reference,
    Score,
    Site,
    SiteRecord,
    Tally,
    haplotype_interactions,
    z_score,
)
from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.risk import AncestryEstimate, PolygenicScore
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.risk import RiskTables
from genoai_desktop.vcf.table import VariantTable

FEWEST_MATCHED = 0.8
REFERENCE_COLUMN_IS_OTHER = ("BCAC_313", "BCAC_307", "OCAC_36")
"""Scores whose ``other`` allele is the reference base, so that a reference block means no copies."""
POPULATIONS = {"EUR": "eur", "AFR": "afr", "EAS": "eas", "SAS": "sas"}
COVERED_ANCESTRY = 0.8


def bundled_scores(
    table: VariantTable,
    sample: int,
    sex: Sex,
    tables: RiskTables,
    ancestry: AncestryEstimate | None,
    *,
    absent_is_reference: bool = False,
) -> tuple[PolygenicScore, ...]:
    """Every bundled score that fits the sex and has positions on the table's build."""
    found = []
    for name, entry in sorted(tables.scores.items()):
        if sex is not Sex.UNKNOWN and sex.value not in entry["sexes"]:
            continue
        score = bundled_score(name, tables, table.build)
        if not score.sites:
            continue
        reference, notes = reference_for(name, tables, ancestry)
        tally = tally_table(table, sample, score, absent_is_reference=absent_is_reference)
        if name == "T1D_GRS2_67":
            pairs = entry["interactions"]
            tally.score_sum += haplotype_interactions(tally.groups, entry["haplotype_rank"], pairs, 1)
        found.append(_result(score, entry["trait"], reference, notes, tally))
    return tuple(found)


def bundled_score(name: str, tables: RiskTables, build: Build) -> Score:
    """One of the bundled scores on ``build``; sites without a position there are counted as unplaced."""
    frame = tables.score_weights(name, build)
    sites = tuple(
        Site(row["chrom"], row["pos"], row["effect"], row["other"], row["weight"], row["eaf"], row["group"])
        for row in frame.iter_rows(named=True)
        if row["pos"] is not None
    )
    return Score(name, build, sites, frame.height - len(sites))


def reference_for(
    name: str, tables: RiskTables, ancestry: AncestryEstimate | None
) -> tuple[Reference | None, list[str]]:
    """The published distribution, weighted by the person's own ancestry; None where there is none for it.

    The same person alone or among others gets the same figure: nothing is fitted on the file.
    """
    references = tables.scores[name]["reference"]
    if not references:
        return None, [tr("no reference distribution for this score: no z-score")]
    if "eur" not in references:
        reference = tables.score_reference(name)
        share = dict(ancestry.proportions).get("EUR", 0.0) if ancestry else None
        if reference is None or (share is not None and share < COVERED_ANCESTRY):
            return None, [tr("built and referenced in European ancestry only: no z-score for this ancestry")]
        notes = [] if share is not None else [tr("ancestry not known; the reference is European")]
        return Reference(reference.mean, reference.sd, tr("{name}, European ancestry", name=name)), notes
    shares = {POPULATIONS[k]: v for k, v in ancestry.proportions if k in POPULATIONS} if ancestry else {}
    covered = sum(shares.values())
    if covered < COVERED_ANCESTRY:
        why = tr("ancestry not known") if not ancestry else tr("no reference for this ancestry")
        return None, [tr("{why}: no z-score", why=why)]
    mean = sum(share * references[k]["mean"] for k, share in shares.items()) / covered
    variance = sum(share * references[k]["sd"] ** 2 for k, share in shares.items()) / covered
    best = max(shares, key=shares.__getitem__).upper()
    label = tr("{name}, CanRisk populations weighted by ancestry (mostly {best})", name=name, best=best)
    notes = (
        [] if best == "EUR" else [tr("effects were measured in European ancestry and are weaker in others")]
    )
    return Reference(mean, math.sqrt(variance), label), notes


def tally_table(
    table: VariantTable, sample: int, score: Score, *, absent_is_reference: bool = False
) -> Tally:
    """Add up a score for one loaded sample (0-based index)."""
    tally = Tally(1)
    records = _records(table, sample, score)
    known_reference = score.name in REFERENCE_COLUMN_IS_OTHER
    blocks = _blocks(table, sample) if known_reference else None
    for site in score.sites:
        here = records.get((site.chrom, site.pos))
        if here:
            tally.add(site, here)
        elif blocks is not None and _covered(blocks, site):
            tally.add(site, [SiteRecord(site.other, (site.effect,), np.array([[2.0], [0.0]]))])
        else:
            assume = absent_is_reference and known_reference
            tally.lose(site, Loss.ABSENT, absent_is_reference=assume)
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


def _result(
    score: Score, trait: str, reference: Reference | None, notes: list[str], tally: Tally
) -> PolygenicScore:
    raw = float(tally.score_sum[0])
    seen = tally.matched - int(tally.uncalled[0])
    enough = seen >= FEWEST_MATCHED * score.total
    z = z_score(raw, reference) if reference and enough else None
    notes = [*notes, *(f"{tr(reason.value)}: {count}" for reason, count in sorted(tally.losses.items()))]
    if tally.imputed:
        notes.append(tr("expected copies used for {count} sites", count=tally.imputed))
    if reference and not enough:
        notes.append(tr("too few sites seen for a z-score"))
    return PolygenicScore(
        name=tr("{trait} ({name})", trait=trait, name=score.name),
        score_sum=raw,
        matched=seen,
        total=score.total,
        z=z,
        percentile=50 * math.erfc(-z / math.sqrt(2)) if z is not None else None,
        reference=reference.label if reference and z is not None else "",
        notes=tuple(notes),
    )
