# ruff: noqa: E501 - tables of cases
"""The clinician report: complete, deterministic, draft until signed, nothing declined in it."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from pdf_reading import pages_of, words_of
from report_cases import candidate, case, coupled, many_variants, rare, rich_result, variant

from genoai_desktop.domain.case import Consent, Person, Scope
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.report import Signature, clinician_pdf, content_sha256, write_clinician_pdf

SIGNED = Signature("Dr. Eva Sign", "Clinical geneticist", "2026-03-06T09:00:00", "")


def signed(result: CaseResult) -> Signature:
    return replace(SIGNED, content_sha256=content_sha256(result))


@cache
def rich() -> bytes:
    return clinician_pdf(rich_result())


def test_same_content_gives_same_bytes() -> None:
    assert rich() == clinician_pdf(rich_result())


def test_holds_what_product_asks_for() -> None:
    words = words_of(rich())
    for part in (
        "Ana Example", "NA1", "Craniosynostosis and broad thumbs", "2026-03-05",
        "NM_000141.5", "c.755C>G", "p.(Ser252Trp)", "chr10:121520163", "GRCh38", "heterozygous", "PM2_Supporting",
        "CYP2D6: copy number", "Phasing", "Also possible", "rs67376798",
        "not diagnostic", "A low score does not mean no chance", "5,100 of 6,630",
        "ACMG SF v3.3", "2025-11-24", "Filters tried", "39,100", "2027-03-05", "Recontact",
        "listed without a number", "not in the population data searched", "Not tested or not callable",
    ):  # fmt: skip
        assert part in words, part


def test_every_page_says_what_it_is() -> None:
    pages = pages_of(rich())
    for number, page in enumerate(pages, start=1):
        assert f"page {number} of {len(pages)}" in page
        assert "Decision support for trained professionals" in page
        assert "DRAFT" in page


def test_signature_over_this_content_ends_the_draft() -> None:
    result = rich_result()
    words = words_of(clinician_pdf(result, signed(result)))
    assert "DRAFT" not in words
    assert "Dr. Eva Sign" in words


def test_signature_over_other_content_does_not() -> None:
    words = words_of(clinician_pdf(rich_result(program_version="0.2.0"), signed(rich_result())))
    assert "DRAFT" in words
    assert "belongs to other content" in words


def test_metadata_bookmarks_and_embedded_fonts() -> None:
    data = rich()
    document = pypdfium2.PdfDocument(data)
    assert "DEMO-001" in document.get_metadata_value("Title")
    titles = [item.get_title() for item in document.get_toc()]
    assert {"Variants", "Candidate diagnoses", "Medicines (pharmacogenomics)", "Sources and versions"} <= set(
        titles
    )
    document.close()


@pytest.mark.parametrize(
    ("scope", "secrets"),
    [
        (Scope.SECONDARY, ("BRCA1", "Hereditary breast")),
        (Scope.CARRIER, ("CFTR", "Cystic fibrosis")),
        (Scope.PGX, ("CYP2C19", "omeprazole")),
        (Scope.POLYGENIC, ("PGS000018",)),
        (Scope.PRIMARY, ("Pfeiffer", "FGFR2")),
    ],
)
def test_what_is_declined_is_not_in_the_report(scope: Scope, secrets: tuple[str, ...]) -> None:
    result = rich_result(case=case(consent=Consent(frozenset(Scope) - {scope})), coverage=())
    words = words_of(clinician_pdf(result))
    assert "Withheld" in words
    for secret in secrets:
        assert secret not in words


def test_two_hundred_variants_with_long_names_lose_none() -> None:
    words = words_of(clinician_pdf(rich_result(rare=many_variants())))
    for number in range(200):
        assert f"chr2:{1000 + number}" in words


def test_nothing_leaves_the_page() -> None:
    document = pypdfium2.PdfDocument(clinician_pdf(rich_result(rare=many_variants(60))))
    for page in document:
        width, height = page.get_size()
        text_page = page.get_textpage()
        for index in range(text_page.count_rects()):
            left, bottom, right, top = text_page.get_rect(index)
            assert left >= 20
            assert right <= width - 20
            assert bottom >= 10
            assert top <= height - 10
        text_page.close()
        page.close()
    document.close()


def test_characters_without_a_glyph_are_stated() -> None:
    people = (Person("P1", "NA1", "สมชาย"),)
    words = words_of(clinician_pdf(rich_result(case=case(persons=people))))
    assert "U+0E2A" in words
    assert "□" in words


@pytest.mark.parametrize("name", ["李小明", "山田 たろう", "김민준", "محمد بن عبد الله", "שלום כהן"])
def test_names_in_other_scripts_have_letters(name: str) -> None:
    people = (Person("P1", "NA1", name),)
    words = words_of(clinician_pdf(rich_result(case=case(persons=people))))
    assert "□" not in words
    assert "typeface cannot draw" not in words


def test_empty_result_makes_an_honest_report(tmp_path: Path) -> None:
    bare = CaseResult(case(consent=Consent(frozenset())), "2026-03-05T10:15:00", "0.1.0")
    write_clinician_pdf(bare, tmp_path / "report.pdf")
    words = words_of((tmp_path / "report.pdf").read_bytes())
    assert "Callability was not measured" in words
    assert "Nothing odd was noticed" in words


def test_a_row_taller_than_a_page_is_broken_and_kept() -> None:
    remarks = tuple(f"remark number {n} about this variant" for n in range(200))
    words = words_of(
        clinician_pdf(rich_result(rare=rare((candidate(variants=(variant(remarks=remarks),)),))))
    )
    assert "remark number 0 " in words
    assert "remark number 199 " in words


def test_screening_options_are_shown_as_options() -> None:
    result = rich_result()
    assert result.risk is not None
    first = replace(result.risk.findings[0], options=("Breast MRI each year from 25 (NCCN 2025)",))
    words = words_of(clinician_pdf(replace(result, risk=replace(result.risk, findings=(first,)))))
    assert "none of them an order" in words
    assert "Breast MRI each year" in words


def test_a_couple_is_in_the_report_with_both_consents_alone() -> None:
    words = words_of(clinician_pdf(coupled()))
    for part in (
        "Couple: chances for children",
        "Duchenne",
        "son 50 %",
        "daughter 0 %",
        "CYP21A2",
        "not known",
    ):
        assert part in words, part
    assert "Duchenne" not in words_of(clinician_pdf(coupled(consent=frozenset())))


def test_no_secondary_finding_names_the_list() -> None:
    result = rich_result()
    assert result.risk is not None
    words = words_of(clinician_pdf(replace(result, risk=replace(result.risk, findings=()))))
    assert "none reported, with the person's consent to look; gene list version: ACMG SF v3.3" in words
    assert "this person is most like EUR (97 %)" in words


def test_it_says_from_which_parent_a_variant_came() -> None:
    found = rare((candidate(variants=(variant(origin="from the mother"),)),))
    words = words_of(clinician_pdf(rich_result(rare=found)))
    assert "Inherited: FGFR2 c.755C>G p.(Ser252Trp) – from the mother." in words
    assert words.count("from the mother") == 2  # with its reasons, and in the table of variants
