"""What every builder shares: write a table deterministically and enter it into the manifest."""

import fcntl
import gzip
import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "resources" / "knowledge"


@dataclass(frozen=True)
class Origin:
    """Source, release and licence of a table, as the manifest and the About page state them."""

    source: str
    release: str
    licence: str
    builder: str
    builder_version: str = "1"
    description: str = ""
    dated: bool = False


def write_table(name: str, frame: pl.DataFrame, origin: Origin, out: Path = OUT) -> None:
    """Write a Parquet table (zstd). The caller sorts the rows."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=19, statistics=False)
    _enter(name, f"{name}.parquet", buffer.getvalue(), frame.height, origin, out)


def write_document(name: str, value: Any, rows: int, origin: Origin, out: Path = OUT) -> None:
    """Write a nested value as gzipped JSON with sorted keys and no timestamp."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    _enter(name, f"{name}.json.gz", gzip.compress(text.encode(), 9, mtime=0), rows, origin, out)


def write_bytes(name: str, suffix: str, data: bytes, rows: int, origin: Origin, out: Path = OUT) -> None:
    """Write any other file (chains, packed genotypes)."""
    _enter(name, f"{name}{suffix}", data, rows, origin, out)


def _enter(name: str, file: str, data: bytes, rows: int, origin: Origin, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / file).write_bytes(data)
    row = {
        "name": name,
        "file": file,
        "sha256": hashlib.sha256(data).hexdigest(),
        "rows": rows,
        "source": origin.source,
        "release": origin.release,
        "licence": origin.licence,
        "builder": origin.builder,
        "builder_version": origin.builder_version,
        "description": origin.description,
        "dated": origin.dated,
    }
    with _locked_manifest(out) as tables:
        tables[name] = row
    print(f"{name:32} {rows:>9} rows {len(data) / 1e6:7.2f} MB")


@contextmanager
def _locked_manifest(out: Path) -> Iterator[dict[str, Any]]:
    path = out / "manifest.json"
    with path.open("a+", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        handle.seek(0)
        text = handle.read()
        kept = json.loads(text) if text else {"format": 1, "tables": []}
        tables = {row["name"]: row for row in kept["tables"]}
        yield tables
        handle.seek(0)
        handle.truncate()
        ordered = [tables[name] for name in sorted(tables)]
        handle.write(json.dumps(kept | {"tables": ordered}, indent=1, ensure_ascii=False) + "\n")
