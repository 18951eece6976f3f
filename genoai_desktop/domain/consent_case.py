"""Decisions about consent, entered into a case."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from genoai_desktop.domain.case import Case, Scope
from genoai_desktop.domain.consent import Consent, ConsentEvent, checked, consent_of, refuses


def decided(case: Case, events: Collection[ConsentEvent], today: date) -> Case:
    """The case with further decisions recorded, and with what they allow in force.

    Raises:
        UserError: a decision's date is no date, or lies in the future.
    """
    known = (*case.consent_events, *(checked(event, today) for event in events))
    changed = replace(case, consent_events=known)
    for person in {event.person for event in events}:
        allowed = consent_of(known, person)
        if person == case.proband:
            changed = replace(changed, consent=allowed)
        if case.partner is not None and person in _partner_ids(case):
            changed = replace(changed, partner=replace(case.partner, consent=allowed))
    return changed


def narrows(before: Case, after: Case) -> bool:
    """Whether something may no longer be shown: consent of the proband, partner or a relative went."""

    def given(case: Case) -> Consent:
        return case.partner.consent if case.partner is not None else Consent(frozenset())

    relatives = any(
        refuses(after.consent_events, person.id, Scope.PRIMARY)
        and not refuses(before.consent_events, person.id, Scope.PRIMARY)
        for person in after.persons
    )
    gone = before.consent.given - after.consent.given
    return bool(gone or given(before).given - given(after).given) or relatives


def _partner_ids(case: Case) -> set[str]:
    """How the partner may be named in the case: by person, where drawn, or by sample."""
    assert case.partner is not None
    own = {person.id for person in case.persons if person.sample == case.partner.sample}
    return own | {case.partner.sample}
