"""The ready-made parts of the phenotype tables: what would take seconds to derive is read in a moment.

``hpo_ancestors`` holds (term, ancestor) pairs, ``phenotype_carried`` and ``phenotype_direct`` the matrix
(term, disease, frequency; a frequency of 0 marks a term that the disease never shows), all by index. The
manifest's description of each ends in a stamp of the tables it was made from: a pack that replaces one of
those and not these is noticed, and the parts are derived anew.
"""

import hashlib

import numpy as np
import polars as pl

from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.phenotypes_matrix import Ints, Matrix, matrix_of

ANCESTORS, CARRIED, DIRECT, COUNTS = (
    "hpo_ancestors",
    "phenotype_carried",
    "phenotype_direct",
    "phenotype_counts",
)
SOURCES = ("hpo_terms", "diseases", "disease_terms", "disease_references")
INDEX = pl.UInt16


def stamp(bundle: Bundle) -> str:
    """Eight hexadecimal digits that change with any table the stored parts are made from."""
    text = "".join(bundle.tables[name].sha256 for name in SOURCES)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def fits(bundle: Bundle) -> bool:
    """Whether the stored parts are there and made from the tables of this bundle."""
    tables = bundle.tables
    if any(name not in tables for name in (*SOURCES, ANCESTORS, CARRIED, DIRECT, COUNTS)):
        return False
    wanted = stamp(bundle)
    return all(tables[name].description.endswith(wanted) for name in (ANCESTORS, CARRIED, DIRECT, COUNTS))


def stored_ancestors(bundle: Bundle, terms: int) -> list[Ints]:
    """Ancestors of every term, as ``Phenotypes.ancestors``."""
    frame = bundle.table(ANCESTORS, keep=False)
    ends = np.searchsorted(frame["term"].to_numpy(), np.arange(terms + 1))
    flat = frame["ancestor"].cast(pl.Int32).to_numpy()
    return [flat[ends[term] : ends[term + 1]] for term in range(terms)]


def stored_matrix(bundle: Bundle, terms: int) -> Matrix:
    """The matrix of all annotations, as ``build_matrix`` makes it."""
    direct = _indices(bundle.table(DIRECT, keep=False))
    shown = direct.filter(pl.col("frequency") > 0)
    excluded = direct.filter(pl.col("frequency") == 0).select("disease", "term")
    counts = bundle.table(COUNTS, keep=False)
    return matrix_of(
        _indices(bundle.table(CARRIED, keep=False)),
        shown,
        excluded,
        counts["references"].cast(pl.Float32).to_numpy(),
        terms,
    )


def _indices(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col("term", "disease").cast(pl.Int32))


def parts(matrix: Matrix, ancestors: list[Ints]) -> dict[str, pl.DataFrame]:
    """The tables to store, by name."""
    sizes = [len(found) for found in ancestors]
    rows = np.repeat(np.arange(len(matrix.start) - 1), np.diff(matrix.start))
    never = matrix.excluded.join(matrix.direct, on=["disease", "term"], how="anti")
    direct = pl.concat(
        [
            matrix.direct.select("term", "disease", "frequency"),
            never.select("term", "disease", pl.lit(0.0, pl.Float32).alias("frequency")),
        ]
    )
    columns = {
        "term": rows.astype(np.uint16),
        "disease": matrix.diseases.astype(np.uint16),
        "frequency": matrix.frequency,
    }
    return {
        ANCESTORS: pl.DataFrame(
            {
                "term": np.repeat(np.arange(len(sizes), dtype=np.uint16), sizes),
                "ancestor": np.concatenate(ancestors).astype(np.uint16),
            }
        ),
        CARRIED: pl.DataFrame(columns),
        DIRECT: direct.cast({"term": INDEX, "disease": INDEX}).sort("term", "disease", "frequency"),
        COUNTS: pl.DataFrame({"references": matrix.references.astype(np.uint16)}),
    }
