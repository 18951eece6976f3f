"""What somebody who can write the file, or even has its key, may try against the audit chain."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from genoai_desktop.app.casebook import Door, backup
from genoai_desktop.app.casebook.backup import KEY_FILE, STORE_FILE
from genoai_desktop.cases import keyfile, keys
from genoai_desktop.cases.audit import Act, Entry, Mark, Seal
from genoai_desktop.cases.store import Store
from genoai_desktop.domain.text import joined, shown, speaking
from genoai_desktop.knowledge.locations import DATA_VARIABLE, resources

PASSPHRASE = "correct horse battery"


pytestmark = pytest.mark.usefixtures("quick_keys")


@pytest.fixture
def store(tmp_path: Path):
    with Store(tmp_path / "s", b"k" * 32, "ada") as opened:
        for number in range(5):
            opened.record(Act.VIEWED, f"c{number}")
        yield opened


def put(store: Store, seal: Seal) -> None:
    values = (seal.count, seal.head, seal.signature)
    store._connection.execute("UPDATE seal SET count = ?, head = ?, signature = ?", values)


def test_an_older_signed_head_does_not_fit_the_longer_chain(store: Store) -> None:
    older = store._seal()
    assert older is not None
    store.record(Act.EXPORTED, "c1")
    put(store, older)
    assert "another head" in " ".join(store.audit_problems())


def test_a_head_signed_with_another_key_is_refused(store: Store) -> None:
    entries = store.audit()
    put(store, Seal.of(len(entries), entries[-1].digest, Ed25519PrivateKey.generate()))
    assert "signature" in " ".join(store.audit_problems())


def test_an_entry_rewritten_with_every_hash_after_it_misses_the_signature(store: Store) -> None:
    entries, head = [], None
    for entry in store.audit():
        changed = Entry(
            entry.number, entry.time, "eve" if entry.number == 3 else entry.user, entry.act, entry.case,
            entry.detail, entry.previous if head is None else head,
        )  # fmt: skip
        head = changed.digest
        entries.append((changed.user, changed.previous, changed.number))
    store._connection.executemany("UPDATE audit SET user = ?, previous = ? WHERE number = ?", entries)
    assert store.audit_problems() != []


def test_two_entries_that_change_places_are_noticed(store: Store) -> None:
    for change in ("SET number = 99 WHERE number = 3", "SET number = 3 WHERE number = 4"):
        store._connection.execute(f"UPDATE audit {change}")
    store._connection.execute("UPDATE audit SET number = 4 WHERE number = 99")
    assert store.audit_problems() != []


def test_a_clock_that_jumps_keeps_the_order_of_events(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    days = iter([10, 11, 3, 28, 1, 2])
    with Store(
        tmp_path / "t", b"k" * 32, "ada", clock=lambda: datetime(2030, 1, next(days), tzinfo=UTC)
    ) as one:
        for number in range(4):
            one.record(Act.VIEWED, f"c{number}")
        assert [entry.case for entry in one.audit()] == ["", "c0", "c1", "c2", "c3"]
        assert one.audit_problems() == []


def opened(folder: Path):
    return Door(folder).unlock("ada", PASSPHRASE)


def test_an_older_copy_in_place_of_the_store_is_told_and_recorded_once(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    Door(folder).set_up(Door.prepare("ada", PASSPHRASE)).close()
    shutil.copy(folder / STORE_FILE, tmp_path / "older")
    with opened(folder) as book:
        book.record(Act.EXPORTED, "c1")
        assert book.rolled_back == 0
    for rest in folder.glob(f"{STORE_FILE}-*"):
        rest.unlink()
    shutil.copy(tmp_path / "older", folder / STORE_FILE)
    with opened(folder) as book:
        assert book.rolled_back > 0
        assert "older copy" in book.audit()[-1].detail
        assert book.audit_problems() == []
    with opened(folder) as book:
        assert book.rolled_back == 0
        assert any("older copy" in entry.detail for entry in book.audit())


def test_one_missing_entry_is_enough(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    Door(folder).set_up(Door.prepare("ada", PASSPHRASE)).close()
    shutil.copy(folder / STORE_FILE, tmp_path / "older")
    opened(folder).close()
    shutil.copy(tmp_path / "older", folder / STORE_FILE)
    with opened(folder) as book:  # it has as many entries as before by now
        assert book.rolled_back == 1


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sit down at another computer."""

    def sit(name: str) -> None:
        monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / f"computer {name}"))

    sit("one")
    return sit


@pytest.fixture
def clinic(tmp_path: Path, computer: Callable[[str], None]) -> Path:
    """A store that was open on computer one."""
    folder = tmp_path / "clinic"
    Door(folder).set_up(Door.prepare("ada", PASSPHRASE)).close()
    return folder


def put_in_place(copy: Path, folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)


def test_an_older_copy_of_store_and_keys_is_told_and_recorded_once(clinic: Path, tmp_path: Path) -> None:
    shutil.copytree(clinic, tmp_path / "older")
    with opened(clinic) as book:
        book.record(Act.EXPORTED, "c1")
    put_in_place(tmp_path / "older", clinic)
    with opened(clinic) as book:
        assert (book.rolled_back, book.restored) == (2, False)
        assert "older copy" in book.audit()[-1].detail
    with opened(clinic) as book:
        assert book.rolled_back == 0


def test_another_state_with_as_many_entries_is_noticed(clinic: Path, tmp_path: Path, computer) -> None:
    shutil.copytree(clinic, tmp_path / "copy")
    computer("two")
    with opened(tmp_path / "copy") as book:
        for number in range(9):
            book.record(Act.VIEWED, f"c{number}")
    computer("one")
    opened(clinic).close()
    put_in_place(tmp_path / "copy", clinic)
    with opened(clinic) as book:
        assert book.rolled_back > 0


def test_a_restored_backup_raises_no_alarm_but_an_older_one_put_back_by_hand_does(
    clinic: Path, tmp_path: Path
) -> None:
    with opened(clinic) as book:
        book.backup(tmp_path / "backup")
        book.record(Act.EXPORTED, "c1")
    shutil.rmtree(clinic)
    backup.restore(tmp_path / "backup", clinic, "ada", PASSPHRASE)
    shutil.copytree(clinic, tmp_path / "restored once")
    with opened(clinic) as book:
        assert (book.rolled_back, book.restored) == (0, True)
    with opened(clinic) as book:
        assert (book.rolled_back, book.restored) == (0, False)
    put_in_place(tmp_path / "restored once", clinic)
    with opened(clinic) as book:
        assert (book.rolled_back > 0, book.restored) == (True, False)


def test_two_copies_in_two_folders_raise_no_alarm_in_turn(clinic: Path, tmp_path: Path) -> None:
    shutil.copytree(clinic, tmp_path / "laptop")
    told = []
    for _ in range(3):
        for folder in (clinic, tmp_path / "laptop"):
            with opened(folder) as book:
                book.record(Act.VIEWED, "c1")
                told.append(book.rolled_back > 0)
    # a folder that is new here and older than what was seen is told of once
    assert told == [False, True, False, False, False, False]


def test_a_computer_that_never_had_the_store_open_knows_nothing(
    clinic: Path, tmp_path: Path, computer
) -> None:
    shutil.copytree(clinic, tmp_path / "older")
    opened(clinic).close()
    put_in_place(tmp_path / "older", clinic)
    computer("two")
    with opened(clinic) as book:
        assert book.rolled_back == 0


def test_the_note_of_a_computer_names_nothing_and_is_not_believed_when_changed(
    clinic: Path, tmp_path: Path
) -> None:
    (note,) = (tmp_path / "computer one" / "stores").iterdir()
    text = re.sub("[0-9a-f]{32,}", "", (note.name + note.read_text()).lower())  # "ada" comes up in digests
    for word in ("ada", "clinic", tmp_path.name):
        assert word not in text
    note.write_text(note.read_text().replace('\\"count\\": ', '\\"count\\": 9'))
    assert "9" in note.read_text()
    with opened(clinic) as book:
        assert book.rolled_back == 0


def test_a_computer_that_cannot_be_written_hinders_nobody(
    clinic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "file"))
    with opened(clinic) as book:
        assert book.rolled_back == 0


def test_a_new_data_key_keeps_the_note(clinic: Path, tmp_path: Path) -> None:
    with opened(clinic) as book:
        book.rotate(book.prepare_rotation(PASSPHRASE))
    with opened(clinic) as book:
        assert book.rolled_back == 0
    assert len(list((tmp_path / "computer one" / "stores").iterdir())) == 1


def test_a_forged_end_of_the_chain_in_the_key_file_counts_for_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    Door(folder).set_up(Door.prepare("ada", PASSPHRASE)).close()
    path = folder / KEY_FILE
    assert keyfile.anchor(path, keys.unlock(path, "ada", PASSPHRASE)[0]).count > 0
    keyfile.set_anchor(path, b"another key" * 3, Mark(10_000, "ab"))
    with opened(folder) as book:
        assert book.rolled_back == 0


def test_the_count_that_an_earlier_program_noted_is_believed(clinic: Path, computer) -> None:
    path = clinic / KEY_FILE
    data_key = keys.unlock(path, "ada", PASSPHRASE)[0]
    keyfile.set_anchor(path, data_key, Mark(2, ""))
    computer("two")
    with opened(clinic) as book:
        assert book.rolled_back == 0
    keyfile.set_anchor(path, data_key, Mark(10_000, ""))
    with opened(clinic) as book:
        assert book.rolled_back > 9_000


KEYS_PROGRAM = """
import sys
from pathlib import Path
from quick_keys import quicken
from genoai_desktop.cases import keyfile, keys
from genoai_desktop.cases.audit import Mark
quicken()
path, name = Path(sys.argv[1]), sys.argv[2]
for number in range(15):
    keys.set_user(path, b"k" * 32, f"{name}{number}", keys.Role.COUNSELOR, "correct horse battery")
    keyfile.set_anchor(path, b"k" * 32, Mark(number, "ab"))
"""


def test_two_programs_that_change_the_key_file_at_once_lose_no_user(tmp_path: Path) -> None:
    keys.prepare("ada", PASSPHRASE).write(tmp_path / KEY_FILE)
    command = [sys.executable, "-c", KEYS_PROGRAM, str(tmp_path / KEY_FILE)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    programs = [subprocess.Popen([*command, name], env=environment) for name in ("x", "y", "z")]
    assert [program.wait() for program in programs] == [0, 0, 0]
    assert len(keys.users(tmp_path / KEY_FILE)) == 1 + 3 * 15
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_reasons_can_be_said_in_the_language_of_the_window(store: Store) -> None:
    store._connection.execute("UPDATE audit SET user = 'eve' WHERE number = 2")
    store._connection.execute("UPDATE seal SET count = 9")
    reasons = joined("; ", store.audit_problems())
    with speaking("de", resources() / "translations"):
        said = shown(reasons)
    assert said.split("; ") == [
        "Eintrag 3 schließt nicht an den vorigen an",
        "die Signatur des Endes der Kette ist ungültig",
        "die Kette hat 6 Einträge und ein anderes Ende als die 9, die signiert wurden",
    ]
