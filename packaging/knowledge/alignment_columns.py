"""What a column of an alignment says of each residue: a profile, and how near a relative carries it.

Weights of relatives: Henikoff and Henikoff 1994. Profile with pseudocounts from BLOSUM62: Altschul 1997.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from homologues import OTHER, OUTSIDE, Codes, Relatives

from genoai_desktop.analysis.classification.relatives import BACKGROUND
from genoai_desktop.analysis.classification.residues import SIMILARITY
from genoai_desktop.knowledge.conservation import KEPT, UNKNOWN

_JOINT = np.outer(BACKGROUND, BACKGROUND) * 2.0 ** (SIMILARITY / 2.0)
EXCHANGE = _JOINT / _JOINT.sum(axis=1, keepdims=True)
PSEUDOCOUNT = 10.0
AROUND = 3
"""Residues on either side over which the diversity of the relatives is averaged."""
BANDS = ((0.0, 35.0), (35.0, 50.0), (50.0, 70.0), (70.0, 85.0), (85.0, 99.95))
"""Identity in per cent with the protein; the last band leaves its own copy out."""
Floats = npt.NDArray[np.float32]
_STATES = OUTSIDE + 1
"""The 20 residues, another one, a gap, and not aligned."""


@dataclass(frozen=True, slots=True)
class Column:
    """By residue of one protein: natural log of the profile (n, 20; NaN without relatives), identity in per
    cent of the nearest relative that carries each residue (n, 20; 0 where none does), relatives aligned,
    and how many in ``KEPT`` of the relatives of each of ``BANDS`` carry the protein's own residue (n, bands;
    ``UNKNOWN`` where none is aligned)."""

    profile: Floats
    nearest: Floats
    aligned: npt.NDArray[np.int64]
    kept: Codes


def columns(found: Relatives, own: Codes) -> Column:
    """The columns of the alignment of a protein whose residues are ``own``."""
    length = found.rows.shape[1]
    cells = found.rows + np.arange(length) * _STATES
    counts = np.bincount(cells.ravel(), minlength=length * _STATES).reshape(length, _STATES)[:, :20]
    kinds = (counts > 0).sum(axis=1)
    weighted = np.bincount(
        cells.ravel(),
        weights=np.repeat(_weights(found.rows, cells, counts, kinds), length),
        minlength=length * _STATES,
    ).reshape(length, _STATES)[:, :20]
    nearest = np.zeros(length * _STATES, dtype=np.float32)
    for row, identity in zip(cells, found.identity, strict=True):
        nearest[row] = identity
    return Column(
        _profile(weighted, kinds),
        nearest.reshape(length, _STATES)[:, :20],
        (found.rows != OUTSIDE).sum(axis=0),
        np.stack([_kept(found, own, *band) for band in BANDS], axis=1),
    )


def _kept(found: Relatives, own: Codes, low: float, high: float) -> Codes:
    rows = found.rows[(found.identity >= low) & (found.identity < high)]
    aligned, same = (rows != OUTSIDE).sum(axis=0), (rows == own).sum(axis=0)
    return np.where(aligned, np.round(KEPT * same / np.maximum(aligned, 1)), UNKNOWN).astype(np.uint8)


def _weights(
    rows: Codes, cells: npt.NDArray[np.int64], counts: npt.NDArray[np.int64], kinds: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Weight of each relative: its residues' rarity in their columns, averaged over those it covers."""
    share = np.zeros((len(kinds), _STATES))
    share[:, :20] = 1.0 / np.maximum(counts * kinds[:, None], 1)
    total = share.ravel()[cells].sum(axis=1)
    weight: npt.NDArray[np.float64] = total / np.maximum((rows < OTHER).sum(axis=1), 1)
    return weight


def _profile(weighted: npt.NDArray[np.float64], kinds: npt.NDArray[np.int64]) -> Floats:
    """Natural log of shares with pseudocounts that weigh less where relatives are diverse."""
    total = weighted.sum(axis=1, keepdims=True)
    observed = np.divide(weighted, total, out=np.zeros(weighted.shape), where=total > 0)
    window, cut = np.ones(2 * AROUND + 1), slice(AROUND, AROUND + len(kinds))
    diversity = np.convolve(kinds, window)[cut] / np.convolve(np.ones(len(kinds)), window)[cut]
    trust = np.maximum(diversity - 1, 0)[:, None]
    profile = (trust * observed + PSEUDOCOUNT * observed @ EXCHANGE) / (trust + PSEUDOCOUNT)
    return np.where(total > 0, np.log(np.maximum(profile, 1e-9)), np.nan).astype(np.float32)
