"""From the VariantTable to the states of every defining site in every sample.

``Observed.first`` and ``.second`` hold one state bit per site and sample: 0 = not seen on that
haplotype. Missing is not reference: only a record, a reference block, the laboratory's declaration
(``assume_reference``) or its stated callable regions make a site reference.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge.pgx import OTHER, GeneDefinition, Site
from genoai_desktop.vcf.callable import CallableRegions
from genoai_desktop.vcf.table import Kind, VariantTable

States = NDArray[np.int64]
_MARGIN = 60
"""Bases around a gene's sites in which an indel may be placed."""


@dataclass(frozen=True, slots=True)
class Observed:
    """States of one gene's sites: arrays of shape (sites, samples).

    ``phase``: -1 where the two states are not phased, otherwise the phase set (0 when the file names none).
    ``haploid``: the file gives one allele. ``fraction``: share of reads with the alternate, NaN when unknown.
    """

    first: States
    second: States
    phase: States
    haploid: NDArray[np.bool_]
    fraction: NDArray[np.float64]


@dataclass(slots=True)
class _Sheet:
    """Working arrays over all sites of all genes."""

    first: States
    second: States
    phase: States
    seen: NDArray[np.bool_]
    refused: NDArray[np.bool_]
    haploid: NDArray[np.bool_]
    fraction: NDArray[np.float64]
    reference: States


@dataclass(frozen=True, slots=True)
class _Columns:
    """Per-sample columns of the chosen rows, shape (rows, samples)."""

    dosage: States
    called: States
    ploidy: States
    strand: States
    phase_set: States
    fraction: NDArray[np.float64]


def observe(
    table: VariantTable,
    genes: Mapping[str, GeneDefinition],
    samples: Sequence[int],
    assume_reference: bool = False,
    regions: CallableRegions | None = None,
) -> dict[str, Observed]:
    """States of all sites of ``genes`` for the samples (indices into ``table.samples``).

    ``regions``: stated to be callable; a site inside one, without a record, is reference.
    """
    flat: list[tuple[GeneDefinition, Site]] = []
    starts: dict[str, int] = {}
    for name, gene in genes.items():
        starts[name] = len(flat)
        flat.extend((gene, site) for site in gene.sites)
    sheet = _empty(len(flat), len(samples), flat, table.build)
    rows = _relevant(table, genes)
    if rows.height:
        _fill(sheet, rows, _columns(rows, samples), flat, table.build)
    _fill_blocks(sheet, table, flat, samples)
    _double(sheet, np.array([gene.x_linked or gene.haploid for gene, _ in flat], dtype=bool))
    _finish(sheet, _stated(flat, table.build, assume_reference, regions))
    return {name: _slice(sheet, starts[name], starts[name] + len(gene.sites)) for name, gene in genes.items()}


def _slice(sheet: _Sheet, start: int, stop: int) -> Observed:
    part = slice(start, stop)
    return Observed(
        sheet.first[part], sheet.second[part], sheet.phase[part], sheet.haploid[part], sheet.fraction[part]
    )


def _empty(sites: int, samples: int, flat: Sequence[tuple[GeneDefinition, Site]], build: Build) -> _Sheet:
    shape = (sites, samples)
    reference = np.array([site.bit(site.references[build]) for _, site in flat], dtype=np.int64)
    return _Sheet(
        np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64),
        np.zeros(shape, bool), np.zeros(shape, bool), np.zeros(shape, bool), np.full(shape, np.nan),
        np.repeat(reference[:, None], samples, axis=1),
    )  # fmt: skip


def _relevant(table: VariantTable, genes: Mapping[str, GeneDefinition]) -> pl.DataFrame:
    """Rows at a site, and rows of any other kind than SNV near one."""
    if not table.frame.height:
        return table.frame
    by_chromosome: dict[int, list[GeneDefinition]] = defaultdict(list)
    for gene in genes.values():
        by_chromosome[gene.chromosome].append(gene)
    region = pl.lit(False)
    for code, members in by_chromosome.items():
        wanted = pl.lit(False)
        for gene in members:
            positions = [site.positions[table.build] for site in gene.sites if site.positions[table.build]]
            if positions:
                near = pl.col("pos").is_between(min(positions) - _MARGIN, max(positions) + _MARGIN)
                at = pl.col("pos").is_in(sorted(set(positions)))
                wanted = wanted | (near & (at | (pl.col("kind") != int(Kind.SNV))))
        region = region | ((pl.col("chrom") == code) & wanted)
    return table.frame.filter(region)


def _columns(rows: pl.DataFrame, samples: Sequence[int]) -> _Columns:
    def block(name: str, missing: int) -> States:
        names = [f"s{i}_{name}" for i in samples]
        if not set(names) <= set(rows.columns):
            return np.full((rows.height, len(samples)), missing, dtype=np.int64)
        picked = rows.select(pl.col(names).cast(pl.Int64).fill_null(missing))
        return picked.to_numpy().astype(np.int64).reshape(rows.height, len(samples))

    reference, alternate = block("ad_ref", -1), block("ad_alt", -1)
    depth = reference + alternate
    known = (reference >= 0) & (alternate >= 0) & (depth > 0)
    fraction = np.full(depth.shape, np.nan)
    fraction[known] = alternate[known] / depth[known]
    return _Columns(
        block("dosage", 0),
        block("called", 0),
        block("ploidy", 2),
        block("strand", 0),
        block("ps", 0),
        fraction,
    )


def _fill(
    sheet: _Sheet,
    rows: pl.DataFrame,
    columns: _Columns,
    flat: Sequence[tuple[GeneDefinition, Site]],
    build: Build,
) -> None:
    single: dict[tuple[int, int], list[int]] = defaultdict(list)
    placed: dict[tuple[int, int, str, str], list[tuple[int, int]]] = defaultdict(list)
    around: dict[tuple[int, int], set[int]] = defaultdict(set)
    for index, (gene, site) in enumerate(flat):
        position = site.positions[build]
        if not position:
            continue
        if not site.is_indel:
            single[gene.chromosome, position].append(index)
        for offset, ref, alt, bit in site.placements:
            placed[gene.chromosome, position + offset, ref, alt].append((index, bit))
            around[gene.chromosome, position + offset].add(index)
    fields = rows.select("chrom", "pos", "ref", "alt", "kind").iter_rows()
    for row, (chrom, pos, ref, alt, kind) in enumerate(fields):
        if kind in (Kind.SNV, Kind.MNV):
            for index, bit in placed.get((chrom, pos, ref, alt), ()):
                _apply(sheet, index, row, columns, bit, 1)
            for offset, (old, new) in enumerate(zip(ref, alt, strict=False)):
                for index in single.get((chrom, pos + offset), ()):
                    site = flat[index][1]
                    bit = site.bit(new) if old != new else site.bit(old)
                    _apply(sheet, index, row, columns, bit, site.bit(old))
        elif kind in (Kind.INSERTION, Kind.DELETION, Kind.DELINS):
            _apply_indel(sheet, row, columns, (chrom, pos, ref, alt), single, placed, around)
        elif kind in (Kind.STAR, Kind.NON_REF):
            for index in single.get((chrom, pos), ()):
                site = flat[index][1]
                _apply(sheet, index, row, columns, OTHER, site.bit(site.references[build]))


def _apply_indel(
    sheet: _Sheet,
    row: int,
    columns: _Columns,
    variant: tuple[int, int, str, str],
    single: Mapping[tuple[int, int], list[int]],
    placed: Mapping[tuple[int, int, str, str], list[tuple[int, int]]],
    around: Mapping[tuple[int, int], set[int]],
) -> None:
    chrom, pos, ref, _ = variant
    exact = placed.get(variant, ())
    for index, bit in exact:
        _apply(sheet, index, row, columns, bit, 1)
    matched = {index for index, _ in exact}
    for index in around.get((chrom, pos), set()) - matched:
        if not exact:
            _apply(sheet, index, row, columns, OTHER, 1, only_carriers=True)
    if exact:  # a definition that names this deletion leaves the sites inside it at their reference
        return
    for offset in range(1, len(ref)):
        for index in single.get((chrom, pos + offset), ()):
            if index not in matched:
                _apply(sheet, index, row, columns, OTHER, int(sheet.reference[index, 0]), only_carriers=True)


def _apply(
    sheet: _Sheet,
    index: int,
    row: int,
    columns: _Columns,
    bit: int,
    reference: int,
    only_carriers: bool = False,
) -> None:
    dosage, called, strand = columns.dosage[row], columns.called[row], columns.strand[row]
    seen = called > 0
    if only_carriers:
        seen = seen & (dosage > 0)
    first, second = sheet.first[index], sheet.second[index]
    fresh = seen & ~sheet.seen[index]
    sheet.reference[index, fresh] = reference
    phased = seen & (strand > 0)
    first[phased & (strand & 1 > 0)] = bit
    second[phased & (strand & 2 > 0)] = bit
    loose = seen & (strand == 0) & (dosage > 0)
    both = loose & (dosage >= 2)
    first[both] = bit
    second[both] = bit
    one = loose & (dosage == 1)
    into_second = one & (first != 0)
    first[one & (first == 0)] = bit
    second[into_second] = bit
    sheet.phase[index][one] = -1
    named = phased & (dosage == 1) & (columns.phase_set[row] > 0)
    sheet.phase[index][named] = columns.phase_set[row][named]
    half = seen & (called < columns.ploidy[row])
    sheet.seen[index] |= seen & ~half
    sheet.refused[index] |= called < columns.ploidy[row]
    sheet.haploid[index] |= seen & (columns.ploidy[row] == 1)
    carrier = seen & (dosage > 0)
    sheet.fraction[index][carrier] = columns.fraction[row][carrier]


def _fill_blocks(
    sheet: _Sheet,
    table: VariantTable,
    flat: Sequence[tuple[GeneDefinition, Site]],
    samples: Sequence[int],
) -> None:
    """A reference block that covers all bases of a site makes it reference."""
    blocks = table.blocks
    if not blocks.height:
        return
    chromosomes = blocks["chrom"].to_numpy()
    for code in {gene.chromosome for gene, _ in flat}:
        picked = blocks.filter(pl.Series(chromosomes == code)).sort("start")
        if not picked.height:
            continue
        starts, ends = picked["start"].to_numpy(), picked["end"].to_numpy()
        indices = [i for i, (gene, site) in enumerate(flat) if gene.chromosome == code]
        positions = np.array([flat[i][1].positions[table.build] for i in indices], dtype=np.int64)
        lengths = np.array([len(flat[i][1].states[0]) for i in indices], dtype=np.int64)
        left = np.searchsorted(starts, positions, side="right") - 1
        right = np.searchsorted(starts, positions + lengths - 1, side="right") - 1
        inside = (left >= 0) & (positions > 0)
        inside &= (ends[left] >= positions) & (ends[right] >= positions + lengths - 1)
        for column, sample in enumerate(samples):
            genotype = picked[f"s{sample}_gt"].cast(pl.Int64).fill_null(-1).to_numpy()
            good = inside & (genotype[left] == 0) & (genotype[right] == 0)
            for index in np.asarray(indices)[good]:
                sheet.seen[index, column] = True


def _stated(
    flat: Sequence[tuple[GeneDefinition, Site]],
    build: Build,
    everywhere: bool,
    regions: CallableRegions | None,
) -> NDArray[np.bool_]:
    """Sites of which the laboratory states that no record means reference."""
    stated = np.full(len(flat), everywhere)
    if regions is None:
        return stated
    chromosomes = np.array([gene.chromosome for gene, _ in flat])
    positions = np.array([site.positions[build] for _, site in flat], dtype=np.int64)
    lengths = np.array([len(site.states[0]) for _, site in flat], dtype=np.int64)
    for code in np.unique(chromosomes):
        here = chromosomes == code
        inside = regions.hold(int(code), positions[here], lengths[here])
        stated[here] |= inside & (positions[here] > 0)
    return stated


def _double(sheet: _Sheet, single_copy: NDArray[np.bool_]) -> None:
    """A genotype of one allele (GT 1) where there is one copy is all there is, not half of a mixed one."""
    alone = sheet.haploid & single_copy[:, None]
    for states, other in ((sheet.first, sheet.second), (sheet.second, sheet.first)):
        gaps = alone & (states == 0) & (other != 0)
        states[gaps] = other[gaps]
        sheet.phase[gaps] = 0


def _finish(sheet: _Sheet, stated: NDArray[np.bool_]) -> None:
    """Fill the remaining haplotype of seen sites with the reference of the record.

    A stated no-call stays missing whatever the laboratory states.
    """
    known = sheet.seen | (stated[:, None] & ~sheet.refused)
    for states in (sheet.first, sheet.second):
        gaps = known & (states == 0)
        states[gaps] = sheet.reference[gaps]
    homozygous = sheet.first == sheet.second
    sheet.phase[homozygous] = 0
