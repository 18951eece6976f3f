"""The audit chain: every entry names the hash of the one before; count and head are signed.

Editing or inserting breaks the hashes; cutting off the end contradicts the signed count. Entries
hold identifiers only, never names.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from genoai_desktop.domain.text import tr

GENESIS = "0" * 64


class Act(StrEnum):
    """What can happen to a case."""

    OPENED_STORE = "opened store"
    VIEWED = "viewed"
    CHANGED = "changed"
    ANALYSED = "analysed"
    EXPORTED = "exported"
    SIGNED = "signed"
    CONSENT = "consent changed"
    DELETED = "deleted"
    USER = "user changed"
    FAILED = "wrong passphrase"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    ATTACHED = "attachment changed"
    BACKED_UP = "backed up"
    RESTORED = "restored"
    SETTING = "setting changed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. ``number`` counts from 1; ``time`` is ISO 8601 in UTC, as the clock said."""

    number: int
    time: str
    user: str
    act: str
    case: str
    detail: str
    previous: str

    @property
    def digest(self) -> str:
        """SHA-256 over all fields."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that a chain had come to: so many entries, the last with this digest ("" where unknown)."""

    count: int = 0
    head: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """The signed end of the chain."""

    count: int
    head: str
    signature: bytes

    @staticmethod
    def of(count: int, head: str, key: Ed25519PrivateKey) -> "Seal":
        """Sign count and head."""
        return Seal(count, head, key.sign(_sealed(count, head)))


def _sealed(count: int, head: str) -> bytes:
    return f"genoai-audit-1\n{count}\n{head}".encode()


def problems(entries: Iterable[Entry], seal: Seal | None, key: Ed25519PublicKey) -> list[str]:
    """What is wrong with a chain; an empty list means that nothing was edited, inserted or cut off."""
    found, head, count = [], GENESIS, 0
    for entry in entries:
        count += 1
        if entry.number != count:
            found.append(tr("entry {number} stands at place {place}", number=entry.number, place=count))
        if entry.previous != head:
            found.append(tr("entry {number} does not follow the one before it", number=entry.number))
        head = entry.digest
    if seal is None:
        return [*found, tr("the end of the chain is not signed")] if count else found
    try:
        key.verify(seal.signature, _sealed(seal.count, seal.head))
    except InvalidSignature:
        found.append(tr("the signature of the end of the chain is not valid"))
    if (seal.count, seal.head) != (count, head):
        found.append(
            tr(
                "the chain has {count} entries and another head than the {signed} that were signed",
                count=count,
                signed=seal.count,
            )
        )
    return found
