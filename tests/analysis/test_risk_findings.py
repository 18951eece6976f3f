"""Secondary, carrier and couple findings, their consent, figures, and scores from a table."""

from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from known import bundled_knowledge
from variant_rows import variant_table

from genoai_desktop.analysis.annotation.annotated import Annotated, enrich
from genoai_desktop.analysis.risk import Partner, analyse, couple
from genoai_desktop.analysis.risk.figures import population_breast_risk
from genoai_desktop.analysis.risk.findings import doubt
from genoai_desktop.domain.case import Case, Consent, Person, Scope, Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled, UserError
from genoai_desktop.domain.genome import Build, chromosome_code
from genoai_desktop.domain.risk import AncestryEstimate, RiskResult
from genoai_desktop.knowledge.clinvar import ClinVarClass

KNOWLEDGE = bundled_knowledge()
EFFECT_COLUMNS = ("transcript", "hgvs_c", "hgvs_p", "consequence", "source", "region", "domain", "conflict")
HFE = {"chrom": 6, "pos": 26093141, "ref": "G", "alt": "A", "gene": "HFE"}


def _pathogenic(gene: str, place: int = 0) -> dict[str, Any]:
    """A real pathogenic single-base change of a gene, from the bundled ClinVar table."""
    rows = KNOWLEDGE.clinvar.of_gene(gene, (ClinVarClass.PATHOGENIC,)).filter(~pl.col("dated"))
    keys = [KNOWLEDGE.clinvar.key(index, Build.GRCH37) for index in rows["index"]]
    plain = [key for key in keys if key is not None and len(key.ref) == len(key.alt) == 1]
    key = plain[place]
    chrom = chromosome_code(key.chromosome)
    return {"chrom": chrom, "pos": key.position, "ref": key.ref, "alt": key.alt, "gene": gene}


def _annotated(rows: list[dict[str, Any]], impact: int = 3) -> Annotated:
    genes = [row.get("gene", "") for row in rows]
    table = variant_table(rows)
    effects = pl.DataFrame(
        {"row": range(len(rows)), "gene": genes, "impact": [impact] * len(rows)}
        | {name: ["x"] * len(rows) for name in EFFECT_COLUMNS},
        schema_overrides={"row": pl.UInt32, "impact": pl.UInt8},
    )
    return enrich(table, effects, (), KNOWLEDGE, Silent())


def _analyse(
    rows: list[dict[str, Any]], *scopes: Scope, sex: Sex = Sex.FEMALE, age: float | None = 40, **options: Any
) -> RiskResult:
    person = Person("p", "A", sex=sex, age_years=age)
    case = Case("c", "p", (person,), Build.GRCH37, consent=Consent(frozenset(scopes)))
    ancestry = options.pop("ancestry", None)
    return analyse(case, _annotated(rows, **options), KNOWLEDGE, Silent(), ancestry)


def test_brca1_brings_figures_with_interval_and_baseline() -> None:
    result = _analyse([_pathogenic("BRCA1")], Scope.SECONDARY)
    (finding,) = result.findings
    assert (finding.gene, finding.scope) == ("BRCA1", "secondary")
    by_80, remaining, *_ = finding.figures
    assert by_80.value == pytest.approx(0.72, abs=0.001)
    assert (by_80.low, by_80.high) == (0.65, 0.79)
    assert by_80.baseline is not None
    assert 0.08 < by_80.baseline < 0.16
    assert remaining.value < by_80.value
    assert "40" in remaining.horizon
    assert any("MRI" in option and "NCCN" in option for option in finding.options)
    assert not any("prostate" in option for option in finding.options)


def test_without_consent_nothing_is_found_or_mentioned() -> None:
    rows = [_pathogenic("BRCA1"), _pathogenic("CFTR")]
    result = _analyse(rows, Scope.PRIMARY, Scope.PGX)
    assert (result.findings, result.polygenic, result.coverage) == ((), (), ())
    carrier_only = _analyse(rows, Scope.CARRIER)
    assert {finding.gene for finding in carrier_only.findings} == {"CFTR"}
    assert {line.subject.split()[0] for line in carrier_only.coverage} == {"Carrier"}
    secondary_only = _analyse(rows, Scope.SECONDARY)
    assert {finding.gene for finding in secondary_only.findings} == {"BRCA1"}


def test_recessive_secondary_genes_need_two_variants() -> None:
    one, two = _pathogenic("ATP7B"), _pathogenic("ATP7B", 1)
    assert _analyse([one], Scope.SECONDARY).findings == ()
    (both,) = _analyse([one, two], Scope.SECONDARY).findings
    assert "not known" in both.meaning
    cis = {"s0_strand": 1, "s0_ps": 7}
    assert _analyse([{**one, **cis}, {**two, **cis}], Scope.SECONDARY).findings == ()
    trans = _analyse([{**one, **cis}, {**two, **cis, "s0_strand": 2}], Scope.SECONDARY).findings
    assert "Both copies" in trans[0].meaning
    assert len(_analyse([{**one, "s0_dosage": 2}], Scope.SECONDARY).findings) == 1


def test_hfe_is_returned_for_the_named_homozygote_alone() -> None:
    assert _analyse([HFE], Scope.SECONDARY).findings == ()
    (finding,) = _analyse([{**HFE, "s0_dosage": 2}], Scope.SECONDARY).findings
    assert finding.condition == "hereditary hemochromatosis"


def test_titin_is_returned_for_truncating_variants_alone() -> None:
    assert _analyse([_pathogenic("TTN")], Scope.SECONDARY, impact=2).findings == ()
    assert len(_analyse([_pathogenic("TTN")], Scope.SECONDARY, impact=3).findings) == 1


@pytest.mark.parametrize("gene", ["APOB", "PCSK9", "RET", "RYR1", "CACNA1S"])
def test_a_lost_product_is_not_told_as_a_condition_of_a_changed_one(gene: str) -> None:
    assert _analyse([_pathogenic(gene)], Scope.SECONDARY, impact=3).findings == ()
    assert len(_analyse([_pathogenic(gene)], Scope.SECONDARY, impact=2).findings) == 1
    (line,) = (c for c in _analyse([], Scope.SECONDARY).coverage if "ACMG" in c.subject)
    assert gene in line.note


def test_lynch_figures_depend_on_sex() -> None:
    woman = _analyse([_pathogenic("MSH2")], Scope.SECONDARY).findings[0].figures
    man = _analyse([_pathogenic("MSH2")], Scope.SECONDARY, sex=Sex.MALE).findings[0].figures
    assert any("womb" in figure.title for figure in woman)
    assert not any("womb" in figure.title for figure in man)


def test_x_linked_carriers_are_women() -> None:
    row = _pathogenic("DMD")
    assert [f.inheritance for f in _analyse([row], Scope.CARRIER).findings] == ["XL"]
    assert _analyse([row], Scope.CARRIER, sex=Sex.MALE).findings == ()


def test_genes_that_short_variants_cannot_answer_are_named() -> None:
    (line,) = _analyse([], Scope.CARRIER).coverage
    assert {item.split(":")[0] for item in line.missing_items} == {"SMN1", "HBA1", "HBA2", "FMR1", "CYP21A2"}


def test_polygenic_scores_name_their_reference_or_give_no_percentile() -> None:
    rows = []
    for site in KNOWLEDGE.risk.score_weights("OCAC_36", Build.GRCH37).iter_rows(named=True):
        rows.append({"chrom": site["chrom"], "pos": site["pos"], "ref": site["other"], "alt": site["effect"]})
    european = AncestryEstimate((("EUR", 0.99), ("AFR", 0.01)), 20_000, 23_770)
    scores = {s.name: s for s in _analyse(rows, Scope.POLYGENIC, ancestry=european).polygenic}
    ovary = scores["ovarian cancer (OCAC_36)"]
    expected = KNOWLEDGE.risk.score_weights("OCAC_36", Build.GRCH37)["weight"].sum()
    assert (ovary.matched, ovary.total) == (36, 36)
    assert ovary.score_sum == pytest.approx(expected)
    assert ovary.z == pytest.approx((expected + 0.25) / 0.315, abs=0.05)
    assert "OCAC_36" in ovary.reference
    assert all(score.reference for score in scores.values() if score.percentile is not None)
    assert not any(name.startswith("prostate") for name in scores)
    american = AncestryEstimate((("AMR", 0.9), ("EUR", 0.1)), 20_000, 23_770)
    other = {s.name: s for s in _analyse(rows, Scope.POLYGENIC, ancestry=american).polygenic}
    assert other["ovarian cancer (OCAC_36)"].percentile is None


def test_cancel_stops() -> None:
    context = Silent()
    context.cancel()
    case = Case("c", "p", (Person("p", "A"),), Build.GRCH37)
    with pytest.raises(Cancelled):
        analyse(case, _annotated([]), KNOWLEDGE, context)


def test_couple_joint_gene_and_residual_risk() -> None:
    first = Partner(_annotated([_pathogenic("CFTR"), _pathogenic("DMD")]), "A", Sex.FEMALE, "EUR")
    second = Partner(_annotated([_pathogenic("CFTR", 3)]), "A", Sex.MALE, "EUR")
    result = couple(first, second, KNOWLEDGE, Silent())
    joint = {gene.gene: gene for gene in result.joint}
    assert joint["CFTR"].child is not None
    assert joint["CFTR"].child.any_child == pytest.approx(0.25)
    assert joint["DMD"].child is not None
    assert (joint["DMD"].child.son, joint["DMD"].child.daughter) == (0.5, 0.0)
    alone = couple(first, replace(second, annotated=_annotated([])), KNOWLEDGE, Silent())
    (cystic,) = (gene for gene in alone.single if gene.gene == "CFTR")
    assert cystic.child is not None
    assert 0 < cystic.child.any_child < 0.002
    with pytest.raises(UserError):
        couple(first, first, KNOWLEDGE, Silent())


def test_population_breast_risk_rises_with_age() -> None:
    tables = KNOWLEDGE.risk
    assert population_breast_risk(tables, 20, 50) < population_breast_risk(tables, 20, 80) < 0.16


def test_a_recessive_form_that_one_list_alone_knows_is_said_to_be_doubtful() -> None:
    tables = bundled_knowledge().risk
    assert "CHD7" in tables.disputed_recessive
    assert not {"CFTR", "BRCA2", "POLG", "ATM"} & tables.disputed_recessive
    assert "Check it before counseling" in doubt("CHD7", "AR", tables)
    assert doubt("CFTR", "AR", tables) == ""
