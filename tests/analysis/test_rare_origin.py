"""From which parent a variant came: said only as far as the parents' own files tell."""

import pytest
from test_rare_inheritance import FATHER, MOTHER, cftr, family_case, ranked
from test_rare_ranking import CYSTIC_FIBROSIS, PFEIFFER, variant

from genoai_desktop.domain.case import Person, Sex
from genoai_desktop.knowledge import Knowledge

DUCHENNE = ("HP:0003560", "HP:0003236")


def origins(
    rows: list[dict[str, object]],
    knowledge: Knowledge,
    *others: Person,
    gene: str = "CFTR",
    terms: tuple[str, ...] = CYSTIC_FIBROSIS,
    sex: Sex = Sex.UNKNOWN,
) -> list[str]:
    best = ranked(family_case(terms, *others, sex=sex), rows, knowledge, gene)
    return [one.origin for one in sorted(best.variants, key=lambda one: one.row)]


def test_one_from_each_parent(knowledge: Knowledge) -> None:
    rows = cftr(["0/1", "0/1", "0/0"], ["0/1", "0/0", "0/1"])
    assert origins(rows, knowledge, MOTHER, FATHER) == ["from the mother", "from the father"]


def test_both_copies(knowledge: Knowledge) -> None:
    rows = cftr(["1/1", "0/1", "0/1"])
    assert origins(rows, knowledge, MOTHER, FATHER) == ["one copy from each parent"]


def test_without_parents_nothing_is_said(knowledge: Knowledge) -> None:
    assert origins(cftr(["1/1"]), knowledge) == [""]


def test_one_parent_alone_leaves_it_open(knowledge: Knowledge) -> None:
    rows = cftr(["1/1", "0/1"])
    assert origins(rows, knowledge, MOTHER) == ["one copy from the mother; the father was not tested"]


@pytest.mark.parametrize(
    ("mother", "father", "said"),
    [
        ("0/0", "0/0", "seen in neither parent: new (de novo)"),
        ("0/1", "0/1", "both parents have it: from which of them is not known"),
        ("./.", "0/0", "could not be read in the mother; not seen in the father"),
        ("0/1", "./.", "the mother has it; could not be read in the father"),
    ],
)
def test_a_dominant_change(knowledge: Knowledge, mother: str, father: str, said: str) -> None:
    rows = [variant("FGFR2", 10, 121517378, ["0/1", mother, father])]
    assert origins(rows, knowledge, MOTHER, FATHER, gene="FGFR2", terms=PFEIFFER) == [said]


@pytest.mark.parametrize(
    ("mother", "said"),
    [("0/1", "from the mother"), ("0/0", "not seen in the mother: new, or missed there")],
)
def test_a_boys_x_comes_from_his_mother(knowledge: Knowledge, mother: str, said: str) -> None:
    rows = [variant("DMD", 23, 32344000, ["1/1", mother, "1/1"])]
    found = origins(rows, knowledge, MOTHER, FATHER, gene="DMD", terms=DUCHENNE, sex=Sex.MALE)
    assert found == [said]
