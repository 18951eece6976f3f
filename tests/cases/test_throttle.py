"""Wrong passphrases slow down, over restarts, and whatever the computer's clock says."""

import subprocess
import sys
from pathlib import Path

import pytest

from genoai_desktop.cases import keyfile, keys
from genoai_desktop.cases.throttle import FREE_ATTEMPTS, LONGEST_SECONDS, Throttle, TooSoon, delay

PASSPHRASE = "correct horse battery"


class Clock:
    """Seconds that a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("keys") / "k"
    keys.create(path, "ada", PASSPHRASE)
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, made: bytes) -> Path:
    (tmp_path / "k").write_bytes(made)
    return tmp_path / "k"


def wrong(throttle: Throttle, user: str) -> float:
    throttle.attempt(user)
    return throttle.failed(user)


def test_the_delay_grows_and_ends() -> None:
    assert [delay(n) for n in range(7)] == [0, 0, 0, 2, 4, 8, 16]
    assert delay(50) == LONGEST_SECONDS


def test_the_next_attempt_waits_and_the_right_one_forgets(path: Path) -> None:
    clock = Clock()
    throttle = Throttle(path, clock)
    assert [wrong(throttle, "ada") for _ in range(FREE_ATTEMPTS)] == [0, 0, 2]
    with pytest.raises(TooSoon, match="2 seconds"):
        throttle.attempt("ada")
    clock.now += 2.1
    assert wrong(throttle, "ada") == 4
    clock.now += 4.1
    throttle.attempt("ada")
    throttle.passed("ada")
    assert throttle.remaining("ada") == 0
    assert keyfile.failures(path) == {}


def test_a_restart_forgets_nothing(path: Path) -> None:
    clock = Clock()
    throttle = Throttle(path, clock)
    for _ in range(FREE_ATTEMPTS):
        wrong(throttle, "ada")
    again = Throttle(path, clock)
    assert again.remaining("ada") == 2
    with pytest.raises(TooSoon):
        again.attempt("ada")


def test_killing_the_program_during_an_attempt_gains_nothing(path: Path) -> None:
    for _ in range(FREE_ATTEMPTS):
        Throttle(path, Clock()).attempt("ada")
    assert Throttle(path, Clock()).remaining("ada") == 2


def test_others_do_not_wait_and_unknown_names_are_not_written(path: Path) -> None:
    data_key, _ = keys.unlock(path, "ada", PASSPHRASE)
    keys.set_user(path, data_key, "bob", keys.Role.COUNSELOR, "another long phrase")
    throttle = Throttle(path, Clock())
    for _ in range(FREE_ATTEMPTS):
        wrong(throttle, "typed secret")
    assert throttle.remaining("some other name") == 2
    assert throttle.remaining("bob") == 0
    assert b"typed secret" not in path.read_bytes()


def test_a_clock_that_stands_still_or_goes_back_never_shortens(path: Path) -> None:
    clock = Clock()
    throttle = Throttle(path, clock)
    for _ in range(FREE_ATTEMPTS):
        wrong(throttle, "ada")
    clock.now -= 500
    assert throttle.remaining("ada") == 2


def test_failures_stay_when_users_change(path: Path) -> None:
    wrong(Throttle(path, Clock()), "ada")
    data_key, _ = keys.unlock(path, "ada", PASSPHRASE)
    keys.set_user(path, data_key, "bob", keys.Role.REVIEWER, "another long phrase")
    assert keyfile.failures(path) == {"ada": 1}


def test_many_programs_at_once_wait_as_one(path: Path) -> None:
    """Each was started long ago, and none has failed itself."""
    clock = Clock()
    programs = [Throttle(path, clock) for _ in range(9)]
    assert [program.failures("ada") for program in programs] == [0] * 9
    clock.now += 1000
    for program in programs[:FREE_ATTEMPTS]:
        program.attempt("ada")
    for program in programs[FREE_ATTEMPTS:]:
        with pytest.raises(TooSoon):
            program.attempt("ada")


COUNTING = """
import sys
from pathlib import Path
from genoai_desktop.cases.throttle import Throttle
for _ in range(20):
    Throttle(Path(sys.argv[1]), iter(range(0, 10**9, 10**6)).__next__).attempt("ada")
"""


def test_no_failure_is_lost_between_programs_that_count_at_once(path: Path) -> None:
    programs = [subprocess.Popen([sys.executable, "-c", COUNTING, str(path)]) for _ in range(3)]
    assert [program.wait() for program in programs] == [0, 0, 0]
    assert keyfile.failures(path) == {"ada": 60}
