"""The terms to ask about next: those whose answer would best tell the current candidates apart."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from genoai_desktop.analysis.rare_disease.phenotype_score import PhenotypeScorer
from genoai_desktop.analysis.rare_disease.scorers import scorer
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.rare import RareDiseaseResult
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.phenotypes import hpo_id

CONSIDERED = 20
FLATTENING = 0.5
"""The candidates' odds are drawn together before the terms are weighed: the ranking is not that sure."""
TOO_GENERAL = 0.15
"""Terms that more than this share of all diseases show are not asked about."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term to ask about. ``information`` is the expected gain in bits; the lists name diseases."""

    term: str
    label: str
    information: float
    expected_in: tuple[str, ...]
    not_described_in: tuple[str, ...]


def ask_next(
    case: Case, result: RareDiseaseResult, knowledge: Knowledge, limit: int = 8
) -> tuple[Suggestion, ...]:
    """Terms not yet answered, by how much their answer is expected to tell about the first candidates."""
    chosen = scorer(knowledge)
    candidates = result.candidates[:CONSIDERED]
    found = [(chosen.phenotypes.disease_index(c.disease_id), c.score) for c in candidates]
    known = [(i, score) for i, score in found if i is not None]
    if len(known) < 2:
        return ()
    diseases = np.array([i for i, _ in known])
    odds = np.array([score for _, score in known]) * FLATTENING
    weights = np.exp(odds - odds.max())
    weights /= weights.sum()
    terms = _open_terms(case, chosen, diseases)
    frequency = np.stack([_column(chosen, term, diseases) for term in terms]) if terms else np.zeros((0, 1))
    gains = _information(frequency, weights)
    names = [c.disease_name for c, (i, _) in zip(candidates, found, strict=True) if i is not None]
    return _pick(chosen, terms, gains, frequency, names, limit)


def _open_terms(case: Case, chosen: PhenotypeScorer, diseases: npt.NDArray[np.int64]) -> list[int]:
    """Terms of the candidates that nothing said so far answers, and that are particular enough."""
    phenotypes = chosen.phenotypes
    direct = chosen.matrix.direct
    wanted = set(direct["term"].to_numpy()[np.isin(direct["disease"].to_numpy(), diseases)].tolist())
    observed = {i for i in (phenotypes.index(t) for t in case.observed) if i is not None}
    excluded = {i for i in (phenotypes.index(t) for t in case.excluded) if i is not None}
    answered = set().union(*(phenotypes.ancestors[i].tolist() for i in observed)) if observed else set()
    return sorted(
        term
        for term in wanted
        if phenotypes.is_abnormality[term]
        and term not in answered
        and chosen.matrix.background[term] < TOO_GENERAL
        and not excluded.intersection(phenotypes.ancestors[term].tolist())
    )


def _column(chosen: PhenotypeScorer, term: int, diseases: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    where, frequency = chosen.matrix.row(term)
    place = np.searchsorted(where, diseases)
    hit = (place < where.size) & (where[np.minimum(place, where.size - 1)] == diseases)
    value = np.full(diseases.size, float(chosen.matrix.background[term]) * 0.5)
    value[hit] = frequency[place[hit]]
    clipped: npt.NDArray[np.float64] = np.clip(value, 0.01, 0.99)
    return clipped


def _entropy(p: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(-(p * np.log2(p) + (1 - p) * np.log2(1 - p)))


def _information(
    frequency: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Mutual information of the answer and the disease, in bits."""
    if not len(frequency):
        return np.zeros(0)
    expected: npt.NDArray[np.float64] = np.asarray(_entropy(frequency) @ weights, dtype=np.float64)
    gained: npt.NDArray[np.float64] = np.subtract(_entropy(frequency @ weights), expected)
    return gained


def _pick(
    chosen: PhenotypeScorer,
    terms: list[int],
    gains: npt.NDArray[np.float64],
    frequency: npt.NDArray[np.float64],
    names: list[str],
    limit: int,
) -> tuple[Suggestion, ...]:
    """The best first; a term whose ancestor or descendant is already asked about is left out."""
    phenotypes = chosen.phenotypes
    taken: list[int] = []
    picked = []
    for place in np.argsort(-gains, kind="stable"):
        term = terms[int(place)]
        related = any(
            term in phenotypes.ancestors[other] or other in phenotypes.ancestors[term] for other in taken
        )
        if related:
            continue
        taken.append(term)
        row = frequency[int(place)]
        picked.append(
            Suggestion(
                hpo_id(int(phenotypes.numbers[term])),
                phenotypes.names[term],
                round(float(gains[place]), 4),
                tuple(name for name, value in zip(names, row, strict=True) if value >= 0.3)[:5],
                tuple(name for name, value in zip(names, row, strict=True) if value <= 0.02)[:5],
            )
        )
        if len(picked) == limit:
            break
    return tuple(picked)
