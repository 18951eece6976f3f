"""Regions that a laboratory states to be callable: a BED file, plain or gzipped.

BED is 0-based and half-open (UCSC); here intervals are 1-based and inclusive, as in VCF. Which build the
file is on cannot be told from it: whoever states it answers for that.
"""

import gzip
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.genome import chromosome_code
from genoai_desktop.domain.text import tr

Positions = NDArray[np.int64]
MAX_BYTES = 256 << 20
_GZIP = b"\x1f\x8b"
_HEADS = ("#", "track", "browser")


@dataclass(frozen=True, slots=True)
class CallableRegions:
    """Disjoint intervals by chromosome code: starts and ends, 1-based inclusive, sorted."""

    name: str
    """The file's name, without its folder."""
    intervals: Mapping[int, tuple[Positions, Positions]]

    def hold(self, chromosome: int, starts: Positions, lengths: Positions) -> NDArray[np.bool_]:
        """Whether each stretch of ``lengths`` bases from ``starts`` lies in one interval."""
        if chromosome not in self.intervals:
            return np.zeros(len(starts), dtype=bool)
        lows, highs = self.intervals[chromosome]
        place = np.searchsorted(lows, starts, side="right") - 1
        inside: NDArray[np.bool_] = (place >= 0) & (highs[place] >= starts + lengths - 1)
        return inside


def read_callable(path: Path) -> CallableRegions:
    """Read a BED file.

    Raises:
        UserError: it cannot be read, or a line is not chromosome, start and end.
    """
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if line.startswith("##fileformat"):
            # Its numbers could pass for intervals, and what was never read for seen.
            raise _refused(path, number, tr("The file of callable regions is a VCF."))
        if not line.strip() or line.startswith(_HEADS):
            continue
        fields = line.split()
        if len(fields) < 3 or not (fields[1].isdigit() and fields[2].isdigit()):
            raise _refused(path, number, tr("A line is not chromosome, start and end."))
        start, end = int(fields[1]), int(fields[2])
        if start >= end:
            raise _refused(path, number, tr("An interval ends before it begins."))
        found[chromosome_code(fields[0])].append((start + 1, end))
    found.pop(0, None)  # other contigs
    if not found:
        raise _refused(path, None, tr("The file holds no region on a chromosome."))
    return CallableRegions(path.name, {code: _merged(rows) for code, rows in found.items()})


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        if data.startswith(_GZIP):
            with gzip.open(path) as handle:
                data = handle.read(MAX_BYTES + 1)
        text = data.decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise _refused(path, None, tr("The file of callable regions cannot be read.")) from error
    if len(data) > MAX_BYTES:
        raise _refused(path, None, tr("The file of callable regions is too large."))
    return text


def _merged(rows: list[tuple[int, int]]) -> tuple[Positions, Positions]:
    """Neighbours and overlaps as one interval, so that a stretch over both is inside."""
    merged: list[list[int]] = []
    for start, end in sorted(rows):
        if merged and start <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    made = np.array(merged, dtype=np.int64)
    return made[:, 0], made[:, 1]


def _refused(path: Path, line: int | None, what: str) -> UserError:
    return UserError(
        what,
        where=file_where(path, line),
        remedy=tr("Give a BED file on the build of the variants."),
        code="vcf.callable",
    )
