"""Ways of looking at a ranking: quick, within consent, and never a change of the case."""

from dataclasses import replace

import pytest
from known import demo_case

from genoai_desktop.app import OpenCase, reanalyse
from genoai_desktop.app.ranking_view import Evidence, ranked_by
from genoai_desktop.domain.case import Consent, Scope
from genoai_desktop.domain.context import Silent
from genoai_desktop.knowledge import Knowledge


@pytest.fixture
def opened() -> OpenCase:
    return demo_case()


def test_both_is_the_result_itself(opened: OpenCase, knowledge: Knowledge) -> None:
    assert ranked_by(opened, Evidence.BOTH, knowledge, Silent()) is opened.result.rare


def test_phenotype_alone_names_no_variant(opened: OpenCase, knowledge: Knowledge) -> None:
    rare = ranked_by(opened, Evidence.PHENOTYPE, knowledge, Silent())
    assert rare is not None
    assert rare.candidates
    assert not any(candidate.variants for candidate in rare.candidates)
    assert "phenotype alone" in rare.notes[0]


def test_variants_alone_count_no_term(opened: OpenCase, knowledge: Knowledge) -> None:
    rare = ranked_by(opened, Evidence.VARIANTS, knowledge, Silent())
    assert rare is not None
    assert rare.candidates[0].variants
    assert not any(p.subject.startswith("HP:") for c in rare.candidates for p in c.contributions)


def test_a_way_of_looking_shows_no_more_than_consent_allows(opened: OpenCase, knowledge: Knowledge) -> None:
    case = replace(opened.case, consent=Consent(frozenset({Scope.PRIMARY})))
    limited = reanalyse(opened, case, knowledge, Silent())
    for evidence in Evidence:
        rare = ranked_by(limited, evidence, knowledge, Silent())
        assert rare is not None
        shown = [c for c in rare.candidates if c.variants]
        assert not {"LDLR", "CFTR"} & {c.gene for c in shown}
    nothing = replace(opened.case, consent=Consent(frozenset()))
    assert (
        ranked_by(reanalyse(opened, nothing, knowledge, Silent()), Evidence.VARIANTS, knowledge, Silent())
        is None
    )
