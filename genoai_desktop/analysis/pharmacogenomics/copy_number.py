"""Copies of CYP2D6 and hybrids with CYP2D7 from read depth.

After Chen 2021 (Cyrius, doi:10.1038/s41397-020-00205-5), in three steps. (1) Depth of gene and pseudogene
together in each of nine blocks (an exon with its flanks), corrected for GC by the control windows, gives the
copies of both. (2) Bases that differ, or else uniquely placed reads, divide them between the two. (3) Of all
steps of whole copies along the gene (at most one change: a hybrid), the most likely is taken when it carries
at least 95 % of the probability; otherwise nothing is said.

Limits: short reads of a whole genome, at least 12 fold deep. Exomes and panels are refused. Two changes in
one gene (such as a hybrid and its mirror image) are not told apart, nor which strand holds a further copy.
Without a reference genome only exon 9 has telling bases; the other blocks rest on the placement of the reads.
The method was tried on simulated reads; no real genome with a known copy number was at hand.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genoai_desktop.analysis.pharmacogenomics.copy_reads import BlockReads, Measured, Window
from genoai_desktop.domain.pgx import BlockCopies, CopyNumber
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.pgx_copies import CopyRegions

METHOD = "Read depth after Chen 2021 (doi:10.1038/s41397-020-00205-5)"
LEAST_DEPTH = 12.0
"""Mean depth of the control windows below which whole copies cannot be told apart."""
LEAST_WINDOWS = 60
SURE = 0.95
_MOST_COPIES = 6
_UNEVEN = 0.1
"""Share of control windows below a third of the median depth from which the file is no whole genome."""
_SHARED_ERROR = 0.04
"""Relative error that all blocks share (library, GC model)."""
_OTHER_ODDS = 0.02
"""Odds of a hybrid of any unnamed form against none before the reads are looked at. Named forms have theirs
in the table (haplotype frequencies of the most affected population, Chen 2021)."""
_SHARE_ERROR = 0.03
"""Error of a block's share beyond counting: reads that are placed wrongly more often in one of the two."""
_PSEUDO = {0: 0.005, 1: 0.045, 2: 0.9, 3: 0.045, 4: 0.005}
"""Copies of CYP2D7 before the reads are looked at: nearly always two (Chen 2021)."""
_HEAVY = 6.0
"""Degrees of freedom of the t distribution of a block's error: one bad block must not decide."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """Copies that are whole, hybrid, and of the pseudogene; hybrids change after block ``change``."""

    whole: int
    hybrid: int
    pseudo: int
    change: int = 0
    gene_first: bool = True

    def copies(self, block: int) -> tuple[int, int]:
        """Gene and pseudogene in one block (0-based from exon 1)."""
        as_gene = self.hybrid if (block < self.change) == self.gene_first else 0
        return self.whole + as_gene, self.pseudo + self.hybrid - as_gene


@dataclass(frozen=True, slots=True)
class _Block:
    """Copies of gene and pseudogene together in one block, and the gene's share, each with its error."""

    part: str
    total: float
    total_error: float
    share: float
    share_error: float

    def as_result(self) -> BlockCopies:
        """In the terms of the result."""
        gene = self.total * self.share
        error = math.hypot(self.share * self.total_error, self.total * self.share_error)
        return BlockCopies(self.part, gene, error, self.total - gene)


def estimate(measured: Measured, regions: CopyRegions) -> CopyNumber:
    """Copies of the gene, or the reason why these reads cannot judge them."""
    if reason := measured.reason or _refusal(measured):
        return CopyNumber(regions.gene, None, reason=reason, method=METHOD)
    depth = float(np.median([w.depth for w in measured.controls]))
    seen = _blocks(measured)
    blocks = tuple(block.as_result() for block in seen)
    shapes, chances = _chances(seen, regions)
    best = shapes[int(np.argmax(chances))]
    whole = best.whole
    same = [i for i, s in enumerate(shapes) if (s.whole, bool(s.hybrid)) == (whole, bool(best.hybrid))]
    sure = float(chances[same].sum())
    middle, error = _mean(blocks, [best.copies(i)[0] - whole for i in range(len(blocks))])
    low, high = max(0.0, middle - 1.96 * error), middle + 1.96 * error
    notes = _notes(measured)
    bent = float(chances[[i for i, s in enumerate(shapes) if s.hybrid]].sum())
    if not best.hybrid and bent > 1 - SURE:
        notes += (tr("A hybrid cannot be excluded (probability {value}).", value=f"{bent:.0%}"),)
    if sure < SURE and bent > 0.5:
        form = _hybrid(
            max(zip(chances, shapes, strict=True), key=lambda c: (c[1].hybrid > 0, c[0]))[1], blocks, regions
        )
        reason = tr("a hybrid is likely (probability {value}): {form}", value=f"{bent:.0%}", form=form)
        return CopyNumber(
            regions.gene, None, middle, low, high, sure, form, blocks, depth, reason, METHOD, notes
        )
    if sure < SURE or abs(middle - whole) > 0.4:
        reason = tr("the depth fits no whole number of copies ({value}, 95 % interval {low} to {high})",
                    value=f"{middle:.2f}", low=f"{low:.2f}", high=f"{high:.2f}")  # fmt: skip
        return CopyNumber(
            regions.gene, None, middle, low, high, sure, "", blocks, depth, reason, METHOD, notes
        )
    return CopyNumber(
        regions.gene, whole, middle, low, high, sure, _hybrid(best, blocks, regions), blocks, depth, "",
        METHOD, notes,
    )  # fmt: skip


def _refusal(measured: Measured) -> str:
    depths = np.array([window.depth for window in measured.controls])
    seen = depths[depths > 0]
    if seen.size < LEAST_WINDOWS:
        return tr("the reads do not cover the control regions (exome, panel or part of a genome)")
    middle = float(np.median(depths))
    if (depths < middle / 3).mean() > _UNEVEN or (depths > middle * 3).mean() > _UNEVEN:
        return tr("the depth is as uneven as in an exome or panel")
    if middle < LEAST_DEPTH:
        return tr("{depth} fold is too shallow; {least} fold is needed", depth=f"{middle:.0f}",
                  least=f"{LEAST_DEPTH:.0f}")  # fmt: skip
    if all(b.gene.depth + b.paralog.depth < middle / 20 for b in measured.blocks):
        return tr("the file holds no reads of the gene or its pseudogene")
    return ""


@dataclass(frozen=True, slots=True)
class _Expected:
    """Depth of two copies by GC; ``scatter``: relative, beyond counting, of a window of ``size`` bases."""

    curve: NDArray[np.float64]
    low: float
    high: float
    scatter: float
    size: int

    def at(self, gc: float) -> tuple[float, float]:
        """Expected depth, and its relative error beyond the range of the controls' GC."""
        inside = min(max(gc, self.low), self.high)
        return float(np.exp(np.polyval(self.curve, inside))), 1.5 * abs(gc - inside)


def _expected(controls: Sequence[Window]) -> _Expected:
    """A quadratic of log depth in GC, fitted again without windows that lie far off."""
    depth = np.array([w.depth for w in controls])
    gc = np.array([w.gc for w in controls])
    kept = (depth > np.median(depth) / 3) & np.isfinite(gc)
    curve = np.zeros(3)
    gap = np.zeros(0)
    for _ in range(3):
        curve = np.polyfit(gc[kept], np.log(depth[kept]), 2)
        gap = np.abs(np.log(np.maximum(depth, 1e-9)) - np.polyval(curve, np.nan_to_num(gc)))
        kept &= gap < max(3.5 * 1.4826 * float(np.median(gap[kept])), 0.05)
    low, high = np.quantile(gc[kept], [0.01, 0.99])
    return _Expected(
        curve, float(low), float(high), float(np.sqrt((gap[kept] ** 2).mean())), controls[0].size
    )


def _blocks(measured: Measured) -> tuple[_Block, ...]:
    expected = _expected(measured.controls)
    return tuple(_copies(block, expected) for block in measured.blocks)


def _copies(block: BlockReads, expected: _Expected) -> _Block:
    gene, paralog = block.gene, block.paralog
    both = gene.depth + paralog.depth
    if both <= 0:
        return _Block(block.part, 0.0, 0.3, 0.5, 0.5)
    parts = [(w.gc, w.depth) for w in (gene, paralog) if w.depth > 0]
    gc = sum(value * weight for value, weight in parts) / both
    level, outside = expected.at(gc)
    total = 2 * both / level
    area, length = gene.size + paralog.size, max(gene.length, paralog.length, 1.0)
    scatter = expected.scatter * math.sqrt(max(1.0, expected.size / area))
    reads = (gene.depth * gene.size + paralog.depth * paralog.size) / length
    spread = math.sqrt(scatter**2 + outside**2 + 1 / max(reads, 1.0))
    share, weight = _share(block, length)
    counted = math.sqrt((share * (1 - share) + 0.02) / max(weight, 1.0))
    return _Block(block.part, total, max(total * spread, 0.2), share, math.hypot(counted, _SHARE_ERROR))


def _share(block: BlockReads, length: float) -> tuple[float, float]:
    """The gene's share of the reads, and on how many reads it rests: telling bases, else unique placement."""
    told = block.gene_bases + block.paralog_bases
    gene, paralog = block.gene.unique_depth, block.paralog.unique_depth
    placed = (gene * block.gene.size + paralog * block.paralog.size) / length
    if block.telling and told >= 20:
        return block.gene_bases / told, float(told)
    if gene + paralog <= 0:
        return block.gene.depth / (block.gene.depth + block.paralog.depth), 4.0
    return gene / (gene + paralog), placed


def _mean(blocks: Sequence[BlockCopies], hybrid: Sequence[int]) -> tuple[float, float]:
    """Weighted mean of the whole copies with its standard error, the error shared by all blocks included."""
    weights = np.array([1 / block.error**2 for block in blocks])
    copies = np.array([block.copies - of for block, of in zip(blocks, hybrid, strict=True)])
    middle = float((weights * copies).sum() / weights.sum())
    return middle, math.hypot(1 / math.sqrt(weights.sum()), _SHARED_ERROR * max(middle, 0.5))


def _chances(blocks: Sequence[_Block], regions: CopyRegions) -> tuple[list[_Shape], NDArray[np.float64]]:
    """Every shape with its probability; the error that the depth of all blocks shares is averaged over."""
    shapes = _shapes(len(blocks))
    prior = np.array([_pseudo(s) * _odds(s, len(blocks), regions) for s in shapes])
    copies = np.array([[s.copies(i) for i in range(len(blocks))] for s in shapes], dtype=np.float64)
    both = copies.sum(axis=2)
    share = np.where(both > 0, copies[:, :, 0] / np.maximum(both, 1), 0.5)
    log_share = _log(np.array([b.share for b in blocks]) - share, np.array([b.share_error for b in blocks]))
    seen, error = np.array([b.total for b in blocks]), np.array([b.total_error for b in blocks])
    total = np.zeros(len(shapes))
    for factor, weight in zip((0.92, 0.96, 1.0, 1.04, 1.08), (0.05, 0.24, 0.42, 0.24, 0.05), strict=True):
        total += weight * np.exp(log_share + _log(seen - both * factor, error))
    chances = prior * np.maximum(total, 1e-300)
    return shapes, chances / chances.sum()


def _pseudo(shape: _Shape) -> float:
    """Of so many pseudogene copies; a hybrid that begins as one stands in a pseudogene's place."""
    lost = 0 if shape.gene_first else shape.hybrid
    return _PSEUDO.get(shape.pseudo + lost, min(_PSEUDO.values()))


def _log(gap: NDArray[np.float64], error: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log likelihood (t distribution, but for a constant) summed over the blocks."""
    logs = -0.5 * (_HEAVY + 1) * np.log1p((gap / error) ** 2 / _HEAVY)
    found: NDArray[np.float64] = logs.sum(axis=1)
    return found


def _shapes(blocks: int) -> list[_Shape]:
    """Every number of whole copies, hybrids and pseudogene copies that is tried."""
    flat = [_Shape(n, 0, p) for n in range(_MOST_COPIES + 1) for p in _PSEUDO]
    bent = [
        _Shape(s.whole, hybrids, s.pseudo, change, first)
        for s in flat for hybrids in (1, 2) for change in range(1, blocks) for first in (True, False)
    ]  # fmt: skip
    return flat + bent


def _odds(shape: _Shape, blocks: int, regions: CopyRegions) -> float:
    """Of a hybrid against the same number of whole copies without it; two are rarer than one."""
    if not shape.hybrid:
        return 1.0
    fewer = 1.0 if shape.hybrid == 1 else 0.2
    for known in regions.hybrids:
        if (known.change, known.gene_first) == (shape.change, shape.gene_first):
            return known.odds * fewer
    return _OTHER_ODDS / (2 * (blocks - 1)) * fewer


def _hybrid(shape: _Shape, blocks: Sequence[BlockCopies], regions: CopyRegions) -> str:
    if not shape.hybrid:
        return ""
    last = blocks[shape.change - 1].part
    named = [k.names for k in regions.hybrids if (k.change, k.gene_first) == (shape.change, shape.gene_first)]
    first, rest = (regions.gene, regions.paralog)[:: 1 if shape.gene_first else -1]
    text = tr("{count} hybrid: {first} up to {part}, {rest} after it",
              count=shape.hybrid, first=first, part=last, rest=rest)  # fmt: skip
    return tr("{text} (as in {names})", text=text, names=named[0]) if named else text


def _notes(measured: Measured) -> tuple[str, ...]:
    told = [
        block.part for block in measured.blocks if block.telling and block.gene_bases + block.paralog_bases
    ]
    found = [tr("Depth was tried on simulated reads; confirm a change of copies by an assay made for it.")]
    if len(told) < len(measured.blocks):
        found.append(
            tr("Bases tell gene from pseudogene in {parts} only; elsewhere the placement of reads does.",
               parts=", ".join(told) or tr("none"))
        )  # fmt: skip
    return tuple(found)
