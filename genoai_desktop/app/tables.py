"""Tables in and out: TSV with a header line, ``.gz`` too, ``.csv`` and ``.json`` by name, ``-`` a stream."""

import csv
import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from genoai_desktop.domain.errors import UserError, file_where
from genoai_desktop.domain.reasons import reason_of
from genoai_desktop.domain.text import tr
from genoai_desktop.report.atomic import write_atomic

LONGEST_FIELD = 1 << 26
"""Characters of one field of a CSV file; what is longer is refused."""


def table_kind(path: Path) -> str:
    """``csv``, ``json`` or ``tsv``, by the end of the name (before ``.gz``)."""
    ending = Path(path.name.lower().removesuffix(".gz")).suffix
    return ending[1:] if ending in (".csv", ".json") else "tsv"


def read_bytes(path: Path) -> bytes:
    """A whole file (or standard input), unpacked where it is gzip.

    Raises:
        UserError: it cannot be read or unpacked.
    """
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    except (OSError, EOFError, zlib.error) as error:
        raise UserError(
            tr("The table cannot be read ({reason}).", reason=reason_of(error)),
            where=file_where(path),
            remedy=tr("Check the path and that the file is complete."),
        ) from error


def read_text(path: Path) -> str:
    """A whole file as text, without its byte order mark.

    Raises:
        UserError: it cannot be read, or is not UTF-8; names the line.
    """
    data = read_bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            tr("The table is not text in UTF-8."),
            where=file_where(path, data.count(b"\n", 0, error.start) + 1),
            remedy=tr("Save it as TSV in UTF-8."),
        ) from error


def read_table(path: Path, needs: tuple[str, ...] = ()) -> pl.DataFrame:
    """Every column as text; empty fields are null. Unknown columns are kept.

    Raises:
        UserError: the file cannot be read as a table, or lacks a needed column; names line and field.
    """
    text = read_text(path)
    kind = _kind_by_content(text) if str(path) == "-" else table_kind(path)
    if kind == "json":
        names, rows = _json_rows(path, text)
    else:
        fields = _csv_fields(path, text) if kind == "csv" else _tsv_fields(text)
        names, rows = _checked(path, fields)
    for column in needs:
        if column not in names:
            raise UserError(
                tr("The column “{name}” is missing.", name=column),
                where=file_where(path, 1, column),
                remedy=tr("It needs: {names}.", names=", ".join(needs)),
            )
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    series = [
        pl.Series(name, [value or None for value in values], dtype=pl.String)
        for name, values in zip(names, columns, strict=True)
    ]
    return pl.DataFrame(series)


def _kind_by_content(text: str) -> str:
    """Standard input has no name: a list is JSON, and commas without a tab in the header are CSV."""
    header = text.split("\n", 1)[0]
    if text.lstrip().startswith("["):
        return "json"
    return "csv" if "," in header and "\t" not in header else "tsv"


def _tsv_fields(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and fields. Quotes mean nothing in TSV: they are part of the value."""
    lines = text.split("\n") if "\n" in text else text.split("\r")
    while lines and not lines[-1].strip("\r"):
        lines.pop()
    for number, line in enumerate(lines, start=1):
        yield number, line.removesuffix("\r").split("\t")


def _csv_fields(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for fields in reader:
            if fields:
                yield reader.line_num, fields
    except csv.Error as error:
        raise UserError(
            tr("The quotes of this line do not fit together."),
            where=file_where(path, reader.line_num),
            remedy=tr("Save it as CSV in UTF-8."),
        ) from error


def _checked(path: Path, lines: Iterable[tuple[int, list[str]]]) -> tuple[list[str], list[list[str]]]:
    """The header and the rows, each with as many fields as the header."""
    names: list[str] = []
    rows: list[list[str]] = []
    for number, fields in lines:
        if not names:
            names = fields
            _distinct(path, number, names)
        elif len(fields) == len(names):
            rows.append(fields)
        elif any(fields):
            raise UserError(
                tr("The line has {count} fields, the header {wanted}.", count=len(fields), wanted=len(names)),
                where=file_where(path, number, names[min(len(fields), len(names) - 1)]),
                remedy=tr(
                    "Give every line as many fields as the header, separated as the file's ending says."
                ),
            )
    if not any(names):
        raise UserError(
            tr("The table is empty."), where=file_where(path, 1), remedy=tr("It needs a header line.")
        )
    return names, rows


def _distinct(path: Path, number: int, names: list[str]) -> None:
    twice = next((name for index, name in enumerate(names) if name in names[:index]), None)
    if twice is not None:
        raise UserError(
            tr("Two columns have the same name."),
            where=file_where(path, number, twice),
            remedy=tr("Rename or remove one of them."),
        )


def _json_rows(path: Path, text: str) -> tuple[list[str], list[list[str]]]:
    """A list of objects: their keys in the order seen. Numbers and nested values as JSON writes them."""
    value = parse_json(path, text)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise UserError(
            tr("A JSON list of objects is needed."),
            where=file_where(path),
            remedy=tr("Put the rows in [ ], each as an object."),
        )
    names = list(dict.fromkeys(name for item in value for name in item))
    return names, [[_json_text(item.get(name)) for name in names] for item in value]


def parse_json(path: Path, text: str) -> Any:
    """The value of a JSON text.

    Raises:
        UserError: it is not JSON; names the line.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise UserError(
            tr("This is not readable JSON."),
            where=file_where(path, line),
            remedy=tr("Save it as JSON in UTF-8."),
        ) from error


def _json_text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def table_bytes(frame: pl.DataFrame, path: Path) -> bytes:
    """The table in the form that the name asks for, packed when it ends in ``.gz``."""
    kind = table_kind(path)
    if kind == "json":
        data = frame.write_json().encode()
    elif kind == "csv":
        bare = frame.with_columns(pl.col(pl.String).replace("", None))
        data = bare.write_csv(null_value="").encode()
    else:
        data = _tsv_bytes(frame)
    return gzip.compress(data, mtime=0) if path.name.lower().endswith(".gz") else data


def _tsv_bytes(frame: pl.DataFrame) -> bytes:
    """No quoting: what was read is written as it was. Only tabs and line ends cannot be in a field."""
    texts = pl.col(pl.String).str.replace_all(r"[\t\r\n]+", " ")
    plain = frame.with_columns(texts).rename({name: " ".join(name.split("\t")) for name in frame.columns})
    return plain.write_csv(separator="\t", null_value="", quote_style="never").encode()


def write_table(frame: pl.DataFrame, path: Path) -> None:
    """Write whole or not at all: a temporary file beside the target, then a rename."""
    write_bytes(table_bytes(frame, path), path)


def write_bytes(data: bytes, path: Path) -> None:
    """Atomic write; ``-`` is standard output.

    Raises:
        UserError: the folder does not exist or cannot be written to.
    """
    if str(path) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        if not path.name or path.is_dir():
            raise IsADirectoryError(21, tr("it is a folder"))
        write_atomic(path, data)
    except OSError as error:
        raise UserError(
            tr("The result cannot be written ({reason}).", reason=reason_of(error)),
            where=path.name,
            remedy=tr("Check that the folder exists, can be written to and has space."),
        ) from error
