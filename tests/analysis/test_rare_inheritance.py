"""Families: every sentence of the issue on inheritance, and that no relative ever hides the true answer."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st
from known import bundled_knowledge
from test_rare_ranking import CYSTIC_FIBROSIS, PFEIFFER, annotated, of_gene, variant

from genoai_desktop.analysis.annotation.annotated import Annotated
from genoai_desktop.analysis.rare_disease import fate, rank
from genoai_desktop.domain.case import Affected, Case, ObservedTerm, Person, Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.rare import Candidate
from genoai_desktop.knowledge import Knowledge

LEIGH = ("HP:0003128", "HP:0002490", "HP:0001252")
DUCHENNE = ("HP:0003560", "HP:0003236")


def person(
    name: str,
    sex: Sex = Sex.UNKNOWN,
    affected: Affected = Affected.NO,
    parents: tuple[str, str] | None = None,
) -> Person:
    mother, father = parents or (None, None)
    return Person(name, name, sex=sex, affected=affected, mother=mother, father=father)


MOTHER, FATHER = person("mother", Sex.FEMALE), person("father", Sex.MALE)
PARENTS = ("mother", "father")


def family_case(terms: tuple[str, ...], *others: Person, sex: Sex = Sex.UNKNOWN, **more: bool) -> Case:
    child = person("child", sex, Affected.YES, PARENTS)
    return Case("c", "child", (child, *others), Build.GRCH38, tuple(ObservedTerm(t) for t in terms), **more)


def ranked(case: Case, rows: list[dict[str, object]], knowledge: Knowledge, gene: str) -> Candidate:
    samples = tuple(p.id for p in case.persons)
    return of_gene(rank(case, annotated(rows, samples), knowledge, Silent()), gene)


def fit(candidate: Candidate) -> float:
    return sum(c.log_odds for c in candidate.contributions if c.kind == "inheritance")


def texts(candidate: Candidate) -> str:
    return " | ".join(c.text for c in candidate.contributions if c.kind == "inheritance")


def cftr(*genotypes: list[str], **more: object) -> list[dict[str, object]]:
    places = (117559590, 117587778, 117592169)
    return [variant("CFTR", 7, places[i], g, **more) for i, g in enumerate(genotypes)]  # type: ignore[arg-type]


def test_two_alleles_of_one_place_lie_on_different_copies(knowledge: Knowledge) -> None:
    """A multi-allelic site, 1/2 in the child: the two rows of one record, without a parent."""
    rows = [
        variant("CFTR", 7, 117559590, ["0/1"]) | {"record": 5, "allele": 1, "s0_ad_ref": 0, "s0_called": 2},
        variant("CFTR", 7, 117559590, ["0/1"]) | {"record": 5, "allele": 2, "alt": "T", "s0_ad_ref": 0},
    ]
    best = ranked(family_case(CYSTIC_FIBROSIS), rows, knowledge, "CFTR")
    assert {v.row for v in best.variants} == {0, 1}
    assert "each copy has one" in texts(best)


def test_half_a_genotype_is_not_homozygous(knowledge: Knowledge) -> None:
    rows = cftr(["./1"])
    best = ranked(family_case(CYSTIC_FIBROSIS), rows, knowledge, "CFTR")
    assert "Both copies are changed" not in texts(best)


def test_a_parent_seen_on_three_reads_does_not_make_a_variant_new(knowledge: Knowledge) -> None:
    rows = [variant("FGFR2", 10, 1000, ["0/1", "0/0", "0/0"])]
    case = family_case(PFEIFFER, MOTHER, FATHER)
    assert "New in the patient" in texts(ranked(case, rows, knowledge, "FGFR2"))
    thin = [rows[0] | {"s2_dp": 3}]
    assert "New in the patient" not in texts(ranked(case, thin, knowledge, "FGFR2"))


def test_a_mosaic_parent_is_a_carrier_for_phase(knowledge: Knowledge) -> None:
    one = variant("CFTR", 7, 117559590, ["0/1", "0/1", "0/0"])
    two = variant("CFTR", 7, 117587778, ["0/1", "0/0", "0/0"], reads=[(20, 20), (40, 0), (37, 3)])
    best = ranked(family_case(CYSTIC_FIBROSIS, MOTHER, FATHER), [one, two], knowledge, "CFTR")
    assert "One came from each parent" in texts(best)


def test_mosaic_parent_explains_a_dominant_variant(knowledge: Knowledge) -> None:
    rows = [variant("FGFR2", 10, 1000, ["0/1", "0/0", "0/0"], reads=[(20, 20), (37, 3), (40, 0)])]
    best = ranked(family_case(PFEIFFER, MOTHER, FATHER), rows, knowledge, "FGFR2")
    assert "mosaic" in texts(best)
    assert fit(best) > 0


def test_phased_cis_in_child_and_mother_with_a_reference_father_stays(knowledge: Knowledge) -> None:
    """``0|1, 0|1, 0/0`` at both places."""
    rows = cftr(["0|1", "0|1", "0/0"], ["0|1", "0|1", "0/0"])
    best = ranked(family_case(CYSTIC_FIBROSIS, MOTHER, FATHER), rows, knowledge, "CFTR")
    assert best.variants
    assert best.against


def test_one_allele_phased_from_the_mother_alone_stays_as_half_a_recessive(knowledge: Knowledge) -> None:
    rows = cftr(["0|1", "0|1", "0/0"])
    best = ranked(family_case(CYSTIC_FIBROSIS, MOTHER, FATHER), rows, knowledge, "CFTR")
    assert "needs two" in texts(best)
    assert best.variants


def test_one_of_a_compound_pair_may_be_new(knowledge: Knowledge) -> None:
    rows = cftr(["0/1", "0/1", "0/0"], ["0/1", "0/0", "0/0"])
    case = family_case(CYSTIC_FIBROSIS, MOTHER, FATHER)
    samples = tuple(p.id for p in case.persons)
    result = rank(case, annotated(rows, samples), knowledge, Silent())
    best = next(c for c in result.candidates if c.disease_id == "OMIM:219700")
    assert len(best.variants) == 2
    assert "not in either parent" in texts(best)


def test_uniparental_disomy_stays_and_says_so(knowledge: Knowledge) -> None:
    rows = cftr(["1/1", "0/1", "0/0"])
    best = ranked(family_case(CYSTIC_FIBROSIS, MOTHER, FATHER), rows, knowledge, "CFTR")
    assert "uniparental" in texts(best)
    assert best.variants


def test_a_healthy_sister_with_both_lowers_and_an_affected_one_raises(knowledge: Knowledge) -> None:
    rows = cftr(["0/1", "0/1", "0/0", "0/1"], ["0/1", "0/0", "0/1", "0/1"])
    scores = {}
    for status in Affected:
        sister = person("sister", Sex.FEMALE, status, PARENTS)
        scores[status] = ranked(
            family_case(CYSTIC_FIBROSIS, MOTHER, FATHER, sister), rows, knowledge, "CFTR"
        ).score
    assert scores[Affected.YES] > scores[Affected.UNKNOWN] > scores[Affected.NO]


def test_a_dominant_family_of_many(knowledge: Knowledge) -> None:
    """Grandfather, mother, uncle and patient are affected and carry; aunt and father neither."""
    mother = person("mother", Sex.FEMALE, Affected.YES, ("granny", "grandpa"))
    others = (
        mother, FATHER, person("granny", Sex.FEMALE), person("grandpa", Sex.MALE, Affected.YES),
        person("uncle", Sex.MALE, Affected.YES, ("granny", "grandpa")),
        person("aunt", Sex.FEMALE, Affected.NO, ("granny", "grandpa")),
    )  # fmt: skip
    case = family_case(PFEIFFER, *others)
    rows = [variant("FGFR2", 10, 1000, ["0/1", "0/1", "0/0", "0/0", "0/1", "0/1", "0/0"])]
    with_all = ranked(case, rows, knowledge, "FGFR2")
    alone = ranked(family_case(PFEIFFER), [variant("FGFR2", 10, 1000, ["0/1"])], knowledge, "FGFR2")
    assert with_all.score > alone.score
    apart = [variant("FGFR2", 10, 1000, ["0/1", "0/1", "0/0", "0/0", "0/1", "0/0", "0/1"])]
    assert ranked(case, apart, knowledge, "FGFR2").score < with_all.score - 5


def test_an_affected_woman_with_one_copy_is_not_the_same_as_one_without(knowledge: Knowledge) -> None:
    aunt = person("aunt", Sex.FEMALE, Affected.YES)
    case = family_case(DUCHENNE, aunt, sex=Sex.MALE)
    found = [
        ranked(
            case,
            [variant("DMD", 23, 32000000, ["1/1", genotype], consequence="stop_gained", impact=3)],
            knowledge,
            "DMD",
        )
        for genotype in ("0/1", "0/0")
    ]
    assert fit(found[0]) > fit(found[1])


def test_a_healthy_carrier_mother_counts_little_where_the_share_decides(knowledge: Knowledge) -> None:
    """Heteroplasmy: the mother of a child with MELAS often carries less and is well."""
    rows = [variant("MT-TL1", 25, 3243, ["0/1", "0/1"], impact=2, reads=[(15, 25), (38, 2)])]
    best = ranked(family_case(LEIGH, MOTHER), rows, knowledge, "MT-TL1")
    assert best.variants
    assert fit(best) > -2
    low = [variant("MT-TL1", 25, 3243, ["0/1", "0/0"], impact=2, reads=[(34, 6), (40, 0)])]
    heteroplasmic = ranked(family_case(LEIGH, MOTHER), low, knowledge, "MT-TL1")
    assert "heteroplasmy" in texts(heteroplasmic)
    assert "New in the patient" in texts(heteroplasmic), "the mother alone decides"


def test_hemizygous_on_x_is_written_in_two_ways(knowledge: Knowledge) -> None:
    case = family_case(DUCHENNE, sex=Sex.MALE)
    scores = [
        ranked(
            case, [variant("DMD", 23, 32000000, [g], consequence="stop_gained", impact=3)], knowledge, "DMD"
        ).score
        for g in ("1", "1/1")
    ]
    assert math.isclose(scores[0], scores[1], abs_tol=1e-6)


def test_penetrance_is_a_choice(knowledge: Knowledge) -> None:
    rows = [variant("FGFR2", 10, 1000, ["0/1", "0/1", "0/0"])]
    full = ranked(family_case(PFEIFFER, MOTHER, FATHER), rows, knowledge, "FGFR2")
    part = ranked(family_case(PFEIFFER, MOTHER, FATHER, incomplete_penetrance=True), rows, knowledge, "FGFR2")
    assert full.variants
    assert part.score > full.score + 2


def test_a_known_pathogenic_variant_survives_its_frequency_marked(knowledge: Knowledge) -> None:
    rows = [variant("CFTR", 7, 117559590, ["1/1"], frequency=0.03, clinvar=5)]
    case = family_case(CYSTIC_FIBROSIS)
    assert fate(annotated(rows, ("child",)), case, 0, knowledge) is None
    best = ranked(case, rows, knowledge, "CFTR")
    assert any("ClinVar: pathogenic" in c.text for c in best.contributions)


TRUE = {
    "AD": (PFEIFFER, "FGFR2", ["0/1"]),
    "AR-homozygous": (CYSTIC_FIBROSIS, "CFTR", ["1/1"]),
    "AR-compound": (CYSTIC_FIBROSIS, "CFTR", ["0/1", "0/1"]),
    "AR-phased": (CYSTIC_FIBROSIS, "CFTR", ["0|1", "1|0"]),
}
GENOTYPES = st.sampled_from(["0/0", "0/1", "1/1", "./.", "0|1", "1|0", "./1"])
RELATIVE = st.tuples(
    st.sampled_from(["mother", "father", "sister", "brother", "aunt", "cousin"]),
    st.sampled_from(list(Affected)),
    GENOTYPES,
    GENOTYPES,
    st.integers(0, 40),
)


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(sorted(TRUE)),
    st.lists(RELATIVE, max_size=6, unique_by=lambda r: r[0]),
    st.booleans(),
)
def test_no_relative_ever_hides_the_true_answer(
    which: str, relatives: list[tuple[str, Affected, str, str, int]], open_penetrance: bool
) -> None:
    """Whatever relatives are added, the true candidate keeps its variants and no filter removes a row."""
    knowledge = bundled_knowledge()
    terms, gene, own = TRUE[which]
    sexes = {"mother": Sex.FEMALE, "father": Sex.MALE}
    persons = [person(name, sexes.get(name, Sex.UNKNOWN), status) for name, status, *_ in relatives]
    case = family_case(terms, *persons, incomplete_penetrance=open_penetrance)
    rows = []
    for place, genotype in enumerate(own):
        others = [r[2 + place] for r in relatives]
        row = variant(gene, 7, 117559590 + 100 * place, [genotype, *others])
        rows.append(row | {f"s{i}_dp": r[4] for i, r in enumerate(relatives, start=1)})
    data: Annotated = annotated(rows, tuple(p.id for p in case.persons))
    assert all(fate(data, case, row, knowledge) is None for row in range(len(rows)))
    best = of_gene(rank(case, data, knowledge, Silent()), gene)
    assert best.variants
    assert math.isclose(best.score, sum(c.log_odds for c in best.contributions), abs_tol=1e-3)
