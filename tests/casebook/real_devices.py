"""What happens to a store on a device that fills up, turns read-only or is pulled out.

Run by ``test_real_devices`` in a mount namespace of its own: ``real_devices.py SCENARIO FOLDER`` where FOLDER
is a freshly mounted small file system. Ends with status 0 where every claim holds.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from quick_keys import quicken

from genoai_desktop.app.casebook import Casebook, Door
from genoai_desktop.app.casebook.document import of_opening
from genoai_desktop.app.request import CaseRequest
from genoai_desktop.app.tables import write_bytes
from genoai_desktop.cases import keys
from genoai_desktop.domain.case import Case, Person
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build

PASSPHRASE = "correct horse battery"


def case(note: str = "") -> Case:
    return Case("Family 12", "p", (Person("p"),), Build.GRCH38, indication=note)


def keep(book: Casebook, uid: str, note: str) -> int:
    return book.save(of_opening(uid, CaseRequest(Path("family.vcf")), case(note))).version


def sound(book: Casebook, uid: str, acknowledged: int) -> None:
    assert len(book.versions(uid)) >= acknowledged
    assert book.damage() == []
    assert book.audit_problems() == []


def set_up(place: Path) -> Casebook:
    return Door(place / "clinic").set_up(Door.prepare("ada", PASSPHRASE))


def full(place: Path) -> None:
    """No room: all that writes refuses in words, leaves no half file, and goes on once there is room."""
    book = set_up(place)
    acknowledged = keep(book, "u1", "first")
    room, filler = place / "room", place / "filler"
    room.write_bytes(b"x" * 2_500_000)
    with pytest.raises(UserError) as refused:  # noqa: PT012 - until the device is full
        for number in range(10_000):
            acknowledged = keep(book, "u1", f"{number} " + os.urandom(20_000).hex())
    assert "disk is full" in str(refused.value)
    taken_up(filler)
    before = sorted(path.name for path in place.iterdir())
    key_file = (place / "clinic" / "clinic.keys").read_bytes()
    attempts: tuple[Callable[[], object], ...] = (
        lambda: keep(book, "u1", "again " + os.urandom(9_000).hex()),
        lambda: book.attach_data("u1", "a.bin", os.urandom(200_000)),
        lambda: book.backup(place / "store.backup"),
        lambda: book.export_audit(book.audit(), place / "audit.csv"),
        lambda: write_bytes(os.urandom(100_000), place / "report.pdf"),
        lambda: book.change_passphrase(PASSPHRASE, "another long phrase"),
    )
    for attempt in attempts:
        with pytest.raises(UserError):
            attempt()
        assert sorted(path.name for path in place.iterdir()) == before
    assert (place / "clinic" / "clinic.keys").read_bytes() == key_file
    room.unlink()
    filler.unlink()
    acknowledged = keep(book, "u1", "there is room again")
    sound(book, "u1", acknowledged)
    book.close()
    with Door(place / "clinic").unlock("ada", PASSPHRASE) as again:
        sound(again, "u1", acknowledged)
        assert again.load("u1").case.indication == "there is room again"


def no_room_for_a_copy(place: Path) -> None:
    """The key file has room, the store under a new key has none: the old key holds, nothing is left over."""
    book = set_up(place)
    (place / "room").write_bytes(b"x" * 500_000)
    keep(book, "u1", "large " + os.urandom(200_000).hex())
    book.close()  # empties the log, which takes as much room
    book = Door(place / "clinic").unlock("ada", PASSPHRASE)
    filler = place / "filler"
    taken_up(filler)
    (place / "room").unlink()
    with pytest.raises(UserError, match="disk is full"):
        book.rotate(book.prepare_rotation(PASSPHRASE))
    assert not list((place / "clinic").glob(".*"))
    assert not keys.rotating(place / "clinic" / "clinic.keys")
    filler.unlink()
    acknowledged = keep(book, "u1", "still under the old key")
    book.close()
    with Door(place / "clinic").unlock("ada", PASSPHRASE) as again:
        sound(again, "u1", acknowledged)
        again.rotate(again.prepare_rotation(PASSPHRASE))
    with Door(place / "clinic").unlock("ada", PASSPHRASE) as last:
        sound(last, "u1", acknowledged)


def taken_up(path: Path) -> None:
    """Take up what is left of the device."""
    with suppress(OSError), path.open("wb", buffering=0) as handle:
        while handle.write(b"x" * 4096):
            pass


def remount(place: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(place)], check=True)


def read_only(place: Path) -> None:
    """Locked against writing: said so, nothing lost, and it goes on when it can be written again."""
    book = set_up(place)
    acknowledged = keep(book, "u1", "first")
    book.close()
    remount(place, "ro")
    with pytest.raises(UserError, match="read-only"):
        Door(place / "clinic").unlock("ada", PASSPHRASE)
    with pytest.raises(UserError):
        Door(place / "other").set_up(Door.prepare("ada", PASSPHRASE))
    remount(place, "rw")
    with Door(place / "clinic").unlock("ada", PASSPHRASE) as again:
        sound(again, "u1", acknowledged)
        assert keep(again, "u1", "second") == acknowledged + 1


def pulled(place: Path) -> None:
    """The stick is gone while the store is open: no change is called saved; with it back all is there."""
    inner = place / "stick"
    inner.mkdir()
    subprocess.run(["mount", "--bind", str(place / "stick"), str(inner)], check=True)
    behind = place / "behind"
    behind.mkdir()
    subprocess.run(["mount", "--bind", str(inner), str(behind)], check=True)
    book = set_up(inner)
    acknowledged = keep(book, "u1", "first")
    hidden = place / "empty"
    hidden.mkdir()
    subprocess.run(["mount", "--bind", str(hidden), str(inner)], check=True)
    with pytest.raises(UserError, match="not where it was"):
        keep(book, "u1", "into the void")
    with pytest.raises(UserError):
        book.load("u1")
    subprocess.run(["umount", str(inner)], check=True)
    assert keep(book, "u1", "back") == acknowledged + 1
    sound(book, "u1", acknowledged + 1)
    book.close()


if __name__ == "__main__":
    quicken()
    scenarios = (full, no_room_for_a_copy, read_only, pulled)
    {one.__name__: one for one in scenarios}[sys.argv[1]](Path(sys.argv[2]))
