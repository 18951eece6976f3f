"""What the case itself says of a variant: phase with another variant, relatives, phenotype.

Persons are counted, never named: the reasons of criteria go into every report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genoai_desktop.domain.case import Affected, Case, Person, Sex
from genoai_desktop.domain.rare import Candidate
from genoai_desktop.domain.variant import ReportedVariant, Zygosity

Site = Mapping[str, Any]
_PATHOGENIC = ("pathogenic", "likely pathogenic")
_STARS = 2
_BOTH = 3
"""Strand bits of a variant on both haplotypes."""


@dataclass(frozen=True, slots=True)
class FamilyFacts:
    """Counts over the sequenced relatives, and what lies on the other chromosome."""

    partner: str = ""
    """A known pathogenic variant of the same gene in the patient."""
    in_trans: bool | None = None
    """Whether ``partner`` is on the other chromosome; None where the phase is not known."""
    homozygous: bool = False
    affected_carriers: int = 0
    affected_without: int = 0
    unaffected_carriers: int = 0
    unaffected_homozygous: int = 0
    """Unaffected relatives with two copies, or one on a male's X chromosome."""
    phenotype: float | None = None
    """Natural log of the likelihood ratio of the whole phenotype for the candidate disease."""
    terms: int = 0
    """Phenotype terms that were observed in the patient."""


def gather_family(
    case: Case, samples: Sequence[str], site: Site, variant: ReportedVariant, candidate: Candidate | None
) -> FamilyFacts:
    """Facts of one variant. ``site`` is its row of the variant table, with columns ``s{i}_…`` per sample."""
    relatives = [
        (person, site.get(f"s{samples.index(person.sample)}_dosage"))
        for person in case.persons
        if person.id != case.proband and person.sample in samples
    ]
    called = [(person, dosage) for person, dosage in relatives if dosage is not None]
    affected = [dosage > 0 for person, dosage in called if person.affected is Affected.YES]
    unaffected = [(person, dosage) for person, dosage in called if person.affected is Affected.NO]
    return FamilyFacts(
        homozygous=variant.zygosity is Zygosity.HOMOZYGOUS,
        affected_carriers=sum(affected),
        affected_without=len(affected) - sum(affected),
        unaffected_carriers=sum(dosage > 0 for _, dosage in unaffected),
        unaffected_homozygous=sum(_twice(person, dosage, variant) for person, dosage in unaffected),
        phenotype=_phenotype(candidate),
        terms=len(case.observed),
    )


def _twice(person: Person, dosage: int, variant: ReportedVariant) -> bool:
    return dosage >= 2 or (dosage == 1 and person.sex is Sex.MALE and variant.key.chromosome == "X")


def _phenotype(candidate: Candidate | None) -> float | None:
    if candidate is None:
        return None
    parts = [part.log_odds for part in candidate.contributions if part.kind == "phenotype"]
    return sum(parts) if parts else None


def known_partner(variant: ReportedVariant, others: Sequence[ReportedVariant]) -> ReportedVariant | None:
    """Another variant of the same gene that ClinVar calls pathogenic with two stars or more."""
    for other in others:
        entry = other.clinvar
        if other.row == variant.row or other.gene != variant.gene or entry is None or entry.dated:
            continue
        if entry.stars >= _STARS and entry.classification.lower().startswith(_PATHOGENIC):
            return other
    return None


def in_trans(case: Case, samples: Sequence[str], one: Site, other: Site) -> bool | None:
    """Whether two heterozygous variants of the patient lie on different chromosomes; None if not known.

    By the file's own phase where both are in one phase set, else by parents who carry one each.
    """
    if case.index.sample not in samples:
        return None
    own = f"s{samples.index(case.index.sample)}"
    strands = one.get(f"{own}_strand") or 0, other.get(f"{own}_strand") or 0
    if all(strands) and _BOTH not in strands and one.get(f"{own}_ps") == other.get(f"{own}_ps"):
        return strands[0] != strands[1]
    seen = []
    for name in (case.index.mother, case.index.father):
        sample = case.person(name).sample if name else None
        if sample is None or sample not in samples:
            return None
        column = f"s{samples.index(sample)}_dosage"
        if one.get(column) is None or other.get(column) is None:
            return None
        seen.append((one[column] > 0, other[column] > 0))
    if sorted(seen) == [(False, True), (True, False)]:
        return True
    return False if sorted(seen) == [(False, False), (True, True)] else None
