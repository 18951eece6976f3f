"""Signed update packs: one ZIP file with tables, read and verified before anything of it is used.

``pack.json`` names every table with its SHA-256; ``pack.sig`` is the publisher's ed25519 signature (RFC
8032) over it; the tables lie under ``tables/``. Nothing is compressed (tables are by themselves), so that no
pack needs more memory than its own size. ``packaging/build_pack.py`` makes packs.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from genoai_desktop import __version__
from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.knowledge.bundle import MANIFEST, Bundle, TableInfo

DOCUMENT: Final = "pack.json"
SIGNATURE: Final = "pack.sig"
TABLES: Final = "tables/"
FORMAT: Final = 1
_DOMAIN: Final = b"genoai-knowledge-pack-1\n"
"""Put before what is signed, so that no other signature of the same key passes for a pack's."""
_LARGEST_DOCUMENT: Final = 4 << 20
_PIECE: Final = 1 << 20
"""Bytes read between two looks at whether the person stopped the job."""
_UNREADABLE: Final = (
    KeyError,
    OSError,
    zipfile.BadZipFile,
    EOFError,
    RuntimeError,
    ValueError,
    zlib.error,
)
"""What reading an entry of a damaged archive raises."""
_RESERVED: Final = (DOCUMENT, SIGNATURE, MANIFEST)
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9_]+(\.[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class PackInfo:
    """What a pack says of itself. ``serial`` grows with every release (YYYYMMDDnn by custom)."""

    name: str
    serial: int
    created: str
    minimum_program: str
    publisher: str
    """Fingerprint of the signing key."""
    tables: tuple[TableInfo, ...]
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One table that a pack would replace or add; ``old_release`` is empty for a new table."""

    table: str
    old_release: str
    new_release: str
    old_rows: int
    new_rows: int


def fingerprint(public_key: bytes) -> str:
    """How a publisher's key (32 bytes) is named: the first 32 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:32]


def signed_bytes(document: bytes) -> bytes:
    """What the signature covers."""
    return _DOMAIN + document


def document_of(info: PackInfo) -> bytes:
    """The bytes of ``pack.json``."""
    value = {"format": FORMAT, **asdict(info)}
    return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8")


def verified(document: bytes, signature: bytes, trusted: Mapping[str, bytes]) -> PackInfo:
    """A pack's description, if a trusted publisher signed it.

    ``trusted`` maps fingerprints to public keys (32 bytes).

    Raises:
        UserError: not a pack, signed by nobody who is trusted here, or changed since.
    """
    try:
        info = _parsed(document)
    except (ValueError, TypeError, KeyError) as error:
        raise refused("", tr("it is not an update pack of this program")) from error
    if info.publisher not in trusted:
        raise refused(
            info.name,
            tr("its publisher ({key}) is not trusted on this machine", key=info.publisher),
            tr(
                "If you know the publisher, trust its key first: “Trust a publisher…” here, "
                "or “knowledge trust FILE”."
            ),
        )
    try:
        Ed25519PublicKey.from_public_bytes(trusted[info.publisher]).verify(signature, signed_bytes(document))
    except InvalidSignature:
        raise refused(info.name, tr("it was changed after it was signed")) from None
    return info


def _parsed(document: bytes) -> PackInfo:
    value = json.loads(document)
    if value.pop("format") != FORMAT:
        raise ValueError("format")
    tables = tuple(TableInfo(**row) for row in value.pop("tables"))
    info = PackInfo(**value, tables=tables)
    files, names = [table.file for table in tables], [table.name for table in tables]
    if not isinstance(info.serial, int) or not all(map(_FILE_NAME.fullmatch, files)):
        raise ValueError("fields")
    if len({*files, *_RESERVED}) != len(files) + len(_RESERVED) or len(set(names)) != len(names):
        raise ValueError("names")
    return info


def refused(name: str, why: str, remedy: str = "") -> UserError:
    """Why a pack was not taken."""
    return UserError(
        tr("The update pack was refused: {why}.", why=why),
        where=name,
        remedy=remedy or tr("Get the pack again from its publisher; what is installed is unchanged."),
        code="pack.refused",
    )


class PackFile:
    """An update pack on a stick, verified in full when opened. Use it in a ``with`` block.

    Raises:
        UserError: foreign, truncated, tampered with, or not a pack at all.
        Cancelled: the person stopped the job.
    """

    def __init__(self, path: Path, trusted: Mapping[str, bytes], context: Context | None = None) -> None:
        self._context = context or Silent()
        try:
            if not path.is_file():  # a device or a pipe may never end
                raise FileNotFoundError(path.name)
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
            raise refused(path.name, tr("it cannot be read, or is not complete")) from error
        try:
            self.document = self._read(DOCUMENT, _LARGEST_DOCUMENT)
            self.signature = self._read(SIGNATURE, 64)
            self.info = verified(self.document, self.signature, trusted)
            self._check_tables()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> "PackFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def table(self, info: TableInfo) -> bytes:
        """The verified bytes of one table."""
        data = self._read(TABLES + info.file, None)
        if hashlib.sha256(data).hexdigest() != info.sha256:
            raise refused(self.info.name, tr("its table {table} is damaged", table=info.name))
        return data

    def _check_tables(self) -> None:
        """Every table is whole, and nothing is there that the signature does not cover."""
        named = {DOCUMENT, SIGNATURE, *(TABLES + table.file for table in self.info.tables)}
        found = self._zip.namelist()
        if set(found) != named or len(found) != len(named):
            raise refused(self.info.name, tr("its files are not the ones that were signed"))
        for table in self.tracked(tr("Verifying the update pack"), self._context):
            self.table(table)

    def tracked(self, label: str, context: Context) -> Iterator[TableInfo]:
        """Every table, with progress by the bytes of those that are behind."""
        sizes = {table.name: self._zip.getinfo(TABLES + table.file).file_size for table in self.info.tables}
        total, done = max(sum(sizes.values()), 1), 0
        for table in self.info.tables:
            context.check()
            context.report(label, done / total)
            yield table
            done += sizes[table.name]

    def _read(self, name: str, largest: int | None) -> bytes:
        try:
            found = self._zip.getinfo(name)
            if largest is not None and found.file_size > largest:
                raise refused("", tr("it is not an update pack of this program"))
            if found.compress_type != zipfile.ZIP_STORED:  # a small file could fill the memory
                raise refused("", tr("its files are not the ones that were signed"))
            with self._zip.open(name) as entry:
                data = bytearray()
                while piece := entry.read(_PIECE):
                    self._context.check()
                    data += piece
            return bytes(data)
        except _UNREADABLE as error:
            raise refused("", tr("it cannot be read, or is not complete")) from error


def check_fits(info: PackInfo, newest: int) -> None:
    """See that a pack is newer than what is here and made for this program.

    Raises:
        UserError: older than, or as old as, serial ``newest``; or a later program is needed.
    """
    if _numbers(info.minimum_program) > _numbers(__version__):
        raise refused(
            info.name,
            tr("it needs program version {version} or later", version=info.minimum_program),
            tr("Update the program first."),
        )
    if info.serial <= newest:
        raise refused(
            info.name,
            tr(
                "it is not newer than what is installed ({there}, here {here})",
                there=info.serial,
                here=newest,
            ),
            tr("To go back to earlier tables, use “Go back one pack…”, or “knowledge rollback”."),
        )


def changes(info: PackInfo, bundle: Bundle) -> tuple[Change, ...]:
    """What installing would change, table by table; tables that stay the same are left out."""
    here = bundle.tables
    return tuple(
        Change(
            table.name,
            here[table.name].release if table.name in here else "",
            table.release,
            here[table.name].rows if table.name in here else 0,
            table.rows,
        )
        for table in info.tables
        if table.name not in here or here[table.name].sha256 != table.sha256
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))
