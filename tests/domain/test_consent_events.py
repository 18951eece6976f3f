"""Consent events: the latest decision holds, nothing is erased, what was not asked is not given."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoai_desktop.domain.case import Case, CasePartner, Consent, Person, Sex
from genoai_desktop.domain.consent import (
    DECISIONS,
    ConsentEvent,
    Decision,
    Scope,
    checked,
    consent_of,
    in_force,
    refuses,
    standing,
)
from genoai_desktop.domain.consent_case import (
    decided,
    narrows,
    partner_person,
    stepped,
    united,
    with_partner,
)
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.genome import Build

TODAY = date(2026, 3, 1)


def event(decision: Decision, day: str, scope: Scope = Scope.SECONDARY, person: str = "p") -> ConsentEvent:
    return ConsentEvent(person, scope, decision, day)


def test_the_latest_decision_holds() -> None:
    events = (
        event(Decision.GIVEN, "2026-02-01"),
        event(Decision.DECLINED, "2026-01-01"),
        event(Decision.GIVEN, "2026-01-05", Scope.PGX, "other"),
    )
    assert consent_of(events, "p").given == {Scope.SECONDARY}
    assert consent_of((*events, event(Decision.WITHDRAWN, "2026-02-01")), "p").given == frozenset()
    assert refuses((*events, event(Decision.WITHDRAWN, "2026-02-02")), "p", Scope.SECONDARY)


def test_what_was_not_asked_is_neither_given_nor_refused() -> None:
    assert not consent_of((), "p").allows(Scope.PRIMARY)
    assert not refuses((), "p", Scope.PRIMARY)


@pytest.mark.parametrize("day", ["2026-13-01", "1.3.2026", "", "2026-02-30", "2026-03-02", "20260101"])
def test_an_impossible_date_is_refused(day: str) -> None:
    with pytest.raises(UserError) as raised:
        checked(event(Decision.GIVEN, day), TODAY)
    assert raised.value.code == "consent.date"


def test_a_consent_that_a_wrong_clock_dated_ahead_outlasts_no_withdrawal() -> None:
    ahead = event(Decision.GIVEN, "2027-01-01", Scope.PGX, "a")
    other = event(Decision.GIVEN, "2027-01-01", Scope.CARRIER, "a")
    case = decided(family(), [ahead, other], date(2027, 2, 1))
    withdrawn = decided(case, [event(Decision.WITHDRAWN, "2026-03-01", Scope.PGX, "a")], TODAY)
    assert withdrawn.consent.given == {Scope.CARRIER}
    assert withdrawn.consent_events[:2] == (ahead, other)
    assert withdrawn.consent_events[2].annuls == ahead.mark


SAID = st.builds(
    ConsentEvent,
    person=st.sampled_from("ab"),
    scope=st.sampled_from(Scope),
    decision=st.sampled_from(DECISIONS),
    date=st.dates(max_value=TODAY).map(date.isoformat),
)


@given(st.lists(SAID))
def test_one_persons_decisions_never_touch_another(events: list[ConsentEvent]) -> None:
    only = [one for one in events if one.person == "a"]
    assert standing(events, "a") == standing(only, "a")
    assert consent_of(events, "a").given.isdisjoint(scope for scope in Scope if refuses(events, "a", scope))


def couple(*persons: Person, events: tuple[ConsentEvent, ...] = ()) -> Case:
    return Case("c", "p", (Person("p", "P"), *persons), Build.GRCH38, consent_events=events)


PARTNER = CasePartner("S2", Sex.MALE, Consent(frozenset({Scope.CARRIER})))
YES = ConsentEvent("", Scope.CARRIER, Decision.GIVEN, "2026-02-01", "form 9", "ada")


@pytest.mark.parametrize(
    ("persons", "identifier"),
    [((), "S2"), ((Person("drawn", "S2"),), "drawn"), ((Person("S2", None),), "partner S2")],
)
def test_a_partners_decisions_are_dated_events_of_nobody_else(
    persons: tuple[Person, ...], identifier: str
) -> None:
    case = with_partner(couple(*persons), PARTNER, YES, TODAY)
    person = partner_person(case)
    assert person is not None
    assert person.id == identifier
    assert [(event.person, event.document) for event in case.consent_events] == [(identifier, "form 9")]
    assert case.partner is not None
    assert case.partner.consent.given == {Scope.CARRIER}
    no = ConsentEvent(identifier, Scope.CARRIER, Decision.WITHDRAWN, "2026-02-20")
    withdrawn = decided(case, [no], TODAY)
    assert withdrawn.partner is not None
    assert withdrawn.partner.consent.given == frozenset()
    assert withdrawn.consent == case.consent
    assert narrows(case, withdrawn)


def test_a_partner_who_withdrew_is_not_given_back_by_attaching_the_file_again() -> None:
    case = with_partner(couple(), PARTNER, YES, TODAY)
    gone = decided(case, [ConsentEvent("S2", Scope.CARRIER, Decision.WITHDRAWN, "2026-02-20")], TODAY)
    again = with_partner(replace(gone, partner=None), PARTNER, None, TODAY)
    assert again.partner is not None
    assert not again.partner.consent.allows(Scope.CARRIER)
    asked_again = with_partner(gone, PARTNER, replace(YES, date="2026-02-25"), TODAY)
    assert asked_again.partner is not None
    assert asked_again.partner.consent.allows(Scope.CARRIER)


def test_a_partners_consent_cannot_be_dated_in_the_future() -> None:
    with pytest.raises(UserError, match="future"):
        with_partner(couple(), PARTNER, replace(YES, date="2026-03-02"), TODAY)


def family(events: list[ConsentEvent] | tuple[ConsentEvent, ...] = ()) -> Case:
    case = Case("c", "a", (Person("a", "A"), Person("b", "B")), Build.GRCH38)
    return decided(case, events, TODAY) if events else case


@given(st.lists(st.lists(SAID, max_size=3), min_size=1, max_size=6), st.data())
def test_undo_and_redo_go_everywhere_and_erase_nothing(
    steps: list[list[ConsentEvent]], data: st.DataObject
) -> None:
    states = [family()]
    for events in steps:
        states.append(decided(states[-1], events, TODAY) if events else states[-1])
    now, at, everything = states[-1], len(steps), states[-1].consent_events
    for back in data.draw(st.lists(st.booleans(), max_size=12)):
        to = at - 1 if back else at + 1
        if not 0 <= to <= len(steps):
            continue
        before, now = now, stepped(now, states[at], states[to], TODAY, "ada")
        at = to
        assert now.consent_events[: len(before.consent_events)] == before.consent_events
        assert standing(now.consent_events, "a") == standing(states[at].consent_events, "a")
        assert now.consent == states[at].consent
    assert now.consent_events[: len(everything)] == everything


@given(st.lists(st.lists(SAID, max_size=3), min_size=1, max_size=6), st.data())
def test_neither_undo_nor_redo_brings_any_consent_back(
    steps: list[list[ConsentEvent]], data: st.DataObject
) -> None:
    states = [replace(family(), consent=Consent(frozenset({Scope.PRIMARY, Scope.PGX})))]
    for events in steps:
        states.append(decided(states[-1], events, TODAY) if events else states[-1])
    now, at = states[-1], len(steps)
    for back in data.draw(st.lists(st.booleans(), max_size=12)):
        to = at - 1 if back else at + 1
        if not 0 <= to <= len(steps):
            continue
        before, now = now, stepped(now, states[at], states[to], TODAY, "ada", again=True)
        at = to
        assert now.consent_events[: len(before.consent_events)] == before.consent_events
        assert now.consent.given <= before.consent.given
        assert now.consent.given >= before.consent.given & states[to].consent.given
        assert not narrows(now, before)


def test_undo_takes_back_a_consent_and_not_what_was_stated_before_it() -> None:
    stated = replace(family(), consent=Consent(frozenset({Scope.PRIMARY})))
    kept = event(Decision.GIVEN, "2026-02-01", Scope.PRIMARY, "a")
    given_ = decided(stated, [kept, event(Decision.GIVEN, "2026-02-01", Scope.PGX, "a")], TODAY)
    back = stepped(given_, given_, stated, TODAY, "ada", again=True)
    assert back.consent.given == {Scope.PRIMARY}
    withdrawn = decided(given_, [event(Decision.WITHDRAWN, "2026-02-02", Scope.PGX, "a")], TODAY)
    still = stepped(withdrawn, withdrawn, given_, TODAY, "ada", again=True)
    assert still.consent_events == withdrawn.consent_events
    further = stepped(still, given_, stated, TODAY, "ada", again=True)
    assert further.consent.given == {Scope.PRIMARY}


def test_undo_of_a_first_refusal_takes_away_nothing_that_was_stated_beside_it() -> None:
    stated = replace(family(), consent=Consent(frozenset({Scope.PRIMARY, Scope.SECONDARY, Scope.PGX})))
    kept = [event(Decision.GIVEN, "2026-02-01", scope, "a") for scope in (Scope.PRIMARY, Scope.PGX)]
    no = event(Decision.WITHDRAWN, "2026-02-01", person="a")
    refused = decided(stated, [*kept, no], TODAY)
    back = stepped(refused, refused, stated, TODAY, "ada", again=True)
    assert back.consent.given == {Scope.PRIMARY, Scope.PGX}


def test_a_relative_who_refused_is_not_asked_back_in_by_undo() -> None:
    no = event(Decision.WITHDRAWN, "2026-02-01", Scope.PRIMARY, "b")
    begun, refused = family(), family([no])
    back = stepped(refused, refused, begun, TODAY, "ada", again=True)
    assert refuses(back.consent_events, "b", Scope.PRIMARY)


def test_redo_never_outdoes_a_withdrawal_that_somebody_else_recorded_on_that_day() -> None:
    yes = event(Decision.GIVEN, "2026-02-01", person="a")
    no = event(Decision.WITHDRAWN, "2026-02-01", person="a")
    begun, given_ = family(), family([yes])
    undone = stepped(given_, given_, begun, TODAY, "ada", again=True)
    meanwhile = united(undone, decided(undone, [no], TODAY), None)
    redone = stepped(meanwhile, begun, given_, TODAY, "ada", again=True)
    assert not redone.consent.allows(Scope.SECONDARY)


def test_the_same_entry_twice_is_undone_once() -> None:
    yes = event(Decision.GIVEN, "2026-02-01", person="a")
    once, twice = family([yes]), family([yes, yes])
    assert in_force(stepped(twice, once, twice, TODAY, "").consent_events) == (yes, yes, yes)
    assert in_force(stepped(twice, twice, once, TODAY, "").consent_events) == (yes,)


def test_an_undo_leaves_what_somebody_else_decided_meanwhile() -> None:
    mine, theirs = (
        event(Decision.GIVEN, "2026-02-01", person="a"),
        event(Decision.DECLINED, "2026-02-02", person="b"),
    )
    begun, after = family(), family([mine])
    now = united(after, family([theirs]), begun)
    back = stepped(now, after, begun, TODAY, "ada")
    assert in_force(back.consent_events) == (theirs,)
    assert set(back.consent_events) > {mine, theirs}


@given(st.lists(SAID, max_size=3), st.lists(SAID, max_size=3), st.lists(SAID, max_size=3))
def test_two_records_united_hold_every_decision_of_both(
    before: list[ConsentEvent], ours: list[ConsentEvent], others: list[ConsentEvent]
) -> None:
    base = family(before)
    mine = decided(base, ours, TODAY) if ours else base
    theirs = decided(base, others, TODAY) if others else base
    whole = united(mine, theirs, base)
    assert set(whole.consent_events) == {*before, *others, *ours}
    assert whole.consent_events[: len(theirs.consent_events)] == theirs.consent_events
    if any(one.person == "a" for one in whole.consent_events):
        assert whole.consent == consent_of(whole.consent_events, "a")


def test_a_decision_that_only_one_of_two_records_has_holds_beside_one_that_both_have() -> None:
    both = event(Decision.GIVEN, "2026-02-01", Scope.SECONDARY, person="a")
    own = event(Decision.GIVEN, "2026-02-01", Scope.PRIMARY, person="a")
    base = family()
    mine, theirs = decided(base, [own, both], TODAY), decided(base, [both], TODAY)
    assert united(mine, theirs, base).consent == Consent(frozenset({Scope.PRIMARY, Scope.SECONDARY}))


STATED = st.frozensets(st.sampled_from(Scope))


@given(STATED, STATED, STATED)
def test_what_was_only_stated_is_given_where_nobody_took_it_away(
    base: frozenset[Scope], ours: frozenset[Scope], others: frozenset[Scope]
) -> None:
    case = family()
    mine, theirs, begun = (replace(case, consent=Consent(given)) for given in (ours, others, base))
    given_now = united(mine, theirs, begun).consent.given
    assert not given_now & (base - ours)
    assert not given_now & (base - others)
    assert given_now >= (ours - base) | (others - base)
    assert united(mine, theirs, None).consent.given == ours & others
