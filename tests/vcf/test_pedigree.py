"""PED files: what is read, and what is said of a bad one."""

from pathlib import Path

import pytest

from genoai_desktop.domain.case import Affected, Sex
from genoai_desktop.domain.errors import UserError
from genoai_desktop.vcf import read_ped


def _ped(folder: Path, text: str) -> Path:
    path = folder / "family.ped"
    path.write_text(text)
    return path


def test_a_trio(tmp_path: Path) -> None:
    persons = read_ped(_ped(tmp_path, "#fam\nF\tC\tD\tM\t1\t2\nF\tD\t0\t0\t1\t1\nF M 0 0 2 0\n"))
    child, father, mother = persons
    assert (child.id, child.father, child.mother, child.sex, child.affected) == (
        "C",
        "D",
        "M",
        Sex.MALE,
        Affected.YES,
    )
    assert (father.affected, mother.sex, mother.affected) == (Affected.NO, Sex.FEMALE, Affected.UNKNOWN)


def test_absent_parents_are_added_without_a_sample(tmp_path: Path) -> None:
    persons = read_ped(_ped(tmp_path, "F C D M 0 2\n"))
    assert [(p.id, p.sample, p.sex) for p in persons[1:]] == [("D", None, Sex.MALE), ("M", None, Sex.FEMALE)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "lists nobody"),
        ("F C 0 0\n", "needs six"),
        ("F C 0 0 7 2\n", "Sex is not"),
        ("F C 0 0 1 9\n", "Phenotype is not"),
        ("F C 0 0 1 2\nF C 0 0 1 2\n", "listed twice"),
        ("F C C 0 1 2\n", "own parent"),
        ("F C D M 1 2\nF D 0 0 2 1\n", "other sex"),
        ("F C D 0 1 2\nF D C 0 1 1\n", "own ancestor"),
        ("F A D 0 1 2\nF B 0 D 1 1\n", "father in one line"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as refused:
        read_ped(_ped(tmp_path, text))
    assert "family.ped" in refused.value.where
    assert refused.value.remedy
