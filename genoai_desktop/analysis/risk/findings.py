"""Secondary findings (ACMG SF) and carrier findings of one sample, within consent."""

from collections.abc import Iterable, Sequence

from genoai_desktop.analysis.annotation.annotated import Annotated, reported
from genoai_desktop.analysis.risk.carried import HIGH_IMPACT, Carried, allele_at, in_cis, in_trans
from genoai_desktop.analysis.risk.figures import figures_for
from genoai_desktop.analysis.risk.say import worded
from genoai_desktop.domain.case import Person, Scope, Sex
from genoai_desktop.domain.risk import RiskFinding
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.variant import Zygosity
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.risk import RiskTables, SecondaryGene

_BOTH = (Zygosity.HOMOZYGOUS, Zygosity.HEMIZYGOUS)


def by_gene(alleles: Iterable[Carried]) -> dict[str, list[Carried]]:
    """Alleles grouped by gene, genes in alphabetical order."""
    grouped: dict[str, list[Carried]] = {}
    for allele in sorted(alleles, key=lambda a: (a.gene, a.row)):
        if allele.zygosity is not Zygosity.UNKNOWN and allele.gene:
            grouped.setdefault(allele.gene, []).append(allele)
    return grouped


def secondary_findings(
    alleles: Sequence[Carried], annotated: Annotated, sample: int, person: Person, knowledge: Knowledge
) -> tuple[RiskFinding, ...]:
    """Genes of the ACMG SF list, under the reporting rule of each. Call only with consent."""
    tables = knowledge.risk
    grouped = by_gene(alleles)
    for gene in tables.secondary_genes.values():
        if gene.rule in tables.allele_rules:
            found = allele_at(annotated, tables.allele_rules[gene.rule], sample, person.sex, gene.gene)
            grouped[gene.gene] = [found] if found is not None else []
    findings = []
    for name, gene in sorted(tables.secondary_genes.items()):
        chosen = _returned(gene, grouped.get(name, []))
        if chosen:
            rows = [allele.row for allele in chosen]
            findings.append(
                RiskFinding(
                    scope=Scope.SECONDARY.value,
                    gene=name,
                    condition=gene.condition,
                    inheritance=gene.inheritance,
                    variants=reported(annotated, rows, sample, knowledge, person.sex),
                    meaning=_secondary_meaning(gene, chosen),
                    figures=figures_for(name, person, tables),
                    options=_options(name, person.sex, tables),
                )
            )
    return tuple(findings)


def _options(gene: str, sex: Sex, tables: RiskTables) -> tuple[str, ...]:
    """Options for this sex, or for both when the sex is not known."""
    wanted = ("any", "female", "male") if sex is Sex.UNKNOWN else ("any", sex.value)
    return tuple(worded(found) for found in tables.screening_options(gene) if found.sex in wanted)


def _returned(gene: SecondaryGene, alleles: list[Carried]) -> list[Carried]:
    """What the list asks to return: nothing for one variant in a recessive gene, for example."""
    if gene.rule == "truncating_only":
        alleles = [allele for allele in alleles if allele.impact >= HIGH_IMPACT]
    if gene.rule == "not_truncating":
        alleles = [allele for allele in alleles if allele.impact < HIGH_IMPACT]
    if gene.rule.endswith("_homozygous"):
        return [allele for allele in alleles if allele.zygosity is Zygosity.HOMOZYGOUS]
    if gene.inheritance != "AR":
        return alleles
    if any(allele.zygosity in _BOTH for allele in alleles):
        return alleles
    return alleles if len(alleles) > 1 and not in_cis(alleles) else []


def _secondary_meaning(gene: SecondaryGene, alleles: list[Carried]) -> str:
    if gene.inheritance == "AR" and len(alleles) > 1 and not in_trans(alleles):
        return tr(
            "Two or more disease-causing variants in {gene}. It is not known whether they lie on both "
            "copies: test the parents or another relative before acting.",
            gene=gene.gene,
        )
    if gene.inheritance == "AR":
        return tr("Both copies of {gene} carry a disease-causing variant.", gene=gene.gene)
    return tr(
        "A disease-causing variant in {gene}, found outside the question asked. It raises the chance of "
        "{condition}; not everyone who has it falls ill. Confirm it in a second sample before acting on it.",
        gene=gene.gene,
        condition=gene.condition,
    )


def carrier_genes(tables: RiskTables, *, secondary: bool) -> dict[str, tuple[str, str]]:
    """Gene to (AR or XL, condition), without genes that short variants cannot answer for.

    A variant in BRCA1 also makes a carrier of Fanconi anemia: genes whose dominant condition is on the
    secondary-finding list are left out unless secondary findings are wanted as well (``secondary``).
    """
    return {
        gene: entry
        for gene, entry in tables.carrier_genes.items()
        if gene not in tables.not_assessable
        and (
            secondary
            or gene not in tables.secondary_genes
            or tables.secondary_genes[gene].inheritance != "AD"
        )
    }


def carrier_findings(
    alleles: Sequence[Carried],
    annotated: Annotated,
    sample: int,
    person: Person,
    knowledge: Knowledge,
    *,
    secondary: bool = False,
) -> tuple[RiskFinding, ...]:
    """Recessive and, in women, X-linked genes with a pathogenic allele. Call only with consent."""
    genes = carrier_genes(knowledge.risk, secondary=secondary)
    findings = []
    for name, chosen in by_gene(alleles).items():
        mode, condition = genes.get(name, ("", ""))
        if not mode or (mode == "XL" and person.sex is Sex.MALE):
            continue
        findings.append(
            RiskFinding(
                scope=Scope.CARRIER.value,
                gene=name,
                condition=condition,
                inheritance=mode,
                variants=reported(
                    annotated, [allele.row for allele in chosen], sample, knowledge, person.sex
                ),
                meaning=_carrier_meaning(name, mode, condition, chosen)
                + doubt(name, mode, knowledge.risk)
                + in_women(name, mode, knowledge),
            )
        )
    return tuple(findings)


def doubt(gene: str, mode: str, tables: RiskTables) -> str:
    """What to add where the recessive condition rests on one source that lists disorders, not genes."""
    if mode != "AR" or gene not in tables.disputed_recessive:
        return ""
    return " " + tr(
        "That {gene} has a recessive form rests on Orphanet's listing of the disorder alone; curated sources "
        "describe a dominant one. Check it before counseling on it.",
        gene=gene,
    )


def in_women(gene: str, mode: str, knowledge: Knowledge) -> str:
    """What to add where women with one changed copy can have the condition themselves."""
    if mode != "XL" or gene not in knowledge.phenotypes.x_dominant_genes:
        return ""
    return " " + tr(
        "Conditions of {gene} can show in women with one changed copy: look at the person's own health.",
        gene=gene,
    )


def _carrier_meaning(gene: str, mode: str, condition: str, alleles: list[Carried]) -> str:
    if any(allele.zygosity in _BOTH for allele in alleles) or in_trans(alleles):
        return tr(
            "Both copies of {gene} carry a disease-causing variant. This can be more than carrying "
            "{condition}: look at the person's own health.",
            gene=gene,
            condition=condition,
        )
    if len(alleles) > 1 and not in_cis(alleles):
        return tr(
            "More than one disease-causing variant in {gene}. Whether they lie on both copies is not known "
            "from this file unless it is phased: look at the person's own health.",
            gene=gene,
        )
    if mode == "XL":
        return tr(
            "Carrier of {condition}, which is X-linked: each son has a chance of 50 % to have it, each "
            "daughter a chance of 50 % to be a carrier.",
            condition=condition,
        )
    return tr(
        "Carrier of {condition}: one of the two copies of {gene} carries a disease-causing variant. If the "
        "other parent is a carrier too, each child has a chance of 25 % to have the condition.",
        condition=condition,
        gene=gene,
    )
