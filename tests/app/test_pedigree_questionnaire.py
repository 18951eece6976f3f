"""The questionnaire: filled in like a viewer does, and read back."""

from pathlib import Path

import pikepdf
import pytest

from genoai_desktop.app.pedigrees.questionnaire import (
    questionnaire_pdf,
    read_questionnaire,
    write_questionnaire,
)
from genoai_desktop.app.pedigrees.questions import FIELDS, people
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.person import Sex


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
    assert {f.where.field for f in found.findings} == {"self.born", "father.age", "father.illness"}
    assert all("Ole" not in f.text and "1950" not in f.text for f in found.findings)


def test_children_need_to_know_who_is_who(tmp_path: Path) -> None:
    found = read_questionnaire(_filled(tmp_path / "f.pdf", {"self.name": "A", "child1.name": "B"}))
    assert [f.where.field for f in found.findings] == ["self.sex"]
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
