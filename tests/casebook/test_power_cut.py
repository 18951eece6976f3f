"""The power goes at any moment of a save, a backup, a new key, ...: what was told is there, and all is whole.

What this does not show: a disk that says that it has flushed and has not. No software can mend that.
"""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest
from power_cut import ACTIONS, MORE

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = Path(__file__).with_name("power_cut.py")
COMPILER = which("cc") or which("gcc")
STATES = 60
"""Disks to look at of one action, roughly. With 2,000 it was 1,587 of all actions, once: none did harm."""

pytestmark = pytest.mark.skipif(
    COMPILER is None or not sys.platform.startswith("linux"),
    reason="NOT TESTED: needs a C compiler and the loader of Linux",
)


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("recorder") / "power_cut.so"
    source = ROOT / "support" / "power_cut.c"
    assert COMPILER is not None
    subprocess.run([COMPILER, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


@pytest.mark.parametrize("action", [*ACTIONS, *MORE])
def test_whatever_a_power_cut_leaves_what_was_told_is_there(
    action: str, recorder: Path, tmp_path: Path
) -> None:
    run = subprocess.run(
        [sys.executable, str(PROGRAM), action, str(tmp_path), str(STATES)],
        capture_output=True,
        text=True,
        env=os.environ | {"LD_PRELOAD": str(recorder), "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert run.stderr == ""
    assert int(run.stdout.split()[-1]) >= 10  # disks that were looked at
