"""The bundle of tables: a manifest, and files whose SHA-256 is checked before their first use.

A bundle is a folder with ``manifest.json`` and one file per table. Installed update packs are
further folders of the same form laid over it: a table of a later folder replaces the same table below.
"""

import gzip
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.errors import KnowledgeError
from genoai_desktop.domain.provenance import Version
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.locations import resources

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class TableInfo:
    """One row of the manifest."""

    name: str
    file: str
    sha256: str
    rows: int
    source: str
    release: str
    licence: str
    builder: str
    builder_version: str
    description: str = ""
    dated: bool = False

    @property
    def version(self) -> Version:
        """As a result names it."""
        return Version(self.name, self.release, self.sha256, self.licence)


class Bundle:
    """Reads tables by name, verifying each once. Opening reads the manifests alone.

    Raises:
        KnowledgeError: a manifest or table is missing, damaged, or not what the manifest says.
    """

    def __init__(self, folders: Iterable[Path] | None = None) -> None:
        self._tables: dict[str, tuple[Path, TableInfo]] = {}
        for folder in folders if folders is not None else [resources() / "knowledge"]:
            for info in _read_manifest(folder):
                self._tables[info.name] = (folder, info)
        self._cache: dict[str, Any] = {}

    @property
    def tables(self) -> Mapping[str, TableInfo]:
        """Every table by name, sorted."""
        return {name: info for name, (_, info) in sorted(self._tables.items())}

    def versions(self, *names: str) -> tuple[Version, ...]:
        """Versions of the named tables, for a result."""
        return tuple(self._entry(name)[1].version for name in names)

    def raw(self, name: str) -> bytes:
        """The verified bytes of a table's file."""
        folder, info = self._entry(name)
        try:
            data = (folder / info.file).read_bytes()
        except OSError as error:
            raise _broken(name, tr("its file {file} cannot be read", file=info.file)) from error
        if hashlib.sha256(data).hexdigest() != info.sha256:
            raise _broken(name, tr("its file {file} is damaged (checksum differs)", file=info.file))
        return data

    def table(self, name: str, columns: list[str] | None = None, *, keep: bool = True) -> pl.DataFrame:
        """A Parquet table. Without ``columns`` the frame is kept for the next call, unless ``keep`` is off:
        for a table that its reader turns into something of its own and then asks for no more."""
        if name not in self._cache:
            frame = pl.read_parquet(io.BytesIO(self.raw(name)), columns=columns)
            if columns is not None or not keep:
                return frame
            self._cache[name] = frame
        kept: pl.DataFrame = self._cache[name]
        return kept if columns is None else kept.select(columns)

    def document(self, name: str, *, keep: bool = True) -> Any:
        """A nested table stored as ``.json.gz``; ``keep`` as for ``table``."""
        if name in self._cache:
            return self._cache[name]
        found = json.loads(gzip.decompress(self.raw(name)))
        if keep:
            self._cache[name] = found
        return found

    def verify(self, context: Context | None = None) -> list[KnowledgeError]:
        """Check every table; an empty list means that all is well.

        Raises:
            Cancelled: the person stopped it.
        """
        problems = []
        for name in (context or Silent()).track(self._tables, tr("Proving that every table can be read")):
            try:
                self.raw(name)
            except KnowledgeError as error:
                problems.append(error)
        return problems

    def _entry(self, name: str) -> tuple[Path, TableInfo]:
        try:
            return self._tables[name]
        except KeyError:
            raise _broken(name, tr("it is not in the bundle")) from None


def bundle_serial(folder: Path) -> int:
    """Serial of the tables in ``folder``, to tell older from newer update packs; 0 where none is stated."""
    try:
        return int(json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get("serial", 0))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise _broken(MANIFEST, tr("the list of tables cannot be read")) from error


def _read_manifest(folder: Path) -> list[TableInfo]:
    path = folder / MANIFEST
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["tables"]
        return [TableInfo(**row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _broken(MANIFEST, tr("the list of tables cannot be read")) from error


def _broken(name: str, why: str) -> KnowledgeError:
    return KnowledgeError(
        tr("Knowledge table “{name}” cannot be used: {why}.", name=name, why=why),
        remedy=tr("Install the program or the update pack again, then run “knowledge verify”."),
        code="knowledge.broken",
    )
