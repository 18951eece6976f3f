"""The worker pool: threads that run one job at a time, and jobs that can always be cancelled.

A job is ``function(*arguments, context)``: the context is the last positional argument, reports
progress and raises ``Cancelled`` at its checks. Cancelling settles the job at once, whether or not
its function has noticed: whoever waits is told within milliseconds, and what a late function still
returns is dropped. No Qt here; ``ui.bridge`` turns the listener's calls into signals.
"""

import os
import queue
import threading
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Protocol

from genoai_desktop.domain.acyclic import spare_collector
from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled


class State(StrEnum):
    """Where a job is in its life; the last three are final."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Listener(Protocol):
    """Told about a job, from the worker's thread or from the thread that cancels."""

    def progressed(self, job: "Job", label: str, fraction: float | None) -> None:
        """The function reported progress."""

    def settled(self, job: "Job") -> None:
        """The job reached a final state; called exactly once."""


class _JobContext(Silent):
    """Reports to the job's listener, at most every 30 ms unless the label is new."""

    def __init__(self, job: "Job") -> None:
        super().__init__()
        self._job: Job | None = job
        self._label = ""
        self._last = 0.0

    def report(self, label: str, fraction: float | None) -> None:
        """Pass on a change that a person could see."""
        job, now = self._job, time.monotonic()
        if job is None:
            return
        if label == self._label and fraction != 1.0 and now - self._last < 0.03:
            return
        self._label, self._last = label, now
        job.tell_progress(label, fraction)

    def part(self) -> None:
        """Let go of the job, which is over: in a cycle it would keep its result until the next collection."""
        self._job = None


class Job:
    """One call of one function. ``result`` and ``error`` are set once the state is final."""

    def __init__(
        self, function: Callable[..., Any], arguments: tuple[Any, ...], listener: Listener | None
    ) -> None:
        self._function: Callable[..., Any] | None = function
        self._arguments = arguments
        self._listener = listener
        self._lock = threading.Lock()
        self._settled = threading.Event()
        self.context = _JobContext(self)
        self.state = State.WAITING
        self.result: Any = None
        self.error: BaseException | None = None

    @property
    def final(self) -> bool:
        """Done, failed or cancelled."""
        return self._settled.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the state is final; False when ``timeout`` seconds passed first."""
        return self._settled.wait(timeout)

    def cancel(self) -> None:
        """Stop the job. It is settled on return, even when its function has yet to notice."""
        self.context.cancel()
        self._settle(State.CANCELLED)

    def ask_to_stop(self) -> None:
        """Let the function end at its next look, and settle as it ended: it may be done before that."""
        self.context.cancel()

    def tell_progress(self, label: str, fraction: float | None) -> None:
        """Pass progress to the listener unless the job is over."""
        if self._listener is not None and not self.final:
            self._listener.progressed(self, label, fraction)

    def execute(self) -> None:
        """Run the function in this thread; errors end up in ``error``."""
        with self._lock:
            if self.state is not State.WAITING or self._function is None:
                return
            self.state = State.RUNNING
            function, arguments = self._function, self._arguments
        try:
            result = spare_collector(function(*arguments, self.context))
        except Cancelled:
            self._settle(State.CANCELLED)
        except Exception as error:  # the window explains it; a fault is shown as a fault
            self._settle(State.FAILED, error=error)
        else:
            self._settle(State.DONE, result=result)

    def _settle(self, state: State, result: Any = None, error: BaseException | None = None) -> None:
        with self._lock:
            if self._settled.is_set():
                return
            self.state, self.result, self.error = state, result, error
            self._function, self._arguments = None, ()
            self.context.part()
            self._settled.set()
        if self._listener is not None:
            self._listener.settled(self)


class WorkerPool:
    """A few threads that take jobs in the order of their submission.

    Threads start when they are first needed. They are daemons: a native call that cannot be
    interrupted never keeps the program from ending.
    """

    def __init__(self, threads: int | None = None, name: str = "worker") -> None:
        self._size = threads or max(2, min(4, os.cpu_count() or 2))
        self._name = name
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._open: set[Job] = set()
        self._lock = threading.Lock()
        self._closed = False

    def submit(self, function: Callable[..., Any], *arguments: Any, listener: Listener | None = None) -> Job:
        """Queue ``function(*arguments, context)``.

        Raises:
            RuntimeError: the pool was shut down.
        """
        job = Job(function, arguments, listener)
        with self._lock:
            if self._closed:
                raise RuntimeError("the worker pool was shut down")
            self._open = {other for other in self._open if not other.final} | {job}
            if len(self._threads) < min(self._size, len(self._open)):
                self._start_thread()
        self._queue.put(job)
        return job

    @property
    def busy(self) -> int:
        """Jobs that wait or run."""
        with self._lock:
            return sum(not job.final for job in self._open)

    def cancel_all(self) -> None:
        """Cancel every job that is not over."""
        with self._lock:
            jobs = list(self._open)
        for job in jobs:
            job.cancel()

    def stop(self) -> None:
        """Cancel everything and take nothing more; the threads end when their jobs have noticed."""
        with self._lock:
            closed, self._closed = self._closed, True
            threads = list(self._threads)
        self.cancel_all()
        for _ in () if closed else threads:
            self._queue.put(None)

    def shutdown(self, timeout: float = 5.0) -> bool:
        """``stop``, and wait; True when all threads ended within ``timeout`` seconds."""
        self.stop()
        with self._lock:
            threads = list(self._threads)
        deadline = time.monotonic() + timeout
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)

    def _start_thread(self) -> None:
        thread = threading.Thread(
            target=self._work, name=f"{self._name}-{len(self._threads) + 1}", daemon=True
        )
        self._threads.append(thread)
        thread.start()

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            job.execute()
            with self._lock:
                self._open.discard(job)
            del job
