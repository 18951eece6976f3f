"""Single-base changes, vectorised: introns, UTRs, and codons by reference or by bundled residue."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genoai_desktop.analysis.annotation.codons import code, outcome_tables
from genoai_desktop.analysis.annotation.sequences import Sequences
from genoai_desktop.analysis.annotation.terms import Term
from genoai_desktop.knowledge.transcripts import Models, Spots

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
MITOCHONDRIAL: Final = 25
STRUCTURE, PROTEINS, REFERENCE, FILE = range(4)
BASE_CODE: Final = np.full(256, -1, dtype=np.int64)
BASE_CODE[np.frombuffer(b"ACGT", dtype=np.uint8)] = np.arange(4)
_UNKNOWN: Final = ord("X")
_STOP: Final = ord("*")
_START: Final = (1 << Term.START_LOST) | (1 << Term.START_RETAINED)


@dataclass(frozen=True, slots=True)
class Calls:
    """Per pair: mask of possible terms, source, residue (1-based, 0 none) before and after, REF clash."""

    mask: NDArray[np.int32]
    source: NDArray[np.uint8]
    residue: NDArray[np.int32]
    before: NDArray[np.uint8]
    after: NDArray[np.uint8]
    clash: Flags


def intron_masks(intron: Ints) -> NDArray[np.int32]:
    """Terms of intronic single bases by signed distance (Ensembl VEP's windows)."""
    away = np.abs(intron)
    term = np.select(
        [
            (intron > 0) & (away <= 2),
            (intron < 0) & (away <= 2),
            intron == 5,
            away <= 8,
            (intron < 0) & (away <= 17),
        ],
        [
            Term.SPLICE_DONOR,
            Term.SPLICE_ACCEPTOR,
            Term.SPLICE_DONOR_5TH,
            Term.SPLICE_REGION,
            Term.SPLICE_POLYPYRIMIDINE,
        ],
        default=Term.INTRON,
    )
    return (np.int32(1) << term.astype(np.int32)).astype(np.int32)


def call(
    models: Models, transcripts: Ints, spots: Spots, ref: Ints, alt: Ints, sequences: Sequences | None
) -> Calls:
    """``ref`` and ``alt`` are base codes 0..3 (ACGT) on the transcript strand, -1 for other letters."""
    size = transcripts.size
    coding = spots.offset - models.cds_offset[transcripts]
    length = models.cds_length[transcripts]
    mask = intron_masks(spots.intron)
    exonic = spots.intron == 0
    mask[exonic & (length == 0)] = 1 << Term.NON_CODING_EXON
    mask[exonic & (length > 0) & (coding < 0)] = 1 << Term.FIVE_PRIME_UTR
    mask[exonic & (length > 0) & (coding >= length)] = 1 << Term.THREE_PRIME_UTR
    calls = Calls(
        mask=mask,
        source=np.zeros(size, dtype=np.uint8),
        residue=np.zeros(size, dtype=np.int32),
        before=np.zeros(size, dtype=np.uint8),
        after=np.zeros(size, dtype=np.uint8),
        clash=np.zeros(size, dtype=np.bool_),
    )
    within = np.flatnonzero(exonic & (length > 0) & (coding >= 0) & (coding < length))
    for mitochondrial in (False, True):
        chosen = within[(models.chrom[transcripts[within]] == MITOCHONDRIAL) == mitochondrial]
        if chosen.size:
            _codons(models, transcripts, coding, ref, alt, chosen, calls, sequences, mitochondrial)
    return calls


def _codons(
    models: Models,
    transcripts: Ints,
    coding: Ints,
    ref: Ints,
    alt: Ints,
    chosen: Ints,
    calls: Calls,
    sequences: Sequences | None,
    mitochondrial: bool,
) -> None:
    """Fill ``calls`` for coding bases."""
    owner, x = transcripts[chosen], coding[chosen]
    length = models.cds_length[owner]
    codon, place = x // 3, x % 3
    framed = models.exact[owner] & (length % 3 == 0) | mitochondrial
    whole = (codon * 3 + 3 <= length) & framed
    residue, from_protein = _residues(models, owner, codon, length, mitochondrial)
    masks, letters = outcome_tables(mitochondrial)
    r, a = ref[chosen], alt[chosen]
    known = (r >= 0) & (a >= 0)
    found = masks[residue, place, np.maximum(r, 0), np.maximum(a, 0)]
    after = letters[residue, place, np.maximum(r, 0), np.maximum(a, 0)]
    source = np.where(from_protein, PROTEINS, STRUCTURE)
    clash = (found == 0) & from_protein & known
    if sequences is not None:
        told, new_found, new_before, new_after, wrong = _by_reference(
            sequences, owner, x, r, a, residue, from_protein, mitochondrial
        )
        source = np.where(told, REFERENCE, source)
        found, after = np.where(told, new_found, found), np.where(told, new_after, after)
        residue, clash = np.where(told, new_before, residue), np.where(told, wrong, clash)
    usable = whole & known & ~clash
    found = np.where(usable & (found != 0), found, 1 << Term.CODING)
    found = np.where((codon == 0) & framed & ~clash, _start(found, mitochondrial), found)
    open_frame = ~whole | ~known
    calls.mask[chosen] = found
    calls.source[chosen] = np.where(open_frame & (codon > 0), STRUCTURE, source)
    calls.residue[chosen] = np.where(framed, codon + 1, 0)
    calls.before[chosen] = np.where((residue == _UNKNOWN) | open_frame, 0, residue)
    calls.after[chosen] = np.where((after == ord("?")) | open_frame | (found == 1 << Term.CODING), 0, after)
    calls.clash[chosen] = clash


def _start(found: NDArray[np.int32], mitochondrial: bool) -> NDArray[np.int32]:
    """Mitochondria start with several codons: whether one is kept is open without a sequence."""
    if not mitochondrial:
        return np.full(found.size, 1 << Term.START_LOST, dtype=np.int32)
    return np.full(found.size, _START, dtype=np.int32)


def _residues(
    models: Models, owner: Ints, codon: Ints, length: Ints, mitochondrial: bool
) -> tuple[NDArray[np.uint8], Flags]:
    """Residue bytes, and whether they come from a bundled protein."""
    begin = models.protein[owner]
    has = begin >= 0
    residue = np.where(has, models.residues[np.where(has, begin + codon, 0)], _UNKNOWN)
    last = (codon == length // 3 - 1) & (length % 3 == 0) & (not mitochondrial)
    return np.where(last, _STOP, residue).astype(np.uint8), has


def _by_reference(
    sequences: Sequences,
    owner: Ints,
    x: Ints,
    ref: Ints,
    alt: Ints,
    residue: NDArray[np.uint8],
    from_protein: Flags,
    mitochondrial: bool,
) -> tuple[Flags, NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint8], Flags]:
    """Translate the codon of the reference genome. Masks of 0 where it cannot tell."""
    unique, which = np.unique(owner, return_inverse=True)
    texts = [sequences.coding(int(transcript)) for transcript in unique]
    sizes = np.array([len(text) for text in texts], dtype=np.int64)
    flat = np.frombuffer(("".join(texts) + "NNN").encode(), dtype=np.uint8)
    starts = (np.cumsum(sizes) - sizes)[which]
    at = starts + x - x % 3
    told = (sizes[which] > 0) & (x - x % 3 + 3 <= sizes[which])
    letters = BASE_CODE[flat[np.where(told, at, 0)[:, None] + np.arange(3)]]
    told &= (letters >= 0).all(axis=1)
    weights = np.array([16, 4, 1])
    place = x % 3
    present = letters[np.arange(x.size), place]
    wrong = told & (present != ref)
    before_code = (np.maximum(letters, 0) * weights).sum(axis=1)
    after_code = before_code + (alt - present) * weights[place]
    table = _translation(mitochondrial)
    before, after = table[before_code], table[np.clip(after_code, 0, 63)]
    # A stop codon inside a protein whose bundled residue is selenocysteine is read as that.
    before = np.where(from_protein & (residue == ord("U")) & (before == _STOP), ord("U"), before)
    term = np.select(
        [
            (before == _STOP) & (after == _STOP),
            before == _STOP,
            after == _STOP,
            before == after,
        ],
        [Term.STOP_RETAINED, Term.STOP_LOST, Term.STOP_GAINED, Term.SYNONYMOUS],
        default=Term.MISSENSE,
    )
    found = np.where(told & ~wrong, 1 << term, 0)
    return told, found.astype(np.int32), before.astype(np.uint8), after.astype(np.uint8), wrong


def _translation(mitochondrial: bool) -> NDArray[np.uint8]:
    table = code(mitochondrial)
    codons = [first + second + third for first in "ACGT" for second in "ACGT" for third in "ACGT"]
    return np.frombuffer("".join(table[codon] for codon in codons).encode(), dtype=np.uint8)
