"""BCF files and the reference blocks of gVCF files, for scoring."""

import gzip
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

import pysam

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import chromosome_code
from genoai_desktop.domain.text import tr

Place = tuple[int, int]
_NO_ALTERNATE = (b".", b"<NON_REF>", b"<*>")
_CHECK_EVERY = 2_000


def is_bcf(path: Path) -> bool:
    """Whether the file is binary (BCF), by its first bytes; False for one that cannot be read."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
        with gzip.open(path, "rb") if packed else path.open("rb") as handle:
            return handle.read(3) == b"BCF"
    except (OSError, EOFError, zlib.error):
        return False


def bcf_header(path: Path) -> Iterator[bytes]:
    """Lines of the header as a VCF has them.

    Raises:
        UserError: the file is damaged.
    """
    with _opened(path) as handle:
        for line in str(handle.header).splitlines(keepends=True):
            yield line.encode()


def bcf_lines(
    path: Path, wanted: set[Place], context: Context, *, indexed: bool
) -> Iterator[tuple[Place, bytes]]:
    """Lines at the wanted places, and of reference blocks over them.

    Raises:
        UserError: the file is damaged.
    """
    ordered: dict[int, list[int]] = {}
    for chrom, pos in sorted(wanted):
        ordered.setdefault(chrom, []).append(pos)
    with _opened(path) as handle:
        try:
            if indexed and (path.with_name(path.name + ".csi")).exists():
                yield from _fetched(handle, ordered, context)
            else:
                yield from _all(handle, ordered, context)
        except (OSError, ValueError) as error:
            raise _unreadable(path) from error


def _fetched(
    handle: pysam.VariantFile, ordered: dict[int, list[int]], context: Context
) -> Iterator[tuple[Place, bytes]]:
    names = {chromosome_code(str(name)): str(name) for name in reversed(list(handle.header.contigs))}
    for chrom, positions in ordered.items():
        for pos in positions if chrom in names else ():
            context.check()
            for record in handle.fetch(names[chrom], pos - 1, pos):
                line = str(record).encode()
                if record.pos == pos or block_end(line) >= pos > record.pos:
                    yield (chrom, pos), line


def _all(
    handle: pysam.VariantFile, ordered: dict[int, list[int]], context: Context
) -> Iterator[tuple[Place, bytes]]:
    codes = {str(name): chromosome_code(str(name)) for name in handle.header.contigs}
    for number, record in enumerate(handle):
        if number % _CHECK_EVERY == 0:
            context.check()
        chrom = codes.get(record.chrom, 0)
        positions = ordered.get(chrom, ())
        first, last = bisect_right(positions, record.pos - 1), bisect_right(positions, record.stop)
        if first == last:
            continue
        line = str(record).encode()
        if positions[first] == record.pos:
            yield (chrom, record.pos), line
        for pos in inside_block(line, positions):
            yield (chrom, pos), line


def block_end(line: bytes) -> int:
    """Last position (1-based) of a reference block; 0 for any other record."""
    fields = line.split(b"\t", 8)
    if len(fields) < 8 or fields[4] not in _NO_ALTERNATE:
        return 0
    for part in fields[7].split(b";"):
        if part.startswith(b"END=") and part[4:].isdigit():
            return int(part[4:])
    return 0


def inside_block(line: bytes, positions: Sequence[int]) -> Sequence[int]:
    """Positions (ascending) after the start of a reference block and up to its end."""
    end = block_end(line)
    if not end:
        return ()
    start = int(line.split(b"\t", 2)[1])
    return positions[bisect_right(positions, start) : bisect_right(positions, end)]


def _opened(path: Path) -> pysam.VariantFile:
    try:
        return pysam.VariantFile(str(path), "rb")
    except (OSError, ValueError) as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> UserError:
    return UserError(
        tr("The file cannot be read to its end."),
        where=path.name,
        remedy=tr("Copy the file again from its source."),
        code="vcf.unreadable",
    )
