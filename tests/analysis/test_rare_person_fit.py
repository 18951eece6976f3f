"""Onset, age and sex in the ranking; probabilities with variants; what would change the answer."""

from dataclasses import replace

import pytest
from test_rare_inheritance import MOTHER, family_case
from test_rare_ranking import CYSTIC_FIBROSIS, PFEIFFER, annotated, of_gene, variant

from genoai_desktop.analysis.rare_disease import rank
from genoai_desktop.analysis.rare_disease.person_fit import onset_scores, sex_scores
from genoai_desktop.domain.case import Case, ObservedTerm, Sex
from genoai_desktop.domain.context import Silent
from genoai_desktop.knowledge import Knowledge

CONGENITAL, ADULT = "HP:0003577", "HP:0003581"


def aged(case: Case, years: float) -> Case:
    return replace(case, persons=tuple(replace(p, age_years=years) for p in case.persons))


def index(knowledge: Knowledge, name: str) -> int:
    found = knowledge.phenotypes.disease_index(name)
    assert found is not None
    return found


def test_a_disease_of_the_old_does_not_fit_a_newborn(knowledge: Knowledge) -> None:
    case = family_case(("HP:0002072",))
    old, young = index(knowledge, "OMIM:143100"), index(knowledge, "OMIM:101600")
    newborn, grown = onset_scores(aged(case, 0.1), knowledge), onset_scores(aged(case, 50), knowledge)
    assert newborn is not None
    assert grown is not None
    assert newborn[old] < newborn[young]
    assert grown[old] > newborn[old]
    assert onset_scores(case, knowledge) is None, "no age, no word"


def test_a_stated_onset_counts_more_than_the_age(knowledge: Knowledge) -> None:
    case = family_case(())
    early = replace(case, terms=(ObservedTerm("HP:0002072", onset=CONGENITAL),))
    late = replace(case, terms=(ObservedTerm("HP:0002072", onset=ADULT),))
    at_birth, grown_up = onset_scores(aged(early, 60), knowledge), onset_scores(aged(late, 60), knowledge)
    assert at_birth is not None
    assert grown_up is not None
    pfeiffer, huntington = index(knowledge, "OMIM:101600"), index(knowledge, "OMIM:143100")
    assert at_birth[pfeiffer] > grown_up[pfeiffer]
    assert at_birth[huntington] < grown_up[huntington]


def test_an_x_linked_recessive_disease_is_less_probable_in_a_girl(knowledge: Knowledge) -> None:
    duchenne, pfeiffer = index(knowledge, "OMIM:310200"), index(knowledge, "OMIM:101600")
    girl, boy = sex_scores(knowledge, Sex.FEMALE), sex_scores(knowledge, Sex.MALE)
    assert girl[duchenne] < -1 < 0 < boy[duchenne]
    assert girl[pfeiffer] == boy[pfeiffer] == 0
    assert not sex_scores(knowledge, Sex.UNKNOWN).any()


def test_the_reasons_still_add_up(knowledge: Knowledge) -> None:
    case = aged(family_case(PFEIFFER, sex=Sex.FEMALE), 3.0)
    data = annotated([variant("FGFR2", 10, 1000, ["0/1"])], ("child",))
    for result in (rank(case, None, knowledge, Silent()), rank(case, data, knowledge, Silent())):
        scores = [c.score for c in result.candidates]
        assert scores == sorted(scores, reverse=True)
        for candidate in result.candidates:
            assert candidate.score == pytest.approx(
                sum(p.log_odds for p in candidate.contributions), abs=1e-3
            )
        assert any("usual onset" in p.text for c in result.candidates for p in c.contributions)


def test_probabilities_with_variants(knowledge: Knowledge) -> None:
    case = family_case(PFEIFFER)
    good = rank(case, annotated([variant("FGFR2", 10, 1000, ["0/1"])], ("child",)), knowledge, Silent())
    none = rank(case, annotated([variant("FGFR2", 10, 1000, ["0/0"])], ("child",)), knowledge, Silent())
    for result in (good, none):
        chances = [c.probability for c in result.candidates]
        assert all(chance is not None and 0 <= chance <= 1 for chance in chances)
        assert sum(chance for chance in chances if chance is not None) <= 1 + 1e-6
        assert chances == sorted(chances, reverse=True)
    assert (good.candidates[0].probability or 0) > (none.candidates[0].probability or 0)
    assert sum(c.probability or 0 for c in none.candidates) < 0.5, (
        "nothing was found: probably something else"
    )


def test_every_candidate_says_what_would_change_it(knowledge: Knowledge) -> None:
    pair = [variant("CFTR", 7, 117559590, ["0/1"]), variant("CFTR", 7, 117587778, ["0/1"])]
    alone = of_gene(
        rank(family_case(CYSTIC_FIBROSIS), annotated(pair, ("child",)), knowledge, Silent()), "CFTR"
    )
    assert any("Testing the parents" in text for text in alone.would_change)
    phased = [variant("CFTR", 7, 117559590, ["0|1"]), variant("CFTR", 7, 117587778, ["1|0"])]
    told = of_gene(
        rank(family_case(CYSTIC_FIBROSIS), annotated(phased, ("child",)), knowledge, Silent()), "CFTR"
    )
    assert not any("Testing the parents" in text for text in told.would_change)
    one = [variant("FGFR2", 10, 1000, ["0/1", "0/0"])]
    dominant = rank(family_case(PFEIFFER, MOTHER), annotated(one, ("child", "mother")), knowledge, Silent())
    assert any("new in the patient" in text for text in of_gene(dominant, "FGFR2").would_change)
    assert any("could not show" in text for c in dominant.candidates for text in c.would_change)
