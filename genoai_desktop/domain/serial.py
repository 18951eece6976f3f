"""Any typed dataclass to JSON and back, led by its annotations. Standard library only.

Knows ``None``, bool, int, float, str, bytes, enums, dates, paths, tuples, lists, sets, mappings, optional
and union types, and dataclasses of these at any depth. What a stored document has and the program
does not know (a field of a later version, a member that an enum lost) is handed back as ``Unknown``
and can be merged into the document that is written next: nothing is dropped in silence.
"""

import base64
import math
import types
import typing
from collections.abc import Mapping, Sequence
from collections.abc import Set as AnySet
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path, PurePath
from typing import Any, TypeVar

T = TypeVar("T")
KIND = "is"
"""Key that names the class where a union leaves more than one dataclass possible."""

_NUMBERS = {"inf": math.inf, "-inf": -math.inf, "nan": math.nan}


class NotReadable(ValueError):  # noqa: N818 - a state of a document
    """A document does not fit the type. Names the place, never the content."""

    def __init__(self, place: str, wanted: str) -> None:
        super().__init__(f"{place or 'document'}: not a {wanted}")
        self.place = place


@dataclass(frozen=True, slots=True)
class Unknown:
    """One part of a document that the types have no place for. ``path``: field names and indices."""

    path: tuple[str | int, ...]
    value: Any
    owner: str | None = None
    """``id`` of the list item that the part belongs to, so that it never moves to another."""

    @property
    def place(self) -> str:
        """The path as a person reads it; holds names of fields only."""
        return ".".join(map(str, self.path))


def encode(value: Any) -> Any:
    """``value`` as JSON types. Sets are sorted, so that equal values give equal documents.

    Raises:
        TypeError: a type that this module does not know.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return encode(value.value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, int | str):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return _encode_dataclass(value)
    return _encode_other(value)


def _encode_dataclass(value: Any) -> dict[str, Any]:
    hints = _hints(typing.cast(Any, type(value)))
    document: dict[str, Any] = {}
    for field in fields(value):
        if field.init:
            document[field.name] = _named(getattr(value, field.name), hints[field.name])
    return document


def _named(value: Any, kind: Any) -> Any:
    """Encoded; dataclasses of a field that admits several say which they are."""
    document = encode(value)
    if isinstance(value, tuple | list) and _several(kind):
        return [_tagged(item, encode(item)) for item in value]
    return _tagged(value, document) if _several(kind) else document


def _tagged(value: Any, document: Any) -> Any:
    if is_dataclass(value) and isinstance(document, dict):
        return {KIND: type(value).__name__, **document}
    return document


def _encode_other(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        if all(isinstance(key, str) for key in value):
            return {str(key): encode(item) for key, item in value.items()}
        return [[encode(key), encode(item)] for key, item in value.items()]
    if isinstance(value, AnySet):
        return sorted((encode(item) for item in value), key=str)
    if isinstance(value, Sequence):
        return [encode(item) for item in value]
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def decode(kind: type[T], document: Any) -> tuple[T, tuple[Unknown, ...]]:
    """The value of type ``kind``, and what of ``document`` it has no place for.

    A field that is missing takes its default. A field that cannot be read takes its default as well
    and is reported, unless it has none.

    Raises:
        NotReadable: the document does not fit, and no default helps.
    """
    reader = _Reader()
    value = reader.read(kind, document, (), None)
    return value, tuple(reader.unknown)


def merge(document: Any, unknown: Sequence[Unknown]) -> Any:
    """``document`` with the unknown parts put back where their surroundings are still there."""
    for part in unknown:
        document = _put(document, part.path, part)
    return document


def _put(document: Any, path: tuple[str | int, ...], part: Unknown) -> Any:
    if not path:
        return document
    step, rest = path[0], path[1:]
    if isinstance(step, str) and isinstance(document, dict):
        if not rest:
            return document if step in document and document[step] is None else {step: part.value, **document}
        return document | {step: _put(document[step], rest, part)} if step in document else document
    if isinstance(step, int) and isinstance(document, list):
        at = _index(document, step, part.owner)
        if at is not None and rest:
            return [_put(item, rest, part) if i == at else item for i, item in enumerate(document)]
    return document


def _index(items: list[Any], step: int, owner: str | None) -> int | None:
    if owner is None:
        return step if step < len(items) else None
    named = (i for i, item in enumerate(items) if isinstance(item, dict) and item.get("id") == owner)
    return next(named, None)


class _Reader:
    def __init__(self) -> None:
        self.unknown: list[Unknown] = []

    def read(self, kind: Any, data: Any, path: tuple[str | int, ...], owner: str | None) -> Any:
        """``data`` as a value of ``kind``."""
        if kind is Any or kind is object:
            return data
        if isinstance(kind, typing.TypeVar):
            return self.read(kind.__bound__ or Any, data, path, owner)
        origin = typing.get_origin(kind)
        if origin in (typing.Union, types.UnionType):
            return self._union(typing.get_args(kind), data, path, owner)
        if origin is typing.Literal:
            return self._checked(data, data in typing.get_args(kind), path, "known word")
        if origin is not None:
            return self._container(origin, typing.get_args(kind), data, path)
        if is_dataclass(kind):
            return self._dataclass(kind, data, path, owner)
        return self._plain(kind, data, path)

    def _checked(self, data: Any, fits: bool, path: tuple[str | int, ...], wanted: str) -> Any:
        if not fits:
            raise NotReadable(".".join(map(str, path)), wanted)
        return data

    def _plain(self, kind: Any, data: Any, path: tuple[str | int, ...]) -> Any:
        place, name = ".".join(map(str, path)), getattr(kind, "__name__", str(kind))
        try:
            if kind is float:
                return _NUMBERS[data] if isinstance(data, str) else self._number(data, path)
            if kind in (bool, str) or kind is type(None):
                return self._checked(data, isinstance(data, kind), path, name)
            if kind is int:
                return self._checked(
                    data, isinstance(data, int) and not isinstance(data, bool), path, "whole number"
                )
            if kind is bytes:
                return base64.b64decode(data, validate=True)
            if kind in (date, datetime):
                return kind.fromisoformat(data)
            if isinstance(kind, type) and issubclass(kind, PurePath):
                return Path(data)
            return kind(data)
        except NotReadable:
            raise
        except (TypeError, ValueError, KeyError) as error:
            raise NotReadable(place, name) from error

    def _number(self, data: Any, path: tuple[str | int, ...]) -> float:
        fits = isinstance(data, int | float) and not isinstance(data, bool)
        return float(self._checked(data, fits, path, "number"))

    def _union(
        self, kinds: tuple[Any, ...], data: Any, path: tuple[str | int, ...], owner: str | None
    ) -> Any:
        if data is None and type(None) in kinds:
            return None
        named = [kind for kind in kinds if is_dataclass(kind)]
        if isinstance(data, dict) and KIND in data:
            named = [kind for kind in named if getattr(kind, "__name__", "") == data[KIND]]
            if not named:
                raise NotReadable(".".join(map(str, path)), "known kind")
            data = {key: value for key, value in data.items() if key != KIND}
            return self.read(named[0], data, path, owner)
        for kind in (kind for kind in kinds if kind is not type(None)):
            before = len(self.unknown)
            try:
                return self.read(kind, data, path, owner)
            except NotReadable as error:
                del self.unknown[before:]
                failure = error
        raise failure

    def _container(self, origin: Any, inner: tuple[Any, ...], data: Any, path: tuple[str | int, ...]) -> Any:
        if isinstance(origin, type) and issubclass(origin, Mapping):
            key, value = inner
            pairs = data.items() if isinstance(data, dict) else data
            self._checked(data, isinstance(data, dict | list), path, "mapping")
            return {
                self.read(key, name, path, None): self.read(value, item, (*path, str(name)), None)
                for name, item in pairs
            }
        self._checked(data, isinstance(data, list), path, "list")
        if origin is tuple and not (len(inner) == 2 and inner[1] is Ellipsis):
            self._checked(data, len(data) == len(inner), path, f"list of {len(inner)}")
            return tuple(
                self.read(kind, item, (*path, i), _owner(item))
                for i, (kind, item) in enumerate(zip(inner, data, strict=True))
            )
        items = list(self._items(inner[0], data, path))
        return origin(items) if origin in (tuple, list, set, frozenset) else tuple(items)

    def _items(self, kind: Any, data: list[Any], path: tuple[str | int, ...]) -> typing.Iterator[Any]:
        for index, item in enumerate(data):
            yield self.read(kind, item, (*path, index), _owner(item))

    def _dataclass(self, kind: Any, data: Any, path: tuple[str | int, ...], owner: str | None) -> Any:
        self._checked(data, isinstance(data, dict), path, kind.__name__)
        hints, values = _hints(kind), {}
        known = {field.name: field for field in fields(kind) if field.init}
        for name, item in data.items():
            if name not in known:
                self.unknown.append(Unknown((*path, name), item, owner))
                continue
            before = len(self.unknown)
            try:
                values[name] = self.read(hints[name], item, (*path, name), owner)
            except NotReadable:
                if not _has_default(known[name]):
                    raise
                del self.unknown[before:]
                self.unknown.append(Unknown((*path, name), item, owner))
        missing = [name for name, field in known.items() if name not in values and not _has_default(field)]
        if missing:
            raise NotReadable(".".join(map(str, (*path, missing[0]))), "value")
        try:
            return kind(**values)
        except (TypeError, ValueError) as error:
            raise NotReadable(".".join(map(str, path)), kind.__name__) from error


def _owner(item: Any) -> str | None:
    found = item.get("id") if isinstance(item, dict) else None
    return found if isinstance(found, str) else None


def _has_default(field: "Field[Any]") -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


@cache
def _several(kind: Any) -> bool:
    """Whether more than one dataclass is possible for a value, or for the items of a list, of this type."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return sum(is_dataclass(part) for part in typing.get_args(kind)) > 1
    inner = typing.get_args(kind)
    return bool(inner) and typing.get_origin(kind) in (tuple, list) and _several(inner[0])
