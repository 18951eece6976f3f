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
LINKAGE: Final = 2.0
"""Factor by which linked sites widen the variance."""
TOLERANCE: Final = 1e-6


def shares(dosage: Floats, weight: Floats, frequencies: Floats) -> Floats:
    """Shares (sum 1) of the columns of ``frequencies`` (sites by groups); sites of weight 0 do not count."""
    used = weight > 0
    known = np.clip(frequencies[used], 0.001, 0.999)
    copies, count = dosage[used], weight[used]
    groups = frequencies.shape[1]
    share = np.full(groups, 1 / groups)
    for _ in range(CYCLES):
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


def standard_errors(weight: Floats, frequencies: Floats, share: Floats) -> Floats:
    """Errors of ``share`` from the information of the sites, widened for linkage between them.

    They hold for a share inside 0..1; at 0 or 1 read them as how far the true share may lie inside.
    """
    used = weight > 0
    known = np.clip(frequencies[used], 0.001, 0.999)
    expected = np.clip(known @ share, 1e-3, 1 - 1e-3)
    information = (known * (2 * weight[used] / (expected * (1 - expected)))[:, None]).T @ known
    groups = len(share)
    free = np.linalg.svd(np.ones((1, groups)))[2][1:].T  # directions in which the sum of shares stays 1
    covariance = free @ np.linalg.inv(free.T @ information @ free) @ free.T
    return np.asarray(np.sqrt(LINKAGE * np.diag(covariance)), dtype=np.float64)
