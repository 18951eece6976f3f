#!/usr/bin/env python3
"""Is the model's error honest? Nested cross-validation, by person and by study site: ``nested.json``.

``train.py`` chose form and penalties on the folds that judge it. Here they are chosen anew inside each outer
fold (three inner folds) from a grid that holds the shipped choice and weaker and stronger ones, with and
without the products; the outer fold is only predicted. By site: an outer fold holds out whole study sites,
whose habits of dosing and recording the model then has not seen. Deterministic.
"""

import csv
import gzip
import json
import sys
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import HuberRegressor, QuantileRegressor
from sklearn.model_selection import GroupKFold, KFold

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

from train import PATIENTS, errors, intervals  # noqa: E402

from genoai_desktop.analysis.pharmacogenomics.dosing import iwpc_mg_week  # noqa: E402
from genoai_desktop.analysis.pharmacogenomics.warfarin_table import patient_of, stated_dose  # noqa: E402
from genoai_desktop.knowledge.bundle import Bundle  # noqa: E402
from genoai_desktop.models.warfarin import GROUPS, features  # noqa: E402

HUBER, QUANTILE = (1.0, 10.0, 100.0), (0.0005, 0.002, 0.008)
OUTER, INNER = 10, 3
Data = dict[str, Any]


def read(path: Path) -> Data:
    """Inputs, square roots of doses, ancestry groups, sites and IWPC's doses, one row a patient."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        table = list(csv.DictReader(handle, delimiter="\t"))
    kept = [(p, d, row) for row in table if (p := patient_of(row)) and (d := stated_dose(row))]
    names = list(features(kept[0][0]))
    plain = [i for i, name in enumerate(names) if "*" not in name and name not in ("bsa2", "age2")]
    dosing = Bundle().document("pgx_dosing")
    return {
        "rows": np.array([[features(p)[name] for name in names] for p, _, _ in kept]),
        "dose": np.array([d for _, d, _ in kept]),
        "patients": [p for p, _, _ in kept],
        "group": np.array([p.group for p, _, _ in kept]),
        "site": np.array([row["Site"] for _, _, row in kept]),
        "iwpc": np.array([iwpc_mg_week(p, dosing) for p, _, _ in kept]),
        "forms": {"with products": list(range(len(names))), "without products": plain},
    }  # fmt: skip


def fitted(rows: np.ndarray, roots: np.ndarray, new: np.ndarray) -> dict[tuple[str, float], np.ndarray]:
    """What each single regression of the grid says of ``new``."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread < 1e-9] = 1.0
    train, test = (rows - middle) / spread, (new - middle) / spread
    found = {}
    for alpha in HUBER:
        made = HuberRegressor(alpha=alpha, epsilon=1.1, max_iter=5000).fit(train, roots)
        found["huber", alpha] = made.predict(test)
    for alpha in QUANTILE:
        made = QuantileRegressor(alpha=alpha, quantile=0.5, solver="highs").fit(train, roots)
        found["quantile", alpha] = made.predict(test)
    return found


def best(rows: np.ndarray, dose: np.ndarray, forms: dict[str, list[int]]) -> tuple[str, float, float]:
    """Form and penalties with the least mean absolute error in the inner folds."""
    roots = np.sqrt(dose)
    total: dict[tuple[str, float, float], float] = {}
    for train, test in KFold(INNER, shuffle=True, random_state=0).split(rows):
        for form, columns in forms.items():
            said = fitted(rows[train][:, columns], roots[train], rows[test][:, columns])
            for huber, quantile in product(HUBER, QUANTILE):
                root = (said["huber", huber] + said["quantile", quantile]) / 2
                gap = np.abs(np.maximum(root, 1.0) ** 2 - dose[test]).sum()
                total[form, huber, quantile] = total.get((form, huber, quantile), 0.0) + float(gap)
    return min(total, key=total.__getitem__)


def nested(data: Data, folds: list[tuple[np.ndarray, np.ndarray]]) -> Data:
    """Held-out error of the whole procedure, its choices and how often its intervals hold."""
    rows, dose = data["rows"], data["dose"]
    roots, predicted, covered, choices = np.sqrt(dose), np.zeros(len(dose)), np.zeros(len(dose), bool), []
    for train, test in folds:
        form, huber, quantile = best(rows[train], dose[train], data["forms"])
        choices.append([form, huber, quantile])
        columns = data["forms"][form]
        both = np.vstack([rows[train], rows[test]])[:, columns]
        said = fitted(rows[train][:, columns], roots[train], both)
        root = np.maximum((said["huber", huber] + said["quantile", quantile]) / 2, 1.0)
        known, new = root[: len(train)], root[len(train) :]
        predicted[test] = new**2
        for upto, low, high in reversed(intervals(known, roots[train])):
            inside, gap = new <= upto, roots[test] - new
            covered[test[inside]] = ((gap >= low) & (gap <= high))[inside]
    return {"choices": choices, "error": table(data, predicted, covered)}


def table(data: Data, predicted: np.ndarray, covered: np.ndarray) -> Data:
    """Errors of both models and the intervals' coverage, of all and by ancestry group."""
    found = {}
    for name in ("all", *GROUPS):
        chosen = (data["group"] == name) | (name == "all")
        own, other = (errors(one, data["dose"], chosen) for one in (predicted, data["iwpc"]))
        found[name] = {
            "patients": int(chosen.sum()), "own": round(own[0], 2), "own_within_20": round(own[1], 1),
            "iwpc": round(other[0], 2), "iwpc_within_20": round(other[1], 1),
            "interval_coverage": round(float(100 * covered[chosen].mean()), 1),
        }  # fmt: skip
        print(name, found[name], flush=True)
    return found


def main() -> None:
    """Run both, write ``nested.json``."""
    data = read(Path(sys.argv[1]) if len(sys.argv) > 1 else PATIENTS)
    people = list(KFold(OUTER, shuffle=True, random_state=7).split(data["rows"]))
    sites = list(GroupKFold(OUTER).split(data["rows"], groups=data["site"]))
    found = {"by person": nested(data, people), "by site": nested(data, sites)}
    found["sites"] = len(set(data["site"]))
    (HERE / "nested.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
