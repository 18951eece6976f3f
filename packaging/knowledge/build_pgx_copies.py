"""Compile the regions by which read depth gives the copies of CYP2D6 (``pgx_copy_number``).

Sources: exons of CYP2D6 and CYP2D7 and the control genes on both builds (gene table of PyPGx 0.27, MIT;
UCSC/RefSeq facts), and the exon 9 conversion to CYP2D7 as the CYP2D6 allele table states it (*83), which
names bases that tell gene from pseudogene. Intervals are 0-based, half open. The method that reads them
follows Chen 2021 (Cyrius, doi:10.1038/s41397-020-00205-5): depth of gene and pseudogene together against
stable regions, corrected for GC, divided between the two by bases that differ.
"""

import csv
from itertools import pairwise
from pathlib import Path
from typing import Any

from common import OUT, Origin, write_document

ORIGIN = Origin(
    "PyPGx 0.27 gene and allele tables (CYP2D6, CYP2D7, control genes VDR, EGFR, RYR1)",
    "PyPGx 0.27.0",
    "MIT (facts)",
    "packaging/knowledge/build_pgx_copies.py",
    description="Regions and bases from which read depth gives copies of CYP2D6",
)
BUILDS = ("GRCh37", "GRCh38")
CONTROLS = ("VDR", "EGFR", "RYR1")
"""PyPGx's control genes: of stable copy number, and together of a GC content that spans CYP2D6's."""
WINDOW, STEP = 2000, 3000
LENGTHS = {
    "GRCh37": {"7": 159138663, "12": 133851895, "19": 59128983, "22": 51304566},
    "GRCh38": {"7": 159345973, "12": 133275309, "19": 58617616, "22": 50818468},
}
"""Chromosome lengths: the build of a reads file is told by them."""
CONVERTED = "*83"
"""Exon 9 as in CYP2D7, the rest CYP2D6 (PharmVar)."""
HYBRIDS = [
    {"names": "*36, *61, *63, *83", "change": 8, "gene_first": True, "odds": 0.2},
    {"names": "*68", "change": 1, "gene_first": True, "odds": 0.05},
    {"names": "*13", "change": 1, "gene_first": False, "odds": 0.005},
]
"""Forms with a name (PharmVar), the block after which they change, and rough odds before the reads are seen:
*36 is on about every fifth East Asian chromosome, *68 on about 5 % of European ones, *13 is rare."""
SHORT_EXON_1 = 40
"""Bases of exon 1 next to its splice site before CYP2D7's inserted base shifts the two apart."""

Interval = tuple[int, int]


def exons(row: dict[str, str], build: str) -> list[Interval]:
    """Exons from the left, 0-based half open."""
    starts, ends = (row[f"{build}Exon{part}"].strip(",").split(",") for part in ("Starts", "Ends"))
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def same_lengths(gene: list[Interval], paralog: list[Interval]) -> list[Interval]:
    """The pseudogene's exons cut to the gene's lengths, held at the splice sites (minus strand)."""
    found = [
        (end - (e - s), end) if number == 0 else (start, start + e - s)
        for number, ((s, e), (start, end)) in enumerate(zip(gene, paralog, strict=True))
    ]
    if any(b - a != e - s for (a, b), (s, e) in zip(found[1:-1], paralog[1:-1], strict=True)):
        raise ValueError("An inner exon of CYP2D7 is not as long as CYP2D6's")
    return found


def blocks_of(parts: list[Interval]) -> list[Interval]:
    """Each exon with half of each neighbouring intron."""
    middles = [(parts[i][1] + parts[i + 1][0]) // 2 for i in range(len(parts) - 1)]
    edges = [parts[0][0], *middles, parts[-1][1]]
    return list(pairwise(edges))


def blocks(genes: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    """Exon 1 to 9 in the direction of transcription, with what can be compared base by base."""
    found: list[dict[str, Any]] = [{"part": f"exon {number}"} for number in range(1, 10)]
    for build in BUILDS:
        own = exons(genes["CYP2D6"], build)
        other = same_lengths(own, exons(genes["CYP2D7"], build))
        compared = [list(map(list, pair)) for pair in zip(own, other, strict=True)]
        (start, _), (begin, _) = own[-1], other[-1]
        compared[-1] = [[start, start + SHORT_EXON_1], [begin, begin + SHORT_EXON_1]]
        sides = zip(blocks_of(own), blocks_of(other), compared, strict=True)
        for entry, (gene, paralog, pair) in zip(reversed(found), sides, strict=True):
            entry[build] = {"gene": list(gene), "paralog": list(paralog), "compared": pair}
    return found


def controls(genes: dict[str, dict[str, str]], build: str) -> list[list[Any]]:
    """Windows of the control genes: chromosome, start, end."""
    found = []
    for name in CONTROLS:
        chromosome, _, span = genes[name][f"{build}Region"].partition(":")
        start, _, end = span.partition("-")
        found += [[chromosome, at, at + WINDOW] for at in range(int(start), int(end) - WINDOW, STEP)]
    return found


def converted_bases(folder: Path, offset: dict[str, int]) -> list[dict[str, Any]]:
    """Bases of exon 9 that only the conversion to CYP2D7 brings, on both builds (0-based)."""
    with (folder / "allele-table.csv").open() as handle:
        rows = [row for row in csv.DictReader(handle) if row["Gene"] == "CYP2D6"]
    found: dict[str, dict[str, tuple[int, str, str]]] = {}
    for build in BUILDS:
        named = {row["StarAllele"]: set(row[f"{build}Core"].split(",")) for row in rows}
        others = set().union(*(v for k, v in named.items() if not named[CONVERTED] <= v))
        for text in sorted(named[CONVERTED] - others):
            _, position, ref, alt = text.split("-")
            key = str(int(position) - offset[build])
            found.setdefault(key, {})[build] = (int(position) - 1, ref, alt)
    return [
        {"gene_base": pair["GRCh38"][1], "paralog_base": pair["GRCh38"][2], "part": "exon 9"}
        | {build: pair[build][0] for build in BUILDS}
        for pair in found.values()
        if len(pair) == len(BUILDS)
    ]


def tables(source: Path) -> dict[str, Any]:
    """The document."""
    folder = source / "pgx" / "pypgx_0.27"
    with (folder / "gene-table.csv").open() as handle:
        genes = {row["Gene"]: row for row in csv.DictReader(handle)}
    offset = {build: exons(genes["CYP2D6"], build)[0][0] for build in BUILDS}
    return {
        "CYP2D6": {
            "chromosome": "22", "paralog": "CYP2D7", "blocks": blocks(genes),
            "controls": {build: controls(genes, build) for build in BUILDS},
            "bases": converted_bases(folder, offset), "lengths": LENGTHS, "hybrids": HYBRIDS,
            "source": "Chen 2021 doi:10.1038/s41397-020-00205-5",
        }
    }  # fmt: skip


def build(source: Path, out: Path = OUT) -> None:
    """Write ``pgx_copy_number``."""
    found = tables(source)
    write_document("pgx_copy_number", found, sum(len(gene["blocks"]) for gene in found.values()), ORIGIN, out)
