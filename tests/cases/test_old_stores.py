"""A store and a key file of every past version are opened by this program, with nothing lost."""

import json
import shutil
from pathlib import Path

import pytest
import sqlcipher3

from genoai_desktop.cases import keys
from genoai_desktop.cases.connection import connect
from genoai_desktop.cases.schema import VERSION
from genoai_desktop.cases.store import Store
from genoai_desktop.domain.errors import UserError

OLD = Path(__file__).parent / "old"
PASSPHRASE = "correct horse battery"


def copied(version: int, folder: Path) -> tuple[Path, bytes]:
    """A copy of the store of that version, and its data key."""
    store = shutil.copy(OLD / f"store_v{version}.genoai", folder / "clinic.genoai")
    key_file = Path(shutil.copy(OLD / f"keys_v{version}.json", folder / "clinic.keys"))
    data_key, role = keys.unlock(key_file, "ada", PASSPHRASE)
    assert role is keys.Role.ADMINISTRATOR
    return Path(store), data_key


def test_a_file_of_every_version_is_kept() -> None:
    assert {path.name for path in OLD.glob("store_v*")} == {
        f"store_v{number}.genoai" for number in range(1, VERSION + 1)
    }


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_every_past_version_opens_with_everything(version: int, tmp_path: Path) -> None:
    path, data_key = copied(version, tmp_path)
    with Store(path, data_key, "ada") as store:
        assert {head.title for head in store.search("family")} == {"First family", "Second family"}
        assert [head.case_id for head in store.search("fbn1")] == ["c2"]
        assert store.load("c1", 1) == {"gene": "CHD7"}
        assert store.load("c1") == {"gene": "CFTR"}
        assert store.audit_problems() == []
        assert store.damage() == []
        assert store.attach("c2", "a.txt", b"abc").size == 3
        store.set_setting("x", 1)
        if version >= 2:
            (kept,) = store.attachments("c1")
            assert store.attachment(kept.attachment_id) == b"an invented letter"
            assert store.variant_counts() == {("GRCh38", 7, 117559590, "ATCT", "A"): 1}
            assert store.setting("letterhead")["clinic"] == "Invented clinic"
        if version >= 3:
            (scan,) = (one for one in store.attachments("c2") if one.name == "scan.txt")
            assert store.attachment(scan.attachment_id) == b"an invented scan " * 20_000


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_the_recovery_key_of_every_version_opens(version: int) -> None:
    recovery = (OLD / f"recovery_v{version}.txt").read_text().strip()
    assert len(keys.unlock_with_recovery(OLD / f"keys_v{version}.json", recovery)) == 32


def test_a_migration_that_fails_leaves_the_old_version(tmp_path: Path, monkeypatch) -> None:
    from genoai_desktop.cases import schema

    path, data_key = copied(1, tmp_path)
    broken = (*schema.MIGRATIONS[:1], "CREATE TABLE a (b TEXT); CREATE TABLE a (b TEXT);")
    monkeypatch.setattr(schema, "MIGRATIONS", broken)
    with pytest.raises(UserError):
        Store(path, data_key, "ada")
    monkeypatch.undo()
    with Store(path, data_key, "ada") as store:
        assert store.load("c1") == {"gene": "CFTR"}


def test_a_store_of_a_later_program_is_refused_and_untouched(tmp_path: Path) -> None:
    path, data_key = copied(VERSION, tmp_path)
    connection = connect(path, data_key)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(UserError, match="later version"):
        Store(path, data_key, "ada")


def test_two_programs_may_migrate_at_once(tmp_path: Path) -> None:
    path, data_key = copied(1, tmp_path)
    with Store(path, data_key, "ada") as one, Store(path, data_key, "bob") as two:
        assert one.heads() == two.heads()
    assert sqlcipher3.sqlite_version


def test_a_key_file_of_a_later_program_keeps_opening(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLD / "keys_v1.json", tmp_path / "clinic.keys"))
    document = json.loads(path.read_text())
    document["keys"][0]["colour"] = "red"
    path.write_text(json.dumps(document))
    assert keys.users(path) == (("ada", keys.Role.ADMINISTRATOR),)
