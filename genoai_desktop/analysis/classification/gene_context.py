"""Gathers, per gene, what the missense features need; from the bundled tables, kept once made."""

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from genoai_desktop.analysis.classification.missense import GeneContext
from genoai_desktop.analysis.classification.relatives import Columns, Paralogs, Typical, columns, typical
from genoai_desktop.domain.context import Context
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.conservation import Conservations
from genoai_desktop.knowledge.derived import kept_with_tables

Constraint = tuple[float | None, float | None, float | None, float | None]


@kept_with_tables()
def gene_contexts(knowledge: Knowledge) -> "GeneContexts":
    """The contexts of the knowledge in use: one set in memory for ranking and classification."""
    return GeneContexts(knowledge)


MOST_KEPT: Final = 1000
"""Genes whose context is kept: two exomes' worth. One takes 100 KB; all there are would take 2 GB."""


class GeneContexts:
    """``contexts[symbol]`` is the gene's context on its MANE Select transcript, or None without a protein."""

    def __init__(self, knowledge: Knowledge, most_kept: int = MOST_KEPT) -> None:
        self._bundle = knowledge.bundle
        self._conservations = Conservations(knowledge.bundle)
        self._kept = lru_cache(maxsize=most_kept)(self._make)

    def read_tables(self, job: Context) -> None:
        """What every gene's context takes, one table after the other: together it takes a second, once.

        Raises:
            Cancelled: the person stopped the job.
        """
        for name in ("_sequences", "_typical", "_constraint", "_domains", "_label_lists", "_paralog_rows"):
            job.check()
            getattr(self, name)

    def __getitem__(self, gene: str) -> GeneContext | None:
        return self._kept(gene)

    def _make(self, gene: str) -> GeneContext | None:
        if gene not in self._sequences:
            return None
        transcript, at = self._sequences[gene]
        sequence = self._bundle.table("proteins")["sequence"][at]
        positions, pathogenic = self._labels(gene)
        return GeneContext(
            sequence,
            self._constraint_of(gene),
            positions,
            pathogenic,
            self._spans(gene, ""),
            self._spans(gene, "Signal peptide"),
            self._spans(gene, "Transmembrane helix"),
            self._columns(transcript, sequence),
            self._paralogs(gene),
        )

    def _columns(self, transcript: str, sequence: str) -> Columns | None:
        known = self._conservations.of(transcript, sequence)
        return columns(known, self._typical) if known else None

    @cached_property
    def _typical(self) -> Typical:
        return typical(self._conservations.typical)

    @cached_property
    def _select(self) -> pl.DataFrame:
        """MANE Select transcripts."""
        return self._bundle.table("transcripts").filter(~pl.col("clinical"))

    @cached_property
    def _sequences(self) -> dict[str, tuple[str, int]]:
        """Transcript of each gene and the row of its protein in ``proteins``."""
        proteins = self._bundle.table("proteins").select("transcript").with_row_index("at")
        joined = self._select.join(proteins, on="transcript", how="inner")
        columns = (joined[name].to_list() for name in ("transcript", "at"))
        return dict(zip(joined["gene"].to_list(), zip(*columns, strict=True), strict=True))

    def _constraint_of(self, gene: str) -> Constraint:
        at = self._constraint.get(gene)
        if at is None:
            return None, None, None, None
        columns = self._bundle.table("gene_constraint").select("pli", "moeuf", "loeuf", "mis_z")
        pli, moeuf, loeuf, mis_z = columns.row(at)
        return pli, moeuf, loeuf, mis_z

    @cached_property
    def _constraint(self) -> dict[str, int]:
        """Row of each gene in ``gene_constraint``."""
        names = self._bundle.table("transcripts").select("gene", "hgnc").unique("gene")
        places = self._bundle.table("gene_constraint").select("hgnc").with_row_index("at")
        return dict(names.join(places, on="hgnc", how="inner").select("gene", "at").iter_rows())

    def _spans(self, gene: str, kind: str) -> tuple[tuple[int, int], ...]:
        """Spans named ``kind`` in ``protein_domains``; the empty name stands for every span."""
        spans = self._domains.get(gene)
        if spans is None:
            return ()
        names, starts, ends = (values.to_list() for values in spans)
        wanted = zip(names, starts, ends, strict=True)
        return tuple((start, end) for name, start, end in wanted if kind in ("", name))

    @cached_property
    def _domains(self) -> "_ByGene":
        genes = self._select.select("transcript", "gene")
        table = self._bundle.table("protein_domains").with_columns(pl.col("transcript").cast(pl.String))
        return _ByGene(table.join(genes, on="transcript", maintain_order="left"), "domain", "start", "end")

    def _labels(self, gene: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Position and pathogenicity of each known change."""
        known = self._label_lists.get(gene)
        positions, bad = (values.to_numpy() for values in known) if known else ((), ())
        return np.asarray(positions, dtype=np.int64), np.asarray(bad, dtype=np.bool_)

    @cached_property
    def _label_lists(self) -> "_ByGene":
        return _ByGene(self._bundle.table("protein_labels"), "aa_position", "pathogenic")

    def _paralogs(self, gene: str) -> Mapping[int, Paralogs]:
        start, count = self._paralog_rows.get(gene, (0, 0))
        return _ParalogRows(self._bundle.table("paralog_labels"), start, count)

    @cached_property
    def _paralog_rows(self) -> dict[str, tuple[int, int]]:
        """First row and number of rows of each gene; the table is sorted by gene."""
        sizes = self._bundle.table("paralog_labels").group_by("gene", maintain_order=True).len("rows")
        starts = sizes["rows"].cum_sum() - sizes["rows"]
        return {gene: (start, rows) for (gene, rows), start in zip(sizes.iter_rows(), starts, strict=True)}


class _ByGene:
    """Columns of a table by its ``gene``; only those of the genes asked for become Python objects."""

    def __init__(self, table: pl.DataFrame, *columns: str) -> None:
        lists = table.group_by("gene", maintain_order=True).agg(columns)
        self._row = {gene: row for row, gene in enumerate(lists["gene"].to_list())}
        self._lists = [lists[name] for name in columns]

    def get(self, gene: str) -> list[pl.Series] | None:
        """The values of each column in the order of the table; None for an unknown gene."""
        row = self._row.get(gene)
        return None if row is None else [values[row] for values in self._lists]


class _ParalogRows(Mapping[int, Paralogs]):
    """A gene's rows of ``paralog_labels`` by residue; a row is read when its residue is asked for."""

    def __init__(self, table: pl.DataFrame, start: int, count: int) -> None:
        self._table, self._start = table, start
        self._positions = table["aa_position"][start : start + count].to_numpy()
        """In ascending order, each once."""

    def __getitem__(self, position: int) -> Paralogs:
        at = int(np.searchsorted(self._positions, position))
        if at == len(self._positions) or self._positions[at] != position:
            raise KeyError(position)
        _, _, *numbers, bad, good = self._table.row(self._start + at)
        many_bad, many_good, near_bad, near_good = (number / 100 for number in numbers)
        return Paralogs((many_bad, many_good), (near_bad, near_good), (bad, good))

    def __iter__(self) -> Iterator[int]:
        return iter(self._positions.tolist())

    def __len__(self) -> int:
        return len(self._positions)
