"""The bias audit: error by ancestry, sex and age with bootstrap intervals (fairlearn); who is served worse.

All figures are of held-out predictions (cross-validation), so nobody is judged by a model that saw them.
"""

from typing import Any

import numpy as np
from fairlearn.metrics import MetricFrame

ROUNDS = 300
LEAST = 30
"""Patients below which a group is shown and not judged."""


def mean_error(dose: np.ndarray, predicted: np.ndarray) -> float:
    """Mean absolute error in mg a week."""
    return float(np.abs(predicted - dose).mean())


def within_20(dose: np.ndarray, predicted: np.ndarray) -> float:
    """Percent within 20 % of the stated dose."""
    return float(100 * (np.abs(predicted - dose) <= 0.2 * dose).mean())


def bias(dose: np.ndarray, predicted: np.ndarray) -> float:
    """Predicted less stated, mg a week."""
    return float((predicted - dose).mean())


METRICS = {"mae_mg_week": mean_error, "within_20_percent": within_20, "bias_mg_week": bias}


def frame(dose: np.ndarray, predicted: np.ndarray, groups: np.ndarray) -> MetricFrame:
    """fairlearn's frame with a 95 % bootstrap interval; the seed is fixed."""
    return MetricFrame(
        metrics=METRICS, y_true=dose, y_pred=predicted, sensitive_features=groups, n_boot=ROUNDS,
        ci_quantiles=[0.025, 0.5, 0.975], random_state=np.random.RandomState(1),
    )  # fmt: skip


def audit(
    dose: np.ndarray, predictions: dict[str, np.ndarray], groups: dict[str, np.ndarray]
) -> dict[str, Any]:
    """``model -> attribute -> group -> metric -> value and interval``, and the groups served worse."""
    found: dict[str, Any] = {"models": {}, "served_worse": {}}
    for model, predicted in predictions.items():
        table: dict[str, Any] = {}
        for attribute, values in groups.items():
            made = frame(dose, predicted, values)
            low, _, high = made.by_group_ci
            table[attribute] = {
                str(name): {"patients": int((values == name).sum())} | {
                    metric: [round(float(part.loc[name, metric]), 2) for part in (made.by_group, low, high)]
                    for metric in METRICS
                }
                for name in sorted(set(values))
            }  # fmt: skip
        found["models"][model] = table
    found["served_worse"] = served_worse(found["models"]["used"], dose, predictions["used"])
    return found


def served_worse(table: dict[str, Any], dose: np.ndarray, predicted: np.ndarray) -> dict[str, list[str]]:
    """Groups whose error in mg is larger than that of all beyond its interval, not for higher doses alone.

    That is: no larger share of them falls within 20 % than of all. Also any group whose share is smaller
    beyond its interval.
    """
    share, error = within_20(dose, predicted), mean_error(dose, predicted)
    return {
        attribute: [
            name for name, row in rows.items()
            if row["patients"] >= LEAST
            and (
                row["within_20_percent"][2] < share
                or (row["mae_mg_week"][1] > error and row["within_20_percent"][0] < share)
            )
        ]
        for attribute, rows in table.items()
    }  # fmt: skip


def markdown(found: dict[str, Any]) -> str:
    """The table of the model card for what the program uses."""
    lines = [
        "| by | group | patients | MAE (95 % interval) | within 20 % (95 % interval) | bias | served worse |",
        "|---|---|---|---|---|---|---|",
    ]
    for attribute, rows in found["models"]["used"].items():
        for name, row in rows.items():
            error, share, shift = (row[metric] for metric in METRICS)
            worse = "yes" if name in found["served_worse"][attribute] else ""
            lines.append(
                f"| {attribute} | {name} | {row['patients']} "
                f"| {error[0]:.2f} ({error[1]:.2f} to {error[2]:.2f}) "
                f"| {share[0]:.1f} ({share[1]:.1f} to {share[2]:.1f}) "
                f"| {shift[0]:+.1f} ({shift[1]:+.1f} to {shift[2]:+.1f}) | {worse} |"
            )
    return "\n".join(lines)
