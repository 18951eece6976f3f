"""The terms x diseases matrix: how often each term, or any term below it, is seen in each disease."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Compressed = tuple[Ints, Ints, Floats]

CLASS_FREQUENCY = np.array([0.0, 1.0, 0.9, 0.55, 0.17, 0.03, 0.0], dtype=np.float32)
"""HPO frequency classes (obligate, very frequent ... excluded): the middle of each class's range."""
TEXT_SOURCE = 3
"""Source of terms recognised in a description or name, which is no report of patients."""
UNSTATED = 0.5
"""Frequency of an annotation that states none: between the classes "frequent" and "very frequent"."""
PRIOR_SEEN, PRIOR_EXAMINED = 0.8, 1.6
"""Pseudo-counts added to n/m, so that 1/1 is not certainty."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Compressed rows by term: ``diseases[start[t]:start[t + 1]]`` with their ``frequency`` (0..1].

    ``background[t]`` is the mean frequency of the term over all diseases; ``depth`` the number of
    direct annotations of each disease, ``references`` that of the publications and entries they come
    from. ``direct`` is the frame of direct annotations
    (term, disease, frequency) and ``excluded`` those a disease never shows.
    """

    start: Ints
    diseases: Ints
    frequency: Floats
    background: Floats
    depth: Floats
    references: Floats
    direct: pl.DataFrame
    excluded: pl.DataFrame
    direct_start: Ints
    direct_diseases: Ints
    direct_frequency: Floats
    direct_background: Floats

    def direct_row(self, term: int) -> tuple[Ints, Floats]:
        """Diseases annotated with exactly this term, and how often they show it."""
        part = slice(self.direct_start[term], self.direct_start[term + 1])
        return self.direct_diseases[part], self.direct_frequency[part]

    def row(self, term: int) -> tuple[Ints, Floats]:
        """Diseases that show the term or one below it, and how often."""
        part = slice(self.start[term], self.start[term + 1])
        return self.diseases[part], self.frequency[part]


def direct_frequencies(annotations: pl.DataFrame) -> pl.DataFrame:
    """One frequency per (disease, term): summed counts, else the class, else ``UNSTATED``."""
    counted = pl.col("examined") > 0
    known = annotations.group_by("disease", "term").agg(
        pl.col("seen").filter(counted).cast(pl.Int32).sum().alias("seen"),
        pl.col("examined").filter(counted).cast(pl.Int32).sum().alias("examined"),
        pl.col("class").max().alias("class"),
    )
    shrunk = (pl.col("seen") + PRIOR_SEEN) / (pl.col("examined") + PRIOR_EXAMINED)
    by_class = pl.col("class").replace_strict(
        dict(enumerate(CLASS_FREQUENCY.tolist())), return_dtype=pl.Float64
    )
    return known.select(
        "disease",
        "term",
        pl.when(pl.col("examined") > 0)
        .then(pl.when(pl.col("seen") > 0).then(shrunk).otherwise(0.0))
        .when(pl.col("class") > 0)
        .then(by_class)
        .otherwise(UNSTATED)
        .cast(pl.Float32)
        .alias("frequency"),
    )


def build_matrix(annotations: pl.DataFrame, ancestors: pl.DataFrame, terms: int, diseases: int) -> Matrix:
    """Carry every annotation up to its ancestors, keeping the highest frequency.

    ``annotations`` has disease, term (indices), excluded, seen, examined, class; ``ancestors`` has
    (term, ancestor) with every term its own ancestor.
    """
    direct = direct_frequencies(annotations.filter(~pl.col("excluded")))
    never = direct.filter(pl.col("frequency") <= 0.0).select("disease", "term")
    stated = annotations.filter(pl.col("excluded")).select("disease", "term")
    direct = direct.filter(pl.col("frequency") > 0.0).sort("term", "disease")
    carried = (
        direct.join(ancestors, on="term")
        .group_by("ancestor", "disease")
        .agg(pl.col("frequency").max())
        .sort("ancestor", "disease")
    )
    return matrix_of(
        carried.rename({"ancestor": "term"}),
        direct,
        pl.concat([never, stated]).unique(maintain_order=True),
        _references(annotations, diseases),
        terms,
    )


def matrix_of(
    carried: pl.DataFrame, direct: pl.DataFrame, excluded: pl.DataFrame, references: Floats, terms: int
) -> Matrix:
    """From frames of (term, disease, frequency) sorted by term and disease; one reference count a disease."""
    above = _compressed(carried["term"], carried["disease"], carried["frequency"], terms)
    exact = _compressed(direct["term"], direct["disease"], direct["frequency"], terms)
    annotated = max(int(direct["disease"].n_unique()), 1)
    return Matrix(
        *above,
        _background(above, annotated),
        np.bincount(direct["disease"].to_numpy(), minlength=references.size).astype(np.float32),
        references,
        direct,
        excluded,
        *exact,
        _background(exact, annotated),
    )


def _references(annotations: pl.DataFrame, diseases: int) -> Floats:
    published = annotations.filter(pl.col("source") != TEXT_SOURCE)
    known = published.select("disease", "reference").unique()
    return np.bincount(known["disease"].to_numpy(), minlength=diseases).astype(np.float32)


def _compressed(rows: pl.Series, diseases: pl.Series, frequency: pl.Series, terms: int) -> Compressed:
    start = np.searchsorted(rows.to_numpy(), np.arange(terms + 1)).astype(np.int32)
    return start, diseases.to_numpy().astype(np.int32), frequency.to_numpy().astype(np.float32)


def _background(part: Compressed, annotated: int) -> Floats:
    """Mean frequency over annotated diseases; a quarter of a disease is added so that none is zero."""
    start, _, frequency = part
    sums = np.add.reduceat(np.append(frequency, np.float32(0)), start[:-1])
    sums[np.diff(start) == 0] = 0
    return ((sums + 0.25) / (annotated + 1.0)).astype(np.float32)


def patched(base: Matrix, affected: list[int], part: Matrix) -> Matrix:
    """``base`` with the columns of the affected diseases replaced by those of ``part``; the background
    stays the base's."""
    flags = np.zeros(base.depth.size, dtype=bool)
    flags[affected] = True
    keep = ~pl.col("disease").is_in(affected)
    start, diseases, frequency = _merged(
        (base.start, base.diseases, base.frequency), (part.start, part.diseases, part.frequency), flags
    )
    direct_start, direct_diseases, direct_frequency = _merged(
        (base.direct_start, base.direct_diseases, base.direct_frequency),
        (part.direct_start, part.direct_diseases, part.direct_frequency),
        flags,
    )
    return replace(
        base,
        start=start,
        diseases=diseases,
        frequency=frequency,
        direct_start=direct_start,
        direct_diseases=direct_diseases,
        direct_frequency=direct_frequency,
        depth=np.where(flags, part.depth, base.depth),
        references=np.where(flags, part.references, base.references),
        direct=pl.concat([base.direct.filter(keep), part.direct]).sort("term", "disease"),
        excluded=pl.concat([base.excluded.filter(keep), part.excluded]),
    )


def _merged(base: Compressed, part: Compressed, flags: npt.NDArray[np.bool_]) -> Compressed:
    """Rows of ``base`` without the flagged diseases, and those of ``part`` put in between."""
    width, stay = flags.size, ~flags[base[1]]
    rows = np.repeat(np.arange(base[0].size - 1), np.diff(base[0]))[stay]
    part_rows = np.repeat(np.arange(part[0].size - 1), np.diff(part[0]))
    keys, part_keys = rows * width + base[1][stay], part_rows * width + part[1]
    place = np.searchsorted(keys, part_keys)
    counts = np.bincount(rows, minlength=base[0].size - 1) + np.bincount(
        part_rows, minlength=base[0].size - 1
    )
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    diseases = np.insert(base[1][stay], place, part[1])
    return start, diseases, np.insert(base[2][stay], place, part[2])
