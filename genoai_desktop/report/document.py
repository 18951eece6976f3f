"""A CaseResult as plain data (JSON) and back, driven by the annotations of the domain's dataclasses."""

import hashlib
import json
import math
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.result import CaseResult
from genoai_desktop.domain.text import later, tr
from genoai_desktop.report import steps
from genoai_desktop.report.atomic import write_atomic
from genoai_desktop.report.outcome import also_listed, outcome
from genoai_desktop.report.permitted import permitted

FORMAT = "genoai-desktop-result"
FORMAT_VERSION = 1
DECISION_SUPPORT = later(
    "Decision support for trained professionals. Not a diagnosis; every finding must be confirmed and "
    "interpreted by a qualified professional before anyone acts on it."
)


def result_document(result: CaseResult) -> dict[str, Any]:
    """The permitted parts of a result as JSON-ready data; ``resources/schema`` describes it.

    Positions are 1-based; chances are 0..1; a part that was not run or is withheld is null.
    ``also_listed``: secondary findings that are the answer to the question itself, with its candidate.
    """
    allowed = permitted(result)
    answer = outcome(allowed)
    listed = [
        {"gene": one.gene, "condition": one.condition, "candidate": answer.candidate.rank}
        for one in also_listed(allowed, answer)
        if answer.candidate
    ]
    body = _plain(allowed)
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "decision_support": DECISION_SUPPORT,
        "also_listed": listed,
        **body,
    }


def document_to_result(document: Mapping[str, Any]) -> CaseResult:
    """Read back what ``result_document`` made.

    Raises:
        UserError: it is of another format or a newer version, or a field is missing or misshapen.
    """
    if document.get("format") != FORMAT or document.get("format_version") != FORMAT_VERSION:
        raise UserError(
            tr("This is not a result of GenoAI Desktop in a version that this program reads."),
            remedy=tr("Open it with the program version that wrote it."),
        )
    try:
        built: CaseResult = _build(CaseResult, document)
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(
            tr("The result file is damaged or incomplete."),
            remedy=tr("Analyse the case again, or restore the file from a backup."),
        ) from error
    return built


def canonical(result: CaseResult) -> bytes:
    """The permitted result as canonical JSON (sorted keys, UTF-8, no space): what a signature covers.

    Fields at their default are left out, so that a later version of the program with one more
    (unused) field comes to the same bytes, and a signature given before still holds.
    """
    text = json.dumps(
        _plain(permitted(result), defaults=False), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return text.encode("utf-8")


def content_sha256(result: CaseResult) -> str:
    """SHA-256 of ``canonical``, in hexadecimal."""
    return hashlib.sha256(canonical(result)).hexdigest()


def write_json(result: CaseResult, path: Path | str) -> None:
    """Write ``result_document`` as indented UTF-8 JSON, whole or not at all."""
    write_atomic(path, indented(result_document(result)))


def indented(document: Mapping[str, Any]) -> bytes:
    """Plain data as JSON to read: UTF-8, indented, a line end at its end.

    Raises:
        ValueError: a number is not finite.
    """
    parts = []
    for part in json.JSONEncoder(ensure_ascii=False, indent=1, allow_nan=False).iterencode(document):
        steps.check()
        parts.append(part)
    return ("".join(parts) + "\n").encode("utf-8")


def read_json(path: Path | str) -> CaseResult:
    """Read a file that ``write_json`` wrote; raises ``UserError`` as ``document_to_result`` does."""
    try:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as error:
        raise UserError(tr("The file is not valid JSON."), where=Path(path).name) from error
    if not isinstance(document, dict):
        raise UserError(tr("The file does not hold a result."), where=Path(path).name)
    return document_to_result(document)


def _plain(value: Any, *, defaults: bool = True) -> Any:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        steps.check()
        kept = [field for field in fields(value) if defaults or not _is_default(value, field)]
        return {field.name: _plain(getattr(value, field.name), defaults=defaults) for field in kept}
    if isinstance(value, frozenset | set):
        return sorted(_plain(item) for item in value)
    if isinstance(value, tuple | list):
        return [_plain(item, defaults=defaults) for item in value]
    if hasattr(value, "item") and callable(value.item):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _is_default(value: Any, field: "Field[Any]") -> bool:
    return field.default is not MISSING and bool(getattr(value, field.name) == field.default)


@cache
def hints(kind: type) -> dict[str, Any]:
    """Resolved annotations of a dataclass."""
    return get_type_hints(kind)


def _build(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = [part for part in get_args(kind) if part is not type(None)]
        return None if value is None else _build(inner[0], value)
    if origin is tuple:
        return _build_tuple(get_args(kind), value)
    if origin is frozenset:
        return frozenset(_build(get_args(kind)[0], item) for item in value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if is_dataclass(kind):
        known = hints(kind)  # type: ignore[arg-type]
        names = [field.name for field in fields(kind) if field.name in value]
        return kind(**{name: _build(known[name], value[name]) for name in names})  # type: ignore[operator]
    return float(value) if kind is float else value


def _build_tuple(parts: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        return tuple(_build(parts[0], item) for item in value)
    return tuple(_build(part, item) for part, item in zip(parts, value, strict=True))
