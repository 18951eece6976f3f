"""A block of lines to columns of text. Lines with the wrong number of columns are set aside, never lost."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from genoai_desktop.domain.text import tr
from genoai_desktop.vcf.declared import Header
from genoai_desktop.vcf.notes import Notes

FIXED = ("chrom", "pos", "id", "ref", "alt", "qual", "filter", "info")


@dataclass(slots=True)
class Block:
    """Columns ``FIXED``, ``format`` and ``g0``, ``g1`` ... (the samples asked for), all text.

    ``lines``: 1-based line number of each row. ``read``: records in the block, rows and ``refused``.
    ``total``: lines in the block. ``ordinals``: index of each row among the block's records.
    """

    frame: pl.DataFrame
    lines: NDArray[np.int64]
    ordinals: NDArray[np.int64]
    read: int
    refused: int
    total: int


@dataclass(slots=True)
class Splitter:
    """Knows the header's columns and which samples are wanted."""

    header: Header
    wanted: tuple[int, ...]
    notes: Notes

    def split(self, text: bytes, first_line: int) -> Block:
        """``text``: whole lines; ``first_line``: 1-based number of the first of them."""
        total = text.count(b"\n")
        clean = self._decoded(text, first_line)
        width = self.header.width
        regular = (
            clean.count(b"\t") == total * (width - 1)
            and not clean.startswith((b"\n", b"#"))
            and b"\n\n" not in clean
            and b"\n#" not in clean
        )
        if regular and (frame := self._read(clean)) is not None and frame.height == total:
            last = frame[frame.columns[-1]] if not self.header.has_format or self.wanted else None
            if last is None or not last.null_count():
                order = np.arange(total)
                return Block(frame, order + first_line, order, total, 0, total)
        return self._ragged(clean, first_line, total)

    def _read(self, text: bytes) -> pl.DataFrame | None:
        names = list(FIXED[: self.header.width])
        if self.header.has_format:
            names += ["format", *(f"g{i}" for i in range(len(self.header.samples)))]
        keep = [*range(min(9, len(names))), *sorted(9 + index for index in self.wanted)]
        try:
            frame = pl.read_csv(
                text,
                separator="\t",
                has_header=False,
                quote_char=None,
                schema=dict.fromkeys(names, pl.String),
                columns=keep if len(keep) < len(names) else None,
            )
        except pl.exceptions.PolarsError:
            return None
        if not self.header.has_format:
            return frame
        fixed = [pl.col(name) for name in frame.columns[:9]]
        return frame.select(
            *fixed, *(pl.col(f"g{place}").alias(f"g{i}") for i, place in enumerate(self.wanted))
        )

    def _decoded(self, text: bytes, first_line: int) -> bytes:
        if text.isascii():
            return text
        try:
            text.decode("utf-8")
        except UnicodeDecodeError as error:
            line = first_line + text.count(b"\n", 0, error.start)
            self.notes.warn("vcf.encoding", tr("Text that is not UTF-8; the bytes were replaced."), line=line)
            return text.decode("utf-8", errors="replace").encode()
        return text

    def _ragged(self, text: bytes, first_line: int, total: int) -> Block:
        """Line by line: keep those with all columns, say what is wrong with the others."""
        good: list[bytes] = []
        numbers: list[int] = []
        ordinals: list[int] = []
        refused = 0
        for number, line in enumerate(text[:-1].split(b"\n"), start=first_line):
            if not line.strip():
                self.notes.warn("vcf.blank-line", tr("An empty line among the records."), line=number)
            elif line.startswith((b"##", b"#CHROM")):
                self.notes.error(
                    "vcf.header-again", tr("A header line among the records; ignored."), line=number
                )
            elif line.count(b"\t") != self.header.width - 1 or line.startswith(b"#"):
                refused += 1
                self._say(line, number)
            else:
                good.append(line)
                ordinals.append(len(good) + refused - 1)
                numbers.append(number)
        frame = self._by_hand(good)
        order = np.array(ordinals, dtype=np.int64)
        return Block(frame, np.array(numbers, dtype=np.int64), order, len(good) + refused, refused, total)

    def _by_hand(self, lines: list[bytes]) -> pl.DataFrame:
        wanted = [*range(min(9, self.header.width)), *(9 + index for index in self.wanted)]
        names = [
            *FIXED,
            *(["format"] if self.header.has_format else []),
            *(f"g{i}" for i in range(len(self.wanted))),
        ]
        rows = [
            [fields[i] or None for i in wanted] for line in lines for fields in [line.decode().split("\t")]
        ]
        return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")

    def _say(self, line: bytes, number: int) -> None:
        found, width = line.count(b"\t") + 1, self.header.width
        text = tr("A record has {found} columns and must have {width}; not loaded.", found=found, width=width)
        if b"\t" not in line and b" " in line:
            text = tr("The columns of a record are separated by spaces, not tabs; not loaded.")
        self.notes.error("vcf.column-count", text, line=number, name="record")
