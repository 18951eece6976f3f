"""The data key changes as a whole or not at all, whoever pulls the plug."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from genoai_desktop.app.casebook import Casebook, Door
from genoai_desktop.app.casebook.backup import KEY_FILE, STORE_FILE
from genoai_desktop.cases import keys
from genoai_desktop.cases.connection import fits
from genoai_desktop.cases.keys import Role, WrongPassphrase
from genoai_desktop.cases.store import Store
from genoai_desktop.domain.errors import UserError

PASSPHRASE = "correct horse battery"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """New keys cost nothing to derive."""
    monkeypatch.setattr(keys.Wrapped.__init__, "__defaults__", (1, 64, 4))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, bytes]:
    """A store of 20 cases with two users; its recovery key and data key."""
    folder = tmp_path_factory.mktemp("rotation") / "clinic"
    patch = pytest.MonkeyPatch()
    patch.setattr(keys.Wrapped.__init__, "__defaults__", (1, 64, 4))  # unlocks in no time
    prepared = Door.prepare("ada", PASSPHRASE)
    with Door(folder).set_up(prepared) as book:
        book.set_user("cora", Role.COUNSELOR, PASSPHRASE + "c")
        for number in range(20):
            book._worker.call(Store.save, f"c{number}", f"Case {number}", {"text": os.urandom(8000).hex()})
    patch.undo()
    return folder, prepared.recovery, prepared.data_key


@pytest.fixture
def store(made: tuple[Path, str, bytes], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "clinic"))


def whole(book: Casebook) -> None:
    assert len(book.heads()) == 20
    assert not book.damage()
    assert not book.audit_problems()


def test_after_a_change_only_the_new_keys_open(store: Path, made: tuple[Path, str, bytes]) -> None:
    with Door(store).unlock("ada", PASSPHRASE) as book:
        prepared = book.prepare_rotation(PASSPHRASE)
        assert book.rotate(prepared) == ("cora",)
        whole(book)
        book.set_user("cora", Role.COUNSELOR, PASSPHRASE + "new")
    assert not fits(store / STORE_FILE, made[2])
    door = Door(store)
    with pytest.raises(WrongPassphrase):
        door.unlock("cora", PASSPHRASE + "c")
    with pytest.raises(WrongPassphrase):
        door.recover(made[1], "ada", PASSPHRASE + "x")
    with door.recover(prepared.recovery.lower(), "ada", PASSPHRASE + "y") as book:
        whole(book)
    with door.unlock("cora", PASSPHRASE + "new") as book:
        whole(book)
        assert "data key changed" in [entry.detail for entry in book.audit()]


def test_only_administrators_with_their_passphrase(store: Path) -> None:
    with (
        Door(store).unlock("cora", PASSPHRASE + "c") as book,
        pytest.raises(UserError, match="administrators"),
    ):
        book.prepare_rotation(PASSPHRASE + "c")
    with Door(store).unlock("ada", PASSPHRASE) as book, pytest.raises(WrongPassphrase):
        book.prepare_rotation("something else")


def test_a_store_that_is_open_elsewhere_is_left_as_it_is(store: Path) -> None:
    before = json.loads((store / KEY_FILE).read_bytes())
    with Door(store).unlock("ada", PASSPHRASE) as book, Door(store).unlock("cora", PASSPHRASE + "c") as other:
        with pytest.raises(UserError, match=r"(?i)another program"):
            book.rotate(book.prepare_rotation(PASSPHRASE))
        whole(other)
        whole(book)
    after = json.loads((store / KEY_FILE).read_bytes())
    assert (after["keys"], after.get("next")) == (before["keys"], None)


@pytest.mark.parametrize("changed", [False, True])
def test_a_crash_between_store_and_key_file_is_settled(store: Path, changed: bool) -> None:
    with Door(store).unlock("ada", PASSPHRASE) as book:
        prepared = book.prepare_rotation(PASSPHRASE)
        keys.begin_rotation(store / KEY_FILE, prepared)
        if changed:
            book._worker.call(Store.rekey, prepared.data_key)
    door = Door(store)
    if changed:
        with pytest.raises(UserError, match="administrator has to unlock"):
            door.unlock("cora", PASSPHRASE + "c")
    with pytest.raises(WrongPassphrase):
        door.unlock("ada", "wrong passphrase")
    assert keys.rotating(store / KEY_FILE)  # a wrong attempt, which is counted, loses nothing
    with door.unlock("ada", PASSPHRASE) as book:
        whole(book)
    assert not keys.rotating(store / KEY_FILE)
    assert [name for name, _ in keys.users(store / KEY_FILE)] == (["ada"] if changed else ["ada", "cora"])


def test_the_new_recovery_key_settles_as_well(store: Path) -> None:
    with Door(store).unlock("ada", PASSPHRASE) as book:
        prepared = book.prepare_rotation(PASSPHRASE)
        keys.begin_rotation(store / KEY_FILE, prepared)
        book._worker.call(Store.rekey, prepared.data_key)
    with Door(store).recover(prepared.recovery, "ada", PASSPHRASE + "z") as book:
        whole(book)


_ROTATE = """
import sys
from pathlib import Path
from genoai_desktop.app.casebook import Door
book = Door(Path(sys.argv[1])).unlock("ada", sys.argv[2])
prepared = book.prepare_rotation(sys.argv[2])
print("ready", flush=True)
book.rotate(prepared)
print("done", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_killed_at_any_moment(made: tuple[Path, str, bytes], tmp_path: Path) -> None:
    chance = random.Random(6)
    for round_ in range(4):
        folder = Path(shutil.copytree(made[0], tmp_path / f"clinic{round_}"))
        process = subprocess.Popen(
            [sys.executable, "-c", _ROTATE, str(folder), PASSPHRASE],
            stdout=subprocess.PIPE,
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline().strip() == b"ready"
        time.sleep(chance.uniform(0.0, 0.12))  # the moment itself is what is tested
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        process.stdin.close()
        with Door(folder).unlock("ada", PASSPHRASE) as book:
            whole(book)
        assert not keys.rotating(folder / KEY_FILE)
