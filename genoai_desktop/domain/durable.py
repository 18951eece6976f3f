"""Files that appear whole or not at all, and are on the disk when the call returns."""

import os
import secrets
from contextlib import suppress
from io import BufferedWriter
from pathlib import Path

from genoai_desktop.domain.context import Context, Silent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

_LARGEST_KEPT = 4 << 20
"""Bytes of an old file that are held while it is replaced."""
_PIECE = 1 << 20
"""Bytes written at a time: a millisecond."""
_FLUSHED = 8
"""Pieces after which they go to the device: all at once at the end nobody could stop it."""


class NotKnown(OSError):  # noqa: N818 - a state of the device
    """The device failed at the very end: whether the old or the new file is there cannot be told."""


def not_known(where: str) -> UserError:
    """``NotKnown`` in words for a person."""
    return UserError(
        tr("The device failed at the last moment: whether the file was changed is not known."),
        where=where,
        remedy=tr("Check the device and what is there now, then do it again."),
        code="store.unknown",
    )


def replace_file(path: Path, data: bytes, context: Context | None = None) -> None:
    """Write beside ``path``, flush to the device, rename over it, and flush the folder.

    The temporary file's name says nothing of the target's.

    Raises:
        NotKnown: the folder could not be flushed after the renaming, nor the old file be put back.
        OSError: full, read-only or missing device; the old file is as it was, nothing half-written is left.
        Cancelled: the person stopped it before the renaming; as well.
    """
    before = _small(path)
    _put(path, data, context)
    try:
        flush_folder(path.parent)
    except OSError as error:
        try:
            _put_back(path, before)
        except OSError:
            raise NotKnown(*error.args) from error
        raise


def rename(source: Path, target: Path) -> None:
    """``os.replace`` within one device, on the disk when the call returns.

    Raises:
        OSError: it could not be renamed, or the folder not be flushed: then either name may be there.
    """
    os.replace(source, target)
    flush_folder(target.parent)


def remove_file(path: Path) -> None:
    """Delete a file, where there is one: it does not come back after a power cut.

    Raises:
        NotKnown: the folder could not be flushed: the file may be there again.
        OSError: it could not be deleted.
    """
    try:
        path.unlink()
    except FileNotFoundError:
        return
    try:
        flush_folder(path.parent)
    except OSError as error:
        raise NotKnown(*error.args) from error


def make_folder(path: Path, mode: int = 0o777) -> None:
    """The folder and those above it that are missing, each on the disk when the call returns.

    A file's own flush does not keep the folder that it lies in. ``mode`` is that of the last one.

    Raises:
        OSError: it cannot be made.
    """
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(mode=mode, exist_ok=True)
    flush_folder(path.parent)


def _put(path: Path, data: bytes, context: Context | None = None) -> None:
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with open(temporary, "xb", opener=_private) as handle:
            _write(handle, memoryview(data), context or Silent())
            handle.flush()
            os.fsync(handle.fileno())
        (context or Silent()).check()
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):  # a device that fails takes no deleting either; the first failure is told
            temporary.unlink(missing_ok=True)
        raise


def _write(handle: BufferedWriter, data: memoryview, context: Context) -> None:
    """The content in pieces, each on its way to the device before much more comes."""
    for number, begin in enumerate(context.track(range(0, len(data), _PIECE), tr("Writing the file")), 1):
        handle.write(data[begin : begin + _PIECE])
        if number % _FLUSHED == 0:
            handle.flush()
            os.fsync(handle.fileno())


def _small(path: Path) -> bytes | None:
    """What is there now, b"" for no file; None where it is too much to be held for putting it back."""
    try:
        return path.read_bytes() if path.stat().st_size <= _LARGEST_KEPT else None
    except FileNotFoundError:
        return b""


def _put_back(path: Path, before: bytes | None) -> None:
    if before is None:
        raise NotKnown
    if before:
        _put(path, before)
    else:
        path.unlink()
    flush_folder(path.parent)


def _private(name: str, flags: int) -> int:
    """Readable by its owner alone: what is written may be about a patient."""
    return os.open(name, flags, 0o600)


def flush_folder(folder: Path) -> None:
    """On systems that let a folder be opened, so that the names in it survive a power cut.

    Raises:
        OSError: the device failed.
    """
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
