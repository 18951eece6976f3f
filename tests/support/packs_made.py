"""Update packs made for tests: signed, of another publisher, or changed after they were signed."""

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from genoai_desktop.knowledge.bundle import bundle_serial
from genoai_desktop.knowledge.locations import resources

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "packaging"), str(ROOT / "packaging" / "knowledge")]
import build_pack  # noqa: E402
from common import Origin, write_table  # noqa: E402

BASE = bundle_serial(resources() / "knowledge")
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
ORIGIN = Origin("a test", "2099-01-01", "CC0", "test", description="Made by a test")


def pem(key: Ed25519PrivateKey, path: Path) -> Path:
    """The publisher's public key as a file."""
    path.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return path


def make(folder: Path, serial: int, *, table: str = "repeats", key: Ed25519PrivateKey = KEY) -> Path:
    """A pack with one small table."""
    tables = folder / f"tables-{serial}"
    write_table(table, pl.DataFrame({"serial": [serial]}), ORIGIN, tables)
    path = folder / f"{serial}.genopack"
    info = build_pack.described(tables, "Test pack", serial, key)
    build_pack.write_pack(tables, info, key, path)
    return path


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A copy in which each part is what ``change(name, data)`` makes of it; None leaves it out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return target


__all__ = ["BASE", "KEY", "ORIGIN", "OTHER", "build_pack", "make", "pem", "rewritten", "write_table"]
