"""What a check against newer knowledge found about each stored case, and who has seen it.

Kept in the encrypted store beside the cases, never in them: a check changes no case and no signed report.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from genoai_desktop.app.casebook import document
from genoai_desktop.app.casebook.document import StoredCase
from genoai_desktop.cases.audit import Act
from genoai_desktop.domain import serial
from genoai_desktop.domain.case import Consent
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.ledger import Ledger, allowed

if TYPE_CHECKING:
    from genoai_desktop.app.casebook.casebook import Casebook

_STATE = "ledger check"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is said otherwise now. ``needs``: as in ``LedgerEntry``."""

    kind: str
    """``class``, ``clinvar``, ``frequency``, ``disease``, ``medicine`` or ``result``."""
    needs: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class News:
    """What the last check said about one case.

    ``how``: ``quick`` (from stored facts) or ``full`` (analysed again); ``note``: why not fully.
    ``base``: what was compared with, kept until somebody has seen the differences.
    """

    uid: str
    check: str
    time: str
    how: str
    note: str = ""
    differences: tuple[Difference, ...] = ()
    base: Ledger = field(default_factory=Ledger)
    seen_by: str = ""
    seen_at: str = ""

    @property
    def unseen(self) -> bool:
        """There is something that nobody has seen yet."""
        return bool(self.differences) and not self.seen_by

    def permitted(self, consent: Consent) -> "News":
        """What consent allows now."""
        kept = tuple(item for item in self.differences if allowed(item.needs, consent))
        return replace(self, differences=kept, base=self.base.permitted(consent))


@dataclass(frozen=True, slots=True)
class CheckState:
    """The last check of the whole store. Without ``complete`` it was stopped, or is under way."""

    check: str = ""
    time: str = ""
    how: str = ""
    user: str = ""
    cases: int = 0
    complete: bool = False
    program: str = ""
    versions: tuple[tuple[str, str], ...] = ()


def now() -> str:
    """ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def read_silently(book: "Casebook", uid: str) -> StoredCase | None:
    """The newest version of a case; None when it is gone or cannot be read. The caller records the view."""
    try:
        found, version = book.peek(uid)
        return document.read(uid, version, found)
    except UserError:
        return None


def news_of(book: "Casebook", stored: StoredCase) -> News | None:
    """What is known about a case, by its consent of now."""
    kept = _kept(book.setting(_name(stored.uid)))
    return None if kept is None else kept.permitted(stored.case.consent)


def keep_news(book: "Casebook", news: News) -> None:
    """Keep it in place of what was known before."""
    book.set_setting(_name(news.uid), serial.encode(news), audited=False)


def mark_seen(book: "Casebook", uid: str) -> News | None:
    """A person has seen what changed: who and when is kept and recorded; None where there is nothing."""
    stored = read_silently(book, uid)
    news = None if stored is None else news_of(book, stored)
    if news is None or not news.differences:
        return None
    seen = replace(news, seen_by=book.user, seen_at=now(), base=Ledger())
    book.record(Act.VIEWED, uid, "changes by new knowledge")
    keep_news(book, seen)
    return seen


def check_state(book: "Casebook") -> CheckState:
    """What is known of the last check; an empty state when there was none."""
    found = book.setting(_STATE)
    try:
        return serial.decode(CheckState, found)[0] if isinstance(found, dict) else CheckState()
    except serial.NotReadable:
        return CheckState()


def keep_state(book: "Casebook", state: CheckState) -> None:
    """Keep it."""
    book.set_setting(_STATE, serial.encode(state), audited=False)


def same(left: Iterable[Difference], right: Iterable[Difference]) -> bool:
    """Whether a person would read the same."""
    return {item.text for item in left} == {item.text for item in right}


def _name(uid: str) -> str:
    return f"news {uid}"


def _kept(found: Any) -> News | None:
    try:
        return serial.decode(News, found)[0] if isinstance(found, dict) else None
    except serial.NotReadable:
        return None
