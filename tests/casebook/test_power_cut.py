"""The power goes at any moment of a save, a backup, a new key, ...: what was told is there, and all is whole.

What this does not show: a disk that says that it has flushed and has not. No software can mend that.
"""

from pathlib import Path

import pytest
from before_libc import compiled, last_word, needs_a_compiler
from power_cut import ACTIONS, MORE

PROGRAM = Path(__file__).with_name("power_cut.py")
STATES = 60
"""Disks to look at of one action, roughly. With 2,000 it was 1,587 of all actions, once: none did harm."""

pytestmark = needs_a_compiler


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled("power_cut.c", tmp_path_factory.mktemp("recorder"))


@pytest.mark.parametrize("action", [*ACTIONS, *MORE])
def test_whatever_a_power_cut_leaves_what_was_told_is_there(
    action: str, recorder: Path, tmp_path: Path
) -> None:
    looked_at = last_word(recorder, PROGRAM, [action, str(tmp_path), str(STATES)])
    assert int(looked_at) >= 10  # disks
