"""The analyses of one case, each on its own: one that fails takes none of the others with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from genoai_desktop.analysis import pharmacogenomics, quality, rare_disease, risk
from genoai_desktop.analysis.ancestry import estimate
from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.analysis.rare_disease import InHouse, Memory
from genoai_desktop.app.classified import classified, without_primary
from genoai_desktop.app.consent import permitted_candidates, permitted_risk, without_answers
from genoai_desktop.app.risk_couple import partner_of
from genoai_desktop.domain.case import Case, Scope
from genoai_desktop.domain.context import Context, shares
from genoai_desktop.domain.errors import Cancelled
from genoai_desktop.domain.failed import FURTHER, FailedAnalysis, Part
from genoai_desktop.domain.faults import is_failure
from genoai_desktop.domain.pgx import PgxResult
from genoai_desktop.domain.quality import QualityResult
from genoai_desktop.domain.rare import RareDiseaseResult
from genoai_desktop.domain.risk import AncestryEstimate, RiskResult
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.vcf.table import VariantTable

T = TypeVar("T")
_STOPS = (Cancelled, KeyboardInterrupt, MemoryError)
"""Not of one analysis alone: the person wants to stop, or the computer cannot go on."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What consent allows; a part is None when it is not allowed, or is among ``failed``."""

    quality: QualityResult | None
    rare: RareDiseaseResult | None
    pgx: PgxResult | None
    risk: RiskResult | None
    failed: tuple[FailedAnalysis, ...] = ()


class Guard:
    """Runs analyses one after the other and keeps what failed."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.failed: list[FailedAnalysis] = []

    def run(self, part: Part, function: Callable[[], T]) -> T | None:
        """What the function returns; None where it failed.

        Raises:
            Cancelled, KeyboardInterrupt, MemoryError: as they come; also where a library made an error
                of its own of them.
        """
        try:
            return function()
        except _STOPS:
            raise
        except BaseException as error:
            if not _is_its_own(error):
                raise
            self._context.check()
            self.failed.append(FailedAnalysis.of(part, error))
            return None


def _is_its_own(error: BaseException) -> bool:
    """An error of the function itself, which no wish to stop is behind."""
    inner: BaseException | None = error
    seen: set[int] = set()
    while inner is not None and id(inner) not in seen:
        if isinstance(inner, _STOPS):
            return False
        seen.add(id(inner))
        inner = inner.__cause__ or inner.__context__
    return is_failure(error)


def analyse_parts(
    case: Case,
    annotated: Annotated,
    partner: Annotated | None,
    knowledge: Knowledge,
    context: Context,
    memory: Memory,
    earlier: InHouse | None,
) -> Parts:
    """Run what consent allows, each analysis on its own; what is declined is not computed.

    Raises:
        Cancelled: the person stopped the job.
    """
    allows, table, guard = case.consent.allows, annotated.table, Guard(context)
    measuring, ranking, placing, calling, weighing, naming, last = shares(context, 8, 55, 6, 6, 10, 14, 1)
    figures = guard.run(Part.QUALITY, lambda: quality.measure(case, table, knowledge, measuring))
    rare = None
    if allows(Scope.PRIMARY):
        rare = guard.run(Part.RARE, lambda: _candidates(case, annotated, knowledge, ranking, memory, earlier))
    further = any(map(allows, FURTHER))
    ancestry = None
    if further:
        ancestry = guard.run(Part.ANCESTRY, lambda: _ancestry(case, table, knowledge, placing))
    pgx = None
    if allows(Scope.PGX):
        pgx = guard.run(
            Part.PGX,
            lambda: pharmacogenomics.analyse(case, table, knowledge, calling, ancestry=ancestry),
        )
    chances = None
    if further or (allows(Scope.PRIMARY) and risk.asks_family(case)):
        chances = guard.run(
            Part.RISK, lambda: _chances(case, annotated, partner, knowledge, weighing, ancestry)
        )
    named = guard.run(
        Part.CLASSIFICATION,
        lambda: classified(case, annotated, figures, rare, chances, knowledge, naming),
    )
    rare, chances = named or (rare, chances)
    last.report(tr("Classifying variants"), 1.0)
    made = Parts(figures, rare, pgx, without_primary(chances, rare), tuple(guard.failed))
    return _with_notes(made)


def _candidates(
    case: Case,
    annotated: Annotated,
    knowledge: Knowledge,
    context: Context,
    memory: Memory,
    earlier: InHouse | None,
) -> RareDiseaseResult | None:
    ranked = rare_disease.rank(case, annotated, knowledge, context, in_house=earlier, memory=memory)
    return permitted_candidates(ranked, case.consent, knowledge.genes.secondary_findings)


def _ancestry(
    case: Case, table: VariantTable, knowledge: Knowledge, context: Context
) -> AncestryEstimate | None:
    sample = case.index.sample
    if sample is None or sample not in table.samples:
        return None
    return estimate(table, table.sample_index(sample), knowledge, context)


def _chances(
    case: Case,
    annotated: Annotated,
    partner: Annotated | None,
    knowledge: Knowledge,
    context: Context,
    ancestry: AncestryEstimate | None,
) -> RiskResult | None:
    pair = partner_of(case, partner)
    found = permitted_risk(risk.analyse(case, annotated, knowledge, context, ancestry, pair), case)
    return without_answers(found, case.consent, knowledge.dominant_genes)


def _with_notes(made: Parts) -> Parts:
    """What a failure means for the parts that rest on it, said beside them."""
    failed = {one.part for one in made.failed}
    rare, pgx, chances = made.rare, made.pgx, made.risk
    if Part.ANCESTRY in failed:
        text = tr("Estimating the ancestry failed in the program: this was computed without it.")
        pgx = replace(pgx, notes=(*pgx.notes, text)) if pgx else None
        chances = replace(chances, notes=(*chances.notes, text)) if chances else None
    if Part.CLASSIFICATION in failed:
        text = tr(
            "Classifying the variants failed in the program: no variant here has a class of this case. "
            "That does not mean that it is benign or uncertain."
        )
        rare = replace(rare, notes=(*rare.notes, text)) if rare else None
        chances = replace(chances, notes=(*chances.notes, text)) if chances else None
    if Part.RARE in failed and chances is not None:
        text = tr(
            "The ranking of candidate diagnoses failed in the program: a carrier finding here may be the "
            "cause of the patient's condition."
        )
        chances = replace(chances, notes=(*chances.notes, text))
    if Part.QUALITY in failed and rare is not None:
        text = tr(
            "Measuring the quality failed in the program: sex, kinship and parentage were not checked, "
            "and no variant counts as new with confirmed parents."
        )
        rare = replace(rare, notes=(*rare.notes, text))
    return replace(made, rare=rare, pgx=pgx, risk=chances)
