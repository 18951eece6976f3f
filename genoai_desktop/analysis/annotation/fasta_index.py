"""The index of a FASTA file (``.fai``, and ``.gzi`` of a bgzip file), made so that it can be stopped.

htslib makes the same files, but as one call that nothing interrupts and that holds Python's lock: for the
several seconds of a human genome the window would stand still. Formats: faidx(5) of SAMtools, and for
``.gzi`` the manual of bgzip(1); both are byte for byte what htslib writes.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.durable import replace_file
from genoai_desktop.domain.text import tr

_CHUNK: Final = 4 << 20
_HEADER: Final = 18
"""Bytes of a BGZF block before its data; its size stands in the last two (SAM specification, 4.1)."""
_NEWLINE, _RETURN, _NAME = 10, 13, 62


@dataclass(slots=True)
class _Sequence:
    """One line of a ``.fai``: ``offset`` of the first base when unpacked, lengths in bases and bytes."""

    name: str
    offset: int
    length: int = 0
    bases: int = 0
    width: int = 0
    ended: bool = False

    def add(self, widths: npt.NDArray[np.int64], ending: int) -> None:
        """Lines of ``widths`` bytes with their line ends of ``ending`` bytes; ValueError as faidx."""
        if not self.width:
            self.width, self.bases = int(widths[0]), int(widths[0]) - ending
        odd = np.flatnonzero(widths != self.width)
        last = len(widths) if not odd.size else int(odd[0]) + 1
        if self.ended and (widths > ending).any():
            raise ValueError("a line follows the shorter last one")
        if odd.size and (widths[last - 1] > self.width or (widths[last:] > ending).any()):
            raise ValueError("lines of different length")
        self.ended = self.ended or bool(odd.size)
        self.length += int(widths.sum()) - ending * len(widths)

    @property
    def line(self) -> str:
        """As it stands in the file."""
        return f"{self.name}\t{self.length}\t{self.offset}\t{self.bases}\t{self.width}\n"


def make_index(path: Path, context: Context) -> None:
    """Write the index beside ``path``, whole or not at all.

    Raises:
        ValueError: the file is not as regular as an index needs it, or damaged.
        OSError: it cannot be read, or its folder cannot be written.
        Cancelled: the person stopped it; nothing was written.
    """
    with path.open("rb") as handle:
        packed = handle.read(2) == b"\x1f\x8b"
    blocks: list[tuple[int, int]] = []
    pieces = _unpacked(path, blocks, context) if packed else _plain(path, context)
    text = "".join(one.line for one in _sequences(pieces))
    if packed:
        table = b"".join(struct.pack("<QQ", *pair) for pair in blocks)
        replace_file(path.with_name(f"{path.name}.gzi"), struct.pack("<Q", len(blocks)) + table)
    replace_file(path.with_name(f"{path.name}.fai"), text.encode())


def _plain(path: Path, context: Context) -> Iterator[bytes]:
    size, done = max(path.stat().st_size, 1), 0
    with path.open("rb") as handle:
        while piece := handle.read(_CHUNK):
            context.check()
            context.report(tr("Indexing the reference genome"), done / size)
            done += len(piece)
            yield piece


def _unpacked(path: Path, blocks: list[tuple[int, int]], context: Context) -> Iterator[bytes]:
    """The text of a bgzip file; ``blocks`` gets where each but the first begins, packed and unpacked."""
    size, place, done, held = max(path.stat().st_size, 1), 0, 0, bytearray()
    with path.open("rb") as handle:
        while head := handle.read(_HEADER):
            if len(head) < _HEADER or head[12:16] != b"BC\x02\x00" or head[10:12] != b"\x06\x00":
                raise ValueError("not a block of bgzip")
            length = int.from_bytes(head[16:18], "little") + 1
            held += zlib.decompress(handle.read(length - _HEADER - 8), -15)
            handle.seek(8, 1)
            if place and held:
                blocks.append((place, done))
            place, done = place + length, done + len(held)
            context.check()
            context.report(tr("Indexing the reference genome"), place / size)
            yield bytes(held)
            held.clear()


def _sequences(pieces: Iterator[bytes]) -> list[_Sequence]:
    found: list[_Sequence] = []
    held, place = b"", 0
    for piece in pieces:
        held += piece
        cut = held.rfind(b"\n") + 1
        if cut:
            _lines(held[:cut], place, found)
            held, place = held[cut:], place + cut
    if held:
        _lines(held + (b"\r\n" if found and found[-1].width - found[-1].bases == 2 else b"\n"), place, found)
    return found


def _lines(text: bytes, place: int, found: list[_Sequence]) -> None:
    """Whole lines that begin at byte ``place``: names begin sequences, all others lengthen the last one."""
    data = np.frombuffer(text, dtype=np.uint8)
    ends = np.flatnonzero(data == _NEWLINE)
    starts = np.concatenate([[0], ends[:-1] + 1])
    names = np.flatnonzero(data[starts] == _NAME)
    begin = 0
    for line in (*names.tolist(), len(ends)):
        if line > begin:
            _bases(data, starts[begin:line], ends[begin:line], found)
        if line < len(ends):
            name = text[starts[line] + 1 : ends[line]].split(maxsplit=1)
            if not name:
                raise ValueError("a sequence without a name")
            found.append(_Sequence(name[0].decode(), place + int(ends[line]) + 1))
        begin = line + 1


def _bases(
    data: npt.NDArray[np.uint8],
    starts: npt.NDArray[np.int64],
    ends: npt.NDArray[np.int64],
    found: list[_Sequence],
) -> None:
    returns = int((data[ends - 1] == _RETURN).sum())
    if not found or returns not in (0, len(ends)):
        raise ValueError("bases before a name, or line ends of two kinds")
    if (data[starts[0] : ends[-1]] <= ord(" ")).sum() != len(ends) - 1 + returns:
        raise ValueError("spaces among the bases")
    found[-1].add(ends - starts + 1, 2 if returns else 1)
