"""Consent: what can be consented to, who decided what and when, and what therefore holds now.

Decisions are kept as events that are only ever added to: a withdrawal does not erase that consent had
been given, and undoing an entry adds one that says so. What was never asked for counts as not given.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.text import tr

ADULT_YEARS = 18
"""Below it a guardian decides (UN Convention on the Rights of the Child, article 1)."""


class Scope(StrEnum):
    """What a person can consent to, each on its own."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    CARRIER = "carrier"
    PGX = "pgx"
    POLYGENIC = "polygenic"
    RESEARCH = "research"
    RECONTACT = "recontact"


@dataclass(frozen=True, slots=True)
class Consent:
    """What was consented to. What is not in ``given`` is declined or was not asked: never shown."""

    given: frozenset[Scope] = frozenset({Scope.PRIMARY})

    def allows(self, scope: Scope) -> bool:
        """True only where consent was given."""
        return scope in self.given


class Decision(StrEnum):
    """What a person said about one scope; ``UNDONE``: what is said of an entry that was taken back."""

    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"


DECISIONS = (Decision.GIVEN, Decision.DECLINED, Decision.WITHDRAWN)
"""What a person can say."""


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """One decision. ``person`` is the identifier in the case; ``date`` is ISO 8601 (YYYY-MM-DD)."""

    person: str
    scope: Scope
    decision: Decision
    date: str
    document: str = ""
    """Name or number of the signed form."""
    recorded_by: str = ""
    guardian: str = ""
    """Who decided for a minor or for an adult who cannot decide."""
    annuls: str = ""
    """With ``UNDONE``: the mark of the entry that was taken back."""

    @property
    def mark(self) -> str:
        """What names this entry: the first 32 hexadecimal digits of the SHA-256 over all of it."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


Standing = dict[Scope, ConsentEvent]


def in_force(events: Iterable[ConsentEvent]) -> tuple[ConsentEvent, ...]:
    """The entries that were not taken back, in the order of their recording."""
    left: list[ConsentEvent] = []
    for event in events:
        if event.decision is not Decision.UNDONE:
            left.append(event)
            continue
        at = next((n for n in reversed(range(len(left))) if left[n].mark == event.annuls), None)
        if at is not None:
            del left[at]
    return tuple(left)


def taken_back(
    known: Iterable[ConsentEvent], wanted: Iterable[ConsentEvent], today: date, by: str
) -> tuple[ConsentEvent, ...]:
    """``known`` and what leads to what holds in ``wanted``: nothing is erased, by undo neither.

    An entry that holds and is not wanted is said to be undone, on ``today`` and ``by`` whom; one that is
    wanted and does not hold is entered (again).
    """
    known, wanted = tuple(known), in_force(wanted)
    now = in_force(known)
    undone = [
        ConsentEvent(one.person, one.scope, Decision.UNDONE, today.isoformat(), "", by, "", one.mark)
        for one in reversed(without(now, wanted))
    ]
    return (*known, *undone, *without(wanted, now))


def with_decisions(
    events: tuple[ConsentEvent, ...], known: tuple[ConsentEvent, ...]
) -> tuple[ConsentEvent, ...]:
    """Both records as one: what anybody has recorded is never lost by somebody else's save."""
    return (*known, *without(events, known))


def without(events: Iterable[ConsentEvent], known: Iterable[ConsentEvent]) -> tuple[ConsentEvent, ...]:
    """Those of ``events`` that ``known`` has not; the same entry twice counts twice."""
    left, more = Counter(known), []
    for event in events:
        if left[event]:
            left[event] -= 1
        else:
            more.append(event)
    return tuple(more)


def standing(events: Iterable[ConsentEvent], person: str) -> Standing:
    """The decision that holds for each scope: the latest by date, of one day's the last recorded."""
    own = sorted((one for one in in_force(events) if one.person == person), key=lambda event: event.date)
    return {event.scope: event for event in own}


def consent_of(events: Iterable[ConsentEvent], person: str) -> Consent:
    """What the person's decisions allow now."""
    held = standing(events, person)
    return Consent(frozenset(s for s, event in held.items() if event.decision is Decision.GIVEN))


def refuses(events: Iterable[ConsentEvent], person: str, scope: Scope) -> bool:
    """Whether the person said no, or took back a yes. Not having been asked is neither."""
    event = standing(events, person).get(scope)
    return event is not None and event.decision is not Decision.GIVEN


def checked(event: ConsentEvent, today: date) -> ConsentEvent:
    """The event, if it can have happened.

    Raises:
        UserError: the date is no date, or lies in the future.
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", event.date):
        raise _bad_date(event.date)
    try:
        day = date.fromisoformat(event.date)
    except ValueError:
        raise _bad_date(event.date) from None
    if day > today:
        raise UserError(
            tr("Consent cannot be dated in the future."),
            where=tr("Date of consent"),
            remedy=tr("Enter the day on which it was given."),
            code="consent.date",
        )
    return event


def _bad_date(text: str) -> UserError:
    return UserError(
        tr("“{text}” is not a date.", text=text),
        where=tr("Date of consent"),
        remedy=tr("Write it as year-month-day, for example 2026-03-31."),
        code="consent.date",
    )
