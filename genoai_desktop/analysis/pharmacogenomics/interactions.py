"""Phenoconversion: what the medicines a patient takes make of a genotype.

CYP2D6: the activity score times 0 (strong inhibitor) or 0.5 (moderate), as CPIC's opioid guideline of 2021
states. CYP2C19: one class down (moderate) or poor metaboliser (strong), Mostafa 2019. For antidepressants
CPIC 2023 states that no rule is agreed; each conversion says so. Inducers and other genes are named, never
calculated.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from genoai_desktop.analysis.pharmacogenomics.checked import interaction_source
from genoai_desktop.domain.pgx import CallStatus, GeneCall, PhenoConversion
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.medicine_names import medicines_meant, tidy
from genoai_desktop.knowledge.pgx import UNKNOWN, PgxDefinitions
from genoai_desktop.knowledge.pgx_guidelines import Interaction

_LADDER = ("Poor Metabolizer", "Intermediate Metabolizer", "Normal Metabolizer", "Rapid Metabolizer",
           "Ultrarapid Metabolizer")  # fmt: skip


_PARTS = re.compile(r"[/+]|\s+(?:and|with)\s+")


def names_taken(medicines: Iterable[str]) -> set[str]:
    """Names as typed, in lower case, the parts of a combination, and the medicines that they stand for."""
    whole = {tidy(name) for name in medicines}
    parts = {part.strip() for name in whole for part in _PARTS.split(name) if part.strip()}
    return whole | parts | {meant for name in whole for meant in medicines_meant(name)}


def convert(
    calls: Sequence[GeneCall], medicines: Sequence[str], definitions: PgxDefinitions
) -> tuple[tuple[GeneCall, ...], tuple[PhenoConversion, ...], tuple[str, ...]]:
    """Calls with converted phenotypes, the conversions, and notes on effects that cannot be calculated."""
    taken = names_taken(medicines)
    acting = [row for row in definitions.interactions if row.medicine in taken]
    changed, conversions, notes = [], [], []
    for call in calls:
        rows = [row for row in acting if row.gene == call.gene]
        factors = [row for row in rows if row.factor is not None]
        notes += [_note(row) for row in rows if row.factor is None]
        new = _converted(call, factors, definitions) if factors else call
        changed.append(new)
        if factors and new is call and call.phenotype == UNKNOWN.name:
            notes.append(_open_note(call.gene, factors))
        if new is not call:
            names = tuple(sorted(row.medicine for row in factors))
            sources = tuple(sorted({interaction_source(row) for row in factors}))
            conversions.append(
                PhenoConversion(call.gene, call.phenotype, new.phenotype, names, sources, call.activity_score)
            )
    return tuple(changed), tuple(conversions), tuple(dict.fromkeys(notes))


def _open_note(gene: str, rows: Sequence[Interaction]) -> str:
    return tr(
        "{gene}: {names} slows this enzyme, but its genotype is not determined: how much is left is not "
        "known.",
        gene=gene, names=", ".join(sorted(row.medicine for row in rows)),
    )  # fmt: skip


def _note(row: Interaction) -> str:
    effect = f"{row.strength} {row.effect}".strip()
    return tr(
        "{medicine}: {effect} of {gene} ({source}); the size of the change is not calculated.",
        medicine=row.medicine, effect=effect, gene=row.gene, source=interaction_source(row),
    )  # fmt: skip


def _converted(call: GeneCall, rows: list[Interaction], definitions: PgxDefinitions) -> GeneCall:
    factor = min(row.factor for row in rows if row.factor is not None)
    names = ", ".join(sorted(row.medicine for row in rows))
    if call.status is CallStatus.NOT_COVERED:
        return call
    if call.gene == "CYP2D6":
        phenotype, activity = _by_activity(call, factor, definitions)
    else:
        phenotype, activity = _by_ladder(call.phenotype, factor), call.activity_score
    if phenotype == call.phenotype:
        return call
    note = tr("Acts as {after} because of {names}; by genotype {before}.",
              after=phenotype, names=names, before=call.phenotype)  # fmt: skip
    return replace(call, phenotype=phenotype, activity_score=activity, notes=(*call.notes, note))


def _by_activity(call: GeneCall, factor: float, definitions: PgxDefinitions) -> tuple[str, str]:
    if factor == 0:  # nothing is left of any genotype, an undetermined one included
        return "Poor Metabolizer", "0.0"
    try:
        score = float(call.activity_score.lstrip("≥")) * factor
    except ValueError:
        return call.phenotype, call.activity_score
    known = definitions.activity_phenotypes(call.gene)
    below = max((value for value in known if value <= score), default=0.0)
    return known.get(below, call.phenotype), f"{below:g}" if below % 1 else f"{below:.1f}"


def _by_ladder(phenotype: str, factor: float) -> str:
    if factor == 0 and phenotype in (*_LADDER, UNKNOWN.name):
        return _LADDER[0]
    if phenotype not in _LADDER:
        return phenotype
    return _LADDER[max(0, _LADDER.index(phenotype) - 1)]


def genotype_only(calls: Sequence[GeneCall], conversions: Sequence[PhenoConversion]) -> tuple[GeneCall, ...]:
    """The calls as they were before the medicines changed them."""
    before = {one.gene: one for one in conversions}
    return tuple(
        replace(
            call,
            phenotype=before[call.gene].before,
            activity_score=before[call.gene].activity_before,
            notes=call.notes[:-1],
        )
        if call.gene in before
        else call
        for call in calls
    )
