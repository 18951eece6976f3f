"""Sample columns to numbers: all samples of a block in one pass, one FORMAT at a time."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from genoai_desktop.vcf.genotypes import GenotypeTable, encode

WANTED = ("GT", "DP", "MIN_DP", "GQ", "RGQ", "PS", "AD", "RO", "AO", "CN", "REPCN", "MC")
Index = NDArray[np.int64]


@dataclass(slots=True)
class SampleValues:
    """Text of the fields of interest, sample after sample: entry ``sample * rows + row``."""

    rows: int
    fields: pl.DataFrame
    genotypes: GenotypeTable

    def text(self, name: str) -> pl.Series | None:
        """One field, None where no FORMAT of the block has it."""
        return self.fields[name] if name in self.fields.columns else None

    def columns(self, samples: int, take: Index, allele: Index) -> list[pl.Series]:
        """The ``s{i}_*`` columns of the table for output rows ``take`` (row) and ``allele`` (1-based)."""
        at, alleles = self._all(samples, take), np.tile(allele, samples)
        table = self.genotypes
        codes = table.codes[at]
        dosage = pl.Series("d", table.dosage(codes, alleles))
        reference, alternate = self._reads(at, alleles)
        long = {
            "dosage": pl.select(pl.when(dosage >= 0).then(dosage)).to_series(),
            "called": pl.Series(table.called[codes]),
            "ploidy": pl.Series(table.ploidy[codes]),
            "strand": pl.Series(table.strand(codes, alleles)),
            "ps": self._number("PS", at, pl.Int32),
            "dp": self._number("DP", at, pl.Int32),
            "gq": self._quality(at, ("GQ", "RGQ")),
            "ad_ref": reference,
            "ad_alt": alternate,
        }
        return _apart(long, samples, len(take))

    def block_columns(self, samples: int, take: Index) -> list[pl.Series]:
        """``s{i}_gt`` (0 reference, null otherwise), ``s{i}_dp`` (the lowest known), ``s{i}_gq``."""
        at, table = self._all(samples, take), self.genotypes
        zero = (table.alleles == 0).sum(axis=1) == table.ploidy
        reference = pl.Series((zero & (table.ploidy > 0))[table.codes[at]])
        lowest = self._number("MIN_DP", at, pl.Int32)
        long = {
            "gt": pl.select(pl.when(reference).then(pl.lit(0, dtype=pl.Int8))).to_series(),
            "dp": lowest.zip_with(lowest.is_not_null(), self._number("DP", at, pl.Int32)),
            "gq": self._quality(at, ("GQ", "RGQ")),
        }
        return _apart(long, samples, len(take))

    def _all(self, samples: int, take: Index) -> Index:
        if samples == 1:
            return take
        return (np.arange(samples)[:, None] * self.rows + take[None, :]).ravel()

    def _number(self, name: str, at: Index, dtype: type[pl.DataType]) -> pl.Series:
        text = self.text(name)
        if text is None:
            return pl.Series(name, [None], dtype=dtype).new_from_index(0, len(at))
        return text.gather(at).cast(dtype, strict=False)

    def _quality(self, at: Index, names: tuple[str, ...]) -> pl.Series:
        found = pl.Series("q", [None], dtype=pl.Int16).new_from_index(0, len(at))
        for name in names:
            if self.text(name) is not None:
                value = self._number(name, at, pl.Float32).clip(0, 32767).round().cast(pl.Int16, strict=False)
                found = found.zip_with(found.is_not_null(), value)
        return found

    def _reads(self, at: Index, allele: Index) -> tuple[pl.Series, pl.Series]:
        """Reads of the reference and of the allele: AD, else freebayes' RO and AO."""
        text = self.text("AD")
        if text is None:
            return self._number("RO", at, pl.Int32), self._nth("AO", at, allele - 1)
        parts = text.gather(at).str.split_exact(",", 1).struct.unnest().cast(pl.Int32, strict=False)
        reference, alternate = parts["field_0"], parts["field_1"]
        if len(allele) and allele.max() > 1:
            later = np.flatnonzero(allele > 1)
            alternate = alternate.scatter(later, self._nth("AD", at[later], allele[later]))
        return reference, alternate

    def _nth(self, name: str, at: Index, index: Index) -> pl.Series:
        text = self.text(name)
        if text is None:
            return pl.Series(name, [None], dtype=pl.Int32).new_from_index(0, len(at))
        frame = pl.DataFrame({"t": text.gather(at), "i": index})
        chosen = pl.col("t").str.split(",").list.get(pl.col("i"), null_on_oob=True)
        return frame.select(chosen.cast(pl.Int32, strict=False)).to_series()


def _apart(long: dict[str, pl.Series], samples: int, rows: int) -> list[pl.Series]:
    """One column per sample out of each column over all samples."""
    return [
        column.slice(i * rows, rows).alias(f"s{i}_{name}")
        for i in range(samples)
        for name, column in long.items()
    ]


def read_samples(frame: pl.DataFrame, count: int) -> SampleValues:
    """``frame``: columns ``format`` and ``g0`` .. ``g{count-1}`` as text."""
    rows = frame.height
    if not count or not rows:
        return SampleValues(rows, pl.DataFrame(), encode(pl.Series([], dtype=pl.String)))
    long = pl.concat([frame[f"g{i}"].alias("v") for i in range(count)])
    formats = frame["format"].unique().to_list()
    if len(formats) == 1:
        fields = _fields(long, formats[0])
    else:
        fields = _grouped(frame["format"], long, formats, count)
    values = (
        fields["GT"]
        if "GT" in fields.columns
        else pl.Series("GT", [None], dtype=pl.String).new_from_index(0, len(long))
    )
    return SampleValues(rows, fields, encode(values))


def _grouped(column: pl.Series, long: pl.Series, formats: list[str | None], count: int) -> pl.DataFrame:
    tiled = pl.concat([column.alias("f")] * count) if count > 1 else column.alias("f")
    parts: list[pl.DataFrame] = []
    for form in formats:
        mask = tiled.is_null() if form is None else tiled == form
        at = mask.arg_true()
        parts.append(_fields(long.gather(at), form).with_columns(at.alias("#")))
    return pl.concat(parts, how="diagonal").sort("#").drop("#")


def _fields(values: pl.Series, form: str | None) -> pl.DataFrame:
    keys = (form or ".").split(":")
    wanted = {key: place for place, key in reversed(list(enumerate(keys))) if key in WANTED}
    if not wanted:
        return pl.DataFrame({"GT": pl.Series([None], dtype=pl.String).new_from_index(0, len(values))})
    parts = values.str.split_exact(":", max(*wanted.values(), 1)).struct.unnest()
    return parts.select(pl.col(f"field_{place}").alias(key) for key, place in wanted.items())
