"""Seconds of a clock that nobody can set: for waiting times and idle times."""

import time


def steady() -> float:
    """Seconds that go on while the computer sleeps, where the system can say; never set by anybody."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot) if boot is not None else time.monotonic()
