"""Decisions about consent, entered into a case."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from genoai_desktop.domain.case import Case, CasePartner, Person, Scope
from genoai_desktop.domain.consent import (
    Consent,
    ConsentEvent,
    Decision,
    checked,
    consent_of,
    in_force,
    refuses,
    standing,
    taken_back,
    with_decisions,
    without,
)
from genoai_desktop.domain.consent_family import same_proband
from genoai_desktop.domain.text import tr


def couple_left_out(case: Case) -> str:
    """Why a couple is not looked at, in words that do not say whose consent is missing; else empty."""
    partner = case.partner
    if partner is None or (case.consent.allows(Scope.CARRIER) and partner.consent.allows(Scope.CARRIER)):
        return ""
    return tr("The couple was not looked at: both need to consent to carrier findings.")


def decided(case: Case, events: Collection[ConsentEvent], today: date) -> Case:
    """The case with further decisions recorded, and with what they allow in force.

    An entry on the same matter that is dated after ``today`` (a clock that was wrong) is said to be undone:
    it would outlast every decision until that day.

    Raises:
        UserError: a decision's date is no date, or lies in the future.
    """
    new = [checked(event, today) for event in events]
    about = {(event.person, event.scope) for event in new}
    held = in_force(case.consent_events)
    ahead = [one for one in held if (one.person, one.scope) in about and one.date > today.isoformat()]
    undone = [
        ConsentEvent(one.person, one.scope, Decision.UNDONE, today.isoformat(), annuls=one.mark)
        for one in ahead
    ]
    known = (*case.consent_events, *undone, *new)
    return _held(replace(case, consent_events=known), {event.person for event in events})


def overruled(case: Case, events: Collection[ConsentEvent]) -> tuple[ConsentEvent, ...]:
    """Later decisions in ``case`` by which refusals among ``events`` have no effect."""
    found = []
    for event in events:
        held = standing(case.consent_events, event.person).get(event.scope)
        if event.decision is not Decision.GIVEN and held is not None and held.decision is Decision.GIVEN:
            found.append(held)
    return tuple(found)


def _held(case: Case, persons: Collection[str]) -> Case:
    """What the decisions of these persons allow is in force."""
    partner = partner_person(case)
    for person in persons:
        allowed = consent_of(case.consent_events, person)
        if person == case.proband:
            case = replace(case, consent=allowed)
        if partner is not None and case.partner is not None and person == partner.id:
            case = replace(case, partner=replace(case.partner, consent=allowed))
    return case


def stepped(known: Case, before: Case, after: Case, today: date, by: str, *, again: bool = False) -> Case:
    """The state ``after``, by an edit, its undo or its redo, with every decision of ``known`` on record.

    The step was made from ``before`` to ``after``; what was decided besides, meanwhile, stays. A decision
    that the step takes away is entered as undone, on ``today`` and ``by`` whom.

    ``again``: the step is an undo or a redo. It may take consent away and never brings any back: whoever
    goes back through other edits would otherwise pass a withdrawal without a look.
    """
    old, new = in_force(before.consent_events), in_force(after.consent_events)
    now = in_force(known.consent_events)
    wanted = (*without(now, without(old, new)), *without(new, old))
    if again:
        wanted = _not_wider(known, after, now, wanted)
    events = taken_back(known.consent_events, wanted, today, by)
    if same_proband(known, after):
        consent = _moved(known.consent, before.consent, after.consent, again=again)
    else:
        consent = after.consent
    case = replace(after, consent_events=events, consent=consent)
    if known.partner is not None and before.partner is not None and after.partner is not None:
        consent = _moved(known.partner.consent, before.partner.consent, after.partner.consent, again=again)
        case = replace(case, partner=replace(after.partner, consent=consent))
    persons = sorted({event.person for event in events})
    return _held(case, [p for p in persons if standing(events, p) not in ({}, standing(new, p))])


def _moved(known: Consent, before: Consent, after: Consent, *, again: bool) -> Consent:
    """``known`` with what the step adds and takes away; ``again``: with what it takes away alone."""
    gone, come = before.given - after.given, after.given - before.given
    return Consent((known.given - gone) | (frozenset() if again else come))


def _not_wider(
    known: Case, after: Case, now: tuple[ConsentEvent, ...], wanted: tuple[ConsentEvent, ...]
) -> tuple[ConsentEvent, ...]:
    """``wanted``, but with the entries of ``now`` for whatever scope it would allow anew.

    Or forbid where ``known`` and ``after`` both allow it: one scope's entries do not go without need.
    """
    kept: set[tuple[str, Scope]] = set()
    matters = {(event.person, event.scope) for event in (*now, *wanted)}
    for _ in range(2):  # where one entry is kept, nothing that was only stated holds any more
        held = {person for person, _ in kept}
        for person, scope in matters:
            had, wished = _allows(known, now, person, scope), _allows(after, wanted, person, scope)
            if person in held:
                wished = consent_of(wanted, person).allows(scope)
            freed = refuses(now, person, scope) and not refuses(wanted, person, scope)
            both = had and _allows(after, in_force(after.consent_events), person, scope)
            if (wished and not had) or freed or (both and not wished):
                kept.add((person, scope))
    moved = tuple(event for event in wanted if (event.person, event.scope) not in kept)
    return (*moved, *(event for event in now if (event.person, event.scope) in kept))


def _allows(case: Case, held: tuple[ConsentEvent, ...], person: str, scope: Scope) -> bool:
    """Whether the person's entries in ``held`` allow it; without any, what was stated in the case."""
    if any(event.person == person for event in held):
        return consent_of(held, person).allows(scope)
    if person == case.proband:
        return case.consent.allows(scope)
    partner = partner_person(case)
    if case.partner is None or partner is None or partner.id != person:
        return False
    return case.partner.consent.allows(scope)


def united(mine: Case, theirs: Case, base: Case | None) -> Case:
    """``mine`` with what was decided in ``theirs``, which somebody else saved meanwhile.

    ``base`` is what both began with, None where that is not known: then what either of them refuses is
    refused. What was only stated, without a dated decision, changes where one of them changed it.
    """
    known = base is not None and same_proband(base, mine)
    begun = base.consent.given if base is not None and known else frozenset(Scope)
    events = with_decisions(mine.consent_events, theirs.consent_events)
    given = mine.consent.given
    if same_proband(theirs, mine):
        given = _united(given, theirs.consent.given, begun)
    case = replace(mine, consent_events=events, consent=Consent(given))
    if case.partner is not None and theirs.partner is not None:
        partner = base.partner if base is not None else None
        begun = partner.consent.given if partner is not None else frozenset(Scope)
        both = _united(case.partner.consent.given, theirs.partner.consent.given, begun)
        case = replace(case, partner=replace(case.partner, consent=Consent(both)))
    sides = (mine.consent_events, theirs.consent_events)
    return _held(case, sorted({event.person for one in sides for event in without(events, one)}))


def _united(mine: frozenset[Scope], theirs: frozenset[Scope], base: frozenset[Scope]) -> frozenset[Scope]:
    """What both have, and what one of them has added."""
    return (mine & theirs) | ((mine | theirs) - base)


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
