"""A polygenic score, its sites, and how one record of a file counts towards it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.text import later

Dosage = NDArray[np.float64]
_NONE_MISSING = np.zeros(1, dtype=np.bool_)
_COMPLEMENT = str.maketrans("ACGT", "TGCA")


class Loss(StrEnum):
    """Why a site of a score did not count."""

    ABSENT = later("not in the file")
    ALLELES = later("other alleles in the file")
    NO_POSITION = later("no position on this build")
    UNKNOWN_REFERENCE = later("inside a reference block, but which allele is the reference is not known")
    DUPLICATE = later("listed twice in the score")
    SEVERAL = later("several variants at the position and the score names one allele only")


@dataclass(frozen=True, slots=True)
class Site:
    """One variant of a score. ``other`` is empty when the file does not give it; positions are 1-based."""

    chrom: int
    pos: int
    effect: str
    other: str
    weight: float
    frequency: float | None = None
    group: str | None = None
    ref: str = ""
    """The reference base or bases on this build, empty when not known: what a reference block stands for."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Distribution of the raw score in a named population."""

    mean: float
    sd: float
    label: str


@dataclass(frozen=True, slots=True)
class Score:
    """Sites on one build (None: not stated), sites that have no position there, and the reference."""

    name: str
    build: Build | None
    sites: tuple[Site, ...]
    unplaced: int = 0
    reference: Reference | None = None
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Number of sites the score has, placed or not."""
        return len(self.sites) + self.unplaced


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """One VCF record at a site: alleles, copies of each (row 0 = reference) by sample, NaN = not called."""

    ref: str
    alts: tuple[str, ...]
    copies: Dosage
    """Shape (1 + alternates, samples). A haploid call on X counts twice (a man's one copy as two)."""
    complete: bool = False
    """Every sample has two called alleles: spares looking for missing ones."""


@dataclass(slots=True)
class Tally:
    """Running sums over the sites, one entry per sample."""

    samples: int
    score_sum: Dosage = field(init=False)
    dosage_sum: Dosage = field(init=False)
    allele_count: Dosage = field(init=False)
    uncalled: NDArray[np.int64] = field(init=False)
    matched: int = 0
    imputed: int = 0
    flipped: int = 0
    palindromic: int = 0
    losses: Counter[Loss] = field(default_factory=Counter)
    groups: dict[str, Dosage] = field(default_factory=dict)
    """Copies of the effect allele for sites with a ``group`` (HLA-DQ tags)."""

    def __post_init__(self) -> None:
        self.score_sum = np.zeros(self.samples)
        self.dosage_sum = np.zeros(self.samples)
        self.allele_count = np.zeros(self.samples)
        self.uncalled = np.zeros(self.samples, dtype=np.int64)

    def add(self, site: Site, records: Iterable[SiteRecord]) -> None:
        """Count one site whose records were found in the file."""
        records = list(records)
        if not site.other and len(records) > 1:
            self.lose(site, Loss.SEVERAL)
            return
        found = dosage(site, records)
        flipped = False
        if found is None and site.other and not palindromic(site):
            found = dosage(complement(site), records)
            flipped = found is not None
        if found is None:
            self.lose(site, Loss.ALLELES)
            return
        copies, called = found
        self.matched += 1
        self.flipped += flipped
        self.palindromic += palindromic(site)
        missing = np.isnan(copies) if len(records) > 1 or not records[0].complete else _NONE_MISSING
        if missing.any():
            self.uncalled += missing
            expected = 2 * site.frequency if site.frequency is not None else 0.0
            self.score_sum += site.weight * np.where(missing, expected, copies)
            copies = np.where(missing, 0.0, copies)
            called = np.where(missing, 0.0, called)
        else:
            self.score_sum += site.weight * copies
        self.dosage_sum += copies
        self.allele_count += called
        if site.group:
            self.groups[site.group] = copies

    def lose(self, site: Site, reason: Loss, *, absent_is_reference: bool = False) -> None:
        """A site without usable records: expected copies where the frequency is known, else nothing."""
        self.losses[reason] += 1
        if absent_is_reference and reason is Loss.ABSENT:
            return
        if site.frequency is not None:
            self.imputed += 1
            self.score_sum += site.weight * 2 * site.frequency


def from_block(site: Site, copies: Dosage) -> SiteRecord | None:
    """The record that a reference block stands for; ``copies`` of the reference by sample.

    None when it is not known which of the site's alleles is the reference.
    """
    alleles = {site.effect, site.other}
    if not site.ref or site.ref not in alleles or not site.other:
        return None
    alternate = site.other if site.ref == site.effect else site.effect
    none = np.where(np.isnan(copies), np.nan, 0.0)
    return SiteRecord(site.ref, (alternate,), np.stack((copies, none)))


def palindromic(site: Site) -> bool:
    """A/T or C/G: the strand cannot be told from the alleles; taken as written, never flipped."""
    return bool(site.other) and site.effect.translate(_COMPLEMENT) == site.other and len(site.effect) == 1


def complement(site: Site) -> Site:
    """The site on the other strand. Only single bases and equal-length changes are complemented."""
    effect, other, ref = (text.translate(_COMPLEMENT) for text in (site.effect, site.other, site.ref))
    return Site(site.chrom, site.pos, effect, other, site.weight, site.frequency, site.group, ref)


def dosage(site: Site, records: Iterable[SiteRecord]) -> tuple[Dosage, Dosage] | None:
    """Copies of the effect allele and number of called alleles by sample; None when no record fits.

    Several records of one position (split multi-allelic) count together: copies of the reference are
    those that no record gives to an alternate.
    """
    records = [record for record in records if _fits(site, record)]
    if not records:
        return None
    exact = [record for record in records if site.effect in record.alts]
    if exact:
        record = exact[0]
        return record.copies[1 + record.alts.index(site.effect)], _called(record)
    record = records[0]
    if record.complete and len(records) == 1 and site.effect == record.ref:
        return record.copies[0], _called(record)
    called = record.copies.sum(axis=0)
    if site.effect != record.ref:
        return np.where(np.isnan(called), np.nan, 0.0), called
    alternate = sum((r.copies[1:].sum(axis=0) for r in records[1:]), record.copies[1:].sum(axis=0))
    return np.maximum(called - alternate, 0.0), called


def _called(record: SiteRecord) -> Dosage:
    """Number of called alleles by sample."""
    return np.full(record.copies.shape[1], 2.0) if record.complete else record.copies.sum(axis=0)


def _fits(site: Site, record: SiteRecord) -> bool:
    alleles = (record.ref, *record.alts)
    if not site.other:
        return site.effect in alleles
    if not record.alts:  # the position was seen, and is reference in everybody
        return record.ref in (site.effect, site.other)
    return {site.effect, site.other} <= set(alleles)


def z_score(raw: float, reference: Reference) -> float:
    """Standard deviations above the reference population's mean."""
    return (raw - reference.mean) / reference.sd


def haplotype_interactions(
    groups: Mapping[str, Dosage],
    ranks: Mapping[str, int],
    pairs: Iterable[tuple[str, str, float]],
    samples: int,
) -> Dosage:
    """Sum of pairwise HLA-DQ terms (Sharp 2019): at most two haplotypes, the most common first.

    A tag with two copies is a pair with itself; terms add to the additive weights.
    """
    beta = {frozenset((a, b)): value for a, b, value in pairs}
    result = np.zeros(samples)
    for i in range(samples):
        carried = sorted(
            (ranks.get(name, 99), name, round(float(copies[i]))) for name, copies in groups.items()
        )
        called = [name for _, name, count in carried for _ in range(count)][:2]
        if len(called) == 2:
            result[i] = beta.get(frozenset(called), 0.0)
    return result
