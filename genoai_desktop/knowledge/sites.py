"""An index of variants of one build: exact look-up of millions of alleles without a Python loop."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from genoai_desktop.domain.genome import Build

LONG: Final = 16
"""Allele code of anything but a substitution of one base; ``ref`` and ``alt`` then hold the bases."""
_POSITION: Final = (1 << 32) - 1
"""Bits of a key, above the eight of the allele, that hold the position."""
Indices = npt.NDArray[np.int64]


def allele_codes(frame: pl.DataFrame) -> npt.NDArray[np.uint8]:
    """0..15 for a substitution (4 x REF + ALT with ACGT as 0..3), ``LONG`` for all else."""
    bases = frame.select(_base("ref"), _base("alt"))
    ref, alt = bases["ref"].to_numpy(), bases["alt"].to_numpy()
    return np.where((ref < 4) & (alt < 4) & (ref != alt), ref * 4 + alt, LONG).astype(np.uint8)


def _base(column: str) -> pl.Expr:
    """A=0 C=1 G=2 T=3, anything else 32; chained comparisons beat every look-up table here."""
    known = pl.when(pl.col(column) == "A").then(0).when(pl.col(column) == "C").then(1)
    known = known.when(pl.col(column) == "G").then(2).when(pl.col(column) == "T").then(3)
    return known.otherwise(32).cast(pl.UInt8).alias(column)


def alleles(code: int, ref: str | None, alt: str | None) -> tuple[str, str]:
    """REF and ALT of a packed row."""
    return ("ACGT"[code >> 2], "ACGT"[code & 3]) if code < LONG else (ref or "", alt or "")


class Query:
    """Rows to look up, with their keys worked out once. ``plain``: substitutions on known chromosomes."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.height = frame.height
        chrom = frame["chrom"].to_numpy().astype(np.int64)
        code = allele_codes(frame)
        self.key = _key(chrom, frame["pos"].to_numpy().astype(np.int64), code)
        self.plain = (code < LONG) & (chrom > 0)
        rows = np.flatnonzero((code == LONG) & (chrom > 0))
        self.long = (
            frame[rows]
            .select(pl.col("chrom").cast(pl.UInt8), pl.col("pos").cast(pl.Int64), "ref", "alt")
            .with_columns(pl.Series("row", rows, dtype=pl.Int64))
        )


class SiteIndex:
    """Rows of a packed table (``packaging/knowledge/sites.py``) that have a position on ``build``."""

    def __init__(self, packed: pl.DataFrame, build: Build) -> None:
        position = positions(packed, build)
        code = packed["code"].to_numpy()
        chrom = packed["chrom"].to_numpy().astype(np.int64)
        there = np.flatnonzero(position > 0)
        key = _key(chrom[there], position[there], code[there])
        order = np.argsort(key, kind="stable")
        self._key = key[order]
        # a million rows and more stay in memory for as long as the program runs: as small as they can be
        self._row = there[order].astype(np.int32)
        long = np.flatnonzero((code == LONG) & (position > 0))
        self._long = (
            packed[long]
            .select("chrom", "ref", "alt")
            .with_columns(
                pl.Series("pos", position[long], dtype=pl.Int64), pl.Series("found", long, dtype=pl.Int64)
            )
        )

    def find(self, query: "pl.DataFrame | Query") -> Indices:
        """The packed row of each query row (``chrom pos ref alt``, trimmed), -1 where there is none.

        Give a ``Query`` when the same rows are looked up in several tables.
        """
        asked = query if isinstance(query, Query) else Query(query)
        found = np.full(asked.height, -1, dtype=np.int64)
        if len(self._key):
            at = np.minimum(np.searchsorted(self._key, asked.key), len(self._key) - 1)
            hit = (self._key[at] == asked.key) & asked.plain
            found[hit] = self._row[at[hit]]
        if asked.long.height and self._long.height:
            match = asked.long.join(self._long, on=["chrom", "pos", "ref", "alt"], how="inner")
            found[match["row"].to_numpy()] = match["found"].to_numpy()
        return found

    def position(self, row: int) -> int:
        """1-based position of a packed row, 0 where it has none on this build."""
        at = np.flatnonzero(self._row == row)
        return int(self._key[at[0]] >> 8) & _POSITION if at.size else 0

    def between(self, chrom: int, start: int, end: int) -> Indices:
        """Packed rows that begin in ``start``..``end`` (1-based, inclusive), by position."""
        low = np.searchsorted(self._key, (chrom << 40) | (start << 8))
        high = np.searchsorted(self._key, (chrom << 40) | ((end + 1) << 8))
        return self._row[low:high].astype(np.int64)


def positions(packed: pl.DataFrame, build: Build) -> Indices:
    """1-based positions on ``build``, 0 where the row has none."""
    # added up by numpy: what polars allocates on the way stays with the process
    anchor = np.cumsum(packed["step"].to_numpy(), dtype=np.int64)
    builds = packed["builds"].to_numpy()
    if build is Build.GRCH37:
        return np.where(builds & 1, anchor, 0)
    shift = np.cumsum(packed["shift"].to_numpy(), dtype=np.int64)
    return np.where(builds == 3, anchor + shift, np.where(builds == 2, anchor, 0))


def swapped_keys(packed: pl.DataFrame, rows: Indices, build: Build) -> Indices:
    """The keys that a ``Query`` has for these substitutions with REF and ALT exchanged."""
    code = packed["code"].to_numpy()[rows].astype(np.int64)
    chrom = packed["chrom"].to_numpy()[rows].astype(np.int64)
    return _key(chrom, positions(packed, build)[rows], ((code & 3) << 2) | (code >> 2))


def _key(chrom: Indices, pos: Indices, code: npt.NDArray[np.integer[Any]]) -> Indices:
    return (chrom << 40) | (pos << 8) | code.astype(np.int64)
