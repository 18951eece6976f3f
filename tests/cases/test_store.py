"""The case store loses nothing, leaks nothing, and notices tampering."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from genoai_desktop.cases import keys
from genoai_desktop.cases.audit import Act
from genoai_desktop.cases.store import Store
from genoai_desktop.domain.errors import UserError

PASSPHRASE = "correct horse battery"
DOCUMENT = {"patient": "Zebulon Quirke", "gene": "CHD7"}


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, str]:
    path = tmp_path_factory.mktemp("keys") / "store.keys"
    data_key, recovery = keys.create(path, "ada", PASSPHRASE)
    return path, data_key, recovery


@pytest.fixture
def data_key(key_file: tuple[Path, bytes, str]) -> bytes:
    return key_file[1]


@pytest.fixture
def store(tmp_path: Path, data_key: bytes):
    with Store(tmp_path / "clinic.genoai", data_key, "ada") as opened:
        yield opened


def test_the_passphrase_and_the_recovery_key_open_the_same_store(key_file) -> None:
    path, data_key, recovery = key_file
    assert keys.unlock(path, "ada", PASSPHRASE) == (data_key, keys.Role.ADMINISTRATOR)
    assert keys.unlock_with_recovery(path, recovery.lower().replace("-", " ")) == data_key


@pytest.mark.parametrize(("user", "passphrase"), [("ada", "wrong horse battery"), ("eve", PASSPHRASE)])
def test_a_wrong_passphrase_and_an_unknown_user_get_the_same_kind_words(key_file, user, passphrase) -> None:
    with pytest.raises(keys.WrongPassphrase, match="Try again"):
        keys.unlock(key_file[0], user, passphrase)


def test_a_role_edited_in_the_file_opens_nothing(key_file, tmp_path: Path) -> None:
    copy = tmp_path / "keys"
    keys_text = key_file[0].read_text()
    copy.write_text(keys_text)
    keys.set_user(copy, key_file[1], "bob", keys.Role.COUNSELOR, "another long phrase")
    assert keys.unlock(copy, "bob", "another long phrase")[1] is keys.Role.COUNSELOR
    copy.write_text(copy.read_text().replace('"counselor"', '"administrator"'))
    with pytest.raises(keys.WrongPassphrase):
        keys.unlock(copy, "bob", "another long phrase")


def test_a_short_passphrase_is_refused(key_file) -> None:
    with pytest.raises(UserError, match="too short"):
        keys.set_user(key_file[0], key_file[1], "carl", keys.Role.REVIEWER, "short")


def test_every_version_of_a_case_is_kept(store: Store) -> None:
    assert store.save("c1", "First", DOCUMENT) == 1
    assert store.save("c1", "First", DOCUMENT | {"gene": "CFTR"}) == 2
    assert store.load("c1")["gene"] == "CFTR"
    assert store.load("c1", 1) == DOCUMENT
    assert [version for version, _, _ in store.versions("c1")] == [1, 2]


def test_cases_are_found_by_every_word(store: Store) -> None:
    store.save("c1", "First family", {}, words=[("gene", "CHD7"), ("term", "Coloboma")])
    store.save("c2", "Second family", {}, words=[("gene", "CFTR")])
    assert [head.case_id for head in store.search("chd7 first")] == ["c1"]
    assert [head.case_id for head in store.search("colo")] == ["c1"]
    assert len(store.search("family")) == 2
    assert store.search("chd7 second") == ()
    assert store.search("100%") == ()
    assert store.search("%family") == ()


@pytest.mark.parametrize(
    ("name", "search"),
    [
        ("Müller-Lüdenscheidt", "muller"),
        ("Müller-Lüdenscheidt", "LÜDENSCHEIDT"),
        ("Müller-Lüdenscheidt", "Mu\u0308ller-Lu"),
        ("O'Brien", "brien"),
        ("İpek", "ipek"),
        ("李小明", "小明"),
        ("محمد", "محمد"),
        ("Zoë", "Example, Zoe"),
        ("Straße", "strasse"),
    ],
)
def test_a_name_is_found_however_it_is_written(store: Store, name: str, search: str) -> None:
    store.save("c1", "Case", {}, words=[("name", name), ("name", "Example")])
    store.save("c2", "Case", {}, words=[("name", "Example")])
    assert [head.case_id for head in store.search(search)] == ["c1"]


def test_words_of_earlier_versions_of_the_store_are_still_found(store: Store) -> None:
    store.save("c1", "Case", {})
    with store._connection as connection:
        connection.execute("INSERT INTO search_word VALUES ('c1', 'name', 'müller')")
    assert [head.case_id for head in store.search("Müller")] == ["c1"]


def test_nothing_readable_is_on_the_disk(tmp_path: Path, data_key: bytes) -> None:
    with Store(tmp_path / "clinic.genoai", data_key, "ada") as store:
        store.save("c1", "Zebulon Quirke", DOCUMENT, words=[("name", "Quirke")])
        for path in tmp_path.iterdir():
            content = path.read_bytes().lower()
            assert b"quirke" not in content, path.name
            assert b"quirke" not in path.name.lower().encode()


def test_another_key_is_refused_in_plain_words(tmp_path: Path, data_key: bytes) -> None:
    Store(tmp_path / "clinic.genoai", data_key, "ada").close()
    with pytest.raises(UserError, match="key does not belong"):
        Store(tmp_path / "clinic.genoai", os.urandom(32), "ada")


def test_the_audit_chain_holds_every_act(store: Store) -> None:
    store.save("c1", "First", DOCUMENT)
    store.load("c1")
    store.record(Act.EXPORTED, "c1", "report.pdf")
    assert [entry.act for entry in store.audit()] == ["opened store", "changed", "viewed", "exported"]
    assert store.audit_problems() == []


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit SET user = 'eve' WHERE number = 2",
        "DELETE FROM audit WHERE number = 3",
        "DELETE FROM audit WHERE number > 3",
        "INSERT INTO audit SELECT number + 10, time, user, act, case_id, detail, previous FROM audit "
        "WHERE number = 2",
        "UPDATE seal SET count = 3, head = (SELECT previous FROM audit WHERE number = 4)",
    ],
)
def test_editing_inserting_and_cutting_off_are_noticed(store: Store, tampering: str) -> None:
    for number in range(4):
        store.save(f"c{number}", "case", DOCUMENT)
    assert store.audit_problems() == []
    store._connection.execute(tampering)
    assert store.audit_problems() != []


def test_a_clock_that_jumps_back_breaks_nothing(tmp_path: Path, data_key: bytes) -> None:
    times = iter(datetime(2030, 1, 1, tzinfo=UTC) - timedelta(days=day) for day in range(9))
    with Store(tmp_path / "s", data_key, "ada", clock=lambda: next(times)) as store:
        store.save("c1", "a", {"n": 1})
        store.save("c1", "a", {"n": 2})
        assert store.load("c1") == {"n": 2}
        assert store.audit_problems() == []


def test_two_programs_on_one_store_lose_nothing(tmp_path: Path, data_key: bytes) -> None:
    with Store(tmp_path / "s", data_key, "ada") as one, Store(tmp_path / "s", data_key, "bob") as two:
        one.save("c1", "a", {"by": "ada"})
        two.save("c1", "a", {"by": "bob"})
        assert [user for _, _, user in one.versions("c1")] == ["ada", "bob"]
        assert one.audit_problems() == []


def test_a_writer_that_is_busy_is_named_as_such(tmp_path: Path, data_key: bytes) -> None:
    with Store(tmp_path / "s", data_key, "ada") as one, Store(tmp_path / "s", data_key, "bob") as two:
        one._connection.execute("BEGIN IMMEDIATE")
        two._connection.execute("PRAGMA busy_timeout = 10")
        with pytest.raises(UserError, match="Another program"):
            two.save("c1", "a", {})
        one._connection.execute("ROLLBACK")
        assert two.save("c1", "a", {}) == 1


def test_a_full_disk_loses_only_what_was_not_acknowledged(tmp_path: Path, data_key: bytes) -> None:
    with Store(tmp_path / "s", data_key, "ada") as store:
        store.save("c1", "a", {"n": 1})
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
        store._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(UserError, match="full"):
            store.save("c1", "a", {"filler": os.urandom(200_000).hex()})
        store._connection.execute("PRAGMA max_page_count = 1000000")
        assert store.load("c1") == {"n": 1}
        assert store.save("c1", "a", {"n": 2}) == 2
        assert store.audit_problems() == []


def test_a_backup_is_whole_and_encrypted(store: Store, tmp_path: Path, data_key: bytes) -> None:
    store.save("c1", "Zebulon Quirke", DOCUMENT)
    store.backup(tmp_path / "backup.genoai")
    assert b"quirke" not in (tmp_path / "backup.genoai").read_bytes().lower()
    with Store(tmp_path / "backup.genoai", data_key, "ada") as copy:
        assert copy.load("c1") == DOCUMENT
        assert copy.audit_problems() == []


def test_a_flipped_byte_is_noticed(tmp_path: Path, data_key: bytes) -> None:
    path = tmp_path / "s"
    with Store(path, data_key, "ada") as store:
        store.save("c1", "a", {"filler": "x" * 50_000})
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    noticed = False
    try:
        with Store(path, data_key, "ada") as store:
            noticed = store.damage() != []
    except UserError:
        noticed = True
    assert noticed


WRITER = """
import sys
from pathlib import Path
from genoai_desktop.cases.store import Store
with Store(Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline().strip()), "ada") as store:
    for number in range(100000):
        version = store.save("c1", "a", {"n": number, "filler": "x" * 3000})
        print(version, flush=True)
"""


@pytest.mark.parametrize("after", [1, 7, 23])
def test_a_killed_program_loses_no_acknowledged_save(tmp_path: Path, data_key: bytes, after: int) -> None:
    path = tmp_path / "s"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdin.write(data_key.hex() + "\n")
        writer.stdin.flush()
        acknowledged = [writer.stdout.readline() for _ in range(after)][-1]
        writer.send_signal(signal.SIGKILL)
        acknowledged = ([acknowledged, *writer.stdout.readlines()])[-1]
    with Store(path, data_key, "ada") as store:
        assert len(store.versions("c1")) >= int(acknowledged)
        assert store.load("c1")["n"] == len(store.versions("c1")) - 1
        assert store.audit_problems() == []
