"""Edits of a pedigree, what it may not hold, kinship, and the persons of the case that follow from it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genoai_desktop.domain.case import Affected, Case, Person
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family import (
    Adoption,
    Condition,
    Diagnosis,
    Family,
    Gender,
    Member,
    Pregnancy,
    Zygosity,
)
from genoai_desktop.domain.family_case import family_of, persons_of, reads_differently, with_family
from genoai_desktop.domain.family_check import checked, oddities
from genoai_desktop.domain.family_edit import (
    add_child,
    add_half_sibling,
    add_parents,
    add_partner,
    add_sibling,
    add_twin,
    begin,
    newest,
    remove,
    remove_condition,
    set_adopted,
    set_condition,
    set_diagnosis,
    set_member,
    set_parents,
    set_proband,
    set_sample,
    set_twins,
    set_union,
)
from genoai_desktop.domain.family_kinship import relationship
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.person import Sex


def _trio() -> Family:
    return add_parents(begin("P1", Sex.FEMALE), "P1")


def _case(family: Family | None = None, **changes: object) -> Case:
    persons = (
        Person("P1", sample="S", sex=Sex.FEMALE, affected=Affected.YES, mother="M"),
        Person("M", sex=Sex.FEMALE),
    )
    case = Case("case", "P1", persons, Build.GRCH38, indication="Ataxia")
    case = replace(case, **changes) if changes else case  # type: ignore[arg-type]
    return with_family(case, family) if family else case


def test_parents_partners_children_siblings() -> None:
    family = _trio()
    member = family.member("P1")
    assert family.member(member.father or "").sex is Sex.MALE
    assert family.union_of(*member.parents) is not None
    family = add_sibling(family, "P1", Sex.MALE)
    assert family.siblings("P1") == ("P4",)
    family = add_half_sibling(family, "P1")
    assert len(family.half_siblings("P1")) == 1
    family = add_child(family, "P1")
    child = family.children_of["P1"][0]
    assert family.member(child).mother == "P1"
    with pytest.raises(UserError, match="Both parents"):
        add_parents(family, "P1")


def test_twins_stand_together_and_identical_ones_have_one_sex() -> None:
    family = add_sibling(_trio(), "P1", Sex.MALE)
    before = family
    family = add_twin(family, "P1", Zygosity.IDENTICAL)
    twin = newest(before, family) or ""
    order = [member.id for member in family.members]
    assert abs(order.index("P1") - order.index(twin)) == 1
    assert family.member(twin).sex is Sex.FEMALE
    family = set_twins(family, ("P1", twin), None)
    assert family.twins == ()


def test_triplets() -> None:
    family = add_twin(_trio(), "P1", Zygosity.FRATERNAL)
    family = add_twin(family, "P1", Zygosity.FRATERNAL)
    assert [len(one.members) for one in family.twins] == [3]


def test_removing_takes_every_link_along() -> None:
    family = add_child(add_twin(_trio(), "P1"), "P1")
    for person in [member.id for member in family.members if member.id != "P1"]:
        family = remove(family, person)
    assert family == replace(begin("P1", Sex.FEMALE))
    with pytest.raises(UserError, match="proband"):
        remove(family, "P1")


@pytest.mark.parametrize(
    "edit",
    [
        lambda f: set_parents(f, f.member("P1").father, "P1", None),
        lambda f: set_parents(f, "P1", "P1", None),
        lambda f: set_parents(f, f.member("P1").father, None, "P1"),
        lambda f: set_member(f, f.member("P1").father, sex=Sex.FEMALE),
        lambda f: set_member(f, "P1", age=-1),
        lambda f: set_member(f, "P1", birth_year=12),
        lambda f: set_member(f, "P1", gestation=99.0),
        lambda f: set_member(f, "P1", mother="nobody"),
        lambda f: set_diagnosis(f, "P1", Diagnosis("nothing")),
        lambda f: set_union(f, "P1", "P1"),
        lambda f: set_twins(f, ("P1", f.member("P1").father), Zygosity.UNKNOWN),
        lambda f: add_child(set_member(f, "P1", pregnancy=Pregnancy.MISCARRIAGE), "P1"),
        lambda f: replace(f, proband="x") and checked(replace(f, proband="x")),
    ],
)
def test_what_cannot_be_is_refused(edit: object) -> None:
    with pytest.raises(UserError) as caught:
        edit(_trio())  # type: ignore[operator]
    assert caught.value.what


def test_two_women_need_a_donor() -> None:
    family = add_partner(begin("P1", Sex.FEMALE), "P1")
    family = set_member(family, "P2", sex=Sex.FEMALE)
    with pytest.raises(UserError, match="same sex"):
        add_child(family, "P1", "P2")


def test_at_most_four_conditions() -> None:
    family = begin("P1")
    for number in range(5):
        family = set_condition(family, Condition(str(number), f"Condition {number}"))
    for number in range(4):
        family = set_diagnosis(family, "P1", Diagnosis(str(number)))
    with pytest.raises(UserError, match="four"):
        set_diagnosis(family, "P1", Diagnosis("4"))
    assert len(remove_condition(family, "2").member("P1").diagnoses) == 3


def test_dates_out_of_order_are_told() -> None:
    family = set_member(_trio(), "P1", birth_year=1980, death_year=1970, age=20.0)
    family = set_member(family, family.member("P1").mother or "", birth_year=1975)
    codes = [finding.code for finding in oddities(family)]
    assert codes.count("family.dates") >= 3


def test_no_genes_come_from_adoptive_parents() -> None:
    family = set_adopted(_trio(), "P1", Adoption.IN)
    assert (family.member("P1").parents, family.member("P1").adoptive) == ((), ("P2", "P3"))
    assert relationship(family, "P1", "P2") is None
    assert persons_of(family)[0].mother is None
    assert set_adopted(family, "P1", Adoption.NO) == _trio()
    assert set_adopted(_trio(), "P1", Adoption.OUT).member("P1").parents == ("P2", "P3")


def test_the_proband_keeps_the_sample() -> None:
    family = set_member(_trio(), "P1", sample="S1")
    with pytest.raises(UserError, match="sample"):
        set_proband(family, "P2")
    family = set_sample(family, "P2", "S2")
    assert set_proband(family, "P2").proband == "P2"
    assert set_sample(family, "P3", "S2").member("P2").sample is None
    with pytest.raises(UserError, match="sample"):
        set_sample(family, "P3", "S1")
    with pytest.raises(UserError, match="sample"):
        set_sample(family, "P1", None)


@pytest.mark.parametrize(
    ("path", "kinship", "degree", "words"),
    [
        ("siblings", 0.25, 1, "siblings"),
        ("half", 0.125, 2, "half-siblings"),
        ("uncle", 0.125, 2, "uncle or aunt and niece or nephew"),
        ("cousins", 0.0625, 3, "first cousins"),
        ("removed", 0.03125, 4, "first cousins once removed"),
        ("parent", 0.25, 1, "parent and child"),
    ],
)
def test_kinship(path: str, kinship: float, degree: int, words: str) -> None:
    family = add_sibling(_trio(), "P1", Sex.MALE)  # P4 the brother
    family = add_half_sibling(family, "P1", sex=Sex.MALE)
    half = family.half_siblings("P1")[0]
    family = add_child(add_child(family, "P1", sex=Sex.MALE), "P4", sex=Sex.FEMALE)
    mine, his = family.children_of["P1"][0], family.children_of["P4"][0]
    family = add_child(family, his, sex=Sex.MALE)
    grand = family.children_of[his][0]
    pairs = {
        "siblings": ("P1", "P4"),
        "half": ("P1", half),
        "uncle": ("P4", mine),
        "cousins": (mine, his),
        "removed": (mine, grand),
        "parent": ("P1", mine),
    }
    found = relationship(family, *pairs[path])
    assert found is not None
    assert (found.kinship, found.degree, found.words) == (kinship, degree, words)
    assert relationship(family, "P1", family.partners("P1")[0]) is None


def test_a_case_without_a_pedigree_gets_one_of_its_persons() -> None:
    case = _case()
    family = family_of(case)
    assert family.conditions[0].name == "Ataxia"
    assert family.member("P1").mother == "M"
    assert persons_of(family) == case.persons
    assert with_family(case, family).persons == case.persons


def test_editing_the_pedigree_changes_the_persons() -> None:
    case = _case()
    family = add_parents(family_of(case), "P1")
    family = add_child(family, "P1", sex=Sex.MALE, pregnancy=Pregnancy.MISCARRIAGE)
    edited = with_family(case, family)
    assert edited.person("P1").father is not None
    assert all(family.member(person.id).pregnancy is Pregnancy.NO for person in edited.persons)
    assert reads_differently(case, edited)
    named = with_family(edited, set_member(family, "P1", name="Somebody", nudge=3.0, gender=Gender.MAN))
    assert not reads_differently(edited, named)
    assert named.person("P1").sex is Sex.FEMALE


def test_persons_edited_elsewhere_come_into_the_drawing() -> None:
    family = set_member(family_of(_case()), "P1", nudge=7.0, carrier=True)
    case = with_family(_case(), family)
    persons = tuple(replace(p, sex=Sex.UNKNOWN, age_years=9.0) if p.id == "P1" else p for p in case.persons)
    persons = (*(p for p in persons if p.id != "M"), Person("F", sex=Sex.MALE))
    persons = tuple(replace(p, mother=None, father="F") if p.id == "P1" else p for p in persons)
    merged = family_of(replace(case, persons=persons))
    assert set(persons_of(merged)) == set(persons)
    assert merged.member("P1").nudge == 7.0
    assert merged.member("P1").carrier


_WORDS = st.sampled_from(["parents", "partner", "child", "sibling", "half", "twin", "remove"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_WORDS, st.integers(0, 30)), max_size=14))
def test_any_edits_leave_a_sound_family(steps: list[tuple[str, int]]) -> None:
    edits = {
        "parents": add_parents,
        "partner": add_partner,
        "child": add_child,
        "sibling": add_sibling,
        "half": add_half_sibling,
        "twin": add_twin,
        "remove": remove,
    }
    family = begin("P1", Sex.FEMALE)
    for word, place in steps:
        person = family.members[place % len(family.members)].id
        try:
            family = edits[word](family, person)  # type: ignore[operator]
        except UserError:
            continue
        assert checked(family) is family
    persons = persons_of(family)
    known = {person.id for person in persons}
    assert all(parent in known for p in persons for parent in (p.mother, p.father) if parent)
    assert isinstance(family.members[0], Member)


def test_children_of_a_couple_of_unknown_sex_have_the_same_father_whoever_is_asked() -> None:
    family = add_partner(begin("a"), "a")
    partner = family.partners("a")[0]
    family = add_child(add_child(family, "a", partner), partner, "a")
    first, second = family.children_of["a"]
    assert family.by_id[first].father == family.by_id[second].father
