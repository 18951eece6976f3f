"""Results of the pharmacogenomic analysis."""

from dataclasses import dataclass
from enum import StrEnum

from genoai_desktop.domain.provenance import Citation, Version


class CallStatus(StrEnum):
    """How far a diplotype can be trusted."""

    CALLED = "called"
    AMBIGUOUS = "ambiguous"
    INDETERMINATE = "indeterminate"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True)
class MissingPosition:
    """A defining position that the file does not show; ``alleles`` could not be excluded."""

    name: str
    position: int
    alleles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PossibleResult:
    """A result that was not excluded: what the gene would be if the unseen ``positions`` held the allele."""

    diplotype: str
    phenotype: str
    activity_score: str
    positions: tuple[str, ...] = ()
    changes_phenotype: bool = False


@dataclass(frozen=True, slots=True)
class BlockCopies:
    """Copies of one part of a gene (an exon with half of each neighbouring intron) by read depth."""

    part: str
    copies: float
    error: float
    """Standard error of ``copies``."""
    pseudogene_copies: float


@dataclass(frozen=True, slots=True)
class CopyNumber:
    """Copies of a gene by read depth.

    ``copies``: whole copies, None when the reads cannot judge; ``estimate`` with its 95 % interval ``low`` to
    ``high``; ``probability`` of ``copies`` among the copy numbers tried. ``hybrid``: the parts that a
    gene-pseudogene hybrid would explain, empty when none is seen. ``reason``: why nothing can be judged.
    """

    gene: str
    copies: int | None
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    probability: float | None = None
    hybrid: str = ""
    blocks: tuple[BlockCopies, ...] = ()
    control_depth: float | None = None
    reason: str = ""
    method: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultCaveat:
    """What must be said wherever advice rests on ``result`` (``*58:01 positive``), one of a gene's.

    ``doubtful``: the result may well be wrong, so that advice on it holds only once it is confirmed.
    """

    result: str
    text: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class GeneCall:
    """The diplotype of one gene in one sample."""

    gene: str
    diplotype: str
    alternatives: tuple[str, ...]
    phenotype: str
    activity_score: str
    status: CallStatus
    positions_tested: int
    positions_missing: tuple[MissingPosition, ...]
    notes: tuple[str, ...] = ()
    possible: tuple[PossibleResult, ...] = ()
    """How the answer would change if what was not seen were there."""
    copy_number: CopyNumber | None = None
    caveats: tuple[ResultCaveat, ...] = ()


class Concern(StrEnum):
    """How much a medicine finding matters to a prescriber."""

    AVOID = "avoid"
    ADJUST = "adjust"
    CAUTION = "caution"
    USUAL = "usual"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DrugAdvice:
    """What a guideline says about one drug for these phenotypes, in the project's own words."""

    drug: str
    genes: tuple[str, ...]
    phenotypes: tuple[str, ...]
    implication: str
    action: str
    concern: Concern
    dose_factor: str
    strength: str
    population: str
    guideline: Citation


@dataclass(frozen=True, slots=True)
class PhenoConversion:
    """A genotype's result before and after the medicines that are taken."""

    gene: str
    before: str
    after: str
    medicines: tuple[str, ...]
    sources: tuple[str, ...]
    activity_before: str = ""


@dataclass(frozen=True, slots=True)
class DrugCaution:
    """What age, weight, kidney function, pregnancy or ancestry means for one drug.

    ``label``: from approved labels rather than stated by a pharmacogenomic guideline. ``source`` says so
    where the row is general knowledge that was not checked.
    """

    drug: str
    concern: Concern
    text: str
    source: str
    label: bool


@dataclass(frozen=True, slots=True)
class DoseAdvice:
    """A calculated dose: ``low`` to ``high`` around ``dose`` in ``unit``, or the ``reason`` for none.

    ``kind``: what is dosed (maintenance, loading, starting dose, share of the usual dose). ``days``: one dose
    a day where a scheme gives them, in ``unit``.
    """

    drug: str
    kind: str
    dose: float | None
    low: float | None
    high: float | None
    unit: str
    model: str
    source: str
    days: tuple[float, ...] = ()
    warnings: tuple[str, ...] = ()
    reason: str = ""
    why: str = ""
    """Why this model and no other, where there is a choice."""


@dataclass(frozen=True, slots=True)
class PgxResult:
    """All genes of one sample, with advice for every drug that the calls touch."""

    sample: str
    calls: tuple[GeneCall, ...]
    advice: tuple[DrugAdvice, ...]
    versions: tuple[Version, ...]
    notes: tuple[str, ...] = ()
    conversions: tuple[PhenoConversion, ...] = ()
    cautions: tuple[DrugCaution, ...] = ()
    doses: tuple[DoseAdvice, ...] = ()
    review: str = ""
    """How far a person of the profession has reviewed the wordings, interactions and cautions."""

    @property
    def seen_in_part(self) -> tuple[str, ...]:
        """Genes whose result is open, of which an allele was seen that some advice goes by."""
        open_ = {
            call.gene
            for call in self.calls
            if call.status is CallStatus.INDETERMINATE and call.phenotype == "Indeterminate"
        }
        told = {
            gene
            for one in self.advice
            if one.concern is Concern.CAUTION
            for gene, result in zip(one.genes, one.phenotypes, strict=True)
            if result not in ("Indeterminate", "n/a", "No Result")
        }
        return tuple(sorted(open_ & told))

    @property
    def unread(self) -> tuple[str, ...]:
        """Genes whose result is not known, in the order of the calls."""
        closed = {CallStatus.INDETERMINATE, CallStatus.NOT_COVERED}
        return tuple(call.gene for call in self.calls if call.status in closed)

    @property
    def says_something(self) -> bool:
        """Whether any gene could be read, or advice rests on one; else nothing is known about medicines."""
        read = {CallStatus.CALLED, CallStatus.AMBIGUOUS}
        return bool(self.advice) or any(call.status in read for call in self.calls)
