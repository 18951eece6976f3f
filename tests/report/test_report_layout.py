"""The report can be read: tables run on over pages, what matters comes first, long lists are cut openly."""

from dataclasses import replace

import pytest
from pdf_reading import pages_of, words_of
from report_cases import candidate, case, pgx, rare, rich_result

from genoai_desktop.domain.case import ObservedTerm
from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.pgx import Concern, MissingPosition, PgxResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.report import clinician_pdf, result_document
from genoai_desktop.report.fonts import BOLD, text_width
from genoai_desktop.report.style import WIDTH, styles, table


def report(result: CaseResult) -> str:
    return words_of(clinician_pdf(result))


def ranked(count: int) -> CaseResult:
    made = (candidate(n, disease_name=f"Disease number {n}", score=50.0 - n) for n in range(1, count + 1))
    return rich_result(rare=rare(tuple(made)))


def medicines(**changes: object) -> PgxResult:
    return replace(pgx(), **changes)  # type: ignore[arg-type]


def test_the_candidates_begin_on_the_first_page() -> None:
    pages = pages_of(clinician_pdf(ranked(60)))
    assert "Candidate diagnoses" in pages[0]
    assert "Disease number 3" in pages[0]


def test_a_heading_is_never_the_last_thing_on_a_page() -> None:
    titles = {
        "Candidate diagnoses",
        "Variants",
        "Gene calls",
        "Quality",
        "Missing positions",
        "Filters tried",
    }
    for count in (1, 4, 9, 14, 33):
        for page in pages_of(clinician_pdf(ranked(count))):
            lines = [line.strip() for line in page.splitlines() if line.strip()]
            footer = next(n for n, line in enumerate(lines) if line.startswith("Decision support"))
            assert titles.isdisjoint(lines[footer - 1 : footer])


def test_thirty_candidates_are_named_and_three_explained() -> None:
    words = report(ranked(45))
    for rank in range(1, 31):
        assert f"Disease number {rank} " in words
    assert "Disease number 31" not in words
    assert "15 further candidates are in result.json" in words
    assert "Why rank 3" in words
    assert "Why rank 4" not in words
    assert len(result_document(ranked(45))["rare"]["candidates"]) == 45


def test_usual_use_is_named_and_not_tabled() -> None:
    one = replace(pgx().advice[2], concern=Concern.USUAL, action="Nothing to change here.")
    advice = (*pgx().advice[:2], replace(one, drug="celecoxib"), replace(one, drug="Fluorouracil ointment"))
    words = report(rich_result(pgx=medicines(advice=advice)))
    assert "celecoxib, Fluorouracil ointment." in words
    assert "Nothing to change here" not in words


def test_own_medicines_come_first_whatever_is_advised() -> None:
    own = replace(pgx().advice[2], drug="clopidogrel", concern=Concern.USUAL, action="Give it as usual.")
    words = report(rich_result(pgx=medicines(advice=(pgx().advice[2], own))))
    assert words.index("Give it as usual.") < words.index("Usual start; watch long use.")


def test_guidelines_that_differ_are_not_told_as_one() -> None:
    avoid = pgx().advice[2]
    usual = replace(avoid, concern=Concern.USUAL, guideline=replace(avoid.guideline, source="DPWG"))
    words = report(rich_result(pgx=medicines(advice=(avoid, usual))))
    assert "Differing advice: DPWG (CYP2C19): usual use." in words
    assert "Usual use, as far as these genes go" not in words


def test_rows_that_differ_in_the_population_alone_are_one_row() -> None:
    one = pgx().advice[0]
    other = replace(one, population="stroke", strength="Moderate")
    words = report(rich_result(pgx=medicines(advice=(one, other))))
    assert "For: acute coronary syndrome (Strong); stroke (Moderate)." in words
    assert words.count(one.action) == 1


def test_no_recommendation_is_told_with_its_reason() -> None:
    one = replace(pgx().advice[2], drug="halothane", concern=Concern.UNKNOWN, implication="Concerns: fever.")
    words = report(rich_result(pgx=medicines(advice=(one,))))
    assert "Concerns: fever – halothane (CYP2C19 Poor Metabolizer)." in words


def test_long_lists_of_a_gene_are_cut_and_say_so() -> None:
    call = replace(
        pgx().calls[1],
        alternatives=tuple(f"*1/*{n}" for n in range(60, 70)),
        positions_missing=tuple(MissingPosition(f"rs90{n}", 5000 + n, ()) for n in range(9)),
    )
    result = rich_result(pgx=medicines(calls=(call,)))
    words = report(result)
    assert "*1/*60, *1/*61, *1/*62 and 7 more" in words
    assert "rs904 (5004) and 4 more" in words
    assert len(result_document(result)["pgx"]["calls"][0]["positions_missing"]) == 9


def test_terms_are_named_where_the_name_is_known() -> None:
    terms = (ObservedTerm("HP:0001363", label="Craniosynostosis"), ObservedTerm("HP:0000494"))
    assert "Craniosynostosis (HP:0001363), HP:0000494" in report(rich_result(case=case(terms=terms)))


def test_folders_of_a_finding_stay_in_the_program() -> None:
    for folder in ("/home/ana/example/", "C:\\Users\\ana\\"):
        finding = Finding(Severity.INFO, "vcf.odd", Where(f"{folder}demo.vcf.gz", 12), "Odd.")
        words = report(rich_result(findings=(finding,)))
        assert "demo.vcf.gz, line 12" in words
        assert folder not in words


def test_no_word_of_a_tables_head_is_wider_than_its_column() -> None:
    head, shares = ("Wahrscheinlichkeit", "Quelle", "Begründung"), (8, 20, 150)
    columns = table(head, [], shares)._colWidths
    for word, column in zip(head, columns, strict=True):
        assert text_width(word, BOLD, styles()["head"].fontSize) < column
    assert sum(columns) == pytest.approx(WIDTH)


def test_a_head_with_room_keeps_the_widths_that_were_asked_for() -> None:
    assert table(("a", "b"), [], (1, 3))._colWidths == pytest.approx([WIDTH / 4, 3 * WIDTH / 4])


@pytest.mark.parametrize("rows", range(30, 70))
def test_no_table_carries_a_single_row_over_to_the_next_page(rows: int) -> None:
    made = table(("One", "Two"), [(str(n), "word") for n in range(rows)], (1, 1))
    made.wrap(WIDTH, 600)
    parts = made.split(WIDTH, 600)
    carried = [len(part._cellvalues) - 1 for part in parts]
    assert sum(carried) == rows
    assert len(parts) == 1 or carried[-1] > 1
