"""Own wording: applied in one place, kept apart, held while the program writes the same; letterhead."""

import io
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from letter_calls import (
    couple_letter_pdf,
    couple_letter_wording,
    family_letter_pdf,
    family_letter_readability,
    family_letter_sha256,
    family_letter_wording,
    letter_pdf,
    letter_readability,
    letter_sha256,
    letter_text,
    letter_wording,
)
from page import validate_pdf_bytes
from pdf_reading import pages_of, words_of
from pdf_ua import problems
from PIL import Image
from report_cases import couple_gene, coupled, rich_result

from genoai_desktop.domain.case import Case, Consent, Scope
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.letters import (
    Clinic,
    Document,
    DocumentKind,
    LetterEdit,
    Letterhead,
    Part,
    text_sha256,
    with_edit,
    without_edit,
    word_changes,
)
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.report import clinician_pdf, pgx_card_pdf, result_document
from genoai_desktop.report.edits import Section, State, lost_numbers, tidy
from genoai_desktop.report.letterhead import LARGEST_LOGO, checked_logo
from genoai_desktop.report.phrases import LANGUAGES

HEAD = Letterhead("Institute of Genetics", "Main Street 1\n12345 Town", "+49 30 1234", "Registered in Town")


@cache
def base() -> CaseResult:
    return rich_result()


@cache
def sections(language: str = "en") -> dict[str, Section]:
    return {one.id: one for one in letter_wording(base(), language).sections}


def edit_of(section: Section, text: str, language: str = "en", **changes: object) -> LetterEdit:
    made = LetterEdit(
        "letter", language, section.id, text_sha256(section.generated), section.generated, text, "ada", "2026"
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def with_edits(*edits: LetterEdit, result: CaseResult | None = None) -> CaseResult:
    found = result or base()
    return replace(found, case=replace(found.case, letter_edits=edits))


def test_an_edit_is_in_text_pages_and_checksum_of_its_language_alone() -> None:
    changed = with_edits(edit_of(sections()["privacy"], "Keep this letter safe."))
    assert "Keep this letter safe." in letter_text(changed)
    assert sections()["privacy"].generated not in letter_text(changed)
    assert "Keep this letter safe." in words_of(letter_pdf(changed))
    assert letter_sha256(changed) != letter_sha256(base())
    assert letter_sha256(changed, "de") == letter_sha256(base(), "de")
    assert letter_text(changed, "de") == letter_text(base(), "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_with_every_section_edited_is_accessible(language: str) -> None:
    edits = [edit_of(one, one.generated + "\nÄñç 1 2.", language) for one in sections(language).values()]
    data = letter_pdf(with_edits(*edits), language, clinic=Clinic(HEAD))
    assert problems(data) == []
    assert len(pages_of(data)) <= 2
    assert words_of(data).count("Äñç 1 2.") == len(edits)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_an_edit_never_changes_another_section(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(LANGUAGES))
    known = sections(language)
    name = data.draw(st.sampled_from(sorted(known)))
    text = tidy(data.draw(st.text(max_size=120)))
    changed = with_edits(edit_of(known[name], text, language))
    found = {one.id: one for one in letter_wording(changed, language).sections}
    assert set(found) == set(known)
    assert found[name].text == text
    assert all(one == known[key] for key, one in found.items() if key != name)


@given(st.text())
def test_tidy_texts_stay_as_they_are(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert all(line and line.isprintable() for line in once.split("\n")) or not once


@given(st.text(alphabet="ab \n", max_size=40), st.text(alphabet="ab \n", max_size=40))
def test_word_changes_tell_both_texts(before: str, after: str) -> None:
    before, after = tidy(before), tidy(after)
    parts = word_changes(before, after)
    old = " ".join(words for part, words in parts if part is not Part.NEW)
    new = " ".join(words for part, words in parts if part is not Part.GONE)
    assert old.split() == before.split()
    assert new.split() == after.split()


def test_an_edit_of_text_that_changed_since_is_not_used_and_shows() -> None:
    old = sections()["relatives"]
    stale = edit_of(
        old, "Tell your family.", generated="What it said before.", generated_sha256=text_sha256("x")
    )
    found = {one.id: one for one in letter_wording(with_edits(stale), "en").sections}
    assert found["relatives"].state is State.STALE
    assert found["relatives"].text == old.generated
    assert found["relatives"].edit == stale
    assert "Tell your family." not in letter_text(with_edits(stale))


def test_wording_of_a_section_that_is_gone_is_kept_but_used_nowhere() -> None:
    changed = with_edits(edit_of(sections()["secondary"], "About BRCA1 in other words."))
    without = replace(changed, risk=None)
    wording = letter_wording(without)
    assert [edit.section for edit in wording.unplaced] == ["secondary"]
    assert "BRCA1" not in letter_text(without)


@pytest.mark.parametrize("gone", [Scope.SECONDARY, Scope.CARRIER, Scope.PGX, Scope.POLYGENIC, Scope.PRIMARY])
def test_wording_written_under_more_consent_is_neither_used_nor_shown(gone: Scope) -> None:
    before = edit_of(sections()["note"], "You carry CFTR.", consent=tuple(base().case.consent.given))
    narrowed: Case = replace(base().case, consent=Consent(base().case.consent.given - {gone}))
    result = with_edits(before, result=replace(base(), case=narrowed))
    wording = letter_wording(result)
    assert wording.unplaced == ()
    assert all(one.edit is None for one in wording.sections)
    assert "You carry CFTR" not in letter_text(result)


def test_no_export_holds_wording_or_signatures() -> None:
    changed = with_edits(edit_of(sections()["note"], "A private word."))
    assert "A private word." not in str(result_document(changed))
    assert "generated_sha256" not in str(result_document(changed))


def test_the_glossary_and_the_grade_follow_the_wording() -> None:
    hard = "Notwithstanding considerable interdisciplinary reservations, estimations remain preliminary."
    changed = with_edits(edit_of(sections()["relatives"], hard))
    before, after = letter_readability(base()), letter_readability(changed)
    assert after.grade > before.grade
    assert "carrier" in letter_text(base()).lower()


def test_numbers_that_a_drawing_shows_are_missed() -> None:
    assert lost_numbers("about 25% (25 in 100), 0.5", "25 in a hundred, 0.5") == ("100",)
    name = next(one for one in sections() if one.startswith("chance"))
    changed = with_edits(edit_of(sections()[name], "A higher chance."))
    found = {one.id: one for one in letter_wording(changed).sections}
    assert found[name].lost_numbers
    emptied = with_edits(edit_of(sections()["limits"], ""))
    assert {one.id: one for one in letter_wording(emptied).sections}["limits"].emptied


def test_at_most_one_edit_for_each_place() -> None:
    first, second = edit_of(sections()["note"], "One."), edit_of(sections()["note"], "Two.")
    assert with_edit(with_edit((), first), second) == (second,)
    assert without_edit((second,), first.place) == ()


def test_family_and_couple_letters_are_edited_in_the_same_way() -> None:
    document = Document(DocumentKind.FAMILY, "en", "P4", share=True)
    known = {one.id: one for one in family_letter_wording(base(), "P4", share=True).sections}
    made = edit_of(known["do"], "Call us.", document=document.key)
    changed = with_edits(made)
    assert "Call us." in words_of(family_letter_pdf(changed, "P4", share=True))
    assert family_letter_sha256(changed, "P4", share=True) != family_letter_sha256(base(), "P4", share=True)
    assert family_letter_sha256(changed, "P4") == family_letter_sha256(base(), "P4")
    assert family_letter_sha256(changed, "P2", share=True) == family_letter_sha256(base(), "P2", share=True)
    assert family_letter_readability(base(), "P4").passes


def test_the_clinics_wording_holds_wherever_the_program_writes_that_paragraph() -> None:
    sentence = sections()["limits"].program
    own = LetterEdit("letter", "en", "limits", text_sha256(sentence), sentence, "Our test has limits.")
    clinic = Clinic(texts=(own,))
    assert "Our test has limits." in letter_text(base(), clinic=clinic)
    found = {one.id: one for one in letter_wording(base(), clinic=clinic).sections}
    assert found["limits"].state is State.CLINIC
    assert found["privacy"] == sections()["privacy"]
    assert letter_text(base(), "fr", clinic=clinic) == letter_text(base(), "fr")
    personal = with_edits(edit_of(found["limits"], "Only for you."))
    assert "Only for you." in letter_text(personal, clinic=clinic)


def logo(size: tuple[int, int] = (300, 100), mode: str = "RGBA", kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal").save(out, kind)
    return out.getvalue()


def test_the_letterhead_is_on_every_pdf_and_readable_aloud() -> None:
    clinic = Clinic(replace(HEAD, logo=checked_logo(logo())))
    makers = (clinician_pdf, letter_pdf, pgx_card_pdf)
    papers = [make(base(), clinic=clinic) for make in makers]
    papers.append(family_letter_pdf(base(), "P4", clinic=clinic))
    for data in papers:
        words = words_of(data)
        assert all(part in words for part in ("Institute of Genetics", "12345 Town", "+49 30 1234"))
        assert words.count("Registered in Town") == len(pages_of(data))
    letter = papers[1]
    assert problems(letter) == []
    assert validate_pdf_bytes(letter, profile="ua1").is_compliant
    assert letter == letter_pdf(base(), clinic=clinic)


def test_a_logo_is_checked_and_made_small() -> None:
    kept = checked_logo(logo((3000, 2000)))
    with Image.open(io.BytesIO(kept)) as image:
        assert image.mode == "RGB"
        assert image.width <= 900
        assert image.height <= 300


@pytest.mark.parametrize(
    "data",
    [b"no picture", logo(kind="TIFF", mode="RGB"), logo((20, 20)), b"\x89PNG" + b"0" * (LARGEST_LOGO + 1)],
    ids=["text", "kind", "small", "large"],
)
def test_a_logo_that_does_not_do_is_refused(data: bytes) -> None:
    with pytest.raises(UserError):
        checked_logo(data)


def test_a_letter_that_became_too_long_is_refused_with_a_remedy() -> None:
    text = "\n".join(["This is a rather long paragraph that nobody will read to its end."] * 220)
    with pytest.raises(UserError, match="two pages"):
        letter_pdf(with_edits(edit_of(sections()["note"], text)))


def test_couple_letters_keep_their_lists() -> None:
    result = coupled(joint=tuple(couple_gene(f"GENE{n}") for n in range(4)))
    known = {one.id: one for one in couple_letter_wording(result).sections}
    assert {"glance_result", "note", "limits", "do", "privacy"} <= set(known)
    made = edit_of(known["do"], "First call us.\nThen talk.", document="couple")
    last = next(one for one in reversed(known) if one.startswith("joint"))
    other = edit_of(known[last], "This one matters most.", document="couple")
    changed = with_edits(made, other, result=result)
    words = words_of(couple_letter_pdf(changed, "en"))
    assert "• First call us. • Then talk." in words
    assert "This one matters most." in words


def test_numbers_inside_names_are_none() -> None:
    assert lost_numbers("The gene CHD7, type 4a, 25% or 0,4 %.", "Nothing.") == ("25", "0,4")


def test_a_word_in_common_by_chance_does_not_tear_a_change_apart() -> None:
    parts = word_changes("Your genes may change work for you.", "We found nothing that asks for a change.")
    assert [part for part, _ in parts] == [Part.GONE, Part.NEW]
    parts = word_changes("Keep this letter safe. Call us.", "Keep this letter very safe. Call us.")
    assert [words for part, words in parts if part is Part.NEW] == ["very"]
