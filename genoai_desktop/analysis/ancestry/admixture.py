"""Shares of the superpopulations in a genome, by maximum likelihood on their allele frequencies.

The supervised case of the model of Alexander, Novembre and Lange (2009), solved by EM with
the extrapolation of Varadhan and Roland (2008). The reference
groups are themselves mixed (AMR above all), so the shares are "admixture-like", not pedigree fractions.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
CYCLES: Final = 60
RECYCLES: Final = 10
TOLERANCE: Final = 1e-6


def shares(dosage: Floats, weight: Floats, frequencies: Floats, start: Floats | None = None) -> Floats:
    """Shares (sum 1) of the columns of ``frequencies`` (sites by groups); sites of weight 0 do not count."""
    used = weight > 0
    known = np.clip(frequencies[used], 0.001, 0.999)
    copies, count = dosage[used], weight[used]
    groups = frequencies.shape[1]
    share = np.full(groups, 1 / groups) if start is None else np.maximum(start, 1e-4)
    for _ in range(CYCLES if start is None else RECYCLES):
        first = _step(share, known, copies, count)
        second = _step(first, known, copies, count)
        change, bend = first - share, second - 2 * first + share
        length = np.linalg.norm(change) / max(float(np.linalg.norm(bend)), 1e-12)
        leap = np.maximum(share + 2 * length * change + length**2 * bend, 1e-9)
        share = _step(leap / leap.sum(), known, copies, count)
        if np.abs(change).max() < TOLERANCE:
            break
    return share


def _step(share: Floats, known: Floats, copies: Floats, count: Floats) -> Floats:
    """One step of EM."""
    expected = np.clip(known @ share, 1e-6, 1 - 1e-6)
    alternate = (count * copies / expected) @ known
    reference = (count * (2 - copies) / (1 - expected)) @ (1 - known)
    new: Floats = share * (alternate + reference)
    scaled: Floats = new / new.sum()
    return scaled


def standard_errors(
    dosage: Floats, weight: Floats, frequencies: Floats, share: Floats, block: npt.NDArray[np.int64]
) -> Floats:
    """Delete-one-block jackknife errors of ``share``; ``block`` is the chromosome of each site."""
    blocks = [number for number in np.unique(block) if weight[block == number].sum() > 0]
    if len(blocks) < 2:
        return np.full_like(share, np.nan)
    left = np.array(
        [shares(dosage, np.where(block == number, 0, weight), frequencies, share) for number in blocks]
    )
    count = len(blocks)
    return np.asarray(np.sqrt((count - 1) / count * ((left - left.mean(axis=0)) ** 2).sum(axis=0)))
