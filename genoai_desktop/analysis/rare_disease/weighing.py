"""What the variants of a case say for every disease, apart from the phenotype."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.analysis.rare_disease.filters import Waterfall, run_filters
from genoai_desktop.analysis.rare_disease.genotypes import Family, family
from genoai_desktop.analysis.rare_disease.inheritance import Fit, fits, homozygous_losses
from genoai_desktop.analysis.rare_disease.variant_evidence import Allele, evidence
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.rare import Contribution
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge

MAXIMUM_PER_GENE = 40
"""Alleles of one gene and person that are combined in pairs; the strongest are kept beyond it."""


@dataclass(frozen=True, slots=True)
class BestFit:
    """The alleles of one gene that explain a disease best, and why; ``value`` is the sum of the reasons."""

    fit: Fit
    gene: str
    contributions: tuple[Contribution, ...]
    value: float


class SameVariants:
    """The part of a case that the variants' weight depends on: equal for the same data and family.

    A change of terms alone finds the last weights again, which keeps re-ranking quick.
    """

    def __init__(self, annotated: Annotated, case: Case, knowledge: Knowledge, *, use_clinvar: bool) -> None:
        self.annotated, self.case, self.knowledge, self.use_clinvar = annotated, case, knowledge, use_clinvar
        self._key = (
            id(annotated.variants), id(knowledge), case.persons, case.proband, case.incomplete_penetrance,
            use_clinvar,
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameVariants) and self._key == other._key


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the variants of a case come to, by disease index."""

    waterfall: Waterfall
    best: dict[int, BestFit]


_last: Final[dict[SameVariants, Weighed]] = {}


def weigh(same: SameVariants, context: Context) -> Weighed:
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
    weighed = Weighed(waterfall, best)
    _last[same] = weighed
    return weighed


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
) -> dict[int, BestFit]:
    """The most probable explanation of every disease by the alleles of one of its genes."""
    phenotypes = knowledge.phenotypes
    inheritance = phenotypes.disease_table["inheritance"].to_list()
    best: dict[int, BestFit] = {}
    for gene, alleles in context.track(sorted(by_gene.items()), tr("Fitting variants to inheritance")):
        strongest = sorted(alleles, key=lambda a: -_strength(a, use_clinvar))[:MAXIMUM_PER_GENE]
        by_modes: dict[tuple[str, ...], BestFit | None] = {}
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


def _strongest(gene: str, possible: Sequence[Fit], use_clinvar: bool) -> BestFit | None:
    """Two alleles are worth the mean of their evidence: both must be true."""
    best: BestFit | None = None
    for fit in possible:
        found: list[Contribution] = []
        for allele in fit.alleles:
            for reason in evidence(allele, recessive=fit.recessive, use_clinvar=use_clinvar):
                found.append(replace(reason, log_odds=reason.log_odds / len(fit.alleles)))
        contributions = (*found, *(replace(reason, subject=fit.mode) for reason in fit.reasons))
        value = sum(c.log_odds for c in contributions)
        if best is None or value > best.value:
            best = BestFit(fit, gene, contributions, value)
    return best
