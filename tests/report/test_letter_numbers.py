"""Numbers, per-cent signs and doses in four languages: no mark of another language in any letter."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from letter_calls import couple_letter_text, family_letter_text, letter_text
from report_cases import couple_gene, coupled, figure, rich_result, risk

from genoai_desktop.domain.numerals import localised
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.risk import ChildRisk

SMALL = figure(value=0.0042, low=0.0015, high=0.0071, baseline=0.0012)
LARGE = figure(value=0.124, low=0.081, high=0.196, baseline=0.0525)
OTHERS = ("de", "es", "fr")


def result() -> CaseResult:
    return rich_result(risk=replace(risk(), figures=(SMALL, LARGE)))


def couple() -> CaseResult:
    x_linked = couple_gene("G6PD", "G6PD deficiency", inheritance="XL", child=ChildRisk(0.004, 0.008, 0.0004))
    return coupled((couple_gene(), x_linked))


KINDS: dict[str, Callable[[str], str]] = {
    "patient": lambda language: letter_text(result(), language),
    "couple": lambda language: couple_letter_text(couple(), language),
    "family": lambda language: family_letter_text(result(), "P4", language, share=True),
}


@cache
def told(kind: str, language: str) -> str:
    return KINDS[kind](language)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", OTHERS)
def test_decimals_have_a_comma_and_percent_signs_a_space(kind: str, language: str) -> None:
    words = told(kind, language)
    assert re.search(r"\d\.\d", words) is None
    assert re.search(r"\d%", words) is None
    assert re.search(r"\d %", words) is None, "a line may break before the percent sign"
    assert re.search("\\d\u00a0%", words)


@pytest.mark.parametrize("kind", KINDS)
def test_english_decimals_have_a_point_and_no_space_before_a_percent_sign(kind: str) -> None:
    words = told(kind, "en")
    assert re.search(r"\d,\d", words) is None
    assert re.search(r"\d\s%", words) is None
    assert re.search(r"\d%", words)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "0.4%"), ("de", "0,4\u00a0%"), ("es", "0,4\u00a0%"), ("fr", "0,4\u00a0%")],
)
def test_a_chance_below_one_percent(language: str, said: str) -> None:
    assert said in told("patient", language)


@pytest.mark.parametrize(
    ("language", "thousand", "million", "half"),
    [
        ("en", "1,000 mg", "1,234,567 records", "0.5 mg"),
        ("de", "1\u202f000 mg", "1.234.567 records", "0,5 mg"),
        ("es", "1000 mg", "1.234.567 records", "0,5 mg"),
        ("fr", "1\u202f000 mg", "1\u202f234\u202f567 records", "0,5 mg"),
    ],
)
def test_a_dose_is_never_parted_by_a_point(language: str, thousand: str, million: str, half: str) -> None:
    assert localised("1,000 mg", language) == thousand
    assert localised("12,000 units", language).startswith(("12,000", "12\u202f000"))
    assert localised("1,234,567 records", language) == million
    assert localised("0.5 mg", language) == half
