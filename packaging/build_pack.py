#!/usr/bin/env python3
"""Build and sign an update pack from official releases.

``python packaging/build_pack.py --key PRIVATE.pem --name NAME --serial YYYYMMDDnn --out FILE.genopack``
with any of ``--clinvar clinvar.vcf.gz`` (NCBI, GRCh38), ``--hpo DIR``, ``--pgx DIR`` (folders as the
builders in ``packaging/knowledge`` read them) and ``--frequency FILE.vcf.gz --population gnomAD``.
The passphrase of the key is asked for, or taken from the variable GENOAI_PACK_PASSPHRASE.
"""

import argparse
import getpass
import importlib
import json
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "packaging" / "knowledge"))

from genoai_desktop import __version__  # noqa: E402
from genoai_desktop.domain.durable import replace_file  # noqa: E402
from genoai_desktop.knowledge.bundle import MANIFEST, TableInfo  # noqa: E402
from genoai_desktop.knowledge.packs import (  # noqa: E402
    DOCUMENT,
    SIGNATURE,
    TABLES,
    PackInfo,
    document_of,
    fingerprint,
    signed_bytes,
)

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""Time of every entry: the same content gives the same bytes."""


def write_pack(folder: Path, info: PackInfo, key: Ed25519PrivateKey, out: Path) -> None:
    """Sign ``info`` and write it with the tables that lie in ``folder``."""
    document = document_of(info)
    entries = [(DOCUMENT, document), (SIGNATURE, key.sign(signed_bytes(document)))]
    entries += [(TABLES + table.file, (folder / table.file).read_bytes()) for table in info.tables]
    with tempfile.SpooledTemporaryFile() as spool:
        with zipfile.ZipFile(spool, "w", zipfile.ZIP_STORED) as archive:
            for name, data in entries:
                archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), data)
        spool.seek(0)
        replace_file(out, spool.read())


def described(folder: Path, name: str, serial: int, key: Ed25519PrivateKey, notes: str = "") -> PackInfo:
    """What a pack of the tables in ``folder`` says of itself."""
    rows = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["tables"]
    public = key.public_key().public_bytes_raw()
    created = datetime.now(UTC).date().isoformat()
    tables = tuple(TableInfo(**row) for row in rows)
    return PackInfo(name, serial, created, __version__, fingerprint(public), tables, notes)


def _builders(options: argparse.Namespace) -> list[Callable[[Path], None]]:
    """What to run into the pack's folder, from the options given."""
    found: list[Callable[[Path], None]] = []
    if options.clinvar:
        release = importlib.import_module("release_clinvar")
        found.append(lambda out: release.build(options.clinvar, out))
    if options.frequency:
        frequencies = importlib.import_module("release_frequency")
        found.append(lambda out: frequencies.build(options.frequency, options.population, out))
    for source, subjects in ((options.hpo, ["phenotypes"]), (options.pgx, _pgx_subjects())):
        if source:
            modules = [importlib.import_module(f"build_{subject}") for subject in subjects]
            found += [lambda out, m=module, s=source: m.build(s, out) for module in modules]
    return found


def _pgx_subjects() -> list[str]:
    places = (ROOT / "packaging" / "knowledge").glob("build_pgx*.py")
    return sorted(path.stem.removeprefix("build_") for path in places)


def _private_key(path: Path) -> Ed25519PrivateKey:
    passphrase = os.environ.get("GENOAI_PACK_PASSPHRASE") or getpass.getpass("Passphrase of the key: ")
    key = load_pem_private_key(path.read_bytes(), passphrase.encode())
    if not isinstance(key, Ed25519PrivateKey):
        raise SystemExit(f"{path.name} is not an ed25519 key; packaging/signing_key.py makes one.")
    return key


def main() -> None:
    """Build the tables in a temporary folder, then sign and write the pack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--key", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--serial", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--notes", default="")
    parser.add_argument("--clinvar", type=Path)
    parser.add_argument("--hpo", type=Path)
    parser.add_argument("--pgx", type=Path)
    parser.add_argument("--frequency", type=Path)
    parser.add_argument("--population", default="gnomAD", choices=["gnomAD", "1000 Genomes"])
    options = parser.parse_args()
    builders = _builders(options)
    if not builders:
        parser.error("nothing to pack: give --clinvar, --hpo, --pgx or --frequency")
    key = _private_key(options.key)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for run in builders:
            run(folder)
        info = described(folder, options.name, options.serial, key, options.notes)
        write_pack(folder, info, key, options.out)
    print(f"{options.out.name}: {len(info.tables)} tables, publisher {info.publisher}")


if __name__ == "__main__":
    main()
