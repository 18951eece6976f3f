"""How well each disease explains the phenotype: a transparent sum of weighted likelihood ratios.

Every number is natural log odds. For each observed term the score adds a *graded* likelihood ratio
(the best match among the term and its ancestors, after LIRICAL, Robinson et al. 2020, and Resnik 1995),
a *carried* one (the term or anything below it is annotated) and an *exact* one (that very term is
annotated), against the mean frequency of the term over all diseases. A disease that shows many features
explains each one less (*spread*), and diseases that are reported more often come first where the picture
does not decide (the prior).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from genoai_desktop.analysis.rare_disease.weights import Weights
from genoai_desktop.knowledge.derived import kept_with_tables
from genoai_desktop.knowledge.phenotypes import Phenotypes
from genoai_desktop.knowledge.phenotypes_matrix import Matrix

Floats = npt.NDArray[np.float32]

ANCESTOR_DECAY = 0.6
"""An ancestor's likelihood ratio counts this much of an exact one's."""
GRADED_FLOOR, TERM_FLOOR = 0.02, 0.1
"""Likelihood ratio of a term that nothing in the disease resembles (an unrelated finding)."""
EXCLUDED_SHARE = 0.9
"""Chance that a feature which the disease causes would have been noticed when it was looked for."""
USUAL = 0.8
"""Only the absence of a very frequent feature (HPO: 80 % and more) speaks against a disease: that an
occasional one is absent says nearly nothing."""
UNANNOTATED = np.float32(-1e6)


@dataclass(frozen=True, slots=True)
class PhenotypeScores:
    """Scores by disease index. ``by_term`` and ``by_excluded`` have one row per term used; all rows,
    ``coverage`` and ``prior`` add up to ``total``."""

    terms: tuple[int, ...]
    excluded: tuple[int, ...]
    by_term: Floats
    by_excluded: Floats
    coverage: Floats
    prior: Floats
    total: Floats
    best_match: npt.NDArray[np.int32]
    """Index of the most informative common ancestor of each term and each disease, -1 for none."""


class PhenotypeScorer:
    """Scores cases against one matrix; make one per matrix, it keeps what does not depend on the case."""

    def __init__(self, phenotypes: Phenotypes, matrix: Matrix, weights: Weights) -> None:
        self.phenotypes, self.matrix, self.weights = phenotypes, matrix, weights
        self.information = np.maximum(-np.log(matrix.background), 0).astype(np.float32)
        self.size = matrix.depth.size
        direct = matrix.direct.sort("disease", "term")
        self._terms = direct["term"].to_numpy()
        self._diseases = direct["disease"].to_numpy()
        self._weight = direct["frequency"].to_numpy() * self.information[self._terms]
        whole = np.bincount(self._diseases, self._weight, self.size)
        self._share = (direct["frequency"].to_numpy() / (whole[self._diseases] + 1e-3)).astype(np.float32)
        self._annotated = matrix.depth > 0
        self._pairs, self._starts = _pairs(phenotypes)
        mass = np.bincount(self._diseases, direct["frequency"].to_numpy(), self.size)
        self.spread = np.log1p(mass).astype(np.float32)
        self._prior = self._make_prior()

    def score(self, observed: Sequence[str], excluded: Sequence[str]) -> PhenotypeScores:
        """Score every disease. Terms that HPO does not know, or that are no abnormality, are left out."""
        features, seen, used, absent = self.features(observed, excluded)
        weights = self.weights
        by_term = self._by_term(features, used)
        by_excluded = weights.excluded * self.excluded(absent)
        coverage = weights.coverage * self.coverage(used)
        total = by_term.sum(0) + by_excluded.sum(0) + coverage + self._prior
        total = np.where(self._annotated, total, UNANNOTATED).astype(np.float32)
        return PhenotypeScores(used, absent, by_term, by_excluded, coverage, self._prior, total, seen)

    def features(
        self, observed: Sequence[str], excluded: Sequence[str]
    ) -> tuple[Floats, npt.NDArray[np.int32], tuple[int, ...], tuple[int, ...]]:
        """(3, terms, diseases): graded, carried and exact log ratios; a term that a more particular one
        implies has an exact ratio alone."""
        used, absent = self._usable(observed), self._usable(excluded)
        specific = most_specific(self.phenotypes, used)
        values = np.zeros((3, len(used), self.size), dtype=np.float32)
        best = np.full((len(used), self.size), -1, dtype=np.int32)
        for row, term in enumerate(used):
            values[2, row] = self._exact(term)
            if term in specific:
                values[0, row], best[row] = self._graded(term)
                values[1, row] = self._carried(term)
        return values, best, used, absent

    def _by_term(self, features: Floats, used: tuple[int, ...]) -> Floats:
        weights = self.weights
        by_term: Floats = weights.graded * features[0] + weights.exact * features[2]
        rows = self.specific_rows(used)
        if rows.size:
            mean = weights.carried_mean / rows.size * features[1, rows]
            by_term[rows] += mean - weights.spread * self.spread
        return by_term

    def specific_rows(self, used: tuple[int, ...]) -> npt.NDArray[np.int64]:
        """Positions of the terms that no other one implies."""
        specific = most_specific(self.phenotypes, used)
        return np.array([row for row, term in enumerate(used) if term in specific], dtype=np.int64)

    def _usable(self, terms: Sequence[str]) -> tuple[int, ...]:
        found = (self.phenotypes.index(term) for term in terms)
        return tuple(dict.fromkeys(i for i in found if i is not None and self.phenotypes.is_abnormality[i]))

    def _graded(self, term: int) -> tuple[Floats, npt.NDArray[np.int32]]:
        ratio = np.zeros(self.size, dtype=np.float32)
        match = np.full(self.size, -1, dtype=np.int32)
        ancestors = self.phenotypes.ancestors[term]
        for ancestor in ancestors[np.argsort(self.information[ancestors], kind="stable")]:
            diseases, frequency = self.matrix.row(ancestor)
            share = (1.0 if ancestor == term else ANCESTOR_DECAY) / self.matrix.background[ancestor]
            ratio[diseases] = np.maximum(ratio[diseases], frequency * share)
            here = diseases[frequency > 0]
            match[here] = ancestor
        return np.log(GRADED_FLOOR + (1 - GRADED_FLOOR) * ratio), match

    def _carried(self, term: int) -> Floats:
        return self._ratio(*self.matrix.row(term), self.matrix.background[term])

    def _exact(self, term: int) -> Floats:
        return self._ratio(*self.matrix.direct_row(term), self.matrix.direct_background[term])

    def _ratio(self, diseases: npt.NDArray[np.int32], frequency: Floats, background: np.float32) -> Floats:
        value = np.full(self.size, np.log(TERM_FLOOR), dtype=np.float32)
        value[diseases] = np.log(TERM_FLOOR + (1 - TERM_FLOOR) * frequency / background)
        return value

    def excluded(self, terms: Sequence[int]) -> Floats:
        """(terms, diseases): log chance of lacking what nearly every patient has; never above 0."""
        values = np.zeros((len(terms), self.size), dtype=np.float32)
        for row, term in enumerate(terms):
            diseases, frequency = self.matrix.row(term)
            usual = frequency >= USUAL
            values[row, diseases[usual]] = np.log(1 - EXCLUDED_SHARE * np.minimum(frequency[usual], 1))
        return values

    def coverage(self, terms: Sequence[int]) -> Floats:
        """Share (0..1) of each disease's picture, by information and frequency, that was observed."""
        if not terms:
            return np.zeros(self.size, dtype=np.float32)
        reached = np.zeros(self.information.size, dtype=np.float32)
        above = np.unique(np.concatenate([self.phenotypes.ancestors[term] for term in terms]))
        reached[above] = self.information[above]
        best = np.maximum.reduceat(reached[self._pairs], self._starts)
        return np.bincount(self._diseases, self._share * best[self._terms], self.size).astype(np.float32)

    def _make_prior(self) -> Floats:
        weights = self.weights
        parts = self.prior_parts()
        return (np.array([weights.omim, weights.variants, weights.references]) @ parts).astype(np.float32)

    def prior_parts(self) -> Floats:
        """(3, diseases): listed in OMIM; logarithms of its share of its genes' disease-causing variants in
        ClinVar and of the references of its annotations: how much has been reported."""
        table = self.phenotypes.disease_table
        omim = table["id"].str.starts_with("OMIM").to_numpy().astype(np.float32)
        variants = np.log1p(table["variants"].to_numpy())
        return np.stack([omim, variants, np.log1p(self.matrix.references)]).astype(np.float32)


def most_specific(phenotypes: Phenotypes, terms: Sequence[int]) -> set[int]:
    """The terms without those that another one implies."""
    implied: set[int] = set()
    for term in terms:
        implied.update(int(a) for a in phenotypes.ancestors[term] if a != term)
    return set(terms) - implied


@kept_with_tables()
def _pairs(phenotypes: Phenotypes) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    sizes = np.array([max(len(found), 1) for found in phenotypes.ancestors])
    flat = np.concatenate([found if len(found) else np.zeros(1, np.int32) for found in phenotypes.ancestors])
    return flat.astype(np.int32), np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
