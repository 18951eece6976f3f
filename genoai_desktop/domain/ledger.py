"""The ledger of one case: what was said of its variants and medicines, and on what that rested.

Kept with the case so that a later release of the knowledge can be held against it without the VCF.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from genoai_desktop.domain.acmg import Strength, Verdict
from genoai_desktop.domain.consent import Consent, Scope
from genoai_desktop.domain.genome import VariantKey
from genoai_desktop.domain.pgx import CallStatus, Concern


@dataclass(frozen=True, slots=True)
class LedgerEffect:
    """What the variant does to one transcript, as it was annotated. ``aa_position`` is 1-based."""

    transcript: str
    consequence: str
    region: str = ""
    splice_distance: int | None = None
    aa_position: int | None = None
    aa_ref: str = ""
    aa_alt: str = ""


@dataclass(frozen=True, slots=True)
class OwnCriterion:
    """One ACMG criterion that rests on the patient and the family, which no release changes."""

    code: str
    verdict: Verdict
    strength: Strength | None = None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One variant of a candidate or finding, as it was judged. Positions are 1-based, on the key's build.

    ``needs``: values of ``Scope`` that must all be given for a person to see it. ``frequency``: 0..1.
    """

    kind: str
    """``candidate`` or ``finding``."""
    gene: str
    disease: str
    disease_id: str
    needs: tuple[str, ...]
    variant: VariantKey
    hgvs_c: str = ""
    hgvs_p: str = ""
    hgvs_g: str = ""
    zygosity: str = ""
    inheritance: tuple[str, ...] = ()
    rank: int | None = None
    classification: str = ""
    points: int | None = None
    codes: tuple[str, ...] = ()
    clinvar: str = ""
    clinvar_stars: int = 0
    clinvar_release: str = ""
    frequency_kind: str = ""
    frequency: float | None = None
    effect: LedgerEffect | None = None
    own: tuple[OwnCriterion, ...] = ()
    gene_diseases: tuple[str, ...] | None = None
    """Diseases (identifiers) that were known for the gene; None where nobody looked."""

    @property
    def name(self) -> str:
        """Gene and change as a person says it."""
        return f"{self.gene} {self.hgvs_c or self.hgvs_g or self.variant}".strip()

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes two entries of two times the same."""
        return self.kind, self.gene, self.disease_id or self.disease, str(self.variant)


@dataclass(frozen=True, slots=True)
class LedgerCall:
    """The result of one pharmacogene, as guidelines look it up."""

    gene: str
    diplotype: str
    phenotype: str
    activity_score: str
    status: CallStatus


@dataclass(frozen=True, slots=True)
class LedgerAdvice:
    """One recommendation for one drug and group of patients."""

    drug: str
    source: str
    population: str
    concern: Concern
    action: str
    dose_factor: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything of one case. ``own_drugs``: drugs whose advice depends on what the patient takes."""

    entries: tuple[LedgerEntry, ...] = ()
    calls: tuple[LedgerCall, ...] = ()
    advice: tuple[LedgerAdvice, ...] = ()
    own_drugs: tuple[str, ...] = ()

    def permitted(self, consent: Consent) -> "Ledger":
        """What consent lets a person see and keep."""
        entries = tuple(entry for entry in self.entries if allowed(entry.needs, consent))
        if consent.allows(Scope.PGX):
            return replace(self, entries=entries)
        return Ledger(entries)


def allowed(needs: Iterable[str], consent: Consent) -> bool:
    """Whether every scope is given; a word that is no scope never is."""
    return set(needs) <= {scope.value for scope in consent.given}
