"""Bytes in: what kind of file it is, decompressed in a thread, in bounded pieces, as whole lines."""

import queue
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.reasons import reason_of
from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.notes import Notes

READ = 1 << 17
PIECE = 4 << 20
MAX_LINE = 32 << 20
"""Bytes of the longest line that is read; a longer record is reported, a longer header is refused."""
MAX_SKIP = 512 << 20
"""Bytes of one line that are skipped before the file is refused."""
BOMB_BYTES = 128 << 20
BOMB_RATIO = 500
"""Decompressed to compressed. Real cohort files reach about 150, deflate at most 1,032."""
EOF_BLOCK = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")


def refuse(
    path: Path, what: str, remedy: str, *, line: int | None = None, name: str = "", code: str
) -> UserError:
    """The error for a file that cannot be read."""
    return UserError(what, where=file_where(path, line, name), remedy=remedy, code=code)


def first_bytes(path: Path, size: int = 65536) -> bytes:
    """The start of the file; UserError when it is missing, a folder, unreadable or empty."""
    remedy = tr("Choose a VCF or BCF file that this account may read.")
    try:
        with path.open("rb") as handle:
            head = handle.read(size)
    except OSError as error:
        reason = reason_of(error)
        what = tr("The file cannot be opened ({reason}).", reason=reason)
        raise refuse(path, what, remedy, code="vcf.unreadable") from None
    if not head:
        raise refuse(
            path, tr("The file is empty (0 bytes)."), tr("Copy or export it again."), code="vcf.empty"
        )
    return head


def is_gzip(head: bytes) -> bool:
    """True for gzip, bgzip included."""
    return head[:2] == b"\x1f\x8b"


def is_bgzf(head: bytes) -> bool:
    """True for bgzip: the extra field ``BC`` in the first member."""
    return is_gzip(head) and len(head) > 18 and head[3] & 4 != 0 and head[12:14] == b"BC"


def peek(path: Path, head: bytes) -> bytes:
    """The first decompressed bytes of the file."""
    if not is_gzip(head):
        return head
    try:
        return zlib.decompressobj(31).decompress(head, 65536)
    except zlib.error:
        raise _damaged(path) from None


def _damaged(path: Path) -> UserError:
    what = tr("The compressed data is damaged: its checksum or structure is wrong.")
    return refuse(path, what, tr("Copy the file again from its source."), code="vcf.damaged")


@dataclass(slots=True)
class Inflater:
    """Decompresses gzip members one after the other; bounds the ratio; notices truncation."""

    path: Path
    notes: Notes
    read: int = 0
    written: int = 0
    _inside: bool = False

    def pieces(self) -> Iterator[bytes]:
        """Decompressed pieces of about ``PIECE`` bytes; UserError for damage, truncation or a bomb."""
        head = first_bytes(self.path)
        packed = self.path.suffix.lower() in {".gz", ".bgz"}
        if packed and not is_gzip(head):
            self.notes.info(
                "vcf.not-compressed", tr("The name ends as a compressed file's; it is plain text.")
            )
        if not is_gzip(head):
            with self.path.open("rb") as handle:
                while piece := handle.read(PIECE):
                    self.read += len(piece)
                    yield piece
            return
        yield from self._members(is_bgzf(head))

    def _members(self, bgzf: bool) -> Iterator[bytes]:
        parts: list[bytes] = []
        size, tail = 0, b""
        engine = zlib.decompressobj(31)
        with self.path.open("rb") as handle:
            while data := handle.read(READ):
                self.read += len(data)
                tail = (tail + data)[-len(EOF_BLOCK) :]
                while data:
                    part, data, engine = self._step(engine, data)
                    if part:
                        parts.append(part)
                        size += len(part)
                    if size >= PIECE:
                        yield b"".join(parts)
                        parts, size = [], 0
        if parts:
            yield b"".join(parts)
        self._finish(bgzf, tail)

    def _step(self, engine: "zlib._Decompress", data: bytes) -> tuple[bytes, bytes, "zlib._Decompress"]:
        try:
            part = engine.decompress(data, PIECE)
        except zlib.error:
            raise _damaged(self.path) from None
        self.written += len(part)
        if self.written > BOMB_BYTES and self.written > BOMB_RATIO * self.read:
            what = tr(
                "The file unpacks to more than {ratio} times its size, as no real VCF does.", ratio=BOMB_RATIO
            )
            raise refuse(self.path, what, tr("Ask its sender for a new export."), code="vcf.bomb")
        self._inside = not engine.eof
        if not engine.eof:
            return part, engine.unconsumed_tail, engine
        rest = engine.unused_data
        if rest and not rest.strip(b"\0"):
            return part, b"", zlib.decompressobj(31)
        return part, rest, zlib.decompressobj(31)

    def _finish(self, bgzf: bool, tail: bytes) -> None:
        if self._inside:
            what = tr("The compressed file ends in the middle: it was cut off.")
            raise refuse(self.path, what, tr("Copy the file again from its source."), code="vcf.truncated")
        if bgzf and tail != EOF_BLOCK:
            text = tr("The bgzip end marker is missing: the file may have been cut off, and records lost.")
            self.notes.error("vcf.no-eof-marker", text)


class Threaded:
    """Runs an iterator of byte pieces in a thread of its own, a few pieces ahead.

    A context manager, so that the thread ends with the work, cancelled or not.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._queue: queue.Queue[bytes | BaseException | None] = queue.Queue(maxsize=3)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="vcf-reader", daemon=True)

    def __enter__(self) -> "Threaded":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        while self._thread.is_alive():
            self._drain()
            self._thread.join(0.01)

    def __iter__(self) -> Iterator[bytes]:
        while (item := self._queue.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item

    def _run(self) -> None:
        try:
            for piece in self._pieces:
                if self._stop.is_set():
                    return
                self._queue.put(piece)
            self._queue.put(None)
        except BaseException as error:  # handed to the consumer, which raises it
            self._queue.put(error)

    def _drain(self) -> None:
        try:
            while True:
                self._queue.get_nowait()
        except queue.Empty:
            return
