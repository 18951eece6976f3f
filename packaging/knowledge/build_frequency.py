"""Population frequencies: three tables that keep number, bare listing and absence apart.

``frequency_common`` holds gnomAD's listing and every number that owes nothing to ExAC,
``frequency_exac`` the rows ExAC contributed to (ODbL, attributed), and ``frequency_1000g``
the five superpopulations of the 1000 Genomes 30x sites.
"""

from pathlib import Path

import polars as pl
from common import Origin, write_table
from sites import both, codes, joined, opened, pack, trimmed

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge.liftover import Liftover

SOURCES = {
    "gnomAD2.1.1ex": 1,
    "gnomAD2.1.1ex(multiallelic)": 2,
    "1000G_akt_wes": 4,
    "1000G_akt_wgs": 4,
    "1000G_vbid_100k": 4,
    "1000G_vbid_exome": 4,
    "HGDP_vbid_100k": 8,
    "gnomAD2ex_summix": 16,
    "somalier_sites": 32,
    "ExAC0.3": 64,
    "ExAC0.3(nonPASS)": 128,
}
"""The bits of column ``source``; ``knowledge.frequency`` names them."""
EXAC = 64 | 128
SUPERPOPULATIONS = ("AFR", "AMR", "EAS", "EUR", "SAS")


def build(source: Path, out: Path) -> None:
    """Write the three tables."""
    liftover = opened(source, out)
    folder = source / "frequency"
    merged = joined(
        _read(folder / "merged_common.GRCh37.tsv.gz"),
        _read(folder / "merged_common.GRCh38.tsv.gz"),
        liftover,
        ["source", "af_max", "af_all"],
    )
    exac = (pl.col("source") & EXAC) > 0
    listing = (pl.col("source") & 3) > 0
    without = merged.filter(~exac | listing).with_columns(
        pl.when(exac).then(pl.col("source") & 3).otherwise("source").alias("source"),
        pl.when(~exac).then("af_max").alias("af_max"),
        pl.when(~exac).then("af_all").alias("af_all"),
    )
    write_table("frequency_common", pack(without), _COMMON, out)
    write_table("frequency_exac", pack(merged.filter(exac)), _EXAC, out)
    write_table("frequency_1000g", pack(_thousand_genomes(folder, source / "ancestry", liftover)), _G1K, out)


def _read(path: Path) -> pl.DataFrame:
    frame = pl.read_csv(
        path, separator="\t", null_values=".", schema_overrides={"#chrom": pl.String, "pos": pl.Int64}
    )
    mask = {text: _mask(text) for text in frame["source"].unique().to_list()}
    frame = frame.select(
        codes(frame["#chrom"]).alias("chrom"),
        "pos",
        "ref",
        "alt",
        pl.col("source").replace_strict(mask, return_dtype=pl.UInt8),
        pl.col("af_max").round_sig_figs(4).cast(pl.Float32),
        pl.col("af_global").round_sig_figs(4).cast(pl.Float32).alias("af_all"),
    )
    return trimmed(frame.filter(pl.col("chrom") > 0)).unique(
        ["chrom", "pos", "ref", "alt"], maintain_order=True
    )


def _mask(text: str) -> int:
    """Bits of the sources in a comma-separated list; ``REFSWAP`` marks a mended row, not a source."""
    bits = 0
    for name in text.split(","):
        known = name.replace("(REFSWAP)", "")
        if known != "REFSWAP":
            bits |= SOURCES[known]
    return bits


def _thousand_genomes(folder: Path, ancestry: Path, liftover: Liftover) -> pl.DataFrame:
    """Superpopulation frequencies in units of 1/10000, each population weighted by its people."""
    people = pl.read_csv(ancestry / "samples_in_column_order.tsv", separator="\t")["population"]
    size = dict(people.value_counts().iter_rows())
    super_of = dict(
        pl.read_csv(folder / "pop2super.txt", separator="\t")
        .select("Population", "Superpopulation")
        .iter_rows()
    )
    frame = pl.read_csv(folder / "g1k_allele_freqs.txt.gz", separator="\t")
    identity = frame["VAR_ID"].str.split("_")
    groups = {
        name: [population for population in super_of if super_of[population] == name]
        for name in SUPERPOPULATIONS
    }
    means = [
        (pl.sum_horizontal(pl.col(p) * size[p] for p in members) / sum(size[p] for p in members) * 10_000)
        .round()
        .cast(pl.UInt16)
        .alias(name.lower())
        for name, members in groups.items()
    ]
    rows = frame.select(
        codes(frame["CHROM"]).alias("chrom"),
        pl.col("STOP").cast(pl.Int64).alias("pos"),
        identity.list.get(2).alias("ref"),
        identity.list.get(3).alias("alt"),
        *means,
    ).filter(pl.col("chrom") > 0)
    keep = trimmed(rows).unique(["chrom", "pos", "ref", "alt"], keep="first", maintain_order=True)
    return both(keep, liftover, Build.GRCH38)


_COMMON = Origin(
    source="gnomAD v2.1.1 exomes (listing, without numbers), 1000 Genomes phase 3, HGDP; merged 2026-11",
    release="2026-11",
    licence="gnomAD CC0 1.0; 1000 Genomes and HGDP open data",
    builder="build_frequency",
    description="Common variants on both builds. af_max null: listed only. GRCh38 REF not checked.",
)
_EXAC = Origin(
    source="ExAC v0.3 (Exome Aggregation Consortium), allele frequency over 10 % in autosomal exons",
    release="0.3",
    licence="Open Database License (ODbL) 1.0",
    builder="build_frequency",
    description="Rows to which ExAC contributed, kept apart because of their licence.",
)
_G1K = Origin(
    source="1000 Genomes Project, 30x resequencing (NYGC), 26 populations grouped into five",
    release="1.0.2",
    licence="Apache-2.0; 1000 Genomes open data",
    builder="build_frequency",
    description="Allele frequencies by superpopulation in units of 1/10000; GRCh37 lifted.",
)
