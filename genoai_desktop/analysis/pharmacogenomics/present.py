"""Advice under the medicines that are taken, without counting a medicine's effect on itself twice."""

from collections.abc import Iterable, Sequence

from genoai_desktop.analysis.pharmacogenomics.advice import advise
from genoai_desktop.analysis.pharmacogenomics.interactions import convert, names_taken
from genoai_desktop.analysis.pharmacogenomics.provisional import advise_seen
from genoai_desktop.analysis.pharmacogenomics.warfarin_steps import UNSTATED
from genoai_desktop.domain.pgx import DrugAdvice, GeneCall, PhenoConversion
from genoai_desktop.knowledge.medicine_names import listed_as
from genoai_desktop.knowledge.pgx import PgxDefinitions

Present = tuple[tuple[GeneCall, ...], tuple[PhenoConversion, ...], tuple[str, ...], tuple[DrugAdvice, ...]]


def advise_present(
    genotype: Sequence[GeneCall],
    taken: Sequence[str],
    definitions: PgxDefinitions,
    drugs: Iterable[str] | None = None,
    ancestry: str = UNSTATED,
) -> Present:
    """Converted calls, conversions, notes and advice (on ``drugs``, or on all).

    A guideline on an inhibitor (paroxetine, CYP2D6) rests on people who took it, so its own effect on the
    enzyme is in the advice already: for that medicine only the others' effects are counted.
    """
    changed, conversions, notes = convert(genotype, taken, definitions)
    wanted = None if drugs is None else [drug.strip().lower() for drug in drugs]
    advice = (
        *advise(changed, definitions, wanted, ancestry),
        *advise_seen(changed, definitions, wanted, ancestry),
    )
    for drug in sorted({name.lower() for one in conversions for name in one.medicines}):
        if wanted is not None and drug not in wanted:
            continue
        others = sorted(name for name in names_taken(taken) if drug not in listed_as(name))
        own = advise(convert(genotype, others, definitions)[0], definitions, [drug], ancestry)
        advice = (*(one for one in advice if one.drug.lower() != drug), *own)
    return changed, conversions, notes, tuple(sorted(advice, key=lambda one: one.drug))
