"""Fast checks of whole columns; what fails them goes to the careful check, record by record."""

from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from genoai_desktop.vcf.columns import Block
from genoai_desktop.vcf.header import Header
from genoai_desktop.vcf.notes import Notes


@dataclass(slots=True)
class Checker:
    header: Header
    samples: int
    notes: Notes
    highest: dict[str, int] = field(default_factory=dict)

    def check(self, block: Block) -> NDArray[np.bool_]:
        f = block.frame
        ok = f.select(
            pl.col("pos").cast(pl.Int64, strict=False).is_between(0, 2**31 - 1).fill_null(False)
            & pl.col("chrom").is_not_null()
            & pl.col("ref").str.contains("^[ACGTNacgtn]+$").fill_null(False)
        ).to_series()
        for name, top in f.filter(ok).group_by("chrom").agg(pl.col("pos").cast(pl.Int64).max()).rows():
            self.highest[name] = max(self.highest.get(name, 0), top)
        return ok.to_numpy()

    def mended(self, frame: pl.DataFrame) -> pl.DataFrame:
        return frame
