"""What skipping the exon beside a destroyed splice site does to the protein (Abou Tayoun 2018, figure 1)."""

import re
from dataclasses import dataclass

from genoai_desktop.knowledge.genes import Transcript

_INTRON = re.compile(r"intron (\d+) of (\d+)")


@dataclass(frozen=True, slots=True)
class SkippedExon:
    """The likeliest outcome of a lost donor (the exon before) or acceptor (the exon after)."""

    number: int
    """In the order of transcription, from 1."""
    coding: int
    """Coding bases in the exon."""
    first: bool
    """It holds the start codon."""
    escapes_decay: bool
    """The reading frame is kept, or a shifted one starts in the last exon."""
    residues: tuple[int, int]
    """First and last residue, 1-based, that are lost or changed."""
    lost: float
    """Share of the coding sequence lost: the exon, or all from it on where the frame is shifted."""

    @property
    def in_frame(self) -> bool:
        """Whether the reading frame is kept."""
        return self.coding % 3 == 0


def skipped_exon(transcript: Transcript, region: str, donor: bool) -> SkippedExon | None:
    """``region`` as in ``effects`` (``intron 2 of 11``); None without an intron or a coding sequence."""
    match = _INTRON.search(region)
    if match is None or transcript.cds is None:
        return None
    low, high = transcript.cds
    ordered = transcript.exons[::-1] if transcript.reverse else transcript.exons
    sizes = [max(0, min(end, high) - max(start, low) + 1) for start, end in ordered]
    index = int(match[1]) - 1 + (not donor)
    total = sum(sizes)
    if not 0 <= index < len(sizes) or not total:
        return None
    coding = sizes[index]
    coding_exons = [place for place, size in enumerate(sizes) if size]
    in_frame = coding % 3 == 0
    lost = coding if in_frame else sum(sizes[index:])
    before = sum(sizes[:index])
    return SkippedExon(
        number=index + 1,
        coding=coding,
        first=bool(coding) and index == coding_exons[0],
        escapes_decay=in_frame or index >= coding_exons[-1] - 1,
        residues=(before // 3 + 1, (before + lost + 2) // 3),
        lost=lost / total,
    )
