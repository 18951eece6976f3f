"""What ``evaluate rare`` says of its own ranks."""

from pathlib import Path

import polars as pl
import pytest

from genoai_desktop.app.rare_score import agreement, print_agreement

CASES = pl.DataFrame(
    {
        "id": ["a", "b", "c", "d"],
        "disease": ["OMIM:1", "OMIM:2", "OMIM:3", None],
        "genes": ["X;Y", "Z", "", "W"],
    }
)
RANKS = [
    ("a", "disease", "1", "OMIM:1"),
    ("b", "disease", "7", "OMIM:2"),
    ("c", "disease", "11", "OMIM:3"),
    ("a", "gene", "12", "X"),
    ("a", "gene", "1", "Y"),
    ("d", "disease", "1", "W"),
]


@pytest.fixture
def ranks(tmp_path: Path) -> Path:
    path = tmp_path / "ranks.tsv"
    pl.DataFrame(RANKS, schema=["id", "level", "rank", "candidate"], orient="row").write_csv(
        path, separator="\t"
    )
    return path


def test_each_case_counts_once_by_its_best_answer_and_a_missing_one_as_missed(ranks: Path) -> None:
    assert agreement(CASES, ranks) == [
        "Diseases: first 33.3 %, in the first ten 66.7 % of 3 cases.",
        "Genes: first 33.3 %, in the first ten 33.3 % of 3 cases.",
    ]


def test_without_answers_nothing_is_said(ranks: Path) -> None:
    assert agreement(CASES.select("id"), ranks) == []


@pytest.mark.parametrize("top", [9, 10])
def test_fewer_than_ten_places_are_not_judged(
    top: int, ranks: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    CASES.write_csv(tmp_path / "cases.tsv", separator="\t")
    print_agreement(tmp_path / "cases.tsv", ranks, top)
    assert (capfdbinary.readouterr().out == b"") is (top < 10)
