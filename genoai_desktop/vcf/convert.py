"""Checked rows to the columns of the VariantTable: split, trim, place, number."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from genoai_desktop.domain.genome import chromosome_code
from genoai_desktop.vcf.alleles import NON_REF, kinds, left_align, trim
from genoai_desktop.vcf.samples import SampleValues, read_samples
from genoai_desktop.vcf.table import Kind

Aligner = Callable[[str], Callable[[int], str] | None]
"""Contig name to a reader of its reference bases, or None when the reference lacks it."""


@dataclass(slots=True)
class Contigs:
    """Names in order of appearance, with their code."""

    names: list[str] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    _index: dict[str, int] = field(default_factory=dict)

    def index(self, name: str) -> int:
        """Index of ``name``, added when new."""
        found = self._index.get(name)
        if found is None:
            found = self._index[name] = len(self.names)
            self.names.append(name)
            self.codes.append(chromosome_code(name))
        return found

    def map(self, names: pl.Series) -> NDArray[np.uint16]:
        """Index of every name."""
        if not len(names):
            return np.zeros(0, dtype=np.uint16)
        distinct = names.unique(maintain_order=True).to_list()
        order = [self.index(name) for name in distinct]
        return names.replace_strict(distinct, order, return_dtype=pl.UInt16).to_numpy()


@dataclass(slots=True)
class Converted:
    """One block's share of the table. ``take``: row of the text frame behind each row of ``frame``."""

    frame: pl.DataFrame
    blocks: pl.DataFrame
    take: NDArray[np.int64]
    values: SampleValues


def convert(
    text: pl.DataFrame,
    ordinals: NDArray[np.int64],
    contigs: Contigs,
    samples: int,
    aligner: Aligner | None = None,
) -> Converted:
    """``text``: rows that passed the checks; ``ordinals``: index of each record in the file."""
    values = read_samples(text, samples)
    plain = text["alt"].is_null() | text["alt"].is_in([".", *NON_REF])
    take, allele, alt = _split(text, plain)
    frame = _frame(text, ordinals, contigs, take, allele, alt, aligner)
    columns = values.columns(samples, take, allele) if samples else []
    blocks = _blocks(text, contigs, values, samples, plain.arg_true().to_numpy().astype(np.int64))
    return Converted(frame.hstack(columns) if columns else frame, blocks, take, values)


def _split(text: pl.DataFrame, plain: pl.Series) -> tuple[NDArray[np.int64], NDArray[np.int64], pl.Series]:
    rows = (~plain).arg_true().to_numpy().astype(np.int64)
    alt = text["alt"].gather(rows)
    if not alt.str.contains(",", literal=True).any():
        return rows, np.ones(len(rows), dtype=np.int64), alt
    parts = alt.str.split(",")
    counts = parts.list.len().to_numpy().astype(np.int64)
    ends = np.cumsum(counts)
    allele = np.arange(ends[-1]) - np.repeat(ends - counts, counts) + 1
    return np.repeat(rows, counts), allele, parts.explode(empty_as_null=True)


def _frame(
    text: pl.DataFrame,
    ordinals: NDArray[np.int64],
    contigs: Contigs,
    take: NDArray[np.int64],
    allele: NDArray[np.int64],
    alt: pl.Series,
    aligner: Aligner | None,
) -> pl.DataFrame:
    chosen = text.select("chrom", "pos", "id", "ref", "qual", "filter", "info")
    if len(take) != text.height or (len(take) and take[-1] != text.height - 1):
        chosen = chosen[take]
    contig = contigs.map(chosen["chrom"])
    codes = np.array(contigs.codes, dtype=np.uint8)[contig] if len(contig) else np.zeros(0, np.uint8)
    position = chosen["pos"].cast(pl.Int64).to_numpy()
    ref, alt = upper(chosen["ref"]), upper_bases(alt)
    position, ref, alt = _trimmed(position, ref, alt, chosen["chrom"], aligner)
    kind = kinds(ref, alt)
    end = position + ref.str.len_bytes().to_numpy().astype(np.int64) - 1
    large = (kind == Kind.SYMBOLIC) | (kind == Kind.NON_REF)
    if large.any():
        stated = ends(chosen["info"]).fill_null(0).to_numpy()
        end = np.where(large & (stated >= position), stated, end)
    return pl.DataFrame(
        {
            "record": pl.Series(ordinals[take].astype(np.uint32)),
            "allele": pl.Series(allele.astype(np.uint16)),
            "chrom": pl.Series(codes),
            "contig": pl.Series(contig),
            "pos": pl.Series(position.astype(np.uint32)),
            "end": pl.Series(end.astype(np.uint32)),
            "ref": ref,
            "alt": alt,
            "kind": pl.Series(kind),
            "rsid": _dotted(chosen["id"]),
            "qual": chosen["qual"].cast(pl.Float32, strict=False),
            "filter": chosen["filter"].fill_null(".").cast(pl.Categorical),
        }
    )


def _dotted(column: pl.Series) -> pl.Series:
    return column.set(column == ".", None)


def upper(column: pl.Series) -> pl.Series:
    """Upper case where there is a lower-case letter at all."""
    return column.str.to_uppercase() if column.str.contains("[a-z]").any() else column


def upper_bases(column: pl.Series) -> pl.Series:
    """Alternates that are bases, in upper case; symbolic names stay as they are."""
    if not column.str.contains("[a-z]").any():
        return column
    frame = pl.DataFrame({"a": column})
    bases = pl.col("a").str.contains("^[ACGTNacgtn]+$")
    return frame.select(
        pl.when(bases).then(pl.col("a").str.to_uppercase()).otherwise(pl.col("a"))
    ).to_series()


def ends(info: pl.Series) -> pl.Series:
    """INFO/END as Int64, null where absent."""
    return info.str.extract(r"(?:^|;)END=(\d{1,10})(?:;|$)").cast(pl.Int64, strict=False)


def _trimmed(
    position: NDArray[np.int64], ref: pl.Series, alt: pl.Series, chrom: pl.Series, aligner: Aligner | None
) -> tuple[NDArray[np.int64], pl.Series, pl.Series]:
    frame = pl.DataFrame({"r": ref, "a": alt})
    r, a = pl.col("r"), pl.col("a")
    bases = a.str.contains("^[ACGTN]+$")
    long = (r.str.len_bytes() > 1) & (a.str.len_bytes() > 1)
    indel = r.str.len_bytes() != a.str.len_bytes()
    which = bases & (long | indel) if aligner else bases & long
    rows = frame.select(which.arg_true()).to_series().to_numpy().astype(np.int64)
    if not len(rows):
        return position, ref, alt
    position = position.copy()
    changed: list[int] = []
    refs: list[str] = []
    alts: list[str] = []
    names = chrom.gather(rows).to_list() if aligner else [""] * len(rows)
    for row, old_ref, old_alt, name in zip(
        rows.tolist(), ref.gather(rows).to_list(), alt.gather(rows).to_list(), names, strict=True
    ):
        place, new_ref, new_alt = trim(int(position[row]), old_ref, old_alt)
        if aligner and len(new_ref) != len(new_alt) and (base := aligner(name)) is not None:
            place, new_ref, new_alt = left_align(place, new_ref, new_alt, base)
        if (new_ref, new_alt) != (old_ref, old_alt) or place != position[row]:
            position[row] = place
            changed.append(row)
            refs.append(new_ref)
            alts.append(new_alt)
    if changed:
        ref, alt = ref.clone().scatter(changed, refs), alt.clone().scatter(changed, alts)
    return position, ref, alt


def _blocks(
    text: pl.DataFrame, contigs: Contigs, values: SampleValues, samples: int, take: NDArray[np.int64]
) -> pl.DataFrame:
    chosen = text.select("chrom", "pos", "ref", "info")[take]
    contig = contigs.map(chosen["chrom"])
    codes = np.array(contigs.codes, dtype=np.uint8)[contig] if len(contig) else np.zeros(0, np.uint8)
    start = chosen["pos"].cast(pl.Int64)
    last = start + chosen["ref"].str.len_bytes().cast(pl.Int64) - 1
    stated = ends(chosen["info"])
    end = stated.zip_with((stated >= start).fill_null(False), last)
    columns = values.block_columns(samples, take) if samples else []
    frame = pl.DataFrame({"chrom": codes, "start": start.cast(pl.UInt32), "end": end.cast(pl.UInt32)})
    return frame.hstack(columns) if columns else frame
