"""Phenotype and variants together: one explained, ranked row per disease."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.analysis.rare_disease.candidate_variants import variant_words, with_variants
from genoai_desktop.analysis.rare_disease.explain import against, phenotype_contributions
from genoai_desktop.analysis.rare_disease.filters import run_filters
from genoai_desktop.analysis.rare_disease.gene_rows import GeneRow, as_candidate, gene_rows
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
from genoai_desktop.analysis.rare_disease.sources import ranking_versions
from genoai_desktop.analysis.rare_disease.weighing import BestFit, Memory, Weighed, weigh
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.context import Context, Silent, shares
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
    comparing, weighing, explaining = shares(context, 5, 75, 20)
    compared = _compare(case, knowledge, comparing, publication_left_out)
    around = family(case, annotated.table) if annotated is not None else None
    if annotated is None or around is None:
        return _by_phenotype(compared, shown)
    context.check()
    weighed = weigh(
        annotated, case, knowledge, weighing, use_clinvar=use_clinvar, in_house=in_house, memory=memory
    )
    placed = _place(compared, weighed, shown)
    words = variant_words(annotated, case, list(placed.fits.values()), knowledge)
    candidates = tuple(
        with_variants(candidate, found, words, weighed, in_house)
        for candidate, found in _explained(compared, placed, explaining)
    )
    unknown = max(1 - float(placed.chances.sum()), 0.0)
    notes = _notes(compared.scores, case, weighed)
    versions = ranking_versions(knowledge, variants=True)
    return RareDiseaseResult(candidates, weighed.waterfall.steps, versions, notes, unknown)


@dataclass(frozen=True, slots=True)
class _Compared:
    """What phenotype, onset and sex say of every disease before the variants."""

    chosen: PhenotypeScorer
    scores: PhenotypeScores
    person: PersonFit
    knowledge: Knowledge

    @property
    def totals(self) -> Floats:
        """Log odds of each disease; ``UNANNOTATED`` where none of its features is known."""
        known = self.scores.total > UNANNOTATED
        return np.where(known, self.scores.total + self.person.totals([]), UNANNOTATED)


def _compare(case: Case, knowledge: Knowledge, context: Context, publication_left_out: str) -> _Compared:
    context.check()
    context.report(tr("Comparing diseases"), None)
    chosen = scorer_without(knowledge, publication_left_out) if publication_left_out else scorer(knowledge)
    return _Compared(
        chosen, chosen.score(case.observed, case.excluded), PersonFit(case, knowledge), knowledge
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """Diseases, by their index, and after them the ``rows`` of genes: who is shown, in which order."""

    rows: list[GeneRow]
    chances: Floats
    """Of every disease and row."""
    order: list[int]
    fits: dict[int, BestFit]
    """The alleles of those of ``order`` that have any."""

    def row(self, index: int) -> GeneRow | None:
        """The gene's row at an index; None for a disease."""
        first = len(self.chances) - len(self.rows)
        return self.rows[index - first] if index >= first else None


def _place(compared: _Compared, weighed: Weighed, shown: int) -> _Placed:
    """The ``shown`` most probable, and the strongest genes without a described disease, however improbable:
    they are there to be looked at."""
    unknown, before = _unknown(compared), compared.totals.astype(np.float32)
    totals = _totals(compared, weighed.best)
    rows = gene_rows(weighed.genes, before, totals, unknown, compared.knowledge)
    whole = np.concatenate([totals, np.array([row.total for row in rows], dtype=np.float32)])
    order = [int(i) for i in np.argsort(-whole, kind="stable")[:shown] if whole[i] > UNANNOTATED]
    order += sorted(set(range(totals.size, totals.size + min(len(rows), GENES_SHOWN))) - set(order))
    own = weighed.best | {totals.size + i: row.fit for i, row in enumerate(rows)}
    fits = {index: own[index] for index in order if index in own}
    return _Placed(rows, probabilities(whole, unknown=unknown), order, fits)


def _explained(
    compared: _Compared, placed: _Placed, context: Context
) -> Iterator[tuple[Candidate, BestFit | None]]:
    """Every candidate in its place with its alleles, still without their words."""
    for place, index in enumerate(context.track(placed.order, tr("Explaining candidates")), start=1):
        found, chance, row = placed.fits.get(index), float(placed.chances[index]), placed.row(index)
        if row is not None:
            yield as_candidate(row, place, chance, compared.knowledge), found
        else:
            yield _candidate(compared, place, index, found, chance, with_variants=True), found


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


def _by_phenotype(compared: _Compared, shown: int) -> RareDiseaseResult:
    versions = ranking_versions(compared.knowledge, variants=False)
    if not compared.scores.terms:
        note = tr("Neither a usable phenotype term nor a sequenced patient was given: nothing can be ranked.")
        return RareDiseaseResult((), (), versions, (note,))
    totals = compared.totals
    chances = probabilities(totals)
    candidates = tuple(
        _candidate(compared, place, index, None, float(chances[index]), with_variants=False)
        for place, index in enumerate(np.argsort(-totals, kind="stable")[:shown].tolist(), start=1)
        if compared.scores.total[index] > UNANNOTATED
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


def _unknown(compared: _Compared) -> float:
    """Log odds of an unknown diagnosis: variants say nothing about it, phenotype no more than on average."""
    totals = compared.totals[compared.scores.total > UNANNOTATED]
    if not totals.size:
        return 0.0
    highest = float(totals.max())
    mass = highest + float(np.log(np.exp(totals - highest).sum()))
    return mass + float(np.log((1 - KNOWN_DISEASE) / KNOWN_DISEASE))


def _missing(knowledge: Knowledge) -> Floats:
    genes = np.zeros(knowledge.phenotypes.disease_table.height, dtype=bool)
    genes[knowledge.phenotypes.gene_table["disease"].to_numpy()] = True
    return np.where(genes, NO_VARIANT, NO_GENE).astype(np.float32)


def _totals(compared: _Compared, best: dict[int, BestFit]) -> Floats:
    """Phenotype and variants; a disease without annotated terms is judged by its variants alone."""
    scores, extra = compared.scores, _missing(compared.knowledge)
    for disease, found in best.items():
        extra[disease] = max(found.value, NO_VARIANT)
    parts = scores.by_term.sum(0) + scores.by_excluded.sum(0) + scores.coverage + scores.prior
    totals: Floats = (parts + extra + compared.person.totals(list(best))).astype(np.float32)
    silent = (scores.total <= UNANNOTATED) & ~np.isin(np.arange(totals.size), list(best))
    totals[silent] = UNANNOTATED
    return totals


def _candidate(
    compared: _Compared,
    place: int,
    disease: int,
    found: BestFit | None,
    probability: float,
    *,
    with_variants: bool,
) -> Candidate:
    known = compared.knowledge.phenotypes.disease(disease)
    reasons = phenotype_contributions(compared.chosen, compared.scores, disease)
    reasons += compared.person.contributions(disease, explained=found is not None)
    if with_variants:
        reasons += _of_variants(found, known.genes)
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


def _of_variants(found: BestFit | None, genes: tuple[str, ...]) -> tuple[Contribution, ...]:
    """What the alleles say for a disease of these genes, or that there are none."""
    if found is None:
        value = NO_VARIANT if genes else NO_GENE
        text = (
            tr("No variant that would explain it was found in {genes}", genes=", ".join(genes[:4]))
            if genes
            else tr("No gene is known for this disease: variants cannot speak for or against it")
        )
        return (Contribution("variant", "", value, text),)
    if found.value >= NO_VARIANT:
        return found.contributions
    text = tr("No more against the disease than finding no variant at all: it could have been missed")
    return (*found.contributions, Contribution("variant", "", NO_VARIANT - found.value, text))
