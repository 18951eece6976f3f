"""What a base change does to a codon, from the codon itself or from the residue it codes for.

Without a sequence, a residue, the place in its codon and the reference base leave a set of possible
codons; the class of change is certain when every codon of the set gives the same one.
Codes: NCBI translation tables 1 (standard) and 2 (vertebrate mitochondrial).
"""

from functools import cache
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genoai_desktop.analysis.annotation.terms import Term

BASES: Final = "ACGT"
_ORDER: Final = "TCAG"
_STANDARD: Final = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
_MITOCHONDRIAL: Final = "FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNKKSS**VVVVAAAADDEEGGGG"
MITOCHONDRIAL_STARTS: Final = frozenset({"ATG", "ATA", "ATT", "ATC", "GTG"})
UNKNOWN: Final = "X"
SELENOCYSTEINE: Final = "U"

_NAMES: Final = "AlaArgAsnAspCysGlnGluGlyHisIleLeuLysMetPheProSerThrTrpTyrValSecTerXaa"
THREE_LETTERS: Final = {
    letter: _NAMES[at * 3 : at * 3 + 3] for at, letter in enumerate("ARNDCQEGHILKMFPSTWYVU*X")
}


@cache
def code(mitochondrial: bool = False) -> dict[str, str]:
    """Codon (DNA, transcript strand) to one-letter residue, ``*`` for stop."""
    letters = _MITOCHONDRIAL if mitochondrial else _STANDARD
    return dict(zip(map("".join, product(_ORDER, repeat=3)), letters, strict=True))


@cache
def codons_of(residue: str, mitochondrial: bool = False) -> tuple[str, ...]:
    """Codons that a residue may have; for ``X`` every sense codon."""
    if residue == SELENOCYSTEINE:
        return ("TGA",)
    table = code(mitochondrial)
    if residue == UNKNOWN:
        return tuple(codon for codon, letter in table.items() if letter != "*")
    return tuple(codon for codon, letter in table.items() if letter == residue)


def translate(sequence: str, mitochondrial: bool = False) -> str:
    """Residues of whole codons; ``X`` for a codon with another letter than ACGT."""
    table = code(mitochondrial)
    return "".join(table.get(sequence[at : at + 3], UNKNOWN) for at in range(0, len(sequence) - 2, 3))


def change(before: str, after: str) -> Term:
    """The class of a change of one residue (``*`` stop)."""
    if before == "*":
        return Term.STOP_RETAINED if after == "*" else Term.STOP_LOST
    if after == "*":
        return Term.STOP_GAINED
    return Term.SYNONYMOUS if before == after else Term.MISSENSE


def possible(residue: str, place: int, ref: str, alt: str, mitochondrial: bool) -> tuple[int, str]:
    """(mask of possible terms, the new residue or ``?``) of ``ref`` > ``alt`` at ``place`` (0..2) of a codon.

    Both are 1 or more bases inside one codon on the transcript strand. The mask is 0 when ``ref``
    contradicts the residue.
    """
    mask, results = 0, set()
    table = code(mitochondrial)
    for codon in codons_of(residue, mitochondrial):
        if codon[place : place + len(ref)] == ref:
            after = table[codon[:place] + alt + codon[place + len(ref) :]]
            before = table[codon] if residue == UNKNOWN else residue
            results.add(after)
            mask |= 1 << change(before, after)
    return mask, results.pop() if len(results) == 1 else "?"


@cache
def outcome_tables(mitochondrial: bool) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """``possible`` for every (residue byte, place, ref, alt) as arrays of shape (128, 3, 4, 4)."""
    masks = np.zeros((128, 3, 4, 4), dtype=np.int32)
    residues = np.full((128, 3, 4, 4), ord("?"), dtype=np.uint8)
    for letter, place, ref, alt in product(THREE_LETTERS, range(3), range(4), range(4)):
        if ref != alt:
            mask, after = possible(letter, place, BASES[ref], BASES[alt], mitochondrial)
            masks[ord(letter), place, ref, alt] = mask
            residues[ord(letter), place, ref, alt] = ord(after)
    return masks, residues
