"""Insertions, deletions and multi-base changes, one pair at a time: few touch an exon or splice site."""

from dataclasses import dataclass

from genoai_desktop.analysis.annotation.codons import codons_of, possible, translate
from genoai_desktop.analysis.annotation.places import Spot
from genoai_desktop.analysis.annotation.terms import Term

_RANK = {term: int(term) for term in Term}


@dataclass(frozen=True, slots=True)
class Span:
    """A change on the transcript strand.

    ``first`` and ``last`` are the removed bases at the 5' and 3' end; for a pure insertion the bases on
    its two sides. ``removed`` counts bases, ``ref`` holds them, ``added`` are new ones (transcript strand).
    """

    first: Spot
    last: Spot
    first_exon: int
    last_exon: int
    ref: str
    added: str
    opens_exon: bool = False
    closes_exon: bool = False
    """The first (last) removed base is the first (last) of an exon beside a splice site."""

    @property
    def insertion(self) -> bool:
        """Nothing is removed."""
        return not self.ref


@dataclass(frozen=True, slots=True)
class Coding:
    """What is known of the coding sequence: its length, residues (empty unknown), bases (empty unknown)."""

    length: int
    protein: str
    bases: str
    mitochondrial: bool
    framed: bool


def mask(span: Span, coding: Coding) -> int:
    """The possible terms of a change."""
    return _insertion(span, coding) if span.insertion else _removal(span, coding)


def _removal(span: Span, coding: Coding) -> int:
    first, last = span.first, span.last
    begin = first.coding + 1 if first.intron > 0 else first.coding
    end = last.coding - 1 if last.intron < 0 else last.coding
    if begin > end:
        return _intronic(first.intron, last.intron)
    if first.intron or span.first_exon != span.last_exon:
        return 1 << (Term.SPLICE_ACCEPTOR if first.intron else Term.SPLICE_DONOR)
    if last.intron:
        return 1 << Term.SPLICE_DONOR
    return _exonic(begin, end, span, coding) | _may_slide(span, coding)


def _may_slide(span: Span, coding: Coding) -> int:
    """A deletion at an exon's edge may equally be written as one of the splice site (AG before, GT after)."""
    if span.added or coding.bases:
        return 0
    acceptor = span.opens_exon and span.ref.endswith("G")
    donor = span.closes_exon and span.ref.startswith("G")
    return (1 << Term.SPLICE_ACCEPTOR if acceptor else 0) | (1 << Term.SPLICE_DONOR if donor else 0)


def _intronic(first: int, last: int) -> int:
    """Both ends in one intron; signed distances."""
    if first in {1, 2}:
        return 1 << Term.SPLICE_DONOR
    if last in {-1, -2}:
        return 1 << Term.SPLICE_ACCEPTOR
    if 0 < first <= 5 and (last < 0 or last >= 5):
        return 1 << Term.SPLICE_DONOR_5TH
    if 0 < first <= 8 or -8 <= last < 0:
        return 1 << Term.SPLICE_REGION
    return 1 << (Term.SPLICE_POLYPYRIMIDINE if -17 <= last < 0 else Term.INTRON)


def _exonic(begin: int, end: int, span: Span, coding: Coding) -> int:
    length = coding.length
    if not length:
        return 1 << Term.NON_CODING_EXON
    if end < 0:
        return 1 << Term.FIVE_PRIME_UTR
    if begin >= length:
        return 1 << Term.THREE_PRIME_UTR
    net = len(span.added) - len(span.ref)
    if begin < 3:
        return _at_start(begin, end, span, coding)
    if begin >= length - 3 or (end >= length - 3 and net % 3 == 0):
        return _at_stop(begin, span, coding)
    if net % 3:
        return 1 << Term.FRAMESHIFT
    return _in_frame(begin, end, span, coding)


def _at_start(begin: int, end: int, span: Span, coding: Coding) -> int:
    if coding.bases and begin >= 0 and end < coding.length:
        after = coding.bases[:begin] + span.added + coding.bases[end + 1 :]
        if after[:3] == coding.bases[:3]:
            net = len(span.added) - len(span.ref)
            return 1 << (Term.FRAMESHIFT if net % 3 else Term.START_RETAINED)
    if coding.mitochondrial and len(span.ref) == len(span.added):
        return 1 << Term.START_LOST | 1 << Term.START_RETAINED
    return 1 << Term.START_LOST


def _at_stop(begin: int, span: Span, coding: Coding) -> int:
    if not coding.framed:
        return 1 << Term.CODING
    if len(span.ref) == len(span.added) and len(span.ref) + begin <= coding.length:
        return _in_frame(begin, begin + len(span.ref) - 1, span, coding)
    return 1 << Term.STOP_LOST | 1 << Term.STOP_RETAINED


def _in_frame(begin: int, end: int, span: Span, coding: Coding) -> int:
    if not coding.framed:
        return 1 << Term.CODING
    if coding.bases:
        return _translated(begin, end, span, coding)
    if len(span.ref) == len(span.added):
        return _codon_by_codon(begin, span, coding)
    base = Term.INFRAME_INSERTION if len(span.added) > len(span.ref) else Term.INFRAME_DELETION
    return _stop_possible(begin, end, span.added, coding, base)


def _translated(begin: int, end: int, span: Span, coding: Coding) -> int:
    bases = coding.bases
    low, high = begin - begin % 3, end + (2 - end % 3) + 1
    before = translate(bases[low:high], coding.mitochondrial)
    after = translate(bases[low:begin] + span.added + bases[end + 1 : high], coding.mitochondrial)
    if before == after:
        return 1 << (Term.STOP_RETAINED if "*" in before else Term.SYNONYMOUS)
    if "*" in after and "*" not in before:
        return 1 << Term.STOP_GAINED
    if "*" in before:
        return 1 << (Term.STOP_RETAINED if after.endswith("*") else Term.STOP_LOST)
    if len(after) == len(before):
        return 1 << Term.MISSENSE
    return 1 << (Term.INFRAME_INSERTION if len(after) > len(before) else Term.INFRAME_DELETION)


def _residue(index: int, coding: Coding) -> str:
    if index == coding.length // 3 - 1 and not coding.mitochondrial:
        return "*"
    return coding.protein[index] if index < len(coding.protein) else "X"


def _codon_by_codon(begin: int, span: Span, coding: Coding) -> int:
    """Equal length: the classes of every codon touched, combined to the possible worst ones."""
    combined = 0
    at = 0
    while at < len(span.ref):
        index, place = divmod(begin + at, 3)
        size = min(3 - place, len(span.ref) - at)
        old, new = span.ref[at : at + size], span.added[at : at + size]
        one, _ = possible(_residue(index, coding), place, old, new, coding.mitochondrial)
        if not one:
            return 1 << Term.CODING
        combined = one if not combined else _worse(combined, one)
        at += size
    return combined


def _worse(left: int, right: int) -> int:
    """Masks of two codons changed together: every possible more severe one of a pair."""
    pairs = (min(a, b) for a in Term if left >> a & 1 for b in Term if right >> b & 1)
    result = 0
    for term in pairs:
        result |= 1 << term
    return result


def _stop_possible(begin: int, end: int, added: str, coding: Coding, base: Term) -> int:
    """In-frame change without a sequence: the joint codons decide whether a stop may arise."""
    head, tail = begin % 3, (2 - end % 3) % 3
    lefts = _parts(begin // 3, 0, head, coding)
    rights = _parts(end // 3, 3 - tail, 3, coding) if tail else {""}
    outcomes = {
        "*" in translate(left + added + right, coding.mitochondrial) for left in lefts for right in rights
    }
    result = 1 << base if False in outcomes else 0
    return result | (1 << Term.STOP_GAINED if True in outcomes else 0)


def _parts(index: int, begin: int, end: int, coding: Coding) -> set[str]:
    if begin == end:
        return {""}
    return {codon[begin:end] for codon in codons_of(_residue(index, coding), coding.mitochondrial)}


def _insertion(span: Span, coding: Coding) -> int:
    before, after = span.first, span.last
    if before.intron == 0 and after.intron == 0:
        return _inserted(before.coding, span, coding)
    if before.intron == 0 or after.intron == 0:
        # Exactly between exon and intron: it lengthens the exon or breaks the splice site.
        at, site = (
            (before.coding, Term.SPLICE_DONOR)
            if before.intron == 0
            else (after.coding - 1, Term.SPLICE_ACCEPTOR)
        )
        return _inserted(at, span, coding) | 1 << site
    if before.intron == 1:
        return 1 << Term.SPLICE_DONOR
    if after.intron == -1:
        return 1 << Term.SPLICE_ACCEPTOR
    return _intronic(before.intron if before.intron > 2 else 9, after.intron if after.intron < -2 else -18)


def _inserted(left: int, span: Span, coding: Coding) -> int:
    """Insertion after coding offset ``left``, both sides in exons."""
    length = coding.length
    if not length:
        return 1 << Term.NON_CODING_EXON
    if left < 0:
        return 1 << Term.FIVE_PRIME_UTR
    if left >= length - 1:
        return 1 << Term.THREE_PRIME_UTR
    shift = len(span.added) % 3
    plain = Term.FRAMESHIFT if shift else Term.INFRAME_INSERTION
    if left < 2:
        return 1 << Term.START_LOST | 1 << plain
    if left >= length - 3:
        return 1 << Term.STOP_LOST | 1 << Term.STOP_RETAINED
    if shift:
        return 1 << Term.FRAMESHIFT
    if not coding.framed:
        return 1 << Term.CODING
    head = (left + 1) % 3
    index = left // 3
    if coding.bases:
        low = index * 3
        text = coding.bases[low : left + 1] + span.added + coding.bases[left + 1 : low + 3]
        gained = "*" in translate(text, coding.mitochondrial)
        return 1 << (Term.STOP_GAINED if gained else Term.INFRAME_INSERTION)
    if head == 0:
        gained = "*" in translate(span.added, coding.mitochondrial)
        return 1 << (Term.STOP_GAINED if gained else Term.INFRAME_INSERTION)
    texts = {
        codon[:head] + span.added + codon[head:]
        for codon in codons_of(_residue(index, coding), coding.mitochondrial)
    }
    outcomes = {"*" in translate(text, coding.mitochondrial) for text in texts}
    return (1 << Term.INFRAME_INSERTION if False in outcomes else 0) | (
        1 << Term.STOP_GAINED if True in outcomes else 0
    )
