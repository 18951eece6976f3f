"""The family questionnaire as a PDF: read aloud, filled in by a viewer, read back; fonts inside."""

import ctypes
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from page import validate_pdf_bytes
from pdf_ua import orphans, problems, spoken

from genoai_desktop.app.pedigrees.questionnaire import read_questionnaire
from genoai_desktop.app.pedigrees.questionnaire_form import questionnaire_pdf
from genoai_desktop.app.pedigrees.questions import FIELDS, people
from genoai_desktop.report.speech import documents_in

LANGUAGES = ("en", "de")
HEADS = ("H1", "H2")


@cache
def form(language: str) -> bytes:
    with documents_in(language):
        return questionnaire_pdf()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_is_accessible(language: str) -> None:
    assert problems(form(language)) == []
    assert orphans(form(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_outside_validator_agrees(language: str) -> None:
    report = validate_pdf_bytes(form(language), profile="ua1")
    assert [failure.message for failure in report.failures] == []


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Family questionnaire"), ("de", "Familienfragebogen")]
)
def test_it_says_its_title_and_language(language: str, title: str) -> None:
    with pikepdf.open(BytesIO(form(language))) as pdf:
        assert str(pdf.docinfo["/Title"]) == title
        assert str(pdf.Root.Lang) == language


def test_it_is_read_from_top_to_bottom_each_field_after_its_person() -> None:
    said = spoken(form("en"))
    heads = [words for role, words in said if role in HEADS]
    assert heads[:2] == ["Your family", "You, your parents and your partner"]
    assert heads[-1] == "Your father's family"
    place = said.index(("TH", "Your mother"))
    names = [f"Your mother: {title}" for _, title, _ in FIELDS]
    assert said[place + 1 : place + 1 + len(FIELDS)] == [("Form", name) for name in names]
    assert sum(role == "Form" for role, _ in said) == len(people()) * len(FIELDS)


def test_every_field_leads_to_its_place_in_the_structure() -> None:
    with pikepdf.open(BytesIO(form("en"))) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}
        for page in pdf.pages:
            for widget in page.obj.Annots:
                element = parents[int(widget.StructParent)]
                assert str(element.Alt) == str(widget.TU)
                assert element.K.Obj.objgen == widget.objgen


def test_what_is_typed_has_an_embedded_font_and_no_other_is_named() -> None:
    with pikepdf.open(BytesIO(form("en"))) as pdf:
        assert "DejaVu" in str(pdf.Root.AcroForm.DR.Font.Sans.BaseFont)
        assert "/FontFile2" in pdf.Root.AcroForm.DR.Font.Sans.FontDescriptor
        looks = {str(one.get("/DA", "")) for one in pdf.Root.AcroForm.Fields}
        assert all(look == "" or look.startswith("/Sans ") for look in looks)
    assert b"Helvetica" not in form("en")
    assert b"ZapfDingbats" not in form("en")


def _typed(document: pypdfium2.PdfDocument, box: tuple[float, ...], words: str) -> None:
    """Click into a field of the first page and type, as in a browser."""
    page = document[0]
    handle, across, up = document.formenv, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for act in (pdfium.FORM_OnMouseMove, pdfium.FORM_OnLButtonDown, pdfium.FORM_OnLButtonUp):
        act(handle, page, 0, across, up)
    if words:
        text = ctypes.create_string_buffer(words.encode("utf-16-le") + b"\0\0")
        pdfium.FORM_ReplaceSelection(handle, page, ctypes.cast(text, pdfium.FPDF_WIDESTRING))
    pdfium.FORM_ForceToKillFocus(handle)


def test_a_browsers_viewer_fills_it_in_and_it_is_read_back(tmp_path: Path) -> None:
    answers = {"self.name": "Änne", "self.sex": "F", "mother.dead": "", "mother.illness": "breast cancer 52"}
    with pikepdf.open(BytesIO(form("en"))) as pdf:
        boxes = {str(one.T): tuple(map(float, one.Rect)) for one in pdf.Root.AcroForm.Fields}
    document = pypdfium2.PdfDocument(form("en"))
    document.init_forms()
    for name, words in answers.items():
        _typed(document, boxes[name], words)
    drawn = document[0].render(scale=2, may_draw_forms=True).to_pil().convert("L")
    document.save(tmp_path / "filled.pdf")
    document.close()
    found = read_questionnaire(tmp_path / "filled.pdf")
    assert found.findings == ()
    assert found.family.by_id["self"].name == "Änne"
    mother = found.family.by_id["mother"]
    assert mother.deceased
    assert [one.age for one in mother.diagnoses] == [52.0]
    for name in answers:
        left, bottom, right, top = boxes[name]
        edges = (
            2 * (left + 2),
            drawn.height - 2 * (top - 2),
            2 * (right - 2),
            drawn.height - 2 * (bottom + 2),
        )
        assert drawn.crop(tuple(map(round, edges))).getextrema()[0] < 120, name


def _apart(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_under_a_field_or_under_other_words(language: str) -> None:
    document = pypdfium2.PdfDocument(form(language))
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        words = [text.get_rect(index) for index in range(text.count_rects())]
        text.close()
        raw = (pdfium.FPDFPage_GetAnnot(page, n) for n in range(pdfium.FPDFPage_GetAnnotCount(page)))
        boxes = list(map(_place, raw))
        assert len(boxes) > 50
        assert [
            one for one in boxes if not (0 < one[0] < one[2] < width and 0 < one[1] < one[3] < height)
        ] == []
        for number, one in enumerate(words):
            assert [box for box in boxes if not _apart(one, box)] == []
            assert [other for other in words[number + 1 :] if not _apart(one, other)] == []
        page.close()
    document.close()


def _place(annotation: pdfium.FPDF_ANNOTATION) -> tuple[float, ...]:
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, box)
    pdfium.FPDFPage_CloseAnnot(annotation)
    return box.left, box.bottom, box.right, box.top
