"""The phenotype score: parts that add up, what the prior may do, and genes from their diseases."""

import numpy as np
import pytest

from genoai_desktop.analysis.rare_disease.phenotype_score import UNANNOTATED, PhenotypeScorer
from genoai_desktop.analysis.rare_disease.scorers import gene_scores, scorer, scorer_without
from genoai_desktop.knowledge import Knowledge

PFEIFFER = ("HP:0001156", "HP:0001363", "HP:0011304", "HP:0010055")


@pytest.fixture(scope="module")
def chosen(knowledge: Knowledge) -> PhenotypeScorer:
    return scorer(knowledge)


def test_the_parts_add_up_to_the_total(chosen: PhenotypeScorer) -> None:
    scores = chosen.score(PFEIFFER, ["HP:0001250"])
    parts = scores.by_term.sum(0) + scores.by_excluded.sum(0) + scores.coverage + scores.prior
    known = scores.total > UNANNOTATED
    assert np.allclose(parts[known], scores.total[known], atol=1e-3)


def test_without_terms_the_prior_alone_speaks(chosen: PhenotypeScorer) -> None:
    scores = chosen.score([], [])
    known = scores.total > UNANNOTATED
    assert np.allclose(scores.total[known], scores.prior[known])


def test_what_is_reported_more_often_has_the_higher_prior(chosen: PhenotypeScorer) -> None:
    kabuki = chosen.phenotypes.disease_index("OMIM:147920")
    rare = chosen.phenotypes.disease_index("OMIM:619340")
    assert kabuki is not None
    assert rare is not None
    prior = chosen.score([], []).prior
    assert prior[kabuki] > prior[rare]


def test_the_same_ratio_counts_less_for_a_disease_that_shows_everything(chosen: PhenotypeScorer) -> None:
    assert chosen.weights.spread > 0
    assert (chosen.spread >= 0).all()
    most = np.argmax(chosen.matrix.depth)
    assert chosen.spread[most] > np.median(chosen.spread[chosen.matrix.depth > 0])


def test_a_gene_is_at_most_as_probable_as_its_diseases_together(chosen: PhenotypeScorer) -> None:
    total = chosen.score(PFEIFFER, []).total
    genes = gene_scores(chosen.phenotypes, total)
    place = chosen.phenotypes.genes.index("FGFR2")
    diseases = chosen.phenotypes.gene_diseases["FGFR2"]
    most = total[diseases].max()
    assert genes[place] <= most + np.log(len(diseases))
    assert place in np.argsort(-genes)[:3]


def test_the_genes_of_a_disease_share_its_chance(chosen: PhenotypeScorer) -> None:
    shares = np.bincount(
        chosen.phenotypes.gene_table["disease"].to_numpy(), chosen.phenotypes.gene_shares.astype(float)
    )
    assert np.allclose(shares[shares > 0], 1, atol=0.01)


def test_a_left_out_publication_lowers_its_own_count_of_references(knowledge: Knowledge) -> None:
    disease = knowledge.phenotypes.disease_index("OMIM:619340")
    whole, without = scorer(knowledge), scorer_without(knowledge, "PMID:31675180")
    assert without.matrix.references[disease] < whole.matrix.references[disease]
