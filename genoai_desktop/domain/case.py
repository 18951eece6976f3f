"""The case: persons, phenotype, consent, medicines and files."""

from dataclasses import dataclass, field

from genoai_desktop.domain.acmg import CriterionEdit
from genoai_desktop.domain.breast import BreastFactors
from genoai_desktop.domain.consent import Consent, ConsentEvent, Scope
from genoai_desktop.domain.family import Family
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.letters import LetterEdit, SignedDocument
from genoai_desktop.domain.outside import OutsideCall
from genoai_desktop.domain.patient import PatientContext
from genoai_desktop.domain.person import Affected, Person, Sex

__all__ = (
    "Affected",
    "Case",
    "Consent",
    "Medicine",
    "ObservedTerm",
    "Person",
    "Scope",
    "Sex",
)


@dataclass(frozen=True, slots=True)
class ObservedTerm:
    """One HPO term of the proband; ``onset`` and ``severity`` are HPO identifiers."""

    id: str
    excluded: bool = False
    onset: str | None = None
    severity: str | None = None
    label: str = ""
    """Name of the term in the ontology's own words, empty when nobody looked it up."""


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine the patient takes or may be given."""

    name: str
    planned: bool = False


@dataclass(frozen=True, slots=True)
class CasePartner:
    """The second person of a couple, with a file and a consent of their own.

    ``population``: ``global EUR FIN AJ LAT SAS EAS AFR``, chooses the prevalence behind residual risks;
    ``index_population`` the same for the proband.
    """

    sample: str
    sex: Sex
    consent: Consent
    vcf_name: str = ""
    population: str = "global"
    index_population: str = "global"


@dataclass(frozen=True, slots=True)
class Case:
    """Everything the analyses need to know about one family, without the variants themselves."""

    id: str
    proband: str
    persons: tuple[Person, ...]
    build: Build
    terms: tuple[ObservedTerm, ...] = ()
    consent: Consent = field(default_factory=Consent)
    medicines: tuple[Medicine, ...] = ()
    indication: str = ""
    vcf_name: str = ""
    reads: str | None = None
    reference: str | None = None
    callable_regions: str | None = None
    """BED file of regions that the laboratory states to be callable: no record inside means reference."""
    reports_every_covered_position: bool = False
    """The laboratory states that every covered position without a record is reference."""
    incomplete_penetrance: bool = False
    synthetic: bool = False
    family: Family | None = None
    """The pedigree; ``persons`` follows from it (``domain.family_case.with_family``), None when not drawn."""
    patient: PatientContext = field(default_factory=PatientContext)
    """Weight, pregnancy and the like of the proband, as stated."""
    criterion_edits: tuple[CriterionEdit, ...] = ()
    """A professional's changes of ACMG criteria; at most one for each variant and code."""
    breast: BreastFactors | None = None
    """Answers for the breast cancer models; None: not asked, those models are not run."""
    partner: CasePartner | None = None
    """The proband's partner in couple mode."""
    consent_events: tuple[ConsentEvent, ...] = ()
    """Every decision of every person, as recorded; ``consent`` and the partner's follow from them."""
    letter_edits: tuple[LetterEdit, ...] = ()
    """Wording that a person chose in place of the generated; at most one for each section of a letter."""
    signatures: tuple[SignedDocument, ...] = ()
    """The record of every signed version of every document, oldest first; only ever added to."""
    outside_calls: tuple[OutsideCall, ...] = ()
    """Pharmacogene results of other laboratories for the proband; they lead over the file's own."""

    def person(self, person_id: str) -> Person:
        """The person of that id; KeyError when the case has none."""
        for person in self.persons:
            if person.id == person_id:
                return person
        raise KeyError(person_id)

    @property
    def index(self) -> Person:
        """The proband."""
        return self.person(self.proband)

    @property
    def observed(self) -> tuple[str, ...]:
        """HPO identifiers seen in the proband."""
        return tuple(term.id for term in self.terms if not term.excluded)

    @property
    def excluded(self) -> tuple[str, ...]:
        """HPO identifiers looked for in the proband and not seen."""
        return tuple(term.id for term in self.terms if term.excluded)
