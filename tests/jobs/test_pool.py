"""The worker pool: results, errors, progress, cancel within half a second, clean shutdown."""

import gc
import threading
import time
import weakref
from collections.abc import Iterator

import pytest

from genoai_desktop.domain.context import Context
from genoai_desktop.jobs.pool import Job, State, WorkerPool


class Ear:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.progress: list[tuple[str, float | None]] = []
        self.over: list[State] = []

    def progressed(self, job: Job, label: str, fraction: float | None) -> None:
        self.progress.append((label, fraction))

    def settled(self, job: Job) -> None:
        self.over.append(job.state)


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    made = WorkerPool(2)
    yield made
    assert made.shutdown(5)


def test_a_job_returns_its_result_and_tells_its_listener_once(pool: WorkerPool) -> None:
    ear = Ear()
    job = pool.submit(lambda a, b, context: a + b, 2, 3, listener=ear)
    assert job.wait(5)
    assert (job.state, job.result, ear.over) == (State.DONE, 5, [State.DONE])


def test_a_result_is_nothing_for_the_collector(pool: WorkerPool) -> None:
    """An analysed case is tens of thousands of objects that each collection would look at."""
    job = pool.submit(lambda context: ({"gene": ("A", 1)}, ["may change"]))
    assert job.wait(5)
    data, changing = job.result
    assert not gc.is_tracked(data["gene"])
    assert not gc.is_tracked(data)
    assert gc.is_tracked(changing)


class Bulky:
    """A result that can be watched."""


def test_a_result_goes_with_its_job_without_a_collection(pool: WorkerPool) -> None:
    """The window collects cycles seldom, and an analysed case is large."""
    job = pool.submit(lambda context: Bulky())
    assert job.wait(5)
    alive = weakref.ref(job.result)
    del job
    pool.submit(lambda context: None).wait(5)
    assert alive() is None


def test_an_error_is_kept_and_the_thread_lives_on(pool: WorkerPool) -> None:
    def fail(context: Context) -> None:
        raise ValueError("no")

    jobs = [pool.submit(fail) for _ in range(5)]
    assert all(job.wait(5) for job in jobs)
    assert {job.state for job in jobs} == {State.FAILED}
    assert isinstance(jobs[0].error, ValueError)
    after = pool.submit(lambda context: "alive")
    assert after.wait(5)
    assert after.result == "alive"


def test_progress_reaches_the_listener(pool: WorkerPool) -> None:
    ear = Ear()
    job = pool.submit(lambda context: list(context.track(range(3), "Counting")), listener=ear)
    assert job.wait(5)
    assert ear.progress[0] == ("Counting", 0.0)
    assert ear.progress[-1] == ("Counting", 1.0)


def test_cancel_stops_a_function_that_checks(pool: WorkerPool) -> None:
    started, ended = threading.Event(), threading.Event()

    def loop(context: Context) -> None:
        started.set()
        try:
            while True:
                context.check()
        finally:
            ended.set()

    job = pool.submit(loop)
    assert started.wait(5)
    job.cancel()
    assert job.state is State.CANCELLED
    assert ended.wait(0.5)


def test_cancel_is_told_at_once_even_when_the_function_is_deaf(pool: WorkerPool) -> None:
    ear = Ear()
    started, release = threading.Event(), threading.Event()

    def deaf(context: Context) -> str:
        started.set()
        release.wait(10)
        return "too late"

    job = pool.submit(deaf, listener=ear)
    assert started.wait(5)
    begun = time.monotonic()
    job.cancel()
    assert time.monotonic() - begun < 0.5
    assert ear.over == [State.CANCELLED]
    release.set()
    follower = pool.submit(lambda context: 1)
    assert follower.wait(5)
    assert (job.state, job.result, ear.over) == (State.CANCELLED, None, [State.CANCELLED])


def test_a_job_cancelled_while_waiting_never_runs() -> None:
    pool = WorkerPool(1)
    release, ran = threading.Event(), threading.Event()
    blocker = pool.submit(lambda context: release.wait(10))
    waiting = pool.submit(lambda context: ran.set())
    waiting.cancel()
    release.set()
    assert blocker.wait(5)
    assert pool.shutdown(5)
    assert not ran.is_set()


def test_shutdown_ends_every_thread_and_refuses_new_jobs() -> None:
    pool = WorkerPool(2)

    def loop(context: Context) -> None:
        while True:
            context.check()

    jobs = [pool.submit(loop) for _ in range(4)]
    assert pool.busy == 4
    assert pool.shutdown(5)
    assert {job.state for job in jobs} == {State.CANCELLED}
    with pytest.raises(RuntimeError):
        pool.submit(loop)


def test_stopping_does_not_wait(pool: WorkerPool) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(_context: Context) -> None:
        begun.set()
        go_on.wait(5)

    job = pool.submit(work)
    assert begun.wait(5)
    pool.stop()
    assert job.state is State.CANCELLED
    go_on.set()
    assert pool.shutdown(5)
