"""The adverse-reaction view: medicines by level of concern, and what a new prescription would mean.

Both answer from the results alone, without the variants, in a few milliseconds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from genoai_desktop.analysis.pharmacogenomics.advice import gaps
from genoai_desktop.analysis.pharmacogenomics.analysis import HasPgx
from genoai_desktop.analysis.pharmacogenomics.cautions import cautions
from genoai_desktop.analysis.pharmacogenomics.interactions import convert, genotype_only
from genoai_desktop.analysis.pharmacogenomics.present import advise_present
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.pgx import Concern, DrugAdvice, DrugCaution, PgxResult, PhenoConversion
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.medicine_names import listed_as, medicines_meant
from genoai_desktop.knowledge.pgx import PgxDefinitions

_ORDER = tuple(Concern)
_MOST_DRUGS = 12
"""Drugs that one fragment may stand for; a shorter text than that is too vague to answer."""


class Relation(StrEnum):
    """What the patient has to do with a medicine."""

    TAKEN = "taken"
    PLANNED = "planned"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ConcernEntry:
    """One medicine with everything that speaks about it; ``concern`` is the most serious of these."""

    drug: str
    relation: Relation
    concern: Concern
    advice: tuple[DrugAdvice, ...]
    cautions: tuple[DrugCaution, ...]


def concern_list(result: PgxResult, case: Case) -> list[ConcernEntry]:
    """Medicines by concern; within one level those taken come first, then the planned, then all others.

    A medicine of the patient that no guideline knows is listed too, with the concern unknown.
    """
    relation = {
        drug: Relation.PLANNED if medicine.planned else Relation.TAKEN
        for medicine in sorted(case.medicines, key=lambda one: not one.planned)
        for drug in listed_as(medicine.name)
    }
    advice: dict[str, list[DrugAdvice]] = {name: [] for name in relation}
    warned: dict[str, list[DrugCaution]] = {name: [] for name in relation}
    for one in result.advice:
        advice.setdefault(one.drug.lower(), []).append(one)
    for other in result.cautions:
        warned.setdefault(other.drug.lower(), []).append(other)
    entries = [
        ConcernEntry(
            drug, relation.get(drug, Relation.OTHER),
            _worst(advice.get(drug, ()), warned.get(drug, ())),
            tuple(advice.get(drug, ())), tuple(warned.get(drug, ())),
        )
        for drug in {*advice, *warned}
    ]  # fmt: skip
    order = tuple(Relation)
    return sorted(
        entries, key=lambda entry: (_ORDER.index(entry.concern), order.index(entry.relation), entry.drug)
    )


def _worst(advice: Iterable[DrugAdvice], warned: Iterable[DrugCaution]) -> Concern:
    """The most serious; unknown only where nothing else is said."""
    found = [*(one.concern for one in advice), *(one.concern for one in warned)]
    known = [concern for concern in found if concern is not Concern.UNKNOWN]
    return min(known, key=_ORDER.index) if known else Concern.UNKNOWN


def matching_drugs(fragment: str, definitions: PgxDefinitions) -> tuple[str, ...]:
    """Drugs of the tables that a typed name means: that name, else those that begin so, else contain it."""
    typed = " ".join(fragment.lower().split())
    if len(typed) < 3:
        return ()
    names = definitions.drug_names
    if typed in names:
        return (typed,)
    if meant := medicines_meant(typed):
        return tuple(sorted(meant))
    begins = [name for name in names if name.startswith(typed)]
    return tuple((begins or [name for name in names if typed in name])[:_MOST_DRUGS])


def what_if(result: PgxResult, drug_or_fragment: str, case: Case, knowledge: HasPgx) -> list[DrugAdvice]:
    """What a new prescription would mean: advice on it, then on present medicines that it would change.

    The new medicine's own effect on the enzymes counts together with those of the medicines taken
    (drug-drug-gene). A fragment stands for every drug that it may mean. Empty when no table knows it: that
    is no all-clear.
    """
    definitions = knowledge.pgx
    drugs = matching_drugs(drug_or_fragment, definitions)
    if not drugs:
        return []
    taken = [medicine.name for medicine in case.medicines if not medicine.planned]
    genotype = genotype_only(result.calls, result.conversions)
    now, group = {_key(one) for one in result.advice}, case.patient.ancestry
    found: list[DrugAdvice] = []
    for drug in drugs:
        calls, conversions, _, own = advise_present(genotype, [*taken, drug], definitions, [drug], group)
        found += [*own, *gaps(calls, definitions, own, [drug])]
        found += [_as_advice(one) for one in cautions(case, definitions, [drug])]
        caused = [one for one in conversions if drug in {name.lower() for name in one.medicines}]
        if caused:
            others = sorted(listed_as(*taken) - {drug})
            present = advise_present(genotype, [*taken, drug], definitions, others, group)[3]
            changed = [one for one in present if _key(one) not in now]
            found += [_because(one, drug, {c.gene for c in caused}) for one in changed]
    return found


def conversions_with(
    result: PgxResult, drug: str, case: Case, knowledge: HasPgx
) -> tuple[PhenoConversion, ...]:
    """What the medicines taken, and this one, make of the genotypes."""
    taken = [medicine.name for medicine in case.medicines if not medicine.planned]
    genotype = genotype_only(result.calls, result.conversions)
    return convert(genotype, [*taken, drug], knowledge.pgx)[1]


def _key(one: DrugAdvice) -> tuple[str, Sequence[str], Sequence[str], str]:
    return one.drug, one.genes, one.phenotypes, one.guideline.source


def _because(one: DrugAdvice, drug: str, genes: set[str]) -> DrugAdvice:
    note = tr("{drug} would change {genes}.", drug=drug, genes=", ".join(sorted(genes)))
    return replace(one, implication=f"{note} {one.implication}")


def _as_advice(one: DrugCaution) -> DrugAdvice:
    said = tr("By what is stated of the patient, not by genotype.")
    return DrugAdvice(one.drug, (), (), said, one.text, one.concern, "", "", "", Citation(one.source, "", ""))
