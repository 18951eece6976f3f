"""The sex that the genotypes on X show, from two measures that fail in different ways.

The heterozygous *share* of alternates on X is near 0 in males and about 0.6 in females, but means nothing
in a file from which homozygous calls were removed. The *rate* of heterozygotes on X per autosomal one is
about 0.02 to 0.03 in females and near 0 in males (paralogues leave a few), but means nothing in a file
whose X was covered otherwise than the autosomes (a gene panel). They must not contradict each other.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from genoai_desktop.analysis.quality.columns import autosomal, on_x, substitution, unfailed
from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.table import VariantTable

MINIMUM_SITES: Final = 20
MALE_SHARE: Final = 0.20
FEMALE_SHARE: Final = 0.35
MINIMUM_AUTOSOMAL: Final = 2_000
"""Autosomal heterozygotes below which the rate is not looked at."""
MALE_RATE: Final = 0.004
FEMALE_RATE: Final = 0.010
FILTERED: Final = 5.0
"""Autosomal heterozygotes per homozygous alternate above which homozygotes were evidently removed."""


@dataclass(frozen=True, slots=True)
class SexFromX:
    """``share``: heterozygous share of the ``sites`` substitutions on X outside PAR, None without any."""

    sex: Sex
    share: float | None
    sites: int
    note: str


def sex_from_x(table: VariantTable, index: int) -> SexFromX:
    """What the genotypes of the sample in column ``index`` (0-based) show."""
    dosage, called = pl.col(f"s{index}_dosage"), pl.col(f"s{index}_called")
    needed = table.frame.select("chrom", "pos", "kind", "filter", f"s{index}_dosage", f"s{index}_called")
    carried = needed.filter(substitution() & unfailed() & (dosage > 0))
    het = (called == 2) & (dosage == 1)
    on_chromosome = carried.filter(on_x(table.build))
    autosomes = carried.filter(autosomal())
    sites, x_het = on_chromosome.height, on_chromosome.filter(het).height
    share = x_het / sites if sites else None
    if share is None or sites < MINIMUM_SITES:
        note = tr("Too few variants on X ({count}) to infer sex.", count=sites)
        return SexFromX(Sex.UNKNOWN, share, sites, note)
    if on_chromosome.filter(called == 1).height > sites / 2:
        return SexFromX(Sex.MALE, share, sites, tr("The file calls X with one copy."))
    others = autosomes.filter(het).height
    removed = others > FILTERED * max(autosomes.height - others, 1) and others >= MINIMUM_AUTOSOMAL
    by_share = Sex.UNKNOWN if removed else _vote(share, MALE_SHARE, FEMALE_SHARE)
    by_rate = _vote(x_het / others, MALE_RATE, FEMALE_RATE) if others >= MINIMUM_AUTOSOMAL else Sex.UNKNOWN
    sex, note = _verdict(by_share, by_rate, removed)
    return SexFromX(sex, share, sites, note)


def _vote(value: float, male: float, female: float) -> Sex:
    if value <= male:
        return Sex.MALE
    return Sex.FEMALE if value >= female else Sex.UNKNOWN


def _verdict(by_share: Sex, by_rate: Sex, removed: bool) -> tuple[Sex, str]:
    """Sex and the reason for it."""
    if Sex.UNKNOWN not in (by_share, by_rate) and by_share is not by_rate:
        return Sex.UNKNOWN, tr("Share and number of heterozygous calls on X contradict each other.")
    sex = by_rate if by_share is Sex.UNKNOWN else by_share
    if sex is Sex.UNKNOWN:
        return sex, tr("Heterozygosity on X lies between what males and females show.")
    if removed:
        return sex, tr("Judged by the number of heterozygous calls on X: homozygous calls were removed.")
    if sex is Sex.MALE:
        return sex, tr("X is almost without heterozygous calls.")
    return sex, tr("X has heterozygous calls as autosomes do.")
