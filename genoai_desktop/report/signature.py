"""Who signed which content, and which earlier version a report takes the place of."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from html import unescape

from genoai_desktop.domain.result import CaseResult
from genoai_desktop.report.document import canonical

NAMESPACE = "urn:genoai-desktop:signature:1"
"""Of the properties in a file's metadata (XMP) that repeat the signature for machines."""
_PROPERTY = re.compile(r"<genoai:(\w+)>([^<]*)</genoai:\1>")
_OWN = ("name", "role", "signed_at", "content_sha256")


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a new version says about the signed one before it. ``version`` is the new one's number, from 2.

    ``previous_sha256`` is the earlier version's content, ``previous_signed_at`` (ISO 8601) its time.
    """

    version: int
    previous_sha256: str
    previous_signed_at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A named professional stands for exactly this content.

    ``content_sha256`` is ``signed_sha256`` of the result and the document's own wording at the time of
    signing; a document of other content stays a draft. ``signed_at`` is ISO 8601.
    """

    name: str
    role: str
    signed_at: str
    content_sha256: str
    amendment: Amendment | None = None

    @property
    def version(self) -> int:
        """1 for a first version."""
        return self.amendment.version if self.amendment else 1


def signed_sha256(result: CaseResult, wording: str = "") -> str:
    """SHA-256 in hexadecimal of what a signature covers.

    That is the canonical JSON of the permitted result and, for a letter, a line feed and its wording.
    Without wording it is ``document.content_sha256``.
    """
    made = hashlib.sha256(canonical(result))
    if wording:
        made.update(b"\n" + wording.encode("utf-8"))
    return made.hexdigest()


def valid_mark(signature: Signature | None, digest: str) -> Signature | None:
    """The signature when it is over this content, else None: the document is a draft."""
    return signature if signature is not None and signature.content_sha256 == digest else None


def statement(signature: Signature | None) -> tuple[tuple[str, str], ...]:
    """Names and values for the metadata; empty for a draft."""
    if signature is None:
        return ()
    said = [(name, str(getattr(signature, name))) for name in _OWN]
    if signature.amendment is not None:
        said += [(one.name, str(getattr(signature.amendment, one.name))) for one in fields(Amendment)]
    return tuple(said)


def read_statement(packet: str) -> Signature | None:
    """The signature that metadata states, None where there is none or it is incomplete."""
    found: Mapping[str, str] = {name: unescape(value) for name, value in _PROPERTY.findall(packet)}
    if not set(_OWN) <= set(found):
        return None
    amendment = None
    version = found.get("version", "")
    if version.isdecimal():
        told = [found.get(name, "") for name in ("previous_sha256", "previous_signed_at", "reason")]
        amendment = Amendment(int(version), *told)
    name, role, signed_at, content_sha256 = (found[one] for one in _OWN)
    return Signature(name, role, signed_at, content_sha256, amendment)
