"""Depth and telling bases of a gene, its pseudogene and control windows from a BAM or CRAM.

Counted is every aligned base of primary, unfailed, unduplicated reads, whatever the mapping quality (gene and
pseudogene share reads); uniquely placed ones are counted apart. The GC content of a window is that of its
own reads, so no reference genome is needed. Positions are 0-based.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pysam

from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.pgx_copies import CopyRegions, TellingBase

UNIQUE = 10
"""Mapping quality from which a read counts as uniquely placed."""
_ALIKE = 0.85
"""Share of equal bases below which two exons are not taken to match base by base."""
_GOOD_BASE = 15
"""Phred quality from which a telling base counts."""


@dataclass(frozen=True, slots=True)
class Window:
    """Depth (mean reads a base) of one interval; ``gc`` of its reads, ``length`` of a mean read in bases."""

    depth: float
    unique_depth: float
    gc: float
    length: float
    size: int


@dataclass(frozen=True, slots=True)
class BlockReads:
    """One block in gene and pseudogene; bases seen at either of the two that are the gene's or the other's.

    ``telling``: at how many positions they were counted.
    """

    part: str
    gene: Window
    paralog: Window
    gene_bases: int
    paralog_bases: int
    telling: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What a reads file shows. ``reason`` says why it cannot be used; then the rest is empty."""

    blocks: tuple[BlockReads, ...] = ()
    controls: tuple[Window, ...] = ()
    samples: tuple[str, ...] = ()
    reason: str = ""


def measure(path: Path, reference: Path | None, regions: CopyRegions, defining: frozenset[int]) -> Measured:
    """Read the regions; what cannot be used gives a ``reason``, never an error. Unchanged files are kept.

    ``defining``: 0-based positions at which alleles of the gene itself vary; they never tell the genes apart
    unless the table says so.
    """
    try:
        stat = path.stat()
    except OSError:
        return Measured(reason=tr("the file of reads is not there"))
    return _measure(str(path), stat.st_mtime_ns, stat.st_size, str(reference or ""), regions, defining)


@lru_cache(maxsize=4)
def _measure(
    path: str, _changed: int, _size: int, reference: str, regions: CopyRegions, defining: frozenset[int]
) -> Measured:
    try:
        with pysam.AlignmentFile(path, reference_filename=reference or None) as reads:
            prefix = _prefix(reads, regions)
            if isinstance(prefix, Measured):
                return prefix
            bases = [*regions.bases, *_from_reference(reference, prefix, regions, defining)]
            blocks = tuple(
                _block(reads, prefix, regions, number, bases) for number in range(len(regions.blocks))
            )
            controls = tuple(_window(reads, prefix + c, s, e) for c, s, e in regions.controls)
            header: Any = reads.header
            groups = header.get("RG", ())
            samples = tuple(sorted({str(group["SM"]) for group in groups if "SM" in group}))
            return Measured(blocks, controls, samples)
    except (OSError, ValueError):
        return Measured(
            reason=tr("the file of reads cannot be read: it is damaged, or CRAM without its reference")
        )


def _prefix(reads: Any, regions: CopyRegions) -> str | Measured:
    """``chr`` or nothing, as the file names its chromosomes."""
    if not reads.has_index():
        return Measured(reason=tr("the file of reads has no index"))
    lengths = dict(zip(reads.references, reads.lengths, strict=True))
    prefix = "chr" if f"chr{regions.chromosome}" in lengths else ""
    if any(lengths.get(prefix + name) != length for name, length in regions.lengths):
        return Measured(reason=tr("the reads lie on another reference build than the variants"))
    return prefix


def _kept(reads: Any, contig: str, start: int, end: int) -> Iterable[Any]:
    """Primary reads that were neither refused nor marked as copies."""
    for read in reads.fetch(contig, start, end):
        if not (read.flag & 0xF04):
            yield read


def _window(reads: Any, contig: str, start: int, end: int) -> Window:
    bases = unique = strong = letters = count = 0
    for read in _kept(reads, contig, start, end):
        inside = read.get_overlap(start, end) or 0
        bases += inside
        if read.mapping_quality >= UNIQUE:
            unique += inside
        text = read.query_sequence or ""
        strong += text.count("G") + text.count("C")
        letters += len(text)
        count += 1
    size = end - start
    return Window(
        bases / size, unique / size, strong / letters if letters else float("nan"),
        letters / count if count else 0.0, size,
    )  # fmt: skip


def _block(
    reads: Any, prefix: str, regions: CopyRegions, number: int, bases: list[TellingBase]
) -> BlockReads:
    block, contig = regions.blocks[number], prefix + regions.chromosome
    mine = [base for base in bases if base.part == block.part]
    own = other = 0
    for place in ("position", "paralog_position"):
        wanted = {getattr(base, place): (base.gene_base, base.paralog_base) for base in mine}
        found = _letters(reads, contig, wanted)
        own, other = own + found[0], other + found[1]
    return BlockReads(
        block.part, _window(reads, contig, *block.gene), _window(reads, contig, *block.paralog),
        own, other, len(mine),
    )  # fmt: skip


def _letters(reads: Any, contig: str, wanted: dict[int, tuple[str, str]]) -> tuple[int, int]:
    """How many reads show the gene's and the pseudogene's base; each read counts once, by most of its bases.

    Neighbouring bases of one read are not independent, so a read is one observation.
    """
    if not wanted:
        return 0, 0
    own = other = 0
    for read in _kept(reads, contig, min(wanted), max(wanted) + 1):
        text, quality = read.query_sequence, read.query_qualities
        if text is None:
            continue
        votes = 0
        for inside, position in read.get_aligned_pairs(matches_only=True):
            pair = wanted.get(position)
            if pair and (quality is None or quality[inside] >= _GOOD_BASE):
                votes += (text[inside] == pair[0]) - (text[inside] == pair[1])
        own, other = own + (votes > 0), other + (votes < 0)
    return own, other


def _from_reference(
    reference: str, prefix: str, regions: CopyRegions, defining: frozenset[int]
) -> list[TellingBase]:
    """Bases that differ between matching exons by the clinic's reference genome; none without one."""
    if not reference:
        return []
    found: list[TellingBase] = []
    try:
        with pysam.FastaFile(reference) as genome:
            for block in regions.blocks:
                if any(base.part == block.part for base in regions.bases):
                    continue
                (start, end), (other, stop) = block.compared
                own = genome.fetch(prefix + regions.chromosome, start, end).upper()
                pseudo = genome.fetch(prefix + regions.chromosome, other, stop).upper()
                if sum(a == b for a, b in zip(own, pseudo, strict=True)) >= _ALIKE * len(own):
                    found += [
                        TellingBase(block.part, start + i, other + i, a, b)
                        for i, (a, b) in enumerate(zip(own, pseudo, strict=True))
                        if a != b and "N" not in a + b and start + i not in defining
                    ]
    except (OSError, ValueError, KeyError):
        return []
    return found
