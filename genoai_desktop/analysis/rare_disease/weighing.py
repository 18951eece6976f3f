"""What the variants of a case say for every disease, apart from the phenotype."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any

import polars as pl

from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.analysis.rare_disease.chance import ByChance, seen_in
from genoai_desktop.analysis.rare_disease.filters import RNA_EXON, Waterfall, in_rna, run_filters
from genoai_desktop.analysis.rare_disease.gene_names import (
    RISK_GENE,
    disease_genes,
    gene_weights,
    harmed_by_one_loss,
)
from genoai_desktop.analysis.rare_disease.genotypes import Family, Genotype, family
from genoai_desktop.analysis.rare_disease.homozygosity import Homozygous
from genoai_desktop.analysis.rare_disease.in_house import InHouse
from genoai_desktop.analysis.rare_disease.inheritance import Fit, fits
from genoai_desktop.analysis.rare_disease.missense_weight import Change, missense_reasons
from genoai_desktop.analysis.rare_disease.repeats import repeat_evidence
from genoai_desktop.analysis.rare_disease.structural_candidates import Structure, structural_evidence
from genoai_desktop.analysis.rare_disease.variant_evidence import MODERATE, Allele, evidence
from genoai_desktop.domain.acyclic import spare_collector
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.context import Context, shares
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


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the variants of a case come to, by disease index."""

    waterfall: Waterfall
    best: dict[int, BestFit]
    around: Family
    genes: dict[str, BestFit] = field(default_factory=dict)
    """The best explanation of any disease by each gene, under any mode of inheritance."""

    def genotype(self, row: int) -> Genotype:
        """The proband's genotype at a row of the table."""
        return self.around.genotype(self.around.proband, row)


class Memory:
    """The last weighing of one opened case, kept by whoever holds the case, and gone with it.

    A change of terms alone finds the last weights again, which keeps re-ranking quick.
    """

    def __init__(self) -> None:
        self._key: tuple[object, ...] | None = None
        self._annotated: Annotated | None = None
        self._weighed: Weighed | None = None

    def find(self, annotated: Annotated, key: tuple[object, ...]) -> Weighed | None:
        """What was remembered for this very data, family and settings."""
        return self._weighed if annotated is self._annotated and key == self._key else None

    def keep(self, annotated: Annotated, key: tuple[object, ...], weighed: Weighed) -> None:
        """Remember one weighing, and no other."""
        self._annotated, self._key, self._weighed = annotated, key, spare_collector(weighed)


def weigh(
    annotated: Annotated,
    case: Case,
    knowledge: Knowledge,
    context: Context,
    *,
    use_clinvar: bool = True,
    in_house: InHouse | None = None,
    memory: Memory | None = None,
) -> Weighed:
    """Filters and inheritance. ``memory`` gives back the last result for the same data and family."""
    key = (knowledge, case.persons, case.proband, case.incomplete_penetrance, use_clinvar, in_house)
    if memory is not None and (known := memory.find(annotated, key)) is not None:
        return known
    around = family(case, annotated.table)
    if around is None:
        raise ValueError("the proband has no sample")
    filtering, aside, fitting = shares(context, 30, 30, 40)
    filtering.report(tr("Setting variants aside that cannot explain a disease"), 0.0)
    waterfall = run_filters(
        annotated, case, knowledge, use_clinvar=use_clinvar, in_house=in_house, context=filtering
    )
    context.check()
    around = replace(around, structures=waterfall.large, repeats=waterfall.repeats.by_row)
    context.check()
    around.read_ahead(waterfall.kept.tolist())
    by_gene = _alleles(annotated, waterfall, knowledge, around, in_house, aside)
    context.check()
    by_gene, waterfall = _strongest_alleles(by_gene, waterfall, use_clinvar=use_clinvar)
    each = [allele for alleles in by_gene.values() for allele in alleles]
    both = {a.row for a in each if around.genotype(around.proband, a.row).both}
    around = replace(around, homozygous=Homozygous.count(each, both))
    context.check()
    by_chance = ByChance(knowledge, seen_in(annotated, around.sample))
    context.check()
    best, genes = _best_fits(by_gene, around, knowledge, fitting, by_chance, use_clinvar=use_clinvar)
    weighed = Weighed(waterfall, best, around, genes)
    if memory is not None:
        memory.keep(annotated, key, weighed)
    return weighed


def _alleles(
    annotated: Annotated,
    waterfall: Waterfall,
    knowledge: Knowledge,
    around: Family,
    in_house: InHouse | None,
    context: Context,
) -> dict[str, list[Allele]]:
    """Kept alleles by gene; a variant in two genes is weighed in each."""
    kept = waterfall.kept
    effects = _worst_by_row(annotated, kept.tolist(), around.sample, context)
    context.check()
    described, harmed = disease_genes(knowledge), harmed_by_one_loss(knowledge)
    context.check()
    sites = annotated.table.frame.select("chrom", "pos", "end", "record", "ref", "alt")[kept]
    known = annotated.variants[kept]
    changes = {change for own in effects.values() for _, _, change, _ in own.values() if change is not None}
    context.check()
    judged = missense_reasons(changes, knowledge, context)
    found: dict[str, list[Allele]] = defaultdict(list)
    tolerance: dict[str, tuple[float | None, float | None]] = {}
    losses: dict[str, float | None] = {}
    for row, site, facts in zip(
        kept.tolist(), sites.iter_rows(named=True), known.iter_rows(named=True), strict=True
    ):
        context.check()
        seen = int(waterfall.earlier[row]) if waterfall.earlier.size else 0
        if row in around.repeats:
            for allele in _of_repeat(row, around, {**facts, **site}, knowledge):
                found[allele.gene].append(allele)
            continue
        own = effects.get(row) or {facts["gene"]: (facts["consequence"] or "", facts["impact"], None, False)}
        for gene, effect in own.items():
            if gene is None or (row in around.structures and gene not in described):
                continue  # a large change touches many genes: those without a disease are too many
            if gene not in tolerance:
                known_tolerance = knowledge.genes.constraint(gene)
                tolerance[gene] = (
                    (known_tolerance.loeuf, known_tolerance.mis_z) if known_tolerance else (None, None)
                )
                losses[gene] = knowledge.genes.variability(gene).loss_frequency
            allele = Allele.read(row, gene, effect[:2], {**facts, **site}, tolerance[gene])
            allele = replace(
                allele,
                described=gene in described,
                misfit=effect[3],
                loss_frequency=losses[gene],
                loss_known=gene in harmed,
            )
            if effect[2] is not None and effect[2] in judged:
                allele = replace(allele, missense=judged[effect[2]])
            if row in around.structures:
                allele = _of_structure(allele, around.structures[row], knowledge, len(own))
            if seen and in_house is not None:
                allele = replace(allele, seen_before=_before(in_house, gene, seen))
            found[gene].append(allele)
    return found


def _before(in_house: InHouse, gene: str, seen: int) -> tuple[Contribution, Contribution] | None:
    dominant = in_house.contribution(gene, seen)
    recessive = in_house.contribution(gene, seen, recessive=True)
    return (dominant, recessive) if dominant is not None and recessive is not None else None


def _of_structure(allele: Allele, one: Structure, knowledge: Knowledge, genes: int) -> Allele:
    own = structural_evidence(one, allele.gene, allele.consequence, knowledge, genes=genes)
    return replace(allele, own=own, end=one.end, deletes=one.loses)


def _of_repeat(row: int, around: Family, site: dict[str, Any], knowledge: Knowledge) -> list[Allele]:
    """One allele for the diseases of long repeats, one for those of premutations."""
    call = around.repeats[row]
    sample = around.sample
    found = []
    for names in (call.locus.diseases, call.locus.premutation):
        indices = {knowledge.phenotypes.disease_index(name) for name in names} - {None}
        if not indices:
            continue
        reasons = repeat_evidence(call, sample, names[0], call.locus.gene)
        allele = Allele.read(row, call.locus.gene, ("repeat_expansion", MODERATE), site)
        only = frozenset(index for index in indices if index is not None)
        found.append(replace(allele, own=(reasons, reasons), only=only))
    return found


Effect = tuple[str, int, Change | None, bool]
"""Consequence, impact, the amino-acid change where it is nothing but one, and whether the reference differs
from the transcript there."""


def _worst_by_row(
    annotated: Annotated, rows: list[int], sample: int, context: Context
) -> dict[int, dict[str, Effect]]:
    found: dict[int, dict[str, Effect]] = defaultdict(dict)
    rna = in_rna(annotated, sample)
    if annotated.effects.is_empty():
        return found
    effects = annotated.effects.filter(
        pl.col("row").is_in(pl.Series(rows, dtype=annotated.effects.schema["row"]).implode())
    )
    wanted = ["row", "gene", "transcript", "consequence", "impact"]
    wanted += ["aa_position", "aa_ref", "aa_alt", "misfit"]
    for effect in effects.select(name for name in wanted if name in effects.columns).iter_rows(named=True):
        context.check()
        own = found[effect["row"]]
        gene, consequence, impact = effect["gene"], effect["consequence"], effect["impact"]
        if consequence == RNA_EXON and rna[effect["row"]]:
            impact = MODERATE  # the RNA itself is the product: a base of it is worth a residue of a protein
        if gene not in own or impact > own[gene][1]:
            own[gene] = (consequence, impact, _change(effect), bool(effect.get("misfit")))
    return found


def _change(effect: dict[str, Any]) -> Change | None:
    if effect["consequence"] != "missense_variant" or not effect.get("aa_position"):
        return None
    return effect["gene"], effect["aa_position"], effect["aa_ref"] or "", effect["aa_alt"] or ""


def _strongest_alleles(
    by_gene: dict[str, list[Allele]], waterfall: Waterfall, *, use_clinvar: bool
) -> tuple[dict[str, list[Allele]], Waterfall]:
    """At most ``MAXIMUM_PER_GENE`` alleles of a gene; rows left without a gene end in a step of their own."""
    kept: dict[str, list[Allele]] = {}
    for gene, alleles in by_gene.items():
        ordered = sorted(alleles, key=lambda a: -_strength(a, use_clinvar))
        kept[gene] = ordered[:MAXIMUM_PER_GENE]
    there = {allele.row for alleles in kept.values() for allele in alleles}
    gone = {allele.row for alleles in by_gene.values() for allele in alleles} - there
    return kept, waterfall.with_step("crowded", sorted(gone))


def _best_fits(
    by_gene: dict[str, list[Allele]],
    around: Family,
    knowledge: Knowledge,
    context: Context,
    by_chance: ByChance,
    *,
    use_clinvar: bool,
) -> tuple[dict[int, BestFit], dict[str, BestFit]]:
    """The most probable explanation of every disease by the alleles of one of its genes, and of every gene
    by its own under any mode of inheritance."""
    phenotypes, names, weights = knowledge.phenotypes, disease_genes(knowledge), gene_weights(knowledge)
    inheritance = phenotypes.disease_table["inheritance"].to_list()
    best: dict[int, BestFit] = {}
    genes: dict[str, BestFit] = {}
    for gene, alleles in context.track(sorted(by_gene.items()), tr("Fitting variants to inheritance")):
        judge = _Judge(use_clinvar)
        by_modes: dict[tuple[tuple[str, ...], int], BestFit | None] = {}
        for disease in phenotypes.gene_diseases.get(names.get(gene, ""), ()):
            own = [a for a in alleles if a.only is None or disease in a.only]
            if not own:
                continue
            special = disease if any(a.only is not None for a in own) else -1
            key = (tuple(inheritance[disease]), special)
            if key not in by_modes:
                by_modes[key] = _strongest(gene, fits(own, key[0], around), judge, by_chance)
            found = by_modes[key]
            if found is not None:
                found = _within(found, weights[disease, names[gene]])
            if found is not None and (disease not in best or found.value > best[disease].value):
                best[disease] = found
        free = [a for a in alleles if a.only is None]
        anyhow = _strongest(gene, fits(free, (), around), judge, by_chance) if free else None
        if anyhow is not None:
            genes[gene] = anyhow
    return best, genes


def _within(found: BestFit, weight: float) -> BestFit:
    """The fit as an explanation of one of the gene's diseases."""
    if weight == 0:
        return found
    words = tr("Other genes have a larger part in this disease, by the variants known of it")
    if weight <= RISK_GENE:
        words = tr("The gene is known to raise the risk of this disease, not to cause it")
    reason = Contribution("variant", found.gene, weight, words)
    return replace(found, contributions=(*found.contributions, reason), value=found.value + weight)


def _strength(allele: Allele, use_clinvar: bool) -> float:
    return sum(c.log_odds for c in evidence(allele, recessive=True, use_clinvar=use_clinvar))


class _Judge:
    """The evidence of one gene's alleles, each judged once; pairs share the alleles."""

    def __init__(self, use_clinvar: bool) -> None:
        self._use_clinvar = use_clinvar
        self._known: dict[tuple[int, bool], tuple[tuple[Contribution, ...], float]] = {}

    def __call__(self, allele: Allele, recessive: bool) -> tuple[tuple[Contribution, ...], float]:
        """Reasons and their sum."""
        key = (id(allele), recessive)
        if key not in self._known:
            reasons = evidence(allele, recessive=recessive, use_clinvar=self._use_clinvar)
            self._known[key] = reasons, sum(reason.log_odds for reason in reasons)
        return self._known[key]


def _strongest(gene: str, possible: Sequence[Fit], judge: _Judge, by_chance: ByChance) -> BestFit | None:
    """The best of several fits. Two alleles are worth the mean of their evidence: both must be true."""
    best, highest = None, -inf
    for fit in possible:
        value = sum(judge(a, fit.recessive)[1] for a in fit.alleles) / len(fit.alleles) + fit.log_odds
        if not any(allele.own for allele in fit.alleles):
            value += sum(reason.log_odds for reason in by_chance(gene, fit.alleles))
        if value > highest:
            best, highest = fit, value
    return _explained(best, gene, judge, by_chance) if best is not None else None


def _explained(fit: Fit, gene: str, judge: _Judge, by_chance: ByChance) -> BestFit:
    """The fit with every reason behind its value."""
    found: list[Contribution] = []
    for allele in fit.alleles:
        reasons = judge(allele, fit.recessive)[0]
        found += [replace(reason, log_odds=reason.log_odds / len(fit.alleles)) for reason in reasons]
    if not any(allele.own for allele in fit.alleles):
        found += by_chance(gene, fit.alleles)
    contributions = (*found, *(replace(reason, subject=fit.mode) for reason in fit.reasons))
    return BestFit(fit, gene, contributions, sum(reason.log_odds for reason in contributions))
