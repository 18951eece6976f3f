"""Region access. An index found beside a file is used only when it is proved to belong to it.

A ``.tbi`` of another file gives no records and no error, so nothing is believed: places all over the
index are visited, and each must be the start of a record of the contig and bin that the index says.
Else an index is built in a private folder outside the clinic's, removed when the program ends. It
holds positions and contig names, no samples.
"""

import atexit
import gzip
import os
import shutil
import struct
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from genoai_desktop.domain.genome import Locus, chromosome_code
from genoai_desktop.vcf.bcf import is_bcf
from genoai_desktop.vcf.source import first_bytes, is_bgzf, peek

MAX_INDEX = 256 << 20
PROBES = 64
_built: dict[tuple[str, int, int], Path] = {}
_folder: list[Path] = []


@dataclass(frozen=True, slots=True)
class Place:
    """At this virtual offset a record of ``contig`` starts, in the bin's interval (0-based, half open).

    No contig: the file ends there.
    """

    contig: str
    offset: int
    start: int
    end: int


class NotAnIndex(ValueError):  # noqa: N818 - a verdict
    """The bytes are not a readable ``.tbi`` or ``.csi``."""


def candidates(path: Path) -> list[Path]:
    """Index files beside ``path``, by name."""
    beside = (Path(f"{path}.tbi"), Path(f"{path}.csi"))
    return [index for index in beside if index.is_file()]


def proven_index(path: Path) -> Path | None:
    """The first index beside the file that belongs to it; None when there is none."""
    for index in candidates(path):
        if belongs(index, path):
            return index
    return None


def belongs(index: Path, path: Path) -> bool:
    """Visit up to ``PROBES`` places of the index in the file; all must be what the index says."""
    import pysam

    try:
        places = read_places(index)
    except (NotAnIndex, OSError):
        return False
    if not places:
        return False
    step = max(1, len(places) // PROBES)
    previous = pysam.set_verbosity(0)
    try:
        with pysam.BGZFile(str(path), "rb", None) as file:
            return all(_is_at(file, place) for place in [places[-1], *places[::step]])
    except (OSError, ValueError, EOFError):
        return False
    finally:
        pysam.set_verbosity(previous)


def _is_at(file: object, place: Place) -> bool:
    file.seek(place.offset)  # type: ignore[attr-defined]
    line: bytes = file.readline()  # type: ignore[attr-defined]
    if not place.contig:
        return not line
    fields = line.split(b"\t", 4)
    if len(fields) < 5 or fields[0].decode("utf-8", "replace") != place.contig or not fields[1].isdigit():
        return False
    first = max(int(fields[1]) - 1, 0)
    return place.start <= first < place.end


def read_places(index: Path) -> list[Place]:
    """The first record of every bin, and the end of the data; NotAnIndex when it cannot be read."""
    if index.stat().st_size > MAX_INDEX:
        raise NotAnIndex
    try:
        with gzip.open(index) as handle:
            data = handle.read(MAX_INDEX)
        return _tbi(data) if data[:4] == b"TBI\1" else _csi(data)
    except (OSError, EOFError, struct.error, zlib.error, UnicodeDecodeError, IndexError) as error:
        raise NotAnIndex from error


def _tbi(data: bytes) -> list[Place]:
    (count,) = struct.unpack_from("<i", data, 4)
    (size,) = struct.unpack_from("<i", data, 32)
    names = data[36 : 36 + size].split(b"\0")[:count]
    return _bins(data, 36 + size, [name.decode() for name in names], 14, 5, False)


def _csi(data: bytes) -> list[Place]:
    if data[:4] != b"CSI\1":
        raise NotAnIndex
    shift, depth, size = struct.unpack_from("<iii", data, 4)
    names: list[bytes] = []
    if size >= 28:
        (length,) = struct.unpack_from("<i", data, 16 + 24)
        names = data[44 : 44 + length].split(b"\0")[:-1]
    return _bins(data, 16 + size + 4, [name.decode() for name in names], shift, depth, True)


def _bins(data: bytes, at: int, names: list[str], shift: int, depth: int, csi: bool) -> list[Place]:
    places: list[Place] = []
    end = 0
    last = ((1 << 3 * (depth + 1)) - 1) // 7
    for name in names:
        (bins,) = struct.unpack_from("<i", data, at)
        at += 4
        for _ in range(bins):
            (number,) = struct.unpack_from("<I", data, at)
            at += 12 if csi else 4
            (chunks,) = struct.unpack_from("<i", data, at)
            at += 4
            if number < last and chunks:
                (offset,) = struct.unpack_from("<Q", data, at)
                places.append(Place(name, offset, *_interval(number, shift, depth)))
                end = max(end, *struct.unpack_from("<" + "8xQ" * chunks, data, at))
            at += 16 * chunks
        if not csi:
            (intervals,) = struct.unpack_from("<i", data, at)
            at += 4 + 8 * intervals
    return [*places, Place("", end, 0, 0)] if places else []


def _interval(number: int, shift: int, depth: int) -> tuple[int, int]:
    """0-based, half-open interval of a bin (SAM specification, section 5.1.3; CSI specification)."""
    level, first = 0, 0
    while number >= first + (1 << 3 * level):
        first += 1 << 3 * level
        level += 1
    width = 1 << (shift + 3 * (depth - level))
    return (number - first) * width, (number - first + 1) * width


def usable_index(path: Path) -> Path | None:
    """A proven index, or one built in a private folder; None when the file cannot be indexed."""
    head = first_bytes(path)
    if not is_bgzf(head):
        return None
    if not is_bcf(peek(path, head)) and (found := proven_index(path)) is not None:
        return found
    stat = path.stat()
    key = (str(path.resolve()), stat.st_size, stat.st_mtime_ns)
    if key not in _built and (made := _build(path, is_bcf(peek(path, head)))) is not None:
        _built[key] = made
    return _built.get(key)


def _private() -> Path:
    if not _folder:
        _folder.append(Path(tempfile.mkdtemp(prefix="genoai-")))
        os.chmod(_folder[0], 0o700)
        atexit.register(shutil.rmtree, _folder[0], ignore_errors=True)
    return _folder[0]


def _build(path: Path, bcf: bool) -> Path | None:
    import pysam

    target = _private() / f"{len(_built)}.csi"
    previous = pysam.set_verbosity(0)
    try:
        if bcf:
            import pysam.bcftools

            pysam.bcftools.index("-f", "-o", str(target), str(path))
        else:
            pysam.tabix_index(
                str(path), preset="vcf", csi=True, index=str(target), keep_original=True, force=True
            )
    except (OSError, ValueError, RuntimeError):
        return None
    finally:
        pysam.set_verbosity(previous)
    return target if target.is_file() else None


def region_lines(path: Path, index: Path, locus: Locus) -> Iterator[bytes]:
    """Header and the records that overlap ``locus`` (1-based, inclusive), as blocks of whole lines."""
    import pysam

    wanted = chromosome_code(locus.chromosome)
    previous = pysam.set_verbosity(0)
    try:
        with pysam.VariantFile(str(path), index_filename=str(index)) as file:
            names = [
                str(name) for name in file.header.contigs if wanted == (chromosome_code(str(name)) or -1)
            ]
            if is_bcf(peek(path, first_bytes(path))):
                yield str(file.header).encode()
                for name in names:
                    yield "".join(
                        str(record) for record in file.fetch(name, locus.start - 1, locus.end)
                    ).encode()
                return
        with pysam.TabixFile(str(path), index=str(index), encoding="utf-8") as file:
            yield ("\n".join(file.header) + "\n").encode()
            for name in file.contigs:
                if not wanted or chromosome_code(name) != wanted:
                    continue
                yield "".join(f"{line}\n" for line in file.fetch(name, locus.start - 1, locus.end)).encode()
    finally:
        pysam.set_verbosity(previous)
