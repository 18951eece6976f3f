"""Letters in a language that is read from right to left: ready for the day there is a phrase table."""

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from pdf_ua import problems
from PIL import Image
from report_cases import rich_result
from reportlab.platypus import Flowable

from genoai_desktop.domain.letters import Clinic, Document, DocumentKind, Letterhead
from genoai_desktop.report import letter, phrases
from genoai_desktop.report.bidi import base_of, is_right_to_left
from genoai_desktop.report.icons import icon_array
from genoai_desktop.report.page import Heading, Surround, pdf_bytes
from genoai_desktop.report.pedigree.shapes import Circle
from genoai_desktop.report.style import table
from genoai_desktop.report.tagging.flowables import mirrored

HEBREW_KEYS = ("title", "positive_result", "privacy_text", "footer")
HEBREW = "מכתב על תוצאת הבדיקה שלך"


@pytest.fixture
def hebrew(monkeypatch: pytest.MonkeyPatch) -> None:
    """English phrases under the name of Hebrew, some sentences in Hebrew letters."""
    read = phrases.table

    def table(name: str) -> dict[str, Any]:
        def said(key: str, entry: Any) -> Any:
            if not isinstance(entry, dict) or "en" not in entry:
                return entry
            words = entry["en"]
            return entry | {"he": HEBREW if key in HEBREW_KEYS else words}

        made = {key: said(key, entry) for key, entry in read(name).items()}
        return made | {"he": made["en"]} if name in ("dates.json", "technical.json") else made

    for one in (phrases.sentences, phrases._terms):
        one.cache_clear()
    monkeypatch.setattr(phrases, "table", table)
    monkeypatch.setattr(phrases, "LANGUAGES", (*phrases.LANGUAGES, "he"))
    monkeypatch.setattr("genoai_desktop.report.readability.grade", lambda _text, _language: 5.0)
    monkeypatch.setattr("genoai_desktop.report.names.figure_words", lambda _words, _language: None)
    yield  # type: ignore[misc]
    for one in (phrases.sentences, phrases._terms):
        one.cache_clear()


def _starts(data: bytes, words: str, page: int = 0) -> list[tuple[float, float]]:
    """Left and right edge in points of each place where the words stand on a page."""
    document = pypdfium2.PdfDocument(data)
    text = document[page].get_textpage()
    found, search = [], text.search(words)
    while (place := search.get_next()) is not None:
        boxes = [text.get_charbox(index) for index in range(place[0], place[0] + place[1])]
        found.append((min(box[0] for box in boxes), max(box[2] for box in boxes)))
    document.close()
    return found


def test_lines_begin_at_the_right_and_the_page_stays_accessible(hebrew: None) -> None:
    made = letter(rich_result(), Document(DocumentKind.LETTER, "he"))
    data = made.pdf()
    assert problems(data) == []
    left, right = _starts(data, "Ana Example")[0]
    assert right > 540
    assert left > 300
    english = letter(rich_result(), Document(DocumentKind.LETTER, "en")).pdf()
    assert _starts(english, "Ana Example")[0][1] < 200
    assert any(is_right_to_left(line) for line in made.lines())


def test_drawings_stand_at_the_left(hebrew: None) -> None:
    there = _starts(letter(rich_result(), Document(DocumentKind.LETTER, "he")).pdf(), "62 in 100")
    here = _starts(letter(rich_result(), Document(DocumentKind.LETTER, "en")).pdf(), "62 in 100")
    assert min(left for left, _ in there) < 130
    assert min(left for left, _ in here) > 430


def _clinic() -> Clinic:
    picture = BytesIO()
    Image.new("RGB", (300, 100), "navy").save(picture, "PNG")
    return Clinic(
        letterhead=Letterhead("Clinic North", "1 Main Street", "+1 555 0100", "", picture.getvalue())
    )


def test_head_and_foot_and_letterhead_stand_on_the_other_side(hebrew: None) -> None:
    made = {
        one: letter(rich_result(), Document(DocumentKind.LETTER, one), _clinic()).pdf()
        for one in ("he", "en")
    }
    for words in ("DEMO-001", "Clinic North", "+1 555 0100"):
        assert _starts(made["he"], words)[0][1] > 400, words
        assert _starts(made["en"], words)[0][0] < 250, words
    assert _starts(made["he"], "page 1")[0][0] < 60
    assert _starts(made["en"], "page 1")[0][1] > 500
    assert _starts(made["he"], HEBREW)[-1][1] > 540  # the foot


def test_people_are_filled_from_where_lines_begin() -> None:
    drawn = icon_array(0.25, alt="")
    before = [shape.x for shape in drawn.drawing.shapes if isinstance(shape, Circle) and shape.fill]
    mirrored([drawn])
    after = [shape.x for shape in drawn.drawing.shapes if isinstance(shape, Circle) and shape.fill]
    assert after == pytest.approx([drawn.drawing.width - x for x in before])
    assert after[0] > before[0]


def test_columns_run_from_the_right_and_are_read_in_their_order() -> None:
    def story() -> list[Flowable]:
        return [
            Heading("Rows", "title"),
            table(("First", "Second"), tuple((f"a{n}", f"b{n}") for n in range(90)), (30, 70)),
        ]

    data, pages = pdf_bytes(story, Surround("T", "", "", "{page}", "he"))
    assert pages > 1
    assert problems(data) == []
    for page in (0, 1):  # the head is repeated, and so are the columns' sides
        first, second = _starts(data, "First", page)[0], _starts(data, "Second", page)[0]
        assert first[1] > 400
        assert second[1] < first[0]
    assert _starts(data, "a3")[0][0] > _starts(data, "b3")[0][0]


@pytest.mark.parametrize(
    ("text", "base"), [("Ana", 0), ("12 %", 0), ("25 \u05db\u05d2", 1), ("\u0645 x", 1), ("", 0)]
)
def test_a_line_by_itself_goes_as_its_first_letter(text: str, base: int) -> None:
    assert base_of(text) == base
