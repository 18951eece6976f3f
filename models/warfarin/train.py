#!/usr/bin/env python3
"""Train the warfarin model and write its artefact: ``python models/warfarin/train.py [PATIENTS.tsv.gz]``.

A linear model of the square root of the weekly dose (mean of a Huber and a median regression on standardised
features), judged by repeated ten-fold cross-validation against IWPC 2009. Also judged: in which ancestry
group and band of IWPC doses it is the better one (only there it is used), and whom it serves worse
(``audit.json``, fairlearn). Deterministic.
"""

import csv
import gzip
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import HuberRegressor, QuantileRegressor
from sklearn.model_selection import KFold

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

from audit import audit, markdown  # noqa: E402

from genoai_desktop.analysis.pharmacogenomics.dosing import iwpc_mg_week  # noqa: E402
from genoai_desktop.analysis.pharmacogenomics.warfarin_table import patient_of, stated_dose  # noqa: E402
from genoai_desktop.knowledge.bundle import Bundle  # noqa: E402
from genoai_desktop.models.warfarin import GROUPS, age_band, features  # noqa: E402

PATIENTS = HERE.parents[2] / "shared" / "data" / "benchmarks" / "pgx" / "iwpc_warfarin_dev.tsv.gz"
REPEATS = 3
BANDS = [{"name": "low", "upto": 21.0}, {"name": "middle", "upto": 49.0}, {"name": "high", "upto": 1e9}]
"""Weekly doses that IWPC gives, in the bands of Klein 2009 (at most 21 mg, between, over 49 mg)."""
LEAST_IN_BAND = 60
"""Patients below which a band of one group is not judged by itself but over all groups."""


def fit(rows: np.ndarray, roots: np.ndarray) -> tuple[float, np.ndarray]:
    """Intercept and coefficients on the features' own scale."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread < 1e-9] = 1.0
    scaled = (rows - middle) / spread
    huber = HuberRegressor(alpha=10, epsilon=1.1, max_iter=5000).fit(scaled, roots)
    median = QuantileRegressor(alpha=0.002, quantile=0.5, solver="highs").fit(scaled, roots)
    slopes = (huber.coef_ + median.coef_) / 2 / spread
    intercept = (huber.intercept_ + median.intercept_) / 2 - float(slopes @ middle)
    return intercept, slopes


def errors(predicted: np.ndarray, dose: np.ndarray, chosen: np.ndarray) -> tuple[float, float]:
    """Mean absolute error in mg a week, and percent within 20 % of the stated dose."""
    gap = np.abs(predicted - dose)[chosen]
    return float(gap.mean()), float(100 * (gap <= 0.2 * dose[chosen]).mean())


def main() -> None:
    """Train, judge, write."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PATIENTS
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        table = list(csv.DictReader(handle, delimiter="\t"))
    pairs = [(p, d) for row in table if (p := patient_of(row)) and (d := stated_dose(row))]
    dose = np.array([d for _, d in pairs])
    names = list(features(pairs[0][0]))
    rows = np.array([[features(p)[name] for name in names] for p, _ in pairs])
    group = np.array([p.group for p, _ in pairs])
    dosing = Bundle().document("pgx_dosing")
    iwpc = np.array([iwpc_mg_week(p, dosing) for p, _ in pairs])
    roots = np.sqrt(dose)
    held_out = np.zeros((REPEATS, len(dose)))
    covered = np.zeros((REPEATS, len(dose)), dtype=bool)
    for seed in range(REPEATS):
        for train, test in KFold(10, shuffle=True, random_state=seed).split(rows):
            intercept, slopes = fit(rows[train], roots[train])
            held_out[seed, test] = np.maximum(intercept + rows[test] @ slopes, 1.0)
            inner = intervals(intercept + rows[train] @ slopes, roots[train])
            for upto, low, high in reversed(inner):
                inside = held_out[seed, test] <= upto
                gap = roots[test] - held_out[seed, test]
                covered[seed, test[inside]] = ((gap >= low) & (gap <= high))[inside]
    predicted = (held_out**2).mean(axis=0)
    report: dict[str, dict[str, float]] = {}
    for name in ("all", *GROUPS):
        chosen = np.ones(len(dose), dtype=bool) if name == "all" else group == name
        per_seed = [errors(held_out[s] ** 2, dose, chosen) for s in range(REPEATS)]
        own = tuple(np.mean(per_seed, axis=0))
        other = errors(iwpc, dose, chosen)
        bias = float((predicted - dose)[chosen].mean())
        report[name] = {
            "patients": int(chosen.sum()), "own": round(own[0], 3), "own_within_20": round(own[1], 2),
            "iwpc": round(other[0], 3), "iwpc_within_20": round(other[1], 2), "own_bias": round(bias, 3),
            "iwpc_bias": round(float((iwpc - dose)[chosen].mean()), 3),
            "interval_coverage": round(float(100 * covered[:, chosen].mean()), 1),
        }  # fmt: skip
        print(name, report[name])
    by_band = bands(predicted, iwpc, dose, group)
    used = choose(predicted, iwpc, group, report, by_band)
    print("used", errors(used, dose, np.ones(len(dose), dtype=bool)))
    people = {
        "ancestry": group, "sex": np.array(["male" if p.male else "female" for p, _ in pairs]),
        "age": np.array([age_band(p.age_decades) for p, _ in pairs]),
    }  # fmt: skip
    judged = audit(dose, {"used": used, "iwpc": iwpc}, people)
    (HERE / "audit.json").write_text(json.dumps(judged, indent=1) + "\n")
    print(markdown(judged))
    intercept, slopes = fit(rows, roots)
    added = {"dose_bands": BANDS, "error_by_band": by_band, "served_worse": judged["served_worse"]}
    bins = intervals(held_out.mean(axis=0), roots)
    added["iwpc_intervals"] = as_rows(intervals(np.sqrt(iwpc), roots))
    write(intercept, dict(zip(names, slopes, strict=True)), bins, report, added)


def band_of(iwpc: np.ndarray) -> np.ndarray:
    """Index of the band of each IWPC dose."""
    return np.searchsorted([band["upto"] for band in BANDS], iwpc, side="left")


def bands(
    predicted: np.ndarray, iwpc: np.ndarray, dose: np.ndarray, group: np.ndarray
) -> dict[str, dict[str, dict[str, float]]]:
    """Mean absolute error of both by group and band, where enough patients judge it."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for name in ("all", *GROUPS):
        found[name] = {}
        for index, band in enumerate(BANDS):
            chosen = (band_of(iwpc) == index) & ((group == name) | (name == "all"))
            if chosen.sum() >= LEAST_IN_BAND or name == "all":
                cell = {"patients": int(chosen.sum())}
                for key, values in (("own", predicted), ("iwpc", iwpc)):
                    cell[key] = round(errors(values, dose, chosen)[0], 3)
                found[name][str(band["name"])] = cell
                print(name, band["name"], cell)
    return found


def choose(
    predicted: np.ndarray, iwpc: np.ndarray, group: np.ndarray, report: Any, by_band: Any
) -> np.ndarray:
    """What the program gives: as ``WarfarinModel.beats_iwpc`` decides."""
    used = iwpc.copy()
    for row, index in enumerate(band_of(iwpc)):
        name, band = str(group[row]), str(BANDS[index]["name"])
        cell = by_band[name].get(band) or by_band["all"][band]
        if report[name]["own"] < report[name]["iwpc"] and cell["own"] < cell["iwpc"]:
            used[row] = predicted[row]
    return used


def intervals(predicted: np.ndarray, roots: np.ndarray) -> list[tuple[float, float, float]]:
    """Residual quantiles (10 %, 90 %) in thirds of the prediction: (upper end, low, high)."""
    ends = [*np.quantile(predicted, [1 / 3, 2 / 3]), np.inf]
    start, found = -np.inf, []
    for end in ends:
        inside = (predicted > start) & (predicted <= end)
        low, high = np.quantile((roots - predicted)[inside], [0.1, 0.9])
        found.append((float(end), float(low), float(high)))
        start = end
    return found


def as_rows(bins: list[tuple[float, float, float]]) -> list[dict[str, float]]:
    """Intervals as the artefact has them."""
    return [
        {"upto": 1e9 if np.isinf(end) else round(end, 5), "low": round(low, 5), "high": round(high, 5)}
        for end, low, high in bins
    ]


def write(
    intercept: float,
    slopes: dict[str, float],
    bins: list[tuple[float, float, float]],
    report: Any,
    added: Any,
) -> None:
    """The artefact and its checksum."""
    document = {
        "version": "1", "target": "square root of mg a week", "intercept": round(intercept, 8),
        "coefficients": {name: round(float(value), 8) for name, value in slopes.items()},
        "intervals": as_rows(bins),
        "interval_coverage": 0.8, "error_mg_week": report,
    } | added  # fmt: skip
    data = (json.dumps(document, indent=1) + "\n").encode()
    (HERE / "warfarin.json").write_bytes(data)
    (HERE / "warfarin.json.sha256").write_text(f"{hashlib.sha256(data).hexdigest()}  warfarin.json\n")


if __name__ == "__main__":
    main()
