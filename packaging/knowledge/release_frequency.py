"""Frequencies from a VCF release (gnomAD or 1000 Genomes sites) laid over ``frequency_common``, for packs.

Alleles of the release get its numbers; all others keep what the bundle knows of them. Only alleles at or
above ``FLOOR`` are taken, as the analyses ask "is it common": absence stays no statement.
"""

from pathlib import Path

import polars as pl
import pysam
from common import Origin, write_table
from sites import both, codes, pack, trimmed

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.frequency import UPDATED_GNOMAD, UPDATED_THOUSAND_GENOMES
from genoai_desktop.knowledge.liftover import Liftover
from genoai_desktop.knowledge.sites import alleles, positions

FLOOR = 0.0001
HIGHEST = ("AF_grpmax", "AF_popmax", "grpmax_af", "popmax_af")
BITS = {"gnomAD": UPDATED_GNOMAD, "1000 Genomes": UPDATED_THOUSAND_GENOMES}
_CHR1 = {249250621: Build.GRCH37, 248956422: Build.GRCH38}
KEY = ["chrom", "pos37", "pos38", "ref", "alt"]


def build(release: Path, population: str, out: Path) -> None:
    """Write ``frequency_common``: the bundle's rows with the release's laid over them.

    Raises:
        SystemExit: the VCF does not say its build, or has no allele frequencies.
    """
    bundle = Bundle()
    new, date = _read(release, BITS[population], Liftover(bundle))
    old = _unpacked(bundle.table("frequency_common")).join(new, on=KEY, how="anti", nulls_equal=True)
    origin = Origin(
        source=f"{population} allele frequencies ({release.name}) over the program's table",
        release=date,
        licence="gnomAD CC0 1.0; 1000 Genomes and HGDP open data",
        builder="release_frequency",
        description=f"Alleles at {FLOOR:.2%} or more of the release; the others as before.",
    )
    write_table("frequency_common", pack(pl.concat([new, old.select(new.columns)])), origin, out)


def _read(release: Path, bit: int, liftover: Liftover) -> tuple[pl.DataFrame, str]:
    rows = []
    with pysam.VariantFile(str(release)) as vcf:
        build_ = _build(vcf.header, release)
        highest = next((name for name in HIGHEST if name in vcf.header.info), None)
        if "AF" not in vcf.header.info:
            raise SystemExit(f"{release.name} has no INFO field AF.")
        date = next((r.value for r in vcf.header.records if r.key == "fileDate"), None) or release.name
        for record in vcf:
            if "AF" not in record.info or record.alts is None or record.ref is None:
                continue
            overall = _listed(record.info["AF"])
            top = _listed(record.info[highest]) if highest and highest in record.info else overall
            for alt, frequency, most in zip(record.alts, overall, top, strict=True):
                if frequency is not None and max(frequency, most or 0) >= FLOOR:
                    rows.append(
                        (record.chrom, record.pos, record.ref, alt, max(frequency, most or 0), frequency)
                    )
    schema = {"chrom": pl.String, "pos": pl.Int64, "ref": pl.String, "alt": pl.String}
    frame = pl.DataFrame(rows, orient="row", schema=schema | {"af_max": pl.Float64, "af_all": pl.Float64})
    plain = pl.col("ref").str.contains("^[ACGTacgt]+$") & pl.col("alt").str.contains("^[ACGTacgt]+$")
    frame = frame.with_columns(codes(frame["chrom"])).filter(plain & (pl.col("chrom") > 0))
    frame = trimmed(frame).unique(["chrom", "pos", "ref", "alt"], keep="first", maintain_order=True)
    frame = frame.select(
        "chrom",
        "pos",
        "ref",
        "alt",
        pl.lit(bit, dtype=pl.UInt16).alias("source"),
        pl.col("af_max", "af_all").round_sig_figs(4).cast(pl.Float32),
    )
    return both(frame, liftover, build_).with_columns(pl.col("pos37", "pos38").cast(pl.Int64)), str(date)


def _listed(value: object) -> tuple[float | None, ...]:
    return value if isinstance(value, tuple) else (value,)  # type: ignore[return-value]


def _build(header: pysam.VariantHeader, release: Path) -> Build:
    for name in ("1", "chr1"):
        if name in header.contigs and header.contigs[name].length in _CHR1:
            return _CHR1[header.contigs[name].length]
    raise SystemExit(f"{release.name} does not state the length of chromosome 1, so its build is not known.")


def _unpacked(packed: pl.DataFrame) -> pl.DataFrame:
    """The opposite of ``sites.pack``."""
    bases = [alleles(*row) for row in packed.select("code", "ref", "alt").iter_rows()]
    here = {
        name: pl.Series(name, positions(packed, build_), dtype=pl.Int64)
        for name, build_ in (("pos37", Build.GRCH37), ("pos38", Build.GRCH38))
    }
    return packed.select(
        "chrom",
        *(pl.when(values > 0).then(values).alias(name) for name, values in here.items()),
        pl.Series("ref", [ref for ref, _ in bases]),
        pl.Series("alt", [alt for _, alt in bases]),
        pl.col("source").cast(pl.UInt16),
        "af_max",
        "af_all",
    )
