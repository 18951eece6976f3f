"""The JSON schema (draft 2020-12) of ``result_document``, derived from the domain's dataclasses.

``resources/schema/result.schema.json`` is this module's output, kept in the repository for readers
outside the program: ``python -m genoai_desktop.report.schema PATH`` writes it; a test compares.
"""

import json
import sys
import types
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from genoai_desktop.domain.result import CaseResult
from genoai_desktop.report.document import FORMAT, FORMAT_VERSION, hints

_ALSO_LISTED = {
    "type": "object",
    "description": "A secondary finding that is the answer to the question itself: one finding, told once.",
    "properties": {
        "gene": {"type": "string"},
        "condition": {"type": "string"},
        "candidate": {"type": "integer", "description": "Rank of the candidate that it is."},
    },
    "required": ["gene", "condition", "candidate"],
    "additionalProperties": False,
}
_SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean"}


def schema() -> dict[str, Any]:
    """The whole schema."""
    definitions: dict[str, Any] = {}
    _describe(CaseResult, definitions)
    root = definitions.pop("CaseResult")
    root["properties"] = {
        "format": {"const": FORMAT},
        "format_version": {"const": FORMAT_VERSION},
        "decision_support": {"type": "string"},
        "also_listed": {"type": "array", "items": _ALSO_LISTED},
        **root["properties"],
    }
    root["required"] = ["format", "format_version", "decision_support", *root["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Result of one analysed case",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _describe(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_describe(part, definitions) for part in get_args(kind)]}
    if kind is type(None):
        return {"type": "null"}
    if origin is tuple:
        return _array(get_args(kind), definitions)
    if origin is frozenset:
        return {"type": "array", "items": _describe(get_args(kind)[0], definitions), "uniqueItems": True}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    if is_dataclass(kind):
        return _object(kind, definitions)
    return {"type": _SIMPLE[kind]}


def _array(parts: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        return {"type": "array", "items": _describe(parts[0], definitions)}
    items = [_describe(part, definitions) for part in parts]
    return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}


def _object(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        known = hints(kind)
        definitions[name].update(
            type="object",
            description=(kind.__doc__ or "").strip().splitlines()[0],
            properties={field.name: _describe(known[field.name], definitions) for field in fields(kind)},
            required=[
                field.name
                for field in fields(kind)
                if field.default is MISSING and field.default_factory is MISSING
            ],
            additionalProperties=False,
        )
    return {"$ref": f"#/$defs/{name}"}


def main(path: str) -> None:
    """Write the schema file."""
    text = json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
    Path(path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
