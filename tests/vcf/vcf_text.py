"""Small VCF texts for the tests of this folder."""

import gzip
from pathlib import Path

from genoai_desktop.domain.context import Silent
from genoai_desktop.vcf import load
from genoai_desktop.vcf.table import VariantTable

META = """##fileformat=VCFv4.2
##FILTER=<ID=q10,Description="low">
##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">
##INFO=<ID=AF,Number=A,Type=Float,Description="Frequency">
##INFO=<ID=END,Number=1,Type=Integer,Description="End">
##INFO=<ID=DB,Number=0,Type=Flag,Description="dbSNP">
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">
##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Quality">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">
##FORMAT=<ID=PS,Number=1,Type=Integer,Description="Phase set">
##contig=<ID=chr1,length=248956422>
##contig=<ID=chr2,length=242193529>
##contig=<ID=chrX,length=156040895>
"""


def vcf(*records: str, samples: tuple[str, ...] = ("S1",), meta: str = META) -> str:
    """A VCF text; records are written with spaces for tabs."""
    columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]
    columns += ["FORMAT", *samples] if samples else []
    return meta + "\t".join(columns) + "\n" + "".join("\t".join(r.split(" ")) + "\n" for r in records)


def write(folder: Path, text: str | bytes, name: str = "case.vcf") -> Path:
    """Write it, gzipped when the name ends so."""
    data = text.encode() if isinstance(text, str) else text
    path = folder / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def loaded(folder: Path, *records: str, samples: tuple[str, ...] = ("S1",), meta: str = META) -> VariantTable:
    """The table of such a text."""
    return load(write(folder, vcf(*records, samples=samples, meta=meta)), Silent())


def codes(table: VariantTable) -> set[str]:
    """Codes of the findings."""
    return {finding.code for finding in table.findings}
