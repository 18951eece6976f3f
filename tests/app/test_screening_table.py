"""The clinic's screening table: only what differs is kept, all of it or nothing."""

import os
from pathlib import Path

import pytest

from genoai_desktop.app.screening import bundled_rows, keep, rows
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.locations import DATA_VARIABLE

OWN = ("CHEK2", "any", "", "", "colonoscopy from age 40", "Our tumor board", "2025")


@pytest.fixture
def knowledge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Knowledge:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    return Knowledge()


def test_an_unchanged_table_leaves_no_file(knowledge: Knowledge, tmp_path: Path) -> None:
    found = rows(knowledge, Silent())
    assert found == bundled_rows(knowledge)
    assert keep(found, knowledge, Silent()) == 0
    assert not (tmp_path / "data" / "screening.tsv").exists()


def test_only_changed_genes_are_written_and_come_into_force_at_once(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    before = knowledge.risk.screening_options("BRCA1")
    edited = [row for row in rows(knowledge, Silent()) if row[0] != "RYR1"] + [OWN, ("",) * 7]
    gone = any(row[0] == "RYR1" for row in bundled_rows(knowledge))
    assert keep(edited, knowledge, Silent()) == 1 + gone
    text = (tmp_path / "data" / "screening.tsv").read_text(encoding="utf-8")
    assert "CHEK2" in text
    assert "BRCA1" not in text
    (own,) = knowledge.risk.screening_options("CHEK2")
    assert own.local
    assert knowledge.risk.screening_options("BRCA1") == before
    assert knowledge.risk.screening_options("RYR1") == ()
    assert OWN in rows(knowledge, Silent())
    assert keep(bundled_rows(knowledge), knowledge, Silent()) == 0
    assert knowledge.risk.screening_options("CHEK2") == ()


def test_a_gene_that_lost_its_rows_stays_without(knowledge: Knowledge) -> None:
    gene = bundled_rows(knowledge)[0][0]
    assert keep([row for row in rows(knowledge, Silent()) if row[0] != gene], knowledge, Silent()) == 1
    assert knowledge.risk.screening_options(gene) == ()


@pytest.mark.parametrize(
    ("place", "text", "field"),
    [(0, "chek 2", "gene"), (1, "woman", "sex"), (5, "", "guideline"), (6, "soon", "dated")],
)
def test_a_row_that_cannot_be_changes_nothing(
    knowledge: Knowledge, tmp_path: Path, place: int, text: str, field: str
) -> None:
    keep([*rows(knowledge, Silent()), OWN], knowledge, Silent())
    kept = (tmp_path / "data" / "screening.tsv").read_bytes()
    bad = list(OWN)
    bad[place] = text
    with pytest.raises(UserError) as refused:
        keep([*rows(knowledge, Silent()), tuple(bad)], knowledge, Silent())
    assert field in str(refused.value.where)
    assert (tmp_path / "data" / "screening.tsv").read_bytes() == kept
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["screening.tsv"]


@pytest.mark.skipif(os.name != "posix", reason="folders are flushed on POSIX")
@pytest.mark.parametrize("failing", range(1, 5))
def test_unchanged_is_said_of_a_table_that_is_unchanged(
    knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    keep([*rows(knowledge, Silent()), OWN], knowledge, Silent())
    table = tmp_path / "data" / "screening.tsv"
    before, real, calls = table.read_bytes(), os.fsync, [0]

    def flush(handle: int) -> None:
        calls[0] += 1
        if calls[0] == failing:
            raise OSError(5, "Input/output error")
        real(handle)

    monkeypatch.setattr(os, "fsync", flush)
    said = ""
    try:
        keep(bundled_rows(knowledge)[:-1], knowledge, Silent())
    except UserError as error:
        said = f"{error.code}: {error.what}"
    unchanged = "screening.write: The disk could not be written (the device failed); nothing was changed."
    assert said == (unchanged if table.read_bytes() == before else "")


@pytest.mark.skipif(os.name != "posix", reason="folders are flushed on POSIX")
def test_a_table_that_may_come_back_is_not_called_unchanged(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep([*rows(knowledge, Silent()), OWN], knowledge, Silent())

    def flush(_handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", flush)
    with pytest.raises(UserError) as failed:
        keep(bundled_rows(knowledge), knowledge, Silent())
    assert failed.value.code == "store.unknown"
