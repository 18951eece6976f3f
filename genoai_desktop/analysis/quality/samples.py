"""Figures of one sample: numbers, ratios, histograms and the sex that the genotypes show."""

from typing import Final

import polars as pl

from genoai_desktop.analysis.quality.columns import (
    autosomal,
    on_y,
    small,
    substitution,
    unfailed,
)
from genoai_desktop.analysis.quality.sex import sex_from_x
from genoai_desktop.domain.case import Case, Sex
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.quality import SampleQuality
from genoai_desktop.vcf.table import VariantTable

DEPTH_BIN: Final = 5
DEPTH_TOP: Final = 100
QUALITY_BIN: Final = 5
QUALITY_TOP: Final = 99
_TRANSITIONS: Final = ("AG", "GA", "CT", "TC")


def sample_quality(
    table: VariantTable, index: int, case: Case, context: Context | None = None
) -> SampleQuality:
    """Everything the Quality page shows of the sample in column ``index`` (0-based).

    Raises:
        Cancelled: when the person stopped the job.
    """
    context = context or Silent()
    name = table.samples[index]
    dosage, called, ploidy = (pl.col(f"s{index}_{part}") for part in ("dosage", "called", "ploidy"))
    carried = _carried(table, index)
    context.check()
    complete = carried.filter(autosomal() & (called == 2) & (ploidy == 2))
    complete_call = (called == ploidy) & (ploidy > 0)
    records = table.frame.select(pl.when(pl.col("allele") <= 1).then(complete_call)).to_series()
    context.check()
    on_chromosome_y = on_y(table.build) & substitution() & unfailed() & (called > 0)
    y_sites = int(table.frame.select(on_chromosome_y.sum()).item())
    context.check()
    shown = sex_from_x(table, index)
    depth, genotype_quality = _column(carried, f"s{index}_dp"), _column(carried, f"s{index}_gq")
    context.check()
    transition_transversion = _transitions(carried)
    context.check()
    return SampleQuality(
        sample=name,
        variants=carried.height,
        transition_transversion=transition_transversion,
        het_hom=_ratio(complete.filter(dosage == 1).height, complete.filter(dosage == 2).height),
        call_rate=_mean(records),
        mean_depth=_mean(depth),
        mean_genotype_quality=_mean(genotype_quality),
        depth_histogram=histogram(depth, DEPTH_BIN, DEPTH_TOP),
        quality_histogram=histogram(genotype_quality, QUALITY_BIN, QUALITY_TOP),
        x_heterozygosity=shown.share,
        inferred_sex=shown.sex,
        stated_sex=stated_sex(case, name),
        x_sites=shown.sites,
        y_sites=y_sites,
        sex_note=shown.note,
    )


def _carried(table: VariantTable, index: int) -> pl.DataFrame:
    """The rows of which the sample carries the alternate, with the columns that figures need."""
    own = [name for name in table.frame.columns if name.startswith(f"s{index}_")]
    needed = table.frame.select("chrom", "kind", "ref", "alt", *own)
    return needed.filter(small() & (pl.col(f"s{index}_dosage") > 0))


def stated_sex(case: Case, sample: str) -> Sex:
    """What the case says of the person whose sample this is."""
    return next((person.sex for person in case.persons if person.sample == sample), Sex.UNKNOWN)


def _transitions(carried: pl.DataFrame) -> float | None:
    changes = carried.filter(substitution() & (pl.col("chrom") > 0)).select(pl.col("ref") + pl.col("alt"))
    transitions = changes.filter(pl.nth(0).is_in(_TRANSITIONS)).height
    return _ratio(transitions, changes.height - transitions)


def histogram(values: pl.Series, width: int, top: int) -> tuple[tuple[int, int], ...]:
    """(lower edge, count) of every bin from 0; the last holds all from ``top`` on. Empty without values."""
    known = values.drop_nulls()
    if known.is_empty():
        return ()
    edges = known.cast(pl.Int64).clip(0, top) // width * width
    counts = dict(edges.value_counts().iter_rows())
    return tuple((edge, counts.get(edge, 0)) for edge in range(0, top + 1, width))


def _column(frame: pl.DataFrame, name: str) -> pl.Series:
    return frame[name] if name in frame.columns else pl.Series(name, [], dtype=pl.Int32)


def _ratio(first: int, second: int) -> float | None:
    return first / second if second else None


def _mean(values: pl.Series) -> float | None:
    mean = values.cast(pl.Float64).mean()
    return mean if isinstance(mean, float) else None
