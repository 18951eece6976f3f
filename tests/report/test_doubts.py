"""What may make all of a report about somebody else, or about nothing, is said before its results."""

from dataclasses import replace

import pytest
from letter_calls import letter_readability, letter_text
from pdf_reading import words_of
from report_cases import rich_result

from genoai_desktop.domain.case import Consent, Sex
from genoai_desktop.domain.findings import Finding, Severity, Where
from genoai_desktop.domain.quality import WHOLE, Kinship, QualityResult
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.report import clinician_pdf
from genoai_desktop.report.outcome import OutcomeKind, outcome
from genoai_desktop.report.phrases import LANGUAGES, phrases


def quality_of(result: CaseResult) -> QualityResult:
    assert result.quality is not None
    return result.quality


def clean() -> CaseResult:
    """The rich result with nothing to doubt."""
    made = rich_result()
    samples = tuple(replace(one, inferred_sex=one.stated_sex) for one in quality_of(made).samples)
    return replace(made, quality=replace(quality_of(made), samples=samples, kinship=()), findings=())


def swapped() -> CaseResult:
    first, *others = quality_of(clean()).samples
    other = Sex.MALE if first.stated_sex is Sex.FEMALE else Sex.FEMALE
    stated = first if first.stated_sex is not Sex.UNKNOWN else replace(first, stated_sex=Sex.MALE)
    samples = (replace(stated, inferred_sex=other), *others)
    return replace(clean(), quality=replace(quality_of(clean()), samples=samples))


def other_father() -> CaseResult:
    kin = Kinship("child", "father", 0.01, "parent and child", "unrelated", 2500, conflict=True)
    return replace(clean(), quality=replace(quality_of(clean()), kinship=(kin,)))


def other_build() -> CaseResult:
    text = "That is too many for GRCh38: check the build of the file."
    return replace(clean(), findings=(Finding(Severity.ERROR, "annotation.reference-base", Where(), text),))


def empty() -> CaseResult:
    return replace(clean(), quality=replace(quality_of(clean()), records=0))


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (swapped(), "by the X chromosome, stated as"),
        (other_father(), "child and father: the genotypes contradict the kinship stated"),
        (other_build(), "check the build of the file"),
        (empty(), "The file has no record"),
    ],
)
def test_a_doubt_stands_before_the_results(result: CaseResult, words: str) -> None:
    text = " ".join(words_of(clinician_pdf(result)).split())
    assert text.index("Check first") < text.index(words) < text.index("At a glance")


def test_without_a_doubt_nothing_is_to_be_checked_first() -> None:
    assert "Check first" not in words_of(clinician_pdf(clean()))


def test_an_empty_file_is_no_negative_result() -> None:
    assert outcome(empty()).kind is OutcomeKind.UNREAD
    text = " ".join(letter_text(empty(), "en").split())
    assert "This is not a result." in text
    assert "did not find a gene change" not in text


def test_where_nothing_was_looked_for_relatives_share_nothing() -> None:
    declined = replace(clean(), case=replace(clean().case, consent=Consent(frozenset())))
    text = " ".join(letter_text(declined, "en").split())
    assert "says nothing new about your relatives" in text
    assert "share the gene change" not in text


def negative(*absent: str) -> CaseResult:
    """No candidate, in a file without a record on these chromosomes."""
    made = clean()
    assert made.rare is not None
    figures = replace(quality_of(made), absent=absent)
    return replace(made, rare=replace(made.rare, candidates=()), quality=figures)


def test_chromosomes_without_a_record_are_said_before_the_results() -> None:
    text = " ".join(words_of(clinician_pdf(negative("3", "X"))).split())
    said = text.index("No record on chromosomes 3, X: they count as not looked at")
    assert text.index("Check first") < said < text.index("At a glance")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_that_not_all_genes_were_looked_at(language: str) -> None:
    assert outcome(negative("3", "X")).kind is OutcomeKind.NEGATIVE
    words = phrases(language)
    text = letter_text(negative("3", "X"), language)
    assert words("negative_part_result") in text
    assert words("negative_result") not in text
    assert words("negative_part_result") not in letter_text(negative(), language)
    assert letter_readability(negative("3", "X"), language).passes


@pytest.mark.parametrize("language", LANGUAGES)
def test_mitochondrial_records_alone_are_no_negative_result(language: str) -> None:
    assert outcome(negative(*WHOLE)).kind is OutcomeKind.BARE
    words = phrases(language)
    text = letter_text(negative(*WHOLE), language)
    assert words("bare_result") in text
    assert words("negative_result") not in text
    assert letter_readability(negative(*WHOLE), language).passes


def test_a_cause_found_in_the_only_records_is_told() -> None:
    found = clean()
    assert outcome(replace(found, quality=replace(quality_of(found), absent=WHOLE))) == outcome(found)
    assert outcome(found).candidate is not None
