"""Star alleles from genotypes: every allele, both builds, phased or not; missing is never reference."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pgx_table_helper import allele_states, make_table, simulate

from genoai_desktop.analysis.pharmacogenomics import call_genes
from genoai_desktop.analysis.pharmacogenomics.calling import call_gene
from genoai_desktop.domain.case import Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.pgx import CallStatus, GeneCall
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.pgx import PgxDefinitions
from genoai_desktop.vcf.table import VariantTable

BUNDLE = Bundle()
PGX = PgxDefinitions(BUNDLE)
GENES = sorted(PGX.genes)
HAPLOTYPE_GENES = [
    name for name in GENES if PGX.genes[name].method == "haplotype" and not PGX.genes[name].haploid
]


class OneGene(PgxDefinitions):
    """The definitions of one gene alone, so that a test pays for no other."""

    def __init__(self, name: str) -> None:
        super().__init__(BUNDLE)
        self.genes = {name: PGX.genes[name]}
        self._phenotypes = PGX._phenotypes


def calls_of(table: VariantTable, gene: str, **options: object) -> list[GeneCall]:
    found = call_genes(table, OneGene(gene), Silent(), samples=range(len(table.samples)), **options)
    return [call for (call,) in found]


def accepted(call: GeneCall) -> set[str]:
    texts = (call.diplotype, *call.alternatives)
    return set(texts) | {"/".join(reversed(text.split("/"))) for text in texts}


@pytest.mark.parametrize("build", list(Build))
@pytest.mark.parametrize("phased", [True, False])
@pytest.mark.parametrize("name", GENES)
def test_every_allele_comes_back(name: str, phased: bool, build: Build) -> None:
    gene = PGX.genes[name]
    alleles = np.column_stack([allele_states(gene, a) for a in range(len(gene.alleles))])
    reference = np.repeat(alleles[:, [gene.reference]], alleles.shape[1], axis=1)
    for other in (reference, alleles):
        table = simulate(gene, build, other, alleles, phased)
        for allele, call in enumerate(calls_of(table, name)):
            twin = gene.alleles[allele] if other is alleles else gene.alleles[gene.reference]
            wanted = gene.alleles[allele] if gene.haploid else f"{twin}/{gene.alleles[allele]}"
            assert call.positions_missing == ()
            assert wanted in accepted(call), (name, wanted, call)
            if phased and not gene.haploid and gene.method == "haplotype":
                hidden = (
                    {f"{gene.alleles[allele]}/{gene.deletion}"}
                    if gene.deletion and twin == gene.alleles[allele]
                    else set()
                )
                assert set(call.alternatives) == hidden, call
                assert call.status is (CallStatus.AMBIGUOUS if hidden else CallStatus.CALLED), call


@pytest.mark.parametrize("build", list(Build))
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_random_phased_diplotypes_are_called_uniquely(build: Build, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(HAPLOTYPE_GENES))
    gene = PGX.genes[name]
    pick = st.integers(0, len(gene.alleles) - 1)
    one, two = data.draw(pick), data.draw(pick)
    table = simulate(
        gene, build, allele_states(gene, one)[:, None], allele_states(gene, two)[:, None], phased=True
    )
    (call,) = calls_of(table, name)
    assert f"{gene.alleles[one]}/{gene.alleles[two]}" in accepted(call)
    hidden = (f"{gene.alleles[one]}/{gene.deletion}",) if gene.deletion and one == two else ()
    assert call.alternatives == hidden


@pytest.mark.parametrize("name", HAPLOTYPE_GENES)
@given(data=st.data())
@settings(max_examples=6, deadline=None)
def test_an_unphased_diplotype_comes_back_as_its_indistinguishable_set(
    name: str, data: st.DataObject
) -> None:
    gene = PGX.genes[name]
    pick = st.integers(0, len(gene.alleles) - 1)
    one, two = (allele_states(gene, data.draw(pick)) for _ in range(2))
    call = call_gene(gene, PGX, one, two, np.full(len(gene.sites), -1), haploid=False)
    fits_one, fits_two = (gene.masks & one) != 0, (gene.masks & two) != 0
    wanted = {
        f"{gene.alleles[a]}/{gene.alleles[b]}"
        for a in range(len(gene.alleles))
        for b in range(a, len(gene.alleles))
        if ((fits_one[a] & fits_two[b]) | (fits_two[a] & fits_one[b])).all()
    }
    hidden = {text for text in call.alternatives if gene.deletion and text.endswith(f"/{gene.deletion}")}
    found = {call.diplotype, *call.alternatives}
    assert found - hidden <= wanted
    if len(wanted) <= 20:
        assert found | hidden >= wanted
    assert (call.status is CallStatus.CALLED) is (len(wanted) == 1 and not hidden)
    assert len(call.possible) <= len(found)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_hidden_site_never_makes_a_certain_wrong_call(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(GENES))
    gene = PGX.genes[name]
    pick = st.integers(0, len(gene.alleles) - 1)
    one, two = allele_states(gene, data.draw(pick)), allele_states(gene, data.draw(pick))
    phase = np.zeros(len(gene.sites), dtype=np.int64)
    full = call_gene(gene, PGX, one.copy(), two.copy(), phase, haploid=False)
    hidden = data.draw(st.sets(st.integers(0, len(gene.sites) - 1), min_size=1))
    one[list(hidden)] = two[list(hidden)] = 0
    part = call_gene(gene, PGX, one, two, phase, haploid=False)
    if part.status is CallStatus.CALLED:
        assert part.diplotype == full.diplotype
    else:
        assert part.status in (CallStatus.INDETERMINATE, CallStatus.NOT_COVERED, CallStatus.AMBIGUOUS)


def test_an_empty_file_is_not_reference() -> None:
    table = make_table([("1", 1, "A", "G", ["0/1"])], ["S"])
    (calls,) = call_genes(table, PGX, Silent(), samples=[0])
    assert {call.status for call in calls} == {CallStatus.NOT_COVERED}
    assert all(call.diplotype == "" and call.phenotype == "Indeterminate" for call in calls)


def test_the_laboratory_may_declare_that_absent_is_reference() -> None:
    table = make_table([("1", 1, "A", "G", ["0/1"])], ["S"])
    (calls,) = call_genes(table, PGX, Silent(), samples=[0], assume_reference=True)
    by_gene = {call.gene: call for call in calls}
    assert by_gene["TPMT"].diplotype == "*1/*1"
    assert by_gene["CYP2C19"].diplotype == "*38/*38"


def test_the_same_declaration_on_grch37_minds_swapped_bases() -> None:
    table = make_table([("1", 1, "A", "G", ["0/1"])], ["S"], Build.GRCH37)
    (calls,) = call_genes(table, PGX, Silent(), samples=[0], assume_reference=True)
    by_gene = {call.gene: call for call in calls}
    assert by_gene["CYP2C19"].diplotype == "*1/*1"
    assert by_gene["CYP3A5"].diplotype == "*3/*3"
    assert by_gene["CYP2D6"].diplotype == "*2/*2"


def test_a_stated_no_call_stays_missing_even_when_declared() -> None:
    site = PGX.genes["VKORC1"].sites[0]
    record = ("16", site.positions[Build.GRCH38], site.states[0], site.states[1], ["./."])
    (call,) = calls_of(make_table([record], ["S"]), "VKORC1", assume_reference=True)
    assert call.status is CallStatus.NOT_COVERED


def test_a_reference_block_makes_a_site_reference() -> None:
    gene = PGX.genes["NUDT15"]
    positions = [site.positions[Build.GRCH38] for site in gene.sites]
    table = make_table([("1", 1, "A", "G", ["0/1"])], ["S"])
    blocks = {"chrom": [13], "start": [min(positions) - 5], "end": [max(positions) + 40], "s0_gt": [0]}
    object.__setattr__(table, "blocks", pl.DataFrame(blocks))
    (call,) = calls_of(table, "NUDT15")
    assert (call.diplotype, call.status) == ("*1/*1", CallStatus.CALLED)


def test_phase_sets_are_kept_apart() -> None:
    gene = PGX.genes["TPMT"]
    states = allele_states(gene, gene.alleles.index("*3A"))
    reference = allele_states(gene, gene.reference)
    differs = np.flatnonzero(states != reference)
    phase = np.zeros(len(gene.sites), dtype=np.int64)
    phase[differs] = [100, 200]
    call = call_gene(gene, PGX, states, reference, phase, haploid=False)
    assert call.status is CallStatus.AMBIGUOUS
    assert (call.diplotype, call.alternatives) == ("*1/*3A", ("*3B/*3C",))


@pytest.mark.parametrize("shift", range(12))
def test_a_shifted_repeat_is_the_same_allele(shift: int) -> None:
    site = next(s for s in PGX.genes["UGT1A1"].sites if s.is_indel)
    position = site.positions[Build.GRCH38] + shift
    anchor = "CATATATATATATATA"[shift]
    unit = "AT" if anchor != "A" else "TA"
    states = {"1": ("C", "T"), "2": ("G", "A"), "3": ("C", "A")}
    others = [s for s in PGX.genes["UGT1A1"].sites if not s.is_indel]
    records = [("2", position, anchor, anchor + unit, ["0/1"])]
    records += [("2", s.positions[Build.GRCH38], s.states[0], s.states[1], ["0/0"]) for s in others]
    assert len(states) == len(others)
    (call,) = calls_of(make_table(records, ["S"]), "UGT1A1")
    assert call.diplotype == "*1/*28"


def test_males_have_one_g6pd() -> None:
    gene = PGX.genes["G6PD"]
    states = allele_states(gene, gene.alleles.index("A- 202A_376G"))[:, None]
    table = simulate(gene, Build.GRCH38, states, states, phased=False)
    (male,) = calls_of(table, "G6PD", sexes=[Sex.MALE])
    assert (male.diplotype, male.phenotype) == ("A- 202A_376G", "Deficient")
    (female,) = calls_of(table, "G6PD", sexes=[Sex.FEMALE])
    assert female.diplotype == "A- 202A_376G/A- 202A_376G"


@pytest.mark.parametrize("text", ["1", "1/1"])
def test_a_genotype_of_one_allele_is_all_that_a_male_has(text: str) -> None:
    table = make_table([("X", 154534419, "G", "A", [text])], ["S"])
    (call,) = calls_of(table, "G6PD", sexes=[Sex.MALE], assume_reference=True)
    assert (call.phenotype, call.notes) == ("Deficient", ())


def test_a_genotype_of_one_allele_is_no_heteroplasmy() -> None:
    (call,) = calls_of(make_table([("MT", 1494, "C", "T", ["1"])], ["S"]), "MT-RNR1", assume_reference=True)
    assert (call.diplotype, call.notes) == ("m.1494C>T", ())


def test_heteroplasmy_is_said() -> None:
    gene = PGX.genes["MT-RNR1"]
    site = next(s for s in gene.sites if s.positions[Build.GRCH38] == 1555)
    table = make_table([("MT", 1555, site.states[0], site.states[1], ["0/1"])], ["S"])
    frame = table.frame.with_columns(pl.lit(70).alias("s0_ad_ref"), pl.lit(30).alias("s0_ad_alt"))
    object.__setattr__(table, "frame", frame)
    (call,) = calls_of(table, "MT-RNR1", assume_reference=True)
    assert call.diplotype == "m.1555A>G"
    assert call.phenotype.startswith("increased risk")
    assert any("30%" in note for note in call.notes)


def test_hapb3_goes_by_its_causal_variant() -> None:
    gene = PGX.genes["DPYD"]
    reference = allele_states(gene, gene.reference)
    hapb3 = allele_states(gene, next(i for i, a in enumerate(gene.alleles) if "HapB3" in a))
    causal = allele_states(gene, gene.alleles.index("c.1129-5923C>G"))
    phase = np.zeros(len(gene.sites), dtype=np.int64)
    exonic = np.where(causal != reference, reference, hapb3)
    assert call_gene(gene, PGX, reference, hapb3, phase, False).activity_score == "1.5"
    assert call_gene(gene, PGX, reference, causal, phase, False).activity_score == "1.5"
    alone = call_gene(gene, PGX, reference, exonic, phase, False)
    assert alone.activity_score == "2.0"
    assert alone.notes


def test_unphased_dpyd_takes_the_two_least_active_variants_apart() -> None:
    gene = PGX.genes["DPYD"]
    reference = allele_states(gene, gene.reference)
    states = reference.copy()
    for name in ("c.1905+1G>A (*2A)", "c.2846A>T", "c.85T>C (*9A)"):
        other = allele_states(gene, gene.alleles.index(name))
        states = np.where(other != reference, other, states)
    call = call_gene(gene, PGX, states, reference, np.full(len(gene.sites), -1), haploid=False)
    assert call.activity_score == "0.5"
    assert call.status is CallStatus.AMBIGUOUS


def test_cyp2d6_always_says_that_copy_number_was_not_assessed() -> None:
    gene = PGX.genes["CYP2D6"]
    states = allele_states(gene, 0)[:, None]
    (call,) = calls_of(simulate(gene, Build.GRCH38, states, states, True), "CYP2D6")
    assert any("Copy number was not assessed" in note for note in call.notes)


def test_two_equal_cyp2d6_copies_may_be_one() -> None:
    gene = PGX.genes["CYP2D6"]
    states = allele_states(gene, gene.alleles.index("*4"))
    call = call_gene(gene, PGX, states, states, np.zeros(len(gene.sites), dtype=np.int64), haploid=False)
    assert (call.diplotype, call.alternatives, call.status) == ("*4/*4", ("*4/*5",), CallStatus.AMBIGUOUS)
    assert call.phenotype == "Poor Metabolizer"
    normal = allele_states(gene, gene.reference)
    call = call_gene(gene, PGX, normal, normal, np.zeros(len(gene.sites), dtype=np.int64), haploid=False)
    assert any("Intermediate Metabolizer" in note for note in call.notes)


def test_what_was_not_seen_says_how_the_answer_would_change() -> None:
    gene = PGX.genes["TPMT"]
    reference = allele_states(gene, gene.reference)
    site = next(i for i, s in enumerate(gene.sites) if s.name == "rs1800460")
    first = reference.copy()
    first[site] = 0
    call = call_gene(gene, PGX, first, first, np.zeros(len(gene.sites), dtype=np.int64), haploid=False)
    (missing,) = call.positions_missing
    assert "*3B" in missing.alleles
    changed = {one.phenotype: one for one in call.possible if one.changes_phenotype}
    assert {"Intermediate Metabolizer", "Poor Metabolizer"} <= set(changed)
    assert changed["Intermediate Metabolizer"].positions == ("rs1800460",)


def test_unseen_dpyd_variants_name_their_result() -> None:
    gene = PGX.genes["DPYD"]
    states = allele_states(gene, gene.reference)
    states[next(i for i, s in enumerate(gene.sites) if s.name == "rs3918290")] = 0
    call = call_gene(gene, PGX, states, states, np.zeros(len(gene.sites), dtype=np.int64), haploid=False)
    (one,) = call.possible
    assert (one.phenotype, one.activity_score, one.changes_phenotype) == (
        "Intermediate Metabolizer",
        "1.0",
        True,
    )
    assert one.positions == ("rs3918290",)


def test_a_leftover_variant_beside_an_unseen_position_is_indeterminate() -> None:
    """The closest allele is named, but its phenotype is not claimed while another was not excluded."""
    gene = PGX.genes["CYP2C9"]
    states = allele_states(gene, gene.reference)
    names = [site.name for site in gene.sites]
    variant = states.copy()
    variant[names.index("rs1799853")] = allele_states(gene, gene.alleles.index("*2"))[
        names.index("rs1799853")
    ]
    extra = next(i for i, core in enumerate(gene.core[gene.alleles.index("*8")]) if core)
    variant[extra] = 1 << 30  # a base that no definition knows
    phase = np.zeros(len(gene.sites), dtype=np.int64)
    full = call_gene(gene, PGX, states.copy(), variant.copy(), phase, haploid=False)
    assert (full.diplotype, full.status) == ("*1/*2", CallStatus.AMBIGUOUS)
    assert full.phenotype == "Intermediate Metabolizer"
    hidden = names.index("rs1057910")
    first, second = states.copy(), variant.copy()
    first[hidden] = second[hidden] = 0
    part = call_gene(gene, PGX, first, second, phase, haploid=False)
    assert (part.status, part.phenotype) == (CallStatus.INDETERMINATE, "Indeterminate")
    assert any("*3" in one.alleles for one in part.positions_missing)
    assert any(one.changes_phenotype and "*3" in one.diplotype for one in part.possible)
    assert not any("*5" in one.alleles for one in part.positions_missing)
