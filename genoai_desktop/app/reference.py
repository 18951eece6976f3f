"""The clinic's own reference genome: set up once, then used for every file of its build."""

import gzip
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pysam

from genoai_desktop.analysis.annotation.reference_genome import ReferenceGenome, check_reference
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.domain.context import Context, shares
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.vcf.build import guess_build
from genoai_desktop.vcf.declared import Header
from genoai_desktop.vcf.header import parse_header
from genoai_desktop.vcf.notes import Notes

__all__ = [
    "ReferenceGenome",
    "header_build",
    "header_samples",
    "prove_reference",
    "reference_for",
    "set_up_reference",
]

_LONGEST: Final = 64 << 20
"""Bytes of a header; what is longer is refused when loading."""


def set_up_reference(path: Path, knowledge: Knowledge, context: Context) -> ReferenceGenome:
    """Find out which build a FASTA file is, index it where needed, and say what it lacks.

    Raises:
        UserError: it cannot be read or indexed, or is neither GRCh37 nor GRCh38.
        Cancelled: the person stopped the job.
    """
    later, earlier, last = shares(context, 80, 19, 1)
    later.report(tr("Checking the reference genome"), 0.0)
    path = path.absolute()
    try:
        found = check_reference(path, Build.GRCH38, knowledge, later)
        last.report(tr("Checking the reference genome"), 1.0)
        return found
    except UserError as error:
        first = error
    context.check()
    try:
        found = check_reference(path, Build.GRCH37, knowledge, earlier)
        last.report(tr("Checking the reference genome"), 1.0)
        return found
    except UserError as second:
        if (first.what, first.remedy) == (second.what, second.remedy):
            raise
        what = tr("The chromosomes of this file are neither those of GRCh37 nor those of GRCh38.")
        raise UserError(
            second.what if first.what == second.what else what,
            where=path.name,
            remedy=tr("Choose a FASTA file of the human genome, GRCh37 or GRCh38."),
            code="reference.neither-build",
        ) from second


def reference_for(build: Build | None, remembered: Mapping[str, str]) -> Path | None:
    """The remembered FASTA of that build, if it is still there. ``remembered``: build to path."""
    path = Path(remembered.get(build.value, "")) if build is not None else None
    return path if path is not None and path.is_file() else None


def header_build(vcf: Path, context: Context) -> Build | None:
    """The build by the header alone (contig lengths, else words), as loading finds it; None when open.

    A file that cannot be read has no build here: opening it says what is wrong with it.
    """
    context.check()
    try:
        return guess_build(_header(vcf), {}).build
    except (OSError, EOFError, ValueError, zlib.error, UserError):
        return None


def header_samples(vcf: Path, context: Context) -> tuple[str, ...]:
    """Sample names in column order; OSError, EOFError, zlib.error or UserError when unreadable."""
    context.check()
    return tuple(_header(vcf).samples)


def _header(vcf: Path) -> Header:
    return parse_header(_header_lines(vcf), vcf, Notes(vcf.name))


def _header_lines(vcf: Path) -> list[str]:
    """Text, gzip, bgzip or BCF. pysam alone will not do: it refuses plain gzip, which is common."""
    with vcf.open("rb") as raw:
        zipped = raw.read(2) == b"\x1f\x8b"
    with gzip.open(vcf) if zipped else vcf.open("rb") as file:
        lines = [file.readline(_LONGEST)]
        if lines[0].startswith(b"BCF"):
            with pysam.VariantFile(str(vcf)) as binary:
                return str(binary.header).rstrip("\n").split("\n")
        size = len(lines[0])
        while lines[-1].startswith(b"##") and size < _LONGEST:
            lines.append(file.readline(_LONGEST))
            size += len(lines[-1])
    return b"".join(lines).decode("utf-8", errors="replace").rstrip("\n").split("\n")


def prove_reference(request: CaseRequest, knowledge: Knowledge, context: Context) -> None:
    """Refuse a reference genome that is not of the file's build: its bases would be wrong everywhere.

    Raises:
        UserError: it is another build or unusable, or it is not known which build is needed.
    """
    if request.reference is None:
        return
    build = request.build or header_build(request.vcf, context)
    if build is None:
        raise UserError(
            tr("The header of the file does not say which reference genome fits it."),
            where=request.vcf.name,
            remedy=tr("Choose GRCh37 or GRCh38 for the file, or open it without a reference genome."),
            code="reference.build-unknown",
        )
    context.report(tr("Checking the reference genome"), None)
    check_reference(request.reference, build, knowledge, context)
