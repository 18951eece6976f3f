"""Results of other laboratories: kept in the case, checked when typed, leading when analysed."""

from dataclasses import replace
from pathlib import Path

import pytest
from known import bundled_knowledge
from pgx_table_helper import allele_states, simulate

from genoai_desktop.analysis.pharmacogenomics import OutsideCall, analyse, read_outside, what_if
from genoai_desktop.analysis.pharmacogenomics.outside import check_stated
from genoai_desktop.domain.case import Case, Medicine, Person
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.pgx import Concern, GeneCall, PgxResult
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions


class Knowledge:
    pgx = PgxDefinitions(Bundle())


PGX = Knowledge.pgx


def analysed(first: str, second: str, case: Case) -> PgxResult:
    gene = PGX.genes["CYP2D6"]
    table = simulate(
        gene, Build.GRCH38, allele_states(gene, gene.alleles.index(first))[:, None],
        allele_states(gene, gene.alleles.index(second))[:, None], phased=True,
    )  # fmt: skip
    return analyse(case, table, bundled_knowledge(), Silent())


def cyp2d6(result: PgxResult) -> GeneCall:
    return next(call for call in result.calls if call.gene == "CYP2D6")


CASE = Case("c", "p", (Person("p", "S0"),), Build.GRCH38)


def test_a_case_keeps_them_and_they_lead() -> None:
    stated = replace(CASE, outside_calls=(OutsideCall("HLA-B", "*57:01/*08:01", source="City lab 2024"),))
    result = analysed("*1", "*1", stated)
    call = next(call for call in result.calls if call.gene == "HLA-B")
    assert "*57:01 positive" in call.phenotype
    assert any("City lab 2024" in note for note in call.notes)
    assert any(a.drug == "abacavir" and a.concern is Concern.AVOID for a in result.advice)


def test_stated_copies_change_the_diplotype() -> None:
    assert cyp2d6(analysed("*1", "*1", CASE)).alternatives == ("*1/*5",)
    one = cyp2d6(analysed("*1", "*1", replace(CASE, outside_calls=(OutsideCall("CYP2D6", copies=1),))))
    assert (one.diplotype, one.alternatives, one.activity_score) == ("*1/*5", (), "1.0")
    three = cyp2d6(analysed("*1", "*1", replace(CASE, outside_calls=(OutsideCall("CYP2D6", copies=3),))))
    assert (three.diplotype, three.phenotype) == ("*1/*1x2", "Ultrarapid Metabolizer")
    assert any("as stated" in note for note in three.notes)
    assert not any("read depth" in note for note in three.notes)


def test_several_copies_that_the_table_lacks_are_summed() -> None:
    stated = replace(CASE, outside_calls=(OutsideCall("CYP2D6", "*2x3/*4"),))
    assert cyp2d6(analysed("*1", "*1", stated)).phenotype == "Ultrarapid Metabolizer"


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (OutsideCall("HLA-B", "5701"), "diplotype"),
        (OutsideCall("CYP2D6", "*1/*9999"), "diplotype"),
        (OutsideCall("CYP2D6", "*1/*2/*4"), "diplotype"),
        (OutsideCall("NOSUCH", "*1/*1"), "gene"),
        (OutsideCall("CYP2D6"), "diplotype"),
    ],
)
def test_what_was_typed_is_checked_and_the_field_named(call: OutsideCall, field: str) -> None:
    with pytest.raises(UserError) as refused:
        check_stated(call, PGX)
    assert refused.value.where == field
    assert refused.value.remedy


def test_names_are_tidied() -> None:
    assert check_stated(OutsideCall("HLA-B", "HLA-B*57:01 / 08:01"), PGX).diplotype == "*57:01/*08:01"
    assert check_stated(OutsideCall("CYP2D6", "*1x2/*4"), PGX).diplotype == "*1x2/*4"


def test_a_file_may_count_copies(tmp_path: Path) -> None:
    path = tmp_path / "outside.tsv"
    path.write_text("gene\tcopies\tsource\nCYP2D6\t3\tlab\n")
    assert read_outside(path, PGX) == (OutsideCall("CYP2D6", copies=3, source="lab"),)
    path.write_text("gene\tcopies\nCYP2D6\tmany\n")
    with pytest.raises(UserError):
        read_outside(path, PGX)


def test_a_medicines_effect_on_itself_is_not_counted_twice() -> None:
    """CPIC's row on paroxetine rests on people who took it: a normal metaboliser starts as usual."""
    normal = analysed("*1", "*1", CASE)
    (cpic,) = [
        a for a in what_if(normal, "paroxetine", CASE, bundled_knowledge()) if a.guideline.source == "CPIC"
    ]
    assert (cpic.concern, cpic.dose_factor) == (Concern.USUAL, "")
    taking = replace(CASE, medicines=(Medicine("paroxetine"), Medicine("codeine")))
    result = analysed("*1", "*1", taking)
    own = {a.concern for a in result.advice if a.drug == "paroxetine"}
    assert own == {Concern.USUAL, Concern.UNKNOWN}
    assert Concern.AVOID in {a.concern for a in result.advice if a.drug == "codeine"}
