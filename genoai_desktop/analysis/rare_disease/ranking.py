"""Phenotype and variants together: one explained, ranked row per disease."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from genoai_desktop.analysis.annotation.annotated import Annotated, reported
from genoai_desktop.analysis.rare_disease.explain import against, phenotype_contributions
from genoai_desktop.analysis.rare_disease.filters import Waterfall, run_filters
from genoai_desktop.analysis.rare_disease.genotypes import Family, family
from genoai_desktop.analysis.rare_disease.inheritance import Fit, fits, homozygous_losses
from genoai_desktop.analysis.rare_disease.phenotype_score import UNANNOTATED, Floats, PhenotypeScores
from genoai_desktop.analysis.rare_disease.scorers import scorer
from genoai_desktop.analysis.rare_disease.variant_evidence import Allele, evidence
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.provenance import Version
from genoai_desktop.domain.rare import Candidate, Contribution, FilterStep, RareDiseaseResult
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import ReportedVariant
from genoai_desktop.knowledge import Knowledge

SHOWN = 100
KNOWN_DISEASE = 0.85
"""Share of published cases whose diagnosis the bundle knows: no probability may exceed it."""
NO_VARIANT, NO_GENE = -6.0, -3.0
"""Log odds when the genome was read and shows nothing in the disease's genes; milder without a known gene."""
MAXIMUM_PER_GENE = 40
"""Alleles of one gene and person that are combined in pairs; the strongest are kept beyond it."""


@dataclass(frozen=True, slots=True)
class _Best:
    fit: Fit
    gene: str
    contributions: tuple[Contribution, ...]
    value: float


def rank(
    case: Case,
    annotated: Annotated | None,
    knowledge: Knowledge,
    context: Context,
    *,
    use_clinvar: bool = True,
    shown: int = SHOWN,
) -> RareDiseaseResult:
    """Rank diseases for one case, most probable first.

    Without variants (``annotated`` None, or no sequenced proband) by phenotype alone; without usable
    terms by variants alone. ``use_clinvar`` False judges without the known-pathogenic look-up.

    Raises:
        Cancelled: when the person stopped the job.
        KnowledgeError: a bundled table is damaged or missing.
    """
    context.check()
    context.report(tr("Comparing diseases"), None)
    chosen = scorer(knowledge)
    scores = chosen.score(case.observed, case.excluded)
    around = family(case, annotated.table) if annotated is not None else None
    versions = (*knowledge.phenotypes.versions, *knowledge.bundle.versions("rare_ranking_weights"))
    if annotated is None or around is None:
        return _by_phenotype(scores, knowledge, versions, shown)
    context.check()
    weighed = _weigh(_Same(annotated, case, knowledge, use_clinvar=use_clinvar), context)
    totals = _totals(scores, weighed.best, knowledge)
    order = [int(i) for i in np.argsort(-totals, kind="stable")[:shown] if totals[i] > UNANNOTATED]
    words = _words(annotated, case, order, weighed.best, knowledge)
    candidates = []
    for place, disease in enumerate(context.track(order, tr("Explaining candidates")), start=1):
        found = weighed.best.get(disease)
        candidate = _candidate(place, disease, scores, found, knowledge, with_variants=True)
        if found is not None and found.value >= NO_VARIANT:
            variants = tuple(replace(words[a.row], inheritance=found.fit.mode) for a in found.fit.alleles)
            candidate = replace(candidate, variants=variants)
        candidates.append(candidate)
    return RareDiseaseResult(tuple(candidates), weighed.waterfall.steps, versions, _notes(scores, case))


class _Same:
    """The part of a case that the variants' weight depends on: equal for the same data and family.

    A change of terms alone finds the last weights again, which keeps re-ranking quick.
    """

    def __init__(self, annotated: Annotated, case: Case, knowledge: Knowledge, *, use_clinvar: bool) -> None:
        self.annotated, self.case, self.knowledge, self.use_clinvar = annotated, case, knowledge, use_clinvar
        self._key = (
            id(annotated.variants), id(knowledge), case.persons, case.proband, case.incomplete_penetrance, use_clinvar,
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._key == other._key


@dataclass(frozen=True, slots=True)
class _Weighed:
    waterfall: Waterfall
    best: dict[int, _Best]


_last: Final[dict[_Same, _Weighed]] = {}


def _weigh(same: _Same, context: Context) -> _Weighed:
    """Filters and inheritance. The weights of the last case are kept, and no others."""
    if same in _last:
        return _last[same]
    _last.clear()
    around = family(same.case, same.annotated.table)
    if around is None:
        raise ValueError("the proband has no sample")
    context.report(tr("Setting variants aside that cannot explain a disease"), None)
    waterfall = run_filters(same.annotated, same.case, same.knowledge, use_clinvar=same.use_clinvar)
    context.check()
    by_gene = _alleles(same.annotated, waterfall, same.knowledge)
    losses = homozygous_losses([a for alleles in by_gene.values() for a in alleles], around)
    around = replace(around, homozygous_losses=losses)
    best = _best_fits(by_gene, around, same.knowledge, context, use_clinvar=same.use_clinvar)
    weighed = _Weighed(waterfall, best)
    _last[same] = weighed
    return weighed


def _words(
    annotated: Annotated, case: Case, order: list[int], best: dict[int, _Best], knowledge: Knowledge
) -> dict[int, ReportedVariant]:
    """Every variant of the shown candidates as a person reads it, by row."""
    rows = sorted({a.row for i in order if i in best for a in best[i].fit.alleles})
    sample = annotated.table.sample_index(case.index.sample or "")
    return dict(zip(rows, reported(annotated, rows, sample, knowledge, case.index.sex), strict=True))


def fate(annotated: Annotated, case: Case, row: int, knowledge: Knowledge) -> FilterStep | None:
    """The step of the waterfall that removed a row of the table; None when it is still considered."""
    return run_filters(annotated, case, knowledge).fate(row)


def _notes(scores: PhenotypeScores, case: Case) -> tuple[str, ...]:
    notes = []
    if not scores.terms:
        notes.append(tr("No usable phenotype term was given: ranked by variants alone."))
    if case.incomplete_penetrance:
        notes.append(
            tr("Incomplete penetrance was assumed: healthy carriers count little against a variant.")
        )
    return tuple(notes)


def _by_phenotype(
    scores: PhenotypeScores, knowledge: Knowledge, versions: tuple[Version, ...], shown: int
) -> RareDiseaseResult:
    if not scores.terms:
        note = tr("Neither a usable phenotype term nor a sequenced patient was given: nothing can be ranked.")
        return RareDiseaseResult((), (), versions, (note,))
    order = np.argsort(-scores.total, kind="stable")[:shown]
    chances = probabilities(scores.total)
    candidates = tuple(
        _candidate(place, int(i), scores, None, knowledge, with_variants=False, probability=float(chances[i]))
        for place, i in enumerate(order, start=1)
        if scores.total[i] > UNANNOTATED
    )
    note = tr("Ranked by phenotype alone: no variants were read.")
    return RareDiseaseResult(candidates, (), versions, (note,))


def probabilities(totals: Floats) -> Floats:
    """Chance of each disease among all known ones, times the chance that the diagnosis is known at all."""
    relative = np.exp(totals - totals.max())
    chances: Floats = (KNOWN_DISEASE * relative / relative.sum()).astype(np.float32)
    return chances


def _alleles(annotated: Annotated, waterfall: Waterfall, knowledge: Knowledge) -> dict[str, list[Allele]]:
    """Kept alleles by gene; a variant in two genes is weighed in each."""
    kept = waterfall.kept
    effects = _worst_by_row(annotated, kept.tolist(), set(knowledge.phenotypes.genes))
    sites = annotated.table.frame.select("chrom", "pos")[kept]
    known = annotated.variants[kept]
    found: dict[str, list[Allele]] = defaultdict(list)
    tolerance: dict[str, tuple[float | None, float | None]] = {}
    for row, site, facts in zip(
        kept.tolist(), sites.iter_rows(named=True), known.iter_rows(named=True), strict=True
    ):
        own = effects.get(row) or {facts["gene"]: (facts["consequence"] or "", facts["impact"])}
        for gene, effect in own.items():
            if gene not in tolerance:
                known_tolerance = knowledge.genes.constraint(gene)
                tolerance[gene] = (
                    (known_tolerance.loeuf, known_tolerance.mis_z) if known_tolerance else (None, None)
                )
            found[gene].append(Allele.read(row, gene, effect, {**facts, **site}, tolerance[gene]))
    return found


def _worst_by_row(
    annotated: Annotated, rows: list[int], genes: set[str]
) -> dict[int, dict[str, tuple[str, int]]]:
    found: dict[int, dict[str, tuple[str, int]]] = defaultdict(dict)
    if annotated.effects.is_empty():
        return found
    effects = annotated.effects.filter(
        pl.col("row").is_in(pl.Series(rows, dtype=annotated.effects.schema["row"]).implode())
        & pl.col("gene").is_in(list(genes))
    )
    for row, gene, consequence, impact in effects.select("row", "gene", "consequence", "impact").iter_rows():
        if gene not in found[row] or impact > found[row][gene][1]:
            found[row][gene] = (consequence, impact)
    return found


def _best_fits(
    by_gene: dict[str, list[Allele]],
    around: Family,
    knowledge: Knowledge,
    context: Context,
    *,
    use_clinvar: bool,
) -> dict[int, _Best]:
    """The most probable explanation of every disease by the alleles of one of its genes."""
    phenotypes = knowledge.phenotypes
    inheritance = phenotypes.disease_table["inheritance"].to_list()
    best: dict[int, _Best] = {}
    for gene, alleles in context.track(sorted(by_gene.items()), tr("Fitting variants to inheritance")):
        strongest = sorted(alleles, key=lambda a: -_strength(a, use_clinvar))[:MAXIMUM_PER_GENE]
        by_modes: dict[tuple[str, ...], _Best | None] = {}
        for disease in phenotypes.gene_diseases[gene]:
            modes = tuple(inheritance[disease])
            if modes not in by_modes:
                by_modes[modes] = _strongest(gene, fits(strongest, modes, around), use_clinvar)
            found = by_modes[modes]
            if found is not None and (disease not in best or found.value > best[disease].value):
                best[disease] = found
    return best


def _strength(allele: Allele, use_clinvar: bool) -> float:
    return sum(c.log_odds for c in evidence(allele, recessive=True, use_clinvar=use_clinvar))


def _strongest(gene: str, possible: Sequence[Fit], use_clinvar: bool) -> _Best | None:
    """Two alleles are worth the mean of their evidence: both must be true."""
    best: _Best | None = None
    for fit in possible:
        found: list[Contribution] = []
        for allele in fit.alleles:
            for reason in evidence(allele, recessive=fit.recessive, use_clinvar=use_clinvar):
                found.append(replace(reason, log_odds=reason.log_odds / len(fit.alleles)))
        contributions = (*found, *(replace(reason, subject=fit.mode) for reason in fit.reasons))
        value = sum(c.log_odds for c in contributions)
        if best is None or value > best.value:
            best = _Best(fit, gene, contributions, value)
    return best


def _missing(knowledge: Knowledge) -> Floats:
    genes = np.zeros(knowledge.phenotypes.disease_table.height, dtype=bool)
    genes[knowledge.phenotypes.gene_table["disease"].to_numpy()] = True
    return np.where(genes, NO_VARIANT, NO_GENE).astype(np.float32)


def _totals(scores: PhenotypeScores, best: dict[int, _Best], knowledge: Knowledge) -> Floats:
    """Phenotype and variants; a disease without annotated terms is judged by its variants alone."""
    extra = _missing(knowledge)
    for disease, found in best.items():
        extra[disease] = max(found.value, NO_VARIANT)
    parts = scores.by_term.sum(0) + scores.by_excluded.sum(0) + scores.coverage + scores.prior
    totals: Floats = (parts + extra).astype(np.float32)
    silent = (scores.total <= UNANNOTATED) & ~np.isin(np.arange(totals.size), list(best))
    totals[silent] = UNANNOTATED
    return totals


def _candidate(
    place: int,
    disease: int,
    scores: PhenotypeScores,
    found: _Best | None,
    knowledge: Knowledge,
    *,
    with_variants: bool,
    probability: float | None = None,
) -> Candidate:
    known = knowledge.phenotypes.disease(disease)
    reasons = phenotype_contributions(scorer(knowledge), scores, disease)
    if found is not None and found.value >= NO_VARIANT:
        reasons += found.contributions
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
