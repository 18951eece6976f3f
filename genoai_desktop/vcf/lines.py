"""Whole lines from byte pieces: byte order mark, CRLF and old Mac line ends, bounded line length."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.notes import Notes
from genoai_desktop.vcf.source import MAX_LINE, MAX_SKIP, refuse

BOM = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Lines:
    """Turns byte pieces into blocks of whole lines, each ending in a line feed.

    A line longer than ``MAX_LINE`` bytes is left out, counted in ``too_long`` and reported.
    """

    path: Path
    notes: Notes
    too_long: int = 0
    ended: bool = True
    _mac: bool = False
    _carriage: bool = False
    _seen: int = 0

    def blocks(self, pieces: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
        """(block, lines left out before it)."""
        rest: list[bytes] = []
        held, first, skipping = 0, True, False
        for piece in pieces:
            piece = self._ends(self._start(piece) if first else piece)
            first = False
            cut = piece.rfind(b"\n") + 1
            if not cut:
                held += len(piece)
                skipping = self._bound(held, skipping)
                rest = [] if skipping else [*rest, piece]
                continue
            if skipping or held + piece.find(b"\n") > MAX_LINE:
                piece = piece[piece.find(b"\n") + 1 :]
                cut = piece.rfind(b"\n") + 1
                self._long()
                rest, skipping = [], False
                yield b"".join(rest) + piece[:cut], 1
            else:
                yield b"".join(rest) + piece[:cut], 0
            rest = [piece[cut:]]
            held = len(rest[0])
        yield from self._last(rest, skipping)

    def _last(self, rest: list[bytes], skipping: bool) -> Iterator[tuple[bytes, int]]:
        if skipping:
            self._long()
            yield b"", 1
        elif tail := b"".join(rest):
            self.ended = False
            yield tail + b"\n", 0

    def _start(self, piece: bytes) -> bytes:
        if piece[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            what = tr("The text is UTF-16, and VCF is UTF-8.")
            raise refuse(self.path, what, tr("Save it again as UTF-8."), code="vcf.utf16")
        if piece.startswith(BOM):
            self.notes.info("vcf.bom", tr("The file starts with a byte order mark; it was ignored."), line=1)
            piece = piece[3:]
        if b"\r" in piece and b"\n" not in piece:
            self._mac = True
            self.notes.info(
                "vcf.line-ends", tr("Lines end in CR alone (old Mac); they were read as lines."), line=1
            )
        return piece

    def _ends(self, piece: bytes) -> bytes:
        if self._mac:
            return piece.replace(b"\r", b"\n")
        if self._carriage:
            piece = b"\r" + piece
            self._carriage = False
        if b"\r" not in piece:
            return piece
        if piece.endswith(b"\r"):
            self._carriage = True
            piece = piece[:-1]
        if b"\r\n" in piece:
            self.notes.info(
                "vcf.line-ends", tr("Lines end in CRLF (Windows); they were read as lines."), line=1
            )
        return piece.replace(b"\r\n", b"\n")

    def _bound(self, held: int, skipping: bool) -> bool:
        self._seen = held
        if held > MAX_SKIP:
            what = tr("One line is longer than {size} MB.", size=MAX_SKIP >> 20)
            raise refuse(
                self.path, what, tr("This is not a usable VCF; ask for a new export."), code="vcf.long-line"
            )
        return skipping or held > MAX_LINE

    def _long(self) -> None:
        self.too_long += 1
        text = tr("A record is longer than {size} MB; it was not loaded.", size=MAX_LINE >> 20)
        self.notes.error("vcf.long-record", text)
