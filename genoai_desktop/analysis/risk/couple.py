"""Couple mode: genes in which both partners, or the woman on the X, carry a pathogenic variant."""

from collections.abc import Sequence
from dataclasses import dataclass

from genoai_desktop.analysis.annotation.annotated import Annotated, reported
from genoai_desktop.analysis.risk.carried import Carried, in_cis, pathogenic_alleles
from genoai_desktop.analysis.risk.carrier import carrier_frequency, recessive_child, residual_one_in
from genoai_desktop.analysis.risk.findings import by_gene, carrier_genes, doubt
from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.provenance import Coverage
from genoai_desktop.domain.risk import ChildRisk, CoupleGene, CoupleResult
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import Zygosity
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.risk import RiskTables


@dataclass(frozen=True, slots=True)
class Partner:
    """One of the couple: their annotated file, the sample's name, sex, and population for residual risk."""

    annotated: Annotated
    sample: str
    sex: Sex
    population: str = "global"
    """``global EUR FIN AJ LAT SAS EAS AFR``, as in the prevalence table."""


def couple(
    first: Partner,
    second: Partner,
    knowledge: Knowledge,
    context: Context,
    *,
    detection: float = 0.9,
    secondary: bool = False,
) -> CoupleResult:
    """Genes that matter for the couple's children. Call only with carrier consent of **both**.

    ``detection``: share of carriers in whom this kind of file would show the variant, for the
    partner without a finding (residual risk). ``secondary``: both also consented to secondary findings.

    Raises:
        UserError: ``where`` names the partner or field. Cancelled: the person stopped the job.
    """
    if {first.sex, second.sex} != {Sex.FEMALE, Sex.MALE}:
        what = tr("Couple mode needs one woman and one man.")
        raise UserError(what, where="sex", remedy=tr("State the sex of both partners."), code="couple.sex")
    alleles = []
    for partner in (first, second):
        context.check()
        alleles.append(by_gene(_alleles(partner, knowledge)))
    genes = carrier_genes(knowledge.risk, secondary=secondary)
    joint: list[CoupleGene] = []
    single: list[CoupleGene] = []
    for gene in sorted(set(alleles[0]) | set(alleles[1])):
        mode, condition = genes.get(gene, ("", ""))
        pair = alleles[0].get(gene, []), alleles[1].get(gene, [])
        if not mode:
            continue
        found = _gene(gene, mode, condition, (first, second), pair, knowledge, detection)
        if found is not None:
            (joint if all(pair) or mode == "XL" else single).append(found)
    hidden = knowledge.risk.not_assessable
    line = Coverage(
        tr("Carrier genes of the couple"),
        tr("genes"),
        len(genes),
        len(hidden),
        tr("Not assessable from short variants; a separate test is needed for these."),
        tuple(f"{gene}: " + tr(why) for gene, why in sorted(hidden.items())),
    )
    return CoupleResult(tuple(joint), tuple(single), (line,))


def _alleles(partner: Partner, knowledge: Knowledge) -> tuple[Carried, ...]:
    try:
        sample = partner.annotated.table.sample_index(partner.sample)
    except KeyError:
        what = tr("The file has no sample of this name.")
        raise UserError(
            what, where="sample", remedy=tr("Choose a sample of the file."), code="couple.sample"
        ) from None
    return pathogenic_alleles(partner.annotated, sample, partner.sex, knowledge)


def _transmits(alleles: Sequence[Carried]) -> float:
    """P(a child receives a pathogenic allele from this parent); two unphased alleles count as two copies."""
    if not alleles:
        return 0.0
    both = any(a.zygosity in (Zygosity.HOMOZYGOUS, Zygosity.HEMIZYGOUS) for a in alleles)
    return 1.0 if both or (len(alleles) > 1 and not in_cis(alleles)) else 0.5


def _gene(
    gene: str,
    mode: str,
    condition: str,
    partners: tuple[Partner, Partner],
    pair: tuple[list[Carried], list[Carried]],
    knowledge: Knowledge,
    detection: float,
) -> CoupleGene | None:
    woman = 0 if partners[0].sex is Sex.FEMALE else 1
    carriers: tuple[float | None, float | None]
    if mode == "XL":
        if not pair[woman]:
            return None
        share = _transmits(pair[woman])
        daughter = share if pair[1 - woman] else 0.0
        child: ChildRisk | None = ChildRisk((share + daughter) / 2, share, daughter)
        carriers = (float(bool(pair[0])), float(bool(pair[1])))
    else:
        residual = [
            _carrier(p, alleles, gene, knowledge.risk, detection)
            for p, alleles in zip(partners, pair, strict=True)
        ]
        carriers = (residual[0], residual[1])
        child = None
        if residual[0] is not None and residual[1] is not None:
            # twice the transmission: 1 for one copy in a known carrier, 2 for two copies
            weights = [
                2 * _transmits(alleles) if alleles else r for alleles, r in zip(pair, residual, strict=True)
            ]
            child = recessive_child(weights[0] or 0.0, weights[1] or 0.0)
    variants = [
        reported(
            p.annotated, [a.row for a in alleles], p.annotated.table.sample_index(p.sample), knowledge, p.sex
        )
        for p, alleles in zip(partners, pair, strict=True)
    ]
    text = _text(mode, condition, child) + doubt(gene, mode, knowledge.risk)
    return CoupleGene(gene, condition, mode, carriers, child, variants[0], variants[1], text)


def _carrier(
    partner: Partner, alleles: list[Carried], gene: str, tables: RiskTables, detection: float
) -> float | None:
    """1 for a carrier; else the residual risk from the population's prevalence, None where not tabulated."""
    if alleles:
        return 1.0
    for row in tables.recessive_prevalence:
        if row["genes"] == [gene] and row["per_10000"].get(partner.population):
            prior = carrier_frequency(row["per_10000"][partner.population])
            return 1 / residual_one_in(1 / prior, detection)
    return None


def _text(mode: str, condition: str, child: ChildRisk | None) -> str:
    if child is None:
        return tr(
            "One partner carries {condition}. The other's remaining chance to carry it is not known here.",
            condition=condition,
        )
    if mode == "XL":
        return tr(
            "{condition}: each son has a chance of {p:.0f} % ({p:.0f} in 100) to have it.",
            condition=condition,
            p=child.son * 100,
        )
    count = max(1, round(1 / child.any_child)) if child.any_child else 0
    return tr(
        "{condition}: each child has a chance of {p:.2g} % (about 1 in {n}) to have it.",
        condition=condition,
        p=child.any_child * 100,
        n=count,
    )
