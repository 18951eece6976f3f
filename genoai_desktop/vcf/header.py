"""The header: meta-information lines, their declarations, the column line (VCF 4.0 to 4.5, section 1)."""

import re
from pathlib import Path

from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.declared import Header
from genoai_desktop.vcf.meta import MetaReader
from genoai_desktop.vcf.notes import Notes
from genoai_desktop.vcf.source import refuse

COLUMNS = ("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO")
_VERSION = re.compile(r"##fileformat=VCFv(\d+)\.(\d+)\s*$")
_KNOWN = {(4, minor) for minor in range(6)}


def parse_header(lines: list[str], path: Path, notes: Notes) -> Header:
    """Read the header's lines (the last is the column line); UserError when it is not a VCF header."""
    header = Header(lines=len(lines), text="\n".join(lines))
    _version(lines[0] if lines else "", header, path, notes)
    reader = MetaReader(header, notes)
    for number, line in enumerate(lines[1:-1], start=2):
        reader.read(line, number)
    _columns(lines, header, path, notes)
    return header


def _version(line: str, header: Header, path: Path, notes: Notes) -> None:
    remedy = tr("Choose a VCF file; if this is one, ask for a new export with its header.")
    if line.lstrip().lower().startswith(("<!doctype", "<html")):
        raise refuse(
            path,
            tr("This is a web page, not a VCF."),
            tr("Download the file again."),
            line=1,
            code="vcf.html",
        )
    match = _VERSION.match(line)
    if match is None:
        if line.startswith("##fileformat="):
            what = tr("The version in '##fileformat=' cannot be read.")
            raise refuse(
                path, what, tr("Expected VCFv4.0 to VCFv4.5."), line=1, name="fileformat", code="vcf.version"
            )
        what = tr("The first line is not '##fileformat=VCFv4.x'.")
        raise refuse(path, what, remedy, line=1, name="fileformat", code="vcf.fileformat")
    header.version = (int(match[1]), int(match[2]))
    if header.version[0] < 4:
        what = tr("The file is VCF {major}.{minor}, older than 4.0.", major=match[1], minor=match[2])
        raise refuse(
            path, what, tr("Convert it to VCF 4.2 or later."), line=1, name="fileformat", code="vcf.version"
        )
    if header.version not in _KNOWN:
        text = tr(
            "VCF {major}.{minor} is not known; read by the rules of 4.5.", major=match[1], minor=match[2]
        )
        notes.warn("vcf.version", text, line=1, name="fileformat")
    if line.rstrip() != line:
        notes.info("vcf.meta-space", tr("Space at the end of the line."), line=1, name="fileformat")


def _columns(lines: list[str], header: Header, path: Path, notes: Notes) -> None:
    number, line = len(lines), lines[-1] if lines else ""
    remedy = tr("Columns are, separated by tabs: {columns}.", columns=" ".join(COLUMNS))
    if not line.startswith("#CHROM") or line.startswith("##"):
        what = tr("The column line '#CHROM POS ID ...' is missing.")
        raise refuse(path, what, remedy, line=number or 1, name="#CHROM", code="vcf.no-columns")
    names = line.split("\t")
    if len(names) < 8 and " " in line:
        what = tr("Columns are separated by spaces, not tabs.")
        raise refuse(path, what, remedy, line=number, name="#CHROM", code="vcf.spaces")
    if tuple(names[:8]) != COLUMNS:
        what = tr("The eight fixed columns are not as the specification has them.")
        raise refuse(path, what, remedy, line=number, name="#CHROM", code="vcf.columns")
    if len(names) > 8 and names[8] != "FORMAT":
        what = tr("The ninth column must be FORMAT.")
        raise refuse(path, what, remedy, line=number, name="FORMAT", code="vcf.columns")
    header.has_format = len(names) > 8
    header.samples = tuple(names[9:])
    if header.has_format and not header.samples:
        notes.warn(
            "vcf.no-samples", tr("There is a FORMAT column and no sample."), line=number, name="FORMAT"
        )
    if not header.samples and not header.has_format:
        notes.info(
            "vcf.sites-only",
            tr("The file has no sample: sites without genotypes."),
            line=number,
            name="#CHROM",
        )
    _sample_names(header, number, path, notes)


def _sample_names(header: Header, number: int, path: Path, notes: Notes) -> None:
    if len(set(header.samples)) != len(header.samples):
        what = tr("Two samples have the same name.")
        remedy = tr("Give every sample a name of its own.")
        raise refuse(path, what, remedy, line=number, name="samples", code="vcf.duplicate-sample")
    if "" in header.samples:
        what = tr("A sample has no name (two tabs in a row, or one at the end).")
        raise refuse(
            path, what, tr("Name every sample."), line=number, name="samples", code="vcf.empty-sample"
        )
    for name in header.samples:
        if len(name) > 1000:
            notes.warn(
                "vcf.sample-name",
                tr("A sample's name is longer than 1,000 letters."),
                line=number,
                name="samples",
            )
        if name != name.strip() or any(ord(letter) < 32 for letter in name):
            text = tr("A sample's name has spaces around it or control characters.")
            notes.warn("vcf.sample-name", text, line=number, name="samples")
        if any(mark in name for mark in ("<", ">", "/", "\\", "..")):
            text = tr(
                "A sample's name holds characters of paths or mark-up; it is only ever shown as plain text."
            )
            notes.warn("vcf.sample-name-marks", text, line=number, name="samples")
