"""A day's work with a patient's case, then a crash: nothing of the patient is readable anywhere."""

import base64
import contextlib
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from quick_keys import quickened
from store_fixtures import PASSPHRASE

from genoai_desktop.app.casebook import Door

WORDS = ("quirke", "zebulon", "zyxwv", "chd7", "60741400", "arg494", "coloboma", "clopidogrel", "oxidised")
"""Name, family, indication, gene, position, protein change, feature, medicine; a word of the attachment."""
PROGRAM = Path(__file__).with_name("leftovers_program.py")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("leftovers") / "clinic"
    with quickened():
        Door(folder).set_up(Door.prepare("ada", PASSPHRASE)).close()
    return folder


def forms(word: str) -> Iterator[bytes]:
    """How a program may write a word: UTF-8, what Qt and Windows use, and base64 from any of its places."""
    plain = (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
    yield from plain
    for text in (*plain, word.capitalize().encode(), word.upper().encode()):
        for before in range(3):
            whole = base64.b64encode(bytes(before) + text)
            certain = whole[(0, 2, 3)[before] : len(whole.rstrip(b"=")) - 1]
            if len(certain) >= 6:
                yield certain.lower()


def inflated(content: bytes) -> bytes:
    """What is in the compressed streams of a file, as those of a PDF."""
    found = b""
    at = content.find(b"stream")
    while at >= 0:
        start = content.find(b"\n", at) + 1
        with contextlib.suppress(zlib.error):
            found += zlib.decompressobj().decompress(content[start:])
        at = content.find(b"stream", at + 6)
    return found


def readable(root: Path, inputs: set[Path]) -> list[str]:
    """Where a word of the patient stands in clear, below ``root``."""
    found = []
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix().lower()
        if path in inputs or any(parent in inputs for parent in path.parents):
            continue
        found += [f"{name}: name" for word in WORDS if word in name]
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            content = (content + inflated(content)).lower()
            found += [f"{name}: {word}" for word in WORDS if any(form in content for form in forms(word))]
    return found


def environment(root: Path) -> dict[str, str]:
    """Every place where a program may leave something, below ``root``."""
    places = {
        "HOME": "home",
        "TMPDIR": "tmp",
        "XDG_CONFIG_HOME": "home/config",
        "XDG_CACHE_HOME": "home/cache",
        "XDG_DATA_HOME": "home/data",
        "XDG_STATE_HOME": "home/state",
        "XDG_RUNTIME_DIR": "run",
        "GENOAI_DATA": "home/genoai",
    }
    for place in (*places.values(), "home/exports", "home/Quirke folder", "work"):
        (root / place).mkdir(parents=True, exist_ok=True, mode=0o700)
    return {key: str(root / place) for key, place in places.items()}


@pytest.mark.skipif(os.name != "posix", reason="signals and resource limits of POSIX")
@pytest.mark.parametrize("end", ["kill", "abort", "quit"])
def test_nothing_of_a_patient_is_readable_anywhere(store: Path, tmp_path: Path, end: str) -> None:
    import shutil

    folder = Path(shutil.copytree(store, tmp_path / "home" / "clinic"))
    own = environment(tmp_path)
    vcf = tmp_path / "home" / "Quirke folder" / "Zebulon Quirke.vcf"
    vcf.write_text("##fileformat=VCFv4.3\n##note=oxidised\n")

    with (
        (tmp_path / "work" / "stderr.log").open("wb") as errors,
        subprocess.Popen(
            [
                "sh",
                "-c",
                'ulimit -c unlimited; exec "$@"',
                "sh",
                sys.executable,
                str(PROGRAM),
                str(folder),
                str(vcf),
                end,
            ],
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=tmp_path / "work",
            env=os.environ | own | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)},
            text=True,
        ) as program,
    ):
        assert program.stdout is not None
        said = program.stdout.readline()
        if end == "kill":
            own_words = Path(f"/proc/{program.pid}/environ").read_bytes().lower()
            assert [word for word in WORDS if word.encode() in own_words] == []
            program.send_signal(signal.SIGKILL)
        said += program.stdout.read()
    log = (tmp_path / "work" / "stderr.log").read_text()
    assert "done" in said, log
    assert {"kill": -signal.SIGKILL, "abort": -signal.SIGABRT, "quit": 0}[end] == program.returncode, log
    assert log.count("KeyError at") == 2  # in the window's thread and in a worker
    assert list((tmp_path / "home" / "exports").iterdir()) == [tmp_path / "home" / "exports" / "store.backup"]
    assert not list(tmp_path.rglob("core*"))
    assert readable(tmp_path, {vcf.parent}) == []
    with Door(folder).unlock("ada", PASSPHRASE) as book:
        assert "Zyxwv" in book.load(book.heads()[0].case_id).case.indication
