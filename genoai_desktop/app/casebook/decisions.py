"""Decisions on consent and signatures when a case is saved: nothing of what anybody recorded is lost.

Two programs may have one case open. What is saved last counts, but for consent and signatures: those are
records that are only added to, so what somebody else saved meanwhile is united with what is saved now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from genoai_desktop.app.casebook.document import StoredCase
from genoai_desktop.domain import serial
from genoai_desktop.domain.case import Case
from genoai_desktop.domain.consent import Consent, ConsentEvent, without
from genoai_desktop.domain.consent_case import partner_person, united
from genoai_desktop.domain.letters import with_signatures


@dataclass(frozen=True, slots=True)
class Known:
    """What the store has of a case. ``version`` 0 and no case: nothing yet."""

    version: int = 0
    case: Case | None = None


def case_in(content: Mapping[str, Any]) -> Case:
    """The case of a stored document, for what is only added to.

    Raises:
        NotReadable: it was written by a later program in another form.
    """
    found: Case = serial.decode(Case, content.get("case", {}))[0]
    return found


def with_what_is_known(stored: StoredCase, known: Case | None, base: Case | None) -> StoredCase:
    """``stored`` with every signature and decision of ``known``, and what those allow in force.

    ``base``: the version that ``stored`` began with, None where it is not known.
    """
    if known is None:
        return stored
    case = united(stored.case, known, base)
    case = replace(case, signatures=with_signatures(case.signatures, known.signatures))
    allowed = {scope.value for scope in case.consent.given}
    summary = {name: part for name, part in stored.summary.items() if name in allowed}
    return replace(stored, case=case, summary=summary)


def consent_differs(one: Case, other: Case) -> bool:
    """Whether anybody of the case decided something that the other does not have."""
    return _consents(one) != _consents(other)


def _consents(case: Case) -> tuple[Consent, Consent | None, tuple[ConsentEvent, ...]]:
    return case.consent, case.partner.consent if case.partner is not None else None, case.consent_events


def consent_details(case: Case, known: Case | None) -> list[str]:
    """What was decided since ``known``, one line for each, as the audit chain says it: no name, no text."""
    before = known.consent_events if known is not None else ()
    new = without(case.consent_events, before)
    lines = [f"{_role(case, one.person)} {one.scope.value} {one.decision.value} {one.date}" for one in new]
    spoken = {_role(case, one.person) for one in new}
    old = known.partner.consent if known is not None and known.partner is not None else None
    stated = [("patient", case.consent, known.consent if known is not None else None)]
    if case.partner is not None:
        stated.append(("partner", case.partner.consent, old))
    for role, now, then in stated:
        if role not in spoken and (line := _stated(now, then)):
            lines.append(f"{role} stated {line}")
    return lines


def _stated(now: Consent, then: Consent | None) -> str:
    had = then.given if then is not None else frozenset()
    come = [f"+{scope.value}" for scope in sorted(now.given - had)]
    return " ".join([*come, *(f"-{scope.value}" for scope in sorted(had - now.given))])


def _role(case: Case, person: str) -> str:
    partner = partner_person(case)
    if person == case.proband:
        return "patient"
    return "partner" if partner is not None and partner.id == person else "relative"
