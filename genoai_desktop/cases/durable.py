"""Files that appear whole or not at all, and are on the disk when the call returns."""

import os
import secrets
from pathlib import Path

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr


def replace_file(path: Path, data: bytes) -> None:
    """Write beside the target, flush to the device, rename over it, and flush the folder.

    Raises:
        UserError: the device is full, read-only or gone; the old file is as it was.
    """
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with temporary.open("xb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(temporary, path)
        _flush_folder(path.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UserError(
            tr(
                "The file cannot be written ({reason}); what was there before is unchanged.",
                reason=error.strerror,
            ),
            where=path.name,
            remedy=tr("Make room, or choose another device, and save again."),
            code="store.write",
        ) from error


def _flush_folder(folder: Path) -> None:
    """On systems that let a folder be opened, so that the rename survives a power cut."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
