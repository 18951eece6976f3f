"""Families as other programs write them: what a pedigree can hold is taken, the rest is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from genoai_desktop.app.pedigrees.exchange import read_family
from genoai_desktop.app.pedigrees.imported import Imported, told
from genoai_desktop.domain.family import Family

GEDCOM = """0 HEAD
1 GEDC
2 VERS 5.5.1
0 @I1@ INDI
1 NAME Child
1 SEX F
{child}
0 @I2@ INDI
1 SEX F
{mother}
0 @I3@ INDI
1 SEX M
0 @N1@ NOTE Had colon cancer at 40
1 CONT and was well
0 @F1@ FAM
1 HUSB @I3@
1 WIFE @I2@
1 CHIL @I1@
{couple}
0 TRLR
"""


def _gedcom(folder: Path, child: str = "1 FAMC @F1@", mother: str = "", couple: str = "") -> Imported:
    path = folder / "f.ged"
    text = GEDCOM.format(child=child, mother=mother, couple=couple)
    path.write_text("\n".join(line for line in text.splitlines() if line), encoding="utf-8")
    return read_family(path)


def _packet(folder: Path, **changes: Any) -> Imported:
    persons = [
        {"individualId": "c", "paternalId": "f", "maternalId": "m", "sex": "FEMALE"},
        {"individualId": "f", "sex": "MALE"},
        {"individualId": "m", "sex": "FEMALE"},
    ]
    document = {"proband": {"subject": {"id": "c"}}, "pedigree": {"persons": persons}, **changes}
    path = folder / "f.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return read_family(path)


def _fields(found: Imported) -> list[str]:
    return [one.where.field for one in found.findings]


def test_notes_of_gedcom_are_taken_wherever_they_stand(tmp_path: Path) -> None:
    found = _gedcom(tmp_path, mother="1 NOTE @N1@\n1 NOTE seen twice")
    assert found.family.by_id["I2"].note == "Had colon cancer at 40\nand was well\nseen twice"
    assert not found.findings


def test_an_adoption_that_is_an_event_makes_no_genetic_parents(tmp_path: Path) -> None:
    found = _gedcom(tmp_path, child="1 ADOP\n2 FAMC @F1@\n3 ADOP BOTH\n1 FAMC @F1@")
    assert found.family.by_id["I1"].parents == ()
    assert set(found.family.by_id["I1"].adoptive) == {"I2", "I3"}
    assert not found.findings
    by_one = _gedcom(tmp_path, child="1 ADOP\n2 FAMC @F1@\n3 ADOP HUSB\n1 FAMC @F1@")
    assert _fields(by_one) == ["ADOP"]


@pytest.mark.parametrize(
    ("where", "text", "field"),
    [("mother", "1 DEAT\n2 AGE INFANT", "AGE"), ("couple", "1 NOTE they are cousins", "NOTE")],
)
def test_what_gedcom_says_besides_is_told(tmp_path: Path, where: str, text: str, field: str) -> None:
    assert _fields(_gedcom(tmp_path, **{where: text})) == [field]


def test_a_packet_in_the_names_of_its_schema_is_read(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    persons = [
        {"individual_id": "c", "maternal_id": "m", "affected_status": "AFFECTED"},
        {"individual_id": "m"},
    ]
    subject = {"id": "c", "time_at_last_encounter": {"age": {"iso8601duration": "P7Y"}}}
    path.write_text(json.dumps({"proband": {"subject": subject}, "pedigree": {"persons": persons}}))
    found = read_family(path)
    assert (found.family.by_id["c"].mother, found.family.by_id["c"].age) == ("m", 7.0)


def test_parents_who_are_related_stay_so(tmp_path: Path) -> None:
    found = _packet(tmp_path, consanguinousParents=True)
    assert [one.consanguineous for one in found.family.unions] == [True]
    assert not found.findings


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"relatives": [{"subject": {"id": "uncle"}}]}, "relatives"),
        ({"proband": {"subject": {"id": "c"}, "phenotypicFeatures": [{"type": {}}]}}, "phenotypicFeatures"),
        ({"proband": {"subject": {"id": "c", "gender": {"label": "man"}}}}, "subject.gender"),
        ({"proband": {"subject": {"id": "c", "timeAtLastEncounter": {"ageRange": {"start": {}}}}}}, "age"),
        ({"proband": {"subject": {"id": "c"}, "diseases": [{"excluded": True}]}}, "diseases"),
        ({"files": [{"uri": "x"}]}, "files"),
    ],
)
def test_what_a_packet_says_besides_is_told(tmp_path: Path, changes: Any, field: str) -> None:
    assert _fields(_packet(tmp_path, **changes)) == [field]


def test_a_cause_of_death_is_taken(tmp_path: Path) -> None:
    vital = {"status": "DECEASED", "causeOfDeath": {"id": "X:1", "label": "sepsis"}}
    family: Family = _packet(tmp_path, proband={"subject": {"id": "c", "vitalStatus": vital}}).family
    assert family.by_id["c"].cause_of_death == "sepsis"


def test_a_ped_file_of_two_families_or_more_columns_says_so(tmp_path: Path) -> None:
    path = tmp_path / "f.ped"
    path.write_text("#F\tP\tF\tM\tS\tA\nF1\tA\t0\t0\t1\t1\tx\nF2\tB\t0\t0\t2\t2\tx\n")
    assert told(read_family(path).findings).count(":") == 1
    assert len(read_family(path).findings) == 2
    path.write_text("F1 A 0 0 1 1\nF1 B 0 0 2 2\n")
    assert not read_family(path).findings
