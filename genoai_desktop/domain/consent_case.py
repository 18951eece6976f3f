"""Decisions about consent, entered into a case."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from genoai_desktop.domain.case import Case, CasePartner, Person, Scope
from genoai_desktop.domain.consent import Consent, ConsentEvent, checked, consent_of, refuses, standing


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
        partner = partner_person(case)
        if partner is not None and case.partner is not None and person == partner.id:
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


def partner_person(case: Case) -> Person | None:
    """The partner as somebody who decides: the person drawn with that sample, else one of the file alone.

    None without a partner. The identifier of one who is not drawn is no other person's.
    """
    if case.partner is None:
        return None
    drawn = [person for person in case.persons if person.sample == case.partner.sample]
    if drawn:
        return drawn[0]
    name, taken = case.partner.sample, {person.id for person in case.persons}
    return Person(f"partner {name}" if name in taken else name, name, sex=case.partner.sex)


def with_partner(case: Case, partner: CasePartner, event: ConsentEvent | None, today: date) -> Case:
    """The case with this partner, and with what the partner decided (``event``, of whatever person).

    Where the partner has decided before, the decisions hold and not what ``partner`` states.

    Raises:
        UserError: the decision's date is no date, or lies in the future.
    """
    attached = replace(case, partner=partner)
    person = partner_person(attached)
    assert person is not None
    if event is not None:
        return decided(attached, [replace(event, person=person.id)], today)
    if not standing(case.consent_events, person.id):
        return attached
    return replace(attached, partner=replace(partner, consent=consent_of(case.consent_events, person.id)))
