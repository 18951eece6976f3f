"""Streams that the caller closed, or stops reading, are no fault of the program."""

import subprocess
import sys

import pytest

PROGRAM = f"{sys.executable} -m genoai_desktop"


def shell(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (f"{PROGRAM} check-vcf - --quiet <&-", 2),
        (f"{PROGRAM} knowledge list >&-", 0),
    ],
    ids=["input", "output"],
)
def test_a_closed_stream_is_no_fault(command: str, status: int) -> None:
    done = shell(command)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_has_enough_hears_of_no_fault() -> None:
    done = shell(f"{PROGRAM} knowledge list | true")
    assert done.stderr == ""
