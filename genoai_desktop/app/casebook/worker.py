"""The one thread that owns an open store; everybody else asks it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
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

    def submit(
        self, function: Callable[Concatenate[Store, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> "Future[T]":
        """Call ``function(store, ...)`` in the store's thread, after everything asked before.

        Raises:
            UserError: the store was closed.
        """
        if self._closed:
            raise UserError(
                tr("The case store is locked."), remedy=tr("Unlock it first."), code="casebook.locked"
            )
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


def _in_words(
    function: Callable[Concatenate[Store, P], T], store: Store, *args: P.args, **kwargs: P.kwargs
) -> T:
    """A device that fails while something is read is said as plainly as one that fails while writing."""
    try:
        return function(store, *args, **kwargs)
    except sqlcipher3.Error as error:
        raise explained(error) from error
