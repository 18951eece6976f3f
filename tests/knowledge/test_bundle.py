"""The bundle never answers wrongly: a damaged or missing table is named."""

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from genoai_desktop.domain.errors import KnowledgeError
from genoai_desktop.knowledge import Bundle
from genoai_desktop.knowledge.locations import resources


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A bundle of one small real table."""
    source = resources() / "knowledge"
    rows = json.loads((source / "manifest.json").read_text())["tables"]
    row = next(row for row in rows if row["name"] == "acmg_rules")
    shutil.copy(source / row["file"], tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 1, "tables": [row]}))
    return tmp_path


def test_a_whole_bundle_verifies(copy: Path) -> None:
    assert Bundle([copy]).verify() == []
    assert Bundle([copy]).table("acmg_rules").height > 0


def test_a_table_that_is_not_to_be_kept_is_read_anew(copy: Path) -> None:
    bundle = Bundle([copy])
    once = bundle.table("acmg_rules", keep=False)
    assert bundle.table("acmg_rules", keep=False) is not once
    assert bundle.table("acmg_rules") is bundle.table("acmg_rules", keep=False)


def test_one_flipped_bit_is_named(copy: Path) -> None:
    file = copy / "acmg_rules.parquet"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(KnowledgeError, match="acmg_rules"):
        Bundle([copy]).table("acmg_rules")
    assert len(Bundle([copy]).verify()) == 1


def test_a_missing_table_is_named(copy: Path) -> None:
    (copy / "acmg_rules.parquet").unlink()
    with pytest.raises(KnowledgeError, match="acmg_rules"):
        Bundle([copy]).table("acmg_rules")


def test_an_unknown_table_is_named(copy: Path) -> None:
    with pytest.raises(KnowledgeError, match="no_such_table"):
        Bundle([copy]).table("no_such_table")


@pytest.mark.parametrize("text", ["", "{", '{"tables": [{"name": 1}]}', "[]"])
def test_a_damaged_manifest_is_an_error_not_an_empty_bundle(copy: Path, text: str) -> None:
    (copy / "manifest.json").write_text(text)
    with pytest.raises(KnowledgeError):
        Bundle([copy])


def test_a_later_folder_lies_over_an_earlier_one(
    copy: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pack = tmp_path_factory.mktemp("pack")
    shutil.copytree(copy, pack, dirs_exist_ok=True)
    row = json.loads((pack / "manifest.json").read_text())["tables"][0] | {"release": "newer"}
    (pack / "manifest.json").write_text(json.dumps({"format": 1, "tables": [row]}))
    bundle = Bundle([copy, pack])
    assert bundle.tables["acmg_rules"].release == "newer"
    assert isinstance(bundle.table("acmg_rules", ["name"]), pl.DataFrame)
