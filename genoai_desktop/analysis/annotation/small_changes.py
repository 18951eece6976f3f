"""Insertions, deletions and multi-base changes of a table, with names by the reference where there is one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genoai_desktop.analysis.annotation.codons import translate
from genoai_desktop.analysis.annotation.hgvs import name, protein_name
from genoai_desktop.analysis.annotation.indels import Coding, Span, mask
from genoai_desktop.analysis.annotation.places import Spot, reverse_complement
from genoai_desktop.analysis.annotation.sequences import Sequences
from genoai_desktop.analysis.annotation.substitutions import MITOCHONDRIAL, PROTEINS, REFERENCE, STRUCTURE
from genoai_desktop.analysis.annotation.terms import Term
from genoai_desktop.knowledge.transcripts import Models, Spots

Ints = NDArray[np.int64]
_NEEDS_PROTEIN = frozenset(
    {
        Term.MISSENSE,
        Term.SYNONYMOUS,
        Term.STOP_GAINED,
        Term.STOP_RETAINED,
        Term.STOP_LOST,
        Term.INFRAME_INSERTION,
    }
)


@dataclass(frozen=True, slots=True)
class SmallChange:
    """The answer for one pair. Empty names mean: take the unshifted one, or none."""

    mask: int
    source: int
    residue: int
    hgvs_c: str = ""
    hgvs_p: str = ""


class SmallChanges:
    """Asks ``indels`` about single pairs."""

    def __init__(self, models: Models, sequences: Sequences | None) -> None:
        self._models = models
        self._sequences = sequences

    def call(self, transcript: int, start: int, end: int, removed: str, added: str) -> SmallChange:
        """``start``..``end`` genomic: the removed bases, or the bases beside an insertion; + strand bases."""
        span = self._span(transcript, start, end, removed, added)
        coding = self._coding(transcript)
        found = mask(span, coding)
        residue = self._residue_number(span, coding)
        source = STRUCTURE
        if residue:
            source = (
                REFERENCE if coding.bases else PROTEINS if self._used_protein(found, coding) else STRUCTURE
            )
        if self._sequences is None:
            return SmallChange(found, source, residue)
        shifted, text = self._shifted(transcript, start, end, removed, added)
        return SmallChange(found, source, residue, text, self._protein(shifted, coding, found))

    def _used_protein(self, found: int, coding: Coding) -> bool:
        return bool(coding.protein) and any(found >> term & 1 for term in _NEEDS_PROTEIN)

    def _span(self, transcript: int, start: int, end: int, removed: str, added: str) -> Span:
        models = self._models
        low, high = max(start, int(models.start[transcript])), min(end, int(models.end[transcript]))
        spots = models.locate(np.array([transcript] * 2), np.array([low, high]))
        begin = int(models.cds_offset[transcript])
        ends = [
            (Spot(int(spots.offset[i]) - begin, int(spots.intron[i])), int(spots.exon[i])) for i in (0, 1)
        ]
        edges = [low == models.exon_start[ends[0][1]], high == models.exon_end[ends[1][1]]]
        first_exon = int(models.first_exon[transcript])
        edges[0] &= ends[0][1] > first_exon
        edges[1] &= ends[1][1] < first_exon + int(models.exon_count[transcript]) - 1
        if models.reverse[transcript]:
            ends.reverse()
            edges.reverse()
            removed, added = reverse_complement(removed), reverse_complement(added)
        return Span(ends[0][0], ends[1][0], ends[0][1], ends[1][1], removed, added, *map(bool, edges))

    def _coding(self, transcript: int) -> Coding:
        models = self._models
        length, at = int(models.cds_length[transcript]), int(models.protein[transcript])
        protein = models.residues[at : at + length // 3 - 1].tobytes().decode() if at >= 0 else ""
        mitochondrial = int(models.chrom[transcript]) == MITOCHONDRIAL
        bases = self._sequences.coding(transcript) if self._sequences else ""
        return Coding(
            length,
            protein,
            bases,
            mitochondrial,
            mitochondrial or (bool(models.exact[transcript]) and length % 3 == 0),
        )

    def _residue_number(self, span: Span, coding: Coding) -> int:
        at = span.first.coding + (1 if span.insertion else 0)
        inside = span.first.intron == 0 and span.last.intron == 0 and 0 <= at < coding.length
        return at // 3 + 1 if inside and coding.framed else 0

    def _shifted(self, transcript: int, start: int, end: int, removed: str, added: str) -> tuple[Span, str]:
        """The change at its 3' most place, and its coding name."""
        models, sequences = self._models, self._sequences
        assert sequences is not None
        chrom, reverse = int(models.chrom[transcript]), bool(models.reverse[transcript])
        place = start if removed else start + 1
        moved = sequences.shifted(chrom, place, removed, added, reverse) - place
        if removed and not added:
            removed = sequences.bases(chrom, start + moved, end + moved)
        elif added and not removed:
            turn = moved % len(added)
            added = added[turn:] + added[:turn]
        span = self._span(transcript, start + moved, end + moved, removed, added)
        length = int(models.cds_length[transcript])
        outside = start + moved < models.start[transcript] or end + moved > models.end[transcript]
        if outside or chrom == MITOCHONDRIAL or not models.exact[transcript]:
            return span, ""
        if span.insertion and (copy := self._copied(transcript, start + moved, added)):
            return span, name(copy[0], copy[1], length, "dup")
        change = f"ins{span.added}" if span.insertion else f"delins{span.added}" if span.added else "del"
        return span, name(span.first, span.last, length, change)

    def _copied(self, transcript: int, left: int, added: str) -> tuple[Spot, Spot] | None:
        """Places of the bases that an insertion after ``left`` repeats, on its 5' side."""
        models, sequences = self._models, self._sequences
        assert sequences is not None
        size = len(added)
        begin = left + 1 if models.reverse[transcript] else left - size + 1
        if begin < models.start[transcript] or begin + size - 1 > models.end[transcript]:
            return None
        if sequences.bases(int(models.chrom[transcript]), begin, begin + size - 1) != added:
            return None
        span = self._span(transcript, begin, begin + size - 1, "", "")
        return span.first, span.last

    def _protein(self, span: Span, coding: Coding, found: int) -> str:
        """``p.`` name from the changed coding sequence; empty where splicing or an end is hit."""
        first, last = span.first, span.last
        splice = 1 << Term.SPLICE_ACCEPTOR | 1 << Term.SPLICE_DONOR | 1 << Term.SPLICE_REGION
        if not coding.bases or first.intron or last.intron or found & splice or not coding.framed:
            return ""
        begin = first.coding + 1 if span.insertion else first.coding
        end = begin + len(span.ref)
        if begin < 0 or end > coding.length:
            return ""
        if found & (1 << Term.START_LOST):
            return "p.(Met1?)" if coding.bases.startswith("ATG") else "p.?"
        before = translate(coding.bases, coding.mitochondrial)
        after = translate(coding.bases[:begin] + span.added + coding.bases[end:], coding.mitochondrial)
        same = before == after
        number = (begin // 3) + 1
        if same:
            return f"p.({_three(before, number)}=)" if len(span.ref) == len(span.added) else ""
        return protein_name(before, after, bool((len(span.added) - len(span.ref)) % 3))


def _three(protein: str, number: int) -> str:
    from genoai_desktop.analysis.annotation.codons import THREE_LETTERS

    return f"{THREE_LETTERS[protein[number - 1]]}{number}"


def trivial(a: Spots, b: Spots) -> NDArray[np.bool_]:
    """Pairs deep in one intron, whose answer is plain."""
    deep: NDArray[np.bool_] = (np.abs(a.intron) > 20) & (np.abs(b.intron) > 20) & (a.exon == b.exon)
    return deep
