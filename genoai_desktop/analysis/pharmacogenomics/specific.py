"""Which of a guideline's rows is meant where several fit one result.

DPWG states rows for named genotypes (CYP2C9 ``*1/*2``) and, for all others of the class, one for the
phenotype. For DPYD it tells apart equal activity scores: two partly working alleles cannot be dosed by
genotype and are measured, one lost allele beside a full one is dosed (Lunenburg 2020, PMID 31745289).
"""

from collections.abc import Mapping, Sequence

from genoai_desktop.domain.pgx import GeneCall
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.knowledge.pgx_guidelines import Recommendation

MEASURED = "phenotyping"
"""Population of the rows for genotypes whose activity must be measured."""
_FULL = 1.0


def most_specific(
    rows: Sequence[Recommendation], calls: Mapping[str, GeneCall], definitions: PgxDefinitions
) -> list[Recommendation]:
    """The rows on one drug that fit the results, without those that another row of the guideline replaces."""
    kept = [row for row in rows if not _replaced(row, rows, calls)]
    return [row for row in kept if not _other_alleles(row, kept, calls, definitions)]


def _replaced(row: Recommendation, rows: Sequence[Recommendation], calls: Mapping[str, GeneCall]) -> bool:
    """A row for a phenotype, beside one for the very genotype."""
    if _by_genotype(row, calls):
        return False
    return any(_same_question(row, other) and _by_genotype(other, calls) for other in rows)


def _same_question(one: Recommendation, other: Recommendation) -> bool:
    return (one.guideline, set(one.when), one.population) == (
        other.guideline, set(other.when), other.population,
    )  # fmt: skip


def _by_genotype(row: Recommendation, calls: Mapping[str, GeneCall]) -> bool:
    return any(
        sorted(value.split("/")) == sorted(calls[gene].diplotype.split("/"))
        for gene, value in row.when.items()
        if gene in calls and "/" in value
    )


def _other_alleles(
    row: Recommendation,
    rows: Sequence[Recommendation],
    calls: Mapping[str, GeneCall],
    definitions: PgxDefinitions,
) -> bool:
    """A row for the same score made of other alleles; both kinds stay where the alleles are not known."""
    both = [other for other in rows if (other.guideline, other.when) == (row.guideline, row.when)]
    if {MEASURED} == {other.population for other in both} or MEASURED not in {o.population for o in both}:
        return False
    activity = [
        definitions.activity(gene, allele)
        for gene in row.when
        for allele in (calls[gene].diplotype.split("/") if gene in calls else ())
    ]
    if len(activity) != 2 or None in activity:
        return False
    return (row.population == MEASURED) is (_FULL in activity)
