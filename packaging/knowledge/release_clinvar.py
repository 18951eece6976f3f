"""An official ClinVar release (NCBI's ``clinvar.vcf.gz``, GRCh38) as table ``clinvar``, for update packs."""

import gzip
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl
from build_clinvar import entries
from common import Origin, write_table
from sites import both, codes, pack

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.liftover import Liftover

_COLUMNS = ("chrom", "pos", "ref", "alt", "id", "significance", "review", "gene", "conditions", "mondo")
_PIECE = 100_000
"""Records."""
_UNSAID = {"not_provided", "not_specified"}


def build(release: Path, out: Path) -> None:
    """Write ``clinvar`` with every class and star; alleles that are not plain bases are counted, not kept.

    Raises:
        SystemExit: the file is not ClinVar's VCF for GRCh38.
    """
    date = _date(release)
    frame = _frame(release)
    if frame.is_empty():
        raise SystemExit(f"{release.name} holds no classified variant.")
    frame = frame.with_columns(
        codes(frame["chrom"]).alias("chrom"),
        pl.col("pos").cast(pl.Int64),
        pl.col("id").cast(pl.UInt32),
    )
    rows = entries(frame)
    print(f"ClinVar {date}: {frame.height:,} records, {rows.height:,} kept")
    table = pack(both(rows, Liftover(Bundle()), Build.GRCH38))
    write_table("clinvar", table, _origin(date), out)


def _frame(release: Path) -> pl.DataFrame:
    """Every record; made in pieces, as millions of Python's tuples would fill the memory."""
    rows, schema = _rows(release), dict.fromkeys(_COLUMNS, pl.String)
    pieces = [pl.DataFrame(schema=schema)]
    while piece := list(islice(rows, _PIECE)):
        pieces.append(pl.DataFrame(piece, orient="row", schema=schema))
    return pl.concat(pieces)


def _origin(date: str) -> Origin:
    return Origin(
        source="ClinVar (NCBI), full release",
        release=date,
        licence="public domain",
        builder="release_clinvar",
        description="All classes. GRCh38 positions from ClinVar, GRCh37 lifted.",
    )


def _date(release: Path) -> str:
    """The release's date, once the header says that this is ClinVar on GRCh38."""
    head = {}
    with gzip.open(release, "rt", encoding="utf-8") as handle:
        for line in handle:
            if not line.startswith("##"):
                break
            name, _, value = line[2:].rstrip("\n").partition("=")
            head.setdefault(name, value)
    if head.get("source", "").lower() != "clinvar" or head.get("reference") != "GRCh38":
        raise SystemExit(
            f"{release.name} is not ClinVar's VCF for GRCh38 (see its ##source and ##reference)."
        )
    return head.get("fileDate", "unknown")


def _rows(release: Path) -> Iterator[tuple[str, ...]]:
    """The columns of every germline record, as text."""
    with gzip.open(release, "rt", encoding="utf-8") as handle:
        for line in handle:
            if line.startswith("#"):
                continue
            chrom, pos, identifier, ref, alt, _, _, text = line.rstrip("\n").split("\t")[:8]
            info = dict(item.split("=", 1) for item in text.split(";") if "=" in item)
            if alt == "." or "CLNSIG" not in info:
                continue
            yield (
                chrom,
                pos,
                ref,
                alt,
                identifier,
                info["CLNSIG"].replace("_", " ").replace("|", "; "),
                info.get("CLNREVSTAT", ""),
                info.get("GENEINFO", "").split(":", 1)[0],
                "|".join(n.replace("_", " ") for n in info.get("CLNDN", "").split("|") if n not in _UNSAID),
                "|".join(re.findall(r"MONDO:MONDO:(\d+)", info.get("CLNDISDB", ""))),
            )
