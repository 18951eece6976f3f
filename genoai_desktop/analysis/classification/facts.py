"""What the criteria need to know about one variant, gathered once."""

from dataclasses import dataclass, field
from enum import StrEnum

from genoai_desktop.analysis.classification.family import FamilyFacts
from genoai_desktop.analysis.classification.splicing import SkippedExon
from genoai_desktop.domain.variant import FrequencyKind


class LossOfFunction(StrEnum):
    """Whether losing the gene's product is known to cause its disease."""

    ESTABLISHED = "established"
    LIKELY = "likely"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another amino-acid change of the same residue with a published class."""

    change: str
    pathogenic: bool
    source: str


@dataclass(frozen=True, slots=True)
class Known:
    """Another variant with a published class."""

    name: str
    definite: bool
    """Pathogenic, not “likely”."""
    source: str


@dataclass(frozen=True, slots=True)
class Panel:
    """What a ClinGen expert panel sets for the gene; None means that the general rule applies.

    Residues are 1-based and inclusive, on the MANE Select protein; frequencies 0..1.
    """

    reference: str
    ba1: float | None = None
    bs1: float | None = None
    pm2: float | None = None
    unused: frozenset[str] = frozenset()
    """Criteria that the panel does not use."""
    pm2_points: int = 1
    pp2: bool = False
    """Whether the panel gives PP2 to missense variants."""
    bp1_points: int = 0
    """Points of BP1 outside ``bp1_except``; 0: the panel does not give it."""
    bp1_except: tuple[tuple[int, int], ...] = ()
    predictor: bool = True
    """Whether the panel rests PP3 and BP4 on predictors of missense changes."""
    truncating: tuple[int, int] | None = None
    """Residues between which a stop or frameshift also gets PM5 at supporting."""
    null: tuple[int, int] | None = None
    """Residues between which a stop or frameshift gets PVS1 in full, decay or not; before them none."""
    strong_to: int | None = None
    """Last residue at which a truncation beyond ``null``, or one that escapes decay, gets PVS1_Strong."""
    rest_points: int | None = None
    """Points of PVS1 for truncations further on; 0: none is given, None: the general tree."""
    start_points: int | None = None
    """Points of PVS1 for a lost start codon; 0: none is given, None: the general tree."""
    hot: tuple[tuple[int, int, int], ...] = ()
    """First and last residue, and points, of the stretches where PM1 is given; empty: the general rule."""
    beside_pm1: tuple[str, ...] = ()
    """Criteria that the panel does not count beside PM1; the stronger stays."""
    compared: frozenset[str] = frozenset()
    """Criteria of this row that were compared with ClinGen's registry; the others are copies."""


@dataclass(frozen=True, slots=True)
class StartLoss:
    """What a lost start codon takes (Abou Tayoun 2018): the residues before the next methionine."""

    next_methionine: int | None
    """1-based; None where the protein has no other."""
    known: int
    """Known pathogenic changes of the residues before it."""


@dataclass(frozen=True, slots=True)
class VariantFacts:
    """One variant on one transcript, for one inheritance. Positions are 1-based."""

    gene: str
    consequence: tuple[str, ...]
    """Sequence Ontology terms; several where the bundled proteins leave the class open."""
    region: str = ""
    exon: int | None = None
    exons: int | None = None
    splice_distance: int | None = None
    """Bases from the variant to the nearest exon edge, in the exon or in the intron; 0 at the edge."""
    intronic: bool = False
    aa_position: int | None = None
    aa_ref: str = ""
    aa_alt: str = ""
    protein_length: int | None = None
    escapes_decay: bool = False
    """A stop here lies in the last exon or within 50 bases of its start: no nonsense-mediated decay."""
    skipped: SkippedExon | None = None
    """For a lost splice site: the exon that is likely skipped."""
    start: StartLoss | None = None
    known_kinds: tuple[int, int] = (0, 0)
    """Other changes of the gene known to be pathogenic: missense, and null."""
    lost_truncations: int = 0
    """Other pathogenic truncations known at this residue or nearer the end: the end matters."""
    same_change: Known | None = None
    """The same amino-acid change by another nucleotide change, known to be pathogenic."""
    same_site: Known | None = None
    """Another pathogenic change of the same splice dinucleotide, or of the same intronic base."""
    substitution: bool = True
    """One base for another: what is silent or deep in an intron is judged for these alone."""
    upstream: bool = False
    """For an intronic change: before the exon (acceptor side), not after it."""
    lost_known: tuple[int, int] = (0, 0)
    """Known pathogenic and benign missense changes among the residues that a null variant takes."""
    length_change: int = 0
    """Residues gained or lost in frame."""
    in_repeat: bool = False
    frequency_kind: FrequencyKind = FrequencyKind.ABSENT
    frequency: float | None = None
    frequency_source: str = ""
    listed_region: bool = False
    """The frequency listing covers this kind of position (coding and splice sites of exomes)."""
    known_pathogenic: bool = False
    """ClinVar calls it pathogenic, two stars or more. Never counted; it only holds back what reassures."""
    recessive: bool | None = None
    loss_of_function: LossOfFunction = LossOfFunction.UNKNOWN
    loss_of_function_reason: str = ""
    neighbours: tuple[Neighbour, ...] = ()
    hotspot: tuple[float, float] | None = None
    """Weighted counts of pathogenic and benign changes within a few residues, the residue left out."""
    splice_ratio: float | None = None
    """How much oftener such a change near a splice site is pathogenic in ClinVar than its neighbours are."""
    missense_probability: float | None = None
    missense_version: str = ""
    de_novo: bool | None = None
    parents_confirmed: bool = False
    family: FamilyFacts | None = None
    """What an open case says; None where variants come as a bare table."""
    panel: Panel | None = None
    observed_disease: str = ""
    """Disease of the patients in whom UniProt's curators found exactly this amino-acid change reported."""
    remarks: tuple[str, ...] = field(default=())

    @property
    def null(self) -> bool:
        """Stop gained, frameshift, essential splice site or start lost, and certainly so."""
        return bool(self.consequence) and all(term in NULL_TERMS for term in self.consequence)


NULL_TERMS = frozenset(
    {
        "stop_gained",
        "frameshift_variant",
        "splice_donor_variant",
        "splice_acceptor_variant",
        "start_lost",
        "transcript_ablation",
        "exon_loss_variant",
    }
)
