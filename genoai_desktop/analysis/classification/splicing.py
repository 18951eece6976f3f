"""What losing one or more exons does to the protein (Abou Tayoun 2018, figure 1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from genoai_desktop.knowledge.genes import Transcript

_INTRON = re.compile(r"intron (\d+) of (\d+)")


@dataclass(frozen=True, slots=True)
class SkippedExon:
    """The likeliest outcome of a lost donor (the exon before) or acceptor (the exon after), or of a deletion.

    Exons are numbered from 1 in the order of transcription.
    """

    number: int
    coding: int
    """Coding bases that are lost."""
    first: bool
    """The start codon is among them."""
    escapes_decay: bool
    """The reading frame is kept, or a shifted one starts in the last exon."""
    residues: tuple[int, int]
    """First and last residue, 1-based, that are lost or changed."""
    lost: float
    """Share of the coding sequence lost: the exons, or all from them on where the frame is shifted."""
    share: float = 0.0
    """Share of the coding sequence in the exons themselves."""
    last: int = 0
    """The last of several exons; 0 for one alone."""
    whole: bool = False
    """All of the coding sequence is lost."""
    deleted: bool = False
    """Deleted from the genome, not skipped."""

    @property
    def in_frame(self) -> bool:
        """Whether the reading frame is kept."""
        return self.coding % 3 == 0

    @property
    def exons(self) -> str:
        """``3`` or ``3-5``."""
        return f"{self.number}-{self.last}" if self.last > self.number else str(self.number)


def skipped_exon(transcript: Transcript, region: str, donor: bool) -> SkippedExon | None:
    """``region`` as in ``effects`` (``intron 2 of 11``); None without an intron or a coding sequence."""
    match = _INTRON.search(region)
    if match is None or transcript.cds is None:
        return None
    index = int(match[1]) - 1 + (not donor)
    sizes = _coding_sizes(transcript)
    return _loss(sizes, index, index, sizes[index]) if 0 <= index < len(sizes) else None


def deleted_exons(transcript: Transcript, start: int, end: int) -> SkippedExon | None:
    """The exons that a deletion from ``start`` to ``end`` (1-based, inclusive) takes or cuts into.

    None where it stays within one exon or intron, or the gene has no coding sequence.
    """
    if transcript.cds is None:
        return None
    low, high = transcript.cds
    ordered = _ordered(transcript)
    hit = [index for index, (first, last) in enumerate(ordered) if first <= end and last >= start]
    inside = len(hit) == 1 and ordered[hit[0]][0] < start and end < ordered[hit[0]][1]
    if not hit or inside:
        return None
    coding = sum(max(0, min(ordered[i][1], high, end) - max(ordered[i][0], low, start) + 1) for i in hit)
    found = _loss(_coding_sizes(transcript), hit[0], hit[-1], coding)
    return replace(found, last=hit[-1] + 1 if len(hit) > 1 else 0, deleted=True) if found else None


def _ordered(transcript: Transcript) -> Sequence[tuple[int, int]]:
    return transcript.exons[::-1] if transcript.reverse else transcript.exons


def _coding_sizes(transcript: Transcript) -> list[int]:
    low, high = transcript.cds or (0, -1)
    return [max(0, min(end, high) - max(start, low) + 1) for start, end in _ordered(transcript)]


def _loss(sizes: Sequence[int], index: int, last: int, coding: int) -> SkippedExon | None:
    """What goes with the exons ``index`` to ``last`` (0-based), of which ``coding`` bases are coding."""
    total = sum(sizes)
    if not total:
        return None
    coding_exons = [place for place, size in enumerate(sizes) if size]
    in_frame = coding % 3 == 0
    lost = coding if in_frame else max(coding, sum(sizes[index:]))
    before = sum(sizes[:index])
    return SkippedExon(
        number=index + 1,
        coding=coding,
        first=bool(coding) and index <= coding_exons[0] <= last,
        escapes_decay=in_frame or last >= coding_exons[-1] - (index == last),
        residues=(before // 3 + 1, (before + lost + 2) // 3),
        lost=lost / total,
        share=coding / total,
        whole=coding == total,
    )
