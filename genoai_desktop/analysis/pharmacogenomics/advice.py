"""Guideline rows that apply to a set of gene results."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from genoai_desktop.analysis.pharmacogenomics.specific import most_specific
from genoai_desktop.analysis.pharmacogenomics.warfarin_steps import UNSTATED, belongs
from genoai_desktop.analysis.pharmacogenomics.wording import (
    CONCERNS,
    action_text,
    implication_text,
    population_text,
)
from genoai_desktop.domain.pgx import CallStatus, Concern, DrugAdvice, GeneCall, ResultCaveat
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.knowledge.pgx_guidelines import Recommendation

NO_RESULT = "No Result"
ONE_DISEASE = {"CFTR": "cystic fibrosis"}
"""Genes whose guideline is about patients with one disease alone (CPIC, PMID 24598717)."""
_ORDER = tuple(Concern)


def advise(
    calls: Sequence[GeneCall],
    definitions: PgxDefinitions,
    drugs: Iterable[str] | None = None,
    ancestry: str = UNSTATED,
) -> tuple[DrugAdvice, ...]:
    """All guideline rows for these results, most serious first within a drug, drugs sorted.

    ``drugs``: only these (any case). A row for two genes of which one has no result is used where the
    guideline states one; never a row for a result that the patient does not have.
    """
    read = {call.gene: call for call in calls if call.status is not CallStatus.NOT_COVERED}
    results = {gene: lookup_values(call) for gene, call in read.items()}
    by_drug = definitions.recommendations_by_drug
    wanted = by_drug if drugs is None else {drug.strip().lower() for drug in drugs}
    caveats = {(call.gene, one.result): one for call in calls for one in call.caveats}
    found = [
        _warned(_advice(row, next(drug for drug in row.drugs if drug.lower() == name)), caveats)
        for name in wanted
        for row in most_specific(
            [
                row
                for row in by_drug.get(name, ())
                if _applies(row, results) and belongs(row.population, ancestry) is not False
            ],
            read,
            definitions,
        )
    ]
    return tuple(
        sorted(found, key=lambda a: (a.drug, _ORDER.index(a.concern), a.guideline.source, a.population))
    )


def for_everybody(advice: Iterable[DrugAdvice], own: Collection[str]) -> tuple[DrugAdvice, ...]:
    """Without warnings to people with one disease alone, but for the patient's ``own`` medicines.

    Every person without cystic fibrosis has a genotype that ivacaftor does not act on: no reason to warn. A
    genotype that it acts on is told.
    """

    def elsewhere(one: DrugAdvice) -> bool:
        return one.concern is Concern.AVOID and not ONE_DISEASE.keys().isdisjoint(one.genes)

    return tuple(one for one in advice if not elsewhere(one) or one.drug.lower() in own)


def lookup_values(call: GeneCall) -> frozenset[str]:
    """The values by which guidelines name this result: phenotype, activity score, diplotype, HLA status.

    The diplotype of a result that is not determined is one of several: no row for exactly it applies.
    """
    values = {call.phenotype, call.activity_score, call.diplotype, *call.phenotype.split("; ")}
    if "/" in call.diplotype:
        first, _, second = call.diplotype.partition("/")
        values.add(f"{second}/{first}")
        values |= {f"carries {first}", f"carries {second}"}
        if first != second:
            values |= {f"one {first}", f"one {second}"}
    values |= {value.replace(" possible", " positive") for value in values if value.endswith(" possible")}
    if call.phenotype == "Indeterminate":
        if call.status is CallStatus.INDETERMINATE:
            values = {one for one in values if "/" not in one and not one.startswith("one ")}
        values.add("n/a")
    return frozenset(values - {""})


def gaps(
    calls: Sequence[GeneCall],
    definitions: PgxDefinitions,
    known: Iterable[DrugAdvice],
    drugs: Iterable[str] | None = None,
) -> tuple[DrugAdvice, ...]:
    """Pairs for which CPIC has a guideline (or level A without one yet) but this program has no row.

    Only genes with a result, and only ``drugs`` when given. Nothing is recommended: the entry names the
    guideline so that somebody looks it up.
    """
    results = {call.gene: call for call in calls if call.status is not CallStatus.NOT_COVERED}
    having = {(gene, one.drug) for one in known for gene in one.genes}
    tabled = {
        (gene, drug)
        for rows in definitions.recommendations_by_drug.values()
        for row in rows
        for drug in row.drugs
        for gene in row.when
    }
    wanted = None if drugs is None else {drug.strip().lower() for drug in drugs}
    found = []
    for pair in definitions.pairs:
        key, call = (pair.gene, pair.drug), results.get(pair.gene)
        if call is None or key in having or key in tabled or (wanted is not None and pair.drug not in wanted):
            continue
        if not pair.guideline and pair.level != "A":
            continue
        text = (
            tr("CPIC has a guideline on {drug} and {gene}; it is not in this program's table. Look it up.",
               drug=pair.drug, gene=pair.gene)
            if pair.guideline
            else tr("CPIC rates {drug} and {gene} at level A, but has no guideline yet.",
                    drug=pair.drug, gene=pair.gene)
        )  # fmt: skip
        cited = Citation("CPIC", pair.url or pair.guideline, "")
        found.append(
            DrugAdvice(pair.drug, (pair.gene,), (call.phenotype,), tr("Not known to this program."), text,
                       Concern.UNKNOWN, "", "", "", cited)
        )  # fmt: skip
    return tuple(found)


def _applies(row: Recommendation, results: Mapping[str, frozenset[str]]) -> bool:
    if not row.when or all(value == NO_RESULT for value in row.when.values()):
        return False
    return all(
        gene not in results if value == NO_RESULT else value in results.get(gene, ())
        for gene, value in row.when.items()
    )  # fmt: skip


def _warned(advice: DrugAdvice, caveats: Mapping[tuple[str, str], ResultCaveat]) -> DrugAdvice:
    """Advice that rests on a result with a caveat says so, and is never simply "as usual".

    What a doubtful result would ask for holds once it is confirmed; until then it asks for care.
    """
    keys = list(zip(advice.genes, advice.phenotypes, strict=True))
    said = [caveats[key] for key in keys if key in caveats]
    if not said:
        return advice
    doubtful = any(one.doubtful for one in said)
    care = doubtful or advice.concern is Concern.USUAL
    action = advice.action
    if doubtful:
        action = tr("If typing confirms it: {action}", action=action)
    shown = tuple(_shown(result, caveats.get((gene, result))) for gene, result in keys)
    return replace(
        advice, action=joined(" ", (*dict.fromkeys(one.text for one in said), action)), phenotypes=shown,
        concern=Concern.CAUTION if care else advice.concern,
        dose_factor="" if doubtful else advice.dose_factor,
    )  # fmt: skip


def _shown(result: str, caveat: ResultCaveat | None) -> str:
    doubtful = caveat is not None and caveat.doubtful
    return result.replace(" positive", " possible") if doubtful else result


def _advice(row: Recommendation, drug: str) -> DrugAdvice:
    genes = tuple(sorted(row.when))
    return DrugAdvice(
        drug, genes, tuple(row.when[gene] for gene in genes), implication_text(row), action_text(row, drug),
        CONCERNS[row.action], row.dose_factor, row.strength, population_text(row.population),
        Citation(row.source, f"{row.guideline} {row.url}", row.version),
    )  # fmt: skip
