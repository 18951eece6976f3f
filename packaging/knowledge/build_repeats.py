"""Pathogenic short tandem repeats: reference region in both builds, normal and pathogenic lengths."""

import json
from pathlib import Path
from typing import Any

import polars as pl
from common import OUT, Origin, write_table

CODES = {**{str(n): n for n in range(1, 23)}, "X": 23, "Y": 24}
SCHEMA = {
    "locus": pl.String,
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
