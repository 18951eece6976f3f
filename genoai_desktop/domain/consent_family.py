"""Consent belongs to a person and the person's sample, whatever becomes of the pedigree."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from genoai_desktop.domain.case import Case
from genoai_desktop.domain.consent import Consent, ConsentEvent, Decision, Scope, consent_of, standing


def sample_key(sample: str) -> str:
    """Whose decisions those are that concern a sample which nobody in the pedigree has."""
    return f"sample {sample}"


def carried(before: Case, after: Case) -> Case:
    """``after``, an edit of the pedigree of ``before``, with nobody's consent taken for somebody else's.

    Another person as proband has what that person decided, and was not asked for the rest. A sample whose
    use was refused stays refused where somebody else has it now, or nobody, until a decision is recorded.
    """
    entries = tuple(_refusals(before, after))
    after = replace(after, consent_events=(*after.consent_events, *entries))
    if same_proband(before, after):
        return after
    return replace(after, consent=consent_of(after.consent_events, after.proband))


def same_proband(before: Case, after: Case) -> bool:
    """Whether both are about one person's genome: by identifier, or by sample."""
    if before.proband == after.proband:
        return True
    samples = {person.id: person.sample for person in before.persons}
    sample = samples.get(before.proband)
    return sample is not None and after.index.sample == sample and after.proband not in samples


def given_by(case: Case, proband: str) -> Consent:
    """What holds, by the decisions in ``case``, of results that were made of another proband."""
    return case.consent if proband == case.proband else consent_of(case.consent_events, proband)


def _refusals(before: Case, after: Case) -> Iterator[ConsentEvent]:
    had = {person.sample: person.id for person in before.persons if person.sample}
    have = {person.sample: person.id for person in after.persons if person.sample}
    keys = {event.person.removeprefix("sample ") for event in before.consent_events}
    for sample in sorted({*had, *(set(have) & keys)}):
        holder = have.get(sample, sample_key(sample))
        known = standing(after.consent_events, holder)
        same = holder == after.proband and same_proband(before, after)
        for event in _held(before.consent_events, had.get(sample, sample_key(sample)), given=same):
            if event.person != holder and event.scope not in known:
                yield replace(event, person=holder, annuls="")


def _held(events: Iterable[ConsentEvent], person: str, *, given: bool) -> list[ConsentEvent]:
    """What holds of a person's refusals; ``given``: of consents as well."""
    held = standing(events, person)
    found = [held[scope] for scope in Scope if scope in held]
    return [event for event in found if given or event.decision is not Decision.GIVEN]
