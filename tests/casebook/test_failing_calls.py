"""A device that fails at any call of a save, a backup, a new key, ...: never corrupt, never a false word.

As KeePassXC's failing device, for the real program over the real libc (``failing_device.c``): writes, torn
writes, flushes, renames and deletions are refused one after the other, for good or once.
"""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest
from failing_calls import ACTIONS

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = Path(__file__).with_name("failing_calls.py")
COMPILER = which("cc") or which("gcc")

pytestmark = pytest.mark.skipif(
    COMPILER is None or not sys.platform.startswith("linux"),
    reason="NOT TESTED: needs a C compiler and the loader of Linux",
)


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("device") / "failing_device.so"
    source = ROOT / "support" / "failing_device.c"
    assert COMPILER is not None
    subprocess.run([COMPILER, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


@pytest.mark.parametrize("action", ACTIONS)
def test_whatever_call_fails_the_store_is_the_old_or_the_new(
    action: str, device: Path, tmp_path: Path
) -> None:
    run = subprocess.run(
        [sys.executable, str(PROGRAM), action, str(tmp_path)],
        capture_output=True,
        text=True,
        env=os.environ | {"LD_PRELOAD": str(device), "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert run.stderr == ""
    assert int(run.stdout.split()[-1]) >= 20  # failures that were tried
