"""Consent events: the latest decision holds, nothing is erased, what was not asked is not given."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoai_desktop.domain.consent import (
    ConsentEvent,
    Decision,
    Scope,
    checked,
    consent_of,
    refuses,
    standing,
)
from genoai_desktop.domain.errors import UserError

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


@given(
    st.lists(
        st.builds(
            ConsentEvent,
            person=st.sampled_from("ab"),
            scope=st.sampled_from(Scope),
            decision=st.sampled_from(Decision),
            date=st.dates(max_value=TODAY).map(date.isoformat),
        )
    )
)
def test_one_persons_decisions_never_touch_another(events: list[ConsentEvent]) -> None:
    only = [one for one in events if one.person == "a"]
    assert standing(events, "a") == standing(only, "a")
    assert consent_of(events, "a").given.isdisjoint(scope for scope in Scope if refuses(events, "a", scope))
