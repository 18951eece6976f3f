"""Letters in a language that is read from right to left: ready for the day there is a phrase table."""

from typing import Any

import pypdfium2
import pytest
from pdf_ua import problems
from report_cases import rich_result

from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.report import letter, phrases
from genoai_desktop.report.bidi import is_right_to_left

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
            return entry | {"he": HEBREW if key in ("title", "positive_result", "privacy_text") else words}

        made = {key: said(key, entry) for key, entry in read(name).items()}
        return made | {"he": made["en"]} if name in ("dates.json", "technical.json") else made

    for one in (phrases.sentences, phrases._terms):
        one.cache_clear()
    monkeypatch.setattr(phrases, "table", table)
    monkeypatch.setattr(phrases, "LANGUAGES", (*phrases.LANGUAGES, "he"))
    monkeypatch.setattr("genoai_desktop.report.readability.grade", lambda _text, _language: 5.0)
    monkeypatch.setattr("genoai_desktop.report.letter_parts.figure_words", lambda _words, _language: None)
    yield  # type: ignore[misc]
    for one in (phrases.sentences, phrases._terms):
        one.cache_clear()


def _starts(data: bytes, words: str) -> list[tuple[float, float]]:
    """Left and right edge in points of each place where the words stand on the first page."""
    document = pypdfium2.PdfDocument(data)
    page = document[0].get_textpage()
    found, search = [], page.search(words)
    while (place := search.get_next()) is not None:
        boxes = [page.get_charbox(index) for index in range(place[0], place[0] + place[1])]
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
