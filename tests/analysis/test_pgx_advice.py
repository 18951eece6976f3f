"""Advice: the right guideline rows, phenoconversion, HLA, outside results, the analysis of a case."""

from pathlib import Path

import numpy as np
import pytest
from known import bundled_knowledge
from pgx_table_helper import allele_states, make_table, simulate

from genoai_desktop.analysis.pharmacogenomics import OutsideCall, advise, analyse, read_outside
from genoai_desktop.analysis.pharmacogenomics.advice import lookup_values
from genoai_desktop.analysis.pharmacogenomics.hla import call_hla
from genoai_desktop.analysis.pharmacogenomics.interactions import convert
from genoai_desktop.analysis.pharmacogenomics.outside import apply_outside
from genoai_desktop.analysis.pharmacogenomics.present import advise_present
from genoai_desktop.domain.case import Case, Medicine, Person
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.pgx import CallStatus, Concern, DrugAdvice, GeneCall, PgxResult
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions


class Knowledge:
    pgx = PgxDefinitions(Bundle())


PGX = Knowledge.pgx


def result(gene: str, diplotype: str, phenotype: str, activity: str = "") -> GeneCall:
    return GeneCall(gene, diplotype, (), phenotype, activity, CallStatus.CALLED, 1, ())


def advice_on(drug: str, *calls: GeneCall, source: str = "CPIC") -> list[DrugAdvice]:
    return [one for one in advise(calls, PGX, [drug]) if one.guideline.source == source]


@pytest.mark.parametrize(
    ("drug", "calls", "concern", "factor"),
    [
        ("codeine", [result("CYP2D6", "*4/*4", "Poor Metabolizer", "0.0")], Concern.AVOID, ""),
        ("codeine", [result("CYP2D6", "*1/*1", "Normal Metabolizer", "2.0")], Concern.USUAL, ""),
        ("abacavir", [result("HLA-B", "", "*57:01 positive")], Concern.AVOID, ""),
        ("abacavir", [result("HLA-B", "", "*57:01 negative; *58:01 negative")], Concern.USUAL, ""),
        ("capecitabine", [result("DPYD", "", "Intermediate Metabolizer", "1.0")], Concern.ADJUST, "0.5"),
        ("capecitabine", [result("DPYD", "", "Poor Metabolizer", "0.0")], Concern.AVOID, ""),
        ("tacrolimus", [result("CYP3A5", "*1/*1", "Normal Metabolizer")], Concern.ADJUST, "1.5-2"),
        ("rasburicase", [result("G6PD", "", "Deficient")], Concern.AVOID, ""),
        ("rasburicase", [result("G6PD", "", "Normal")], Concern.USUAL, ""),
        ("celecoxib", [result("CYP2C9", "*3/*3", "Poor Metabolizer", "0.0")], Concern.ADJUST, "0.25-0.5"),
        ("gentamicin", [result("MT-RNR1", "m.1555A>G",
                               "increased risk of aminoglycoside-induced hearing loss")], Concern.AVOID, ""),
    ],
)  # fmt: skip
def test_well_known_rows(drug: str, calls: list[GeneCall], concern: Concern, factor: str) -> None:
    (one,) = advice_on(drug, *calls)
    assert (one.concern, one.dose_factor) == (concern, factor), one


def test_two_gene_rows_use_the_row_for_no_result_of_the_other() -> None:
    both = advice_on("azathioprine", result("TPMT", "*1/*3A", "Intermediate Metabolizer"),
                     result("NUDT15", "*1/*1", "Normal Metabolizer"))  # fmt: skip
    one = advice_on("azathioprine", result("TPMT", "*1/*3A", "Intermediate Metabolizer"))
    assert [a.dose_factor for a in both] == ["0.3-0.8"]
    assert [a.phenotypes for a in one] == [("No Result", "Intermediate Metabolizer")]


def test_a_gene_without_a_result_gives_no_advice() -> None:
    call = GeneCall("CYP2D6", "", (), "Indeterminate", "", CallStatus.NOT_COVERED, 0, ())
    assert advise([call], PGX) == ()


def test_every_row_can_be_worded_and_cited() -> None:
    calls = [
        result(gene, "", name)
        for gene in ("TPMT", "CYP2C19", "SLCO1B1", "CYP2B6")
        for name in PGX.phenotype_names(gene)[:1]
    ]
    for one in advise(calls, PGX):
        assert all((one.action, one.implication, one.guideline.version))
        assert "{" not in one.action + one.implication


def test_every_drug_of_the_guidelines_can_be_reached() -> None:
    reachable = {
        drug
        for row in PGX.recommendations
        for drug in row.drugs
        if all(value not in ("xN combinations",) for value in row.when.values())
    }
    cpic = {drug for row in PGX.recommendations if row.source == "CPIC" for drug in row.drugs}
    assert (
        len(cpic) == 86
    )  # the 82 of the annotation files (four of them as published) and four aminoglycosides of CPIC's pairs
    assert len({d for r in PGX.recommendations if r.source == "DPWG" for d in r.drugs}) == 53
    assert len(reachable) > 90


def test_diplotype_keys_match_in_either_order() -> None:
    assert "*1/*28" in lookup_values(result("UGT1A1", "*28/*1", "Intermediate Metabolizer"))


@pytest.mark.parametrize(
    ("medicine", "after", "activity"),
    [("Paroxetine", "Poor Metabolizer", "0.0"), ("duloxetine", "Intermediate Metabolizer", "1.0"),
     ("aspirin", "Normal Metabolizer", "2.0")],
)  # fmt: skip
def test_inhibitors_convert_cyp2d6(medicine: str, after: str, activity: str) -> None:
    calls, conversions, _ = convert([result("CYP2D6", "*1/*1", "Normal Metabolizer", "2.0")], [medicine], PGX)
    assert (calls[0].phenotype, calls[0].activity_score) == (after, activity)
    assert bool(conversions) is (after != "Normal Metabolizer")


def test_a_moderate_inhibitor_takes_cyp2c19_one_class_down() -> None:
    calls, _, _ = convert([result("CYP2C19", "*1/*1", "Normal Metabolizer")], ["felbamate"], PGX)
    assert calls[0].phenotype == "Intermediate Metabolizer"


def test_an_inducer_is_named_and_not_calculated() -> None:
    calls, conversions, notes = convert([result("CYP2C19", "*1/*1", "Normal Metabolizer")], ["rifampin"], PGX)
    assert (calls[0].phenotype, conversions) == ("Normal Metabolizer", ())
    assert any("rifampin" in note for note in notes)


@pytest.mark.parametrize("build", list(Build))
@pytest.mark.parametrize(("genotype", "phenotype"), [("0/1", "positive"), ("0/0", "negative")])
def test_the_b5701_tag_is_read_on_both_builds(build: Build, genotype: str, phenotype: str) -> None:
    position = 31464003 if build is Build.GRCH38 else 31431780
    table = make_table([("6", position, "T", "G", [genotype])], ["S"], build)
    ((_, hla_b),) = call_hla(table, PGX, [0])
    assert f"*57:01 {phenotype}" in hla_b.phenotype
    assert hla_b.status is CallStatus.INDETERMINATE
    assert any("Confirm by HLA typing" in note for note in hla_b.notes)


def test_a_poor_tag_never_excludes_its_allele() -> None:
    table = make_table([("6", 31138722, "G", "A", ["0/0"])], ["S"])
    ((_, hla_b),) = call_hla(table, PGX, [0])
    assert "*58:01" not in hla_b.phenotype


def test_outside_results_lead() -> None:
    own = [result("CYP2D6", "*1/*2", "Normal Metabolizer", "2.0")]
    calls = apply_outside(own, [OutsideCall("CYP2D6", "*1/*2x2")], "S", PGX)
    assert (calls[0].phenotype, calls[0].activity_score) == ("Ultrarapid Metabolizer", "3.0")
    assert any("*1/*2" in note for note in calls[0].notes)
    (hla,) = apply_outside([], [OutsideCall("HLA-B", "*57:01:01/*08:01")], "S", PGX)
    assert "*57:01 positive" in hla.phenotype
    assert "*58:01 negative" in hla.phenotype


def test_outside_calls_are_read_with_and_without_a_header(tmp_path: Path) -> None:
    path = tmp_path / "outside.tsv"
    path.write_text("# typed elsewhere\nCYP2D6\t*1/*4x2\n")
    assert read_outside(path, PGX) == (OutsideCall("CYP2D6", "*1/*4x2"),)
    path.write_text("sample\tgene\tdiplotype\nA\tHLA-B\t*57:01/*08:01\n")
    assert read_outside(path, PGX) == (OutsideCall("HLA-B", "*57:01/*08:01", sample="A"),)


@pytest.mark.parametrize("text", ["NOSUCH\t*1/*1\n", "CYP2D6\t\n", "\xff\xfe"])
def test_a_broken_outside_file_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "outside.tsv"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(UserError) as refused:
        read_outside(path, PGX)
    assert "outside.tsv" in refused.value.where
    assert refused.value.remedy


def test_a_case_is_analysed_with_its_medicines() -> None:
    gene = PGX.genes["CYP2D6"]
    states = allele_states(gene, gene.reference)[:, None]
    table = simulate(gene, Build.GRCH38, states, states, phased=True)
    case = Case("c", "p", (Person("p", "S0"),), Build.GRCH38, medicines=(Medicine("fluoxetine"),))
    found = analyse(case, table, bundled_knowledge(), Silent())
    call = next(c for c in found.calls if c.gene == "CYP2D6")
    assert call.phenotype == "Poor Metabolizer"
    assert any("fluoxetine" in note for note in found.notes)
    assert {a.concern for a in found.advice if a.drug == "codeine" and a.guideline.source == "CPIC"} == {
        Concern.AVOID
    }
    assert {v.name for v in found.versions} >= {"pgx_definitions", "pgx_guidelines", "pgx_phenotypes"}


def test_planned_medicines_do_not_convert() -> None:
    gene = PGX.genes["CYP2D6"]
    states = np.asarray(allele_states(gene, gene.reference))[:, None]
    table = simulate(gene, Build.GRCH38, states, states, phased=True)
    medicines = (Medicine("fluoxetine", planned=True),)
    case = Case("c", "p", (Person("p", "S0"),), Build.GRCH38, medicines=medicines)
    call = next(c for c in analyse(case, table, bundled_knowledge(), Silent()).calls if c.gene == "CYP2D6")
    assert call.phenotype == "Normal Metabolizer"


def test_genes_without_a_cpic_phenotype_name_the_functions() -> None:
    assert PGX.phenotype("CYP2A6", "*1", "*2").name == "Normal Function / No Function"
    assert PGX.phenotype("CYP4F2", "*1", "*19").name == "Not assigned"


def test_populations_are_worded() -> None:
    advice = advice_on(
        "carbamazepine", result("HLA-B", "", "*15:02 positive"), result("HLA-A", "", "*31:01 negative")
    )
    assert {one.population for one in advice} >= {"has not taken carbamazepine before"}
    assert not any("naive" in one.population for one in advice)


def test_atomoxetine_in_a_poor_metaboliser_is_never_more_than_usual() -> None:
    found = advice_on("atomoxetine", result("CYP2D6", "*4/*4", "Poor Metabolizer", "0.0"))
    assert found
    assert {one.concern for one in found} == {Concern.CAUTION}
    assert all("40 mg/day" in one.action or "0.5 mg/kg" in one.action for one in found)


def test_one_calm_gene_does_not_hide_the_other() -> None:
    found = advice_on("rosuvastatin", result("ABCG2", "", "Normal Function"),
                      result("SLCO1B1", "*5/*5", "Poor Function"))  # fmt: skip
    assert all(one.implication.startswith("Concerns: ") for one in found)
    assert {one.concern for one in found} == {Concern.ADJUST}


def test_an_inhibitor_under_its_brand_changes_the_enzyme() -> None:
    normal = result("CYP2D6", "*1/*1", "Normal Metabolizer", "2.0")
    assert convert([normal], ["Prozac"], PGX)[0][0].phenotype == "Poor Metabolizer"


def test_an_inhibitor_under_its_brand_does_not_count_against_itself() -> None:
    normal = result("CYP2D6", "*1/*1", "Normal Metabolizer", "2.0")
    advice = advise_present([normal], ["Seroxat"], PGX, ["paroxetine"])[3]
    assert {one.phenotypes for one in advice} == {("2.0",)}


@pytest.mark.parametrize(
    ("diplotype", "phenotype", "score", "factors"),
    [
        ("*1/*2", "Intermediate Metabolizer", "1.5", [""]),
        ("*2/*3", "Poor Metabolizer", "0.5", ["0.45"]),
        ("*1/*11", "Intermediate Metabolizer", "1.5", ["0.65"]),  # not named: the row for all others
    ],
)
def test_dpwg_dose_for_a_named_genotype_replaces_that_for_its_phenotype(
    diplotype: str, phenotype: str, score: str, factors: list[str]
) -> None:
    advice = advice_on("warfarin", result("CYP2C9", diplotype, phenotype, score), source="DPWG")
    assert [one.dose_factor for one in advice] == factors


@pytest.mark.parametrize(
    ("diplotype", "concern"),
    [("Reference/c.1905+1G>A (*2A)", Concern.ADJUST), ("c.2846A>T/c.2846A>T", Concern.AVOID)],
)
def test_dpyd_alleles_decide_between_a_dose_and_measuring(diplotype: str, concern: Concern) -> None:
    call = result("DPYD", diplotype, "Intermediate Metabolizer", "1.0")
    assert [one.concern for one in advice_on("fluorouracil", call, source="DPWG")] == [concern]


def test_both_dpyd_rows_stay_where_only_the_score_is_known() -> None:
    call = result("DPYD", "", "Intermediate Metabolizer", "1.0")
    assert len(advice_on("fluorouracil", call, source="DPWG")) == 2


def test_a_strong_inhibitor_leaves_nothing_of_an_undetermined_genotype() -> None:
    open_call = GeneCall("CYP2D6", "*1/*1", (), "Indeterminate", "", CallStatus.INDETERMINATE, 9, ())
    advice = advise_present([open_call], ["paroxetine", "codeine"], PGX, ["codeine"])[3]
    assert Concern.AVOID in {one.concern for one in advice}


@pytest.mark.parametrize("status", [CallStatus.INDETERMINATE, CallStatus.NOT_COVERED])
def test_a_moderate_inhibitor_of_an_undetermined_genotype_is_said(status: CallStatus) -> None:
    open_call = GeneCall("CYP2D6", "", (), "Indeterminate", "", status, 0, ())
    changed, conversions, notes = convert([open_call], ["duloxetine"], PGX)
    assert (changed, conversions) == ((open_call,), ())
    assert any("duloxetine slows this enzyme" in note for note in notes)


@pytest.mark.parametrize(("medicines", "told"), [((), False), ((Medicine("Kalydeco", planned=True),), True)])
def test_nobody_without_ivacaftor_is_warned_of_it(medicines: tuple[Medicine, ...], told: bool) -> None:
    gene = PGX.genes["CFTR"]
    states = allele_states(gene, gene.reference)[:, None]
    table = simulate(gene, Build.GRCH38, states, states, phased=True)
    case = Case("c", "p", (Person("p", "S0"),), Build.GRCH38, medicines=medicines)
    found = analyse(case, table, bundled_knowledge(), Silent(), outside=())
    assert any(one.drug == "ivacaftor" for one in found.advice) is told


def seen(gene: str, diplotype: str) -> GeneCall:
    return GeneCall(gene, diplotype, (), "Indeterminate", "", CallStatus.INDETERMINATE, 1, ())


def test_a_reduced_allele_in_a_gene_not_read_in_full_is_not_passed_over() -> None:
    call = seen("DPYD", "Reference/c.2846A>T")
    told = advise_present([call], ["fluorouracil"], PGX, ["fluorouracil"])[3]
    assert {one.concern for one in told} == {Concern.CAUTION}
    assert all("If a full test confirms" in one.action and one.dose_factor == "" for one in told)
    assert PgxResult("S", (call,), told, ()).seen_in_part == ("DPYD",)


@pytest.mark.parametrize(("gene", "diplotype"), [("CYP2D6", "*1/*1"), ("TPMT", "*1/*1"), ("DPYD", "")])
def test_usual_alleles_in_a_gene_not_read_in_full_are_no_caution(gene: str, diplotype: str) -> None:
    call = seen(gene, diplotype)
    told = advise_present([call], [], PGX)[3]
    assert not {Concern.AVOID, Concern.ADJUST, Concern.CAUTION} & {one.concern for one in told}
    assert PgxResult("S", (call,), told, ()).seen_in_part == ()


def test_a_diplotype_that_is_one_of_several_gives_no_advice_as_if_it_were_settled() -> None:
    told = advise_present([seen("CYP2C9", "*1/*3")], [], PGX, ["phenytoin"])[3]
    by_genotype = [one for one in told if one.phenotypes == ("*1/*3",)]
    assert [(one.concern, one.dose_factor) for one in by_genotype] == [(Concern.CAUTION, "")]


def test_a_genotype_that_ivacaftor_acts_on_is_told() -> None:
    gene = PGX.genes["CFTR"]
    first, other = (
        allele_states(gene, number)[:, None] for number in (gene.alleles.index("G551D"), gene.reference)
    )
    table = simulate(gene, Build.GRCH38, first, other, phased=True)
    case = Case("c", "p", (Person("p", "S0"),), Build.GRCH38)
    found = analyse(case, table, bundled_knowledge(), Silent())
    assert [one.concern for one in found.advice if one.drug == "ivacaftor"] == [Concern.USUAL]
