"""A program of the tests run with one of the C files beside this one between it and the C library."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import which

import pytest

COMPILER = which("cc") or which("gcc")

needs_a_compiler = pytest.mark.skipif(
    COMPILER is None or not sys.platform.startswith("linux"),
    reason="NOT TESTED: needs a C compiler and the loader of Linux",
)


def compiled(name: str, folder: Path) -> Path:
    """The library of ``name`` (``failing_device.c``), made in a folder."""
    assert COMPILER is not None
    source = Path(__file__).with_name(name)
    library = folder / source.with_suffix(".so").name
    subprocess.run([COMPILER, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


def last_word(library: Path, program: Path, arguments: Sequence[str]) -> str:
    """What the program says last; it must end well and complain of nothing."""
    run = subprocess.run(
        [sys.executable, str(program), *arguments],
        capture_output=True,
        text=True,
        env=os.environ | {"LD_PRELOAD": str(library), "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert run.stderr == ""
    return run.stdout.split()[-1]
