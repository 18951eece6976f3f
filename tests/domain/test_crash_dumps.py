"""No core file and no memory in a crash report, whatever the shell or the desktop allows."""

import subprocess
import sys

import pytest

CODE = """
import resource
from pathlib import Path
from genoai_desktop.domain.crash_dumps import forbid_crash_dumps
before = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (before, before))
forbid_crash_dumps()
print(resource.getrlimit(resource.RLIMIT_CORE), int(Path("/proc/self/coredump_filter").read_text(), 16))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc of Linux")
def test_a_crash_leaves_no_memory_on_the_disk() -> None:
    run = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "(0, 0) 0"


def test_every_start_of_the_program_forbids_them() -> None:
    code = "import sys, resource; sys.argv[1:] = ['--version']\nfrom genoai_desktop.__main__ import main\n"
    code += "try:\n main()\nexcept SystemExit:\n pass\nprint(resource.getrlimit(resource.RLIMIT_CORE))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "(0, 0)" in run.stdout
