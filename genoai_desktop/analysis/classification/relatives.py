"""What a protein's relatives say of an amino-acid change, as numbers for the missense model.

From the bundled columns of alignments (``knowledge.conservation``): how common both residues are among the
relatives, how conserved the residue is in itself and against the rest of the protein, and how far the new
residue's hydropathy and volume lie from those that the column tolerates. From ``paralog_labels``: published
changes at the aligned residue of other human genes, never of the gene itself.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from genoai_desktop.analysis.classification.residues import HYDROPATHY, RESIDUES, VOLUME
from genoai_desktop.knowledge.conservation import Conservation

BACKGROUND = np.array(
    (0.078, 0.051, 0.045, 0.054, 0.019, 0.043, 0.063, 0.074, 0.022, 0.051,
     0.091, 0.057, 0.022, 0.039, 0.052, 0.071, 0.058, 0.013, 0.032, 0.064)
)  # fmt: skip
"""Share of each residue in proteins (Robinson and Robinson 1991)."""
RELATIVE_FEATURES = (
    "share_of_residue", "share_of_new_residue", "share_change", "entropy", "conservation", "relatives",
    "new_residue_near", "kinds_near", "conservation_next", "conservation_around", "conservation_in_protein",
    "share_change_of_all", "hydropathy_unlike", "volume_unlike", "kept_below_35", "kept_below_50",
    "kept_below_70", "kept_below_85", "kept_above_85",
)  # fmt: skip
PARALOG_FEATURES = (
    "paralog_pathogenic", "paralog_benign", "paralog_pathogenic_identity", "paralog_benign_identity",
    "paralog_same_pathogenic", "paralog_same_benign",
)  # fmt: skip
_UNKNOWN = [math.nan] * len(RELATIVE_FEATURES)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Paralogs:
    """Published changes of a gene's paralogs at one aligned residue, pathogenic and benign ones.

    ``weights``: changes, each counted as the identity (0 to 1) of the two proteins; ``nearest``: the highest
    identity among them, 0 without any; ``residues``: the new residues.
    """

    weights: tuple[float, float] = (0.0, 0.0)
    nearest: tuple[float, float] = (0.0, 0.0)
    residues: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Typical:
    """What follows from each typical column alone, made once for all proteins; of shape (k,).

    Natural logs of ``shares`` (k, 20) in ``logs``; ``conservation`` and ``entropy`` in nats.
    """

    logs: Floats
    shares: Floats
    conservation: Floats
    entropy: Floats


@dataclass(frozen=True, slots=True)
class Columns:
    """A protein's columns and what its residues are compared with; arrays of shape (n,)."""

    known: Conservation
    typical: Typical
    conservation: Floats
    next: Floats
    around: Floats
    middle: float
    spread: float
    """Mean and standard deviation of the conservation in the protein; NaN where none is known."""
    hydropathy: tuple[Floats, Floats]
    volume: tuple[Floats, Floats]
    """Mean and spread among the relatives, as of ``hydropathy``."""


def typical(logs: npt.NDArray[np.float32]) -> Typical:
    """Of typical columns of shape (k, 20): ``Conservation.typical``."""
    wide = logs.astype(np.float64)
    shares = np.exp(wide)
    return Typical(
        wide,
        shares,
        (shares * (wide - np.log(BACKGROUND))).sum(axis=1),
        -(shares * wide).sum(axis=1),
    )


def columns(known: Conservation, typical: Typical) -> Columns:
    """What the features of any change of the protein need; ``typical`` is of the columns it names."""
    conservation = typical.conservation[known.column]
    seen = conservation[~np.isnan(conservation)]
    middle, spread = (seen.mean(), seen.std()) if len(seen) else (math.nan, math.nan)
    # Of the protein, not of the typical columns: a matrix product's last bit depends on its other rows.
    shares = typical.shares[known.column]
    return Columns(
        known,
        typical,
        conservation,
        _smooth(conservation, 1),
        _smooth(conservation, 3),
        middle,
        spread,
        _moments(shares, HYDROPATHY),
        _moments(shares, VOLUME),
    )


def _smooth(values: Floats, reach: int) -> Floats:
    """Mean of the known values within ``reach`` residues; NaN where none is known."""
    known = ~np.isnan(values)
    kernel = np.ones(2 * reach + 1)
    cut = slice(reach, reach + len(values))
    total = np.convolve(np.where(known, values, 0.0), kernel)[cut]
    count = np.convolve(known.astype(np.float64), kernel)[cut]
    mean: Floats = np.divide(total, count, out=np.full(len(values), np.nan), where=count > 0)
    return mean


def _moments(shares: Floats, scale: dict[str, float]) -> tuple[Floats, Floats]:
    values = np.array([scale[residue] for residue in RESIDUES])
    mean = shares @ values
    return mean, np.sqrt(np.maximum(shares @ (values * values) - mean * mean, 1e-3))


def relative_features(protein: Columns | None, position: int, ref: str, alt: str) -> list[float]:
    """In the order of ``RELATIVE_FEATURES``; all NaN where no relative is aligned. 1-based ``position``."""
    at, old, new = position - 1, RESIDUES.index(ref), RESIDUES.index(alt)
    if protein is None or math.isnan(protein.conservation[at]):
        return list(_UNKNOWN)
    known, kinds, column = protein.known, protein.typical, protein.known.column[at]
    shares, carried = kinds.logs[column], known.carried(at)
    (hydropathy, hydropathy_spread), (volume, volume_spread) = protein.hydropathy, protein.volume
    numbers = (
        shares[old],
        shares[new],
        shares[new] - shares[old],
        kinds.entropy[column],
        protein.conservation[at],
        np.log1p(known.relatives[at]),
        carried[new],
        carried.sum(),
        protein.next[at],
        protein.around[at],
        (protein.conservation[at] - protein.middle) / (protein.spread + 0.1),
        shares.mean() - shares[old],
        (HYDROPATHY[alt] - hydropathy[at]) / hydropathy_spread[at],
        (VOLUME[alt] - volume[at]) / volume_spread[at],
    )
    return [float(number) for number in (*numbers, *known.kept(at))]


def paralog_features(known: Paralogs, alt: str) -> list[float]:
    """In the order of ``PARALOG_FEATURES``."""
    return [*known.weights, *known.nearest, *(float(alt in residues) for residues in known.residues)]
