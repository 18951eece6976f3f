"""The key file of a store: salts, roles and wrapped keys, wrong attempts, and what is known of the chain.

Nothing about patients is in it. It is written whole or not at all, and two programs that change it at once
lose neither change.
"""

import hmac
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from genoai_desktop.cases.audit import Mark
from genoai_desktop.cases.durable import alone, replace_file
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

NEXT = "next"
"""Part of the key file with the keys that count once the store is under the new data key."""
_ANCHOR = "audit"
"""Part of the key file with the end of the audit chain, authenticated with the data key."""

P = ParamSpec("P")
T = TypeVar("T")


def alone_with(change: Callable[Concatenate[Path, P], T]) -> Callable[Concatenate[Path, P], T]:
    """Two programs that change the key file at once lose neither change."""

    @wraps(change)
    def held(path: Path, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with alone(path):
            return change(path, *args, **kwargs)

    return held


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The data key as one secret opens it; all fields base64 or plain."""

    user: str
    role: str
    salt: str
    nonce: str
    box: str
    time_cost: int = 3
    memory_kib: int = 65536
    lanes: int = 4


def failures(path: Path) -> dict[str, int]:
    """Wrong attempts in a row, by user; empty where nobody mistyped or the file is of an older program."""
    found = _document(path).get("failures", {})
    return {str(name): int(count) for name, count in found.items()} if isinstance(found, dict) else {}


@alone_with
def add_failure(path: Path, name: str) -> int:
    """Count one more, whatever other programs count at the same time; how many there are then.

    Raises:
        UserError: the device cannot be written.
    """
    counts = failures(path)
    counts[name] = counts.get(name, 0) + 1
    write(path, read(path), counts)
    return counts[name]


@alone_with
def forget_failures(path: Path, name: str) -> None:
    """The right passphrase was given.

    Raises:
        UserError: the device cannot be written.
    """
    counts = failures(path)
    if counts.pop(name, 0):
        write(path, read(path), counts)


def anchor(path: Path, data_key: bytes) -> Mark:
    """How far the store's audit chain came at least; 0 where it is not known, or this key did not note it.

    The head is empty in a file of an earlier program, which kept the count alone.
    """
    found = _document(path).get(_ANCHOR, {})
    try:
        mark, mac = Mark(int(found["count"]), str(found.get("head", ""))), str(found["mac"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return Mark()
    return mark if hmac.compare_digest(mac.encode(), _anchor_mac(data_key, mark).encode()) else Mark()


@alone_with
def set_anchor(path: Path, data_key: bytes, mark: Mark) -> None:
    """Note it beside the store: an older copy put in place of the store's file is noticed then.

    Whoever puts back the key file as well goes unnoticed here; the computer's own note tells then.

    Raises:
        UserError: the device cannot be written.
    """
    entries = read(path)
    kept = {"count": mark.count, "head": mark.head, "mac": _anchor_mac(data_key, mark)}
    write(path, entries, counted=kept)


def _anchor_mac(data_key: bytes, mark: Mark) -> str:
    text = f"genoai-anchor-2\n{mark.count}\n{mark.head}" if mark.head else f"genoai-anchor-1\n{mark.count}"
    return hmac.new(data_key, text.encode(), "sha256").hexdigest()


def write(
    path: Path,
    entries: list[Wrapped],
    counts: dict[str, int] | None = None,
    following: list[Wrapped] | None = None,
    counted: dict[str, Any] | None = None,
) -> None:
    """``following``: keys of a change that is under way; None leaves those that are there.

    ``counted``: the anchor of the audit chain; None leaves what is there.
    """
    if counts is None:
        counts = failures(path) if path.exists() else {}
    if following is None:
        following = entries_of(path, NEXT) if path.exists() else []
    document: dict[str, Any] = {
        "format": 1,
        "keys": [asdict(entry) for entry in entries],
        "failures": counts,
    }
    if following:
        document[NEXT] = [asdict(entry) for entry in following]
    if counted is None and path.exists():
        counted = _document(path).get(_ANCHOR)
    if counted:
        document[_ANCHOR] = counted
    replace_file(path, json.dumps(document, indent=1).encode())


def _document(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
        if not isinstance(found, dict):
            raise TypeError
    except (OSError, ValueError, TypeError) as error:
        raise _unreadable(path) from error
    return found


def entries_of(path: Path, part: str) -> list[Wrapped]:
    known = {field.name for field in fields(Wrapped)}
    try:
        rows = _document(path).get(part, [])
        return [Wrapped(**{name: row[name] for name in row if name in known}) for row in rows]
    except (KeyError, TypeError, AttributeError) as error:
        raise _unreadable(path) from error


def read(path: Path) -> list[Wrapped]:
    entries = entries_of(path, "keys")
    if not entries:
        raise UserError(tr("The key file of the store is empty."), where=path.name)
    return entries


def _unreadable(path: Path) -> UserError:
    return UserError(
        tr("The key file of the store cannot be read."),
        where=path.name,
        remedy=tr("Restore it from the newest backup."),
        code="store.keys",
    )
