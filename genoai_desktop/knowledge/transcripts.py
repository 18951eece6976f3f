"""Transcript models of one build in flat arrays, and the vectorised questions put to them.

Positions are 1-based genomic, inclusive. *Transcript offsets* are 0-based from the 5' end.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

MITOCHONDRIAL_REFERENCE: Final = "NC_012920.1"
_MT: Final = 25
_SHIFT: Final = 32


@dataclass(frozen=True, slots=True)
class Spots:
    """Where positions lie in transcripts: the ``c.`` coordinate system before numbering.

    ``offset``: transcript offset of the base, or in an intron of the nearest exon base;
    ``intron``: signed distance into the intron (+1 first base after the exon, -1 last before), 0 in an exon;
    ``exon``: index into the exon arrays of the exon at or left of the base (genomic order).
    """

    offset: Ints
    intron: Ints
    exon: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Models:
    """All transcripts of one build. Arrays over transcripts, then arrays over exons (genomic order).

    ``cds_offset`` transcript offset of the first coding base; ``cds_length`` 0 for RNA genes;
    ``exact`` is False for a lifted model whose CDS changed its length: its numbers cannot be trusted;
    ``residues`` concatenated proteins, each followed by ``*``; ``protein`` start there, -1 without one.
    """

    names: pl.Series
    genes: pl.Series
    chrom: Ints
    reverse: Flags
    start: Ints
    end: Ints
    length: Ints
    cds_offset: Ints
    cds_length: Ints
    native: Flags
    exact: Flags
    first_exon: Ints
    exon_count: Ints
    exon_transcript: Ints
    exon_start: Ints
    exon_end: Ints
    exon_before: Ints
    protein: Ints
    residues: NDArray[np.uint8]
    _breaks: Ints
    _members_start: Ints
    _members: Ints

    @property
    def height(self) -> int:
        """Number of transcripts."""
        return int(self.chrom.size)

    def overlaps(self, chrom: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """Pairs (index of the interval, transcript) that share a base, sorted by interval.

        ``chrom`` holds chromosome codes, the intervals are inclusive.
        """
        low = np.searchsorted(self._breaks, (chrom << _SHIFT) + start, side="right") - 1
        high = np.searchsorted(self._breaks, (chrom << _SHIFT) + end, side="right") - 1
        rows, bins = _ranges(low, high - low + 1)
        rows2, slots = _ranges(
            self._members_start[bins], self._members_start[bins + 1] - self._members_start[bins]
        )
        rows, members = rows[rows2], self._members[slots]
        if not np.any(high > low):
            return rows, members
        pairs = np.unique((rows << _SHIFT) + members)
        return pairs >> _SHIFT, pairs & ((1 << _SHIFT) - 1)

    def locate(self, transcripts: Ints, positions: Ints) -> Spots:
        """Place positions that lie between the ends of their transcripts."""
        keys = (self.exon_transcript << _SHIFT) + self.exon_start
        exon = np.searchsorted(keys, (transcripts << _SHIFT) + positions, side="right") - 1
        exon = np.maximum(exon, self.first_exon[transcripts])
        inside = positions <= self.exon_end[exon]
        last = self.first_exon[transcripts] + self.exon_count[transcripts] - 1
        following = np.minimum(exon + 1, last)
        after, before = positions - self.exon_end[exon], self.exon_start[following] - positions
        reverse = self.reverse[transcripts]
        # In the middle of an intron of odd length the name counts from the exon before (HGVS).
        left_anchor = np.where(reverse, after < before, after <= before) | (following == exon)
        left = self.exon_before[exon] + self.exon_end[exon] - self.exon_start[exon]
        genomic = np.where(
            inside,
            self.exon_before[exon] + positions - self.exon_start[exon],
            np.where(left_anchor, left, self.exon_before[following]),
        )
        signed = np.where(inside, 0, np.where(left_anchor, after, -before))
        offset = np.where(reverse, self.length[transcripts] - 1 - genomic, genomic)
        return Spots(offset, np.where(reverse, -signed, signed), exon)

    def genomic(self, transcript: int, offset: int) -> int:
        """Genomic position of a transcript offset."""
        base = self.length[transcript] - 1 - offset if self.reverse[transcript] else offset
        first = self.first_exon[transcript]
        exons = slice(first, first + self.exon_count[transcript])
        exon = first + int(np.searchsorted(self.exon_before[exons], base, side="right")) - 1
        return int(self.exon_start[exon] + base - self.exon_before[exon])


def build_models(
    models: pl.DataFrame, transcripts: pl.DataFrame, proteins: pl.DataFrame, mitochondrial: pl.DataFrame
) -> Models:
    """Flatten the tables of one build (``models`` filtered to it)."""
    frame = models.join(transcripts.select("transcript", "gene"), on="transcript").sort(
        "chrom", "start", "transcript"
    )
    sizes, exon_count = _flat(frame["exons"]), frame["exons"].list.len().to_numpy().astype(np.int64)
    gaps = _flat(frame["introns"])
    start = frame["start"].to_numpy().astype(np.int64)
    arrays = _exons(start, exon_count, sizes, gaps)
    reverse = frame["reverse"].to_numpy()
    cds_low = start + frame["cds_start"].to_numpy()
    cds_size = frame["cds_size"].to_numpy()
    coding = cds_size > 0
    cds_high = cds_low + np.where(coding, cds_size, 1) - 1
    chrom = frame["chrom"].to_numpy().astype(np.int64)
    extra = _mitochondrial(mitochondrial)
    names = pl.concat(
        [frame["transcript"], pl.Series([MITOCHONDRIAL_REFERENCE] * mitochondrial.height, dtype=pl.String)]
    )
    genes = pl.concat([frame["gene"], mitochondrial["gene"]])
    first = np.concatenate([[0], np.cumsum(exon_count)])
    offsets = [_offset_of(arrays, first, side) for side in (cds_low, cds_high)]
    length = arrays["length"]
    cds_offset = np.where(reverse, length - 1 - offsets[1], offsets[0]) * coding
    joined: dict[str, Any] = {
        "chrom": (chrom, extra["chrom"]),
        "reverse": (reverse, extra["reverse"]),
        "start": (start, extra["start"]),
        "end": (arrays["end"], extra["end"]),
        "length": (length, extra["length"]),
        "cds_offset": (cds_offset, extra["cds_offset"]),
        "cds_length": ((offsets[1] - offsets[0] + 1) * coding, extra["cds_length"]),
        "native": (frame["native"].to_numpy(), extra["native"]),
        "exact": (frame["exact"].to_numpy(), extra["native"]),
        "exon_count": (exon_count, extra["exon_count"]),
        "exon_start": (arrays["exon_start"], extra["start"]),
        "exon_end": (arrays["exon_end"], extra["end"]),
        "exon_before": (arrays["exon_before"], extra["cds_offset"]),
    }
    flat = {name: np.concatenate(parts) for name, parts in joined.items()}
    flat["first_exon"] = np.concatenate([[0], np.cumsum(flat["exon_count"])])[:-1]
    flat["exon_transcript"] = np.repeat(np.arange(flat["chrom"].size), flat["exon_count"])
    protein, residues = _proteins(names, proteins, flat["cds_length"])
    breaks, members_start, members = _bins(flat["chrom"], flat["start"], flat["end"])
    return Models(
        names=names,
        genes=genes,
        protein=protein,
        residues=residues,
        _breaks=breaks,
        _members_start=members_start,
        _members=members,
        **flat,
    )


def _flat(column: pl.Series) -> Ints:
    return column.explode(empty_as_null=False).to_numpy().astype(np.int64)


def _exons(start: Ints, count: Ints, sizes: Ints, gaps: Ints) -> dict[str, Ints]:
    first = np.concatenate([[0], np.cumsum(count)])
    steps = np.zeros(sizes.size, dtype=np.int64)
    inner = np.ones(sizes.size, dtype=bool)
    inner[first[:-1]] = False
    steps[inner] = gaps
    steps[1:][inner[1:]] += sizes[:-1][inner[1:]]
    running = np.cumsum(steps)
    exon_start = running - np.repeat(running[first[:-1]], count) + np.repeat(start, count)
    total = np.cumsum(sizes) - sizes
    before = total - np.repeat(total[first[:-1]], count)
    exon_end = exon_start + sizes - 1
    ends = first[1:] - 1
    return {
        "exon_start": exon_start,
        "exon_end": exon_end,
        "exon_before": before,
        "end": exon_end[ends],
        "length": before[ends] + sizes[ends],
    }


def _offset_of(arrays: dict[str, Ints], first: Ints, positions: Ints) -> Ints:
    """Genomic-order transcript offset of one exonic position per transcript."""
    owner = np.repeat(np.arange(positions.size), np.diff(first))
    keys = (owner << _SHIFT) + arrays["exon_start"]
    exon = np.searchsorted(keys, (np.arange(positions.size) << _SHIFT) + positions, side="right") - 1
    result: Ints = arrays["exon_before"][exon] + positions - arrays["exon_start"][exon]
    return result


def _mitochondrial(frame: pl.DataFrame) -> dict[str, Any]:
    start, end = (frame[name].to_numpy().astype(np.int64) for name in ("start", "end"))
    length = end - start + 1
    zeros = np.zeros(frame.height, dtype=np.int64)
    return {
        "chrom": zeros + _MT,
        "reverse": frame["reverse"].to_numpy(),
        "start": start,
        "end": end,
        "length": length,
        "cds_offset": zeros,
        "cds_length": np.where(frame["coding"].to_numpy(), length, 0),
        "native": np.ones(frame.height, dtype=bool),
        "exon_count": zeros + 1,
    }


def _proteins(names: pl.Series, proteins: pl.DataFrame, cds_length: Ints) -> tuple[Ints, NDArray[np.uint8]]:
    """A protein is used only where the CDS has exactly its length and a stop codon."""
    lengths = proteins["sequence"].str.len_bytes().to_numpy().astype(np.int64) + 1
    starts = np.cumsum(lengths) - lengths
    residues = np.frombuffer(("*".join(proteins["sequence"].to_list()) + "*").encode(), dtype=np.uint8)
    place = pl.DataFrame({"transcript": proteins["transcript"], "at": starts, "size": lengths * 3})
    found = pl.DataFrame({"transcript": names}).join(
        place, on="transcript", how="left", maintain_order="left"
    )
    fits = found["size"].fill_null(-1).to_numpy() == cds_length
    return np.where(fits, found["at"].fill_null(-1).to_numpy(), -1), residues


def _bins(chrom: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """Elementary intervals between transcript ends, each with its transcripts (compressed rows)."""
    opening, closing = (chrom << _SHIFT) + start, (chrom << _SHIFT) + end + 1
    breaks = np.unique(np.concatenate([[0], opening, closing, [1 << 40]]))
    low, high = np.searchsorted(breaks, opening), np.searchsorted(breaks, closing)
    members, bins = _ranges(low, high - low)
    order = np.lexsort((members, bins))
    counts = np.bincount(bins, minlength=breaks.size + 1)
    return breaks, np.concatenate([[0], np.cumsum(counts)]), members[order]


def _ranges(first: Ints, count: Ints) -> tuple[Ints, Ints]:
    """For each i the numbers ``first[i] .. first[i] + count[i] - 1``: (i repeated, the numbers)."""
    owner = np.repeat(np.arange(first.size), count)
    shift = np.cumsum(count) - count
    return owner, np.arange(owner.size) - shift[owner] + first[owner]
