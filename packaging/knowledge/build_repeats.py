"""Pathogenic short tandem repeats: reference region in both builds, normal and pathogenic lengths."""

import json
from pathlib import Path
from typing import Any

import polars as pl
from common import OUT, Origin, write_table

CODES = {**{str(n): n for n in range(1, 23)}, "X": 23, "Y": 24}
SCHEMA = {
    "locus": pl.String,
    "gene": pl.String,
    "diseases": pl.List(pl.String),
    "premutation": pl.List(pl.String),
    "disease": pl.String,
    "inheritance": pl.String,
    "unit": pl.String,
    "chrom": pl.UInt8,
    "start37": pl.UInt32,
    "end37": pl.UInt32,
    "start38": pl.UInt32,
    "end38": pl.UInt32,
    "normal_max": pl.UInt16,
    "pathogenic_min": pl.UInt16,
    "source": pl.String,
}
DISEASES = {
    "ABCD3": ("ORPHA:98897",),
    "AFF2": ("OMIM:309548",),
    "AR": ("OMIM:313200",),
    "ARX_EIEE": ("OMIM:308350",),
    "ATN1": ("OMIM:125370",),
    "ATXN1": ("OMIM:164400",),
    "ATXN10": ("OMIM:603516",),
    "ATXN2": ("OMIM:183090",),
    "ATXN3": ("OMIM:109150", "ORPHA:276238", "ORPHA:276241", "ORPHA:276244"),
    "ATXN7": ("OMIM:164500",),
    "ATXN8OS": ("OMIM:608768",),
    "BEAN1": ("OMIM:117210",),
    "C9ORF72": ("OMIM:600274", "ORPHA:275864", "ORPHA:275872", "ORPHA:401901", "ORPHA:803"),
    "CACNA1A": ("OMIM:183086",),
    "CNBP": ("OMIM:602668",),
    "CSTB": ("OMIM:254800",),
    "DAB1": ("OMIM:615945",),
    "DIP2B": ("OMIM:136630",),
    "DMPK": (
        "OMIM:160900", "ORPHA:589821", "ORPHA:589824", "ORPHA:589827", "ORPHA:589830", "ORPHA:589833",
    ),
    "EIF4A3": ("OMIM:268305",),
    "FGF14": ("OMIM:620174",),
    "FMR1": ("OMIM:300624",),
    "FOXL2": ("OMIM:110100",),
    "FXN": ("OMIM:229300",),
    "GIPC1": ("OMIM:618940", "ORPHA:98897"),
    "GLS": ("OMIM:618412",),
    "HOXD13": ("OMIM:186000", "OMIM:186300"),
    "HTT": ("OMIM:143100", "ORPHA:248111"),
    "JPH3": ("OMIM:606438",),
    "LRP12": ("OMIM:164310", "ORPHA:98897"),
    "NOP56": ("OMIM:614153",),
    "NOTCH2NLC": ("OMIM:603472", "OMIM:618866", "OMIM:619473", "ORPHA:98897"),
    "PABPN1": ("OMIM:164300", "ORPHA:270"),
    "PHOX2B": ("OMIM:209880", "ORPHA:99803"),
    "PPP2R2B": ("OMIM:604326",),
    "RAPGEF2": ("OMIM:618075",),
    "RFC1": ("OMIM:614575",),
    "RILPL1": ("OMIM:619790", "ORPHA:98897"),
    "RUNX2": ("OMIM:119600", "OMIM:156510"),
    "SAMD12": ("OMIM:601068",),
    "SOX3": ("OMIM:300123", "OMIM:312000"),
    "TBP": ("OMIM:607136",),
    "TBX1": ("OMIM:187500",),
    "TCF4": ("OMIM:613267", "ORPHA:98974"),
    "TNRC6A": ("OMIM:618074",),
    "XYLT1": ("OMIM:615777", "ORPHA:1425"),
    "ZFHX3": ("OMIM:600223",),
    "ZIC2": ("OMIM:609637",),
    "ZIC3": ("OMIM:314390",),
}  # fmt: skip
"""Which of a gene's diseases its repeat causes (OMIM and Orphanet numbers of the disorders that the
catalogue names in words); a repeat speaks for no other disease of its gene."""
PREMUTATION = {"FMR1": ("OMIM:300623", "OMIM:311360")}
"""Diseases of lengths between normal and fully expanded (GeneReviews NBK1384)."""


def build(source: Path, out: Path = OUT) -> None:
    """Write ``repeats``; intervals are 0-based half-open as in the catalogue."""
    folder = source / "repeats"
    old = {
        entry["LocusId"]: entry for entry in json.loads((folder / "variant_catalog_hg19.json").read_text())
    }
    new = {
        entry["LocusId"]: entry for entry in json.loads((folder / "variant_catalog_hg38.json").read_text())
    }
    rows = [_row(locus, old.get(locus), new.get(locus)) for locus in sorted(old.keys() | new.keys())]
    origin = Origin("STRchive-style catalogue of stranger", "0.10.2", "MIT", "build_repeats.py")
    write_table("repeats", pl.DataFrame(rows, schema=SCHEMA), origin, out)


def _row(locus: str, old: dict[str, Any] | None, new: dict[str, Any] | None) -> dict[str, Any]:
    entry = new or old or {}
    chrom, *span38 = _region(new)
    chrom37, *span37 = _region(old)
    return {
        "locus": locus,
        "gene": locus.split("_", maxsplit=1)[0],
        "diseases": list(DISEASES.get(locus, ())),
        "premutation": list(PREMUTATION.get(locus, ())),
        "disease": entry.get("Disease"),
        "inheritance": entry.get("InheritanceMode"),
        "unit": entry.get("DisplayRU") or entry.get("RepeatUnit"),
        "chrom": chrom or chrom37,
        "start37": span37[0],
        "end37": span37[1],
        "start38": span38[0],
        "end38": span38[1],
        "normal_max": _count(entry.get("NormalMax")),
        "pathogenic_min": _count(entry.get("PathologicMin")),
        "source": " ".join(str(entry[key]) for key in ("Source", "SourceId") if entry.get(key)) or None,
    }


def _count(value: Any) -> int | None:
    return int(value) if value is not None else None


def _region(entry: dict[str, Any] | None) -> tuple[int | None, int | None, int | None]:
    """The first reference region: the pathogenic repeat where a locus lists several."""
    if entry is None:
        return None, None, None
    region = entry["ReferenceRegion"]
    if isinstance(region, list):
        pathogenic = entry.get("PathologicRegion")
        region = pathogenic if isinstance(pathogenic, str) else region[0]
    chrom, span = region.split(":")
    start, end = span.split("-")
    return CODES.get(chrom.removeprefix("chr")), int(start), int(end)
