"""VEP ``CSQ``, SnpEff ``ANN`` and bcftools ``BCSQ`` to one row per (allele row, transcript)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from genoai_desktop.vcf.declared import Header

_COLUMNS = {
    "gene": ("SYMBOL", "HGNC", "Gene_Name", "gene"),
    "transcript": ("Feature", "Feature_ID", "transcript"),
    "consequence": ("Consequence", "Annotation", "consequence"),
    "hgvs_c": ("HGVSc", "HGVS.c"),
    "hgvs_p": ("HGVSp", "HGVS.p", "amino_acid_change"),
    "impact": ("IMPACT", "Annotation_Impact"),
}
_ALLELE = ("Allele", "ALT", "allele")
_BCSQ = ("consequence", "gene", "transcript", "biotype", "strand", "amino_acid_change", "dna_change")


@dataclass(frozen=True, slots=True)
class Format:
    """One annotation key of INFO and the names of its fields, in order."""

    key: str
    fields: tuple[str, ...]

    def place(self, names: tuple[str, ...]) -> int | None:
        """Index of the first of ``names`` that the file has."""
        lower = [name.lower() for name in self.fields]
        for name in names:
            if name.lower() in lower:
                return lower.index(name.lower())
        return None


def find_formats(header: Header) -> tuple[Format, ...]:
    """The annotation keys that the header declares, with their fields from the Description."""
    found = []
    for key in ("CSQ", "ANN", "BCSQ", "vep"):
        if (declared := header.info.get(key)) is None:
            continue
        match = re.search(r"(?:Format|annotations)\s*:\s*['\"]?\s*\[?([^'\"]+)", declared.description, re.I)
        fields = tuple(part.strip(" []'\"") for part in match[1].split("|")) if match else ()
        if key == "BCSQ":
            fields = _BCSQ
        if len(fields) > 2:
            found.append(Format(key, fields))
    return tuple(found)


def parse(
    form: Format, info: pl.Series, frame: pl.DataFrame, alts: pl.Series, is_frequency: Callable[[str], bool]
) -> tuple[pl.DataFrame, pl.Series]:
    """Rows of ``annotation`` (``row`` is the index into ``frame``) and the highest gnomAD frequency per row.

    ``info`` and ``alts`` are row-aligned with ``frame``; an entry belongs to the alternate that its
    allele field names, in VCF spelling (SnpEff) or without the shared first base (VEP).
    """
    value = info.str.extract(rf"(?:^|;){form.key}=([^;]+)")
    base = pl.DataFrame({"row": pl.int_range(frame.height, dtype=pl.UInt32, eager=True), "v": value})
    base = base.with_columns(frame["allele"], alts.alias("alts"), frame["alt"], frame["ref"]).drop_nulls("v")
    long = base.with_columns(pl.col("v").str.split(",")).explode("v", empty_as_null=True)
    parts = long["v"].str.split_exact("|", max(len(form.fields) - 1, 1)).struct.unnest()
    long = long.drop("v").hstack(parts)
    long = _belonging(form, long)
    columns = [_column(form, name, names) for name, names in _COLUMNS.items()]
    rows = long.select("row", *columns, pl.lit(form.key).alias("source"))
    return rows, _frequency(form, long, frame.height, is_frequency)


def _column(form: Format, name: str, names: tuple[str, ...]) -> pl.Expr:
    place = form.place(names)
    if place is None:
        return pl.lit(None, dtype=pl.String).alias(name)
    column = pl.col(f"field_{place}")
    return pl.when(column.is_in(["", "."])).then(None).otherwise(column).alias(name)


def _belonging(form: Format, long: pl.DataFrame) -> pl.DataFrame:
    """Only the entries of the row's own alternate."""
    several = pl.col("alts").str.contains(",", literal=True)
    number = form.place(("ALLELE_NUM",))
    if number is not None:
        same = pl.col(f"field_{number}") == pl.col("allele").cast(pl.String)
        return long.filter(~several | same.fill_null(True))
    place = form.place(_ALLELE)
    if place is None:
        return long if form.key != "BCSQ" else _by_change(long, several)
    named = pl.col(f"field_{place}")
    alternate = pl.col("alts").str.split(",").list.get(pl.col("allele").cast(pl.Int64) - 1, null_on_oob=True)
    short = alternate.str.slice(1)
    same = (named == alternate) | (named == short) | ((named == "-") & (short == ""))
    return long.filter(~several | same.fill_null(False))


def _by_change(long: pl.DataFrame, several: pl.Expr) -> pl.DataFrame:
    """BCSQ names no allele; its DNA change ends in the alternate (``123A>T``)."""
    change = pl.col("field_6").str.extract(r">([A-Z*]+)", 1)
    alternate = pl.col("alts").str.split(",").list.get(pl.col("allele").cast(pl.Int64) - 1, null_on_oob=True)
    return long.filter(~several | change.is_null() | (change == alternate))


def _frequency(
    form: Format, long: pl.DataFrame, height: int, is_frequency: Callable[[str], bool]
) -> pl.Series:
    places = [index for index, name in enumerate(form.fields) if is_frequency(name)]
    nothing = pl.Series("file_af", [None], dtype=pl.Float32).new_from_index(0, height)
    if not places or not long.height:
        return nothing
    values = [
        pl.col(f"field_{place}")
        .str.split("&")
        .list.eval(pl.element().cast(pl.Float32, strict=False))
        .list.max()
        for place in places
    ]
    best = (
        long.select("row", pl.max_horizontal(values).alias("af"))
        .drop_nulls()
        .group_by("row")
        .agg(pl.col("af").max())
    )
    if not best.height:
        return nothing
    return nothing.scatter(best["row"], best["af"].cast(pl.Float32))
