"""Write a store and a key file of the present schema version, to be kept and opened by every later program.

``python tests/cases/old/make_store.py`` writes ``store_v<N>.genoai`` and ``keys_v<N>.json`` beside this
script, once: a file that is there already is never written again. Invented persons only.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from genoai_desktop.cases import keys
from genoai_desktop.cases.audit import Act
from genoai_desktop.cases.schema import VERSION
from genoai_desktop.cases.store import Store

HERE = Path(__file__).resolve().parent
USER, PASSPHRASE = "ada", "correct horse battery"


def main() -> None:
    """Both files, or nothing when they are there."""
    path, key_path = HERE / f"store_v{VERSION}.genoai", HERE / f"keys_v{VERSION}.json"
    if path.exists() or key_path.exists():
        sys.exit(f"version {VERSION} is there already")
    data_key, recovery = keys.create(key_path, USER, PASSPHRASE)
    begin = datetime(2026, 1, 2, tzinfo=UTC)
    times = iter(begin + timedelta(minutes=minute) for minute in range(1000))
    with Store(path, data_key, USER, clock=lambda: next(times)) as store:
        store.save("c1", "First family", {"gene": "CHD7"}, words=[("gene", "CHD7")])
        store.save("c1", "First family", {"gene": "CFTR"}, words=[("gene", "CFTR")])
        store.save("c2", "Second family", {"gene": "FBN1"}, status="closed", words=[("gene", "FBN1")])
        store.record(Act.EXPORTED, "c1", "clinician report")
        store.attach("c1", "letter.txt", b"an invented letter")
        store.attach("c2", "scan.txt", b"an invented scan " * 20_000)
        store.set_setting("letterhead", {"clinic": "Invented clinic", "address": "1 Test Road"})
        store.save("c1", "First family", {"gene": "CFTR"}, variants=[("GRCh38", 7, 117559590, "ATCT", "A")])
    (HERE / f"recovery_v{VERSION}.txt").write_text(recovery + "\n")


if __name__ == "__main__":
    main()
