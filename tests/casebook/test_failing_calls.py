"""A device that fails at any call of a save, a backup, a new key, ...: never corrupt, never a false word.

As KeePassXC's failing device, for the real program over the real libc (``failing_device.c``): writes, torn
writes, flushes, renames and deletions are refused one after the other, for good or once.
"""

from pathlib import Path

import pytest
from before_libc import compiled, last_word, needs_a_compiler
from failing_calls import ACTIONS

PROGRAM = Path(__file__).with_name("failing_calls.py")

pytestmark = needs_a_compiler


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled("failing_device.c", tmp_path_factory.mktemp("device"))


@pytest.mark.parametrize("action", ACTIONS)
def test_whatever_call_fails_the_store_is_the_old_or_the_new(
    action: str, device: Path, tmp_path: Path
) -> None:
    tried = last_word(device, PROGRAM, [action, str(tmp_path)])
    assert int(tried) >= 20  # failures
