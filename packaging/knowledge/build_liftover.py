"""Liftover: the UCSC hg19/hg38 chains as two tables of ungapped, non-overlapping blocks.

Where chains overlap, the one with the highest score wins, as in UCSC's ``liftOver``. Only the 24
nuclear chromosomes are kept: hg19's chrM is not the sequence that GRCh37 files call MT (that is
the same rCRS in both builds), so MT never goes through the chains.
"""

import gzip
import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from common import Origin, write_table

from genoai_desktop.domain.genome import chromosome_code

NAMES = ("chrom", "start", "length", "target", "place", "reversed")
Block = tuple[int, int, int, int, bool]
"""start (0-based), end, target chromosome, target position of start (0-based, forward), reversed."""


def build(source: Path, out: Path) -> None:
    """Write ``liftover_37_38`` and ``liftover_38_37``."""
    for name, file in (
        ("liftover_37_38", "hg19ToHg38.over.chain.gz"),
        ("liftover_38_37", "hg38ToHg19.over.chain.gz"),
    ):
        write_table(name, blocks(source / "liftover" / file), _origin(file), out)


def _origin(file: str) -> Origin:
    return Origin(
        source=f"UCSC Genome Browser liftOver chain {file}",
        release="2013-12 (hg19/hg38)",
        licence="free for all uses",
        builder="build_liftover",
        description="Ungapped blocks between the builds; positions from 0, differences between rows.",
    )


def blocks(path: Path) -> pl.DataFrame:
    """Columns ``chrom start length target shift reversed``; start and shift are differences."""
    found: dict[int, list[tuple[int, Block]]] = defaultdict(list)
    for rank, (chrom, block) in enumerate(sorted(_parse(path), key=lambda item: item[0])):
        found[chrom[1]].append((rank, block))
    rows = [
        (chrom, start, end - start, target, place, turned)
        for chrom in sorted(found)
        for start, end, target, place, turned in _flatten(found[chrom])
    ]
    frame = pl.DataFrame(rows, orient="row", schema=list(NAMES))
    return frame.select(
        pl.col("chrom").cast(pl.UInt8),
        pl.col("start").diff().fill_null(pl.col("start").first()).cast(pl.Int32),
        pl.col("length").cast(pl.UInt32),
        pl.col("target").cast(pl.UInt8),
        (pl.col("place") - pl.col("start"))
        .diff()
        .fill_null((pl.col("place") - pl.col("start")).first())
        .cast(pl.Int32)
        .alias("shift"),
        pl.col("reversed").cast(pl.Boolean),
    )


def _parse(path: Path) -> Iterator[tuple[tuple[int, int], Block]]:
    """((-score, chromosome), block) of every block between two nuclear chromosomes."""
    keep, key, q_size, turned, target = False, (0, 0), 0, False, 0
    here = there = 0
    for fields in (line.split() for line in gzip.decompress(path.read_bytes()).decode("ascii").splitlines()):
        if not fields:
            continue
        if fields[0] == "chain":
            chrom, target = _code(fields[2]), _code(fields[7])
            keep, key = bool(chrom and target), (-int(fields[1]), chrom)
            here, there, q_size, turned = int(fields[5]), int(fields[10]), int(fields[8]), fields[9] == "-"
            continue
        size = int(fields[0])
        if keep:
            place = q_size - 1 - there if turned else there
            yield key, (here, here + size, target, place, turned)
        if len(fields) == 3:
            here, there = here + size + int(fields[1]), there + size + int(fields[2])


def _code(name: str) -> int:
    code = chromosome_code(name) if "_" not in name else 0
    return code if code <= 24 else 0


def _flatten(ranked: list[tuple[int, Block]]) -> list[Block]:
    """Non-overlapping pieces, the lowest rank winning, by sweeping over the starts and ends."""
    ordered = sorted(ranked, key=lambda item: (item[1][0], item[0]))
    edges = sorted({edge for _, block in ranked for edge in block[:2]})
    pieces: list[tuple[int, Block]] = []
    active: list[tuple[int, Block]] = []
    upcoming = 0
    for left, right in itertools.pairwise(edges):
        while upcoming < len(ordered) and ordered[upcoming][1][0] <= left:
            heapq.heappush(active, ordered[upcoming])
            upcoming += 1
        while active and active[0][1][1] <= left:
            heapq.heappop(active)
        if active:
            rank, (start, _, target, place, turned) = active[0]
            moved = place - (left - start) if turned else place + (left - start)
            _append(pieces, rank, (left, right, target, moved, turned))
    return [block for _, block in pieces]


def _append(pieces: list[tuple[int, Block]], rank: int, block: Block) -> None:
    """Add a piece, joining it to the one before when both come from the same block."""
    if pieces and pieces[-1][0] == rank and pieces[-1][1][1] == block[0]:
        before = pieces[-1][1]
        pieces[-1] = (rank, (before[0], block[1], *before[2:]))
    else:
        pieces.append((rank, block))
