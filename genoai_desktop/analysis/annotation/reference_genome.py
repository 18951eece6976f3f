"""The clinic's own reference genome: proved to be the build it is said to be, and indexed."""

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pysam

from genoai_desktop.analysis.annotation.fasta_index import make_index
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import CHROMOSOMES, Build, chromosome_code, chromosome_name
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.knowledge import Knowledge

_HG19_MITOCHONDRION: Final = 16571
"""chrM of UCSC hg19 is NC_001807, another sequence than the NC_012920.1 that the tables use."""


@dataclass(frozen=True, slots=True)
class ReferenceGenome:
    """A FASTA file that may be used. ``missing`` names primary chromosomes that it lacks.

    ``old_mitochondrion``: its MT is NC_001807, so mitochondrial variants are not described by it.
    """

    path: Path
    build: Build
    contigs: int
    missing: tuple[str, ...]
    old_mitochondrion: bool = False


def check_reference(
    path: Path, build: Build, knowledge: Knowledge | None = None, context: Context | None = None
) -> ReferenceGenome:
    """Open, index where needed (``.fai``, and ``.gzi`` beside a bgzip file) and check contig lengths.

    Raises:
        UserError: the file is missing, not FASTA, gzipped in a way that cannot be indexed, its folder cannot
            be written, it is another build, or it holds no human chromosome.
        Cancelled: the person stopped the indexing.
    """
    lengths = _lengths(path, context or Silent())
    known = (knowledge or Knowledge()).genes
    expected = known.chromosome_lengths(build)
    found = {chromosome_name(code): size for name, size in lengths.items() if (code := chromosome_code(name))}
    primary = [name for name in CHROMOSOMES if name != "MT"]
    wrong = [name for name in primary if name in found and found[name] != expected[name]]
    if not any(name in found for name in primary):
        raise _refused(
            path,
            tr("No human chromosome was found in it."),
            tr("Choose the FASTA file of {build}.", build=build),
        )
    if wrong:
        raise _another(path, build, wrong, found, known.chromosome_lengths(build.other))
    old = found.get("MT") == _HG19_MITOCHONDRION
    missing = tuple(name for name in CHROMOSOMES if name not in found)
    return ReferenceGenome(path, build, len(lengths), missing, old)


def _lengths(path: Path, context: Context) -> dict[str, int]:
    if not path.is_file():
        raise _refused(
            path, tr("The file does not exist."), tr("Choose a FASTA file (.fa, .fasta or .fa.gz).")
        )
    _look(path)
    index = path.with_name(f"{path.name}.fai")
    try:
        if not index.exists():
            _index(path, context)
        with pysam.FastaFile(str(path)) as fasta:
            return dict(zip(fasta.references, fasta.lengths, strict=True))
    except (OSError, ValueError, pysam.utils.SamtoolsError) as error:
        raise _refused(
            path,
            tr("It could not be indexed."),
            tr(
                "Check that its folder can be written and has space. A compressed file must be made "
                "with bgzip, not gzip. If an index (.fai) of another file lies beside it, delete that index."
            ),
        ) from error


def _index(path: Path, context: Context) -> None:
    """What is too odd for our index is for htslib to take or refuse."""
    try:
        make_index(path, context)
    except (ValueError, zlib.error):
        pysam.faidx(str(path))


def _look(path: Path) -> None:
    """Refuse what is not FASTA before any tool touches it."""
    with path.open("rb") as handle:
        head = handle.read(18)
    if head[:2] == b"\x1f\x8b":
        if len(head) < 16 or not head[3] & 4 or head[12:14] != b"BC":
            raise _refused(
                path,
                tr("It is compressed with gzip, which does not allow jumping to a position."),
                tr("Unpack it, or compress it again with bgzip."),
            )
    elif not head.startswith(b">"):
        raise _refused(
            path, tr("It is not a FASTA file."), tr("Choose a FASTA file (.fa, .fasta or .fa.gz).")
        )


def _another(
    path: Path, build: Build, wrong: list[str], found: dict[str, int], other: dict[str, int]
) -> UserError:
    if all(found[name] == other[name] for name in wrong):
        what = tr("It is {other}, but {build} is needed.", other=build.other, build=build)
    else:
        what = tr(
            "Chromosome {name} has {size} bases, which is not {build}.",
            name=wrong[0],
            size=found[wrong[0]],
            build=build,
        )
    return _refused(path, what, tr("Choose the FASTA file of {build}.", build=build))


def _refused(path: Path, what: str, remedy: str) -> UserError:
    text = tr("The reference genome cannot be used: {what}", what=what)
    return UserError(text, where=path.name, remedy=remedy, code="reference.refused")
