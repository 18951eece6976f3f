"""The store's files: whole or not at all, and a failure says what a person can do."""

from pathlib import Path

from genoai_desktop.domain import durable
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr


def replace_file(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path``, flushed to the device.

    Raises:
        UserError: the device is full, read-only or gone; the old file is as it was.
    """
    try:
        durable.replace_file(path, data)
    except OSError as error:
        raise UserError(
            tr(
                "The file cannot be written ({reason}); what was there before is unchanged.",
                reason=error.strerror,
            ),
            where=path.name,
            remedy=tr("Make room, or choose another device, and save again."),
            code="store.write",
        ) from error
