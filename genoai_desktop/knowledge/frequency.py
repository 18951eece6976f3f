"""Population frequencies. A number, a trusted listing, an untrusted listing and absence all differ."""

from enum import IntEnum
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from genoai_desktop.domain.context import Context, Silent, shares
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.provenance import Version
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import Frequency, FrequencyKind
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.sites import LONG, Query, SiteIndex, positions, swapped_keys

SUPERPOPULATIONS: Final = ("AFR", "AMR", "EAS", "EUR", "SAS")
TABLES: Final = ("frequency_common", "frequency_exac", "frequency_1000g")
_Floats = npt.NDArray[np.float32]
LISTING_FLOOR: Final = 0.0002
"""gnomAD's listing holds variants with at least this overall minor allele frequency."""
_LISTED: Final = 1
_UNTRUSTED: Final = 2
_SWAPPED: Final = 1 << 9
_G1K30X: Final = 1 << 8
UPDATED_GNOMAD: Final = 1 << 10
UPDATED_THOUSAND_GENOMES: Final = 1 << 11
"""Bits of sources that came with an update pack; the list of sources names the release."""
_NAMES: Final = {
    1: "gnomAD v2.1.1 exomes (listed)",
    2: "gnomAD v2.1.1 exomes (listed at a multi-allelic position, not trusted)",
    4: "1000 Genomes phase 3",
    8: "HGDP",
    16: "gnomAD v2 exomes",
    32: "gnomAD (somalier sites)",
    64: "ExAC v0.3",
    128: "ExAC v0.3 (not PASS there)",
    _G1K30X: "1000 Genomes 30x",
    UPDATED_GNOMAD: "gnomAD (update pack)",
    UPDATED_THOUSAND_GENOMES: "1000 Genomes (update pack)",
    _SWAPPED: "REF and ALT exchanged between the builds",
}


class Knowing(IntEnum):
    """What the tables know of an allele. ``UNTRUSTED`` must be treated as ``ABSENT``: it says nothing."""

    ABSENT = 0
    LISTED = 1
    MEASURED = 2
    UNTRUSTED = 3


def source_name(mask: int) -> str:
    """The sources of a mask in words."""
    return "; ".join(name for bit, name in _NAMES.items() if mask & bit)


_ROWS = 200_000
"""Looked up between two looks: a tenth of a second."""
_Values = tuple[_Floats, _Floats, npt.NDArray[np.uint16]]


class _Table:
    """One packed table: frequencies by packed row, and an index per build.

    The table itself, a million rows and more, is read anew for each build and not kept.
    """

    def __init__(self, bundle: Bundle, name: str) -> None:
        self._bundle, self._name = bundle, name
        self.indices: dict[Build, SiteIndex] = {}
        self._values: _Values | None = None

    def packed(self) -> pl.DataFrame:
        """Read from the bundle."""
        return self._bundle.table(self._name, keep=False)

    def index(self, build: Build, context: Context | None = None) -> SiteIndex:
        """What finds alleles on a build.

        Raises:
            Cancelled: when the person stopped the job.
        """
        if build not in self.indices:
            context = context or Silent()
            packed = self.packed()
            context.check()
            self.indices[build] = SiteIndex(packed, build)
            context.check()
            self._values = self._values or _values(packed)
        return self.indices[build]

    @property
    def values(self) -> _Values:
        """By packed row: highest frequency, overall frequency (NaN where not measured), sources."""
        if self._values is None:
            self._values = _values(self.packed())
        return self._values

    @cached_property
    def populations(self) -> pl.DataFrame:
        """By packed row: frequencies of the superpopulations in parts of 10,000."""
        return self._bundle.table(self._name, [name.lower() for name in SUPERPOPULATIONS])


def _values(packed: pl.DataFrame) -> _Values:
    populations = [name.lower() for name in SUPERPOPULATIONS]
    if set(populations) <= set(packed.columns):
        each = packed.select(populations).to_numpy().astype(np.float32) / 10_000
        return each.max(axis=1), each.mean(axis=1), np.full(packed.height, _G1K30X, dtype=np.uint16)
    number, total = (packed[name].fill_null(np.nan).to_numpy() for name in ("af_max", "af_all"))
    # copies: what polars hands out is a view that would hold the whole table
    return number.copy(), total.copy(), packed["source"].to_numpy().astype(np.uint16)


class Frequencies:
    """Looks up many alleles at once.

    A listing means "probably not ultra-rare" and is never a number; absence says nothing at all:
    22 of 74 known pathogenic variants that ExAC saw at 0.1 % or more are in none of the tables.
    """

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._tables: dict[str, _Table] = {}
        self._exchanged: tuple[npt.NDArray[np.int64], _Floats, npt.NDArray[np.uint16]] | None = None

    @property
    def versions(self) -> tuple[Version, ...]:
        """Versions of the three tables."""
        return self._bundle.versions(*TABLES)

    def _table(self, name: str) -> _Table:
        if name not in self._tables:
            self._tables[name] = _Table(self._bundle, name)
        return self._tables[name]

    def lookup(self, query: pl.DataFrame, build: Build, context: Context | None = None) -> pl.DataFrame:
        """Row-aligned with ``query`` (``chrom pos ref alt``, trimmed, 1-based).

        Columns: ``kind`` (``Knowing``), ``highest`` and ``overall`` (Float32, null unless measured;
        highest over populations and sources), ``source`` (bit mask, see ``source_name``).
        On GRCh38, whose REF the tables could not check, a substitution that is only known with
        REF and ALT exchanged gets one minus the overall frequency of the other allele; it is listed where
        that one is.

        Raises:
            Cancelled: when the person stopped the job.
        """
        context = context or Silent()
        opening, looking = shares(context, 1, 2)
        label = tr("Looking up population frequencies")
        for name in opening.track(TABLES, label):
            self._table(name).index(build, context)
        if build is Build.GRCH38:
            self._exchange(context)
        begins = range(0, max(query.height, 1), _ROWS)
        parts = [self._part(query.slice(begin, _ROWS), build) for begin in looking.track(begins, label)]
        context.check()
        return pl.concat(parts)

    def _part(self, query: pl.DataFrame, build: Build) -> pl.DataFrame:
        """``lookup`` of so many rows as take a fraction of a second."""
        highest = np.full(query.height, np.nan, dtype=np.float32)
        overall = highest.copy()
        mask = np.zeros(query.height, dtype=np.uint16)
        asked = Query(query)
        for name in TABLES:
            self._add(name, asked, build, highest, overall, mask)
        if build is Build.GRCH38:
            self._add_swapped(asked, highest, overall, mask)
        kind = np.where(
            ~np.isnan(highest),
            Knowing.MEASURED,
            np.where(
                mask & _LISTED, Knowing.LISTED, np.where(mask & _UNTRUSTED, Knowing.UNTRUSTED, Knowing.ABSENT)
            ),
        )
        return pl.DataFrame(
            {"kind": kind.astype(np.uint8), "highest": highest, "overall": overall, "source": mask},
            nan_to_null=True,
        )

    def _add(
        self,
        name: str,
        query: Query,
        build: Build,
        highest: _Floats,
        overall: _Floats,
        mask: npt.NDArray[np.uint16],
    ) -> None:
        found = self._table(name).index(build).find(query)
        rows = np.flatnonzero(found >= 0)
        number, total, source = self._table(name).values
        at = found[rows]
        mask[rows] |= source[at]
        highest[rows] = np.fmax(highest[rows], number[at])
        overall[rows] = np.where(np.isnan(overall[rows]), total[at], overall[rows])

    def _add_swapped(
        self, query: Query, highest: _Floats, overall: _Floats, mask: npt.NDArray[np.uint16]
    ) -> None:
        key, total, source = self._exchange(Silent())
        at = np.minimum(np.searchsorted(key, query.key), max(len(key) - 1, 0))
        rows = np.flatnonzero((mask == 0) & query.plain & (key[at] == query.key))
        highest[rows] = overall[rows] = 1 - total[at[rows]]
        mask[rows] |= source[at[rows]] | _SWAPPED

    def _exchange(self, context: Context) -> tuple[npt.NDArray[np.int64], _Floats, npt.NDArray[np.uint16]]:
        """Keys of GRCh38 substitutions with REF and ALT exchanged, their numbers (NaN: listed) and sources.

        Where the other build's reference has the ALT of a file, that base is in the population for certain.
        """
        if self._exchanged is None:
            parts = []
            for name in TABLES:
                context.check()
                packed = self._table(name).packed()
                _, total, source = self._table(name).values
                plain = (packed["code"].to_numpy() < LONG) & (positions(packed, Build.GRCH38) > 0)
                rows = np.flatnonzero(plain & (~np.isnan(total) | (source & _LISTED > 0)))
                parts.append((swapped_keys(packed, rows, Build.GRCH38), total[rows], source[rows]))
            context.check()
            key, total, source = (np.concatenate(column) for column in zip(*parts, strict=True))
            order = np.lexsort((np.isnan(total), key))  # a measured number before a mere listing
            self._exchanged = key[order], total[order], source[order]
        return self._exchanged

    def of(self, chrom: int, pos: int, ref: str, alt: str, build: Build) -> Frequency:
        """The frequency of one trimmed allele."""
        query = pl.DataFrame({"chrom": [chrom], "pos": [pos], "ref": [ref], "alt": [alt]})
        kind, highest, overall, source = self.lookup(query, build).row(0)
        return frequency(kind, highest, overall, source_name(source))

    def populations(self, query: pl.DataFrame, build: Build) -> pl.DataFrame:
        """Row-aligned superpopulation frequencies (Float32, null where unknown), 1000 Genomes 30x."""
        table = self._table("frequency_1000g")
        found = table.index(build).find(query)
        values = table.populations.select(
            (pl.col(name.lower()).cast(pl.Float32) / 10_000).alias(name) for name in SUPERPOPULATIONS
        )
        known = pl.Series(found >= 0)
        return values[np.maximum(found, 0)].select(pl.when(known).then(pl.all()))


def frequency(kind: int, highest: float | None, overall: float | None, source: str) -> Frequency:
    """The domain's Frequency; an untrusted listing is absence with a source that says why."""
    if kind == Knowing.MEASURED:
        highest, overall = (None if value is None else round(value, 6) for value in (highest, overall))
        return Frequency(FrequencyKind.MEASURED, highest, overall, source)
    if kind == Knowing.LISTED:
        return Frequency(FrequencyKind.LISTED, None, None, source)
    return Frequency(FrequencyKind.ABSENT, None, None, source)
