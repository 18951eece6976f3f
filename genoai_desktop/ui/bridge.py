"""From ``jobs`` to Qt: a job's events, delivered in the window's thread."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from genoai_desktop.jobs.pool import Job, State, WorkerPool

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Runner(QObject):
    """Runs functions in the pool; at most one per key, a new one cancels the old.

    ``progress`` carries label and fraction (-1 when unknown); ``busy_changed`` says whether anything
    is under way; ``stopped``: a job ended because somebody else stopped it. Callbacks run in the thread of
    this object, and never for a cancelled job.
    """

    progress = Signal(str, float)
    busy_changed = Signal(bool)
    stopped = Signal()
    _progressed = Signal(object, str, float)
    _settled = Signal(object)

    def __init__(self, pool: WorkerPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = pool
        self.outlives_lock = False
        """Whether its jobs have nothing to do with the case store or a case, and go on behind the lock."""
        self._jobs: dict[str, Job] = {}
        self._callbacks: dict[Job, tuple[Done | None, Failed | None]] = {}
        self._progressed.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)
        self._settled.connect(self._on_settled, Qt.ConnectionType.QueuedConnection)

    @property
    def pool(self) -> WorkerPool:
        """The pool that the jobs run in."""
        return self._pool

    def run(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        key: str = "",
    ) -> Job:
        """Call ``function(*arguments, context)`` in a worker."""
        self.cancel(key)
        relay = _Relay(self)
        job = self._pool.submit(function, *arguments, listener=relay)
        self._jobs[key] = job
        self._callbacks[job] = (done, failed)
        self.busy_changed.emit(True)
        return job

    def cancel(self, key: str = "") -> None:
        """Stop the job of that key, if one is under way."""
        job = self._jobs.pop(key, None)
        if job is not None:
            self._callbacks.pop(job, None)
            job.cancel()
            self.busy_changed.emit(self.busy)

    def cancel_all(self) -> None:
        """Stop everything this object started."""
        for key in list(self._jobs):
            self.cancel(key)

    def ask_to_stop(self) -> None:
        """Have every job end at its next look; how it ended is told as ever."""
        for job in self._jobs.values():
            job.ask_to_stop()

    @property
    def busy(self) -> bool:
        """True while a job is under way."""
        return bool(self._jobs)

    def under_way(self, key: str) -> bool:
        """True while the job of that key is."""
        return key in self._jobs

    def relay_progress(self, job: Job, label: str, fraction: float | None) -> None:
        """Called by a worker's thread."""
        self._progressed.emit(job, label, -1.0 if fraction is None else fraction)

    def relay_settled(self, job: Job) -> None:
        """Called by a worker's thread."""
        self._settled.emit(job)

    @Slot(object, str, float)
    def _on_progress(self, job: Job, label: str, fraction: float) -> None:
        if job in self._callbacks:
            self.progress.emit(label, fraction)

    @Slot(object)
    def _on_settled(self, job: Job) -> None:
        callbacks = self._callbacks.pop(job, None)
        if callbacks is None:
            return
        self._jobs = {key: other for key, other in self._jobs.items() if other is not job}
        self.busy_changed.emit(self.busy)
        done, failed = callbacks
        if job.state is State.DONE and done is not None:
            done(job.result)
        elif job.state is State.FAILED and isinstance(job.error, Exception):
            if failed is None:
                raise job.error
            failed(job.error)
        elif job.state is State.CANCELLED:
            self.stopped.emit()


class _Relay:
    """The listener of one job; outlives the runner harmlessly."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    def progressed(self, job: Job, label: str, fraction: float | None) -> None:
        """Hand over to the window's thread."""
        try:
            self._runner.relay_progress(job, label, fraction)
        except RuntimeError:  # the window is gone
            job.cancel()

    def settled(self, job: Job) -> None:
        """Hand over to the window's thread."""
        try:
            self._runner.relay_settled(job)
        except RuntimeError:
            return
