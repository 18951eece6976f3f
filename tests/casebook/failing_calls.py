"""Every call of an action that reaches the device fails in turn; the store is the old or the new one.

Run by ``test_failing_calls`` with ``failing_device.c`` loaded first: ``failing_calls.py ACTION FOLDER``.
Ends with status 0 and says how many failures it tried where every claim holds.
"""

import ctypes
import errno
import os
import shutil
import signal
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from quick_keys import quicken

from genoai_desktop.app.casebook import Casebook, Door
from genoai_desktop.app.casebook import backup as backup_file
from genoai_desktop.app.casebook.document import of_opening
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.cases import keys
from genoai_desktop.cases.keys import Role, WrongPassphrase
from genoai_desktop.domain.case import Case, Person
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build
from genoai_desktop.knowledge.bundle import Bundle, bundle_serial
from genoai_desktop.knowledge.installed import Installed, open_bundle
from genoai_desktop.knowledge.locations import DATA_VARIABLE, resources

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "packaging"), str(ROOT / "packaging" / "knowledge")]
import build_pack  # noqa: E402
from common import Origin, write_table  # noqa: E402

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ORIGIN = Origin("a test", "2099-01-01", "CC0", "test", description="Made by a test")
PASSPHRASE = "correct horse battery"
NEW = PASSPHRASE + " new"
CASE = Case("Family 12", "p", (Person("p"),), Build.GRCH38)
KILLED = 0
Mode = tuple[int, bool, bool, bool]
MODES: tuple[Mode, ...] = (
    (errno.EIO, True, False, False),
    (errno.EIO, False, True, False),
    (errno.ENOSPC, True, True, False),
    (errno.EIO, True, False, True),
)
"""Error; whether everything after fails as well, half of what was to be written is, reading fails too."""
KILLS: tuple[Mode, ...] = ((KILLED, False, False, False), (KILLED, False, True, False))
"""The program is killed at the call, as by ``kill -9``: before it, or with half of it written."""


@dataclass(frozen=True)
class Device:
    """The folder whose calls fail."""

    library: Any

    def arm(self, after: int, error: int, lasting: bool, torn: bool, reads: bool) -> None:
        self.library.device_arm(after, int(lasting), error, int(torn), int(reads))

    def heal(self) -> int:
        """How many calls there were."""
        return int(self.library.device_heal())


@dataclass(frozen=True)
class Action:
    """``act`` is done with the device failing; ``settled(folder, done)`` says what must hold then.

    ``done``: None where the program said that it does not know.
    """

    act: Callable[[Casebook, Path], object]
    settled: Callable[[Path, bool | None], None]


def keep(book: Casebook, note: str) -> int:
    return book.save(of_opening("u1", CaseRequest(Path("none.vcf")), replace(CASE, indication=note))).version


def opened(place: Path, passphrase: str = PASSPHRASE, user: str = "ada") -> Casebook:
    return Door(place / "clinic").unlock(user, passphrase)


def sound(book: Casebook) -> None:
    found = (book.damage(), book.audit_problems())
    assert found == ([], []), found
    assert book.load("u1", 1).case.indication == "first"
    assert book.rolled_back == 0


def saved(place: Path, done: bool | None) -> None:
    with opened(place) as book:
        sound(book)
        versions = [number for number, _, _ in book.versions("u1")]
        assert versions in ([1, 2], [1]), versions
        assert not done or versions == [1, 2]
        assert book.load("u1").case.indication == ("second" if versions == [1, 2] else "first")


def attached(place: Path, done: bool | None) -> None:
    with opened(place) as book:
        sound(book)
        kept = book.attachments("u1")
        assert len(kept) in ((1,) if done else (0, 1))
        assert all(book.attachment(one.attachment_id) == b"x" * 30_000 for one in kept)


def deleted(place: Path, done: bool | None) -> None:
    with opened(place) as book:
        assert book.damage() == []
        assert book.audit_problems() == []
        assert len(book.heads()) in ((0,) if done else (0, 1))


def unharmed(place: Path, _done: bool | None) -> None:
    with opened(place) as book:
        sound(book)


def backed_up(place: Path, done: bool | None) -> None:
    unharmed(place, done)
    target = place / "store.backup"
    assert target.exists() or not done
    if target.exists():
        backup_file.restore(target, place / "restored", "ada", PASSPHRASE)
        with Door(place / "restored").unlock("ada", PASSPHRASE) as book:
            assert book.load("u1").case.indication == "first"
    left = [path for path in place.iterdir() if path.name.startswith(".")]  # what could not be deleted
    assert not any(b"Family 12" in path.read_bytes() for path in left)


def restored(place: Path, done: bool | None) -> None:
    unharmed(place, done)
    folder = place / "again"
    both = [(folder / name).exists() for name in (backup_file.STORE_FILE, backup_file.KEY_FILE)]
    if done or all(both):
        with Door(folder).unlock("ada", PASSPHRASE) as book:
            sound(book)
    else:
        assert not both[1], "without a store the folder counts as one"


def passphrase_changed(place: Path, done: bool | None) -> None:
    works = []
    for passphrase in (PASSPHRASE, NEW):
        try:
            with opened(place, passphrase) as book:
                sound(book)
            works.append(passphrase)
        except WrongPassphrase:
            continue
    assert works in ([[NEW], [PASSPHRASE]] if done is None else [[NEW if done else PASSPHRASE]]), (
        done,
        works,
    )


def user_added(place: Path, done: bool | None) -> None:
    unharmed(place, done)
    names = [name for name, _ in keys.users(place / "clinic" / backup_file.KEY_FILE)]
    assert done is None or names == (["ada", "cora"] if done else ["ada"]), (done, names)


def rotated(place: Path, done: bool | None) -> None:
    with opened(place) as book:
        sound(book)
    assert not keys.rotating(place / "clinic" / backup_file.KEY_FILE)


def exported(place: Path, done: bool | None) -> None:
    unharmed(place, done)
    target = place / "audit.csv"
    assert target.exists() or not done
    if target.exists():
        assert target.read_text().count("\n") > 3
    assert done is not False or not target.exists()


def recovered(place: Path, done: bool | None) -> None:
    """The recovery key that was printed opens the store where no new one was handed out."""
    printed = (place / "recovery").read_text()
    if done is False:
        assert len(keys.unlock_with_recovery(place / "clinic" / backup_file.KEY_FILE, printed)) == 32
    unharmed(place, done)


def pack_installed(place: Path, done: bool | None) -> None:
    """The pack is in use as a whole or not at all, and its neighbours as before."""
    home = Installed(place / "data")
    bundle = open_bundle(place / "data")
    assert len(home.serials) in ((2,) if done else (1,) if done is False else (1, 2))
    assert bundle.table("repeats")["serial"].to_list() == [home.serials[-1]]
    assert bundle.tables["genes"] == Bundle().tables["genes"]
    unharmed(place, done)


def pack_taken_back(place: Path, done: bool | None) -> None:
    home = Installed(place / "data")
    open_bundle(place / "data")
    assert len(home.serials) in ((0,) if done else (1,) if done is False else (0, 1))
    unharmed(place, done)


ACTIONS = {
    "save": Action(lambda book, _: keep(book, "second"), saved),
    "attach": Action(lambda book, _: book.attach_data("u1", "a.bin", b"x" * 30_000), attached),
    "delete": Action(lambda book, _: book.delete("u1"), deleted),
    "setting": Action(lambda book, _: book.set_setting("letterhead", {"clinic": "x" * 9_000}), unharmed),
    "backup": Action(lambda book, place: book.backup(place / "store.backup"), backed_up),
    "restore": Action(
        lambda _, place: backup_file.restore(place.parent / "backup", place / "again", "ada", PASSPHRASE),
        restored,
    ),
    "passphrase": Action(lambda book, _: book.change_passphrase(PASSPHRASE, NEW), passphrase_changed),
    "user": Action(lambda book, _: book.set_user("cora", Role.COUNSELOR, NEW), user_added),
    "recovery": Action(lambda book, _: book.renew_recovery(), recovered),
    "rotate": Action(lambda book, _: book.rotate(book.prepare_rotation(PASSPHRASE)), rotated),
    "export": Action(lambda book, place: book.export_audit(book.audit(), place / "audit.csv"), exported),
    "close": Action(lambda book, _: book.close(), unharmed),
    "install pack": Action(lambda _, place: Installed().install(place.parent / "2.genopack"), pack_installed),
    "take pack back": Action(lambda *_: Installed().roll_back(), pack_taken_back),
    "open": Action(lambda _, place: opened(place).close(), unharmed),
}


def prepared(folder: Path) -> Path:
    """A store with one case, its recovery key beside it, and a backup of it."""
    place = folder / "made"
    os.environ[DATA_VARIABLE] = str(place / "data")
    made = Door.prepare("ada", PASSPHRASE)
    with Door(place / "clinic").set_up(made) as book:
        keep(book, "first")
        book.backup(folder / "backup")
    (place / "recovery").write_text(made.recovery)
    home = Installed(place / "data")
    home.trust(publishers_key(folder))
    first, _second = (pack(folder, number) for number in (1, 2))
    home.install(first)
    return place


def publishers_key(folder: Path) -> Path:
    path = folder / "publisher.pem"
    path.write_bytes(KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return path


def pack(folder: Path, number: int) -> Path:
    """A signed pack with one small table."""
    serial = bundle_serial(resources() / "knowledge") + number
    tables = folder / f"tables {number}"
    write_table("repeats", pl.DataFrame({"serial": [serial]}), ORIGIN, tables)
    path = folder / f"{number}.genopack"
    build_pack.write_pack(tables, build_pack.described(tables, "Test pack", serial, KEY), KEY, path)
    return path


def once(action: Action, place: Path, device: Device, after: int, mode: Mode) -> bool:
    """Do it with the ``after``-th call failing; False when the action makes fewer calls than that."""
    book = opened(place)
    done: bool | None = False
    device.arm(after, *mode)
    try:
        action.act(book, place)
        done = True
    except UserError as error:
        done = None if error.code == "store.unknown" else False
    finally:
        calls = device.heal()
    with suppress(UserError):
        book.close()
    action.settled(place, done)
    return calls > after


def killed(action: Action, place: Path, device: Device, after: int, mode: Mode) -> bool:
    """The same in a program of its own, which is killed at that call."""
    child = os.fork()
    if child == 0:
        book = opened(place)
        device.arm(after, *mode)
        with suppress(UserError):
            action.act(book, place)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert status == 0 or os.WTERMSIG(status) == signal.SIGKILL, status
    action.settled(place, None)
    return status != 0


def main() -> None:
    # Threads of libraries that only wait: a child that would hang on one of them would be seen by the test.
    warnings.filterwarnings("ignore", ".*multi-threaded, use of fork", DeprecationWarning)
    quicken()
    action, folder = ACTIONS[sys.argv[1]], Path(sys.argv[2])
    device = Device(ctypes.CDLL(None))
    made = prepared(folder)
    place, tried = folder / "device", 0
    device.library.device_at(str(place).encode())
    for mode in (*MODES, *KILLS):
        attempt = killed if mode[0] == KILLED else once
        after, goes_on = 0, True
        while goes_on:
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(made, place)
            os.environ[DATA_VARIABLE] = str(place / "data")
            try:
                goes_on = attempt(action, place, device, after, mode)
            except BaseException:
                sys.stderr.write(f"call {after} failing with {mode}\n")
                raise
            after, tried = after + 1, tried + goes_on
    sys.stdout.write(str(tried))


if __name__ == "__main__":
    main()
