"""From workers to the window: results in this thread, one job per key, nothing from a cancelled job."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from genoai_desktop.domain.context import Context
from genoai_desktop.jobs.pool import WorkerPool
from genoai_desktop.ui.bridge import Runner


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    made = WorkerPool(2)
    yield made
    assert made.shutdown(5)


def test_done_is_called_in_the_window_thread(qtbot: QtBot, pool: WorkerPool) -> None:
    runner, seen = Runner(pool), []
    runner.run(
        lambda a, context: a * 2, 21, done=lambda value: seen.append((value, threading.current_thread()))
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(42, threading.main_thread())]
    assert not runner.busy


def test_starting_anew_cancels_the_old(qtbot: QtBot, pool: WorkerPool) -> None:
    runner, seen = Runner(pool), []
    started, stopped = threading.Event(), threading.Event()

    def loop(context: Context) -> str:
        started.set()
        try:
            while True:
                context.check()
        finally:
            stopped.set()

    runner.run(loop, done=seen.append)
    assert started.wait(5)
    runner.run(lambda context: "new", done=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["new"]
    assert stopped.wait(0.5)


def test_failed_gets_the_error(qtbot: QtBot, pool: WorkerPool) -> None:
    runner, errors = Runner(pool), []

    def fail(context: Context) -> None:
        raise ValueError("no")

    runner.run(fail, failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ValueError)


def test_progress_arrives_and_cancel_ends_busy_at_once(qtbot: QtBot, pool: WorkerPool) -> None:
    runner = Runner(pool)

    def loop(context: Context) -> None:
        context.report("Counting", 0.5)
        while True:
            context.check()

    with qtbot.waitSignal(runner.progress) as signal:
        runner.run(loop)
    assert signal.args == ["Counting", 0.5]
    runner.cancel()
    assert not runner.busy
