"""Every PDF can be read aloud: tags, order, alternative texts, language; and other scripts read right."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from letter_calls import couple_letter_pdf, family_letter_pdf, letter_pdf
from page import validate_pdf_bytes
from pdf_ua import orphans, problems, spoken
from report_cases import candidate, case, coupled, many_variants, rare, rich_result, variant
from reportlab.pdfgen.canvas import Canvas

from genoai_desktop.domain.case import Person
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.report import alert_list_pdf, clinician_pdf, pgx_card_pdf
from genoai_desktop.report.phrases import LANGUAGES

NAMES = "李小明 山田 たろう 김민준 محمد بن عبد الله שלום כהן " + "Maximiliane-" * 6
INHERITED = rare((candidate(variants=(variant(inheritance="from the mother", acmg_codes=("PM1",)),)),))


def other_scripts() -> CaseResult:
    """A long name in five scripts, a hundred variants."""
    return rich_result(case=case(persons=(Person("P1", "NA1", NAMES),)), rare=many_variants(100))


def tall_row() -> CaseResult:
    """One row of a table that no page holds."""
    remarks = tuple(f"remark number {n} about this variant" for n in range(200))
    return rich_result(rare=rare((candidate(variants=(variant(remarks=remarks),)),)))


MAKERS: dict[str, Callable[[], bytes]] = {
    "report": lambda: clinician_pdf(rich_result()),
    "scripts": lambda: clinician_pdf(other_scripts()),
    "tall": lambda: clinician_pdf(tall_row()),
    "bare": lambda: clinician_pdf(CaseResult(case(), "2026-03-05T10:15:00", "0.1.0")),
    "card": lambda: pgx_card_pdf(rich_result()),
    "alerts": lambda: alert_list_pdf(rich_result()),
    "couple": lambda: couple_letter_pdf(coupled(), "fr"),
    "letter-scripts": lambda: letter_pdf(other_scripts()),
    "family": lambda: family_letter_pdf(rich_result(rare=INHERITED), "P4"),
    **{f"letter-{one}": lambda one=one: letter_pdf(rich_result(), one) for one in LANGUAGES},  # type: ignore[misc]
}


@cache
def made(name: str) -> bytes:
    return MAKERS[name]()


@pytest.mark.parametrize("name", MAKERS)
def test_every_document_is_accessible(name: str) -> None:
    assert problems(made(name)) == []


@pytest.mark.parametrize("name", MAKERS)
def test_nothing_is_clipped_and_no_heading_stands_alone(name: str) -> None:
    assert orphans(made(name)) == []
    document = pypdfium2.PdfDocument(made(name))
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            if top - bottom > 100:
                continue  # the watermark
            assert 44 <= left <= right <= width - 44
            assert 20 <= bottom <= top <= height - 28
        text.close()
        page.close()
    document.close()


@pytest.mark.parametrize("name", MAKERS)
def test_an_outside_validator_agrees(name: str) -> None:
    """``page-validation`` (MIT; it passes the corpus of veraPDF) reads every PDF."""
    report = validate_pdf_bytes(made(name), profile="ua1")
    assert [failure.message for failure in report.failures] == []


def test_the_letter_reads_from_top_to_bottom() -> None:
    said = spoken(made("letter-en"))
    words = [words for _, words in said]
    heads = [words for role, words in said if role.startswith("H")]
    assert heads[:2] == ["Your genetic test result", "At a glance"]
    places = [words.index(one) for one in ("At a glance", "Your chance in numbers", "Words in this letter")]
    assert places == sorted(places)
    pictures = [words for role, words in said if role == "Figure"]
    assert "Drawing of 100 people. 62 are filled in." in pictures


def test_names_are_read_in_the_order_in_which_they_are_spoken() -> None:
    for name in ("scripts", "letter-scripts"):
        assert any(NAMES.strip() in words for _, words in spoken(made(name)))


def test_a_list_and_a_table_say_what_they_are() -> None:
    said = spoken(made("report"))
    roles = {role for role, _ in said}
    assert {"H1", "H2", "H3", "P", "Lbl", "LBody", "TH", "TD", "Figure"} <= roles
    assert ("TH", "Patient") in said
    assert ("TH", "Rank") in said


def test_a_repeated_head_is_read_once() -> None:
    heads = [words for role, words in spoken(made("scripts")) if role == "TH"]
    assert heads.count("Class and why") == 1


def test_the_metadata_is_dated_by_the_analysis() -> None:
    with pikepdf.open(BytesIO(made("letter-de"))) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260305101500"
        assert str(pdf.Root.Lang) == "de"
        assert "2026-03-05T10:15:00" in pdf.Root.Metadata.read_bytes().decode()


def test_the_checker_notices_what_is_wrong() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(100, 100, "untagged")
    canvas.save()
    assert problems(buffer.getvalue()) == ["the document is not tagged"]
    for damage, said in (
        (lambda pdf: pdf.Root.__delitem__("/Lang"), "no language"),
        (lambda pdf: pdf.Root.__delitem__("/Metadata"), "no metadata"),
        (lambda pdf: _first(pdf, "/Figure").__delitem__("/Alt"), "alternative text"),
        (lambda pdf: _first(pdf, "/H2").__setitem__("/S", pikepdf.Name.H3), "follows H1"),
        (lambda pdf: pdf.pages[0].contents_add(b"0 0 9 9 re f"), "outside of tags"),
        (lambda pdf: _first(pdf, "/TH").__delitem__("/A"), "without scope"),
    ):
        assert any(said in one for one in problems(_damaged(made("report"), damage))), said


def _first(pdf: pikepdf.Pdf, role: str) -> pikepdf.Object:
    return next(
        one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and str(one.get("/S", "")) == role
    )


def _damaged(data: bytes, damage: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        damage(pdf)
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def test_the_same_content_gives_the_same_bytes() -> None:
    result = other_scripts()
    assert letter_pdf(result) == made("letter-scripts")
    assert letter_pdf(replace(result, created="2026-04-05T10:15:00")) != made("letter-scripts")
