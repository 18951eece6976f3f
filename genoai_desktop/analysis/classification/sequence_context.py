"""What the sequence around a residue says of its part in the protein, as numbers for the missense model.

Glycine of collagen's Gly-X-Y triplets, cysteines nearby (disulphide bridges), the hydrophobic moment of a
helix and of a strand (Eisenberg 1982) seen from the residue, preference for helix and strand (Chou and
Fasman 1978), signal peptides and transmembrane helices, the domain's size.
"""

import math
from collections.abc import Sequence

from genoai_desktop.analysis.classification.residues import CHARGE, HELIX, HYDROPATHY, STRAND

CONTEXT_FEATURES = (
    "triplet_glycine", "triplet_glycine_of_any_phase", "cysteines_near", "cysteines_around", "helix_moment",
    "strand_moment", "helix", "strand", "helix_change", "strand_change", "charge_near", "aromatic_near",
    "hydropathy_before", "hydropathy_after", "to_end", "in_signal", "in_membrane", "domain_length", "run",
)  # fmt: skip
_TRIPLETS, _MOMENT, _NEAR = 4, 7, 4
_HELIX_TURN, _STRAND_TURN = 100, 170
"""Degrees from one residue to the next."""
Spans = Sequence[tuple[int, int]]


def context_features(
    sequence: str, position: int, ref: str, alt: str, domains: Spans, signal: Spans, membrane: Spans
) -> list[float]:
    """In the order of ``CONTEXT_FEATURES``; ``position`` and the spans are 1-based residues, inclusive."""
    at, length = position - 1, len(sequence)
    phases = [_glycines(sequence, at, phase) for phase in range(3)]
    near = sequence[max(0, at - _NEAR) : at + _NEAR + 1]
    wide = sequence[max(0, at - 8) : at + 9]
    far = sequence[max(0, at - 30) : at + 31]
    beside = sequence[max(0, at - 5) : at + 6]
    own = sequence[at] == "C"
    return [
        phases[0],
        max(phases),
        float(wide.count("C") - own),
        (far.count("C") - own) / len(far),
        _moment(sequence, at, _HELIX_TURN),
        _moment(sequence, at, _STRAND_TURN),
        sum(HELIX.get(residue, 1.0) for residue in near) / len(near),
        sum(STRAND.get(residue, 1.0) for residue in near) / len(near),
        HELIX[alt] - HELIX[ref],
        STRAND[alt] - STRAND[ref],
        float(sum(CHARGE.get(residue, 0) for residue in beside)),
        float(sum(residue in "FWY" for residue in beside)),
        HYDROPATHY.get(sequence[at - 1], 0.0) if at else 0.0,
        HYDROPATHY.get(sequence[at + 1], 0.0) if at + 1 < length else 0.0,
        math.log(length - at),
        float(_inside(position, signal)),
        float(_inside(position, membrane)),
        float(max((last - first + 1 for first, last in domains if first <= position <= last), default=0)),
        float(_run(sequence, at)),
    ]


def _inside(position: int, spans: Spans) -> bool:
    return any(first <= position <= last for first, last in spans)


def _glycines(sequence: str, at: int, phase: int) -> float:
    """Share of glycine at every third residue around, in the given phase, the residue itself left out."""
    places = (at + phase + 3 * step for step in range(-_TRIPLETS, _TRIPLETS + 1))
    seen = [sequence[place] == "G" for place in places if 0 <= place < len(sequence) and place != at]
    return sum(seen) / max(len(seen), 1)


def _moment(sequence: str, at: int, turn: int) -> float:
    """Mean hydropathy of the others on the residue's side of a helix or strand, less that on the far side."""
    places = [
        place for place in range(max(0, at - _MOMENT), min(len(sequence), at + _MOMENT + 1)) if place != at
    ]
    total = sum(
        HYDROPATHY.get(sequence[place], 0.0) * math.cos(math.radians(turn * (place - at))) for place in places
    )
    return total / max(len(places), 1)


def _run(sequence: str, at: int) -> int:
    """Residues of the same kind that adjoin without a break."""
    first = last = at
    while first > 0 and sequence[first - 1] == sequence[at]:
        first -= 1
    while last + 1 < len(sequence) and sequence[last + 1] == sequence[at]:
        last += 1
    return last - first
