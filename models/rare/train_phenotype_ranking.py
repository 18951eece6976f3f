#!/usr/bin/env python3
"""Fit and cross-validate the weights of the phenotype ranking (run it without arguments).

A conditional (listwise) logit with non-negative weights over eight features of a case and a disease,
trained on published cases, half as they stand and half with their own publication left out of the
annotations. Folds hold disjoint genes. Writes the weights into the knowledge bundle and prints the
figures of unseen genes.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "knowledge"))

from common import Origin, write_document  # noqa: E402

from genoai_desktop.analysis.rare_disease.phenotype_score import PhenotypeScorer  # noqa: E402
from genoai_desktop.analysis.rare_disease.weights import TABLE, Weights  # noqa: E402
from genoai_desktop.knowledge import Knowledge  # noqa: E402

FEATURES = (
    "graded", "carried_mean", "exact", "spread", "coverage", "omim", "variants", "references",
)  # fmt: skip
EXCLUDED = 0.25
"""By hand: in published cohorts a term that others of the cohort have is the one reported as absent, so
exclusions seem to speak *for* a disease. A patient's do not; the sign is fixed and the weight is small."""
CANDIDATES, FOLDS = 90, 5
SHORTLISTS = (
    (0.12, 0.47, 0.11, 0.15, 2.7, 3.7, 0.29, 0.48),
    (1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    (0.0, 1.0, 0.0, 0.0, 3.0, 4.4, 0.3, 0.0),
    (0.1, 0.0, 0.1, 0.3, 0.0, 4.4, 0.0, 0.0),
)
"""Rough scores by which the hard candidates of a case are found; they do not enter the model."""
DAMPING = 0.25
"""A gene with n cases weighs n to the power 1 - this: a few genes hold a tenth of all cases."""


def design(scorer: PhenotypeScorer, observed: list[str]) -> np.ndarray:
    """(diseases, features) of one case."""
    values, _, used, _ = scorer.features(observed, [])
    carried = values[1, scorer.specific_rows(used)]
    spread = -len(carried) * scorer.spread
    parts = [values[0].sum(0), carried.mean(0), values[2].sum(0), spread]
    return np.stack([*parts, scorer.coverage(used), *scorer.prior_parts()], axis=1)


def fit(x: np.ndarray, valid: np.ndarray, importance: np.ndarray) -> np.ndarray:
    """Weights that make the true disease (candidate 0) most probable; all at least zero."""
    importance = importance / importance.sum()
    scale = x.reshape(-1, x.shape[2]).std(0) + 1e-6
    z = x / scale

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        s = np.where(valid, z @ b, -1e9)
        s = s - s.max(1, keepdims=True)
        p = np.exp(s)
        p /= p.sum(1, keepdims=True)
        gradient = -importance @ (z[:, 0] - np.einsum("nc,ncf->nf", p, z))
        return float(-importance @ np.log(p[:, 0] + 1e-30) + 1e-3 * b @ b), gradient + 2e-3 * b

    start = np.full(x.shape[2], 0.1)
    found: Any = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * x.shape[2])
    return np.asarray(found.x / scale)


def main() -> None:
    """Cross-validate, fit on all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--cases",
        type=Path,
        default=ROOT.parent / "shared" / "data" / "benchmarks" / "rare" / "cases_dev.tsv.gz",
    )
    parser.add_argument("--size", type=int, default=1300)
    parser.add_argument("--dry-run", action="store_true")
    args = parser.parse_args()
    phenotypes = Knowledge().phenotypes
    rng = np.random.default_rng(20261123)
    cases = pl.read_csv(args.cases, separator="\t", infer_schema=False, quote_char=None)
    rows = [
        r
        for r in cases.iter_rows(named=True)
        if phenotypes.disease_index(r["disease"]) is not None and r["obs"]
    ]
    rows = [rows[i] for i in rng.permutation(len(rows))[: args.size]]
    empty = Weights(*[0.0] * 9)
    genes = sorted({r["genes"] or r["id"] for r in rows})
    fold_of = {gene: i % FOLDS for i, gene in enumerate(rng.permutation(genes))}
    folds = np.array([fold_of[r["genes"] or r["id"]] for r in rows])
    whole = PhenotypeScorer(phenotypes, phenotypes.matrix, empty)
    kept: list[list[np.ndarray]] = [[], []]
    for row in rows:
        part = phenotypes.matrix_without(row["pmid"].replace("_", ":"))
        for mode, scorer in enumerate((whole, PhenotypeScorer(phenotypes, part, empty))):
            x = design(scorer, row["obs"].split(";")).astype(np.float16)
            x[scorer.matrix.depth == 0] = np.nan
            kept[mode].append(x)
    truth = np.array([phenotypes.disease_index(r["disease"]) for r in rows])
    names, count = np.unique([r["genes"] or r["id"] for r in rows], return_counts=True)
    sizes = dict(zip(names.tolist(), count.tolist(), strict=True))
    importance = np.array([sizes[r["genes"] or r["id"]] ** -DAMPING for r in rows])
    weights = cross_validate(kept, truth, folds, importance, rng)
    named = {name: round(float(value), 4) for name, value in zip(FEATURES, weights, strict=True)}
    named["excluded"] = EXCLUDED
    print(named)
    if not args.dry_run:
        origin = Origin(
            "Trained by models/rare/train_phenotype_ranking.py on published cases (Phenopacket Store, BSD-3)",
            "2026-11",
            "Apache-2.0",
            "train_phenotype_ranking",
            description="Weights of the phenotype ranking",
        )
        write_document(TABLE, {"weights": named, "cases": len(rows)}, len(named), origin)


def cross_validate(
    kept: list[list[np.ndarray]],
    truth: np.ndarray,
    folds: np.ndarray,
    importance: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Print figures of unseen genes for both modes; return weights fitted on everything."""
    sampled = [sample(features, truth, rng) for features in kept]
    ranks = np.full((2, len(truth)), 1e9)
    for fold in range(FOLDS):
        use = folds != fold
        b = fit_both(sampled, use, importance)
        for mode in (0, 1):
            for i in np.flatnonzero(~use):
                s = np.nan_to_num(kept[mode][i].astype(np.float32) @ b, nan=-1e9)
                if s[truth[i]] > -1e8:
                    ranks[mode, i] = 1 + (s > s[truth[i]]).sum() + ((s == s[truth[i]]).sum() - 1) / 2
    for mode, name in enumerate(("as published", "publication left out")):
        first, ten = (ranks[mode] < 1.6).mean(), (ranks[mode] <= 10).mean()
        print(f"known diseases, unseen genes, {name}: first {first:.1%}, first ten {ten:.1%}")
    return fit_both(sampled, np.ones(len(truth), dtype=bool), importance)


def fit_both(
    sampled: list[tuple[np.ndarray, np.ndarray]], use: np.ndarray, importance: np.ndarray
) -> np.ndarray:
    """Fit on both ways to see a case; those whose disease is not known in a mode are left out of it."""
    x = np.concatenate([x[use] for x, _ in sampled])
    valid = np.concatenate([valid[use] for _, valid in sampled])
    known = valid[:, 0]
    return fit(x[known], valid[known], np.tile(importance[use], len(sampled))[known])


def sample(
    features: list[np.ndarray], truth: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """The true disease first, then the first ones by each of several simple scores and some random others.

    One score alone would take its own features out of the comparison.
    """
    x = np.zeros((len(truth), len(SHORTLISTS) * CANDIDATES + 41, len(FEATURES)), dtype=np.float32)
    valid = np.zeros(x.shape[:2], dtype=bool)
    for i, values in enumerate(features):
        simple = np.nan_to_num(values.astype(np.float32) @ np.array(SHORTLISTS).T, nan=-1e9)
        best = np.argpartition(-simple, CANDIDATES, axis=0)[:CANDIDATES]
        others = np.setdiff1d(np.append(best, rng.integers(0, len(simple), 40)), truth[i])
        chosen = np.append(truth[i], others)
        x[i, : chosen.size] = np.nan_to_num(values[chosen].astype(np.float32))
        valid[i, : chosen.size] = simple[chosen, 0] > -1e8
    return x, valid


if __name__ == "__main__":
    main()
