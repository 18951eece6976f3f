"""The Candidates page: chances, reasons that add up, ways of looking, penetrance as an edit of the case."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sample_case import rare, sample_case

from genoai_desktop.domain.context import Context
from genoai_desktop.domain.rare import Contribution, RareDiseaseResult
from genoai_desktop.ui.pages.candidates import CandidatesPage
from genoai_desktop.ui.widgets.figures import SignedBar
from genoai_desktop.ui.window import MainWindow


def reversed_ranking() -> RareDiseaseResult:
    """The sample's candidates in the opposite order, with chances to match."""
    found = tuple(reversed(rare().candidates))
    chances = (0.6, 0.2, 0.1)
    pairs = enumerate(zip(found, chances, strict=True), 1)
    ranked = tuple(replace(c, rank=i, probability=p) for i, (c, p) in pairs)
    return RareDiseaseResult(ranked, (), (), ("A way of looking.",), 0.1)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> CandidatesPage:
    def ranked_by(_opened: Any, evidence: str, context: Context) -> RareDiseaseResult:
        context.check()
        asked.append(evidence)
        return reversed_ranking()

    asked: list[str] = []
    monkeypatch.setattr(window.desk.services, "ranked_by", ranked_by, raising=False)
    window.open_demo()
    qtbot.waitUntil(lambda: window.desk.current is not None)
    window.show_page("candidates")
    made = window.page
    assert isinstance(made, CandidatesPage)
    qtbot.waitUntil(lambda: made.built)
    made.asked = asked  # type: ignore[attr-defined]
    return made


def words(page: CandidatesPage) -> str:
    """Every text of the explanation."""
    parent = page._detail.parentWidget()
    return " | ".join(made.text() for made in parent.findChildren(QLabel))


def test_the_chance_is_said_in_words_and_the_reasons_add_up(page: CandidatesPage) -> None:
    said = words(page)
    assert "Chance: about 9 in 10" in said
    first = page.candidates[0]
    assert f"{sum(c.log_odds for c in first.contributions):+.2f}" in said
    assert "Sum of all reasons" in said
    bars = page._detail.parentWidget().findChildren(SignedBar)
    assert len(bars) == len(first.contributions)
    assert any("times as likely" in bar.accessibleName() for bar in bars)


def test_what_argues_against_and_what_would_change_are_there(page: CandidatesPage, qtbot: QtBot) -> None:
    assert "No seizures, which a third of patients have." in words(page)
    found = replace(page.candidates[0], would_change=("Testing the parents would settle it",))
    page.show_ranking(RareDiseaseResult((found,), (), (), (), 0.2))
    qtbot.waitUntil(lambda: page.built)
    assert "Testing the parents would settle it" in words(page)
    assert "none of those listed: about 2 in 10" in page.subtitle.text()


def test_earlier_cases_of_the_clinic_are_a_reason_of_their_own(page: CandidatesPage, qtbot: QtBot) -> None:
    seen = Contribution(
        "variant", "CHD7", -2.0, "Seen in 3 of 120 earlier cases of this clinic", group="in_house"
    )
    found = replace(page.candidates[0], contributions=(*page.candidates[0].contributions, seen))
    page.show_ranking(RareDiseaseResult((found,), (), ()))
    qtbot.waitUntil(lambda: page.built)
    said = words(page)
    assert "Earlier cases of this clinic" in said
    assert "Seen in 3 of 120 earlier cases of this clinic" in said


@pytest.mark.parametrize("evidence", ["phenotype", "variants"])
def test_one_kind_of_evidence_ranks_in_place_and_back(
    page: CandidatesPage, qtbot: QtBot, evidence: str
) -> None:
    before = [c.gene for c in page.candidates]
    page.bar.evidence[evidence].click()
    qtbot.waitUntil(lambda: [c.gene for c in page.candidates] == before[::-1])
    assert page.asked == [evidence]  # type: ignore[attr-defined]
    assert "A way of looking." in page.banner.text.text()
    page.bar.evidence["both"].click()
    assert [c.gene for c in page.candidates] == before
    assert page.desk.current is not None
    assert page.desk.current.result.rare is not None  # the result itself was never touched


def test_the_candidate_in_view_stays_in_view(page: CandidatesPage, qtbot: QtBot) -> None:
    page.list.setCurrentRow(1)
    chosen = page.candidates[1].disease_id
    page.bar.evidence["phenotype"].click()
    qtbot.waitUntil(lambda: bool(page.asked) and not page.runner.busy)  # type: ignore[attr-defined]
    assert page.candidates[page.list.currentRow()].disease_id == chosen


def test_genes_join_their_diseases(page: CandidatesPage, qtbot: QtBot) -> None:
    one = page.candidates[0]
    twin = replace(one, rank=2, disease_id="OMIM:1", disease_name="Another one", probability=0.03)
    page.show_ranking(RareDiseaseResult((one, twin, *rare().candidates[1:]), (), ()))
    page.bar.genes.click()
    assert [page.list.item(i).text().split()[1] for i in range(page.list.count())] == [
        "CHD7",
        "EFTUD2",
        "SALL1",
    ]
    assert "96%" in page.list.item(0).text()
    qtbot.waitUntil(lambda: "Another one" in words(page))  # cards come one after the other
    page.bar.diseases.click()
    assert page.list.count() == 4


def test_penetrance_is_an_edit_of_the_case(page: CandidatesPage, qtbot: QtBot) -> None:
    assert not page.bar.penetrance.isChecked()
    page.bar.penetrance.click()
    qtbot.waitUntil(lambda: bool(page.desk.current and page.desk.current.case.incomplete_penetrance))
    qtbot.waitUntil(page.bar.penetrance.isChecked)


def test_another_case_starts_with_all_the_evidence(
    page: CandidatesPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.bar.evidence["variants"].click()
    qtbot.waitUntil(lambda: not page.runner.busy)
    window.desk.add(sample_case())
    qtbot.waitUntil(page.bar.evidence["both"].isChecked)
    assert page.candidates[0].gene == "CHD7"
