#!/usr/bin/env python3
"""How exact is each model with what the window asks of a patient? ``asked.json``.

The cohort's table holds the indication, further conditions and the reported population; the window asks for
none of them. Ten-fold cross-validation by person and with whole study sites held out: the shipped form with
these inputs blanked when predicting, and the same form trained without them. Deterministic.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.model_selection import GroupKFold, KFold

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

from nested import read, table  # noqa: E402
from train import PATIENTS, fit, intervals  # noqa: E402

from genoai_desktop.models.warfarin import WarfarinPatient, features  # noqa: E402

ASKED = frozenset({"smoker", "simvastatin", "atorvastatin", "aspirin", "sulfonamide", "azole", "macrolide"})
"""Conditions and medicines that the window knows of; the others would have to be asked."""
Folds = list[tuple[np.ndarray, np.ndarray]]


def as_asked(patient: WarfarinPatient) -> WarfarinPatient:
    """The patient without what the window does not ask."""
    return replace(patient, population="", indications=frozenset(), flags=patient.flags & ASKED)


def held_out(
    train: np.ndarray, test: np.ndarray, dose: np.ndarray, folds: Folds
) -> tuple[np.ndarray, np.ndarray]:
    """Predictions of rows of ``test`` by models of ``train``, and whether their intervals hold."""
    roots, found, covered = np.sqrt(dose), np.zeros(len(dose)), np.zeros(len(dose), bool)
    for known, new in folds:
        intercept, slopes = fit(train[known], roots[known])
        root = np.maximum(intercept + test[new] @ slopes, 1.0)
        found[new] = root**2
        for upto, low, high in reversed(intervals(intercept + train[known] @ slopes, roots[known])):
            inside, gap = root <= upto, roots[new] - root
            covered[new[inside]] = ((gap >= low) & (gap <= high))[inside]
    return found, covered


def main() -> None:
    """Judge, write ``asked.json``."""
    data = read(Path(sys.argv[1]) if len(sys.argv) > 1 else PATIENTS)
    whole = data["rows"]
    blank = np.array([list(features(as_asked(patient)).values()) for patient in data["patients"]])
    folds = {
        "by person": list(KFold(10, shuffle=True, random_state=0).split(whole)),
        "by site": list(GroupKFold(10).split(whole, groups=data["site"])),
    }
    found = {}
    for name, split in folds.items():
        for kind, train in (("shipped form, inputs blanked", whole), ("trained without them", blank)):
            print(name, kind)
            found[f"{kind}, {name}"] = table(data, *held_out(train, blank, data["dose"], split))
    (HERE / "asked.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
