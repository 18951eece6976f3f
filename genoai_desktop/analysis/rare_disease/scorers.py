"""Scorers kept between calls, so that re-ranking after a change of terms is quick."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from genoai_desktop.analysis.rare_disease.phenotype_score import Floats, PhenotypeScorer
from genoai_desktop.analysis.rare_disease.weights import Weights
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.phenotypes import Phenotypes


@lru_cache(maxsize=2)
def scorer(knowledge: Knowledge) -> PhenotypeScorer:
    """The scorer over all annotations."""
    phenotypes = knowledge.phenotypes
    return PhenotypeScorer(phenotypes, phenotypes.matrix, Weights.read(knowledge.bundle))


@lru_cache(maxsize=2)
def scorer_without(knowledge: Knowledge, publication: str) -> PhenotypeScorer:
    """The scorer without annotations known from ``publication`` (``PMID:123``) alone or without reference."""
    phenotypes = knowledge.phenotypes
    return PhenotypeScorer(phenotypes, phenotypes.matrix_without(publication), Weights.read(knowledge.bundle))


def gene_scores(phenotypes: Phenotypes, totals: Floats) -> Floats:
    """The best score among each gene's diseases, in the order of ``phenotypes.genes``."""
    starts, diseases = _gene_order(phenotypes)
    best: Floats = np.maximum.reduceat(totals[diseases], starts)
    return best


@lru_cache(maxsize=2)
def _gene_order(phenotypes: Phenotypes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    table = phenotypes.gene_table.sort("gene", "disease")
    genes = table["gene"].to_numpy()
    starts = np.flatnonzero(np.append(True, genes[1:] != genes[:-1]))
    return starts.astype(np.int64), table["disease"].to_numpy().astype(np.int64)
