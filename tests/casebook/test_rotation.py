"""The data key changes as a whole or not at all, whoever pulls the plug."""

import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from quick_keys import quickened

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from looks import Looks, faults

from genoai_desktop.app.casebook import Casebook, Door
from genoai_desktop.app.casebook.backup import KEY_FILE, STORE_FILE
from genoai_desktop.cases import keys
from genoai_desktop.cases.connection import connect, fits
from genoai_desktop.cases.keys import Role, WrongPassphrase
from genoai_desktop.cases.store import Store
from genoai_desktop.domain.errors import Cancelled, UserError

PASSPHRASE = "correct horse battery"


pytestmark = pytest.mark.usefixtures("quick_keys")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, bytes]:
    """A store of 20 cases with two users; its recovery key and data key."""
    folder = tmp_path_factory.mktemp("rotation") / "clinic"
    with quickened():
        prepared = Door.prepare("ada", PASSPHRASE)
    with quickened(), Door(folder).set_up(prepared) as book:
        book.set_user("cora", Role.COUNSELOR, PASSPHRASE + "c")
        for number in range(20):
            book._worker.call(Store.save, f"c{number}", f"Case {number}", {"text": os.urandom(8000).hex()})
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
        told = [entry for entry in book.audit() if entry.detail.startswith("data key changed")]
        assert len(told) == changed
    assert not keys.rotating(store / KEY_FILE)
    assert [name for name, _ in keys.users(store / KEY_FILE)] == (["ada"] if changed else ["ada", "cora"])


def test_the_new_recovery_key_settles_as_well(store: Path) -> None:
    with Door(store).unlock("ada", PASSPHRASE) as book:
        prepared = book.prepare_rotation(PASSPHRASE)
        keys.begin_rotation(store / KEY_FILE, prepared)
        book._worker.call(Store.rekey, prepared.data_key)
    with Door(store).recover(prepared.recovery, "ada", PASSPHRASE + "z") as book:
        whole(book)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm"))}


def test_stopped_at_any_look_the_old_keys_hold_and_nothing_is_left(
    store: Path, made: tuple[Path, str, bytes], tmp_path: Path
) -> None:
    other = Path(shutil.copytree(store, tmp_path / "other"))
    with Door(other).unlock("ada", PASSPHRASE) as book:
        looks = Looks()
        book.rotate(book.prepare_rotation(PASSPHRASE), looks)
    assert not faults(looks.reports)
    chosen = sorted({1, 2, looks.count, *random.Random(5).sample(range(3, looks.count), 6)})
    with Door(store).unlock("ada", PASSPHRASE) as book:
        before = names(store)
        for number in chosen:
            with pytest.raises(Cancelled):
                book.rotate(book.prepare_rotation(PASSPHRASE), Looks(number))
            assert names(store) == before
            assert fits(store / STORE_FILE, made[2])
            assert not keys.rotating(store / KEY_FILE)
        whole(book)
        book.rotate(book.prepare_rotation(PASSPHRASE))
    assert not fits(store / STORE_FILE, made[2])


def test_nobody_can_open_the_store_while_it_is_copied(store: Path, made: tuple[Path, str, bytes]) -> None:
    answers = []

    class Others(Looks):
        def check(self) -> None:
            if not answers:
                asked = subprocess.run(
                    [sys.executable, "-c", _OPEN, str(store / STORE_FILE), made[2].hex()],
                    capture_output=True,
                    text=True,
                    check=True,
                )
                answers.append(asked.stdout)
            super().check()

    with Door(store).unlock("ada", PASSPHRASE) as book:
        book.rotate(book.prepare_rotation(PASSPHRASE), Others())
        whole(book)
    assert "Another program is writing" in answers[0]


def test_who_waits_for_the_store_while_it_is_replaced_never_gets_the_old_file(
    store: Path, made: tuple[Path, str, bytes]
) -> None:
    """The opened file, the new log beside it: the two together would be written over each other."""
    found: list[object] = []

    def open_late() -> None:
        try:
            late = connect(store / STORE_FILE, made[2])
            found.append(late.execute("DELETE FROM case_head").fetchall())
        except UserError as error:
            found.append(error.what)

    late = threading.Thread(target=open_late)

    class LastLook(Looks):
        def report(self, label: str, fraction: float | None) -> None:
            if fraction is not None and fraction > 0.9 and late.ident is None:
                late.start()
                wait_until(lambda: not_free(store))

    with Door(store).unlock("ada", PASSPHRASE) as book:
        book.rotate(book.prepare_rotation(PASSPHRASE), LastLook())
        book._worker.call(Store.save, "n", "After the change", {"n": 1})
        late.join()
        assert len(book.heads()) == 21
        assert not book.damage()
    assert found == ["Another program is writing to the store."]


def not_free(folder: Path) -> bool:
    """Whether somebody is about to open the store in it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def wait_until(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < ends
        threading.Event().wait(0.001)


def test_no_key_is_written_anew_before_a_change_is_settled(store: Path) -> None:
    with Door(store).unlock("ada", PASSPHRASE) as book:
        keys.begin_rotation(store / KEY_FILE, book.prepare_rotation(PASSPHRASE))
        before = (store / KEY_FILE).read_bytes()
        for change in (
            lambda: book.set_user("eve", Role.COUNSELOR, PASSPHRASE + "e"),
            lambda: book.remove_user("cora"),
            book.renew_recovery,
            lambda: keys.begin_rotation(store / KEY_FILE, keys.prepare("ada", PASSPHRASE)),
        ):
            with pytest.raises(UserError, match="not settled"):
                change()
        assert (store / KEY_FILE).read_bytes() == before


_OPEN = """
import sys
from pathlib import Path
from genoai_desktop.cases.connection import connect
from genoai_desktop.domain.errors import UserError
try:
    connect(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
except UserError as error:
    print(error)
"""
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
        time.sleep(chance.uniform(0.0, 0.4))  # the moment itself is what is tested
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        process.stdin.close()
        with Door(folder).unlock("ada", PASSPHRASE) as book:
            whole(book)
        assert not keys.rotating(folder / KEY_FILE)
        assert not list(folder.glob(".*")), "a copy that a killed program left"
