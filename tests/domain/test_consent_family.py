"""Whatever becomes of the pedigree, nobody's consent is taken for somebody else's."""

from dataclasses import replace
from datetime import date

from genoai_desktop.domain.case import Case, Consent, Person
from genoai_desktop.domain.consent import ConsentEvent, Decision, Scope, refuses
from genoai_desktop.domain.consent_case import decided, stepped, united
from genoai_desktop.domain.consent_family import given_by, sample_key
from genoai_desktop.domain.family import Family, Member
from genoai_desktop.domain.family_case import family_of, with_family
from genoai_desktop.domain.family_edit import set_proband
from genoai_desktop.domain.genome import Build

TODAY = date(2026, 6, 1)
NO = ConsentEvent("mother", Scope.PRIMARY, Decision.WITHDRAWN, "2026-05-01", "form 7")
YES = ConsentEvent("mother", Scope.PGX, Decision.GIVEN, "2026-05-01", "form 8")
CHILD = Consent(frozenset({Scope.PRIMARY, Scope.SECONDARY}))


def case(*events: ConsentEvent) -> Case:
    persons = (Person("child", "S1", mother="mother"), Person("mother", "S2"))
    made = Case("c", "child", persons, Build.GRCH38, consent=CHILD)
    return decided(made, events, TODAY) if events else made


def with_mother_as_proband(begun: Case) -> Case:
    return with_family(begun, set_proband(family_of(begun), "mother"))


def renamed(family: Family, old: str, new: str) -> Family:
    def name(person: str | None) -> str | None:
        return new if person == old else person

    members = tuple(
        replace(m, id=name(m.id) or "", mother=name(m.mother), father=name(m.father)) for m in family.members
    )
    return replace(family, members=members, proband=name(family.proband) or "")


def test_another_proband_has_consented_to_nothing_that_was_not_asked() -> None:
    assert with_mother_as_proband(case()).consent == Consent(frozenset())


def test_another_proband_has_what_that_person_decided() -> None:
    assert with_mother_as_proband(case(YES, NO)).consent.given == {Scope.PGX}


def test_undo_gives_the_case_back_to_its_proband_with_that_persons_consent() -> None:
    before = case(YES)
    after = with_mother_as_proband(before)
    assert stepped(after, after, before, TODAY, "ada", again=True).consent == CHILD
    again = stepped(before, before, after, TODAY, "ada", again=True)
    assert again.consent.given == {Scope.PGX}


def test_what_the_first_proband_withdrew_meanwhile_holds_after_the_undo() -> None:
    before = case()
    after = with_mother_as_proband(before)
    withdrawn = decided(after, [replace(NO, person="child", scope=Scope.SECONDARY)], TODAY)
    back = stepped(withdrawn, after, before, TODAY, "ada", again=True)
    assert not back.consent.allows(Scope.SECONDARY)


def test_two_programs_with_different_probands_lend_each_other_no_consent() -> None:
    before = case(YES)
    theirs = with_mother_as_proband(before)
    assert united(before, theirs, before).consent == CHILD
    assert united(theirs, before, before).consent.given == {Scope.PGX}


def test_the_same_sample_under_another_identifier_is_the_same_person() -> None:
    before = case()
    after = with_family(before, renamed(family_of(before), "child", "II-1"))
    assert (after.proband, after.consent) == ("II-1", CHILD)


def test_the_proband_keeps_every_decision_under_another_identifier() -> None:
    yes = [replace(YES, person="child", scope=scope) for scope in CHILD.given]
    before = case(*yes)
    after = with_family(before, renamed(family_of(before), "child", "II-1"))
    later = decided(after, [replace(NO, person="II-1", scope=Scope.SECONDARY)], TODAY)
    assert later.consent.given == {Scope.PRIMARY}


def test_a_relative_who_withdrew_stays_out_under_another_identifier() -> None:
    before = case(YES, NO)
    after = with_family(before, renamed(family_of(before), "mother", "I-2"))
    assert refuses(after.consent_events, "I-2", Scope.PRIMARY)
    assert after.consent_events[: len(before.consent_events)] == before.consent_events
    assert not any(event.person == "I-2" and event.scope is Scope.PGX for event in after.consent_events)


def test_a_relative_who_withdrew_stays_out_when_taken_out_of_the_pedigree_and_drawn_anew() -> None:
    before = case(NO)
    family = family_of(before)
    alone = replace(family, members=tuple(replace(m, mother=None) for m in family.members if m.id == "child"))
    gone = with_family(before, alone)
    assert refuses(gone.consent_events, sample_key("S2"), Scope.PRIMARY)
    drawn = with_family(gone, replace(alone, members=(*alone.members, Member("aunt", sample="S2"))))
    assert refuses(drawn.consent_events, "aunt", Scope.PRIMARY)
    asked = decided(drawn, [ConsentEvent("aunt", Scope.PRIMARY, Decision.GIVEN, "2026-05-02")], TODAY)
    again = with_family(asked, family_of(asked))
    assert not refuses(again.consent_events, "aunt", Scope.PRIMARY)


def test_results_of_a_former_proband_go_by_that_persons_decisions() -> None:
    after = with_mother_as_proband(case(YES))
    assert given_by(after, "mother").given == {Scope.PGX}
    assert given_by(after, "child").given == frozenset()
