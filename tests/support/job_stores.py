"""Stores for jobs of the tests, each closed at the end by whoever asked for the job."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "casebook")]
from ledger_cases import patient, stored  # noqa: E402

from genoai_desktop.app.casebook import Casebook, Door  # noqa: E402
from genoai_desktop.domain.errors import UserError  # noqa: E402

PASSPHRASE = "correct horse battery"
_OPEN: list[Casebook] = []


def new_store(folder: Path, cases: int) -> Casebook:
    """A store of its own below ``folder`` with so many cases."""
    book = Door(folder / "clinic").set_up(Door.prepare("ada", PASSPHRASE))
    _OPEN.append(book)
    for number in range(cases):
        book.save(stored(patient(f"Family {number}")))
    return book


@contextmanager
def stores_closed() -> Iterator[None]:
    """Close what was opened meanwhile; a job may have closed its own already."""
    try:
        yield
    finally:
        while _OPEN:
            with suppress(UserError):
                _OPEN.pop().close()
