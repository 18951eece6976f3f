"""What consent does not cover is on no way out: not in the result, the variants, or any file written."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from known import demo_case

from genoai_desktop.analysis.risk.findings import in_women
from genoai_desktop.app import OpenCase, reanalyse
from genoai_desktop.app.consent import narrowed, without_answers
from genoai_desktop.app.outputs import write_case
from genoai_desktop.domain.case import Consent, Scope
from genoai_desktop.domain.consent import ConsentEvent, Decision
from genoai_desktop.domain.consent_case import decided, narrows
from genoai_desktop.domain.context import Silent
from genoai_desktop.knowledge import Knowledge

SECONDARY_POSITION = 11100252
CARRIER_POSITION = 117559590


@pytest.fixture
def opened() -> OpenCase:
    return demo_case()


def with_consent(opened: OpenCase, knowledge: Knowledge, *scopes: Scope) -> OpenCase:
    case = replace(opened.case, consent=Consent(frozenset(scopes)))
    return reanalyse(opened, case, knowledge, Silent())


def written(opened: OpenCase, folder: Path) -> str:
    write_case(opened, folder, Silent())
    return (folder / "result.json").read_text()


def positions(opened: OpenCase) -> set[int]:
    return set(opened.table.frame["pos"].drop_nulls())


def test_with_full_consent_everything_is_there(opened: OpenCase) -> None:
    assert {SECONDARY_POSITION, CARRIER_POSITION} <= positions(opened)
    assert opened.annotated is opened.whole


def test_primary_alone_shows_neither_secondary_nor_carrier(opened, knowledge, tmp_path) -> None:
    limited = with_consent(opened, knowledge, Scope.PRIMARY)
    text = written(limited, tmp_path)
    assert limited.result.pgx is None
    assert limited.result.risk is None
    assert "LDLR" not in text
    assert "CFTR" not in text
    assert not {SECONDARY_POSITION, CARRIER_POSITION} & positions(limited)
    assert json.loads(text)["rare"]["candidates"][0]["gene"] == "CHD7"


def test_a_declined_secondary_finding_is_not_among_the_candidates(opened, knowledge) -> None:
    limited = with_consent(opened, knowledge, Scope.PRIMARY, Scope.CARRIER)
    assert limited.result.rare is not None
    assert all(candidate.gene != "LDLR" for candidate in limited.result.rare.candidates)
    assert [c.rank for c in limited.result.rare.candidates] == list(
        range(1, len(limited.result.rare.candidates) + 1)
    )
    assert CARRIER_POSITION in positions(limited)


def test_a_hidden_row_is_blank_in_every_column(opened, knowledge) -> None:
    limited = with_consent(opened, knowledge, Scope.PRIMARY)
    hidden = limited.table.frame["pos"].is_null()
    assert hidden.any()
    assert limited.table.height == opened.table.height
    for name in set(limited.table.frame.columns) - {"record", "allele", "chrom", "contig"}:
        assert limited.table.frame.filter(hidden)[name].null_count() == hidden.sum(), name
    assert limited.annotated.variants.filter(hidden)["gene"].null_count() == hidden.sum()
    rows = limited.table.frame.with_row_index("row").filter(hidden)["row"].to_list()
    assert limited.annotated.effects.filter(pl.col("row").is_in(rows)).is_empty()


def test_consent_given_later_brings_everything_back(opened, knowledge) -> None:
    limited = with_consent(opened, knowledge, Scope.PRIMARY)
    again = with_consent(limited, knowledge, *Scope)
    assert {SECONDARY_POSITION, CARRIER_POSITION} <= positions(again)
    assert again.result.risk is not None
    assert {finding.gene for finding in again.result.risk.findings} >= {"LDLR", "CFTR"}


def test_a_withdrawal_takes_effect_and_is_remembered(opened, knowledge) -> None:
    proband, today = opened.case.proband, date(2026, 5, 1)
    given = decided(
        opened.case,
        [ConsentEvent(proband, scope, Decision.GIVEN, "2026-01-01", "form 7") for scope in Scope],
        today,
    )
    assert given.consent.given == frozenset(Scope)
    no_more = ConsentEvent(proband, Scope.SECONDARY, Decision.WITHDRAWN, "2026-05-01")
    withdrawn = decided(given, [no_more], today)
    limited = reanalyse(opened, withdrawn, knowledge, Silent())
    assert SECONDARY_POSITION not in positions(limited)
    assert len(limited.result.case.consent_events) == len(Scope) + 1


def test_a_relative_who_withdraws_leaves_nothing_in_the_case(opened, knowledge, tmp_path) -> None:
    mother = opened.case.index.mother
    assert mother is not None
    sample = opened.case.person(mother).sample
    assert sample in opened.table.samples
    no = ConsentEvent(mother, Scope.PRIMARY, Decision.WITHDRAWN, "2026-05-01")
    case = decided(opened.case, [no], date(2026, 5, 1))
    assert case.consent == opened.case.consent
    limited = reanalyse(opened, case, knowledge, Silent())
    assert sample not in limited.table.samples
    assert all(one.sample != sample for one in limited.result.quality.samples)
    first = limited.result.rare.candidates[0]
    assert first.gene == "CHD7"
    assert [one.origin for one in first.variants] == ["the mother was not tested; not seen in the father"]
    assert "de novo" in opened.result.rare.candidates[0].variants[0].origin
    again = reanalyse(
        limited,
        decided(case, [ConsentEvent(mother, Scope.PRIMARY, Decision.GIVEN, "2026-05-02")], date(2026, 6, 1)),
        knowledge,
        Silent(),
    )
    assert again.table.samples == opened.table.samples


@pytest.mark.parametrize("left", [(Scope.PRIMARY,), (Scope.PRIMARY, Scope.PGX), (Scope.CARRIER,), ()])
def test_consent_is_taken_out_at_once_as_a_new_analysis_would(opened, knowledge, left, tmp_path) -> None:
    case = replace(opened.case, consent=Consent(frozenset(left)))
    assert narrows(opened.case, case)
    assert not narrows(case, opened.case)
    at_once = narrowed(opened, case, knowledge.genes.secondary_findings, knowledge.dominant_genes)
    anew = reanalyse(opened, case, knowledge, Silent())
    assert positions(at_once) <= positions(anew)
    for part in ("rare", "pgx", "risk"):
        if getattr(anew.result, part) is None:
            assert getattr(at_once.result, part) is None, part
    assert at_once.result.withheld == anew.result.withheld
    text = written(at_once, tmp_path)
    for gene in ("LDLR", "CFTR"):
        assert gene not in text or gene in written(anew, tmp_path)


def test_a_relative_taken_out_at_once_leaves_no_ranking_made_with_them(opened, knowledge) -> None:
    mother = opened.case.index.mother
    no = ConsentEvent(mother, Scope.PRIMARY, Decision.WITHDRAWN, "2026-05-01")
    case = decided(opened.case, [no], date(2026, 5, 1))
    assert narrows(opened.case, case)
    at_once = narrowed(opened, case, knowledge.genes.secondary_findings, knowledge.dominant_genes)
    assert opened.case.person(mother).sample not in at_once.table.samples
    assert at_once.result.rare is None
    assert at_once.result.quality is None


def test_a_carrier_finding_that_shows_in_women_answers_the_question_that_was_declined(
    opened, knowledge
) -> None:
    """A girl with Rett syndrome is no carrier of it; a carrier of haemophilia B is one."""
    carried = next(one for one in opened.result.risk.findings if one.scope == Scope.CARRIER.value)
    found = tuple(replace(carried, gene=gene, inheritance="XL") for gene in ("MECP2", "F9"))
    only = Consent(frozenset({Scope.CARRIER}))
    left = without_answers(
        replace(opened.result.risk, findings=found, notes=()), only, knowledge.dominant_genes
    )
    assert [one.gene for one in left.findings] == ["F9"]
    assert len(left.notes) == 1
    assert "look at the person's own health" in in_women("MECP2", "XL", knowledge)
    assert in_women("F9", "XL", knowledge) == ""
