"""The variants of a case that in-house counts see: rare and coding, of the proband, by consent."""

import polars as pl

from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.cases.store import StoredVariant
from genoai_desktop.domain.case import Case, Scope

RAREST = 0.01
"""Highest population frequency (0..1) up to which a variant is kept."""
_CHANGES_PROTEIN = 2
"""``impact`` from which a variant is kept: moderate."""
_MOST = 20_000
COUNTED: StoredVariant = ("", 0, 0, "", "")
"""Kept with every case that is counted, so that one without a rare variant counts among the cases too."""


def rare_coding(case: Case, annotated: Annotated) -> tuple[StoredVariant, ...]:
    """The proband's rare variants that change a protein. ``annotated`` is what consent lets a person see.

    Counting one patient's variants for another's benefit is research use: without that consent, and for
    synthetic cases, there are none. Positions are 1-based, on the case's build.
    """
    sample = case.index.sample
    table = annotated.table
    if case.synthetic or not case.consent.allows(Scope.RESEARCH) or sample not in table.samples:
        return ()
    dosage = f"s{table.samples.index(sample)}_dosage"
    rare = pl.col("freq_max").is_null() | (pl.col("freq_max") < RAREST)
    joined = pl.concat(
        [
            table.frame.select("chrom", "pos", "ref", "alt", pl.col(dosage).alias("dosage")),
            annotated.variants.select("impact", "freq_max"),
        ],
        how="horizontal",
    )
    kept = joined.filter(
        (pl.col("impact") >= _CHANGES_PROTEIN)
        & rare
        & (pl.col("dosage") > 0)
        & (pl.col("chrom") > 0)
        & pl.col("alt").str.contains("^[ACGT]+$")
    ).head(_MOST)
    build = case.build.value
    return (COUNTED, *((build, *row) for row in kept.select("chrom", "pos", "ref", "alt").iter_rows()))
