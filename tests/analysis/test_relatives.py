"""What relatives and paralogs say of a change, as features of the missense model."""

import math

import numpy as np
import pytest

from genoai_desktop.analysis.classification.relatives import (
    PARALOG_FEATURES,
    RELATIVE_FEATURES,
    Columns,
    Paralogs,
    columns,
    paralog_features,
    relative_features,
    typical,
)
from genoai_desktop.analysis.classification.residues import RESIDUES
from genoai_desktop.knowledge.conservation import KEPT, UNKNOWN, Conservation

SEQUENCE = "MLLLD"


def made() -> Columns:
    """Five residues: the third varies freely, the last has no relative."""
    shares = np.full((5, 20), 0.005, dtype=np.float32)
    for at, residue in enumerate(SEQUENCE):
        shares[at, RESIDUES.index(residue)] = 0.905
    shares[2] = 0.05
    shares[4] = np.nan
    near = np.array([0, 0, 1 << RESIDUES.index("V"), 0, 0], dtype=np.uint32)
    kept = np.array([[KEPT, KEPT // 2, UNKNOWN, UNKNOWN, KEPT]] * 5, dtype=np.uint8)
    logs = np.log(shares)
    known = Conservation(logs, np.arange(5), near, np.array([9, 9, 9, 9, 0]), kept)
    return columns(known, typical(logs))


def of(position: int, alt: str) -> dict[str, float]:
    row = relative_features(made(), position, SEQUENCE[position - 1], alt)
    return dict(zip(RELATIVE_FEATURES, row, strict=True))


def test_a_kept_residue_is_more_conserved_than_one_that_varies() -> None:
    kept, free = of(2, "D"), of(3, "D")
    assert kept["conservation"] > free["conservation"]
    assert kept["conservation_in_protein"] > 0 > free["conservation_in_protein"]
    assert kept["entropy"] < free["entropy"]
    assert kept["share_change"] == pytest.approx(math.log(0.005 / 0.905), abs=1e-3)
    assert free["share_change"] == pytest.approx(0)


def test_a_residue_that_a_near_relative_carries_is_told_apart() -> None:
    assert (of(3, "V")["new_residue_near"], of(3, "D")["new_residue_near"]) == (1.0, 0.0)
    assert (of(3, "V")["kinds_near"], of(2, "V")["kinds_near"]) == (1.0, 0.0)


def test_what_relatives_of_each_distance_keep_is_passed_on() -> None:
    found = of(2, "V")
    assert (found["kept_below_35"], found["kept_below_50"], found["kept_above_85"]) == (1.0, 0.5, 1.0)
    assert math.isnan(found["kept_below_70"])


def test_an_unlike_residue_lies_farther_from_what_the_column_tolerates() -> None:
    assert abs(of(2, "R")["hydropathy_unlike"]) > abs(of(2, "V")["hydropathy_unlike"])
    assert abs(of(2, "G")["volume_unlike"]) > abs(of(2, "I")["volume_unlike"])


def test_without_a_relative_nothing_is_claimed() -> None:
    assert all(math.isnan(value) for value in of(5, "V").values())
    assert all(math.isnan(value) for value in relative_features(None, 1, "M", "V"))


def test_paralogs_count_by_kind_and_the_very_residue_is_told_apart() -> None:
    known = Paralogs((1.2, 0.4), (0.6, 0.4), ("DV", "S"))
    found = dict(zip(PARALOG_FEATURES, paralog_features(known, "V"), strict=True))
    assert found["paralog_pathogenic"] == 1.2
    assert found["paralog_benign_identity"] == 0.4
    assert (found["paralog_same_pathogenic"], found["paralog_same_benign"]) == (1.0, 0.0)
    assert paralog_features(Paralogs(), "V") == [0.0] * len(PARALOG_FEATURES)
