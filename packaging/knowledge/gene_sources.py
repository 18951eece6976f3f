"""Readers of the official gene files, for ``build_genes``. All columns come as text."""

import csv
import gzip
import io
import re
from pathlib import Path

import polars as pl

from genoai_desktop.domain.genome import chromosome_code

KEPT_MARKS = {"S": "Signal peptide", "_H": "Transmembrane helix"}
"""Topology marks worth showing; extracellular and cytoplasmic sides (``_E``, ``_C``) are left out."""


def text_table(path: Path) -> pl.DataFrame:
    """A tab-separated file with a header line, every column as text."""
    return pl.read_csv(
        path, separator="\t", infer_schema_length=0, quote_char=None, truncate_ragged_lines=True
    )


def listed(column: str) -> pl.Expr:
    """HGNC's ``"a|b"`` as a list without quotes, empty when there is none."""
    return (
        pl.col(column)
        .fill_null("")
        .str.strip_chars('"')
        .str.split("|")
        .list.eval(pl.element().filter(pl.element() != ""))
    )


def number(column: str, name: str, digits: int = 3) -> pl.Expr:
    """A number rounded for compactness, null for ``NA``."""
    return pl.col(column).cast(pl.Float32, strict=False).round(digits).alias(name)


def csv_rows(path: Path, skip: int = 0) -> list[dict[str, str]]:
    """Rows of a gzipped comma-separated file, ``skip`` lines before its header left out."""
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as handle:
        lines = handle.read().split("\n", skip)[skip]
    return list(csv.DictReader(io.StringIO(lines)))


def exons_grch38(row: dict[str, str]) -> tuple[list[int], list[int]]:
    """1-based inclusive exon starts and ends of a bigGenePred row."""
    base = int(row["chromStart"])
    starts = [base + int(value) for value in row["blockStarts"].strip(",").split(",")]
    sizes = [int(value) for value in row["blockSizes"].strip(",").split(",")]
    ends = [start + size for start, size in zip(starts, sizes, strict=True)]
    return [start + 1 for start in starts], ends


def exons_grch37(row: dict[str, str]) -> tuple[list[int], list[int]]:
    """1-based inclusive exon starts and ends of a lifted genePred row."""
    starts = [int(value) + 1 for value in row["exonStarts0"].strip(",").split(",")]
    return starts, [int(value) for value in row["exonEnds"].strip(",").split(",")]


def canonical(contig: str) -> int:
    """Chromosome code of ``chr1`` style contigs; 0 for patches and alternate loci."""
    return 0 if "_" in contig else chromosome_code(contig)


def domains(path: Path) -> tuple[dict[str, list[tuple[int, int, str]]], dict[str, str]]:
    """First listed (canonical) transcript of a gene: residues (start, end, key), 1-based; and key names."""
    names: dict[str, str] = {}
    genes: dict[str, list[tuple[int, int, str]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            if line.startswith("## domain keys: "):
                names = dict(
                    re.findall(r"((?:\d+|PF\d+)) = (.+?)(?=; (?:\d+|PF\d+|_[^=]*|[A-Z]) = |$)", line.strip())
                )
            elif not line.startswith("#"):
                cells = line.rstrip("\n").split("\t")
                match = re.fullmatch(r"(.+)-2\d\d", cells[0])
                if match and match[1] not in genes:
                    genes[match[1]] = sorted(set(filter(None, map(_domain, cells[1:]))))
    return genes, names


def _domain(cell: str) -> tuple[int, int, str] | None:
    key, _, rest = cell.partition(";")
    if not re.fullmatch(r"\d+|PF\d+|S|_H", key) or rest.count(";") != 1:
        return None
    start, length = (int(value) for value in rest.split(";"))
    return start, start + length, key


def gene_places(path: Path) -> list[list[str]]:
    """Chromosome, 1-based start, length less one, identifier and symbol of every Ensembl gene."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        return [line.split("\t")[:5] for line in handle if not line.startswith("#")]
