"""Boosted trees as plain arrays: the same numbers as scikit-learn, verified before they are read."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from genoai_desktop.domain.errors import KnowledgeError
from genoai_desktop.models.artefacts import read_manifest
from genoai_desktop.models.missense import FOLDS, MissenseModel
from genoai_desktop.models.trees import load_trees, write_trees

MODELS = Path(__file__).resolve().parents[2] / "models"


def _registered(folder: Path, file: Path) -> None:
    import hashlib

    row = {"name": "m", "file": file.name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    document = {"models": [{**row, "release": "1", "card": ""}]}
    (folder / "manifest.json").write_text(json.dumps(document), encoding="utf-8")


def test_predictions_are_those_of_scikit_learn_to_the_last_bit(tmp_path: Path) -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier

    rng = np.random.default_rng(3)
    x = rng.normal(size=(3000, 7)).round(1)
    x[rng.random(x.shape) < 0.1] = np.nan
    y = (np.nan_to_num(x[:, 0]) * np.nan_to_num(x[:, 1]) + rng.normal(size=3000)) > 0
    model = HistGradientBoostingClassifier(max_iter=80, max_leaf_nodes=15, random_state=1).fit(x, y)
    file = tmp_path / "m.npz"
    write_trees(file, model)
    first = file.read_bytes()
    write_trees(file, model)
    assert file.read_bytes() == first, "the same classifier must give the same bytes"
    _registered(tmp_path, file)
    trees = load_trees(tmp_path, "m")
    fresh = rng.normal(size=(1500, 7)).round(1)
    fresh[rng.random(fresh.shape) < 0.1] = np.nan
    fresh[0] = [np.inf, -np.inf, 0.0, -0.0, 1e300, np.nan, -1e300]
    assert np.array_equal(trees.decision(fresh), model.decision_function(fresh))
    one_by_one = [trees.decision(row[None])[0] for row in fresh[:100]]
    assert np.array_equal(one_by_one, model.decision_function(fresh)[:100])


def test_an_altered_model_is_refused(tmp_path: Path) -> None:
    shutil.copy(MODELS / "manifest.json", tmp_path)
    (tmp_path / "missense").mkdir()
    entry = read_manifest(MODELS)["missense_0"]
    data = bytearray((MODELS / entry.file).read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / entry.file).write_bytes(data)
    with pytest.raises(KnowledgeError):
        load_trees(tmp_path, "missense_0")


def test_a_file_that_holds_no_trees_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"not an archive"):
        (tmp_path / "m.npz").write_bytes(content)
        _registered(tmp_path, tmp_path / "m.npz")
        with pytest.raises(KnowledgeError):
            load_trees(tmp_path, "m")
    np.savez(tmp_path / "m.npz", feature=np.array([object()], dtype=object), allow_pickle=True)
    _registered(tmp_path, tmp_path / "m.npz")
    with pytest.raises(KnowledgeError):
        load_trees(tmp_path, "m")


def test_the_shipped_model_gives_probabilities() -> None:
    model = MissenseModel(MODELS)
    rng = np.random.default_rng(5)
    from genoai_desktop.analysis.classification.missense import FEATURES

    genes = ("FGFR2", "BRCA1", "CFTR", "TP53", "MYH7", "KCNQ1", "SCN1A", "ATM", "PAH", "GJB2")
    for gene in genes:
        chances = model.probability(gene, rng.normal(size=(4, len(FEATURES))).tolist())
        assert ((chances >= 0) & (chances <= 1)).all()
    assert sum(name.startswith("missense_") and name[-1].isdigit() for name in read_manifest(MODELS)) == FOLDS


def test_judging_a_change_imports_neither_scikit_learn_nor_joblib() -> None:
    """Their import took half of the time of a whole exome."""
    program = (
        "import sys; from pathlib import Path; from genoai_desktop.models.missense import MissenseModel;"
        f"MissenseModel(Path({str(MODELS)!r})).probability('FGFR2', [[0.0] * 128]);"
        "sys.exit(any(name in sys.modules for name in ('sklearn', 'joblib')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
