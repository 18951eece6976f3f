"""How much a homozygous variant says: the more of its kind this person has by chance, the less.

Compared are 3,250 published cases of half of the genes (chosen by a hash of the symbol, genes weighing the
same) with one exome. A homozygous change without a known frequency is the cause in 15 % of the genes for
substitutions that end the protein, in 15 % for missense and in 12 % for frameshifts, a heterozygous missense
change in 34 %. By chance one exome has 180 such heterozygous missense changes in the genes of known
diseases, but very few homozygous ones, more when the parents are related; so this person's are counted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from math import log
from typing import Final

from genoai_desktop.analysis.annotation.regions import X
from genoai_desktop.analysis.rare_disease.variant_evidence import MODERATE, Allele
from genoai_desktop.domain.rare import Contribution
from genoai_desktop.domain.text import tr


class Kind(Enum):
    """Classes of change that differ in how often a person has them on both copies."""

    SUBSTITUTION = "substitution"
    LOSS = "loss by substitution"
    SHIFTED = "loss by insertion or deletion"
    IN_FRAME = "insertion or deletion in frame"


START: Final = {Kind.SUBSTITUTION: 4.4, Kind.LOSS: 2.2, Kind.SHIFTED: 2.0, Kind.IN_FRAME: 1.0}
"""Log odds against one het. missense change, beyond what the effect says, were one expected by chance."""
USUAL: Final = {Kind.SUBSTITUTION: 3.0, Kind.LOSS: 1.0, Kind.SHIFTED: 5.0, Kind.IN_FRAME: 10.0}
"""How many one person has in disease genes by chance, before this person was looked at; counts as one."""
OTHER_GENES: Final = 2.8
"""Genes without a described disease for every gene with one: so many more are found there by chance."""
LEAST, MOST = -3.0, 4.0
HIGH: Final = 3


def kind_of(allele: Allele) -> Kind:
    """The class of an allele."""
    if allele.impact == HIGH:
        return Kind.SHIFTED if allele.indel else Kind.LOSS
    return Kind.IN_FRAME if allele.indel else Kind.SUBSTITUTION


@dataclass(frozen=True, slots=True)
class Homozygous:
    """How many of each class the proband has on both autosomes without a known frequency, by whether a
    disease of the gene is described."""

    counts: Mapping[tuple[Kind, bool], int] = field(default_factory=dict)

    @classmethod
    def count(cls, alleles: Iterable[Allele], both: Iterable[int]) -> "Homozygous":
        """``both``: the rows of which no other copy is left."""
        rows = set(both)
        found = {
            (allele.row, allele.described): kind_of(allele)
            for allele in alleles
            if allele.row in rows
            and allele.chrom < X
            and allele.unseen
            and allele.impact >= MODERATE
            and allele.own is None
            and not allele.misfit
        }
        return cls(Counter((kind, described) for (_, described), kind in found.items()))

    def reason(self, allele: Allele) -> Contribution:
        """What it says that the allele is on both copies."""
        kind, described = kind_of(allele), allele.described
        others = max(self.counts.get((kind, described), 0) - int(allele.unseen), 0)
        expected = (USUAL[kind] + others / (1 if described else OTHER_GENES)) / 2
        value = min(max(START[kind] - log(expected), LEAST), MOST)
        if not others:
            return Contribution("inheritance", "", value, tr("Both copies are changed"))
        text = tr("Both copies are changed, as in {count} other genes of this person", count=others)
        return Contribution("inheritance", "", value, text)
