"""Files of the store that appear whole or not at all, with words for a person when they cannot."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from genoai_desktop.domain import durable
from genoai_desktop.domain.context import Context
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.reasons import reason_of
from genoai_desktop.domain.text import tr


def replace_file(path: Path, data: bytes, context: Context | None = None) -> None:
    """``domain.durable.replace_file``, explained.

    Raises:
        UserError: the device is full, read-only or gone; the old file is as it was, or (code
            ``store.unknown``) it is not known which of the two is there.
        Cancelled: the person stopped it; the old file is as it was.
    """
    try:
        durable.replace_file(path, data, context)
    except durable.NotKnown as error:
        raise durable.not_known(path.name) from error
    except OSError as error:
        raise unwritten(path, error) from error


def unwritten(path: Path, error: OSError) -> UserError:
    """A device that did not take a new file, in words for a person."""
    return UserError(
        tr(
            "The file cannot be written ({reason}); what was there before is unchanged.",
            reason=reason_of(error),
        ),
        where=path.name,
        remedy=tr("Make room, or choose another device, and save again."),
        code="store.write",
    )


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Whoever reads this file to write it anew waits for other programs that do the same.

    Held by the folder, so that no lock file stays. Where the system has no such lock (Windows, some network
    drives) two programs that change the file in the same millisecond can lose one of the two changes.
    """
    handle = -1
    with suppress(ImportError, OSError):
        import fcntl

        handle = os.open(path.parent, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if handle >= 0:
            os.close(handle)
