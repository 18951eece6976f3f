"""The questionnaire: filled in like a viewer does, and read back."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from genoai_desktop.app.pedigrees.imported import told
from genoai_desktop.app.pedigrees.merge import merged
from genoai_desktop.app.pedigrees.questionnaire import (
    read_questionnaire,
    write_questionnaire,
)
from genoai_desktop.app.pedigrees.questionnaire_form import questionnaire_pdf
from genoai_desktop.app.pedigrees.questions import FIELDS, blank_family, people
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family import Condition, Diagnosis, Family, Member
from genoai_desktop.domain.family_edit import (
    add_parents,
    add_sibling,
    begin,
    remove,
    set_condition,
    set_diagnosis,
    set_member,
)
from genoai_desktop.domain.person import Sex
from genoai_desktop.domain.text import use_language

CATALOGUES = Path(__file__).resolve().parents[2] / "resources/translations"


def _filled(path: Path, answers: dict[str, str]) -> Path:
    write_questionnaire(path)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        for field in document.Root.AcroForm.Fields:
            name = str(field.T)
            if name in answers:
                value = answers[name]
                field.V = pikepdf.Name(value) if value.startswith("/") else pikepdf.String(value)
        document.save(path)
    return path


def test_the_form_has_every_field_once_and_is_the_same_each_time(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    write_questionnaire(path)
    with pikepdf.open(path) as document:
        names = [str(field.T) for field in document.Root.AcroForm.Fields]
    assert sorted(names) == sorted(f"{one.id}.{field}" for one in people() for field, _, _ in FIELDS)
    assert questionnaire_pdf() == questionnaire_pdf()


def test_answers_become_a_family(tmp_path: Path) -> None:
    path = _filled(
        tmp_path / "f.pdf",
        {
            "self.name": "Änne",
            "self.sex": "female",
            "self.born": "1980",
            "mother.illness": "breast cancer 52; Diabetes (at age 60)",
            "mother.dead": "/Yes",
            "mother.age": "70",
            "sibling1.sex": "male",
            "sibling1.name": "Ole",
            "child1.name": "Ida",
            "child1.sex": "female",
            "grandmother_m.illness": "BREAST CANCER",
            "uncle_p2.name": "Jan",
        },
    )
    found = read_questionnaire(path)
    family = found.family
    assert found.findings == ()
    assert family.by_id["self"].name == "Änne"
    mother = family.by_id["mother"]
    assert mother.deceased
    assert mother.age == 70
    assert [(family.condition(d.condition).name, d.age) for d in mother.diagnoses] == [
        ("Breast cancer", 52.0),
        ("Diabetes", 60.0),
    ]
    assert family.by_id["grandmother_m"].diagnoses[0].condition == mother.diagnoses[0].condition
    child = family.by_id["child1"]
    assert (child.mother, child.father) == ("self", "partner")
    assert family.by_id["partner"].sex is Sex.MALE
    assert family.by_id["uncle_p2"].father == "grandfather_p"
    assert {"sibling2", "child2", "uncle_m1", "uncle_p1"}.isdisjoint(family.by_id)


def test_what_is_not_understood_is_told_without_names(tmp_path: Path) -> None:
    path = _filled(
        tmp_path / "f.pdf",
        {"self.name": "Ole", "self.born": "about 1950", "father.age": "old", "father.illness": "??"},
    )
    found = read_questionnaire(path)
    assert {f.where.field for f in found.findings} == {
        "You (“Year of birth”)",
        "Your father (“Age (at death)”)",
        "Your father (“Illnesses, with age when they began”)",
    }
    assert told(found.findings).startswith(
        "You (“Year of birth”), Your father (“Age (at death)”): This answer is not a number"
    )
    assert all("Ole" not in f.text and "1950" not in f.text for f in found.findings)


def test_children_need_to_know_who_is_who(tmp_path: Path) -> None:
    found = read_questionnaire(_filled(tmp_path / "f.pdf", {"self.name": "A", "child1.name": "B"}))
    assert [f.where.field for f in found.findings] == ["You (“Sex (F / M)”)"]
    assert "child1" in found.family.by_id


def test_an_empty_form_and_another_pdf_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Nothing was filled in"):
        read_questionnaire(_filled(tmp_path / "e.pdf", {}))
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4 rubbish")
    with pytest.raises(UserError):
        read_questionnaire(tmp_path / "x.pdf")
    with pikepdf.new() as other:
        other.add_blank_page()
        other.save(tmp_path / "o.pdf")
    with pytest.raises(UserError, match="not a family questionnaire"):
        read_questionnaire(tmp_path / "o.pdf")


def _answers(**said: Member) -> Family:
    """The form's family with these people's answers."""
    family = blank_family()
    members = tuple(said.get(one.id, one) for one in family.members)
    return replace(family, members=members, conditions=(Condition("bc", "breast cancer"),))


def _case() -> Family:
    family = set_member(add_parents(begin("S1", Sex.FEMALE), "S1"), "P1", name="Jan", birth_year=1950)
    family = set_condition(family, Condition("C1", "Breast cancer"))
    family = set_diagnosis(family, "P2", Diagnosis("C1"))
    return add_sibling(family, "S1", Sex.MALE, name="Ole")


def test_answers_are_added_and_what_the_case_knows_stays() -> None:
    case, blank = _case(), blank_family()
    form = _answers(
        father=replace(blank.by_id["father"], name="Johann", birth_year=1950, age=70.0, deceased=True),
        mother=replace(blank.by_id["mother"], diagnoses=(Diagnosis("bc", 52.0),)),
        sibling1=replace(blank.by_id["sibling1"], name="ole", birth_year=1985),
        sibling2=replace(blank.by_id["sibling2"], name="Ida", sex=Sex.FEMALE),
    )
    kept = {"self", "father", "mother", "sibling1", "sibling2"}
    for person in set(form.by_id) - kept:
        form = remove(form, person)
    made = merged(case, form)
    father, mother = made.family.by_id["P1"], made.family.by_id["P2"]
    assert (father.name, father.birth_year, father.age, father.deceased) == ("Jan", 1950, 70.0, True)
    assert mother.diagnoses == (Diagnosis("C1", 52.0),)
    assert made.family.by_id["P3"].birth_year == 1985
    assert len(made.family.members) == len(case.members) + 1
    ida = next(one for one in made.family.members if one.name == "Ida")
    assert ida.parents == ("P1", "P2")
    stays = [(one.person, one.now, one.said) for one in made.changes if not one.taken]
    assert stays == [("P1", "Jan", "Johann")]
    assert merged(made.family, form).changes == tuple(one for one in made.changes if not one.taken)


def test_grandparents_and_children_find_their_place(tmp_path: Path) -> None:
    answers = {
        "self.name": "A",
        "self.sex": "Frau",
        "child1.name": "B",
        "grandmother_m.name": "C",
        "uncle_m1.name": "D",
        "uncle_m1.illness": "Darmkrebs mit 61 Jahren",
    }
    form = read_questionnaire(_filled(tmp_path / "f.pdf", answers))
    assert form.partial
    assert form.findings == ()
    made = merged(_case(), form.family).family
    by_name = {one.name: one for one in made.members}
    assert by_name["B"].mother == "S1"
    assert made.by_id["P2"].mother == by_name["C"].id
    assert by_name["D"].mother == by_name["C"].id
    assert [(made.condition(d.condition).name, d.age) for d in by_name["D"].diagnoses] == [("Darmkrebs", 61)]


def test_a_viewer_that_nests_the_fields_is_read_too(tmp_path: Path) -> None:
    path = _filled(tmp_path / "f.pdf", {"self.name": "A", "father.dead": "/Yes"})
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        parents: dict[str, pikepdf.Object] = {}
        for field in list(document.Root.AcroForm.Fields):
            person, _, name = str(field.T).partition(".")
            if person not in parents:
                made = pikepdf.Dictionary(T=pikepdf.String(person), Kids=pikepdf.Array())
                parents[person] = document.make_indirect(made)
            field.T, field.Parent = pikepdf.String(name), parents[person]
            parents[person].Kids.append(field)
        document.Root.AcroForm.Fields = pikepdf.Array(parents.values())
        document.save(path)
    family = read_questionnaire(path).family
    assert family.by_id["self"].name == "A"
    assert family.by_id["father"].deceased


def test_the_form_is_in_one_language() -> None:
    use_language("de", CATALOGUES)
    try:
        with pikepdf.open(io.BytesIO(questionnaire_pdf())) as document:
            tips = {str(field.TU) for field in document.Root.AcroForm.Fields}
            assert document.Root.Lang == "de"
    finally:
        use_language("en", CATALOGUES)
    assert "Ihre Mutter: Vorname" in tips
    assert not any("Your" in tip for tip in tips)
