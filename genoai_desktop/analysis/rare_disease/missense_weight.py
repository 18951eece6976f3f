"""What the missense model says of amino-acid changes, as reasons in the ranking.

Its probability at even odds is a likelihood ratio; every gene is judged by a classifier that never saw
it. It counts as what it is, within bounds: ``WEIGHT`` and ``BOUND`` are read from the tables of its card.
"""

from collections.abc import Iterable
from functools import lru_cache
from math import log
from typing import Final

from genoai_desktop.analysis.classification.gene_context import gene_contexts
from genoai_desktop.analysis.classification.missense import features
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.rare import Contribution
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.locations import models
from genoai_desktop.models.missense import MissenseModel, fold_of

Change = tuple[str, int, str, str]
"""Gene, 1-based residue, reference and alternate residue."""
WEIGHT: Final = 1.0
"""Slope of the observed log likelihood ratio on the stated one over the rows of both tables of
``models/missense/CARD.md``: 0.97 on unseen genes, 1.07 on variants that others collected."""
BOUND: Final = 3.0
"""Natural log odds, 20 to 1: what the 95 % intervals of both tables bear at either end (21 in the highest
row of the one, 1 in 20 in the lowest of the other)."""
_LEAST: Final = 0.01
_JUDGED: Final = 500
"""Changes that are judged between two looks."""


@lru_cache(maxsize=1)
def _model() -> MissenseModel:
    return MissenseModel(models())


def missense_reasons(
    changes: Iterable[Change], knowledge: Knowledge, job: Context | None = None
) -> dict[Change, Contribution]:
    """The reason of every change that the model can judge, in one go per classifier.

    Raises:
        Cancelled: the person stopped the job.
        KnowledgeError: an artefact of the model is missing or altered.
    """
    job = job or Silent()
    contexts, folds = gene_contexts(knowledge), dict[int, list[tuple[Change, list[float]]]]()
    contexts.read_tables(job)
    for change in set(changes):
        job.check()
        gene, position, ref, alt = change
        context = contexts[gene] if len(ref) == len(alt) == 1 and position else None
        row = features(context, position, ref, alt) if context is not None else None
        if row is not None:
            folds.setdefault(fold_of(gene), []).append((change, row))
    found = {}
    for rows in folds.values():
        for begin in range(0, len(rows), _JUDGED):
            job.check()
            asked = rows[begin : begin + _JUDGED]
            chances = _model().probability(asked[0][0][0], [row for _, row in asked])
            for (change, _), chance in zip(asked, chances.tolist(), strict=True):
                found[change] = _reason(change[0], chance)
    return found


def _reason(gene: str, chance: float) -> Contribution:
    bounded = min(max(chance, _LEAST), 1 - _LEAST)
    value = min(max(WEIGHT * log(bounded / (1 - bounded)), -BOUND), BOUND)
    text = tr("The missense model: probability {value} of harm", value=f"{chance:.2f}")
    return Contribution(
        "variant", gene, value, text, Citation("GenoAI missense model", version=_model().version)
    )
