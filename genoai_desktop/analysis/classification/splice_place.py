"""Where a base stands beside a splice site, and what changes there weigh in ClinVar."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from genoai_desktop.knowledge import Bundle
from genoai_desktop.knowledge.genes import Transcript

_CANONICAL = 2
_EXONIC = 3
Place = tuple[str, int]
"""``donor`` or ``acceptor``, and the bases into the intron (1, 2, …) or into the exon (-1, -2, …)."""


def splice_place(effect: Mapping[str, Any], transcript: Transcript, position: int) -> Place | None:
    """Of a row of ``effects`` and its genome position; None at the canonical bases and far away.

    Only exon edges that border an intron count.
    """
    distance = effect["splice_distance"]
    if distance is None or 0 < distance <= _CANONICAL or distance < -_EXONIC:
        return None
    if distance > 0:
        return ("acceptor" if "-" in (effect["hgvs_c"] or "").partition("c.")[2][1:] else "donor"), distance
    side = _edge(transcript, position)
    return (side, distance) if side else None


def _edge(transcript: Transcript, position: int) -> str | None:
    """The nearer edge of the exon that holds the position, in the order of transcription."""
    count = len(transcript.exons)
    for index, (start, end) in enumerate(transcript.exons):
        if start <= position <= end:
            low, high = index > 0, index < count - 1
            nearer_end = high and (not low or end - position < position - start)
            if not (low or high):
                return None
            return "donor" if nearer_end != transcript.reverse else "acceptor"
    return None


class SplicePlaces:
    """``ratio(place, ref, alt)``: the likelihood ratio, bases on the transcript; None where not counted."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    def ratio(self, place: Place, ref: str, alt: str) -> float | None:
        """Above 1 the change was pathogenic more often than others near splice sites."""
        return self._ratios.get((*place, ref, alt))

    @cached_property
    def _ratios(self) -> dict[tuple[str, int, str, str], float]:
        table = self._bundle.table("splice_positions")
        columns = table.select("side", "distance", "ref", "alt", "ratio")
        return {(side, at, ref, alt): ratio for side, at, ref, alt, ratio in columns.iter_rows()}
