"""The missense model: five gradient-boosted classifiers, each blind to a fifth of the genes.

A gene is always judged by the classifier that never saw it in training (``fold_of``), so that a
prediction is out-of-gene for every gene, in use as in evaluation. Output is a probability calibrated
to even odds. Card: ``models/missense/CARD.md``.
"""

import json
import zlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from genoai_desktop.domain.provenance import Version
from genoai_desktop.models.artefacts import read_manifest, verified_bytes
from genoai_desktop.models.trees import Trees, load_trees

FOLDS = 5
ARTEFACTS = (*(f"missense_{fold}" for fold in range(FOLDS)), "missense_calibration")
Rows = npt.NDArray[np.float64]


def fold_of(gene: str) -> int:
    """Which classifier judges a gene: the one trained without it."""
    return zlib.crc32(gene.encode()) % FOLDS


class MissenseModel:
    """Loads each classifier, verified, at its first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._classifiers: dict[int, Trees] = {}

    @cached_property
    def version(self) -> str:
        """Release of the artefact."""
        return read_manifest(self._folder)["missense_calibration"].release

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """Every artefact of the model, for a result."""
        artefacts = read_manifest(self._folder)
        return tuple(artefacts[name].version for name in ARTEFACTS)

    @cached_property
    def _calibration(self) -> tuple[float, float]:
        slope, offset = json.loads(verified_bytes(self._folder, "missense_calibration"))["logit"]
        return float(slope), float(offset)

    def probability(self, gene: str, rows: Sequence[Sequence[float]]) -> Rows:
        """Probability, at even odds, that each row of features (one gene) is pathogenic; shape (n,).

        Raises:
            KnowledgeError: an artefact is missing or altered.
        """
        fold = fold_of(gene)
        if fold not in self._classifiers:
            self._classifiers[fold] = load_trees(self._folder, f"missense_{fold}")
        raw = self._classifiers[fold].decision(rows)
        slope, offset = self._calibration
        return np.asarray(1.0 / (1.0 + np.exp(-(slope * raw + offset))), dtype=np.float64)
