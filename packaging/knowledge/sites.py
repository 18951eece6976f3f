"""Sites of both builds in few bytes: what the builders of variant tables share.

A row has its position on GRCh37 (``pos37``), on GRCh38 (``pos38``) or on both, and one pair of
alleles that holds on both. ``pack`` stores differences between rows; ``knowledge.sites`` unpacks.
"""

from pathlib import Path

import build_liftover
import polars as pl

from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.knowledge.bundle import MANIFEST, Bundle
from genoai_desktop.knowledge.liftover import Liftover

_SNV = {ref + alt: a * 4 + b for a, ref in enumerate("ACGT") for b, alt in enumerate("ACGT") if a != b}
LONG = 16


def opened(source: Path, out: Path) -> Liftover:
    """The liftover of the bundle in ``out``, built first where it is not there yet."""
    if not (out / MANIFEST).exists() or "liftover_37_38" not in Bundle([out]).tables:
        build_liftover.build(source, out)
    return Liftover(Bundle([out]))


def codes(chrom: pl.Series) -> pl.Series:
    """Chromosome names to codes."""
    names = chrom.unique().to_list()
    return chrom.replace_strict(names, [chromosome_code(name) for name in names], return_dtype=pl.UInt8)


def trim(pos: int, ref: str, alt: str) -> tuple[int, str, str]:
    """Drop shared bases, first at the end, then at the start, leaving at least one in each allele."""
    while len(ref) > 1 and len(alt) > 1 and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while len(ref) > 1 and len(alt) > 1 and ref[0] == alt[0]:
        pos, ref, alt = pos + 1, ref[1:], alt[1:]
    return pos, ref, alt


def trimmed(frame: pl.DataFrame) -> pl.DataFrame:
    """Replace ``pos ref alt`` by the trimmed ones, upper case."""
    rows = [trim(*row) for row in frame.select("pos", pl.col("ref", "alt").str.to_uppercase()).iter_rows()]
    new = pl.DataFrame(rows, orient="row", schema={"pos": pl.Int64, "ref": pl.String, "alt": pl.String})
    return frame.with_columns(new["pos"], new["ref"], new["alt"])


def lifted(frame: pl.DataFrame, liftover: Liftover, source: Build) -> pl.DataFrame:
    """The same variants on the other build, columns ``chrom2 pos2 ref2 alt2`` (null when not liftable)."""
    rows = [
        liftover.variant(chrom, pos, ref, alt, source) or (None,) * 4
        for chrom, pos, ref, alt in frame.select("chrom", "pos", "ref", "alt").iter_rows()
    ]
    schema = {"chrom2": pl.UInt8, "pos2": pl.Int64, "ref2": pl.String, "alt2": pl.String}
    return frame.hstack(pl.DataFrame(rows, orient="row", schema=schema))


def both(frame: pl.DataFrame, liftover: Liftover, source: Build) -> pl.DataFrame:
    """``chrom pos37 pos38 ref alt`` and the other columns, from variants known on one build.

    A variant whose chromosome or strand changes gets one row per build.
    """
    here, there = ("pos37", "pos38") if source is Build.GRCH37 else ("pos38", "pos37")
    wide = lifted(frame, liftover, source)
    rest = [name for name in frame.columns if name not in {"chrom", "pos", "ref", "alt"}]
    same = (
        (pl.col("chrom") == pl.col("chrom2"))
        & (pl.col("ref") == pl.col("ref2"))
        & (pl.col("alt") == pl.col("alt2"))
    ).fill_null(value=False)
    none = pl.lit(None, dtype=pl.Int64)
    linked = wide.select(
        "chrom", pl.col("pos").alias(here), pl.when(same).then("pos2").alias(there), "ref", "alt", *rest
    )
    moved = wide.filter(~same & pl.col("chrom2").is_not_null()).select(
        pl.col("chrom2").alias("chrom"),
        none.alias(here),
        pl.col("pos2").alias(there),
        pl.col("ref2").alias("ref"),
        pl.col("alt2").alias("alt"),
        *rest,
    )
    return pl.concat([linked, moved]) if moved.height else linked


def joined(first: pl.DataFrame, second: pl.DataFrame, liftover: Liftover, rest: list[str]) -> pl.DataFrame:
    """Rows known natively on GRCh37 (``first``) and GRCh38 (``second``), linked where they are the same."""
    wide = lifted(first, liftover, Build.GRCH37)
    match = wide.join(
        second.select("chrom", pl.col("pos").alias("pos38"), "ref", "alt", *rest),
        left_on=["chrom2", "pos2", "ref2", "alt2", *rest],
        right_on=["chrom", "pos38", "ref", "alt", *rest],
        how="inner",
        nulls_equal=True,
        coalesce=True,
    ).filter(
        (pl.col("chrom") == pl.col("chrom2"))
        & (pl.col("ref") == pl.col("ref2"))
        & (pl.col("alt") == pl.col("alt2"))
    )
    linked = match.select(
        "chrom", pl.col("pos").alias("pos37"), pl.col("pos2").alias("pos38"), "ref", "alt", *rest
    )
    key = ["chrom", "ref", "alt"]
    only37 = first.rename({"pos": "pos37"}).join(linked, on=[*key, "pos37"], how="anti")
    only38 = second.rename({"pos": "pos38"}).join(linked, on=[*key, "pos38"], how="anti")
    return pl.concat([linked, only37, only38], how="diagonal")


def pack(frame: pl.DataFrame) -> pl.DataFrame:
    """Sort and store ``chrom pos37 pos38 ref alt`` as ``chrom step shift builds code ref alt``."""
    frame = (
        frame.with_columns(pl.col("pos37", "pos38").cast(pl.Int64))
        .with_columns(pl.coalesce("pos37", "pos38").alias("anchor"))
        .sort("chrom", "anchor", "ref", "alt", "pos38", nulls_last=True)
    )
    shift = (pl.col("pos38") - pl.col("pos37")).forward_fill().fill_null(0)
    code = (pl.col("ref") + pl.col("alt")).replace_strict(_SNV, default=LONG, return_dtype=pl.UInt8)
    builds = pl.col("pos37").is_not_null().cast(pl.UInt8) + 2 * pl.col("pos38").is_not_null().cast(pl.UInt8)
    rest = [n for n in frame.columns if n not in {"chrom", "pos37", "pos38", "ref", "alt", "anchor"}]
    return frame.with_columns(shift.alias("shift"), code.alias("code"), builds.alias("builds")).select(
        "chrom",
        pl.col("anchor").diff().fill_null(pl.col("anchor").first()).cast(pl.Int32).alias("step"),
        pl.col("shift").diff().fill_null(pl.col("shift").first()).cast(pl.Int32),
        pl.col("builds").cast(pl.UInt8),
        "code",
        pl.when(pl.col("code") == LONG).then("ref").alias("ref"),
        pl.when(pl.col("code") == LONG).then("alt").alias("alt"),
        *rest,
    )
