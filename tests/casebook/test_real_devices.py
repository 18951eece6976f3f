"""A store on a real small file system that fills up, is mounted read-only, or disappears (needs root)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("real_devices.py")


def can_mount() -> bool:
    """Whether this machine lets the tests mount something for themselves."""
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="NOT TESTED: needs the right to mount a file system (root)")
@pytest.mark.parametrize("scenario", ["full", "no_room_for_a_copy", "read_only", "pulled"])
def test_a_store_on_a_device_that_fails(tmp_path: Path, scenario: str) -> None:
    place = tmp_path / "device"
    place.mkdir()
    mounted = f'mount -t tmpfs -o size=6m,mode=700 none "{place}" && exec "$@"'
    run = subprocess.run(
        ["unshare", "-m", "sh", "-c", mounted, "sh", sys.executable, str(PROGRAM), scenario, str(place)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert run.stderr == ""
