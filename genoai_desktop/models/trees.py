"""Gradient-boosted trees stored as plain arrays, and their predictor in NumPy.

A boosted ensemble is nothing but numbers, so it is kept as numbers: an ``.npz`` file read with
``allow_pickle=False``, in which nothing can be run, and which needs neither scikit-learn nor the
seconds that its import takes. ``decision`` gives the very numbers of
``HistGradientBoostingClassifier.decision_function`` (the same comparisons and the same order of
additions; a test compares them bit by bit).
"""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from genoai_desktop.models.artefacts import broken, verified_bytes

Rows = npt.NDArray[np.float64]
FIELDS = {
    "feature": np.int16,
    "threshold": np.float64,
    "missing_left": np.bool_,
    "left": np.int32,
    "right": np.int32,
    "value": np.float64,
    "roots": np.int32,
    "baseline": np.float64,
}
"""Arrays of a file. One entry per node of all trees but ``roots`` (one per tree, in the order of
boosting) and ``baseline`` (one number). A leaf is its own left and right child."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Trees:
    """A binary classifier's trees; ``feature`` of a node goes left up to and including ``threshold``."""

    feature: npt.NDArray[np.int16]
    threshold: npt.NDArray[np.float64]
    missing_left: npt.NDArray[np.bool_]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: npt.NDArray[np.float64]
    roots: npt.NDArray[np.int32]
    baseline: float

    def decision(self, rows: npt.ArrayLike) -> Rows:
        """Sum of the trees (log odds) for rows of shape (n, features); NaN is a missing value."""
        data = np.asarray(rows, dtype=np.float64)
        lines = np.arange(data.shape[0])
        at = np.repeat(self.roots[:, None], data.shape[0], axis=1)
        while True:
            seen = data[lines, self.feature[at]]
            left = np.where(np.isnan(seen), self.missing_left[at], seen <= self.threshold[at])
            following = np.where(left, self.left[at], self.right[at])
            if np.array_equal(following, at):
                break
            at = following
        # Boosting adds tree after tree; a cumulative sum keeps that order, a plain sum need not.
        steps = np.vstack((np.full((1, data.shape[0]), self.baseline), self.value[at]))
        return np.asarray(np.cumsum(steps, axis=0)[-1], dtype=np.float64)


def load_trees(folder: Path, name: str) -> Trees:
    """The trees of an artefact, verified against the manifest before they are read.

    Raises:
        KnowledgeError: the artefact is missing, altered, or does not hold trees.
    """
    try:
        with np.load(io.BytesIO(verified_bytes(folder, name)), allow_pickle=False) as held:
            arrays = {field: held[field].astype(kind, casting="equiv") for field, kind in FIELDS.items()}
    except (ValueError, KeyError, TypeError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise broken(name) from error
    return Trees(**{**arrays, "baseline": float(arrays["baseline"])})


def write_trees(path: Path, classifier: Any) -> None:
    """Store a fitted binary ``HistGradientBoostingClassifier``: the same classifier, the same bytes.

    Raises:
        ValueError: more than two classes, or categorical features, which the predictor does not know.
    """
    forest = [trees[0].nodes for trees in classifier._predictors]
    if classifier.n_trees_per_iteration_ != 1 or any(nodes["is_categorical"].any() for nodes in forest):
        raise ValueError("only binary classifiers of numbers can be stored")
    sizes = [len(nodes) for nodes in forest]
    roots = np.cumsum([0, *sizes[:-1]])
    nodes = np.concatenate(forest)
    offset = np.repeat(roots, sizes)
    leaf = nodes["is_leaf"].astype(bool)
    own = np.arange(len(nodes))
    arrays: dict[str, npt.ArrayLike] = {
        "feature": np.where(leaf, 0, nodes["feature_idx"]),
        "threshold": np.where(leaf, 0.0, nodes["num_threshold"]),
        "missing_left": nodes["missing_go_to_left"],
        "left": np.where(leaf, own, nodes["left"] + offset),
        "right": np.where(leaf, own, nodes["right"] + offset),
        "value": np.where(leaf, nodes["value"], 0.0),
        "roots": roots,
        "baseline": float(np.ravel(classifier._baseline_prediction)[0]),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for field, kind in FIELDS.items():
            text = io.BytesIO()
            np.lib.format.write_array(text, np.asarray(arrays[field], dtype=kind), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{field}.npy", _EPOCH), text.getvalue(), zipfile.ZIP_DEFLATED)
