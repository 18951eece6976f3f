"""Coordinates in words: HGVS ``c.`` labels, regions, and the transcript strand."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.transcripts import Models, Spots

Ints = NDArray[np.int64]
_COMPLEMENT: Final = str.maketrans("ACGTN", "TGCAN")


def reverse_complement(sequence: str) -> str:
    """The other strand, 5' to 3'."""
    return sequence.translate(_COMPLEMENT)[::-1]


@dataclass(frozen=True, slots=True)
class Spot:
    """One base of a transcript: ``coding`` 0-based from the first coding base, ``intron`` signed."""

    coding: int
    intron: int


def label(spot: Spot, cds_length: int) -> str:
    """HGVS number: ``123``, ``-4``, ``*5``, ``123+4``; plain transcript number without a CDS."""
    if cds_length and spot.coding < 0:
        number = str(spot.coding)
    elif cds_length and spot.coding >= cds_length:
        number = f"*{spot.coding - cds_length + 1}"
    else:
        number = str(spot.coding + 1)
    return number + (f"{spot.intron:+d}" if spot.intron else "")


def labels(coding: Ints, intron: Ints, cds_length: Ints) -> pl.Expr:
    """``label`` of whole columns, as an expression over literals."""
    number, length = pl.lit(pl.Series(coding)), pl.lit(pl.Series(cds_length))
    offset = pl.lit(pl.Series(intron))
    base = (
        pl.when((number < 0) & (length > 0))
        .then(number.cast(pl.String))
        .when((length > 0) & (number >= length))
        .then("*" + (number - length + 1).cast(pl.String))
        .otherwise((number + 1).cast(pl.String))
    )
    sign = pl.when(offset > 0).then(pl.lit("+")).otherwise(pl.lit(""))
    return pl.when(offset == 0).then(base).otherwise(base + sign + offset.cast(pl.String))


def regions(models: Models, transcripts: Ints, spots: Spots) -> pl.Series:
    """``exon 3 of 12``, ``intron 2 of 11``, ``5' UTR``, ``3' UTR`` for whole columns."""
    count = models.exon_count[transcripts]
    index = spots.exon - models.first_exon[transcripts]
    inside = spots.intron == 0
    reverse = models.reverse[transcripts]
    exon = np.where(reverse, count - index, index + 1)
    intron = np.where(reverse, count - 1 - index, index + 1)
    coding = spots.offset - models.cds_offset[transcripts]
    length = models.cds_length[transcripts]
    kind = np.select(
        [~inside, (length > 0) & (coding < 0), (length > 0) & (coding >= length)], [1, 2, 3], default=0
    )
    number = np.where(inside, exon, intron)
    key = (kind << 40) + (number << 20) + np.where(inside, count, count - 1)
    unique, place = np.unique(key, return_inverse=True)
    return pl.Series([_region(int(value)) for value in unique], dtype=pl.String).gather(pl.Series(place))


def _region(key: int) -> str:
    kind, number, total = key >> 40, key >> 20 & 0xFFFFF, key & 0xFFFFF
    texts: dict[int, Any] = {
        0: lambda: tr("exon {number} of {total}", number=number, total=total),
        1: lambda: tr("intron {number} of {total}", number=number, total=total),
        2: lambda: tr("5' UTR, exon {number} of {total}", number=number, total=total),
        3: lambda: tr("3' UTR, exon {number} of {total}", number=number, total=total),
    }
    return str(texts[kind]())


def splice_distance(models: Models, transcripts: Ints, spots: Spots) -> NDArray[np.float64]:
    """Bases from the nearest splice site: 1, 2, … into the intron, -1, -2, … into the exon; NaN: none."""
    first = models.first_exon[transcripts]
    last = first + models.exon_count[transcripts] - 1
    reverse = models.reverse[transcripts]
    genomic = np.where(reverse, models.length[transcripts] - 1 - spots.offset, spots.offset)
    size = models.exon_end[spots.exon] - models.exon_start[spots.exon] + 1
    inner = genomic - models.exon_before[spots.exon]
    left = np.where(spots.exon > first, inner + 1.0, np.inf)
    right = np.where(spots.exon < last, size - inner, np.inf)
    nearest = np.minimum(left, right)
    exonic = np.where(np.isinf(nearest), np.nan, -nearest)
    return np.where(spots.intron == 0, exonic, np.abs(spots.intron))
