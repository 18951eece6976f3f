"""Files appear whole or not at all."""

import os
import stat
import sys
from pathlib import Path
from random import Random

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from looks import Looks, faults

from genoai_desktop.domain.durable import NotKnown, replace_file
from genoai_desktop.domain.errors import Cancelled


def test_the_file_is_whole_private_and_alone(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    replace_file(target, b"first")
    replace_file(target, b"second")
    assert target.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [target]
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("number", [1, 5, 12])
def test_stopped_at_any_piece_the_old_file_is_there_alone(tmp_path: Path, number: int) -> None:
    target, content = tmp_path / "report.pdf", Random(1).randbytes((11 << 20) + 3)
    replace_file(target, b"old")
    looks = Looks(number)
    with pytest.raises(Cancelled):
        replace_file(target, content, looks)
    assert looks.after == 0
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
    looks = Looks()
    replace_file(target, content, looks)
    assert faults(looks.reports) == []
    assert looks.count > 11
    assert target.read_bytes() == content


def test_a_failing_device_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.pdf"
    replace_file(target, b"old")

    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        replace_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def failing_from(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The device takes so many flushes, and no more."""
    real, left = os.fsync, [number]

    def flush(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(5, "Input/output error")
        real(handle)

    monkeypatch.setattr(os, "fsync", flush)


@pytest.mark.skipif(os.name != "posix", reason="folders are flushed on POSIX")
def test_a_device_that_fails_after_the_renaming_is_not_called_unchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "keys"
    replace_file(target, b"old")
    failing_from(1, monkeypatch)
    with pytest.raises(NotKnown):
        replace_file(target, b"new")
    assert target.read_bytes() in (b"old", b"new")


@pytest.mark.skipif(os.name != "posix", reason="folders are flushed on POSIX")
@pytest.mark.parametrize("before", [b"old", b""])
def test_a_folder_that_fails_once_gets_the_old_file_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bytes
) -> None:
    target = tmp_path / "keys"
    if before:
        replace_file(target, before)
    real, calls = os.fsync, []

    def second_fails(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(5, "Input/output error")
        real(handle)

    monkeypatch.setattr(os, "fsync", second_fails)
    with pytest.raises(OSError, match="Input/output"):
        replace_file(target, b"new")
    assert (target.read_bytes() if target.exists() else b"") == before
    assert len(list(tmp_path.iterdir())) == bool(before)
