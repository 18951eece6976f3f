"""Gathers, per gene, what the missense features need; from the bundled tables, kept once made."""

from functools import cached_property

import numpy as np
import polars as pl

from genoai_desktop.analysis.classification.missense import GeneContext
from genoai_desktop.analysis.classification.relatives import Paralogs, columns
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.conservation import Conservations

Constraint = tuple[float | None, float | None, float | None, float | None]
_SPANS = ("", "Signal peptide", "Transmembrane helix")
"""Names of the kinds of spans in ``protein_domains``; the empty one stands for every named domain."""


class GeneContexts:
    """``contexts[symbol]`` is the gene's context on its MANE Select transcript, or None without a protein."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._bundle = knowledge.bundle
        self._conservations = Conservations(knowledge.bundle)
        self._made: dict[str, GeneContext | None] = {}

    def __getitem__(self, gene: str) -> GeneContext | None:
        if gene not in self._made:
            self._made[gene] = self._make(gene)
        return self._made[gene]

    def _make(self, gene: str) -> GeneContext | None:
        if gene not in self._sequences:
            return None
        transcript, sequence = self._sequences[gene]
        known = self._conservations.of(transcript, sequence)
        positions, pathogenic = self._labels.get(gene, ([], []))
        return GeneContext(
            sequence,
            self._constraint.get(gene, (None, None, None, None)),
            np.asarray(positions, dtype=np.int64),
            np.asarray(pathogenic, dtype=np.bool_),
            self._spans(gene, ""),
            self._spans(gene, "Signal peptide"),
            self._spans(gene, "Transmembrane helix"),
            columns(known) if known else None,
            self._paralogs(gene),
        )

    def _spans(self, gene: str, kind: str) -> tuple[tuple[int, int], ...]:
        return tuple(self._domains[kind].get(gene, ()))

    @cached_property
    def _sequences(self) -> dict[str, tuple[str, str]]:
        """Transcript and protein of each gene."""
        select = self._bundle.table("transcripts").filter(~self._bundle.table("transcripts")["clinical"])
        joined = select.join(self._bundle.table("proteins"), on="transcript", how="inner")
        return {
            gene: (name, text) for gene, name, text in joined["gene", "transcript", "sequence"].iter_rows()
        }

    @cached_property
    def _constraint(self) -> dict[str, Constraint]:
        names = self._bundle.table("transcripts").select("gene", "hgnc").unique("gene")
        joined = names.join(self._bundle.table("gene_constraint"), on="hgnc", how="inner")
        columns = joined.select("gene", "pli", "moeuf", "loeuf", "mis_z")
        return {row[0]: row[1:] for row in columns.iter_rows()}

    @cached_property
    def _domains(self) -> dict[str, dict[str, list[tuple[int, int]]]]:
        """Spans by kind (of ``_SPANS``) and gene; signal peptides and helices are domains as well."""
        select = self._bundle.table("transcripts").filter(~self._bundle.table("transcripts")["clinical"])
        genes = dict(select.select("transcript", "gene").iter_rows())
        found: dict[str, dict[str, list[tuple[int, int]]]] = {kind: {} for kind in _SPANS}
        columns = self._bundle.table("protein_domains").select("transcript", "start", "end", "domain")
        for transcript, start, end, name in columns.iter_rows():
            for kind in {"", name} & found.keys() if transcript in genes else ():
                found[kind].setdefault(genes[transcript], []).append((start, end))
        return found

    @cached_property
    def _labels(self) -> dict[str, tuple[list[int], list[bool]]]:
        table = self._bundle.table("protein_labels").with_columns(pl.col("gene").cast(pl.String))
        by_gene = table.group_by("gene", maintain_order=True).agg("aa_position", "pathogenic")
        return {gene: (positions, bad) for gene, positions, bad in by_gene.iter_rows()}

    def _paralogs(self, gene: str) -> dict[int, Paralogs]:
        found = {}
        start, count = self._paralog_rows.get(gene, (0, 0))
        rows = self._bundle.table("paralog_labels").slice(start, count).iter_rows()
        for _, position, *numbers, bad, good in rows:
            many_bad, many_good, near_bad, near_good = (number / 100 for number in numbers)
            found[position] = Paralogs((many_bad, many_good), (near_bad, near_good), (bad, good))
        return found

    @cached_property
    def _paralog_rows(self) -> dict[str, tuple[int, int]]:
        """First row and number of rows of each gene; the table is sorted by gene."""
        sizes = self._bundle.table("paralog_labels").group_by("gene", maintain_order=True).len("rows")
        starts = sizes["rows"].cum_sum() - sizes["rows"]
        return {gene: (start, rows) for (gene, rows), start in zip(sizes.iter_rows(), starts, strict=True)}
