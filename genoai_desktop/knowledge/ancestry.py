"""The 1000 Genomes reference panel: sites, loadings, people, and their genotypes."""

import lzma
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.provenance import Version
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.sites import SiteIndex, positions

SUPERPOPULATIONS: Final = ("AFR", "AMR", "EAS", "EUR", "SAS")
TABLES: Final = ("ancestry_sites", "ancestry_loadings", "ancestry_people")
Floats = npt.NDArray[np.float64]


class AncestryPanel:
    """23,770 sites by 2,504 people. A *dosage* counts copies of the allele that is ALT on GRCh37."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._indices: dict[Build, SiteIndex] = {}

    @property
    def versions(self) -> tuple[Version, ...]:
        """Versions of the tables."""
        return self._bundle.versions(*TABLES)

    @cached_property
    def _rows(self) -> pl.DataFrame:
        return self._bundle.table("ancestry_sites")

    def match(self, query: pl.DataFrame, build: Build) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Site of each query row (``chrom pos ref alt``; -1 none) and whether its ALT is GRCh37's REF."""
        if build not in self._indices:
            self._indices[build] = SiteIndex(self._rows, build)
        found = self._indices[build].find(query)
        at = np.maximum(found, 0)
        site = self._rows["site"].to_numpy().astype(np.int64)[at]
        return np.where(found >= 0, site, -1), (found >= 0) & self._rows["flip"].to_numpy()[at]

    def places(self, build: Build) -> pl.DataFrame:
        """``site chrom pos flip`` of the sites that have a position on ``build``, in genome order."""
        place = self._rows.select("site", "chrom", "flip").with_columns(
            pl.Series("pos", positions(self._rows, build), dtype=pl.Int64)
        )
        return place.filter(pl.col("pos") > 0).sort("chrom", "pos", "site")

    @cached_property
    def _numbers(self) -> pl.DataFrame:
        return self._bundle.table("ancestry_loadings")

    @property
    def size(self) -> int:
        """Number of sites."""
        return self._numbers.height

    @cached_property
    def loadings(self) -> Floats:
        """Sites by components; zero rows are sites too rare for the components."""
        columns = [name for name in self._numbers.columns if name.startswith("l")]
        return self._numbers.select(columns).to_numpy().astype(np.float64)

    @cached_property
    def frequency(self) -> Floats:
        """Frequency of the counted allele over all people, by site."""
        return self._numbers["freq"].to_numpy() / 10_000

    @cached_property
    def frequencies(self) -> Floats:
        """Sites by superpopulations, in the order of ``SUPERPOPULATIONS``."""
        names = [name.lower() for name in SUPERPOPULATIONS]
        return self._numbers.select(names).to_numpy() / 10_000

    @cached_property
    def people(self) -> pl.DataFrame:
        """``sample population superpopulation sex pc1..``; coordinates as a newcomer would get them."""
        return self._bundle.table("ancestry_people")

    @cached_property
    def coordinates(self) -> Floats:
        """People by components."""
        columns = [name for name in self.people.columns if name.startswith("pc")]
        return self.people.select(columns).to_numpy().astype(np.float64)

    def genotypes(self) -> npt.NDArray[np.uint8]:
        """Dosages, sites by people (60 MB); unpacked anew at every call."""
        packed = np.frombuffer(lzma.decompress(self._bundle.raw("ancestry_genotypes")), dtype=np.uint8)
        by_site = packed.reshape(self.size, -1)
        quarters = [(by_site >> shift) & 3 for shift in (0, 2, 4, 6)]
        return np.stack(quarters, axis=2).reshape(self.size, -1)
