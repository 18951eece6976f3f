"""Files that appear whole or not at all, and are on the disk when the call returns."""

import os
import secrets
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Write beside ``path``, flush to the device, rename over it, and flush the folder.

    The temporary file's name says nothing of the target's.

    Raises:
        OSError: full, read-only or missing device; the old file is as it was, nothing half-written is left.
    """
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with open(temporary, "xb", opener=_private) as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(temporary, path)
        _flush_folder(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _private(name: str, flags: int) -> int:
    """Readable by its owner alone: what is written may be about a patient."""
    return os.open(name, flags, 0o600)


def _flush_folder(folder: Path) -> None:
    """On systems that let a folder be opened, so that the rename survives a power cut."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
