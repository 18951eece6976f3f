"""Advice on an allele that was seen in a gene of which not every position was.

A file of variants alone shows a reduced DPYD allele and leaves the rest of the gene open: the result is not
determined, but a patient about to get fluorouracil must not be told nothing. What the guideline says of the
alleles seen is given as a caution, to hold once a full test confirms it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from genoai_desktop.analysis.pharmacogenomics.advice import advise
from genoai_desktop.analysis.pharmacogenomics.warfarin_steps import UNSTATED
from genoai_desktop.domain.pgx import CallStatus, Concern, DrugAdvice, GeneCall
from genoai_desktop.domain.text import joined, tr
from genoai_desktop.knowledge.pgx import UNKNOWN, PgxDefinitions

_TELLING = (Concern.AVOID, Concern.ADJUST)
_SILENT = frozenset(
    {
        "",
        "favorable response allele",
        "iv/normal",
        "ivacaftor non-responsive",
        "normal coumarin sensitivity",
        "normal function",
        "normal risk of aminoglycoside-induced hearing loss",
        "uncertain function",
        "unknown function",
    }
)
"""Functions of an allele that say nothing about a medicine, in lower case."""


def advise_seen(
    calls: Sequence[GeneCall],
    definitions: PgxDefinitions,
    drugs: Iterable[str] | None = None,
    ancestry: str = UNSTATED,
) -> tuple[DrugAdvice, ...]:
    """Cautions by the alleles seen in genes whose result is not determined; none where all are usual."""
    seen = {call.gene: found for call in calls if (found := _as_seen(call, definitions)) is not call}
    if not seen:
        return ()
    told = advise([seen.get(call.gene, call) for call in calls], definitions, drugs, ancestry)
    return tuple(
        _cautious(one, seen.keys() & set(one.genes))
        for one in told
        if one.concern in _TELLING and seen.keys() & set(one.genes)
    )


def _as_seen(call: GeneCall, definitions: PgxDefinitions) -> GeneCall:
    """The call with the phenotype of its diplotype, where that holds an allele that matters."""
    if call.status is not CallStatus.INDETERMINATE or call.phenotype != UNKNOWN.name or not call.diplotype:
        return call
    alleles = call.diplotype.split("/")
    functions = {definitions.function(call.gene, allele).strip().lower() for allele in alleles}
    known = definitions.phenotype(call.gene, *alleles) if len(alleles) <= 2 else UNKNOWN
    if functions <= _SILENT or known.name == UNKNOWN.name:
        return call
    return replace(call, phenotype=known.name, activity_score=known.activity, status=CallStatus.AMBIGUOUS)


def _cautious(one: DrugAdvice, genes: Iterable[str]) -> DrugAdvice:
    said = tr(
        "Not every position of {genes} was seen: the result is open, and can be more serious. If a full test "
        "confirms the alleles seen: {action}",
        genes=joined(", ", sorted(genes)),
        action=one.action,
    )
    return replace(one, action=said, concern=Concern.CAUTION, dose_factor="")
