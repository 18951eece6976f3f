"""What a killed program left of its unfinished work is deleted at the next unlocking, and nothing else."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from genoai_desktop.app.casebook import Door
from genoai_desktop.app.casebook.backup import unfinished
from genoai_desktop.cases.leftovers import NOTE

PASSPHRASE = "correct horse battery"
OURS = (".0123456789abcdef.part", ".0123456789abcdef.copy", ".0123456789abcdef.copy-journal")
OTHERS = (".abc.part", "0123456789abcdef.part", ".0123456789abcdef.pdf", ".0123456789ABCDEF.copy", "a.copy")


@pytest.fixture
def clinic(tmp_path: Path, quick_keys: None) -> Path:
    with Door(tmp_path / "clinic").set_up(Door.prepare("ada", PASSPHRASE)):
        pass
    for name in (*OURS, *OTHERS):
        (tmp_path / "clinic" / name).write_bytes(b"half")
    trial = tmp_path / "clinic" / ".fedcba9876543210"
    trial.mkdir()
    (trial / "clinic.genoai").write_bytes(b"half")
    return tmp_path / "clinic"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith("clinic.")}


def test_only_our_own_names_are_deleted(clinic: Path) -> None:
    with Door(clinic).unlock("ada", PASSPHRASE) as book:
        assert names(clinic) == set(OTHERS)
        assert not book.audit_problems()


def test_a_link_of_such_a_name_is_no_leftover(clinic: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (clinic / ".00000000000000ff").symlink_to(tmp_path / "precious")
    with Door(clinic).unlock("ada", PASSPHRASE):
        assert names(clinic) == {*OTHERS, ".00000000000000ff"}
        assert (tmp_path / "precious").is_dir()


_HOLD = """
import sys
from pathlib import Path
from genoai_desktop.app.casebook import Door
with Door(Path(sys.argv[1])).unlock("ada", sys.argv[2]):
    (Path(sys.argv[1]) / ".0000000000000001.copy").write_bytes(b"at work")
    print("open", flush=True)
    sys.stdin.read()
"""


def test_while_another_program_has_the_store_open_nothing_is_deleted(clinic: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(clinic), PASSPHRASE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline().strip() == b"open"
        with Door(clinic).unlock("ada", PASSPHRASE):
            assert ".0000000000000001.copy" in names(clinic)
        other.stdin.close()
    with Door(clinic).unlock("ada", PASSPHRASE):
        assert names(clinic) == set(OTHERS)


_BACK_UP = """
import os, signal, sys
from pathlib import Path
from genoai_desktop.app.casebook import Door
from genoai_desktop.domain.context import Silent
class Killed(Silent):
    def report(self, label, fraction):
        if fraction and fraction > float(sys.argv[4]):
            os.kill(os.getpid(), signal.SIGKILL)
book = Door(Path(sys.argv[1])).unlock("ada", sys.argv[2])
book.backup(Path(sys.argv[3]), Killed())
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
@pytest.mark.parametrize("share", ["0.1", "0.8"])
def test_a_backup_that_was_killed_elsewhere_leaves_nothing(clinic: Path, tmp_path: Path, share: str) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    arguments = [str(clinic), PASSPHRASE, str(stick / "b.backup"), share]
    killed = subprocess.run([sys.executable, "-c", _BACK_UP, *arguments], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert names(stick)
    away = stick.rename(tmp_path / "away")
    with Door(clinic).unlock("ada", PASSPHRASE) as book:
        assert names(away)
        book.backup(tmp_path / "other.backup")
    away.rename(stick)  # the device is there again
    with Door(clinic).unlock("ada", PASSPHRASE) as book:
        assert names(stick) == set()
        book.backup(stick / "b.backup")
        assert names(stick) == {"b.backup"}


def test_what_cannot_be_deleted_elsewhere_is_deleted_the_next_time(
    clinic: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    left = [path.absolute() for path in unfinished(stick / "b.backup")]
    with Door(clinic).unlock("ada", PASSPHRASE) as book:
        book.set_setting(NOTE, [str(path) for path in left], audited=False)
    for path in left:
        path.write_bytes(b"half")

    def refused(_path: Path, missing_ok: bool = False) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refused)
        Door(clinic).unlock("ada", PASSPHRASE).close()
    assert names(stick) == {path.name for path in left}
    with Door(clinic).unlock("ada", PASSPHRASE) as book:
        assert names(stick) == set()
        assert book.setting(NOTE) is None
