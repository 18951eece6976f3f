"""Another proband takes over nothing that was entered of the first, unless a person says so."""

from dataclasses import fields, replace

import pytest

from genoai_desktop.domain.case import Case, Medicine, ObservedTerm, PatientContext, Person
from genoai_desktop.domain.family_case import family_of, with_family
from genoai_desktop.domain.family_edit import set_proband
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.proband import PERSONAL, of_the_former, set_aside, taken_over

TERM, MEDICINE = ObservedTerm("HP:0000365"), Medicine("codeine")
SHARED = {
    "id", "proband", "persons", "build", "consent", "indication", "vcf_name", "reference", "synthetic",
    "family", "reports_every_covered_position", "incomplete_penetrance", "consent_events", "signatures",
}  # fmt: skip
"""Of the family, the laboratory and the record, or settled elsewhere (``consent_family``)."""


@pytest.fixture
def child() -> Case:
    persons = (Person("child", "S1", mother="mother"), Person("mother", "S2"))
    return Case("c", "child", persons, Build.GRCH38, terms=(TERM,), medicines=(MEDICINE,), reads="child.bam")


@pytest.fixture
def mother(child: Case) -> Case:
    return with_family(child, set_proband(family_of(child), "mother"))


def test_what_was_entered_of_the_first_is_set_aside_and_named(child: Case, mother: Case) -> None:
    left = set_aside(child, mother)
    assert (left.terms, left.medicines, left.reads, left.proband) == ((), (), None, "mother")
    assert of_the_former(child, mother) == ("terms", "medicines", "reads")


def test_it_can_be_taken_over_and_what_came_meanwhile_stays(child: Case, mother: Case) -> None:
    meanwhile = replace(set_aside(child, mother), medicines=(Medicine("warfarin"),))
    back = taken_over(child, meanwhile)
    assert (back.terms, back.medicines, back.reads) == ((TERM,), (Medicine("warfarin"),), "child.bam")


def test_an_edit_about_the_same_person_sets_nothing_aside(child: Case) -> None:
    edited = replace(child, indication="deafness", patient=PatientContext())
    assert set_aside(child, edited) is not child
    assert set_aside(child, edited) == edited


def test_every_field_of_a_case_is_the_probands_or_not() -> None:
    assert {one.name for one in fields(Case)} == SHARED | set(PERSONAL)
    assert not SHARED & set(PERSONAL)
