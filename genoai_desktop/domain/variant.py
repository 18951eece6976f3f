"""One variant that a person looks at. The five million others stay in columns."""

from dataclasses import dataclass
from enum import StrEnum

from genoai_desktop.domain.acmg import Classification
from genoai_desktop.domain.genome import VariantKey


class Zygosity(StrEnum):
    """Zygosity of the proband at one alternate allele."""

    HETEROZYGOUS = "heterozygous"
    HOMOZYGOUS = "homozygous"
    HEMIZYGOUS = "hemizygous"
    REFERENCE = "reference"
    UNKNOWN = "unknown"


class FrequencyKind(StrEnum):
    """A number, a bare listing and absence are three different things."""

    MEASURED = "measured"
    LISTED = "listed"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Frequency:
    """Population frequency of an allele. ``highest`` is over populations and sources, 0..1."""

    kind: FrequencyKind
    highest: float | None = None
    overall: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class ClinVarEntry:
    """ClinVar's word on exactly this allele. Shown, and never counted as ACMG evidence."""

    variation_id: str
    classification: str
    stars: int
    conditions: str
    release: str
    dated: bool = False


@dataclass(frozen=True, slots=True)
class ReportedVariant:
    """A variant with everything a page or a report says about it. Positions are 1-based."""

    key: VariantKey
    row: int
    gene: str
    transcript: str
    hgvs_c: str
    hgvs_p: str
    hgvs_g: str
    consequence: str
    """Sequence Ontology term, or terms joined by " or " where more than one is possible."""
    consequence_source: str
    region: str
    zygosity: Zygosity
    frequency: Frequency
    clinvar: ClinVarEntry | None = None
    depth: int | None = None
    genotype_quality: int | None = None
    alt_fraction: float | None = None
    classification: str = ""
    acmg_codes: tuple[str, ...] = ()
    inheritance: str = ""
    remarks: tuple[str, ...] = ()
    origin: str = ""
    """From which parent it came, in words; empty where no parent was tested."""
    acmg: Classification | None = None
    """Both classes and every criterion with its reason, a person's edits applied; None where not judged."""
