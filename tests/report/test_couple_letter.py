"""The letter to a couple: both consents, chances in both framings, what was not covered, plain words."""

from dataclasses import replace

import pytest
from letter_calls import (
    couple_letter_pdf,
    couple_letter_readability,
    couple_letter_sha256,
    couple_letter_text,
)
from pdf_reading import pages_of, words_of
from pdf_ua import spoken
from report_cases import ALL, couple_gene, coupled, rich_result

from genoai_desktop.domain.case import Person, Scope
from genoai_desktop.domain.consent_case import couple_left_out
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.risk import ChildRisk
from genoai_desktop.report import Signature, clinician_pdf
from genoai_desktop.report.phrases import LANGUAGES

LONG = "Hereditary progressive condition with a long name " * 3
MANY = tuple(couple_gene(f"GENE{n}", LONG) for n in range(30))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_plain_and_fits_two_pages(language: str) -> None:
    for result in (coupled(), coupled((), ()), coupled((), None), coupled(None, ()), coupled(MANY, MANY)):
        judged = couple_letter_readability(result, language)
        assert judged.passes, judged
    assert len(pages_of(couple_letter_pdf(coupled(MANY, MANY), language))) <= 2


@pytest.mark.parametrize(
    ("language", "banned"), [("en", "risk"), ("de", "risik"), ("es", "riesgo"), ("fr", "risque")]
)
def test_it_speaks_of_chance(language: str, banned: str) -> None:
    assert banned not in couple_letter_text(coupled(), language).lower()


def test_chances_have_both_framings_and_a_baseline() -> None:
    words = words_of(couple_letter_pdf(coupled()))
    assert "25% (25 in 100)" in words
    assert "75 in 100 will not" in words
    assert "close to 0 in 100" in words
    assert "Each son has a chance of 50% (50 in 100)" in words
    assert "Daughters can be carriers" in words
    assert "at most 0.4% (less than 1 in 100)" in words
    assert "no number for: Tay-Sachs disease" in words
    assert "0,4 %" in words_of(couple_letter_pdf(coupled(), "de")).replace("\u00a0", " ")


def test_pictures_show_the_same_chance_in_words() -> None:
    pictures = [words for role, words in spoken(couple_letter_pdf(coupled())) if role == "Figure"]
    said = [f"Drawing of 100 {who}. {n} are filled in." for who, n in (("people", 25), ("sons", 50))]
    assert pictures == [*said, "Drawing of 100 people. Less than one is filled in."]


def test_daughters_of_an_affected_man_have_their_number() -> None:
    both = couple_gene("G6PD", "G6PD deficiency", inheritance="XL", child=ChildRisk(0.5, 0.5, 0.5))
    assert "Each daughter has a chance of 50%" in couple_letter_text(coupled((both,)))


@pytest.mark.parametrize(
    ("language", "sons", "daughters"),
    [
        ("en", "Drawing of 100 sons. 50 are filled in.", "Drawing of 100 daughters. 25 are filled in."),
        ("de", "Bild von 100 Söhnen. 50 sind ausgefüllt.", "Bild von 100 Töchtern. 25 sind ausgefüllt."),
        ("es", "Dibujo de 100 hijos varones. 50 están rellenos.", "Dibujo de 100 hijas. 25 están rellenas."),
        ("fr", "Dessin de 100 fils. 50 sont remplis.", "Dessin de 100 filles. 25 sont remplies."),
    ],
)
def test_sons_and_daughters_have_a_drawing_each(language: str, sons: str, daughters: str) -> None:
    both = couple_gene("G6PD", "G6PD deficiency", inheritance="XL", child=ChildRisk(0.375, 0.5, 0.25))
    data = couple_letter_pdf(coupled((both,)), language)
    pictures = [words for role, words in spoken(data) if role == "Figure"]
    assert pictures[:2] == [sons, daughters]
    assert len(pages_of(data)) <= 2


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        ("en", "1 in 100 daughters", "2 in 100 daughters"),
        ("de", "1 von 100 Töchtern", "2 von 100 Töchtern"),
        ("es", "1 de cada 100 hijas", "2 de cada 100 hijas"),
        ("fr", "1 fille sur 100", "2 filles sur 100"),
    ],
)
def test_one_daughter_and_two_daughters_are_counted_as_the_language_does(
    language: str, one: str, several: str
) -> None:
    for chance, said in ((0.01, one), (0.02, several)):
        both = couple_gene("G6PD", "G6PD deficiency", inheritance="XL", child=ChildRisk(0.2, 0.4, chance))
        assert said in words_of(couple_letter_pdf(coupled((both,)), language))


@pytest.mark.parametrize(
    "condition",
    ["spinal muscular atrophy (SMN1)", "alpha thalassemia (HBA1, HBA2)", "fragile X", "CYP21A2"],
)
def test_it_says_what_was_not_covered(condition: str) -> None:
    for result in (coupled(), coupled((), ())):
        assert condition in couple_letter_text(result)


def test_a_result_without_a_joint_gene_does_not_reassure_too_much() -> None:
    words = couple_letter_text(coupled((), ()))
    assert "We found no condition for which you both carry" in words
    assert "It is not zero" in words
    assert "a chance remains" in words


def test_both_partners_must_have_consented() -> None:
    for consent in (frozenset(), ALL - {Scope.CARRIER}):
        with pytest.raises(UserError):
            couple_letter_pdf(coupled(consent=consent))
    declined = coupled()
    mine = replace(declined.case.consent, given=ALL - {Scope.CARRIER})
    with pytest.raises(UserError):
        couple_letter_pdf(replace(declined, case=replace(declined.case, consent=mine)))
    with pytest.raises(UserError):
        couple_letter_pdf(rich_result())


def test_a_partner_of_the_case_is_named() -> None:
    result = coupled()
    persons = (*result.case.persons, Person("P9", "NA9", "Emil Example"))
    named = replace(result, case=replace(result.case, persons=persons))
    assert "For Ana Example and Emil Example" in words_of(couple_letter_pdf(named))
    assert "For Ana Example and partner" in words_of(couple_letter_pdf(result))


def test_draft_until_signed_over_this_wording() -> None:
    result = coupled()
    digest = couple_letter_sha256(result, "en")
    english = Signature("Dr. Eva Sign", "Counselor", "2026-03-06T09:00:00", digest)
    assert "DRAFT" in words_of(couple_letter_pdf(result))
    words = words_of(couple_letter_pdf(result, "en", english))
    assert "DRAFT" not in words
    assert english.content_sha256 in words.replace(" ", "")
    assert "ENTWURF" in words_of(couple_letter_pdf(result, "de", english))
    assert couple_letter_pdf(result, "en", english) == couple_letter_pdf(result, "en", english)


@pytest.mark.parametrize("mine", [True, False])
def test_the_report_says_that_the_couple_was_left_out_and_not_whose_consent_is_missing(mine: bool) -> None:
    result = coupled(consent=ALL if mine else ALL - {Scope.CARRIER})
    if mine:
        own = replace(result.case.consent, given=ALL - {Scope.CARRIER})
        result = replace(result, case=replace(result.case, consent=own))
    assert result.risk is not None
    why = couple_left_out(result.case)  # as the analysis notes it
    result = replace(result, risk=replace(result.risk, notes=(why,)))
    words = " ".join(words_of(clinician_pdf(result)).split())
    assert words.count("The couple was not looked at: both need to consent to carrier findings.") == 1
    assert "Child affected" not in words
    assert "both need to consent" not in words_of(clinician_pdf(coupled()))
