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
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Conservation:
    """By residue of one protein, in the order of ``RESIDUES``.

    ``profile``, shape (n, 20): natural log of the share of each residue among the relatives, weighted and
    with pseudocounts; NaN where none is aligned. ``carried``, shape (n, 20): whether a relative with at
    least 60 % identity carries that other residue. ``relatives``, shape (n,): how many are aligned, at most
    255. ``kept``, shape (n, 5): share of the relatives that carry the protein's own residue, of those with
    an identity below 35 %, 50 %, 70 %, 85 % and above; NaN where none is aligned.
    """

    profile: Floats
    carried: npt.NDArray[np.bool_]
    relatives: npt.NDArray[np.int64]
    kept: Floats


class Conservations:
    """``of(transcript)`` is the conservation of a MANE protein, or None where nothing is known."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    @cached_property
    def _rows(self) -> dict[str, bytes]:
        """Packed planes by transcript."""
        return dict(self._bundle.table("conservation", ["transcript", "planes"]).iter_rows())

    @cached_property
    def _books(self) -> Floats:
        """Typical columns, shape (20 amino acids, 256 codes, 20 residues); the code ``NONE`` is NaN."""
        books = np.full((len(RESIDUES), NONE + 1, len(RESIDUES)), np.nan, dtype=np.float32)
        frame = self._bundle.table("conservation_profiles")
        own = [RESIDUES.index(residue) for residue in frame["residue"].to_list()]
        books[own, frame["code"].to_numpy()] = frame.select(list(RESIDUES)).to_numpy()
        return books

    def of(self, transcript: str, sequence: str) -> Conservation | None:
        """The columns of a protein whose ``sequence`` is the bundled one; None where nothing is known."""
        row = self._rows.get(transcript)
        data = lzma.decompress(row, format=lzma.FORMAT_RAW, filters=LZMA) if row else b""
        if not data or len(data) != _PLANES * len(sequence):
            return None
        planes = np.frombuffer(data, dtype=np.uint8).reshape(_PLANES, len(sequence))
        column, count, near, kept = planes[0], planes[1], planes[2:5].astype(np.uint32), planes[5:]
        own = np.array([RESIDUES.find(residue) for residue in sequence])
        profile = self._books[own, np.where(own < 0, NONE, column)]
        mask = near[0] | near[1] << 8 | near[2] << 16
        carried = (mask[:, None] >> np.arange(len(RESIDUES), dtype=np.uint32) & 1).astype(np.bool_)
        shares = np.where(kept == UNKNOWN, np.nan, kept / KEPT).T
        return Conservation(profile, carried, count.astype(np.int64), shares.astype(np.float32))
