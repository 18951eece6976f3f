"""What the file itself says beside the variant: transcripts, frequencies, structural fields."""

from dataclasses import dataclass

import polars as pl

from genoai_desktop.vcf.convert import Converted
from genoai_desktop.vcf.header import Header
from genoai_desktop.vcf.notes import Notes


@dataclass(slots=True)
class Extras:
    header: Header
    samples: int
    notes: Notes

    def add(self, text: pl.DataFrame, done: Converted, offset: int) -> pl.DataFrame:
        return done.frame.insert_column(
            12, pl.Series("file_af", [None], dtype=pl.Float32).new_from_index(0, done.frame.height)
        )

    def structural_frame(self) -> pl.DataFrame:
        return pl.DataFrame()

    def annotation_frame(self) -> pl.DataFrame:
        return pl.DataFrame()
