"""Population frequency and ClinVar for every row of a table, vectorised and on trimmed alleles."""

from typing import Final

import numpy as np
import polars as pl

from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.frequency import Knowing, source_name
from genoai_desktop.knowledge.knowledge import Knowledge
from genoai_desktop.vcf.table import VariantTable

SITE: Final = ("chrom", "pos", "ref", "alt")


def _sites(table: VariantTable) -> pl.DataFrame:
    """``chrom pos ref alt`` of every row; of a file without records as well."""
    if not table.height:
        return pl.DataFrame(schema={"chrom": pl.UInt8, "pos": pl.UInt32, "ref": pl.String, "alt": pl.String})
    return table.frame.select(SITE)


def frequencies(table: VariantTable, knowledge: Knowledge, context: Context | None = None) -> pl.DataFrame:
    """``freq_kind freq_max freq_all freq_source``, row-aligned with ``table.frame``.

    The higher of the bundled and the file's own frequency counts. A listing that is not to be
    trusted has kind 0 (absent) and a source that says so: it must never remove a variant.

    Raises:
        Cancelled: when the person stopped the job.
    """
    context = context or Silent()
    known = knowledge.frequencies.lookup(_sites(table), table.build, context)
    context.check()
    highest = known["highest"].fill_null(np.nan).to_numpy()
    own = _own(table)
    best = np.fmax(highest, own)
    kind = known["kind"].to_numpy()
    kind = np.where(np.isnan(own), np.where(kind == Knowing.UNTRUSTED, 0, kind), Knowing.MEASURED)
    overall = np.where(
        np.isnan(known["overall"].fill_null(np.nan).to_numpy()), own, known["overall"].to_numpy()
    )
    context.check()
    sources = _sources(known["source"], np.isfinite(own))
    context.check()
    return pl.DataFrame(
        {
            "freq_kind": kind.astype(np.uint8),
            "freq_max": best.astype(np.float32),
            "freq_all": overall.astype(np.float32),
            "freq_source": sources,
        },
        nan_to_null=True,
    )


def _own(table: VariantTable) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    """Frequencies from the file's own annotation, NaN where it has none."""
    if "file_af" not in table.frame.columns:
        return np.full(table.height, np.nan, dtype=np.float32)
    return table.frame["file_af"].cast(pl.Float32).fill_null(np.nan).to_numpy()


def _sources(mask: pl.Series, own: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> pl.Series:
    """Source names as a categorical, ``the file's annotation`` added where the file speaks."""
    file_bit = 1 << 15
    combined = pl.Series(mask.to_numpy().astype(np.int32) | np.where(own, file_bit, 0), dtype=pl.Int32)
    values = combined.unique().to_list()
    names = [
        "; ".join(filter(None, (source_name(value), tr("the file's annotation") if value & file_bit else "")))
        for value in values
    ]
    return combined.replace_strict(values, names, return_dtype=pl.String).cast(pl.Categorical)


def clinvar(table: VariantTable, knowledge: Knowledge, context: Context | None = None) -> pl.DataFrame:
    """``clinvar_class clinvar_stars clinvar_index clinvar_dated``, row-aligned with ``table.frame``.

    Raises:
        Cancelled: when the person stopped the job.
    """
    return knowledge.clinvar.lookup(_sites(table), table.build, context).select(
        pl.col("class").alias("clinvar_class"),
        pl.col("stars").alias("clinvar_stars"),
        pl.col("index").alias("clinvar_index"),
        pl.col("dated").alias("clinvar_dated"),
    )
