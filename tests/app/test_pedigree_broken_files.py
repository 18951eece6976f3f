"""Family files as they come: each fault is told with what it is, where it is, and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from genoai_desktop.app.pedigrees.exchange import read_family
from genoai_desktop.app.pedigrees.imported import odd, told
from genoai_desktop.domain.errors import UserError

HEAD = "##CanRisk 4\n"
CELLS = "FAM\tNA\t{target}\t{id}\t{father}\t{mother}\t{sex}\t0\t0\t40\t1980\t0\t0\t0\t0\t0\t0" + "\t0:0" * 10
TAIL = "\t0:0:0:0:0\n"


def _canrisk(*people: tuple[str, str, str, str]) -> bytes:
    lines = [
        CELLS.format(target=int(not n), id=one, father=father, mother=mother, sex=sex) + TAIL
        for n, (one, father, mother, sex) in enumerate(people)
    ]
    return (HEAD + "".join(lines)).encode()


def _gedcom(*lines: str) -> bytes:
    return "\n".join(("0 HEAD", "1 GEDC", "2 VERS 5.5.1", *lines, "0 TRLR")).encode()


COUPLE = ("0 @I1@ INDI", "1 SEX M", "0 @I2@ INDI", "1 SEX F")
PERSON = '{{"individualId": "{id}", "paternalId": "{father}", "maternalId": "{mother}", "sex": "{sex}"}}'


def _packet(*people: tuple[str, str, str, str]) -> bytes:
    rows = ",\n".join(PERSON.format(id=i, father=f, mother=m, sex=s) for i, f, m, s in people)
    return f'{{"proband": {{"subject": {{"id": "c"}}}}, "pedigree": {{"persons": [\n{rows}]}}}}'.encode()


BROKEN: dict[str, tuple[bytes, str, str, str]] = {
    "ped-latin1": ("f\ta\t0\t0\t1\t1\nf\tJosé\t0\t0\t1\t2\n".encode("latin-1"), "line 2", "UTF-8", "save it"),
    "ped-titles": (b"FamilyID\tIndividual\tFather\tMother\tSex\tPhenotype\n", "line 1", "titles", "#"),
    "ped-short": (b"f a 0 0 1 1\nf b 0 0\n", "line 2", "4 columns and needs six", "Columns: family"),
    "ped-twice": (
        b"f a 0 0 1 1\nf a 0 0 1 1\n",
        "line 2",
        "twice (first in line 1)",
        "identifier of their own",
    ),
    "ped-nameless": (b"f a 0 0 1 1\nf\t\t0\t0\t1\t1\n", "line 2", "no identifier", "second column"),
    "ped-cycle": (b"f a b 0 1 1\nf b a 0 1 1\n", "line 1", "own ancestor", "Correct the parents"),
    "ped-mother": (b"f a 0 0 2 1\nf b a 0 1 1\n", "line 2", "other sex in line 1", "Swap the parents"),
    "gedcom-line": (_gedcom("rubbish"), "line 4", "not GEDCOM", "Export"),
    "gedcom-twice": (_gedcom(*COUPLE, "0 @I1@ INDI"), "line 8", "twice (first in line 4)", "identifier"),
    "gedcom-cycle": (
        _gedcom(
            *COUPLE, "0 @F1@ FAM", "1 HUSB @I1@", "1 CHIL @I2@", "0 @F2@ FAM", "1 WIFE @I2@", "1 CHIL @I1@"
        ),
        "line 4",
        "own ancestor",
        "import it again",
    ),
    "gedcom-empty": (_gedcom(), "", "no people", "INDI"),
    "canrisk-latin1": (HEAD.encode() + b"FAM\tJos\xe9\n", "line 2", "UTF-8", "save it"),
    "canrisk-twice": (_canrisk(("a", "0", "0", "F"), ("a", "0", "0", "F")), "line 3", "twice", "Correct"),
    "canrisk-father": (
        _canrisk(("a", "b", "c", "F"), ("b", "0", "0", "F"), ("c", "0", "0", "F")),
        "line 2, field FathID",
        "of the other sex",
        "Correct",
    ),
    "canrisk-cycle": (
        _canrisk(("a", "b", "0", "M"), ("b", "a", "0", "M")),
        "line 2, field FathID, MothID",
        "own ancestor",
        "Correct",
    ),
    "canrisk-short": (HEAD.encode() + b"FAM\tNA\t1\ta\n", "line 2", "4 fields", "Correct"),
    "json-cut": (b'{"pedigree":\n {"persons": [', "line 2", "JSON", "Phenopackets"),
    "json-list": (b"[1, 2]", "", "no pedigree", "Phenopackets"),
    "json-twice": (
        _packet(("c", "", "", "MALE"), ("c", "", "", "MALE")),
        "",
        "same identifier",
        "import it again",
    ),
    "json-mother": (
        _packet(("c", "", "m", "MALE"), ("m", "", "", "MALE")),
        "pedigree.persons[0]",
        "other sex",
        "import it again",
    ),
    "json-cycle": (
        _packet(("c", "m", "", "MALE"), ("m", "c", "", "MALE")),
        "pedigree.persons[0]",
        "own ancestor",
        "import it again",
    ),
    "word": (b"PK\x03\x04\x14\x00\x06\x00", "", "none of the formats", "PED, GEDCOM"),
    "vcf": (b"##fileformat=VCFv4.2\n#CHROM\n", "", "none of the formats", "PED, GEDCOM"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_where_and_what_to_do(name: str, tmp_path: Path) -> None:
    data, where, what, remedy = BROKEN[name]
    path = tmp_path / "family.txt"
    path.write_bytes(data)
    with pytest.raises(UserError) as refused:
        read_family(path)
    error = refused.value
    assert error.where.startswith("family.txt")
    assert where in error.where
    assert what in error.what
    assert remedy in error.remedy


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.encode("utf-16"),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\t", "  ").encode(),
        lambda text: text.replace("\t", ";").encode(),
        lambda text: text.replace("\t", "\t ", 2).encode(),
        lambda text: text.replace("\t0\t0\t", "\t0 0\t").encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-16", "bom", "spaces", "semicolons", "tab and space", "mixed", "crlf"],
)
def test_a_ped_file_is_read_however_it_was_saved(spoil: Callable[[str], bytes], tmp_path: Path) -> None:
    path = tmp_path / "family.ped"
    path.write_bytes(spoil("F\tc\tf\tm\t2\t2\nF\tf\t0\t0\t1\t1\nF\tm\t0\t0\t2\t1\n"))
    family = read_family(path).family
    assert family.by_id["c"].parents == ("f", "m")


def test_parents_of_the_same_sex_in_a_genealogy_are_kept_without_a_guess(tmp_path: Path) -> None:
    path = tmp_path / "f.ged"
    path.write_bytes(
        _gedcom(
            *("0 @I1@ INDI", "1 SEX F", "0 @I2@ INDI", "1 SEX F", "0 @I3@ INDI", "1 SEX M"),
            *("0 @F1@ FAM", "1 HUSB @I1@", "1 WIFE @I2@", "1 CHIL @I3@"),
        )
    )
    back = read_family(path)
    child = back.family.by_id["I3"]
    assert child.parents == ()
    assert set(child.adoptive) == {"I1", "I2"}
    assert "genetic parent is somebody else" in told(back.findings)


def test_a_wrong_attribute_of_a_couple_is_told_and_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "f.ged"
    fact = ("1 FACT childless=perhaps", "2 TYPE Pedigree attribute")
    path.write_bytes(_gedcom(*COUPLE, "0 @F1@ FAM", "1 HUSB @I1@", "1 WIFE @I2@", *fact))
    assert told(read_family(path).findings).startswith("Line 8: An attribute")


def test_each_oddity_is_told_once_with_its_lines() -> None:
    found = [odd("f", "DATE", "No year.", line) for line in (3, 9, 12, 15, 18, 21, 30)]
    found += [odd("f", "child1.age", "No number.")]
    assert told(found) == "Line 3, 9, 12, 15, 18 and 2 more: No year. child1.age: No number."


def test_parents_of_unknown_sex_who_change_places_are_one_couple(tmp_path: Path) -> None:
    path = tmp_path / "f.ped"
    path.write_text("f a x y 1 1\nf b y x 1 1\nf x 0 0 0 0\nf y 0 0 0 0\n", encoding="utf-8")
    family = read_family(path).family
    assert len(family.unions) == 1
    assert family.siblings("a") == ("b",)
