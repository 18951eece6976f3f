"""Cells of CSV files are never formulas."""

import pytest

from genoai_desktop.domain.spreadsheet import cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_would_run_is_set_apart(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["BRCA1", "c.1-2A>G", "", 0.5, -3, None])
def test_everything_else_stays(value: object) -> None:
    assert cell(value) == value
