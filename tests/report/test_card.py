"""The wallet card holds every gene and medicine, what matters first, on as many sides as that takes."""

from dataclasses import replace

import pytest
from pdf_reading import words_of
from report_cases import pgx, rich_result

from genoai_desktop.domain.pgx import CallStatus, Concern, PgxResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.report.card import pgx_card_pdf
from genoai_desktop.report.phrases import LANGUAGES

READ = tuple(f"GENE{number}" for number in range(1, 26))
UNREAD = tuple(f"LOST{number}" for number in range(1, 31))
MEDICINES = tuple(f"medicine{number}" for number in range(1, 61))
_CALLS, _ADVICE = pgx().calls, pgx().advice


def crowded() -> CaseResult:
    """25 genes read, the last of them with advice to avoid, 30 not read, and 60 medicines to ask about."""
    call = replace(
        next(one for one in _CALLS if one.status is CallStatus.CALLED), phenotype="Odd Metabolizer"
    )
    calls = tuple(replace(call, gene=gene) for gene in READ)
    lost = tuple(replace(call, gene=gene, status=CallStatus.NOT_COVERED) for gene in UNREAD)
    concerns = (Concern.AVOID, Concern.ADJUST, Concern.CAUTION)
    advice = tuple(
        replace(_ADVICE[0], drug=drug, genes=(READ[-1],), concern=concerns[number % 3])
        for number, drug in enumerate(MEDICINES)
    )
    return rich_result(pgx=PgxResult(pgx().sample, (*calls, *lost), advice, ()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_gene_or_medicine_is_left_off_the_card(language: str) -> None:
    words = {word.strip(",") for word in words_of(pgx_card_pdf(crowded(), language=language)).split()}
    assert {*READ, *UNREAD, *MEDICINES} - words == set()


def test_the_gene_that_changes_a_prescription_comes_first() -> None:
    words = words_of(pgx_card_pdf(crowded()))
    assert words.index(READ[-1]) < words.index(READ[0])


def test_a_side_that_is_full_points_to_the_next_card() -> None:
    words = " ".join(words_of(pgx_card_pdf(crowded())).split())
    assert "and 16 more genes: see the next card" in words
    assert "More on the next card" in words


def test_what_fits_on_two_sides_points_to_no_further_card() -> None:
    assert "next card" not in words_of(pgx_card_pdf(rich_result()))
