"""Simulated whole-genome reads over CYP2D6, CYP2D7 and the control windows, written with pysam.

Independent of the method under test: reads are drawn from copies of gene and pseudogene, with a GC bias and
scatter of its own; a share of them is placed at the wrong one of the two with mapping quality 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pysam

from genoai_desktop.knowledge.pgx_copies import CopyRegions

LENGTH = 150


@dataclass
class Genome:
    """``copies[b]``: copies of the gene in block ``b``; the pseudogene has ``pseudo[b]``."""

    copies: Sequence[float]
    pseudo: Sequence[float] = (2,) * 9
    depth: float = 30.0
    gc_bias: float = 1.5
    scatter: float = 0.05
    misplaced: float = 0.15
    capture: bool = False
    prefix: str = "chr"
    seed: int = 1
    lengths: dict[str, int] = field(default_factory=dict)


def write_reads(path: Path, genome: Genome, regions: CopyRegions) -> Path:
    """A sorted and indexed BAM file."""
    draw = np.random.default_rng(genome.seed)
    lengths = dict(regions.lengths) | genome.lengths
    names = sorted(lengths, key=int)
    header = {
        "HD": {"VN": "1.6", "SO": "coordinate"},
        "SQ": [{"SN": genome.prefix + name, "LN": lengths[name]} for name in names],
        "RG": [{"ID": "1", "SM": "S"}],
    }
    rows: list[tuple[int, int, int, str]] = []

    def add(chromosome: str, start: int, end: int, copies: float, gc: float, other: int = 0) -> None:
        lift = np.exp(genome.gc_bias * (0.45 - gc)) * draw.lognormal(0, genome.scatter)
        count = draw.poisson(max(genome.depth * copies / 2 * lift, 0) * (end - start) / LENGTH)
        tid = names.index(chromosome)
        for at in draw.integers(start - LENGTH // 2, end - LENGTH // 2, count):
            wrong = other and draw.random() < genome.misplaced
            place = int(at) + (other if wrong and draw.random() < 0.5 else 0)
            rows.append((tid, place, 0 if wrong else 60, _letters(gc)))

    for number, (chromosome, start, end) in enumerate(regions.controls):
        if not genome.capture or number % 3 == 0:
            add(chromosome, start, end, 2, 0.35 + 0.35 * (number % 10) / 10)
    shift = regions.blocks[0].paralog[0] - regions.blocks[0].gene[0]
    for number, block in enumerate(regions.blocks):
        add(regions.chromosome, *block.gene, genome.copies[number], 0.6, shift)
        add(regions.chromosome, *block.paralog, genome.pseudo[number], 0.6, -shift)
    _write(path, header, sorted(rows, key=lambda row: row[:2]), names.index(regions.chromosome), regions)
    return path


def _letters(gc: float) -> str:
    strong = round(LENGTH * gc)
    return "G" * strong + "A" * (LENGTH - strong)


def _write(path: Path, header: dict[str, object], rows: list[tuple[int, int, int, str]], tid: int,
           regions: CopyRegions) -> None:  # fmt: skip
    gene = {base.position: base.gene_base for base in regions.bases}
    paralog = {base.paralog_position: base.paralog_base for base in regions.bases}
    placed = gene | paralog
    quality_of_all = pysam.qualitystring_to_array("I" * LENGTH)
    with pysam.AlignmentFile(str(path), "wb", header=header) as out:
        for number, (contig, start, quality, letters) in enumerate(rows):
            read = pysam.AlignedSegment(out.header)
            read.query_name, read.flag = f"r{number}", 0
            read.reference_id, read.reference_start = contig, start
            read.mapping_quality, read.cigartuples = quality, [(0, LENGTH)]
            if contig == tid and any(start <= at < start + LENGTH for at in placed):
                letters = "".join(placed.get(start + i, base) for i, base in enumerate(letters))
            read.query_sequence = letters
            read.query_qualities = quality_of_all
            out.write(read)
    pysam.index(str(path))
