"""Rules about neighbours: sorted positions, contiguous contigs, duplicates, lengths, declared contigs."""

from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.build import needs_sites
from genoai_desktop.vcf.declared import Header
from genoai_desktop.vcf.known_sites import SITES
from genoai_desktop.vcf.notes import Notes


@dataclass(slots=True)
class Order:
    """Sees the blocks of one file in order."""

    header: Header
    notes: Notes
    _last: tuple[str, int, str, str] = ("", -1, "", "")
    hits: dict[Build, int] = field(default_factory=lambda: dict.fromkeys(Build, 0))
    _seen: set[str] = field(default_factory=set)
    _open: bool | None = None

    def check(
        self, frame: pl.DataFrame, good: NDArray[np.bool_], lines: NDArray[np.int64], highest: dict[str, int]
    ) -> None:
        """Notes what is out of order among the loadable rows and raises ``highest`` per contig."""
        chosen = frame.select("chrom", pl.col("pos").cast(pl.Int64, strict=False), "ref", "alt")
        if not good.all():
            chosen, lines = chosen.filter(pl.Series(good)), lines[good]
        if not chosen.height:
            return
        first = pl.DataFrame([self._last], schema=chosen.schema, orient="row")
        both = pl.concat([first, chosen])
        here, before = both.slice(1), both.slice(0, both.height - 1)
        same = here["chrom"] == before["chrom"]
        self._contigs(chosen["chrom"], same, lines)
        unsorted = (same & (here["pos"] < before["pos"])).arg_true()
        if len(unsorted):
            text = tr("Positions are not in ascending order; the records were loaded.")
            self.notes.warn(
                "vcf.unsorted", text, line=int(lines[unsorted[0]]), name="POS", count=len(unsorted)
            )
        self._duplicates(here, before, same, lines)
        for name, top in chosen.group_by("chrom").agg(pl.col("pos").max()).rows():
            highest[name] = max(highest.get(name, 0), top)
        self._sites(chosen)
        self._last = chosen.row(-1)

    def _sites(self, chosen: pl.DataFrame) -> None:
        """Counts variants at the known common sites of each build, where the header leaves it open."""
        if self._open is None:
            self._open = needs_sites(self.header)
        if not self._open:
            return
        wanted = {position for sites in SITES.values() for _, position in sites}
        single = (pl.col("ref").str.len_bytes() == 1) & pl.col("alt").str.contains("^[ACGT](,[ACGT])*$")
        near = chosen.filter(pl.col("pos").is_in(list(wanted)) & single)
        for name, position in near.select("chrom", "pos").iter_rows():
            for build, sites in SITES.items():
                self.hits[build] += (chromosome_code(name), position) in sites

    def _duplicates(
        self, here: pl.DataFrame, before: pl.DataFrame, same: pl.Series, lines: NDArray[np.int64]
    ) -> None:
        near = (same & (here["pos"] == before["pos"])).to_numpy()
        group = near | np.append(near[1:], False)
        if near.any() and near[0]:
            exact = here.row(0) == self._last
            if exact:
                self._duplicate(int(lines[0]), 1)
        if not group.any():
            return
        rows = np.flatnonzero(group)
        chosen = here[rows]
        plain = ~chosen["alt"].str.contains(r"[<\[\]]")
        again = ~chosen.select(pl.struct(pl.all()).is_first_distinct()).to_series() & plain
        found = again.arg_true().to_numpy()
        if len(found):
            self._duplicate(int(lines[rows[found[0]]]), len(found))

    def _duplicate(self, line: int, count: int) -> None:
        text = tr("The same variant (CHROM, POS, REF, ALT) is recorded twice; both were loaded.")
        self.notes.warn("vcf.duplicate-record", text, line=line, name="record", count=count)

    def _contigs(self, chrom: pl.Series, same: pl.Series, lines: NDArray[np.int64]) -> None:
        for index in (~same).arg_true().to_list():
            name = chrom[index]
            if name == self._last[0] and index == 0:
                continue
            if name in self._seen:
                text = tr("Records of one contig are not together; they were loaded.")
                self.notes.warn("vcf.not-contiguous", text, line=int(lines[index]), name="CHROM")
            elif name not in self.header.contigs and self.header.contigs:
                text = tr("A contig is used and not declared in the header.")
                self.notes.info("vcf.contig-undeclared", text, line=int(lines[index]), name="CHROM")
            elif not self.header.contigs and not self._seen:
                text = tr("The header declares no contig.")
                self.notes.info("vcf.no-contigs", text, line=int(lines[index]), name="CHROM")
            self._seen.add(name)
