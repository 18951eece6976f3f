"""A device that fails after N bytes, for N through a whole save: the store stays whole, nothing is lost.

As in KeePassXC's tests, but for the real file under SQLCipher: a child process writes with a limit on
the size of files (``RLIMIT_FSIZE``), so that the operating system itself refuses the next byte.
"""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from genoai_desktop.cases import keys
from genoai_desktop.cases.durable import replace_file
from genoai_desktop.cases.store import Store
from genoai_desktop.domain.errors import UserError

WRITER = """
import resource, signal, sys
from pathlib import Path
from genoai_desktop.cases.store import Store
from genoai_desktop.domain.errors import UserError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path, key = Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline())
for line in sys.stdin:
    limit = int(line)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    saved = 0
    try:
        with Store(path, key, "ada") as store:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            try:
                for number in range(3):
                    version = store.save("c1", "a", {"n": 0, "filler": "x" * 30000})
                    saved = version
            except UserError as error:
                print("refused", error.code, flush=True)
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except UserError as error:
        print("refused", error.code, flush=True)
    print("saved", saved, flush=True)
"""


def test_no_step_at_which_the_device_fails_harms_the_store(tmp_path: Path) -> None:
    path, data_key = tmp_path / "s", b"k" * 32
    with Store(path, data_key, "ada") as store:
        store.save("c1", "a", {"n": 1})
    limits = [*range(0, 160_000, 3_001)]
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdin.write(data_key.hex() + "\n")
        acknowledged, refused = 1, 0
        for limit in limits:
            writer.stdin.write(f"{limit}\n")
            writer.stdin.flush()
            while (line := writer.stdout.readline().split())[0] == "refused":
                assert line[1] == "store.refused"
                refused += 1
            acknowledged = max(acknowledged, int(line[1]))
            with Store(path, data_key, "ada") as store:
                assert store.damage() == []
                assert len(store.versions("c1")) >= acknowledged
                assert store.audit_problems() == []
        writer.stdin.close()
    assert refused > len(limits) // 3


@pytest.mark.parametrize("limit", [0, 1, 100, 400])
def test_a_key_file_is_written_whole_or_not_at_all(tmp_path: Path, limit: int) -> None:
    import signal

    path = tmp_path / "keys"
    replace_file(path, b"old" * 100)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
        with pytest.raises(UserError, match="cannot be written"):
            replace_file(path, b"new" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_bytes() == b"old" * 100
    assert [child.name for child in tmp_path.iterdir()] == ["keys"]


def test_a_read_only_store_is_refused_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with Store(path, b"k" * 32, "ada") as store:
        store.save("c1", "a", {"n": 1})
        store._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(UserError, match="read-only"):
            store.save("c1", "a", {"n": 2})
        store._connection.execute("PRAGMA query_only = OFF")
        assert store.load("c1") == {"n": 1}


def test_a_backup_that_does_not_fit_leaves_no_file(tmp_path: Path) -> None:
    import signal

    with Store(tmp_path / "s", b"k" * 32, "ada") as store:
        store.save("c1", "a", {"filler": "x" * 300_000})
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
            with pytest.raises(UserError):
                store.backup(tmp_path / "backup")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, handler)
        assert not list(tmp_path.glob("backup*"))
        store.backup(tmp_path / "backup")


def test_a_key_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("[]")
    with pytest.raises(UserError, match="key file"):
        keys.users(tmp_path / "keys")


def test_a_page_that_a_crash_broke_off_is_no_damage_while_the_log_has_it(tmp_path: Path) -> None:
    path, key = tmp_path / "s", b"k" * 32
    with Store(path, key, "ada") as store:
        store.save("c1", "a", {"filler": "x" * 30_000})
        before = path.read_bytes()
        page = bytearray(before[-4096:])
        page[:2048] = bytes(2048)
        path.write_bytes(before[:-4096] + page)  # it is in the log, which was not emptied yet
        assert store.damage() == []
        assert store.load("c1") == {"filler": "x" * 30_000}


def test_a_restored_store_whose_log_could_not_be_emptied_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick_keys: None
) -> None:
    from genoai_desktop.app.casebook import Door, backup, is_store

    with Door(tmp_path / "clinic").set_up(Door.prepare("ada", "correct horse battery")) as book:
        book.backup(tmp_path / "backup")
    real = Store.close

    def left_over(store: Store) -> None:
        real(store)
        store.path.with_name(store.path.name + "-wal").write_bytes(b"not in the file yet")

    monkeypatch.setattr(Store, "close", left_over)
    with pytest.raises(UserError, match="cannot be restored"):
        backup.restore(tmp_path / "backup", tmp_path / "again", "ada", "correct horse battery")
    assert not is_store(tmp_path / "again")
