# ruff: noqa: E501 - tables of cases
"""The letter: outcome rules, plain words, two pages, four languages, careful by default."""

import re
from dataclasses import replace
from functools import cache

import pytest
from letter_calls import letter_pdf, letter_readability, letter_sha256, letter_text
from pdf_reading import pages_of, words_of
from report_cases import candidate, case, figure, pgx, rare, rich_result, risk, variant

from genoai_desktop.domain.case import Consent, Scope
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.rare import RareDiseaseResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import RiskFinding
from genoai_desktop.domain.variant import ClinVarEntry, Zygosity
from genoai_desktop.report import Signature
from genoai_desktop.report.fonts import markup
from genoai_desktop.report.names import plain_words
from genoai_desktop.report.outcome import OutcomeKind, outcome
from genoai_desktop.report.phrases import LANGUAGES, phrases, sentences, table
from genoai_desktop.report.readability import grade, readability, undefined_terms

VUS = variant(classification="Uncertain significance", clinvar=None)
LIKELY = variant(classification="Likely pathogenic", clinvar=None)
OUTCOMES = {
    OutcomeKind.POSITIVE: rare(),
    OutcomeKind.LIKELY_POSITIVE: rare((candidate(variants=(LIKELY,)),)),
    OutcomeKind.VUS: rare((candidate(variants=(VUS,)),)),
    OutcomeKind.NEGATIVE: rare(()),
    OutcomeKind.NONE: None,
}


PARTS = {
    OutcomeKind.SECONDARY: replace(rich_result().risk, figures=()),  # type: ignore[type-var]
    OutcomeKind.CARRIER: replace(rich_result().risk, findings=rich_result().risk.findings[1:]),  # type: ignore[type-var, union-attr]
    OutcomeKind.PGX: None,
}


@pytest.mark.parametrize("kind", PARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_question_the_letter_is_about_what_was_looked_at(kind: OutcomeKind, language: str) -> None:
    result = rich_result(rare=None, risk=PARTS[kind])
    assert outcome(result).kind is kind
    judged = letter_readability(result, language)
    assert judged.passes, judged
    assert phrases(language)(f"{kind.value}_means") in letter_text(result, language)


def only_rare(found: RareDiseaseResult | None) -> CaseResult:
    return rich_result(rare=found, pgx=None, risk=None)


def result_of(kind: OutcomeKind) -> CaseResult:
    return only_rare(None) if kind is OutcomeKind.NONE else rich_result(rare=OUTCOMES[kind])


@cache
def letter(kind: OutcomeKind, language: str = "en") -> bytes:
    return letter_pdf(result_of(kind), language)


@pytest.mark.parametrize("kind", OUTCOMES)
def test_each_outcome_has_its_letter_in_two_pages(kind: OutcomeKind) -> None:
    assert outcome(result_of(kind)).kind is kind
    for language in LANGUAGES:
        assert len(pages_of(letter(kind, language))) <= 2
    assert phrases("en")(f"{kind.value}_result", gene="FGFR2")[:30] in words_of(letter(kind))


@pytest.mark.parametrize("kind", OUTCOMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_passes_the_readability_gate(kind: OutcomeKind, language: str) -> None:
    for result in (rich_result(rare=OUTCOMES[kind]), only_rare(OUTCOMES[kind])):
        judged = letter_readability(result, language)
        assert judged.passes, judged


@pytest.mark.parametrize("kind", OUTCOMES)
def test_a_letter_speaks_of_chance_alone(kind: OutcomeKind) -> None:
    banned = {"en": "risk", "de": "risik", "es": "riesgo", "fr": "risque"}
    for language, word in banned.items():
        assert word not in words_of(letter(kind, language)).lower()


def test_phrases_are_complete_and_alike_in_every_language() -> None:
    for key, entry in sentences().items():
        assert set(entry) == set(LANGUAGES), key
        holes = {language: sorted(re.findall(r"{(\w+)}", words)) for language, words in entry.items()}
        for language in LANGUAGES:
            assert set(holes[language]) == set(holes["en"]), (key, language)
            assert key == "names_note" or entry[language], (key, language)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            (variant(classification="", clinvar=ClinVarEntry("1", "Pathogenic", 2, "", "2026")),),
            OutcomeKind.POSITIVE,
        ),
        (
            (variant(classification="", clinvar=ClinVarEntry("1", "Pathogenic", 1, "", "2026")),),
            OutcomeKind.VUS,
        ),
        (
            (variant(classification="", clinvar=ClinVarEntry("1", "Pathogenic", 4, "", "2016", True)),),
            OutcomeKind.VUS,
        ),
        ((variant(classification="Benign"),), OutcomeKind.NEGATIVE),
        ((), OutcomeKind.NEGATIVE),
    ],
)
def test_clinvar_speaks_only_with_two_current_stars(found: tuple, expected: OutcomeKind) -> None:  # type: ignore[type-arg]
    assert outcome(only_rare(rare((candidate(variants=found),)))).kind is expected


def test_one_copy_is_no_answer_in_recessive_disease() -> None:
    one = candidate(inheritance=("Autosomal recessive",))
    two = replace(one, variants=(variant(), variant(position=5)))
    both = replace(one, variants=(variant(zygosity=Zygosity.HOMOZYGOUS),))
    assert outcome(only_rare(rare((one,)))).kind is OutcomeKind.VUS
    assert outcome(only_rare(rare((two,)))).kind is OutcomeKind.POSITIVE
    assert outcome(only_rare(rare((both,)))).kind is OutcomeKind.POSITIVE


def test_a_candidate_against_the_phenotype_is_not_positive() -> None:
    weak = candidate()
    weak = replace(
        weak, contributions=tuple(replace(c, log_odds=-abs(c.log_odds)) for c in weak.contributions)
    )
    assert outcome(only_rare(rare((weak,)))).kind is OutcomeKind.NEGATIVE


def test_letter_says_the_cautions() -> None:
    assert "Do not use it to make choices" in letter_text(only_rare(OUTCOMES[OutcomeKind.VUS]))
    assert "does not rule out" in letter_text(only_rare(rare(())))
    assert "on your own" in letter_text(rich_result())
    assert "62%" in letter_text(rich_result())
    assert "62 of them" in letter_text(rich_result())
    assert "38 of the 100 will not" in letter_text(rich_result())
    assert "women in general" in letter_text(rich_result())


@pytest.mark.parametrize(("low", "said"), [(0.004, "stays below 1 in 100")])
def test_a_chance_below_a_half_in_100_is_fewer_than_1_in_words_as_in_the_figure(
    low: float, said: str
) -> None:
    few = figure(value=0.003, low=low / 2, high=low, baseline=0.001)
    told = letter_text(rich_result(risk=replace(risk(), findings=(), figures=(few,))))
    assert "Fewer than 1 of them will have it" in told
    assert "More than 99 of the 100 will not" in told
    assert "fewer than 1 in 100 (0.1%)" in told
    assert said in told
    assert "About 1 of them" not in told


def test_an_interval_that_only_begins_below_a_half_in_100_says_both_ends() -> None:
    wide = figure(value=0.02, low=0.001, high=0.06)
    told = letter_text(rich_result(risk=replace(risk(), findings=(), figures=(wide,))))
    assert "less than 1 or as high as 6 in 100" in told


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_parents_who_were_shown_not_to_have_it_are_not_told_that_they_may(language: str) -> None:
    new = only_rare(rare((candidate(variants=(variant(inheritance="AD", acmg_codes=("PS2",)),)),)))
    unknown = only_rare(rare((candidate(variants=(variant(inheritance="AD", acmg_codes=("PM2",)),)),)))
    words = phrases(language)
    assert words("rel_dominant_new") in letter_text(new, language)
    assert words("rel_dominant") in letter_text(unknown, language)


def test_french_keeps_a_colon_on_the_line_of_its_word() -> None:
    assert phrases("fr").headed("gène") == "gène\u00a0:"
    assert "\u00ab\u00a0vous\u00a0\u00bb" in phrases("fr")("for_child")


def test_draft_until_signed_over_this_content() -> None:
    result = rich_result()
    assert "DRAFT" in words_of(letter_pdf(result))
    mark = Signature("Dr. Eva Sign", "Clinical geneticist", "2026-03-06", letter_sha256(result))
    words = words_of(letter_pdf(result, "en", mark))
    assert "DRAFT" not in words
    assert "Dr. Eva Sign" in words


@pytest.mark.parametrize(
    ("scope", "secret"),
    [
        (Scope.SECONDARY, "BRCA1"),
        (Scope.CARRIER, "CFTR"),
        (Scope.PGX, "clopidogrel"),
        (Scope.PRIMARY, "FGFR2"),
    ],
)
def test_what_is_declined_is_not_in_the_letter(scope: Scope, secret: str) -> None:
    result = rich_result(case=case(consent=Consent(frozenset(Scope) - {scope})))
    assert secret not in words_of(letter_pdf(result))


def test_very_long_names_still_fit_two_pages() -> None:
    long = "Hereditary progressive neurological condition " * 8
    result = rich_result(rare=rare((candidate(disease_name=long),)))
    assert result.risk is not None
    many = tuple(replace(finding, condition=long) for finding in result.risk.findings * 6)
    drugs = tuple(
        replace(advice, drug=f"medicine number {n} with a long name")
        for n in range(40)
        for advice in pgx().advice
    )
    crowded = replace(result, risk=replace(result.risk, findings=many), pgx=replace(pgx(), advice=drugs))
    for language in LANGUAGES:
        pages = pages_of(letter_pdf(crowded, language))
        assert len(pages) <= 2


def test_unknown_language_is_refused() -> None:
    with pytest.raises(UserError):
        letter_pdf(rich_result(), "xx")


def test_gate_notices_hard_sentences_and_unexplained_terms() -> None:
    hard = (
        "Hemizygous frameshift alterations characteristically necessitate multidisciplinary surveillance "
        "programmes incorporating periodic cardiological evaluation notwithstanding asymptomatic presentation."
    )
    judged = readability(hard, phrases("en"))
    assert not judged.passes
    assert {"hemizygous", "frameshift"} <= set(judged.undefined)
    assert grade("The cat sat on the mat. It was glad.", "en") < 2
    assert grade(hard, "en") > 14


def test_letters_are_the_same_bytes_twice() -> None:
    assert letter_pdf(rich_result(), "fr") == letter_pdf(rich_result(), "fr")


def test_a_candidate_without_a_gene_is_named_by_its_variant() -> None:
    nameless = rare((candidate(gene="", variants=(variant("SOX9"),)),))
    assert "the gene SOX9" in letter_text(only_rare(nameless))
    unknown = rare((candidate(gene="", variants=(variant(""),)),))
    assert "the gene (no name)" in letter_text(only_rare(unknown))


def test_relatives_are_told_which_gene_change_a_chance_is_about() -> None:
    unclear = (candidate(1, (variant(classification="Uncertain significance", clinvar=None),)),)
    told = letter_text(rich_result(rare=rare(unclear)), "en")
    assert "This is about the gene change in BRCA1. Each of your children" in told
    both = letter_text(rich_result(), "en")
    assert "This is about the gene changes in FGFR2, BRCA1, each on its own." in both
    alone = letter_text(rich_result(risk=None, pgx=None), "en")
    assert "This is about" not in alone


def test_a_space_at_which_no_line_may_break_is_kept_as_one() -> None:
    assert markup("50\u00a0%") == "50\u00a0%"


def test_the_figure_says_its_number_below() -> None:
    printed, told = words_of(letter_pdf(rich_result(), "fr")), letter_text(rich_result(), "fr")
    assert printed.count("25 sur 100") == told.count("25 sur 100") + 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("hypercholesterolemia, familial, 1", "familial hypercholesterolemia 1"),
        ("Cardiomyopathy, dilated, 1A", "Dilated cardiomyopathy 1A"),
        ("HDL deficiency, familial, 1", "Familial HDL deficiency 1"),
        ("mitochondrial dna depletion syndrome 4a", "mitochondrial DNA depletion syndrome 4A"),
        ("Deafness, autosomal recessive 1A", "Deafness 1A"),
        (
            "telangiectasia, hereditary hemorrhagic, type 1",
            "hereditary hemorrhagic telangiectasia type 1",
        ),
        ("Ehlers-Danlos syndrome, vascular type", "Vascular Ehlers-Danlos syndrome"),
        (
            "Breast-ovarian cancer, familial, susceptibility to, 1",
            "Breast-ovarian cancer, familial, susceptibility to, 1",
        ),
    ],
)
def test_names_that_a_catalogue_turned_round_stand_upright(name: str, said: str) -> None:
    assert plain_words(name) == said


TERMS = {name: entry for name, entry in table("glossary.json").items() if name != "gene"}
"""Of the terms, “gene” alone is part of others in one language and not in the next."""
WORDED_AROUND = {
    ("couple_both", "carrier"),
    ("couple_child", "carrier"),
    ("couple_daughter_carrier", "carrier"),
}
"""Spanish and French say “people like this”, “had the change” and so on, which needs no term."""


def _has(sentence: str, forms: list[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", sentence, re.IGNORECASE) for form in forms)


@pytest.mark.parametrize("term", sorted(TERMS))
def test_a_term_is_the_same_term_in_every_language(term: str) -> None:
    for key, sentence in sentences().items():
        said = {language: _has(sentence[language], TERMS[term][language]["forms"]) for language in LANGUAGES}
        assert len(set(said.values())) == 1 or (key, term) in WORDED_AROUND, (key, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_and_no_meaning_has_a_term_that_is_not_explained(language: str) -> None:
    words = phrases(language)
    texts = [entry[language] for entry in sentences().values()] + [term.meaning for term in words.terms]
    assert {word for text in texts for word in undefined_terms(text, words)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_in_the_glossary_counts_as_explained_and_the_meanings_are_plain(language: str) -> None:
    words = phrases(language)
    for term in words.terms:
        assert undefined_terms(" ".join(term.forms), words) == ()
    assert grade("\n".join(term.meaning for term in words.terms), language) <= 8


@pytest.mark.parametrize(
    ("language", "first", "fifth"),
    [
        ("en", "1 March 2026", "5 March 2026"),
        ("de", "1. März 2026", "5. März 2026"),
        ("es", "1 de marzo de 2026", "5 de marzo de 2026"),
        ("fr", "1er mars 2026", "5 mars 2026"),
    ],
)
def test_a_day_is_written_as_the_language_does(language: str, first: str, fifth: str) -> None:
    words = phrases(language)
    assert words.date("2026-03-01T10:15:00") == first
    assert fifth in words_of(letter_pdf(rich_result(), language))
    assert words.date("unknown") == "unknown"


def _carrying(*found: RiskFinding) -> CaseResult:
    """A letter about carrier findings alone."""
    alone = case(consent=Consent(frozenset({Scope.CARRIER})))
    return rich_result(case=alone, rare=None, pgx=None, risk=replace(risk(), findings=found, figures=()))


def _carrier(gene: str = "CFTR", inheritance: str = "AR", **changes: object) -> RiskFinding:
    one = variant(gene, **changes)
    return RiskFinding(Scope.CARRIER.value, gene, "some condition", inheritance, (one,), "what it means")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_carrier_of_an_x_linked_condition_is_not_told_that_it_depends_on_the_partner(language: str) -> None:
    words, told = phrases(language), letter_text(_carrying(_carrier("DMD", "XL")), language)
    for key in ("carrier_x_means", "rel_carrier_x", "only_carrier_other_result"):
        assert words(key) in told
    for key in ("carrier_means", "rel_carrier", "only_carrier_result", "only_carrier_means"):
        assert words(key) not in told


def test_each_kind_of_carrier_finding_has_its_own_words() -> None:
    words = phrases("en")
    both = _carrier("PAH", zygosity=Zygosity.HOMOZYGOUS)
    told = letter_text(_carrying(_carrier(), _carrier("DMD", "XL"), both))
    for kind in ("carrier", "carrier_x", "carrier_both"):
        assert words(f"{kind}_means") in told
    assert "more in the gene PAH than" in told
    assert "carrier of Some condition (gene PAH)" not in told
    assert words("only_carrier_result") in letter_text(_carrying(_carrier()))


def test_two_changes_of_a_gene_may_be_on_both_copies() -> None:
    one = _carrier("PAH")
    two = replace(one, variants=(*one.variants, variant("PAH", 5)))
    assert phrases("en")("carrier_both_means") in letter_text(_carrying(two))


def test_the_chance_of_sons_is_drawn_as_sons() -> None:
    pages = words_of(letter_pdf(_carrying(_carrier("DMD", "XL"))))
    assert "50 in 100 sons" in pages
    assert "25 in 100" not in pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_for_every_kind_of_carrier_finding_are_plain(language: str) -> None:
    both = _carrier("PAH", zygosity=Zygosity.HOMOZYGOUS)
    judged = letter_readability(_carrying(_carrier(), _carrier("DMD", "XL"), both), language)
    assert judged.passes, judged
