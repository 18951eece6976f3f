"""A store's file is proved in pieces: pages by their code, records, attachments; it can be stopped."""

import shutil
import sys
from pathlib import Path
from random import Random

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from looks import Looks, faults

from genoai_desktop.cases import keys
from genoai_desktop.cases.connection import connect
from genoai_desktop.cases.proof import PAGE, damaged_pages, unsound
from genoai_desktop.cases.schema import VERSION
from genoai_desktop.cases.store import Store
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled, UserError

KEY = bytes(range(32))
OLD = Path(__file__).parent / "old"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("proof") / "store"
    with Store(path, KEY, "ada") as store:
        for number in range(4):
            store.save(f"c{number}", "a", {"filler": "x" * 50_000}, words=[("gene", f"G{number}")])
            store.attach(f"c{number}", "scan.pdf", Random(number).randbytes(2_500_000))
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "store"))


def pages(path: Path) -> int:
    return path.stat().st_size // PAGE


def test_a_whole_file_is_found_whole_with_true_progress(path: Path) -> None:
    looks = Looks()
    assert damaged_pages(path, KEY, looks) == []
    assert faults(looks.reports) == []
    assert looks.count >= pages(path) // 128
    looks = Looks()
    connection = connect(path, KEY)
    assert unsound(connection, looks) == []
    connection.close()
    assert faults(looks.reports) == []


@pytest.mark.parametrize("place", [0, 1, 2, -1])
def test_every_flipped_bit_is_found_and_its_page_named(path: Path, place: int) -> None:
    data, count = bytearray(path.read_bytes()), pages(path)
    random, number = Random(place), place % count
    data[number * PAGE + random.randrange(20, PAGE)] ^= 1 << random.randrange(8)
    path.write_bytes(data)
    assert damaged_pages(path, KEY, Silent()) == [f"page {number + 1} is not as it was written"]


def test_pages_that_changed_places_and_a_file_cut_short_are_found(path: Path) -> None:
    data = path.read_bytes()
    swapped = data[: 2 * PAGE] + data[3 * PAGE : 4 * PAGE] + data[2 * PAGE : 3 * PAGE] + data[4 * PAGE :]
    path.write_bytes(swapped)
    assert len(damaged_pages(path, KEY, Silent())) == 2
    path.write_bytes(data[:-100])
    assert len(damaged_pages(path, KEY, Silent())) == 1


def test_another_key_fits_no_page(path: Path) -> None:
    assert len(damaged_pages(path, bytes(32), Silent())) == pages(path)


def test_it_says_the_same_as_the_library(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for number in (3, 40, 41):
        data[number * PAGE + 99] ^= 4
    path.write_bytes(data)
    found = damaged_pages(path, KEY, Silent())
    connection = connect(path, KEY)
    said = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    connection.close()
    assert len(found) == len(said) == 3
    assert all(any(f" {number + 1}" in row[0] for row in said) for number in (3, 40, 41))


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_stores_of_every_past_version_have_pages_of_this_kind(version: int, tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    folder.mkdir()
    shutil.copy(OLD / f"store_v{version}.genoai", folder / "s")
    key, _ = keys.unlock(OLD / f"keys_v{version}.json", "ada", "correct horse battery")
    assert damaged_pages(folder / "s", key, Silent()) == []


CHANGES = {
    "attachment": "UPDATE attachment SET data = zeroblob(length(data)) WHERE case_id = 'c2'",
    "length": "UPDATE attachment SET data = substr(data, 2) WHERE case_id = 'c1'",
    "later piece": "UPDATE attachment_piece SET data = zeroblob(length(data)) WHERE rowid = 3",
    "piece gone": "DELETE FROM attachment_piece WHERE rowid = 2",
    "order": "UPDATE attachment_piece SET number = 99 WHERE rowid = 1",
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_attachment_that_is_not_what_was_saved_is_named(path: Path, change: str) -> None:
    connection = connect(path, KEY)
    connection.execute(CHANGES[change])
    found = unsound(connection, Silent())
    connection.close()
    assert len(found) == 1
    assert found[0].startswith("attachment ")


def test_a_piece_without_its_attachment_is_found(path: Path) -> None:
    connection = connect(path, KEY)
    connection.execute("INSERT INTO attachment_piece VALUES ('nobody', 1, x'00')")
    assert unsound(connection, Silent()) == ["a piece belongs to no attachment"]
    connection.close()


@pytest.mark.parametrize("index", ["search_word_word", "attachment_case"])
def test_a_row_that_an_index_does_not_lead_to_is_found(path: Path, index: str) -> None:
    connection = connect(path, KEY)
    entry = connection.execute("SELECT * FROM sqlite_master WHERE name = ?", (index,)).fetchone()
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM sqlite_master WHERE name = ?", (index,))
    connection.close()
    connection = connect(path, KEY)
    connection.execute("INSERT INTO search_word VALUES ('c9', 'gene', 'B')")
    connection.execute(
        "INSERT INTO attachment SELECT 'new', 'c9', name, size, sha256, added, user, data "
        "FROM attachment LIMIT 1"
    )
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", entry)
    connection.close()
    connection = connect(path, KEY)
    found = unsound(connection, Silent())
    connection.close()
    assert found


def test_the_proof_stops_at_the_next_look(path: Path) -> None:
    for number in (1, 5, 15):
        looks = Looks(number)
        with pytest.raises(Cancelled):
            damaged_pages(path, KEY, looks)
        assert looks.after == 0
    connection, whole = connect(path, KEY), Looks()
    unsound(connection, whole)
    for number in (1, whole.count // 2, whole.count):
        looks = Looks(number)
        with pytest.raises(Cancelled):
            unsound(connection, looks)
        assert looks.after <= 1  # SQLite's error is turned into Cancelled by one more look
    assert unsound(connection, Silent()) == []
    connection.close()


def test_a_copy_that_is_stopped_anywhere_leaves_no_file(path: Path, tmp_path: Path) -> None:
    target, whole = tmp_path / "copy", Looks()
    with Store(path, KEY, "ada") as store:
        store.backup(target, whole)
        assert faults(whole.reports) == []
        target.unlink()
        for number in (1, 2, whole.count // 4, whole.count // 2, whole.count):
            with pytest.raises(Cancelled):
                store.backup(target, Looks(number))
            assert [one.name for one in tmp_path.iterdir() if "copy" in one.name] == []
        assert store.damage() == []
        store.backup(target)
    assert damaged_pages(target, KEY, Silent()) == []


def test_a_store_with_a_changed_attachment_is_not_backed_up(path: Path, tmp_path: Path) -> None:
    with Store(path, KEY, "ada") as store:
        store._connection.execute(CHANGES["attachment"])
        with pytest.raises(UserError, match="not whole"):
            store.backup(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
