"""The ready-made parts say the same as what they were made from, and give way when that is replaced."""

import json
import shutil
import time
from pathlib import Path

import numpy as np
import pytest

from genoai_desktop.knowledge import Bundle
from genoai_desktop.knowledge.locations import resources
from genoai_desktop.knowledge.phenotypes import Phenotypes
from genoai_desktop.knowledge.phenotypes_stored import fits


@pytest.fixture(scope="module")
def phenotypes() -> Phenotypes:
    return Phenotypes(Bundle())


def test_the_stored_matrix_equals_the_derived_one(phenotypes: Phenotypes) -> None:
    stored, derived = phenotypes.matrix, phenotypes.derived_matrix()
    for name in (
        "start", "diseases", "background", "depth", "references",
        "direct_start", "direct_diseases", "direct_frequency", "direct_background",
    ):  # fmt: skip
        assert np.array_equal(getattr(stored, name), getattr(derived, name)), name
    assert np.array_equal(stored.frequency, derived.frequency)


def test_the_stored_ancestors_equal_the_derived_ones(phenotypes: Phenotypes) -> None:
    pairs = zip(phenotypes.ancestors, phenotypes.derived_ancestors(), strict=True)
    assert all(np.array_equal(one, other) for one, other in pairs)


def test_loading_is_quick() -> None:
    best = 9.0
    for _ in range(3):
        fresh = Phenotypes(Bundle())
        began = time.perf_counter()
        assert fresh.matrix.depth.size
        best = min(best, time.perf_counter() - began)
    assert best < 0.4


def test_parts_made_from_other_tables_are_not_used(tmp_path: Path) -> None:
    shutil.copytree(resources() / "knowledge", tmp_path / "pack")
    manifest = tmp_path / "pack" / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    assert fits(Bundle([tmp_path / "pack"]))
    for row in content["tables"]:
        if row["name"] == "disease_terms":
            row["sha256"] = "0" * 64
    manifest.write_text(json.dumps(content), encoding="utf-8")
    assert not fits(Bundle([tmp_path / "pack"]))
