"""Frequencies among the clinic's own earlier cases."""

import gc
import math

from test_rare_inheritance import family_case
from test_rare_ranking import CYSTIC_FIBROSIS, PFEIFFER, annotated, of_gene, variant

from genoai_desktop.analysis.rare_disease import InHouse, Memory, fate, rank
from genoai_desktop.analysis.rare_disease.filters import run_filters
from genoai_desktop.analysis.rare_disease.in_house import lower_bound
from genoai_desktop.domain.context import Silent
from genoai_desktop.knowledge import Knowledge

KEY = ("GRCh38", 10, 1000, "A", "G")


def test_the_bound_of_a_share_is_low_for_few_cases() -> None:
    assert lower_bound(0, 50) == 0
    assert lower_bound(1, 20) < 0.01
    assert lower_bound(5, 5) < 0.6
    assert math.isclose(lower_bound(500, 1000), 0.469, abs_tol=1e-3)


def test_what_earlier_cases_had_counts_against_and_says_so(knowledge: Knowledge) -> None:
    data = annotated([variant("FGFR2", 10, 1000, ["0/1"])], ("child",))
    case = family_case(PFEIFFER)
    scores = []
    for count in (0, 1, 2, 12):
        result = rank(case, data, knowledge, Silent(), in_house=InHouse({KEY: count}, 1000))
        scores.append(of_gene(result, "FGFR2"))
    assert scores[0].score > scores[1].score > scores[2].score > scores[3].score
    assert any("12 of 1000 earlier cases" in c.text for c in scores[3].contributions)
    assert all(c.variants for c in scores)


def test_a_local_polymorphism_is_set_aside_in_a_step_of_its_own(knowledge: Knowledge) -> None:
    data = annotated([variant("FGFR2", 10, 1000, ["0/1"])], ("child",))
    case = family_case(PFEIFFER)
    often = InHouse({KEY: 20}, 200)
    steps = run_filters(data, case, knowledge, in_house=often)
    step = steps.fate(0)
    assert step is not None
    assert step.id == "in_house"
    few = run_filters(data, case, knowledge, in_house=InHouse({KEY: 3}, 3))
    assert few.fate(0) is None, "three of three cases prove nothing"
    other = run_filters(data, case, knowledge, in_house=InHouse({("GRCh37", *KEY[1:]): 20}, 200))
    assert other.fate(0) is None, "another build"


def test_a_known_pathogenic_variant_is_never_set_aside_nor_lowered(knowledge: Knowledge) -> None:
    data = annotated([variant("CFTR", 7, 117559590, ["1/1"], clinvar=5)], ("child",))
    case = family_case(CYSTIC_FIBROSIS)
    often = InHouse({("GRCh38", 7, 117559590, "A", "G"): 50}, 200)
    with_counts = of_gene(rank(case, data, knowledge, Silent(), in_house=often), "CFTR")
    without = of_gene(rank(case, data, knowledge, Silent()), "CFTR")
    assert with_counts.score == without.score
    assert fate(data, case, 0, knowledge) is None


def test_weights_are_remembered_by_their_owner_alone(knowledge: Knowledge) -> None:
    data = annotated([variant("FGFR2", 10, 1000, ["0/1"])], ("child",))
    memory = Memory()
    first = rank(family_case(PFEIFFER), data, knowledge, Silent(), memory=memory)
    again = rank(family_case(PFEIFFER), data, knowledge, Silent(), memory=memory)
    assert first == again
    changed = rank(
        family_case(PFEIFFER), data, knowledge, Silent(), memory=memory, in_house=InHouse({KEY: 9}, 90)
    )
    assert of_gene(changed, "FGFR2").score < of_gene(first, "FGFR2").score
    other = annotated([variant("FGFR2", 10, 1000, ["0/0"])], ("child",))
    assert not any(
        c.variants for c in rank(family_case(PFEIFFER), other, knowledge, Silent(), memory=memory).candidates
    )


def test_remembered_weights_are_nothing_for_the_collector(knowledge: Knowledge) -> None:
    """Of an exome they are 30,000 objects, each of which a collection would look at."""
    data = annotated([variant("FGFR2", 10, 1000, ["0/1"])], ("child",))
    memory = Memory()
    rank(family_case(PFEIFFER), data, knowledge, Silent(), memory=memory)
    weighed = memory._weighed
    assert weighed is not None
    assert weighed.best
    assert not any(map(gc.is_tracked, weighed.best.values()))
