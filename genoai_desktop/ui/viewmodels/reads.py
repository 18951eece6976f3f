"""Reads and coverage of a small stretch from BAM or CRAM, by pysam. No Qt."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.text import tr

_WIDEST_COVERAGE = 50_000
_WIDEST_READS = 3_000
_MOST_READS = 400
_PIECE = 1_000
"""Bases whose coverage is counted between two looks at whether the person stopped it."""


@dataclass(frozen=True, slots=True)
class Read:
    """One aligned read, 1-based inclusive; ``mismatches`` are (position, base) where the file has MD tags."""

    start: int
    end: int
    reverse: bool
    lane: int
    mismatches: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reads:
    """``coverage[i]`` is the depth at ``start + i``; empty when not shown, and ``note`` says why."""

    start: int = 0
    coverage: tuple[int, ...] = ()
    reads: tuple[Read, ...] = ()
    note: str = ""


def read_alignments(path: str | None, chromosome: str, start: int, end: int, context: Context) -> Reads:
    """Coverage up to 50 kb, single reads up to 3 kb; nothing without a file."""
    if not path:
        return Reads()
    if end - start > _WIDEST_COVERAGE:
        return Reads(note=tr("Zoom in below 50,000 bases to see coverage."))
    import pysam

    loud = pysam.set_verbosity(0)  # what the library itself writes names the file, which may be a patient's
    try:
        with pysam.AlignmentFile(path) as file:
            name = _contig(file, chromosome)
            if name is None:
                return Reads(note=tr("The reads do not have this chromosome."))
            coverage = _coverage(file, name, start, end, context)
            reads = _reads(file, name, start, end, context) if end - start <= _WIDEST_READS else ()
            return Reads(start, coverage, reads)
    except (OSError, ValueError):
        return Reads(
            note=tr(
                "The reads of {name} cannot be shown: no index, or the file is damaged.", name=Path(path).name
            )
        )
    finally:
        pysam.set_verbosity(loud)


def _coverage(file: Any, name: str, start: int, end: int, context: Context) -> tuple[int, ...]:
    """Depth of every base, counted a piece at a time: one call for all of deep reads takes seconds."""
    depth: list[int] = []
    for begin in context.track(range(start - 1, end, _PIECE), tr("Counting the reads")):
        counts = file.count_coverage(name, begin, min(begin + _PIECE, end), quality_threshold=0)
        depth += (sum(column) for column in zip(*counts, strict=True))
    return tuple(depth)


def _contig(file: Any, chromosome: str) -> str | None:
    for name in (chromosome, f"chr{chromosome}", "chrM" if chromosome == "MT" else ""):
        if name in file.references:
            return name
    return None


def _reads(file: Any, name: str, start: int, end: int, context: Context) -> tuple[Read, ...]:
    made: list[Read] = []
    ends: list[int] = []
    for read in file.fetch(name, start - 1, end):
        context.check()
        if read.is_unmapped or read.is_secondary or read.is_duplicate or read.reference_end is None:
            continue
        first, last = read.reference_start + 1, read.reference_end
        lane = next((i for i, taken in enumerate(ends) if taken < first - 1), len(ends))
        if lane == len(ends):
            ends.append(0)
        ends[lane] = last
        made.append(Read(first, last, read.is_reverse, lane, _mismatches(read)))
        if len(made) >= _MOST_READS:
            break
    return tuple(made)


def _mismatches(read: Any) -> tuple[tuple[int, str], ...]:
    if not read.has_tag("MD") or read.query_sequence is None:
        return ()
    pairs = read.get_aligned_pairs(matches_only=True, with_seq=True)
    return tuple((pos + 1, read.query_sequence[at]) for at, pos, base in pairs if base and base.islower())
