"""Published cases as compact profiles (terms, diagnosis, gene, publication), and a space to compare them in.

Source: Phenopacket Store cases of the development set (BSD-3). A profile is the closure of its observed
terms over the ontology, each weighted by its information among the profiles; the space is a truncated
singular value decomposition of those. The ranking of diseases never reads any of this.
"""

import csv
import gzip
import io
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from common import OUT, Origin, write_table

DIMENSIONS = 48
FEWEST = 3
"""A term that fewer profiles show has no place of its own in the space; its ancestors have."""
CLUSTERS = 24
ROUNDS = 60
Floats = npt.NDArray[np.float64]


def build(source: Path, out: Path = OUT) -> None:
    """Write ``published_profiles``, ``profile_terms`` and ``profile_clusters``."""
    ancestors = _ancestors(out)
    rows = _cases(source.parent / "benchmarks/rare/cases_dev.tsv.gz", ancestors)
    closures = [frozenset().union(*(ancestors[t] for t in row["terms"])) for row in rows]
    counts: dict[int, int] = {}
    for closure in closures:
        for term in closure:
            counts[term] = counts.get(term, 0) + 1
    kept = sorted(term for term, count in counts.items() if FEWEST <= count < len(rows))
    information = np.log(len(rows) / np.array([counts[term] for term in kept], dtype=np.float64))
    column = {term: i for i, term in enumerate(kept)}
    matrix = np.zeros((len(rows), len(kept)))
    for i, closure in enumerate(closures):
        places = [column[term] for term in closure if term in column]
        matrix[i, places] = information[places]
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1), 1e-12)[:, None]
    axes = _axes(matrix)
    space = _unit(matrix @ axes)
    nearest = _left_out(space, [row["pmid"] for row in rows])
    cluster, centers = _clusters(space)
    frame = pl.DataFrame(rows, schema=_SCHEMA).with_columns(
        pl.Series("nearest", nearest.round(4), dtype=pl.Float32),
        pl.Series("cluster", cluster, dtype=pl.UInt8),
    )
    write_table("published_profiles", frame, _origin("Published cases."), out)
    terms = pl.DataFrame({"term": kept, "information": information.round(5)}).with_columns(
        pl.col("term").cast(pl.Int32),
        pl.col("information").cast(pl.Float32),
        *(pl.Series(f"d{k + 1}", axes[:, k].round(4), dtype=pl.Float32) for k in range(DIMENSIONS)),
    )
    write_table("profile_terms", terms, _origin("Information of terms and axes of the space."), out)
    named = [
        {
            "cluster": k,
            "cases": int((cluster == k).sum()),
            "terms": _typical(matrix, cluster == k, kept, ancestors),
        }
        for k in range(len(centers))
    ]
    schema = {"cluster": pl.UInt8, "cases": pl.UInt16, "terms": pl.List(pl.Int32)}
    write_table("profile_clusters", pl.DataFrame(named, schema=schema), _origin("Groups of profiles."), out)


_SCHEMA = {
    "pmid": pl.Int32,
    "sex": pl.Categorical,
    "disease": pl.String,
    "label": pl.String,
    "gene": pl.String,
    "terms": pl.List(pl.Int32),
}


def _ancestors(out: Path) -> dict[int, frozenset[int]]:
    """Ancestors of every term by number, itself included; older identifiers lead to the current one."""
    frame = pl.read_parquet(out / "hpo_terms.parquet")
    parents = dict(zip(frame["id"].to_list(), frame["parents"].to_list(), strict=True))
    found: dict[int, frozenset[int]] = {}

    def climb(term: int) -> frozenset[int]:
        if term not in found:
            found[term] = frozenset({term}).union(*(climb(parent) for parent in parents[term]))
        return found[term]

    for term in parents:
        climb(term)
    for term, others in zip(frame["id"].to_list(), frame["alternatives"].to_list(), strict=True):
        for other in others:
            found.setdefault(other, found[term])
    return {term: above - {1, 118} for term, above in found.items()}


def _cases(path: Path, ancestors: dict[int, frozenset[int]]) -> list[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    rows = []
    for row in csv.DictReader(io.StringIO(text), delimiter="\t"):
        numbers = {int(term.removeprefix("HP:")) for term in row["obs"].split(";") if term.startswith("HP:")}
        terms = sorted(number for number in numbers if number in ancestors)
        if terms and row["pmid"].startswith("PMID_"):
            rows.append(
                {
                    "pmid": int(row["pmid"].removeprefix("PMID_")),
                    "sex": row["sex"].lower().removesuffix("_sex"),
                    "disease": row["disease"],
                    "label": row["disease_label"],
                    "gene": row["genes"].split(";")[0],
                    "terms": terms,
                }
            )
    return sorted(rows, key=lambda r: (r["pmid"], r["disease"], r["gene"], r["sex"], r["terms"]))


def _axes(matrix: Floats) -> Floats:
    """Right singular vectors, largest first, each with its largest entry positive."""
    vectors = np.linalg.eigh(matrix.T @ matrix)[1][:, ::-1][:, :DIMENSIONS]
    signs = np.where(vectors[np.abs(vectors).argmax(axis=0), range(DIMENSIONS)] < 0, -1, 1)
    axes: Floats = (vectors * signs).round(4)
    return axes


def _unit(space: Floats) -> Floats:
    scaled: Floats = space / np.maximum(np.linalg.norm(space, axis=1), 1e-12)[:, None]
    return scaled


def _left_out(space: Floats, papers: list[int]) -> Floats:
    """Similarity of every profile to its nearest one of another publication."""
    paper = np.array(papers)
    result = np.zeros(len(space))
    for start in range(0, len(space), 500):
        part = slice(start, start + 500)
        near = space[part] @ space.T
        near[paper[part][:, None] == paper[None, :]] = -1
        result[part] = near.max(axis=1)
    return result


def _clusters(space: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """Spherical k-means from the farthest points, which needs no chance."""
    chosen = [0]
    closest = space @ space[0]
    for _ in range(CLUSTERS - 1):
        chosen.append(int(closest.argmin()))
        closest = np.maximum(closest, space @ space[chosen[-1]])
    centers = space[chosen]
    for _ in range(ROUNDS):
        member = (space @ centers.T).argmax(axis=1)
        sums = np.array([space[member == k].sum(axis=0) for k in range(CLUSTERS)])
        centers = _unit(np.where(np.any(sums != 0, axis=1)[:, None], sums, centers))
    order = np.argsort(-np.bincount(member, minlength=CLUSTERS), kind="stable")
    rank = np.argsort(order)
    return rank[member], centers[order]


def _typical(
    matrix: Floats, members: npt.NDArray[np.bool_], kept: list[int], ancestors: dict[int, frozenset[int]]
) -> list[int]:
    """Three terms that the group has more of than others, none above another."""
    if not members.any():
        return []
    more = matrix[members].mean(axis=0) - matrix[~members].mean(axis=0)
    found: list[int] = []
    for place in np.argsort(-more, kind="stable"):
        term = kept[int(place)]
        if not any(term in ancestors[other] or other in ancestors[term] for other in found):
            found.append(term)
        if len(found) == 3:
            break
    return found


def _origin(description: str) -> Origin:
    return Origin(
        source="Phenopacket Store, published cases of the development set",
        release="2026-11",
        licence="BSD-3-Clause",
        builder="build_profiles.py",
        description=description,
    )
