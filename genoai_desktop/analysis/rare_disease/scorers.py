"""Scorers kept between calls, so that re-ranking after a change of terms is quick."""

import numpy as np
import numpy.typing as npt
import polars as pl

from genoai_desktop.analysis.rare_disease.phenotype_score import UNANNOTATED, Floats, PhenotypeScorer
from genoai_desktop.analysis.rare_disease.weights import Weights
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.derived import kept_with_tables
from genoai_desktop.knowledge.phenotypes import Phenotypes


@kept_with_tables()
def scorer(knowledge: Knowledge) -> PhenotypeScorer:
    """The scorer over all annotations."""
    phenotypes = knowledge.phenotypes
    return PhenotypeScorer(phenotypes, phenotypes.matrix, Weights.read(knowledge.bundle))


@kept_with_tables(2)
def scorer_without(knowledge: Knowledge, publication: str) -> PhenotypeScorer:
    """The scorer without annotations known from ``publication`` (``PMID:123``) alone or without reference."""
    phenotypes = knowledge.phenotypes
    return PhenotypeScorer(phenotypes, phenotypes.matrix_without(publication), Weights.read(knowledge.bundle))


def gene_scores(phenotypes: Phenotypes, totals: Floats) -> Floats:
    """Log odds of each gene, in the order of ``phenotypes.genes``: the chances of its diseases added up,
    each times the share of the disease that the gene causes."""
    order, starts, shares = _gene_order(phenotypes)
    values = totals[order] + shares
    best = np.maximum.reduceat(values, starts)
    sizes = np.diff(np.append(starts, values.size))
    added = np.add.reduceat(np.exp(values - np.repeat(best, sizes)), starts)
    return np.where(best > UNANNOTATED / 2, best + np.log(added), UNANNOTATED).astype(np.float32)


@kept_with_tables()
def _gene_order(phenotypes: Phenotypes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Floats]:
    """Diseases sorted by gene, where each gene begins, and the logarithms of the shares."""
    table = phenotypes.gene_table.with_columns(pl.Series("share", phenotypes.gene_shares))
    table = table.sort("gene", "disease")
    genes = table["gene"].to_numpy()
    starts = np.flatnonzero(np.append(True, genes[1:] != genes[:-1]))
    shares = np.log(np.maximum(table["share"].to_numpy(), 1e-4)).astype(np.float32)
    return table["disease"].to_numpy().astype(np.int64), starts.astype(np.int64), shares
