"""Files of the store that appear whole or not at all, with words for a person when they cannot."""

from pathlib import Path

from genoai_desktop.domain import durable
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr


def replace_file(path: Path, data: bytes) -> None:
    """``domain.durable.replace_file``, explained.

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
