"""A page whose analysis failed in the program: tried again from the page itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page_cases import failing
from PySide6.QtWidgets import QLabel, QPushButton
from sample_case import Opened, sample_case
from stage import Stage

from genoai_desktop.domain.failed import Part
from genoai_desktop.ui.theme.manager import Theme


@pytest.fixture
def stage(theme: Theme, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(theme, tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("part", "page"),
    [
        (Part.RARE, "candidates"),
        (Part.PGX, "medicines"),
        (Part.RISK, "risks"),
        (Part.QUALITY, "quality"),
        (Part.CLASSIFICATION, "candidates"),
    ],
)
def test_try_again_analyses_the_same_case_and_shows_what_came(part: Part, page: str, stage: Stage) -> None:
    asked: list[Any] = []

    def analyse(_opened: Opened, case: Any, _context: object) -> Opened:
        asked.append(case)
        return sample_case()

    stage.services.stage("reanalyse", analyse)
    opened = failing(part)()
    shown = stage.case(opened, page)
    again = [one for one in shown.findChildren(QPushButton) if one.text() == "Try again" and one.isVisible()]
    again[0].click()
    stage.wait(lambda: stage.window.desk.current is not opened)
    stage.settle()
    assert asked == [opened.case]
    assert stage.window.desk.current.result.failed == ()  # type: ignore[union-attr]
    assert not [one for one in shown.findChildren(QLabel) if one.isVisible() and "failed" in one.text()]


def test_a_failed_analysis_is_not_said_to_be_declined(stage: Stage) -> None:
    for part, page in ((Part.RARE, "candidates"), (Part.PGX, "medicines"), (Part.RISK, "risks")):
        shown = stage.case(failing(part)(), page)
        said = " ".join(one.text() for one in shown.findChildren(QLabel) if one.isVisible())
        assert "Not covered by consent" not in said
        assert "neither that something was found" in said
