"""Phenotype and variants together: one explained, ranked row per disease."""

import numpy as np

from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.analysis.rare_disease.candidate_variants import variant_words, with_variants
from genoai_desktop.analysis.rare_disease.explain import against, phenotype_contributions
from genoai_desktop.analysis.rare_disease.filters import run_filters
from genoai_desktop.analysis.rare_disease.gene_rows import as_candidate, gene_rows
from genoai_desktop.analysis.rare_disease.genotypes import family
from genoai_desktop.analysis.rare_disease.in_house import InHouse
from genoai_desktop.analysis.rare_disease.person_fit import PersonFit
from genoai_desktop.analysis.rare_disease.phenotype_score import (
    UNANNOTATED,
    Floats,
    PhenotypeScorer,
    PhenotypeScores,
)
from genoai_desktop.analysis.rare_disease.scorers import scorer, scorer_without
from genoai_desktop.analysis.rare_disease.weighing import BestFit, Memory, Weighed, weigh
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.provenance import Version
from genoai_desktop.domain.rare import Candidate, Contribution, FilterStep, RareDiseaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge

SHOWN, GENES_SHOWN = 100, 10
KNOWN_DISEASE = 0.85
"""Share of published cases whose diagnosis the bundle knows: no probability may exceed it."""
NO_VARIANT, NO_GENE = -6.0, -3.0
"""Log odds when the genome was read and shows nothing in the disease's genes; milder without a known gene."""


def rank(
    case: Case,
    annotated: Annotated | None,
    knowledge: Knowledge,
    context: Context,
    *,
    use_clinvar: bool = True,
    shown: int = SHOWN,
    publication_left_out: str = "",
    in_house: InHouse | None = None,
    memory: Memory | None = None,
) -> RareDiseaseResult:
    """Rank diseases for one case, most probable first.

    Without variants (``annotated`` None, or no sequenced proband) by phenotype alone; without usable
    terms by variants alone. ``use_clinvar`` False judges without the known-pathogenic look-up;
    ``publication_left_out`` (``PMID:123``) ignores annotations known from it alone or without reference.
    ``in_house``: how many of the clinic's earlier cases carry each allele. ``memory``: kept by the caller
    from call to call of one case, so that a change of terms does not weigh the variants again.

    Raises:
        Cancelled: when the person stopped the job.
        KnowledgeError: a bundled table is damaged or missing.
    """
    context.check()
    context.report(tr("Comparing diseases"), None)
    chosen = scorer_without(knowledge, publication_left_out) if publication_left_out else scorer(knowledge)
    scores = chosen.score(case.observed, case.excluded)
    person = PersonFit(case, knowledge)
    around = family(case, annotated.table) if annotated is not None else None
    versions = (*knowledge.phenotypes.versions, *knowledge.bundle.versions("rare_ranking_weights"))
    if annotated is None or around is None:
        return _by_phenotype(chosen, scores, person, knowledge, versions, shown)
    context.check()
    weighed = weigh(
        annotated, case, knowledge, context, use_clinvar=use_clinvar, in_house=in_house, memory=memory
    )
    totals, unknown = _totals(scores, weighed.best, person, knowledge), _unknown(scores, person)
    rows = gene_rows(weighed.genes, _phenotype(scores, person), totals, unknown, knowledge)
    whole = np.concatenate([totals, np.array([row.total for row in rows], dtype=np.float32)])
    chances = probabilities(whole, unknown=unknown)
    order = [int(i) for i in np.argsort(-whole, kind="stable")[:shown] if whole[i] > UNANNOTATED]
    # However improbable, the strongest genes without a described disease are there to be looked at.
    order += sorted(set(range(totals.size, totals.size + min(len(rows), GENES_SHOWN))) - set(order))
    fits = {i: weighed.best[i] if i < totals.size else rows[i - totals.size].fit
            for i in order if i >= totals.size or i in weighed.best}  # fmt: skip
    words = variant_words(annotated, case, list(fits.values()), knowledge)
    candidates = []
    for place, index in enumerate(context.track(order, tr("Explaining candidates")), start=1):
        found, chance = fits.get(index), float(chances[index])
        if index >= totals.size:
            candidate = as_candidate(rows[index - totals.size], place, chance, knowledge)
        else:
            candidate = _candidate(
                chosen, place, index, scores, found, knowledge, with_variants=True, person=person,
                probability=chance,
            )  # fmt: skip
        candidates.append(with_variants(candidate, found, words, weighed, in_house))
    return RareDiseaseResult(
        tuple(candidates),
        weighed.waterfall.steps,
        versions,
        _notes(scores, case, weighed),
        max(1 - float(chances.sum()), 0.0),
    )


def fate(annotated: Annotated, case: Case, row: int, knowledge: Knowledge) -> FilterStep | None:
    """The step of the waterfall that removed a row of the table; None when it is still considered."""
    step = run_filters(annotated, case, knowledge).fate(row)
    if step is not None or family(case, annotated.table) is None:
        return step
    return weigh(annotated, case, knowledge, Silent()).waterfall.fate(row)


def _notes(scores: PhenotypeScores, case: Case, weighed: Weighed) -> tuple[str, ...]:
    notes = []
    sample = weighed.around.sample
    silent = [c.locus.locus for c in weighed.waterfall.repeats.calls if c.status(sample) is None]
    if silent:
        names = ", ".join(sorted(silent))
        notes.append(
            tr("Repeats to which the caller gave no length were not assessed: {names}.", names=names)
        )
    if not scores.terms:
        notes.append(tr("No usable phenotype term was given: ranked by variants alone."))
    if case.incomplete_penetrance:
        notes.append(
            tr("Incomplete penetrance was assumed: healthy carriers count little against a variant.")
        )
    return tuple(notes)


def _by_phenotype(
    chosen: PhenotypeScorer,
    scores: PhenotypeScores,
    person: PersonFit,
    knowledge: Knowledge,
    versions: tuple[Version, ...],
    shown: int,
) -> RareDiseaseResult:
    if not scores.terms:
        note = tr("Neither a usable phenotype term nor a sequenced patient was given: nothing can be ranked.")
        return RareDiseaseResult((), (), versions, (note,))
    totals = np.where(scores.total > UNANNOTATED, scores.total + person.totals([]), UNANNOTATED)
    order = np.argsort(-totals, kind="stable")[:shown]
    chances = probabilities(totals)
    candidates = tuple(
        _candidate(
            chosen,
            place,
            int(i),
            scores,
            None,
            knowledge,
            with_variants=False,
            person=person,
            probability=float(chances[i]),
        )
        for place, i in enumerate(order, start=1)
        if scores.total[i] > UNANNOTATED
    )
    note = tr("Ranked by phenotype alone: no variants were read.")
    return RareDiseaseResult(candidates, (), versions, (note,), 1 - KNOWN_DISEASE)


def probabilities(totals: Floats, unknown: float | None = None) -> Floats:
    """Chance of each disease among all known ones and the unknown.

    ``unknown``: log odds of a diagnosis that the bundle does not know, on the scale of ``totals``; None
    where variants were not read: then its chance stays as it was before the patient was looked at.
    With variants a good explanation makes the unknown less probable, and the lack of one more.
    Checked on published cases in a real exome (models/rare/MODEL_CARD.md).
    """
    highest = float(totals.max())
    relative = np.exp(totals - highest)
    if unknown is None:
        return np.asarray(KNOWN_DISEASE * relative / relative.sum(), dtype=np.float32)
    rest = float(np.exp(min(unknown - highest, 50.0)))
    return np.asarray(relative / (relative.sum() + rest), dtype=np.float32)


def _unknown(scores: PhenotypeScores, person: PersonFit) -> float:
    """Log odds of an unknown diagnosis: variants say nothing about it, phenotype no more than on average."""
    known = scores.total > UNANNOTATED
    totals = (scores.total + person.totals([]))[known]
    if not totals.size:
        return 0.0
    highest = float(totals.max())
    mass = highest + float(np.log(np.exp(totals - highest).sum()))
    return mass + float(np.log((1 - KNOWN_DISEASE) / KNOWN_DISEASE))


def _phenotype(scores: PhenotypeScores, person: PersonFit) -> Floats:
    """What phenotype, onset and sex say of each disease before the variants."""
    known = scores.total > UNANNOTATED
    return np.where(known, scores.total + person.totals([]), UNANNOTATED).astype(np.float32)


def _missing(knowledge: Knowledge) -> Floats:
    genes = np.zeros(knowledge.phenotypes.disease_table.height, dtype=bool)
    genes[knowledge.phenotypes.gene_table["disease"].to_numpy()] = True
    return np.where(genes, NO_VARIANT, NO_GENE).astype(np.float32)


def _totals(
    scores: PhenotypeScores, best: dict[int, BestFit], person: PersonFit, knowledge: Knowledge
) -> Floats:
    """Phenotype and variants; a disease without annotated terms is judged by its variants alone."""
    extra = _missing(knowledge)
    for disease, found in best.items():
        extra[disease] = max(found.value, NO_VARIANT)
    parts = scores.by_term.sum(0) + scores.by_excluded.sum(0) + scores.coverage + scores.prior
    totals: Floats = (parts + extra + person.totals(list(best))).astype(np.float32)
    silent = (scores.total <= UNANNOTATED) & ~np.isin(np.arange(totals.size), list(best))
    totals[silent] = UNANNOTATED
    return totals


def _candidate(
    chosen: PhenotypeScorer,
    place: int,
    disease: int,
    scores: PhenotypeScores,
    found: BestFit | None,
    knowledge: Knowledge,
    *,
    with_variants: bool,
    person: PersonFit,
    probability: float | None = None,
) -> Candidate:
    known = knowledge.phenotypes.disease(disease)
    reasons = phenotype_contributions(chosen, scores, disease)
    reasons += person.contributions(disease, explained=found is not None)
    if found is not None:
        reasons += found.contributions
        if found.value < NO_VARIANT:
            text = tr("No more against the disease than finding no variant at all: it could have been missed")
            reasons += (Contribution("variant", "", NO_VARIANT - found.value, text),)
    elif with_variants:
        value = NO_VARIANT if known.genes else NO_GENE
        text = (
            tr("No variant that would explain it was found in {genes}", genes=", ".join(known.genes[:4]))
            if known.genes
            else tr("No gene is known for this disease: variants cannot speak for or against it")
        )
        reasons += (Contribution("variant", "", value, text),)
    others = (*known.others, *((known.mondo,) if known.mondo else ()))
    return Candidate(
        rank=place,
        disease_id=known.id,
        disease_name=known.name,
        gene=found.gene if found is not None else ", ".join(known.genes[:4]),
        score=sum(reason.log_odds for reason in reasons),
        probability=probability,
        inheritance=known.inheritance,
        contributions=reasons,
        against=against(reasons),
        cross_references=others,
    )
