"""Update packs: signed, whole, newer, from a trusted publisher, or refused; and the way back."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packs_made import BASE, KEY, ORIGIN, OTHER, build_pack, make, pem, rewritten, write_table

from genoai_desktop.cli.main import main
from genoai_desktop.domain import durable
from genoai_desktop.domain.errors import KnowledgeError, UserError
from genoai_desktop.knowledge.bundle import Bundle
from genoai_desktop.knowledge.installed import Installed, open_bundle
from genoai_desktop.knowledge.packs import PackFile, changes


@pytest.fixture
def installed(tmp_path: Path) -> Installed:
    """A machine that trusts KEY and has no pack yet."""
    home = Installed(tmp_path / "data")
    home.trust(pem(KEY, tmp_path / "publisher.pem"))
    return home


def test_a_pack_replaces_its_tables_alone_and_can_be_taken_back(installed: Installed, tmp_path: Path) -> None:
    first = make(tmp_path, BASE + 1)
    with PackFile(first, installed.trusted) as pack:
        (change,) = changes(pack.info, open_bundle(installed.home))
    assert (change.table, change.new_release, change.new_rows) == ("repeats", "2099-01-01", 1)
    assert change.old_rows == Bundle().tables["repeats"].rows
    installed.install(first)
    installed.install(make(tmp_path, BASE + 2))
    bundle = open_bundle(installed.home)
    assert bundle.table("repeats")["serial"].to_list() == [BASE + 2]
    assert bundle.tables["genes"] == Bundle().tables["genes"]
    assert not bundle.verify()
    assert installed.roll_back().serial == BASE + 2
    assert open_bundle(installed.home).table("repeats")["serial"].to_list() == [BASE + 1]
    installed.roll_back()
    assert open_bundle(installed.home).tables == Bundle().tables
    with pytest.raises(UserError, match="No update pack"):
        installed.roll_back()


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    assert make(tmp_path, BASE + 1).read_bytes() == make(tmp_path, BASE + 1).read_bytes()


def test_an_older_pack_is_refused(installed: Installed, tmp_path: Path) -> None:
    installed.install(make(tmp_path, BASE + 5))
    for serial in (BASE, BASE + 4, BASE + 5):
        with pytest.raises(UserError, match="not newer"):
            installed.install(make(tmp_path, serial))
    assert installed.serials == (BASE + 5,)


def test_a_pack_for_a_later_program_is_refused(installed: Installed, tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    write_table("repeats", pl.DataFrame({"a": [1]}), ORIGIN, tables)
    info = build_pack.described(tables, "Test", BASE + 1, KEY)
    later = build_pack.PackInfo(info.name, info.serial, "", "99.0", info.publisher, info.tables)
    build_pack.write_pack(tables, later, KEY, tmp_path / "p")
    with pytest.raises(UserError, match="program version 99"):
        installed.install(tmp_path / "p")


def test_a_foreign_pack_is_refused_until_its_publisher_is_trusted(
    installed: Installed, tmp_path: Path
) -> None:
    foreign = make(tmp_path, BASE + 1, key=OTHER)
    with pytest.raises(UserError, match="not trusted"):
        installed.install(foreign)
    installed.trust(pem(OTHER, tmp_path / "other.pem"))
    assert installed.install(foreign).serial == BASE + 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda name, data: data.replace(b"CC0", b"CC1") if name == "pack.json" else data, "changed after"),
        (lambda name, data: data[:-1] + b"!" if name.startswith("tables/") else data, "damaged"),
        (lambda name, data: None if name.startswith("tables/") else data, "not the ones"),
        (lambda name, data: bytes(64) if name == "pack.sig" else data, "changed after"),
        (lambda name, data: None if name == "pack.sig" else data, "not complete"),
        (lambda name, data: b"{}" if name == "pack.json" else data, "not an update pack"),
    ],
)
def test_a_tampered_pack_is_refused(
    installed: Installed, tmp_path: Path, change: Callable[[str, bytes], bytes | None], words: str
) -> None:
    pack = rewritten(make(tmp_path, BASE + 1), tmp_path / "bad", change)
    with pytest.raises(UserError, match=words):
        installed.install(pack)
    assert installed.serials == ()


def test_an_added_file_is_refused(installed: Installed, tmp_path: Path) -> None:
    pack = make(tmp_path, BASE + 1)
    with zipfile.ZipFile(pack, "a") as archive:
        archive.writestr("tables/../../evil", b"x")
    with pytest.raises(UserError, match="not the ones"):
        installed.install(pack)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_no_truncated_or_flipped_pack_is_ever_taken(
    installed: Installed, tmp_path: Path, data: st.DataObject
) -> None:
    whole = make(tmp_path, BASE + 1).read_bytes()
    cut = data.draw(st.integers(0, len(whole) - 1))
    bad = bytearray(whole[:cut]) if data.draw(st.booleans()) else bytearray(whole)
    if len(bad) == len(whole):
        bad[cut] ^= data.draw(st.integers(1, 255))
    path = tmp_path / "bad"
    path.write_bytes(bad)
    try:
        with PackFile(path, installed.trusted) as pack:
            # A flipped bit of the ZIP's own dates or attributes changes nothing that is used.
            assert pack.info == PackFile(make(tmp_path, BASE + 1), installed.trusted).info
    except UserError:
        pass


def test_a_pack_that_claims_to_be_encrypted_is_refused(installed: Installed, tmp_path: Path) -> None:
    pack = make(tmp_path, BASE + 1)
    data = bytearray(pack.read_bytes())
    data[6] |= 1  # the flag of the first entry, in its own header ...
    data[data.index(b"PK\x01\x02") + 8] |= 1  # ... and in the directory
    pack.write_bytes(data)
    with pytest.raises(UserError, match="not complete"):
        installed.install(pack)


def test_a_killed_installation_leaves_what_was(
    installed: Installed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed.install(make(tmp_path, BASE + 1))
    real, written = durable.replace_file, []

    def fail(path: Path, data: bytes) -> None:
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        written.append(path)
        real(path, data)

    monkeypatch.setattr("genoai_desktop.knowledge.installed.replace_file", fail)
    with pytest.raises(UserError, match="disk could not be written"):
        installed.install(make(tmp_path, BASE + 2))
    assert installed.serials == (BASE + 1,)
    assert not open_bundle(installed.home).verify()
    assert not list((installed.home / "packs").glob(".*"))


def test_an_installed_pack_that_was_changed_is_not_used(installed: Installed, tmp_path: Path) -> None:
    installed.install(make(tmp_path, BASE + 1))
    manifest = installed.home / "packs" / str(BASE + 1) / "manifest.json"
    manifest.write_text(manifest.read_text().replace("CC0", "CC1"))
    with pytest.raises(KnowledgeError, match="damaged or was changed"):
        open_bundle(installed.home)
    installed.roll_back()
    assert not open_bundle(installed.home).verify()


def test_the_program_overtakes_an_older_pack(installed: Installed) -> None:
    (installed.home / "packs").mkdir()
    (installed.home / "packs" / "state.json").write_text(json.dumps({"in_use": [BASE - 1]}))
    assert installed.serials == ()


def test_the_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GENOAI_DATA", str(tmp_path / "data"))
    pack = str(make(tmp_path, BASE + 1))
    assert main(["knowledge", "install", pack]) == 2
    assert "not trusted" in capsys.readouterr().err
    assert main(["knowledge", "trust", str(pem(KEY, tmp_path / "key.pem"))]) == 0
    assert main(["knowledge", "install", pack, "--dry-run"]) == 0
    assert "2099-01-01" in capsys.readouterr().out
    assert Installed().serials == ()
    assert main(["knowledge", "install", pack]) == 0
    assert main(["knowledge", "list"]) == 0
    assert "2099-01-01" in capsys.readouterr().out
    assert main(["knowledge", "verify"]) == 0
    assert main(["knowledge", "install", pack]) == 2
    assert main(["knowledge", "rollback"]) == 0
    assert main(["knowledge", "rollback"]) == 2
