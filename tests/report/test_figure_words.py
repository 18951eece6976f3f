"""Chances in the letter's language: every title, horizon and comparison that the analyses can state."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest
from report_cases import figure, rich_result

import genoai_desktop.analysis.risk as risk_analysis
from genoai_desktop.domain.letters import Document, DocumentKind
from genoai_desktop.report import letter
from genoai_desktop.report.figure_words import figure_words
from genoai_desktop.report.phrases import LANGUAGES, table

FIGURES = table("figures.json")


def _messages(node: ast.AST) -> Iterator[str]:
    """Text given to ``tr`` anywhere in an expression."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "tr" and one.args:
            said = one.args[0]
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                yield said.value


def _stated() -> set[str]:
    """Titles, horizons and labels of every ``RiskFigure`` that the risk analyses make."""
    found: set[str] = set()
    for path in Path(risk_analysis.__file__).parent.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not any(getattr(getattr(one, "func", None), "id", "") == "RiskFigure" for one in ast.walk(tree)):
            continue
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "RiskFigure":
                for word in call.keywords:
                    if word.arg in ("title", "horizon", "baseline_label"):
                        found |= set(_messages(word.value))
            if isinstance(call, ast.Assign) and _name(call) in ("title", "label", "horizon"):
                found |= set(_messages(call.value))
    return found


def _name(assigned: ast.Assign) -> str:
    return getattr(assigned.targets[0], "id", "")


def _plain(message: str) -> str:
    """Without format specifications, as the table writes places."""
    parts = ((text, name) for text, name, _, _ in Formatter().parse(message))
    return "".join(text + (f"{{{name}}}" if name else "") for text, name in parts)


def test_every_figure_that_the_analyses_make_can_be_worded() -> None:
    known = {entry["source"] for entry in FIGURES["sentences"]}
    missing = {_plain(message) for message in _stated()} - known
    assert not missing


@pytest.mark.parametrize("entry", FIGURES["sentences"], ids=lambda entry: entry["source"])
def test_each_language_keeps_every_place(entry: dict[str, str]) -> None:
    places = {name for _, name, _, _ in Formatter().parse(entry["source"]) if name}
    for language in LANGUAGES:
        assert {name for _, name, _, _ in Formatter().parse(entry[language]) if name} == places


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Bowel cancer with a gene change in MLH1"),
        ("de", "Darmkrebs bei einer Genveränderung in MLH1"),
        ("es", "Cáncer de intestino con un cambio genético en MLH1"),
        ("fr", "Cancer de l'intestin avec une variation génétique dans MLH1"),
    ],
)
def test_a_title_is_worded_in_the_language_of_the_letter(language: str, said: str) -> None:
    assert figure_words("Chance of bowel cancer with a MLH1 variant", language) == said


def test_what_the_table_does_not_know_stays_as_the_result_says_it() -> None:
    assert figure_words("Chance of gout with a URAT1 variant", "de") is None


def test_a_german_letter_tells_the_chance_in_german_and_without_undefined_terms() -> None:
    one = figure(
        title="Chance of breast cancer with a BRCA1 variant", baseline_label="women of this age in general"
    )
    result = rich_result()
    assert result.risk is not None
    made = letter(
        replace(result, risk=replace(result.risk, figures=(one,), findings=())),
        Document(DocumentKind.LETTER, "de"),
    )
    told = made.text()
    assert "Brustkrebs bei einer Genveränderung in BRCA1 bis zum Alter von 80 Jahren" in told
    assert "(Frauen dieses Alters)" in told
    assert made.readability().undefined == ()
