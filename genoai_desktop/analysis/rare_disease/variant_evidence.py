"""What one allele's own evidence says for or against it, in natural log odds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from genoai_desktop.domain.provenance import Citation
from genoai_desktop.domain.rare import Contribution
from genoai_desktop.domain.text import tr

EFFECT = {3: 3.0, 2: 0.8, 1: -1.5, 0: -3.0}
"""Log odds by impact. From how often published causal variants and the rare variants of one exome have
each impact: about 45 % against 3 % for high, 50 % against 60 % for moderate."""
LOW, LOW_INDEL = 1, -3.0
"""Bases inserted or deleted near a splice site: one exome has 86 of unknown frequency in the genes of known
diseases (runs of one base, mostly), 3,250 published cases none."""
FIFTH_BASE = 0.0
"""The fifth base of an intron, against other places near a splice site: 0.9 below a missense change."""
OPEN_STOP, OPEN_ANY, OPEN_SILENT = 1.4, 0.4, -0.8
"""Log odds where the codon is not known: a stop or missense; a stop, missense or synonymous; missense or
synonymous. Against a heterozygous missense change 0.5, -0.3 and -2.0 more, from 3,250 published cases and one
exome: a causal change is hardly ever a synonymous one."""
CLINVAR = {5: 5.0, 4: 4.0, 6: 0.5, 3: 0.0, 2: -3.0, 1: -4.0}
"""ClinVar classes: pathogenic, likely pathogenic, conflicting, uncertain, likely benign, benign."""
MODERATE = 2
FEW_STARS = 0.6
"""Share of ClinVar's weight that an entry with less than two stars, or a dated one, keeps."""
DOMINANT_FREQUENCY = ((1e-5, 1.0), (1e-4, 0.0), (1e-3, -2.0), (1.0, -5.0))
RECESSIVE_FREQUENCY = ((1e-4, 0.8), (1e-3, 0.4), (5e-3, -0.8), (1.0, -3.0))
"""Log odds by the highest measured population frequency (first bound that is not exceeded)."""
LOF_DOMINANT = ((0.35, 1.5), (0.6, 0.7), (1.0, -0.3), (10.0, -1.5))
"""Log odds of a high-impact allele in dominant disease by LOEUF (gnomAD v2.1.1; Karczewski et al. 2020)."""
LOSS_KNOWN = 0.7
"""At least so much where Gene2Phenotype names the loss of one copy as the mechanism: mild and late diseases
leave no trace in the population's tolerance."""
MISSENSE_DOMINANT = ((0.0, -1.0), (1.0, 0.0), (3.09, 0.4), (100.0, 1.0))
"""Log odds of a missense allele in dominant disease by the gene's missense z score (3.09: ExAC's bound)."""
LOSS_SEEN = ((1e-3, 0.0), (1e-2, -0.7), (0.1, -2.0), (1.0, -3.0))
"""Log odds of a loss of function by insertion or deletion whose frequency the bundle lacks, by the highest
frequency of any in the gene (gnomAD v2.1.1): few such changes are listed one by one, and where one is
common, it is mostly that one. One in a hundred genes has a common one (10 %), but 4 of 21 such findings of
one exome lie in these."""
ABSENT, LISTED_DOMINANT, LISTED_RECESSIVE = 0.8, -3.0, -1.2
"""Not in the bundled frequencies (absence is not rarity); listed in gnomAD without a number, which means
2 in 10,000 or more: so are 2 % of the causal alleles of published cases and half of an exome's rare ones."""


@dataclass(frozen=True, slots=True)
class Allele:
    """One kept allele of one gene: the annotation that scoring needs."""

    row: int
    gene: str
    chrom: int
    pos: int
    consequence: str
    impact: int
    freq_kind: int
    freq_max: float | None
    clinvar_class: int
    clinvar_stars: int
    clinvar_dated: bool
    loeuf: float | None = None
    missense_z: float | None = None
    record: int = -1
    """Index of the record in its file; alleles of one record share it. -1 when not known."""
    end: int = 0
    """Last base, 1-based; 0 for the small variants, where ``pos`` says enough."""
    deletes: bool = False
    """Whether sequence from ``pos`` to ``end`` is missing."""
    own: tuple[tuple[Contribution, ...], tuple[Contribution, ...]] | None = None
    """Reasons of a structural change or a repeat, for dominant and for recessive disease."""
    only: frozenset[int] | None = None
    """The diseases (by index) that the allele can explain; None for all of its gene."""
    missense: Contribution | None = None
    """What the missense model says of it."""
    described: bool = True
    """Whether a disease of the gene is known."""
    seen_before: tuple[Contribution, Contribution] | None = None
    """What the clinic's earlier cases say against it, in dominant and in recessive disease."""
    indel: bool = False
    """Whether bases are inserted or deleted."""
    misfit: bool = False
    """Whether the reference of this build differs from the transcript here."""
    loss_known: bool = False
    """Whether losing one copy of the gene is known to cause a disease."""
    loss_frequency: float | None = None
    """Highest population frequency of any predicted loss of function of the gene."""

    @classmethod
    def read(
        cls,
        row: int,
        gene: str,
        effect: tuple[str, int],
        site: Mapping[str, Any],
        constraint: tuple[float | None, float | None] = (None, None),
    ) -> "Allele":
        """From a row of table and annotation together."""
        return cls(
            row,
            gene,
            site["chrom"],
            site["pos"],
            effect[0],
            effect[1],
            site["freq_kind"],
            site["freq_max"],
            site["clinvar_class"],
            site["clinvar_stars"] or 0,
            bool(site["clinvar_dated"]),
            *constraint,
            record=site.get("record", -1),
            indel=len(site.get("ref") or "") != len(site.get("alt") or ""),
        )

    @property
    def unseen(self) -> bool:
        """Not in the bundled population data."""
        return self.freq_kind == 0

    def known_pathogenic(self) -> bool:
        """Pathogenic or likely pathogenic in ClinVar, not from the dated release."""
        return self.clinvar_class in (4, 5) and not self.clinvar_dated


def evidence(allele: Allele, *, recessive: bool, use_clinvar: bool) -> tuple[Contribution, ...]:
    """Effect, frequency and ClinVar. A known pathogenic allele is never pushed down by its frequency."""
    known = use_clinvar and allele.known_pathogenic()
    before = (allele.seen_before[recessive],) if allele.seen_before is not None and not known else ()
    if allele.own is not None:
        return (*allele.own[recessive], *_structural_frequency(allele, recessive), *before)
    found = [
        Contribution(
            "variant",
            allele.gene,
            _effect(allele),
            tr("Effect: {what}", what=(allele.consequence or "?").replace("_", " ")),
        )
    ]
    found += _tolerance(allele, recessive)
    if allele.missense is not None:
        found.append(allele.missense)
    frequency, text = _frequency(allele, recessive)
    if known:
        frequency = max(frequency, 0.0)
    found.append(Contribution("variant", allele.gene, frequency, text))
    found += [] if known else _loss_seen(allele)
    if use_clinvar and allele.clinvar_class:
        value = CLINVAR[allele.clinvar_class]
        if allele.clinvar_stars < 2 or allele.clinvar_dated:
            value *= FEW_STARS
        found.append(
            Contribution(
                "variant",
                allele.gene,
                value,
                tr(
                    "ClinVar: {word}, {stars} stars",
                    word=clinvar_word(allele.clinvar_class),
                    stars=allele.clinvar_stars,
                ),
                Citation("ClinVar"),
            )
        )
    return (*found, *before)


def _effect(allele: Allele) -> float:
    words = allele.consequence
    if allele.impact == LOW and allele.indel:
        return LOW_INDEL
    if words == "splice_donor_5th_base_variant" and not allele.indel:
        return FIFTH_BASE
    if allele.impact != MODERATE or " or " not in words or "missense" not in words:
        return EFFECT[allele.impact]
    if "stop_gained" in words:
        return OPEN_ANY if "synonymous" in words else OPEN_STOP
    return OPEN_SILENT if "synonymous" in words else EFFECT[MODERATE]


def _structural_frequency(allele: Allele, recessive: bool) -> tuple[Contribution, ...]:
    """Frequencies of structural alleles come from the file alone; the bundle has none."""
    if allele.freq_kind != 2 or allele.freq_max is None:
        return ()
    value, text = _frequency(allele, recessive)
    return (Contribution("variant", allele.gene, value, text),)


def _tolerance(allele: Allele, recessive: bool) -> list[Contribution]:
    """Whether the gene bears such a change in one copy; silent in recessive disease."""
    if recessive:
        return []
    if allele.impact == 3 and allele.loeuf is not None:
        value = next(value for bound, value in LOF_DOMINANT if allele.loeuf <= bound)
        text = tr("The gene's tolerance of losing one copy (LOEUF {value})", value=f"{allele.loeuf:.2f}")
        if allele.loss_known and value < LOSS_KNOWN:
            text = tr("Losing one copy of the gene is known to cause a disease")
            return [Contribution("variant", allele.gene, LOSS_KNOWN, text, Citation("Gene2Phenotype"))]
    elif allele.impact == MODERATE and allele.missense_z is not None:
        value = next(value for bound, value in MISSENSE_DOMINANT if allele.missense_z <= bound)
        text = tr("The gene's tolerance of missense changes (z {value})", value=f"{allele.missense_z:.1f}")
    else:
        return []
    return [Contribution("variant", allele.gene, value, text, Citation("gnomAD", version="v2.1.1"))]


def _loss_seen(allele: Allele) -> list[Contribution]:
    """Whether a loss of function of unknown frequency may be one that many people have."""
    seen = allele.loss_frequency
    if seen is None or not (allele.impact == 3 and allele.indel and allele.unseen):
        return []
    value = next(value for bound, value in LOSS_SEEN if seen <= bound)
    if not value:
        return []
    text = tr("A loss of function of this gene is seen in the population at {value}", value=f"{seen:.2g}")
    return [Contribution("variant", allele.gene, value, text, Citation("gnomAD", version="v2.1.1"))]


def _frequency(allele: Allele, recessive: bool) -> tuple[float, str]:
    if allele.freq_kind == 2 and allele.freq_max is not None:
        bounds = RECESSIVE_FREQUENCY if recessive else DOMINANT_FREQUENCY
        value = next(value for bound, value in bounds if allele.freq_max <= bound)
        return value, tr("Highest population frequency: {value}", value=f"{allele.freq_max:.2g}")
    if allele.freq_kind == 1:
        value = LISTED_RECESSIVE if recessive else LISTED_DOMINANT
        return value, tr("Listed in a population database: at least 2 in 10,000, without a number")
    return ABSENT, tr("Not in the bundled population data (which do not cover everything)")


def clinvar_word(code: int) -> str:
    """The class in words."""
    return {
        1: tr("benign"),
        2: tr("likely benign"),
        3: tr("uncertain significance"),
        4: tr("likely pathogenic"),
        5: tr("pathogenic"),
        6: tr("conflicting"),
    }[code]
