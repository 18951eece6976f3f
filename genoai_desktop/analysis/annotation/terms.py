"""Sequence Ontology terms of consequence, most severe first, and masks of possible terms."""

from enum import IntEnum
from typing import Final


class Term(IntEnum):
    """Order of severity as Ensembl VEP ranks them; the value is the bit in a mask."""

    TRANSCRIPT_ABLATION = 0
    SPLICE_ACCEPTOR = 1
    SPLICE_DONOR = 2
    STOP_GAINED = 3
    FRAMESHIFT = 4
    STOP_LOST = 5
    START_LOST = 6
    TRANSCRIPT_AMPLIFICATION = 7
    FEATURE_ELONGATION = 8
    FEATURE_TRUNCATION = 9
    INFRAME_INSERTION = 10
    INFRAME_DELETION = 11
    MISSENSE = 12
    PROTEIN_ALTERING = 13
    SPLICE_DONOR_5TH = 14
    SPLICE_REGION = 15
    SPLICE_POLYPYRIMIDINE = 16
    START_RETAINED = 17
    STOP_RETAINED = 18
    SYNONYMOUS = 19
    CODING = 20
    FIVE_PRIME_UTR = 21
    THREE_PRIME_UTR = 22
    NON_CODING_EXON = 23
    INTRON = 24


NAMES: Final = {
    Term.TRANSCRIPT_ABLATION: "transcript_ablation",
    Term.SPLICE_ACCEPTOR: "splice_acceptor_variant",
    Term.SPLICE_DONOR: "splice_donor_variant",
    Term.STOP_GAINED: "stop_gained",
    Term.FRAMESHIFT: "frameshift_variant",
    Term.STOP_LOST: "stop_lost",
    Term.START_LOST: "start_lost",
    Term.TRANSCRIPT_AMPLIFICATION: "transcript_amplification",
    Term.FEATURE_ELONGATION: "feature_elongation",
    Term.FEATURE_TRUNCATION: "feature_truncation",
    Term.INFRAME_INSERTION: "inframe_insertion",
    Term.INFRAME_DELETION: "inframe_deletion",
    Term.MISSENSE: "missense_variant",
    Term.PROTEIN_ALTERING: "protein_altering_variant",
    Term.SPLICE_DONOR_5TH: "splice_donor_5th_base_variant",
    Term.SPLICE_REGION: "splice_region_variant",
    Term.SPLICE_POLYPYRIMIDINE: "splice_polypyrimidine_tract_variant",
    Term.START_RETAINED: "start_retained_variant",
    Term.STOP_RETAINED: "stop_retained_variant",
    Term.SYNONYMOUS: "synonymous_variant",
    Term.CODING: "coding_sequence_variant",
    Term.FIVE_PRIME_UTR: "5_prime_UTR_variant",
    Term.THREE_PRIME_UTR: "3_prime_UTR_variant",
    Term.NON_CODING_EXON: "non_coding_transcript_exon_variant",
    Term.INTRON: "intron_variant",
}
BY_NAME: Final = {name: term for term, name in NAMES.items()}
_HIGH_TO: Final = Term.FEATURE_TRUNCATION
_MODERATE_TO: Final = Term.PROTEIN_ALTERING
_LOW_TO: Final = Term.SYNONYMOUS


def terms_of(mask: int) -> tuple[Term, ...]:
    """The terms of a mask, most severe first."""
    return tuple(term for term in Term if mask >> term & 1)


def words(mask: int) -> str:
    """``missense_variant``, or ``stop_gained or missense_variant`` where more than one is possible."""
    return " or ".join(NAMES[term] for term in terms_of(mask))


def _impact(term: Term) -> int:
    return 3 if term <= _HIGH_TO else 2 if term <= _MODERATE_TO else 1 if term <= _LOW_TO else 0


def impact(mask: int) -> int:
    """0 modifier, 1 low, 2 moderate, 3 high.

    An open call counts as high only when every possibility is: else "missense or stop gained" would
    flood the high class; and as moderate when any possibility is at least that, so that nothing is lost.
    """
    grades = [_impact(term) for term in terms_of(mask)] or [0]
    return max(min(grades), min(max(grades), 2))
