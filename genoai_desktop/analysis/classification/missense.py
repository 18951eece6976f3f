"""What is known offline about an amino-acid change, as numbers for the missense model.

Substitution: BLOSUM62 (Henikoff 1992), hydropathy (Kyte and Doolittle 1982), residue volume
(Zamyatnin 1972), charge. Surroundings: hydropathy, sequence complexity and disorder-promoting
residues around it, place in the protein, in a named domain or not; ``sequence_context``. Gene: constraint
(gnomAD v2.1.1).
Relatives: conservation, and published changes at the aligned residue of paralogs (``relatives``).
Known changes nearby in the gene itself are no features: they lifted the figures on the labels and spoilt
those on other people's variants (``models/missense/ABLATION.md``); PM1 reads them (``neighbours_of``).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from genoai_desktop.analysis.classification.relatives import (
    PARALOG_FEATURES,
    RELATIVE_FEATURES,
    Columns,
    Paralogs,
    paralog_features,
    relative_features,
)
from genoai_desktop.analysis.classification.residues import (
    CHARGE,
    DISORDER,
    HYDROPATHY,
    RESIDUES,
    SIMILARITY,
    VOLUME,
)
from genoai_desktop.analysis.classification.sequence_context import CONTEXT_FEATURES, context_features

FEATURES = (
    "blosum62", "hydropathy_change", "hydropathy_change_size", "volume_change", "volume_change_size",
    "charge_change", "hydropathy", "volume", "residue", "new_residue", "to_proline", "from_glycine",
    "from_cysteine", "hydropathy_near", "hydropathy_around", "complexity", "disorder", "place",
    "log_length", "pLI", "oe_missense_upper", "oe_lof_upper", "missense_z", "in_domain",
    *CONTEXT_FEATURES, *RELATIVE_FEATURES, *PARALOG_FEATURES,
)  # fmt: skip
_NEAR, _AROUND = 5.0, 20.0
"""Residues over which a neighbour's word fades to 1/e."""
_NO_PARALOGS = Paralogs()


@dataclass(frozen=True, slots=True)
class GeneContext:
    """What the features need of one gene; constraint is (pLI, oe_mis_upper, oe_lof_upper, mis_z)."""

    sequence: str
    constraint: tuple[float | None, float | None, float | None, float | None]
    known_positions: npt.NDArray[np.int64]
    known_pathogenic: npt.NDArray[np.bool_]
    domains: tuple[tuple[int, int], ...] = ()
    """First and last residue of each named domain, 1-based; so are the two below."""
    signal: tuple[tuple[int, int], ...] = ()
    membrane: tuple[tuple[int, int], ...] = ()
    columns: Columns | None = None
    """What the protein's relatives carry; None where none is known."""
    paralogs: Mapping[int, Paralogs] = field(default_factory=dict)
    """Published changes of paralogs by the 1-based residue that is aligned with theirs."""


def features(gene: GeneContext, position: int, ref: str, alt: str) -> list[float] | None:
    """One row in the order of ``FEATURES``; None where the protein does not carry ``ref`` at ``position``.

    ``position`` is the 1-based residue; ``ref`` and ``alt`` are one-letter residues.
    """
    sequence = gene.sequence
    fits = 0 < position <= len(sequence) and sequence[position - 1] == ref
    if not fits or ref not in HYDROPATHY or alt not in HYDROPATHY:
        return None
    constraint = [math.nan if value is None else value for value in gene.constraint]
    return [
        *_substitution(ref, alt),
        *_surroundings(sequence, position),
        *constraint,
        float(any(first <= position <= last for first, last in gene.domains)),
        *context_features(sequence, position, ref, alt, gene.domains, gene.signal, gene.membrane),
        *relative_features(gene.columns, position, ref, alt),
        *paralog_features(gene.paralogs.get(position, _NO_PARALOGS), alt),
    ]


def _substitution(ref: str, alt: str) -> list[float]:
    hydropathy = HYDROPATHY[alt] - HYDROPATHY[ref]
    volume = VOLUME[alt] - VOLUME[ref]
    return [
        float(SIMILARITY[RESIDUES.index(ref), RESIDUES.index(alt)]),
        hydropathy,
        abs(hydropathy),
        volume,
        abs(volume),
        float(CHARGE.get(alt, 0) - CHARGE.get(ref, 0)),
        HYDROPATHY[ref],
        VOLUME[ref],
        float(RESIDUES.index(ref)),
        float(RESIDUES.index(alt)),
        float(alt == "P"),
        float(ref == "G"),
        float(ref == "C"),
    ]


def _surroundings(sequence: str, position: int) -> list[float]:
    def window(reach: int) -> str:
        return sequence[max(0, position - 1 - reach) : position + reach]

    def hydropathy(part: str) -> float:
        return sum(HYDROPATHY.get(residue, 0.0) for residue in part) / len(part)

    around = window(10)
    wide = window(15)
    return [
        hydropathy(window(3)),
        hydropathy(around),
        complexity(sequence, position),
        sum(residue in DISORDER for residue in wide) / len(wide),
        position / len(sequence),
        math.log(len(sequence)),
    ]


def complexity(sequence: str, position: int, reach: int = 10) -> float:
    """Shannon entropy (nats) of the residues within ``reach`` of a 1-based position; 0 when all are alike."""
    around = sequence[max(0, position - 1 - reach) : position + reach]
    shares = [around.count(residue) / len(around) for residue in set(around)]
    return -sum(share * math.log(share) for share in sorted(shares))


def neighbours_of(gene: GeneContext, position: int) -> tuple[float, float, float, float]:
    """Weighted counts of known changes near a residue: pathogenic and benign, near and further around."""
    distance = np.abs(gene.known_positions - position)
    other = distance > 0
    near, around = np.exp(-distance / _NEAR) * other, np.exp(-distance / _AROUND) * other
    bad = gene.known_pathogenic
    sums = near[bad].sum(), near[~bad].sum(), around[bad].sum(), around[~bad].sum()
    return float(sums[0]), float(sums[1]), float(sums[2]), float(sums[3])
