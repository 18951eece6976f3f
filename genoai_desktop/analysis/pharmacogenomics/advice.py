"""Guideline rows that apply to a set of gene results."""

from collections.abc import Iterable, Mapping, Sequence

from genoai_desktop.analysis.pharmacogenomics.wording import (
    CONCERNS,
    action_text,
    implication_text,
    population_text,
)
from genoai_desktop.domain.pgx import CallStatus, Concern, DrugAdvice, GeneCall
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.knowledge.pgx_guidelines import Recommendation

NO_RESULT = "No Result"
_ORDER = tuple(Concern)


def advise(
    calls: Sequence[GeneCall], definitions: PgxDefinitions, drugs: Iterable[str] | None = None
) -> tuple[DrugAdvice, ...]:
    """All guideline rows for these results, most serious first within a drug, drugs sorted.

    ``drugs``: only these (any case). A row for two genes of which one has no result is used where the
    guideline states one; never a row for a result that the patient does not have.
    """
    results = {call.gene: lookup_values(call) for call in calls if call.status is not CallStatus.NOT_COVERED}
    wanted = None if drugs is None else {drug.strip().lower() for drug in drugs}
    found = []
    for row in definitions.recommendations:
        named = [drug for drug in row.drugs if wanted is None or drug.lower() in wanted]
        if named and _applies(row, results):
            found += [_advice(row, drug) for drug in named]
    return tuple(
        sorted(found, key=lambda a: (a.drug, _ORDER.index(a.concern), a.guideline.source, a.population))
    )


def lookup_values(call: GeneCall) -> frozenset[str]:
    """The values by which guidelines name this result: phenotype, activity score, diplotype, HLA status."""
    values = {call.phenotype, call.activity_score, call.diplotype, *call.phenotype.split("; ")}
    if "/" in call.diplotype:
        first, _, second = call.diplotype.partition("/")
        values.add(f"{second}/{first}")
    if call.phenotype == "Indeterminate":
        values.add("n/a")
    return frozenset(values - {""})


def _applies(row: Recommendation, results: Mapping[str, frozenset[str]]) -> bool:
    if not row.when or all(value == NO_RESULT for value in row.when.values()):
        return False
    return all(
        gene not in results if value == NO_RESULT else value in results.get(gene, ())
        for gene, value in row.when.items()
    )  # fmt: skip


def _advice(row: Recommendation, drug: str) -> DrugAdvice:
    genes = tuple(sorted(row.when))
    return DrugAdvice(
        drug, genes, tuple(row.when[gene] for gene in genes), implication_text(row), action_text(row, drug),
        CONCERNS[row.action], row.dose_factor, row.strength, population_text(row.population),
        Citation(row.source, f"{row.guideline} {row.url}", row.version),
    )  # fmt: skip
