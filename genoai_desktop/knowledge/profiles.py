"""Published cases as profiles, and the space in which profiles are compared."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from genoai_desktop.domain.provenance import Version
from genoai_desktop.knowledge.bundle import Bundle

TABLES: Final = ("published_profiles", "profile_terms", "profile_clusters")
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A group of profiles that lie together: its number, how many, and what is typical (HPO numbers)."""

    number: int
    cases: int
    terms: tuple[int, ...]


class Profiles:
    """5,771 published cases (observed terms, diagnosis, gene, publication) and the axes of their space."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    @property
    def versions(self) -> tuple[Version, ...]:
        """Versions of the tables."""
        return self._bundle.versions(*TABLES)

    @cached_property
    def cases(self) -> pl.DataFrame:
        """``pmid sex disease label gene terms nearest cluster``; ``terms`` are HPO numbers.

        ``nearest``: similarity to the nearest profile of another publication.
        """
        return self._bundle.table("published_profiles")

    @cached_property
    def columns(self) -> dict[int, int]:
        """HPO number to row of the axes."""
        return {int(term): row for row, term in enumerate(self._bundle.table("profile_terms")["term"])}

    @cached_property
    def information(self) -> Floats:
        """Information (nats) of each term among the profiles."""
        return self._bundle.table("profile_terms")["information"].to_numpy().astype(np.float64)

    @cached_property
    def axes(self) -> Floats:
        """Terms by dimensions."""
        table = self._bundle.table("profile_terms")
        names = [name for name in table.columns if name.startswith("d")]
        return table.select(names).to_numpy().astype(np.float64)

    @cached_property
    def clusters(self) -> tuple[Cluster, ...]:
        """The groups, largest first."""
        rows = self._bundle.table("profile_clusters").iter_rows()
        return tuple(Cluster(number, cases, tuple(terms)) for number, cases, terms in rows)
