"""What every test is held to: offscreen, no leaked thread or window, no unexpected warning in the log."""

import gc
import itertools
import logging
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest
from quick_keys import quickened

import genoai_desktop.ui  # noqa: F401 - protects Python's singletons before the first test uses Qt

if TYPE_CHECKING:
    from genoai_desktop.knowledge import Knowledge

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("POLARS_MAX_THREADS", "2")
# Never the data folder of whoever runs the tests: a path that is not there.
os.environ["GENOAI_DATA"] = os.path.join(tempfile.gettempdir(), f"genoai-tests-{os.getpid()}")


# A busy machine is no failure: an example that took half a second under load failed a whole run.
hypothesis.settings.register_profile("no deadline", deadline=None)
hypothesis.settings.load_profile("no deadline")
# As in the program: a worker must never be the one to end the window's objects (ui/collector.py).
gc.disable()
_TESTS = itertools.count(1)
_ALL_EVERY = 20


@pytest.fixture(autouse=True)
def collected_in_this_thread() -> Iterator[None]:
    """Unreachable cycles go after each test, those of long ago every now and then, and no other time.

    A test that left the collector on made a worker end objects of a window, hundreds of tests later.
    """
    yield
    left_on = gc.isenabled()
    gc.disable()
    assert not left_on, "the collector was left on"
    gc.collect(2 if next(_TESTS) % _ALL_EVERY == 0 else 1)


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture
def expected_warnings() -> list[str]:
    """A test that provokes a log warning on purpose lists a part of its text here."""
    return []


@pytest.fixture(autouse=True)
def no_unexpected_log_warnings(expected_warnings: list[str]) -> Iterator[None]:
    """An unexpected WARNING, ERROR or CRITICAL record in any log fails the test."""
    handler = _Warnings()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    surprising = [m for m in handler.messages if not any(part in m for part in expected_warnings)]
    assert not surprising, f"unexpected log records: {surprising}"


def _workers(before: set[threading.Thread]) -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread not in before and thread.is_alive()]


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """A test ends the threads that it starts, within a second."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 1.0
    while (leaked := _workers(before)) and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    assert not leaked, f"threads left running: {leaked}"


@pytest.fixture(autouse=True)
def no_leaked_windows() -> Iterator[None]:
    """A test closes the windows that it opens."""
    yield
    import sys

    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if application is None:
        return
    visible = [type(w).__name__ for w in application.topLevelWidgets() if w.isVisible()]
    assert not visible, f"windows left open: {visible}"


@pytest.fixture
def quick_keys() -> Iterator[None]:
    """Passphrases are tried in no time."""
    with quickened():
        yield


@pytest.fixture(scope="session")
def knowledge() -> "Knowledge":
    """The program's own tables, loaded once."""
    from known import bundled_knowledge

    return bundled_knowledge()
