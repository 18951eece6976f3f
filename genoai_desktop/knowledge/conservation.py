"""What relatives of a human protein carry at each of its residues.

From alignments made when the tables were built; the alignments themselves are not bundled. A residue's
column is kept as the nearest of 255 typical columns of its amino acid (``conservation_profiles``), with
the number of relatives aligned there and the residues that near relatives carry.
"""

import lzma
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from genoai_desktop.knowledge.bundle import Bundle

RESIDUES: Final = "ARNDCQEGHILKMFPSTWYV"
NONE: Final = 255
"""The code of a residue with which no relative is aligned."""
KEPT: Final = 14
"""Parts in which the share of relatives that keep a residue is stored."""
UNKNOWN: Final = 15
"""Stored where no relative of a band of identity is aligned."""
LZMA: Final = ({"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 1 << 16},)
"""How the planes of one protein are packed: a byte a residue for the typical column and for the number of
relatives, three of a mask of carried residues, five for the bands of identity, one plane after the other."""
_PLANES: Final = 10
_ALL: Final = slice(None)
Floats = npt.NDArray[np.float32]


_LETTERS: Final = np.full(256, -1, dtype=np.int64)
_LETTERS[np.frombuffer(RESIDUES.encode(), dtype=np.uint8)] = np.arange(len(RESIDUES))
"""Place in ``RESIDUES`` of each ASCII letter, -1 for any other."""


@dataclass(frozen=True, slots=True)
class Conservation:
    """By residue of one protein of n residues; residues' columns in the order of ``RESIDUES``.

    ``typical``, shape (k, 20), shared by all proteins: natural log of the share of each residue among the
    relatives, weighted and with pseudocounts; NaN where none is aligned. ``column``, shape (n,): the row of
    ``typical`` of each residue. ``near``, shape (n,): a bit for each other residue that a relative with at
    least 60 % identity carries. ``relatives``, shape (n,): how many are aligned, at most 255. ``kept_parts``,
    shape (n, 5): share in parts of ``KEPT`` of the relatives that carry the protein's own residue, of those
    with an identity below 35 %, 50 %, 70 %, 85 % and above; ``UNKNOWN`` where none is aligned.

    Opened for the residues that are asked for: an exome asks for one or two of each of its proteins.
    """

    typical: Floats
    column: npt.NDArray[np.int64]
    near: npt.NDArray[np.uint32]
    relatives: npt.NDArray[np.int64]
    kept_parts: npt.NDArray[np.uint8]

    @property
    def profile(self) -> Floats:
        """Shape (n, 20), as ``typical``."""
        return self.typical[self.column]

    def carried(self, at: int | slice = _ALL) -> npt.NDArray[np.bool_]:
        """Whether a near relative carries each residue; shape (20,) of one 0-based place, (n, 20) of all."""
        bits = np.arange(len(RESIDUES), dtype=np.uint32)
        return (self.near[at, None] >> bits & 1).astype(np.bool_)

    def kept(self, at: int | slice = _ALL) -> Floats:
        """``kept_parts`` as shares, NaN where unknown; shape (5,) of one 0-based place, (n, 5) of all."""
        parts = self.kept_parts[at]
        return np.where(parts == UNKNOWN, np.nan, parts / KEPT).astype(np.float32)


class Conservations:
    """``of(transcript)`` is the conservation of a MANE protein, or None where nothing is known."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    @cached_property
    def _rows(self) -> dict[str, bytes]:
        """Packed planes by transcript."""
        return dict(self._bundle.table("conservation", ["transcript", "planes"]).iter_rows())

    @cached_property
    def typical(self) -> Floats:
        """Typical columns, shape (20 amino acids x 256 codes, 20 residues); the code ``NONE`` is NaN."""
        books = np.full((len(RESIDUES), NONE + 1, len(RESIDUES)), np.nan, dtype=np.float32)
        frame = self._bundle.table("conservation_profiles")
        own = [RESIDUES.index(residue) for residue in frame["residue"].to_list()]
        books[own, frame["code"].to_numpy()] = frame.select(list(RESIDUES)).to_numpy()
        return books.reshape(-1, len(RESIDUES))

    def of(self, transcript: str, sequence: str) -> Conservation | None:
        """The columns of a protein whose ``sequence`` is the bundled one; None where nothing is known."""
        row = self._rows.get(transcript)
        data = lzma.decompress(row, format=lzma.FORMAT_RAW, filters=LZMA) if row else b""
        if not data or len(data) != _PLANES * len(sequence):
            return None
        planes = np.frombuffer(data, dtype=np.uint8).reshape(_PLANES, len(sequence))
        column, count, near, kept = planes[0], planes[1], planes[2:5].astype(np.uint32), planes[5:]
        own = _LETTERS[np.frombuffer(sequence.encode("latin-1", "replace"), dtype=np.uint8)]
        place = np.where(own < 0, NONE, own * (NONE + 1) + column)
        mask = near[0] | near[1] << 8 | near[2] << 16
        return Conservation(self.typical, place, mask, count.astype(np.int64), kept.T)
