"""Regions by which read depth gives the copies of a gene with a pseudogene. Intervals 0-based, half open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from genoai_desktop.domain.genome import Build

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CopyBlock:
    """One exon with half of each neighbouring intron, in the gene and in its pseudogene.

    ``compared``: the stretches of gene and pseudogene that match base by base (one exon, no gap).
    """

    part: str
    gene: Interval
    paralog: Interval
    compared: tuple[Interval, Interval]


@dataclass(frozen=True, slots=True)
class TellingBase:
    """A base that differs between gene and pseudogene (plus strand; 0-based positions)."""

    part: str
    position: int
    paralog_position: int
    gene_base: str
    paralog_base: str


@dataclass(frozen=True, slots=True)
class KnownHybrid:
    """A hybrid that has names: the gene's sequence first (or last) with the change after block ``change``.

    ``odds``: against no hybrid, before any read is looked at.
    """

    names: str
    change: int
    gene_first: bool
    odds: float


@dataclass(frozen=True, slots=True)
class CopyRegions:
    """Everything the depth method needs for one gene on one build; blocks run from exon 1 on.

    ``controls``: windows of stable copy number on other chromosomes. ``lengths``: chromosome lengths by
    which the build of a reads file is told.
    """

    gene: str
    paralog: str
    chromosome: str
    blocks: tuple[CopyBlock, ...]
    controls: tuple[tuple[str, int, int], ...]
    bases: tuple[TellingBase, ...]
    lengths: tuple[tuple[str, int], ...]
    hybrids: tuple[KnownHybrid, ...]
    source: str


def read_regions(gene: str, raw: Mapping[str, Any], build: Build) -> CopyRegions:
    """From the stored document."""
    key = build.value
    blocks = tuple(
        CopyBlock(
            row["part"], _pair(row[key]["gene"]), _pair(row[key]["paralog"]),
            (_pair(row[key]["compared"][0]), _pair(row[key]["compared"][1])),
        )
        for row in raw["blocks"]
    )  # fmt: skip
    shift = {block.part: block.compared[1][0] - block.compared[0][0] for block in blocks}
    bases = tuple(
        TellingBase(b["part"], b[key], b[key] + shift[b["part"]], b["gene_base"], b["paralog_base"])
        for b in raw["bases"]
    )
    return CopyRegions(
        gene, raw["paralog"], raw["chromosome"], blocks,
        tuple((str(name), int(start), int(end)) for name, start, end in raw["controls"][key]),
        bases, tuple(sorted(raw["lengths"][key].items())),
        tuple(KnownHybrid(h["names"], h["change"], h["gene_first"], h["odds"]) for h in raw["hybrids"]),
        raw["source"],
    )  # fmt: skip


def _pair(value: list[int]) -> Interval:
    return int(value[0]), int(value[1])
