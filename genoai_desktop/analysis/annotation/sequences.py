"""Bases from the clinic's reference genome: coding sequences, flanks, and 3' shifting."""

from pathlib import Path

import pysam

from genoai_desktop.analysis.annotation.places import reverse_complement
from genoai_desktop.domain.genome import chromosome_code
from genoai_desktop.knowledge.transcripts import Models

_WINDOW = 200


class Sequences:
    """An indexed FASTA file. Contigs with or without ``chr``; positions 1-based inclusive."""

    def __init__(self, path: Path, models: Models) -> None:
        self._fasta = pysam.FastaFile(str(path))
        self._models = models
        self._contigs = {chromosome_code(name): name for name in reversed(self._fasta.references)}
        self._contigs.pop(0, None)
        self._lengths = dict(zip(self._fasta.references, self._fasta.lengths, strict=True))
        self._coding: dict[int, str] = {}

    def close(self) -> None:
        """Close the file."""
        self._fasta.close()

    def bases(self, chrom: int, start: int, end: int) -> str:
        """Upper-case bases; empty when the file lacks the chromosome or the place."""
        name = self._contigs.get(chrom)
        if name is None or start < 1 or end > self._lengths[name] or end < start:
            return ""
        return str(self._fasta.fetch(name, start - 1, end)).upper()

    def coding(self, transcript: int) -> str:
        """The coding sequence with its stop codon, 5' to 3'; empty when it cannot be had whole."""
        if transcript not in self._coding:
            self._coding[transcript] = self._read_coding(transcript)
        return self._coding[transcript]

    def _read_coding(self, transcript: int) -> str:
        models = self._models
        first, count = int(models.first_exon[transcript]), int(models.exon_count[transcript])
        chrom = int(models.chrom[transcript])
        parts = [
            self.bases(chrom, int(models.exon_start[exon]), int(models.exon_end[exon]))
            for exon in range(first, first + count)
        ]
        whole = "".join(parts)
        if not all(parts) or len(whole) != models.length[transcript]:
            return ""
        strand = reverse_complement(whole) if models.reverse[transcript] else whole
        begin = int(models.cds_offset[transcript])
        return strand[begin : begin + int(models.cds_length[transcript])]

    def shifted(self, chrom: int, start: int, removed: str, added: str, reverse: bool) -> int:
        """Position of a pure deletion or insertion moved to the 3' end of the transcript strand (HGVS).

        ``start`` is the first removed base, or the base right of an insertion; the new one is returned.
        """
        motif = removed or added
        if (removed and added) or not motif:
            return start
        if not reverse:
            after = start + len(removed)
            return start + _run(motif, self.bases(chrom, after, after + _WINDOW - 1))
        before = self.bases(chrom, max(1, start - _WINDOW), start - 1)
        return start - _run(motif[::-1], before[::-1])


def _run(motif: str, following: str) -> int:
    """How far ``motif`` can slide over ``following``."""
    steps = 0
    while steps < len(following) and following[steps] == motif[steps % len(motif)]:
        steps += 1
    return steps
