"""Positions and alleles from one build to the other, vectorised."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge.bundle import Bundle

MT: Final = 25
_COMPLEMENT: Final = str.maketrans("ACGTacgtNn", "TGCAtgcaNn")


def reverse_complement(bases: str) -> str:
    """The other strand, read in its own direction."""
    return bases.translate(_COMPLEMENT)[::-1]


class _Chain:
    """Blocks of one direction, sorted by (chromosome, start)."""

    def __init__(self, frame: pl.DataFrame) -> None:
        start = frame["start"].cast(pl.Int64).cum_sum().to_numpy()
        self.key = (frame["chrom"].to_numpy().astype(np.int64) << 32) | start
        self.start = start
        self.length = frame["length"].to_numpy().astype(np.int64)
        self.target = frame["target"].to_numpy()
        self.place = start + frame["shift"].cast(pl.Int64).cum_sum().to_numpy()
        self.reversed = frame["reversed"].to_numpy()


class Liftover:
    """Lifts positions with the bundled UCSC chains. MT is rCRS in both builds and stays as it is."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._chains: dict[Build, _Chain] = {}

    def _chain(self, source: Build) -> _Chain:
        if source not in self._chains:
            name = "liftover_37_38" if source is Build.GRCH37 else "liftover_38_37"
            self._chains[source] = _Chain(self._bundle.table(name))
        return self._chains[source]

    def lift(
        self, chrom: npt.ArrayLike, pos: npt.ArrayLike, source: Build
    ) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Chromosome codes, 1-based positions and reversed strands on the other build.

        Position and chromosome are 0 where the chains have no counterpart.
        """
        chain = self._chain(source)
        code = np.asarray(chrom, dtype=np.int64)
        zero_based = np.asarray(pos, dtype=np.int64) - 1
        at = np.searchsorted(chain.key, (code << 32) | zero_based, side="right") - 1
        found = np.maximum(at, 0)
        offset = zero_based - chain.start[found]
        inside = (at >= 0) & (chain.key[found] >> 32 == code) & (offset < chain.length[found])
        turned = inside & chain.reversed[found]
        lifted = np.where(turned, chain.place[found] - offset, chain.place[found] + offset) + 1
        mitochondrial = code == MT
        target = np.where(mitochondrial, MT, np.where(inside, chain.target[found], 0)).astype(np.uint8)
        position = np.where(mitochondrial, zero_based + 1, np.where(inside, lifted, 0))
        return target, position, turned

    def position(self, chrom: int, pos: int, source: Build) -> tuple[int, int, bool] | None:
        """Chromosome code, 1-based position and whether the strand is reversed; None when unmapped."""
        target, lifted, turned = self.lift([chrom], [pos], source)
        return (int(target[0]), int(lifted[0]), bool(turned[0])) if target[0] else None

    def variant(
        self, chrom: int, pos: int, ref: str, alt: str, source: Build
    ) -> tuple[int, int, str, str] | None:
        """A variant on the other build: chromosome code, 1-based position, REF, ALT.

        The whole REF must lift onto one stretch of the same length. None when it does not, or when
        an indel lies on a reversed block (its anchor base would change and is not known here).
        The base of the other reference is not looked at: a REF/ALT swap between builds goes unseen.
        """
        last = pos + len(ref) - 1
        target, lifted, turned = self.lift([chrom, chrom], [pos, last], source)
        if not target[0] or target[0] != target[1] or turned[0] != turned[1]:
            return None
        if abs(int(lifted[1]) - int(lifted[0])) != len(ref) - 1:
            return None
        if not turned[0]:
            return int(target[0]), int(lifted[0]), ref, alt
        if len(ref) != len(alt):
            return None
        return int(target[0]), int(lifted[1]), reverse_complement(ref), reverse_complement(alt)
