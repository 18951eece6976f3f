"""Tables in and out: TSV with a header line, ``.gz`` allowed, ``.csv`` by name, ``-`` for the streams."""

import gzip
import io
import sys
from pathlib import Path

import polars as pl

from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.text import tr
from genoai_desktop.report.atomic import write_atomic


def _is_csv(path: Path) -> bool:
    return ".csv" in path.suffixes[-2:]


def read_table(path: Path, needs: tuple[str, ...] = ()) -> pl.DataFrame:
    """Every column as text; empty fields are null. Unknown columns are kept.

    Raises:
        UserError: the file cannot be read as a table, or lacks a needed column.
    """
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
    except (OSError, EOFError) as error:
        raise UserError(
            tr("The table cannot be read ({reason}).", reason=type(error).__name__),
            where=file_where(path),
            remedy=tr("Check the path and that the file is complete."),
        ) from error
    try:
        frame = pl.read_csv(
            io.BytesIO(data),
            separator="," if _is_csv(path) else "\t",
            infer_schema=False,
            quote_char='"' if _is_csv(path) else None,
            encoding="utf8",
        )
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise UserError(
            tr("The table is not tab-separated text with a header line and equally many fields in each."),
            where=file_where(path),
            remedy=tr("Save it as TSV in UTF-8."),
        ) from error
    for column in needs:
        if column not in frame.columns:
            raise UserError(
                tr("The column “{name}” is missing.", name=column),
                where=file_where(path, 1, column),
                remedy=tr("It needs: {names}.", names=", ".join(needs)),
            )
    return frame


def write_table(frame: pl.DataFrame, path: Path) -> None:
    """Write whole or not at all: a temporary file beside the target, then a rename."""
    if path.name.endswith(".json"):
        data = frame.write_json().encode()
    else:
        data = frame.write_csv(separator="," if _is_csv(path) else "\t", null_value="").encode()
    write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data, path)


def write_bytes(data: bytes, path: Path) -> None:
    """Atomic write; ``-`` is standard output.

    Raises:
        UserError: the folder does not exist or cannot be written to.
    """
    if str(path) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        write_atomic(path, data)
    except OSError as error:
        raise UserError(
            tr("The result cannot be written ({reason}).", reason=error.strerror),
            where=str(path),
            remedy=tr("Check that the folder exists and has space."),
        ) from error
