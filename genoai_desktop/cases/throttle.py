"""After a few wrong passphrases every next attempt must wait, longer each time.

The key file counts the failures of each user, so that starting the program anew forgets none. How long
ago the last failure was is measured by a clock that nobody can set (and begins anew with the program):
turning the computer's clock forward opens nothing, turning it back locks nobody out.

What this cannot do: hinder somebody who copies the files and guesses elsewhere; Argon2id slows those.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from genoai_desktop.cases import keyfile, keys
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr
from genoai_desktop.domain.ticks import steady

FREE_ATTEMPTS = 3
LONGEST_SECONDS = 300.0
_NOBODY = ""
"""All unknown names together: what was typed in their place may be a passphrase and is never written."""


def delay(failures: int) -> float:
    """Seconds to wait after so many failures in a row: 0 0 0 then 2, 4, 8 up to 300."""
    if failures < FREE_ATTEMPTS:
        return 0.0
    return float(min(LONGEST_SECONDS, 2.0 ** min(failures - FREE_ATTEMPTS + 1, 20)))


class TooSoon(UserError):  # noqa: N818 - said to a person
    """Another attempt must wait ``seconds``."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(
            tr("After several wrong attempts the next one has to wait."),
            remedy=tr("Try again in {seconds} seconds.", seconds=max(1, round(seconds))),
            code="store.wait",
        )


class Throttle:
    """Counts failures in the key file at ``path``; one per program and store."""

    def __init__(self, path: Path, clock: Callable[[], float] = steady) -> None:
        self._path, self._clock = path, clock
        self._since = clock()
        self._last: dict[str, float] = {}
        self._unwritten: dict[str, int] = {}
        self._seen: dict[str, int] | None = None

    def failures(self, user: str) -> int:
        """Failures of this user in a row."""
        name = self._bucket(user)
        written = keyfile.failures(self._path)
        self._look(written)
        return max(written.get(name, 0), self._unwritten.get(name, 0))

    def remaining(self, user: str) -> float:
        """Seconds until this user may try again."""
        count = self.failures(user)
        passed = self._clock() - self._last.get(self._bucket(user), self._since)
        return max(0.0, delay(count) - max(0.0, passed))

    def attempt(self, user: str) -> None:
        """Count an attempt as failed before it is made, so that killing the program gains nothing.

        Raises:
            TooSoon: the user has to wait.
        """
        left = self.remaining(user)
        if left > 0:
            raise TooSoon(left)
        name = self._bucket(user)
        try:
            count = keyfile.add_failure(self._path, name)
        except UserError:  # a read-only device: counted in memory
            count = self.failures(user) + 1
        self._unwritten[name] = count
        self._seen = (self._seen or {}) | {name: count}
        self._last[name] = self._clock()

    def passed(self, user: str) -> None:
        """The attempt was right: forget the failures."""
        name = self._bucket(user)
        self._unwritten[name] = 0
        with suppress(UserError):
            keyfile.forget_failures(self._path, name)

    def failed(self, user: str) -> float:
        """The attempt was wrong; seconds to wait from now."""
        self._last[self._bucket(user)] = self._clock()
        return self.remaining(user)

    def _look(self, written: dict[str, int]) -> None:
        """What another program has counted since is as if it had happened now: many at once gain nothing."""
        before = self._seen
        self._seen = dict(written)
        for name, count in written.items():
            if before is not None and count > before.get(name, 0):
                self._last[name] = self._clock()

    def _bucket(self, user: str) -> str:
        known = {name for name, _ in keys.users(self._path)} | {keys.RECOVERY}
        return user if user in known else _NOBODY
