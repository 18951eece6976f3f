"""The ranking looked at otherwise: by phenotype alone or by variants alone, of an open case."""

from dataclasses import replace
from enum import StrEnum

from genoai_desktop.analysis import rare_disease
from genoai_desktop.app.classified import classified
from genoai_desktop.app.consent import consented_family, permitted_candidates
from genoai_desktop.app.request import OpenCase
from genoai_desktop.domain.case import Scope
from genoai_desktop.domain.context import Context, shares
from genoai_desktop.domain.rare import RareDiseaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge


class Evidence(StrEnum):
    """What the ranking looks at."""

    BOTH = "both"
    PHENOTYPE = "phenotype"
    VARIANTS = "variants"


def ranked_by(
    opened: OpenCase, evidence: Evidence, knowledge: Knowledge, context: Context
) -> RareDiseaseResult | None:
    """The candidates of an open case by part of its evidence, within consent; None where it was declined.

    Nothing of the case changes: this is a way of looking, not a result to be signed. The variants'
    weights are remembered with the case, so that this takes no longer than a change of terms.

    Raises:
        Cancelled: the person stopped the job.
    """
    if evidence is Evidence.BOTH or not opened.case.consent.allows(Scope.PRIMARY):
        return opened.result.rare
    case, annotated = consented_family(opened.case, opened.whole)
    ranking, naming, last = shares(context, 80, 19, 1)
    if evidence is Evidence.PHENOTYPE:
        rare = rare_disease.rank(case, None, knowledge, ranking)
    else:
        bare = replace(case, terms=())
        rare = rare_disease.rank(
            bare, annotated, knowledge, ranking, in_house=opened.earlier, memory=opened.memory
        )
    rare = replace(rare, notes=(_note(evidence),))
    permitted = permitted_candidates(rare, case.consent, knowledge.genes.secondary_findings)
    figures = opened.result.quality
    permitted = classified(case, annotated, figures, permitted, None, knowledge, naming)[0]
    last.report(tr("Classifying variants"), 1.0)
    return permitted


def _note(evidence: Evidence) -> str:
    if evidence is Evidence.PHENOTYPE:
        return tr("A way of looking: ranked by the phenotype alone, the variants left out.")
    return tr("A way of looking: ranked by the variants alone, the phenotype left out.")
