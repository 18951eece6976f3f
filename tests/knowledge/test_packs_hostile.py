# ruff: noqa: F401, F811 - the machine that trusts KEY, a fixture
"""Packs made to harm: bombs, paths that lead out, links, and what a publisher should not have signed."""

import hashlib
import stat
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, str(Path(__file__).parent))
from test_packs import BASE, KEY, installed, make

from genoai_desktop import __version__
from genoai_desktop.domain.errors import UserError
from genoai_desktop.knowledge.bundle import Bundle, TableInfo
from genoai_desktop.knowledge.installed import Installed, open_bundle
from genoai_desktop.knowledge.packs import PackFile, PackInfo, document_of, fingerprint, signed_bytes

BOMB = 300_000_000


def refused(home: Installed, pack: Path, words: str) -> None:
    """Said in words, in little memory, and nothing of it stays."""
    tracemalloc.start()
    with pytest.raises(UserError, match=words):
        home.install(pack)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40_000_000
    assert home.serials == ()
    left = [path.name for path in home.home.rglob("*") if path.is_file()]
    assert all(name.endswith(".pem") for name in left), left


@pytest.mark.parametrize("name", ["pack.json", "pack.sig", "tables/"])
def test_a_small_file_that_would_fill_the_memory_is_refused(
    installed: Installed,
    tmp_path: Path,
    name: str,
) -> None:
    whole = make(tmp_path, BASE + 1)
    bad = tmp_path / "bomb"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(bad, "w") as new:
        for entry in old.namelist():
            if not entry.startswith(name):
                new.writestr(entry, old.read(entry))
            else:
                made = zipfile.ZipInfo(entry)
                made.compress_type = zipfile.ZIP_DEFLATED
                with new.open(made, "w", force_zip64=True) as part:
                    for _ in range(BOMB // 1_000_000):
                        part.write(bytes(1_000_000))
    assert bad.stat().st_size < 2_000_000
    refused(installed, bad, "not the ones|not an update pack")


def signed_pack(folder: Path, data: bytes, entry: zipfile.ZipInfo | str, *tables: TableInfo) -> Path:
    """A pack that a trusted publisher signed as it is, whatever stands in it."""
    public = KEY.public_key().public_bytes_raw()
    info = PackInfo("Odd", BASE + 1, "2099-01-01", __version__, fingerprint(public), tables)
    document = document_of(info)
    path = folder / "odd.genopack"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pack.json", document)
        archive.writestr("pack.sig", KEY.sign(signed_bytes(document)))
        archive.writestr(entry, data)
    return path


def table_of(file: str, data: bytes) -> TableInfo:
    digest = hashlib.sha256(data).hexdigest()
    return TableInfo("repeats", file, digest, 1, "a test", "2099", "CC0", "test", "1")


@pytest.mark.parametrize(
    "file", ["../evil", "/etc/evil", "..\\evil", "C:evil", "a/../../evil", "a\0b", "", ".", "..", "a/b"]
)
def test_no_table_of_a_pack_lies_outside_of_it_even_if_it_is_signed(
    installed: Installed,
    tmp_path: Path,
    file: str,
) -> None:
    pack = signed_pack(tmp_path, b"x", f"tables/{file}", table_of(file, b"x"))
    refused(installed, pack, "not an update pack")
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("file", ["pack.json", "pack.sig", "manifest.json"])
def test_no_table_takes_the_place_of_what_a_pack_says_of_itself(
    installed: Installed,
    tmp_path: Path,
    file: str,
) -> None:
    pack = signed_pack(tmp_path, b"{}", f"tables/{file}", table_of(file, b"{}"))
    refused(installed, pack, "not an update pack")


def test_a_link_in_a_pack_is_no_link_here(installed: Installed, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("of the clinic")
    entry = zipfile.ZipInfo("tables/repeats.parquet")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    target = str(secret).encode()
    installed.install(signed_pack(tmp_path, target, entry, table_of("repeats.parquet", target)))
    (kept,) = installed.home.rglob("repeats.parquet")
    assert not kept.is_symlink()
    assert kept.read_bytes() == target


def test_a_pack_that_is_a_link_to_a_device_or_a_folder_is_refused(
    installed: Installed,
    tmp_path: Path,
) -> None:
    for place in ("/dev/zero", str(tmp_path)):
        link = tmp_path / "link.genopack"
        link.unlink(missing_ok=True)
        link.symlink_to(place)
        with pytest.raises(UserError):
            installed.install(link)
    assert installed.serials == ()


def test_two_tables_of_one_name_or_file_are_refused(installed: Installed, tmp_path: Path) -> None:
    one = table_of("repeats.parquet", b"x")
    refused(installed, signed_pack(tmp_path, b"x", "tables/repeats.parquet", one, one), "not an update pack")


@pytest.mark.parametrize("key", [KEY, Ed25519PrivateKey.from_private_bytes(bytes([7] * 32))])
def test_a_signature_of_another_kind_of_document_is_none_of_a_pack(
    installed: Installed,
    tmp_path: Path,
    key: Ed25519PrivateKey,
) -> None:
    whole = make(tmp_path, BASE + 1)
    bad = tmp_path / "bad"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            data = key.sign(old.read("pack.json")) if name == "pack.sig" else old.read(name)
            new.writestr(name, data)
    refused(installed, bad, "changed after")


def test_the_review_of_a_pack_changes_nothing(installed: Installed, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in installed.home.rglob("*")}
    with PackFile(make(tmp_path, BASE + 1), installed.trusted) as pack:
        assert pack.info.serial == BASE + 1
    assert {path: path.stat().st_mtime_ns for path in installed.home.rglob("*")} == before
    assert open_bundle(installed.home).tables == Bundle().tables
