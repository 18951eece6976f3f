"""The report's risk section: the drawings of the window, tagged, with words; few digits; nothing declined."""

from dataclasses import replace
from functools import cache

import pypdfium2
from drawing_cases import SOURCE, curve, parts, places, score
from pdf_reading import words_of
from pdf_ua import orphans, problems, spoken
from report_cases import rich_result

from genoai_desktop.domain.case import Consent, Scope
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import RelativeChance, RiskFigure
from genoai_desktop.report import clinician_pdf


def figure(value: float = 0.2107, **changes: object) -> RiskFigure:
    """A combined figure with parts, a sentence for the patient and an option."""
    made = RiskFigure(
        "Chance of breast cancer, all parts together",
        value,
        0.15,
        0.3,
        0.0951,
        "women of the same age",
        "by age 80",
        SOURCE,
        ("Not BOADICEA.",),
        parts=parts(),
        say="Of 100 women about 21 get it.",
        model="combined-breast",
        options=("To talk about: yearly MRI (NCCN 2024).",),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def result(consent: Consent | None = None) -> CaseResult:
    """Every drawing at once."""
    base = rich_result()
    assert base.risk is not None
    combined = replace(curve(), scope="primary", model="combined-breast", title="Combined")
    person = base.case.persons[0].id
    risk = replace(
        base.risk,
        figures=(figure(), figure(0.002, parts=(), model="", say="", options=(), baseline=None)),
        curves=(combined, curve()),
        polygenic=(score(), score(None, None)),
        relatives=(RelativeChance(person, "BRCA2", 0.5, 0.8, "secondary", "Tells most."),),
        ancestry_map=places(),
    )
    made = replace(base, risk=risk)
    return made if consent is None else replace(made, case=replace(made.case, consent=consent))


@cache
def pdf() -> bytes:
    return clinician_pdf(result())


def text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(words.split())


def test_the_pdf_is_accessible_with_every_drawing() -> None:
    assert problems(pdf()) == []
    assert orphans(pdf()) == []


def test_each_drawing_is_a_figure_with_words() -> None:
    pictures = [words for role, words in spoken(pdf()) if role == "Figure"]
    for begin in (
        "100 people, these results: about 21 in 100",
        "Share of each part",
        "Combined: by age",
        "Breast cancer, carriers of BRCA2: by age",
        "breast cancer (313): +0.70",
        "Map of reference people",
    ):
        assert any(words.startswith(begin) for words in pictures), begin


def test_the_section_says_percent_people_comparison_sentence_options_and_source() -> None:
    said = text(pdf())
    for words in (
        "21 %: about 21 in 100 people with these results; about 79 in 100 are not affected.",
        "Baseline (women of the same age): 9.5 %, about 10 in 100.",
        "To say to the patient: Of 100 women about 21 get it.",
        "none of them an order",
        "yearly MRI (NCCN 2024)",
        "Polygenic score: left out (no score).",
        "fewer than 1 in 100",
        "before: +1.40",
        "Relatives: chance to carry it, and whom to test next",
        "0.80 bits",
    ):
        assert words in said, words


def test_what_was_declined_is_not_drawn() -> None:
    said = text(clinician_pdf(result(Consent(frozenset({Scope.PRIMARY})))))
    assert "all parts together" in said
    assert "carriers of BRCA2" not in said
    assert "breast cancer (313)" not in said
    assert "0.80 bits" not in said
    assert "Genetic ancestry" not in said


def test_nothing_lies_outside_the_page() -> None:
    document = pypdfium2.PdfDocument(pdf())
    for page in document:
        width, _ = page.get_size()
        words = page.get_textpage()
        for index in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(index)
            assert top - bottom > 100 or 44 <= left <= right <= width - 44
    document.close()


def test_susceptibility_called_for_medicines_is_named_where_no_secondary_finding_is() -> None:
    made = rich_result()
    assert made.pgx is not None
    assert made.risk is not None
    call = replace(made.pgx.calls[0], gene="RYR1", phenotype="Malignant Hyperthermia Susceptibility")
    given = replace(made, pgx=replace(made.pgx, calls=(call,)), risk=replace(made.risk, findings=()))
    words = "RYR1: the medicines section calls Malignant Hyperthermia Susceptibility"
    assert words in " ".join(words_of(clinician_pdf(given)).split())
    declined = replace(given.case, consent=Consent(frozenset(Scope) - {Scope.SECONDARY}))
    assert words not in " ".join(words_of(clinician_pdf(replace(given, case=declined))).split())
