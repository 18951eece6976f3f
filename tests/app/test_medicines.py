"""What the Medicines page asks of the analyses, without a window."""

from pathlib import Path

import pytest
from known import bundled_knowledge

from genoai_desktop.app.medicines import (
    medicine_views,
    outside_options,
    read_stated,
    stated_result,
    try_medicine,
)
from genoai_desktop.domain.case import Case, Medicine, Person
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.outside import OutsideCall
from genoai_desktop.domain.pgx import (
    CallStatus,
    Concern,
    DoseAdvice,
    DrugAdvice,
    GeneCall,
    PgxResult,
    PhenoConversion,
)
from genoai_desktop.domain.provenance import Citation
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions


class Knowledge:
    pgx = PgxDefinitions(Bundle())


CASE = Case(
    "c", "p", (Person("p", "S0"),), Build.GRCH38, medicines=(Medicine("codeine"), Medicine("xyz", True))
)
CALLS = (
    GeneCall("CYP2D6", "*1/*1", (), "Normal Metabolizer", "2.0", CallStatus.CALLED, 100, ()),
    GeneCall("CYP2C19", "*2/*2", (), "Poor Metabolizer", "", CallStatus.CALLED, 30, ()),
)


def result() -> PgxResult:
    advice = DrugAdvice(
        "codeine",
        ("CYP2D6",),
        ("2.0",),
        "",
        "Use codeine as usual.",
        Concern.USUAL,
        "",
        "",
        "",
        Citation("CPIC"),
    )
    dose = DoseAdvice(
        "warfarin", "maintenance dose", None, None, None, "", "", "IWPC", reason="Age is needed."
    )
    return PgxResult("S0", CALLS, (advice,), (), doses=(dose,))


def test_a_view_holds_the_results_behind_a_medicine_and_its_doses() -> None:
    views = {view.drug: view for view in medicine_views(result(), CASE)}
    assert [call.gene for call in views["codeine"].calls] == ["CYP2D6"]
    assert views["warfarin"].doses[0].reason
    assert views["xyz"].entry.concern is Concern.UNKNOWN


def test_what_if_tells_the_conversion_and_its_effect_on_what_is_taken() -> None:
    answer = try_medicine(result(), CASE, " Fluoxetine ", bundled_knowledge(), Silent())
    assert answer.drugs == ("fluoxetine",)
    assert answer.conversions == (
        PhenoConversion(
            "CYP2D6",
            "Normal Metabolizer",
            "Poor Metabolizer",
            ("fluoxetine",),
            answer.conversions[0].sources,
            "2.0",
        ),
    )
    assert {one.drug for one in answer.advice} >= {"codeine"}
    assert answer.concern is Concern.AVOID


def test_what_if_of_nothing_known_is_empty() -> None:
    assert try_medicine(result(), CASE, "nosuch", bundled_knowledge(), Silent()).drugs == ()


def test_a_stated_result_says_what_it_stands_for() -> None:
    call, made = stated_result(OutsideCall("HLA-B", "57:01/08:01"), bundled_knowledge(), Silent())
    assert call.diplotype == "*57:01/*08:01"
    assert "*57:01 positive" in made.phenotype
    assert not stated_result(OutsideCall("CYP2D6", copies=3), bundled_knowledge(), Silent())[1].phenotype
    with pytest.raises(UserError) as refused:
        stated_result(OutsideCall("TPMT", copies=1), bundled_knowledge(), Silent())
    assert refused.value.where == "copies"


def test_a_files_results_are_those_of_the_sample(tmp_path: Path) -> None:
    path = tmp_path / "o.tsv"
    path.write_text("sample\tgene\tdiplotype\nS0\tTPMT\t*1/*3A\nS1\tTPMT\t*1/*1\n")
    assert read_stated(path, "S0", bundled_knowledge(), Silent()) == (OutsideCall("TPMT", "*1/*3A"),)
    with pytest.raises(UserError):
        read_stated(path, "S2", bundled_knowledge(), Silent())


def test_genes_with_copies_and_phenotypes_can_be_chosen() -> None:
    options = outside_options(bundled_knowledge(), Silent())
    assert "CYP2D6" in options.counted
    assert {"HLA-A", "HLA-B", "DPYD"} <= set(options.genes)
    assert "Poor Metabolizer" in options.phenotypes["CYP2D6"]
