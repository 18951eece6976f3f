"""CanRisk pedigree files: read, write, refuse."""

import tarfile
from pathlib import Path

import pytest

from genoai_desktop.app.canrisk import UNKNOWN_AGE, read_canrisk, write_canrisk
from genoai_desktop.domain.errors import UserError

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
HEAD = """##CanRisk 4
##PRS_BC=alpha=0.501,zscore=1.33
##menarche=12
"""
ZERO = "\t".join(["0:0"] * 8)
FATHER = f"F1\tNA\t0\tpa\t0\t0\tM\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0:0\t0:0\t{ZERO}\t0:0:0:0:0"
MOTHER = f"F1\tNA\t0\tma\t0\t0\tF\t0\t1\t61\t1940\tAU\t0\t44\t0\t0\t1\tS:P\t0:0\t{ZERO}\tP:0:0:0:0"
CHILD = f"F1\tme\t1\tme\tpa\tma\tF\t0\t0\t32\t1993\t0\t0\t0\t0\t0\t0\t0:0\tT:N\t{ZERO}\t0:0:0:0:0"


def _write(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "a.canrisk4"
    path.write_text(HEAD + "\n".join(lines) + "\n")
    return path


def test_values_are_read(tmp_path: Path) -> None:
    (family,) = read_canrisk(_write(tmp_path, FATHER, MOTHER, CHILD))
    assert family.target.id == "me"
    assert family.score_z() == (0.501, 1.33)
    assert family.score_z("OC") is None
    mother = family.members[1]
    assert mother.cancers == (UNKNOWN_AGE, 0, 44, 0, 0)
    assert mother.tests == {"BRCA1": ("S", "P")}
    assert mother.ashkenazi
    assert family.target.tests == {"BRCA2": ("T", "N")}


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_every_version_is_written_and_read_again(tmp_path: Path, version: int) -> None:
    families = read_canrisk(_write(tmp_path, FATHER, MOTHER, CHILD))
    out = tmp_path / "b"
    assert write_canrisk(families, out, version) == ()
    assert read_canrisk(out) == families


def test_a_result_that_a_version_cannot_hold_is_named(tmp_path: Path) -> None:
    hoxb13 = CHILD.replace("\t0:0\t0:0:0:0:0", "\tT:HET\t0:0:0:0:0")
    families = read_canrisk(_write(tmp_path, FATHER, MOTHER, hoxb13))
    assert write_canrisk(families, tmp_path / "b", 2) == ("HOXB13",)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("\tF\t0\t0\t32", "\tX\t0\t0\t32", "Sex"),
        ("\t32\t1993", "\t132\t1993", "Age"),
        ("\t32\t1993\t0", "\t32\t1993\t40", "BC1"),
        ("\t32\t1993", "\t32\t19", "Yob"),
        ("me\tpa\tma", "me\tma\tpa", "FathID"),
        ("me\tpa\tma", "me\tpa\tno", "MothID"),
        ("me\t1\tme", "me\t0\tme", "Target"),
        ("T:N", "T:X", "BRCA2"),
    ],
)
def test_a_value_that_cannot_be_names_its_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    with pytest.raises(UserError) as refused:
        read_canrisk(_write(tmp_path, FATHER, MOTHER, CHILD.replace(old, new)))
    assert refused.value.where.endswith(f"field {field}")


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("##CanRisk 9\n")
    with pytest.raises(UserError):
        read_canrisk(path)


@pytest.mark.real_data
@pytest.mark.skipif(not SHARED.is_dir(), reason="reference data absent")
def test_every_published_example_survives_a_round_trip(tmp_path: Path) -> None:
    read = 0
    with tarfile.open(SHARED / "samples/pedigree/canrisk_examples.tar.gz") as archive:
        archive.extractall(tmp_path / "in", filter="data")
    for path in sorted((tmp_path / "in").rglob("*")):
        if path.is_file():
            families = read_canrisk(path)
            write_canrisk(families, tmp_path / "out", 4)
            assert read_canrisk(tmp_path / "out") == families
            read += 1
    assert read == 41
