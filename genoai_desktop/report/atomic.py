"""Files that appear whole or not at all."""

from pathlib import Path

from genoai_desktop.domain.durable import replace_file


def write_atomic(path: Path | str, data: bytes) -> None:
    """Put ``data`` at ``path``, whole and flushed to the disk.

    Raises:
        OSError: the folder cannot be written to; nothing half-written is left behind.
    """
    replace_file(Path(path), data)
