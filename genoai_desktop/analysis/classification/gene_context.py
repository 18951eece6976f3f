"""Gathers, per gene, what the missense features need; from the bundled tables, kept once made."""

from functools import cached_property

import numpy as np
import polars as pl

from genoai_desktop.analysis.classification.missense import GeneContext
from genoai_desktop.knowledge import Knowledge

Constraint = tuple[float | None, float | None, float | None, float | None]


class GeneContexts:
    """``contexts[symbol]`` is the gene's context on its MANE Select transcript, or None without a protein."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._bundle = knowledge.bundle
        self._made: dict[str, GeneContext | None] = {}

    def __getitem__(self, gene: str) -> GeneContext | None:
        if gene not in self._made:
            self._made[gene] = self._make(gene)
        return self._made[gene]

    def _make(self, gene: str) -> GeneContext | None:
        sequence = self._sequences.get(gene)
        if sequence is None:
            return None
        positions, pathogenic = self._labels.get(gene, ([], []))
        return GeneContext(
            sequence,
            self._constraint.get(gene, (None, None, None, None)),
            np.asarray(positions, dtype=np.int64),
            np.asarray(pathogenic, dtype=np.bool_),
            tuple(self._domains.get(gene, ())),
        )

    @cached_property
    def _sequences(self) -> dict[str, str]:
        select = self._bundle.table("transcripts").filter(~self._bundle.table("transcripts")["clinical"])
        joined = select.join(self._bundle.table("proteins"), on="transcript", how="inner")
        return dict(zip(joined["gene"], joined["sequence"], strict=True))

    @cached_property
    def _constraint(self) -> dict[str, Constraint]:
        names = self._bundle.table("transcripts").select("gene", "hgnc").unique("gene")
        joined = names.join(self._bundle.table("gene_constraint"), on="hgnc", how="inner")
        columns = joined.select("gene", "pli", "moeuf", "loeuf", "mis_z")
        return {row[0]: row[1:] for row in columns.iter_rows()}

    @cached_property
    def _domains(self) -> dict[str, list[tuple[int, int]]]:
        select = self._bundle.table("transcripts").filter(~self._bundle.table("transcripts")["clinical"])
        genes = dict(select.select("transcript", "gene").iter_rows())
        found: dict[str, list[tuple[int, int]]] = {}
        columns = self._bundle.table("protein_domains").select("transcript", "start", "end")
        for transcript, start, end in columns.iter_rows():
            if transcript in genes:
                found.setdefault(genes[transcript], []).append((start, end))
        return found

    @cached_property
    def _labels(self) -> dict[str, tuple[list[int], list[bool]]]:
        table = self._bundle.table("protein_labels").with_columns(pl.col("gene").cast(pl.String))
        by_gene = table.group_by("gene", maintain_order=True).agg("aa_position", "pathogenic")
        return {gene: (positions, bad) for gene, positions, bad in by_gene.iter_rows()}
