"""Inheritance beyond the autosomes, crowded genes, RNA genes and genes whose disease nobody described."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known import bundled_knowledge
from test_rare_inheritance import (
    CYSTIC_FIBROSIS,
    DUCHENNE,
    FATHER,
    LEIGH,
    MOTHER,
    PFEIFFER,
    cftr,
    family_case,
    fit,
    person,
    ranked,
    texts,
)
from test_rare_ranking import annotated, variant

from genoai_desktop.analysis.rare_disease import fate, rank
from genoai_desktop.analysis.rare_disease.weighing import MAXIMUM_PER_GENE
from genoai_desktop.domain.case import Affected, Case, ObservedTerm, Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build

KNOWLEDGE = bundled_knowledge()
X, MT = 23, 25
STOP = {"consequence": "stop_gained", "impact": 3}


def dmd(*genotypes: str, **more: object) -> list[dict[str, object]]:
    return [variant("DMD", X, 32000000, list(genotypes), **(STOP | more))]  # type: ignore[arg-type]


def mitochondrial(*genotypes: str, **more: object) -> list[dict[str, object]]:
    return [variant("MT-ND1", MT, 3697, list(genotypes), **more)]  # type: ignore[arg-type]


# ---- X-linked with sex ---------------------------------------------------------------------------


def test_a_boys_only_copy_explains_more_than_one_of_a_girls_two() -> None:
    boy = ranked(family_case(DUCHENNE, sex=Sex.MALE), dmd("1"), KNOWLEDGE, "DMD")
    girl = ranked(family_case(DUCHENNE, sex=Sex.FEMALE), dmd("0/1"), KNOWLEDGE, "DMD")
    assert boy.variants
    assert girl.variants  # a carrier stays in the list: some fall ill
    assert boy.score > girl.score + 2
    assert boy.variants[0].zygosity.value == "hemizygous"


def test_a_healthy_father_with_the_only_copy_lowers_and_a_carrier_mother_does_not() -> None:
    boy = family_case(DUCHENNE, MOTHER, FATHER, sex=Sex.MALE)
    from_mother = ranked(boy, dmd("1", "0/1", "0"), KNOWLEDGE, "DMD")
    from_both = ranked(boy, dmd("1", "0/1", "1"), KNOWLEDGE, "DMD")
    assert from_both.variants
    assert from_both.score < from_mother.score - 2


def test_a_new_variant_on_a_boys_x_needs_the_mother_alone() -> None:
    alone = ranked(family_case(DUCHENNE, MOTHER, sex=Sex.MALE), dmd("1", "0/0"), KNOWLEDGE, "DMD")
    assert "New in the patient" in texts(alone)


def test_an_unaffected_brother_with_it_lowers_an_x_linked_variant_and_keeps_it() -> None:
    brother = person("brother", Sex.MALE, Affected.NO)
    case = family_case(DUCHENNE, brother, sex=Sex.MALE)
    has, lacks = (ranked(case, dmd("1", g), KNOWLEDGE, "DMD") for g in ("1", "0"))
    assert has.variants
    assert has.score < lacks.score


# ---- mitochondrial -------------------------------------------------------------------------------


def test_a_mitochondrial_variant_passes_from_the_mother_and_not_from_the_father() -> None:
    case = family_case(LEIGH, MOTHER, FATHER)
    rows = mitochondrial("1", "1", "0", clinvar=5)
    father_too = mitochondrial("1", "1", "1", clinvar=5)
    maternal = ranked(case, rows, KNOWLEDGE, "MT-ND1")
    assert maternal.variants
    assert fit(maternal) == pytest.approx(fit(ranked(case, father_too, KNOWLEDGE, "MT-ND1")))


# ---- uniparental, mosaic, several alleles, a parent missing ----------------------------------------


def test_uniparental_disomy_from_either_parent() -> None:
    case = family_case(CYSTIC_FIBROSIS, MOTHER, FATHER)
    both = ranked(case, cftr(["1/1", "0/1", "0/1"]), KNOWLEDGE, "CFTR")
    for genotypes in (["1/1", "0/1", "0/0"], ["1/1", "0/0", "0/1"]):
        single = ranked(case, cftr(genotypes), KNOWLEDGE, "CFTR")
        assert single.variants
        assert "uniparental" in texts(single)
        assert single.score < both.score


@pytest.mark.parametrize("parent", [1, 2])
def test_a_mosaic_parent_of_either_sex_keeps_a_dominant_variant_ahead(parent: int) -> None:
    reads = [(20, 20), (40, 0), (40, 0)]
    reads[parent] = (45, 5)
    case = family_case(PFEIFFER, MOTHER, FATHER)
    genotypes = ["0/1", "0/0", "0/0"]
    mosaic = ranked(case, [variant("FGFR2", 10, 1000, genotypes, reads=reads)], KNOWLEDGE, "FGFR2")
    genotypes[parent] = "0/1"
    carried = ranked(case, [variant("FGFR2", 10, 1000, genotypes)], KNOWLEDGE, "FGFR2")
    assert "mosaic" in texts(mosaic)
    assert mosaic.score > carried.score


def test_three_alleles_of_one_place_are_each_considered() -> None:
    """``1/2`` in the child, ``0/1`` and ``0/2`` in the parents: one from each, whatever their order."""
    case = family_case(CYSTIC_FIBROSIS, MOTHER, FATHER)
    rows = cftr(["0/1", "0/1", "0/0"], ["0/1", "0/0", "0/1"])
    rows = [row | {"pos": 117559590, "record": 5, "allele": i} for i, row in enumerate(rows, start=1)]
    best = ranked(case, rows, KNOWLEDGE, "CFTR")
    assert len(best.variants) == 2
    assert "each copy has one" in texts(best)


@pytest.mark.parametrize("parent", [MOTHER, FATHER])
def test_a_compound_heterozygote_is_whole_with_either_parent_missing(parent: object) -> None:
    case = family_case(CYSTIC_FIBROSIS, parent)  # type: ignore[arg-type]
    best = ranked(case, cftr(["0/1", "0/1"], ["0/1", "0/0"]), KNOWLEDGE, "CFTR")
    assert len(best.variants) == 2
    assert "different copies" in texts(best)


@pytest.mark.parametrize("incomplete", [False, True])
def test_an_unaffected_relative_lowers_and_never_deletes(incomplete: bool) -> None:
    sister = person("sister", Sex.FEMALE, Affected.NO)
    case = family_case(PFEIFFER, sister, incomplete_penetrance=incomplete)
    with_it, without = (
        ranked(case, [variant("FGFR2", 10, 1000, ["0/1", g])], KNOWLEDGE, "FGFR2") for g in ("0/1", "0/0")
    )
    assert with_it.variants
    assert without.score - with_it.score == pytest.approx(0.9 if incomplete else 4.0, abs=1e-3)


# ---- crowded genes ---------------------------------------------------------------------------------


def test_alleles_beyond_what_can_be_combined_end_in_the_waterfall() -> None:
    count = MAXIMUM_PER_GENE + 5
    rows = [variant("FGFR2", 10, 1000 + 50 * i, ["0/1"]) for i in range(count - 1)]
    rows.append(variant("FGFR2", 10, 900, ["0/1"], clinvar=5, **STOP))  # type: ignore[arg-type]
    case, data = family_case(PFEIFFER), annotated(rows, ("child",))
    result = rank(case, data, KNOWLEDGE, Silent())
    step = result.waterfall[-1]
    assert (step.id, step.entered, step.removed) == ("crowded", count, 5)
    fates = [fate(data, case, row, KNOWLEDGE) for row in range(count)]
    assert [f.id for f in fates if f] == ["crowded"] * 5
    assert fates[-1] is None  # the strongest stays


# ---- genes -----------------------------------------------------------------------------------------


def test_a_gene_without_a_described_disease_has_a_row_that_says_so() -> None:
    rows = [variant("MARK2", 11, 63909109, ["0/1"], **STOP)]  # type: ignore[arg-type]
    result = rank(family_case(PFEIFFER), annotated(rows, ("child",)), KNOWLEDGE, Silent())
    row = next(c for c in result.candidates if c.gene == "MARK2")
    assert row.disease_id.startswith("HGNC:")
    assert "MARK2" in row.disease_name
    assert row.variants
    assert "cannot confirm" in " ".join(row.against)
    assert not any(part.kind == "phenotype" for part in row.contributions)  # consent looks at these
    assert math.isclose(row.score, sum(c.log_odds for c in row.contributions), abs_tol=1e-3)


def test_a_described_disease_that_fits_comes_before_its_genes_unknown_one() -> None:
    rows = [variant("FGFR2", 10, 1000, ["0/1"], clinvar=5)]
    result = rank(family_case(PFEIFFER), annotated(rows, ("child",)), KNOWLEDGE, Silent())
    ids = [c.disease_id for c in result.candidates if c.gene == "FGFR2"]
    assert ids[0].startswith(("OMIM", "ORPHA"))
    assert not any(one.startswith("HGNC") for one in ids)


def test_a_variant_in_an_rna_gene_is_a_candidate() -> None:
    rows = [
        variant("RNU4ATAC", 2, 121530930, ["1/1"], consequence="non_coding_transcript_exon_variant", impact=0)
    ]
    case = family_case(("HP:0000252", "HP:0001511", "HP:0004322"))
    result = rank(case, annotated(rows, ("child",)), KNOWLEDGE, Silent())
    assert [c.gene for c in result.candidates if c.variants][:1] == ["RNU4ATAC"]


def test_capitals_and_renamed_symbols_find_their_diseases() -> None:
    rows = [variant("C19orf12", 19, 29702747, ["1/1"], **STOP)]  # type: ignore[arg-type]
    case = family_case(("HP:0002072", "HP:0001332", "HP:0000648"))
    result = rank(case, annotated(rows, ("child",)), KNOWLEDGE, Silent())
    best = next(c for c in result.candidates if c.variants)
    assert (best.gene, best.disease_id[:4]) == ("C19orf12", "OMIM")


def test_what_is_left_for_an_unknown_diagnosis_is_said_and_adds_up() -> None:
    rows = [variant("FGFR2", 10, 1000, ["0/1"])]
    result = rank(family_case(PFEIFFER), annotated(rows, ("child",)), KNOWLEDGE, Silent(), shown=100_000)
    assert result.unknown is not None
    assert result.unknown > 0
    assert sum(c.probability or 0 for c in result.candidates) + result.unknown == pytest.approx(1, abs=0.01)


# ---- nothing ever hides the true answer ------------------------------------------------------------

TRUE = {
    "XR": (DUCHENNE, "DMD", X, 32000000, ["0", "1", "0/1", "1/1", "./."], STOP),
    "MT": (LEIGH, "MT-ND1", MT, 3697, ["0", "1", "0/1", "./."], {"clinvar": 5}),
}
RELATIVES = st.lists(
    st.tuples(
        st.sampled_from(["mother", "father", "sister", "brother", "uncle"]),
        st.sampled_from(list(Affected)),
        st.integers(0, 4),
        st.integers(0, 40),
    ),
    max_size=5,
    unique_by=lambda relative: relative[0],
)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(sorted(TRUE)),
    st.sampled_from(["1", "0/1"]),
    RELATIVES,
    st.sampled_from(list(Sex)),
    st.booleans(),
)
def test_no_relative_ever_hides_an_x_linked_or_mitochondrial_answer(
    which: str, own: str, relatives: list[tuple[str, Affected, int, int]], sex: Sex, incomplete: bool
) -> None:
    terms, gene, chrom, pos, genotypes, more = TRUE[which]
    sexes = {"mother": Sex.FEMALE, "sister": Sex.FEMALE}
    persons = [person(name, sexes.get(name, Sex.MALE), status) for name, status, *_ in relatives]
    child = person("child", sex, Affected.YES, ("mother", "father"))
    case = Case(
        "c", "child", (child, *persons), Build.GRCH38, tuple(ObservedTerm(t) for t in terms),
        incomplete_penetrance=incomplete,
    )  # fmt: skip
    called = [own, *(genotypes[r[2] % len(genotypes)] for r in relatives)]
    row = variant(gene, chrom, pos, called, **more)  # type: ignore[arg-type]
    row |= {f"s{i}_dp": r[3] for i, r in enumerate(relatives, start=1)}
    data = annotated([row], tuple(p.id for p in case.persons))
    assert fate(data, case, 0, KNOWLEDGE) is None
    result = rank(case, data, KNOWLEDGE, Silent())
    best = next(c for c in result.candidates if c.gene == gene and c.variants)
    assert math.isclose(best.score, sum(c.log_odds for c in best.contributions), abs_tol=1e-3)
