"""A copy of an open store in a file of its own, under the same key or another, proved before it is used."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from genoai_desktop.cases.connection import copy_target, keyed, refusal
from genoai_desktop.cases.proof import PAGE, damaged_pages, unsound
from genoai_desktop.domain.context import Context, shares
from genoai_desktop.domain.text import tr

_PAGES = 256
"""Copied at a time: one megabyte, some ten milliseconds."""
_FLUSHED = (16 << 20) // PAGE
"""Pages after which a copy that is to stay goes to the device: all at once nobody could stop it."""
_WEIGHTS = 2, 1, 1
"""How long copying takes, proving the pages, and proving the records: two ciphers, one code, one cipher."""


@contextmanager
def dropped_on_failure(copy: Path) -> Iterator[None]:
    """What was not finished is deleted, with SQLite's files beside it."""
    try:
        yield
    except BaseException:
        for leftover in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):  # a device that fails takes no deleting either; the first failure is told
                copy.with_name(copy.name + leftover).unlink(missing_ok=True)
        raise


def write_copy(
    connection: Any, target: Path, data_key: bytes, context: Context, *, lasting: bool = False
) -> list[str]:
    """Copy the store page by page into a new file under ``data_key``, and read the file back.

    What is wrong with the copy; empty when it is whole. SQLite begins anew by itself when another program
    writes meanwhile. ``lasting``: it is on the device on return.

    Raises:
        sqlcipher3.Error, OSError: it could not be written.
        Cancelled: the person stopped it; the caller deletes what there is.
    """
    copying, pages, records = shares(context, *_WEIGHTS)
    copying.check()
    copying.report(tr("Copying the store"), 0.0)
    with closing(copy_target(target, data_key)) as copy, _flusher(target, lasting) as flush:
        connection.backup(copy, pages=_PAGES, progress=_step(copying, flush))
    with _flusher(target, lasting) as flush:
        flush()
    found = damaged_pages(target, data_key, pages)
    with closing(keyed(target, data_key)) as copy:
        return found + unsound(copy, records)


def require_whole(found: list[str], what: str) -> None:
    """Refuse a copy of which something was found wrong."""
    if found:
        raise refusal(what)


def _step(context: Context, flush: Callable[[], None]) -> Callable[[int, int, int], None]:
    waiting = 0

    def step(_status: int, remaining: int, total: int) -> None:
        nonlocal waiting
        context.check()
        context.report(tr("Copying the store"), 1.0 - remaining / max(total, 1))
        waiting += _PAGES
        if waiting >= _FLUSHED:
            flush()
            waiting = 0

    return step


@contextmanager
def _flusher(path: Path, lasting: bool) -> Iterator[Callable[[], None]]:
    """Puts on the device what was written to the file so far; nothing where the file is not to stay."""
    if not lasting:
        yield lambda: None
        return
    handle = os.open(path, os.O_RDWR)
    try:
        yield lambda: os.fsync(handle)
    finally:
        os.close(handle)
