"""Screening options: the bundle's, and a clinic's own table over it, checked row by row."""

from pathlib import Path

import pytest

from genoai_desktop.domain.errors import UserError
from genoai_desktop.knowledge import Knowledge
from genoai_desktop.knowledge.locations import DATA_VARIABLE
from genoai_desktop.knowledge.screening import COLUMNS, FILE, as_tsv, bundled, with_clinic

BASE = bundled(Knowledge().bundle.document("screening_options"))
HEAD = "\t".join(COLUMNS) + "\n"


def table(folder: Path, *rows: tuple[str, ...]) -> Path:
    path = folder / FILE
    path.write_text(HEAD + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_without_a_file_the_bundle_speaks(tmp_path: Path) -> None:
    assert with_clinic(BASE, tmp_path / FILE) is BASE
    assert {"BRCA1", "MLH1"} <= set(BASE.genes)
    assert all(one.source.version for options in BASE.genes.values() for one in options)


def test_a_clinics_rows_replace_a_genes_and_say_that_they_are_local(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ("BRCA1", "female", "", "", "breast MRI from age 30", "Our tumor board", "2025-03-01"),
        ("CHEK2", "any", "", "", "colonoscopy from age 40", "Our tumor board", "2025"),
        ("RYR1", "any", "", "", "", "", ""),
        (
            "breast-risk",
            "female",
            "lifetime",
            "0.17",
            "mammography yearly from 40",
            "National guideline",
            "2023",
        ),
    )
    found = with_clinic(BASE, path)
    (own,) = found.genes["BRCA1"]
    assert (own.option, own.local, own.source.version) == ("breast MRI from age 30", True, "2025-03-01")
    assert found.genes["RYR1"] == ()
    assert found.genes["MLH1"] == BASE.genes["MLH1"]
    assert [band.lowest for band in found.bands] == [0.17]


def test_the_table_written_out_reads_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(as_tsv(BASE), encoding="utf-8")
    again = with_clinic(BASE, path)
    assert as_tsv(again) == as_tsv(BASE)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("brca one", "female", "", "", "x", "g", "2024"), "gene"),
        (("BRCA1", "women", "", "", "x", "g", "2024"), "sex"),
        (("BRCA1", "female", "", "", "x" * 500, "g", "2024"), "option"),
        (("BRCA1", "female", "", "", "x", "", "2024"), "guideline"),
        (("BRCA1", "female", "", "", "x", "g", "soon"), "dated"),
        (("BRCA1", "female", "", "", "x", "g", "2999"), "dated"),
        (("BRCA1", "female", "", "", "x", "g", "2024-13-01"), "dated"),
        (("breast-risk", "female", "next week", "0.2", "x", "g", "2024"), "horizon"),
        (("breast-risk", "female", "lifetime", "20 %", "x", "g", "2024"), "from"),
    ],
)
def test_a_bad_row_is_refused_by_line_and_field(tmp_path: Path, row: tuple[str, ...], field: str) -> None:
    with pytest.raises(UserError) as caught:
        with_clinic(BASE, table(tmp_path, row))
    assert "line 2" in caught.value.where
    assert field in caught.value.where


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text("gene\tsex\n")
    with pytest.raises(UserError, match="option"):
        with_clinic(BASE, path)


def test_the_data_folder_is_where_it_is_read_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    table(tmp_path, ("BRCA1", "female", "", "", "as our clinic does it", "Our tumor board", "2025"))
    (own,) = Knowledge().risk.screening_options("BRCA1")
    assert own.option == "as our clinic does it"
    assert Knowledge().risk.breast_options("lifetime", 0.25)
    assert not Knowledge().risk.breast_options("lifetime", 0.15)
