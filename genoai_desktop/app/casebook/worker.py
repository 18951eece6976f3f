"""The one thread that owns an open store; everybody else asks it."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import sqlcipher3

from genoai_desktop.cases.connection import explained
from genoai_desktop.cases.store import Clock, Store
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

P = ParamSpec("P")
T = TypeVar("T")


class StoreWorker:
    """Opens a store in a thread of its own. ``call`` waits, ``submit`` does not.

    Raises:
        UserError: the store cannot be opened (see ``Store``).
    """

    def __init__(self, path: Path, data_key: bytes, user: str, clock: Clock | None = None) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="casebook")
        options = {} if clock is None else {"clock": clock}
        try:
            self._store = self._thread.submit(Store, path, data_key, user, **options).result()
        except BaseException:
            self._thread.shutdown()
            raise
        self._closed = False
        self._turn = threading.Condition()
        self._together, self._leaving = 0, False

    @contextmanager
    def together(self) -> Iterator[None]:
        """Requests that belong together, never one within another: ``settle`` waits for the last of them.

        Raises:
            UserError: the store is being closed.
        """
        with self._turn:
            if self._leaving:
                raise _locked()
            self._together += 1
        try:
            yield
        finally:
            with self._turn:
                self._together -= 1
                self._turn.notify_all()

    def settle(self) -> None:
        """Wait until requests that belong together are over; no others begin. Before the last entries."""
        with self._turn:
            self._leaving = True
            self._turn.wait_for(lambda: not self._together)

    def submit(
        self, function: Callable[Concatenate[Store, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> "Future[T]":
        """Call ``function(store, ...)`` in the store's thread, after everything asked before.

        Raises:
            UserError: the store was closed.
        """
        if self._closed:
            raise _locked()
        return self._thread.submit(lambda: _in_words(function, self._store, *args, **kwargs))

    def call(self, function: Callable[Concatenate[Store, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like ``submit``, and wait for the answer."""
        return self.submit(function, *args, **kwargs).result()

    def close(self) -> None:
        """Finish what was asked, close the store, end the thread. Calling again does nothing."""
        if not self._closed:
            self._closed = True
            try:
                self._thread.submit(_in_words, Store.close, self._store).result()
            finally:
                self._thread.shutdown()


def _locked() -> UserError:
    return UserError(tr("The case store is locked."), remedy=tr("Unlock it first."), code="casebook.locked")


def _in_words(
    function: Callable[Concatenate[Store, P], T], store: Store, *args: P.args, **kwargs: P.kwargs
) -> T:
    """A device that fails while something is read is said as plainly as one that fails while writing."""
    try:
        return function(store, *args, **kwargs)
    except sqlcipher3.Error as error:
        raise explained(error) from error
