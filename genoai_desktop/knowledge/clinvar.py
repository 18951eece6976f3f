"""ClinVar (2024-12, two stars and more, pathogenic only), the dated 2016 set, and UniProt changes.

Rows of both ClinVar tables share one index: the current table first, the dated one after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final

import numpy as np
import polars as pl

from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.genome import Build, VariantKey, chromosome_name
from genoai_desktop.domain.provenance import Version
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import ClinVarEntry
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.sites import Indices, Query, SiteIndex, alleles

TABLES: Final = ("clinvar", "clinvar_2016")
_ROWS = 200_000
"""Looked up between two looks: less than a tenth of a second."""


class ClinVarClass(IntEnum):
    """The class of a ClinVar record; a mixed "pathogenic/likely pathogenic" is ``LIKELY_PATHOGENIC``."""

    NONE = 0
    BENIGN = 1
    LIKELY_BENIGN = 2
    UNCERTAIN = 3
    LIKELY_PATHOGENIC = 4
    PATHOGENIC = 5
    CONFLICTING = 6


@dataclass(frozen=True, slots=True)
class ProteinChange:
    """An amino-acid change that UniProt classifies. One-letter residues."""

    gene: str
    position: int
    ref: str
    alt: str
    classification: ClinVarClass
    """``BENIGN`` (benign or likely), ``UNCERTAIN`` or ``PATHOGENIC`` (pathogenic or likely)."""
    variant_id: str
    conditions: tuple[str, ...]
    omim: tuple[str, ...]


class ClinVar:
    """Exact, vectorised look-up of trimmed alleles; the current table wins over the dated one."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._indices: dict[tuple[str, Build], SiteIndex] = {}
        self._release = {name: bundle.tables[name].release for name in TABLES}

    @property
    def versions(self) -> tuple[Version, ...]:
        """Versions of the tables."""
        return self._bundle.versions(*TABLES, "uniprot_variants")

    def _index(self, name: str, build: Build) -> SiteIndex:
        if (name, build) not in self._indices:
            self._indices[name, build] = SiteIndex(self._bundle.table(name), build)
        return self._indices[name, build]

    @cached_property
    def _size(self) -> int:
        return self._bundle.table("clinvar").height

    @cached_property
    def table(self) -> pl.DataFrame:
        """``id class stars significance gene conditions mondo dated`` by index; not a copy: do not change."""
        columns = ["id", "class", "stars", "significance", "gene", "conditions", "mondo"]
        return pl.concat(
            self._bundle.table(name).select(*columns, pl.lit(value=name != "clinvar").alias("dated"))
            for name in TABLES
        )

    def find(self, query: pl.DataFrame, build: Build) -> Indices:
        """The index of each query row (``chrom pos ref alt``, trimmed, 1-based), -1 where there is none."""
        asked = Query(query)
        current = self._index("clinvar", build).find(asked)
        dated = self._index("clinvar_2016", build).find(asked)
        return np.where(current >= 0, current, np.where(dated >= 0, dated + self._size, -1))

    def lookup(self, query: pl.DataFrame, build: Build, context: Context | None = None) -> pl.DataFrame:
        """Row-aligned ``index`` (Int32), ``class``, ``stars`` (UInt8) and ``dated``.

        Raises:
            Cancelled: when the person stopped the job.
        """
        begins = range(0, max(query.height, 1), _ROWS)
        steps = (context or Silent()).track(begins, tr("Looking up ClinVar"))
        return pl.concat([self._part(query.slice(begin, _ROWS), build) for begin in steps])

    def _part(self, query: pl.DataFrame, build: Build) -> pl.DataFrame:
        """``lookup`` of so many rows as take a fraction of a second."""
        found = self.find(query, build)
        at = np.maximum(found, 0)
        known = found >= 0
        table = self.table
        return pl.DataFrame(
            {
                "index": found.astype(np.int32),
                "class": np.where(known, table["class"].to_numpy()[at], 0).astype(np.uint8),
                "stars": np.where(known, table["stars"].to_numpy()[at], 0).astype(np.uint8),
                "dated": known & (at >= self._size),
            }
        )

    def entry(self, index: int) -> ClinVarEntry:
        """The record of an index as a report shows it."""
        row = self.table.row(index, named=True)
        name = TABLES[int(row["dated"])]
        return ClinVarEntry(
            variation_id=str(row["id"]),
            classification=row["significance"],
            stars=row["stars"],
            conditions=(row["conditions"] or "").replace("|", "; "),
            release=self._release[name],
            dated=row["dated"],
        )

    def key(self, index: int, build: Build) -> VariantKey | None:
        """Position and alleles on ``build``; None when the record has no position there."""
        name, row = ("clinvar", index) if index < self._size else ("clinvar_2016", index - self._size)
        pos = self._index(name, build).position(row)
        chrom, code, ref, alt = self._bundle.table(name).select("chrom", "code", "ref", "alt").row(row)
        if not pos:
            return None
        return VariantKey(chromosome_name(chrom), pos, *alleles(code, ref, alt), build)

    def between(self, chrom: int, start: int, end: int, build: Build) -> tuple[int, ...]:
        """Indices of substitutions and long alleles that begin in ``start``..``end`` (1-based, inclusive).

        The current table's records come first. For the same codon ask for its three bases.
        """
        found = self._index("clinvar", build).between(chrom, start, end).tolist()
        dated = (self._index("clinvar_2016", build).between(chrom, start, end) + self._size).tolist()
        return tuple(found + dated)

    def of_gene(self, gene: str, classes: Sequence[ClinVarClass] = ()) -> pl.DataFrame:
        """Rows of ``table`` with their ``index`` for one gene, of the given classes (all when empty)."""
        rows = self.table.with_row_index("index").filter(pl.col("gene") == gene)
        return rows.filter(pl.col("class").is_in([int(c) for c in classes])) if classes else rows

    @cached_property
    def _changes(self) -> dict[str, pl.DataFrame]:
        return {}

    def protein_changes(self, gene: str, position: int) -> tuple[ProteinChange, ...]:
        """UniProt's changes of one residue (1-based): the same change and others of the same codon."""
        if gene not in self._changes:
            self._changes[gene] = self._bundle.table("uniprot_variants").filter(pl.col("gene") == gene)
        rows = self._changes[gene].filter(pl.col("aa_position") == position).iter_rows(named=True)
        return tuple(
            ProteinChange(
                gene=row["gene"],
                position=row["aa_position"],
                ref=row["aa_ref"],
                alt=row["aa_alt"],
                classification=ClinVarClass(row["class"]),
                variant_id=f"VAR_{row['id']:06d}",
                conditions=tuple(filter(None, row["conditions"].split("|"))),
                omim=tuple(filter(None, row["omim"].split("|"))),
            )
            for row in rows
        )
