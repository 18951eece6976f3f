"""Families out and back in: nothing changes but what a format cannot hold, and that is said."""

import json
import sys
import tarfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report/pedigree"))

from families import four_generations

from genoai_desktop.app.canrisk import read_canrisk
from genoai_desktop.app.pedigrees.canrisk_family import from_canrisk, to_canrisk, write_canrisk_family
from genoai_desktop.app.pedigrees.exchange import FORMATS, joined_to, read_family, write_family
from genoai_desktop.app.pedigrees.redacted import view_of
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family import Adoption, Family, Member
from genoai_desktop.domain.family_case import persons_of
from genoai_desktop.domain.family_edit import add_child, add_partner, begin, set_member, set_union
from genoai_desktop.domain.person import Sex

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
EXAMPLES = SHARED / "samples/pedigree/canrisk_examples.tar.gz"
TRIO = SHARED / "samples/trio/643594.ped"


def _links(family: Family) -> list[tuple[object, ...]]:
    return [(p.id, p.father, p.mother, p.sex, p.affected) for p in persons_of(family)]


@pytest.mark.parametrize("kind", ["gedcom", "gedcom7"])
def test_gedcom_gives_back_the_whole_family(kind: str, tmp_path: Path) -> None:
    family, who = four_generations()
    family = set_member(family, who["mia"], name="Mia @ Müller", birth_year=2001, note="seen twice")
    family = set_member(family, who["ben"], adoptive=(who["otto"], who["petra"]), adopted=Adoption.IN)
    family = set_member(family, who["emma"], nudge=12.5)
    assert write_family(family, tmp_path / "f.ged", kind) == ()
    back = read_family(tmp_path / "f.ged")
    assert back.findings == ()
    conditions = {one.id: one.name for one in back.family.conditions}
    for member in family.members:
        found = back.family.by_id[member.id]
        named = [(conditions[d.condition], d.age) for d in found.diagnoses]
        assert named == [(family.condition(d.condition).name, d.age) for d in member.diagnoses]
        assert replace(found, diagnoses=()) == replace(member, diagnoses=())
    assert {frozenset(t.members) for t in back.family.twins} == {frozenset(t.members) for t in family.twins}
    assert {frozenset(u.partners): u.separated for u in back.family.unions} == {
        frozenset(u.partners): u.separated for u in family.unions
    }
    assert (back.family.proband, back.family.consultand) == (family.proband, family.consultand)


def test_gedcom_of_another_program(tmp_path: Path) -> None:
    text = (
        "\ufeff0 HEAD\r\n1 GEDC\r\n2 VERS 5.5.1\r\n0 @I1@ INDI\r\n1 NAME John /Doe/\r\n1 SEX M\r\n1 BIRT\r\n"
        "2 DATE ABT 3 MAR 1950\r\n1 DEAT Y\r\n1 OCCU baker\r\n0 @I2@ INDI\r\n1 NAME Jane\r\n2 CONC  Roe\r\n"
        "1 SEX F\r\n0 @I3@ INDI\r\n1 SEX X\r\n1 FAMC @F1@\r\n2 PEDI adopted\r\n0 @F1@ FAM\r\n1 HUSB @I1@\r\n"
        "1 WIFE @I2@\r\n1 CHIL @I3@\r\n1 CHIL @I9@\r\n1 DIV Y\r\n0 TRLR\r\n"
    )
    path = tmp_path / "other.ged"
    path.write_bytes(text.encode("utf-8"))
    back = read_family(path)
    child = back.family.by_id["I3"]
    assert child.adoptive == ("I1", "I2")
    assert child.parents == ()
    assert back.family.by_id["I1"].name == "John Doe"
    assert back.family.by_id["I1"].birth_year == 1950
    assert back.family.unions[0].separated
    fields = {finding.where.field for finding in back.findings}
    assert fields == {"DATE", "OCCU", "CHIL"}


@pytest.mark.parametrize(
    "text",
    ["0 HEAD\nrubbish\n", "0 HEAD\n0 TRLR\n", "0 HEAD\n3 DEEP x\n", "0 HEAD\n0 @I1@ INDI\n0 @I1@ INDI\n"],
)
def test_broken_gedcom_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "b.ged").write_text(text, encoding="utf-8")
    with pytest.raises(UserError):
        read_family(tmp_path / "b.ged")


def test_an_own_ancestor_in_gedcom_is_refused(tmp_path: Path) -> None:
    lines = ["0 HEAD", "0 @I1@ INDI", "1 SEX M", "0 @I2@ INDI", "1 SEX M", "0 @F1@ FAM", "1 HUSB @I1@"]
    lines += ["1 CHIL @I2@", "0 @F2@ FAM", "1 HUSB @I2@", "1 CHIL @I1@", "0 TRLR"]
    (tmp_path / "c.ged").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(UserError, match="ancestor"):
        read_family(tmp_path / "c.ged")


def test_ped_keeps_links_and_says_what_it_lost(tmp_path: Path) -> None:
    family, _ = four_generations()
    lost = write_family(family, tmp_path / "f.ped", "ped")
    assert "names" in lost
    assert "twins" in lost
    assert "Brandt" not in (tmp_path / "f.ped").read_text()
    back = read_family(tmp_path / "f.ped").family
    assert sorted(_links(back)) == sorted(_links(family))


def test_phenopackets_family(tmp_path: Path) -> None:
    family, who = four_generations()
    family = replace(
        family,
        conditions=tuple(replace(c, code="MONDO:0007254" if c.id == "bc" else "") for c in family.conditions),
    )
    family = set_member(family, who["karl"], age=78.5)
    lost = write_family(family, tmp_path / "f.json", "phenopackets")
    assert "Ovarian cancer" in lost
    document = json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))
    assert "Mia" not in json.dumps(document)
    assert document["proband"]["subject"]["id"] == family.proband
    back = read_family(tmp_path / "f.json")
    assert sorted(x[:4] for x in _links(back.family)) == sorted(x[:4] for x in _links(family))
    assert back.family.by_id[who["anna"]].diagnoses[0].age == 41
    assert back.family.by_id[who["karl"]].age == 78.5
    assert back.family.by_id["grandfather"].deceased
    assert back.family.proband == family.proband


@pytest.mark.parametrize("text", ["{}", "{", '{"pedigree": {"persons": []}}', '{"pedigree": 3}'])
def test_json_that_is_no_family_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(UserError):
        read_family(tmp_path / "x.json")


@pytest.mark.real_data
@pytest.mark.skipif(not EXAMPLES.exists(), reason="shared samples are absent")
def test_every_canrisk_example_comes_back_the_same(tmp_path: Path) -> None:
    with tarfile.open(EXAMPLES) as archive:
        archive.extractall(tmp_path, filter="data")
    count = 0
    for path in sorted(p for p in tmp_path.rglob("*") if "canrisk" in p.suffix or p.suffix == ".bwa"):
        for source in read_canrisk(path):
            family, findings = from_canrisk(source)
            assert findings == ()
            again = to_canrisk(family)
            count += 1
            twins = {m.id: m.twin for m in again.members}
            for one in source.members:
                found = next(m for m in again.members if m.id == one.id)
                age = one.age if one.age else found.age  # from the years, where the file gives none
                expected = replace(one, name="NA", twin=twins[one.id], age=age)
                assert found == expected, path.name
                assert bool(one.twin) == bool(twins[one.id])
            assert again.factors == source.factors
    assert count >= 20


@pytest.mark.real_data
@pytest.mark.skipif(not EXAMPLES.exists(), reason="shared samples are absent")
@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_canrisk_versions_out_and_in(version: int, tmp_path: Path) -> None:
    with tarfile.open(EXAMPLES) as archive:
        archive.extractall(tmp_path, filter="data")
    family = read_family(next(tmp_path.rglob("d10.canrisk4"))).family
    kind = {1: "canrisk1", 2: "canrisk2", 3: "canrisk3", 4: "canrisk"}[version]
    write_family(family, tmp_path / "out.canrisk", kind)
    back = read_family(tmp_path / "out.canrisk").family
    assert sorted(_links(back)) == sorted(_links(family))


def test_canrisk_needs_the_sex_of_everybody(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="sex at birth"):
        write_canrisk_family(begin("P1"), tmp_path / "x.canrisk4")


def test_canrisk_gets_a_placeholder_for_an_unknown_parent(tmp_path: Path) -> None:
    family = Family((Member("m", sex=Sex.FEMALE), Member("c", sex=Sex.FEMALE, mother="m")), "c")
    write_canrisk_family(family, tmp_path / "x.canrisk4")
    assert len(read_family(tmp_path / "x.canrisk4").family.members) == 3


@pytest.mark.real_data
@pytest.mark.skipif(not TRIO.exists(), reason="shared samples are absent")
def test_the_trio_of_the_shared_samples() -> None:
    family = read_family(TRIO).family
    assert len(family.members) == 3
    assert len(family.by_id[family.proband].parents) == 2


def test_every_picture_is_written_and_the_same_each_time(tmp_path: Path) -> None:
    family, _ = four_generations()
    for kind in ("pdf", "svg", "png"):
        suffix = next(one.suffix for one in FORMATS if one.id == kind)
        for name in ("a", "b"):
            assert write_family(family, tmp_path / f"{name}{suffix}", kind) == ()
        assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("pdf", "caso índice"),
        ("pdf_nameless", "caso índice"),
        ("pdf_en", "proband"),
        ("pdf_de", "Indexperson"),
        ("pdf_es", "caso índice"),
        ("pdf_fr", "cas index"),
    ],
)
def test_a_picture_of_one_language_stays_in_it_whatever_is_asked(
    kind: str, word: str, tmp_path: Path
) -> None:
    family, _ = four_generations()
    write_family(family, tmp_path / "f.pdf", kind, language="es")
    with pypdfium2.PdfDocument(tmp_path / "f.pdf") as made:
        assert word in made[0].get_textpage().get_text_range()


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        write_family(begin("P1"), tmp_path / "x", "doc")


def test_one_relatives_view_tells_nothing_of_the_others(tmp_path: Path) -> None:
    family, who = four_generations()
    family = replace(family, title="Family Brandt")
    family = set_member(family, who["noah"], age=19.0)
    view = view_of(family, who["noah"])
    person = view.by_id[view.proband]
    assert (person.name, person.age) == ("Noah", 19.0)
    for other in view.members:
        if other.id != view.proband:
            assert replace(other, sex=Sex.UNKNOWN, mother=None, father=None) == Member(other.id)
    assert view.conditions == ()
    assert view.consultand is None
    write_family(view, tmp_path / "v.svg", "svg")
    text = (tmp_path / "v.svg").read_text(encoding="utf-8")
    assert not any(word in text for word in ("Mia", "Brandt", "Anna", "cancer", "SAB", "Julia"))
    assert who["tom"] not in {m.id for m in view.members} or len(view.members) < len(family.members)


def test_what_a_relative_agreed_to_share_is_in_the_view() -> None:
    family, who = four_generations()
    family = set_member(family, who["anna"], shares=True)
    view = view_of(family, who["noah"])
    assert [m.name for m in view.members if m.name] == ["Anna", "Noah"]
    assert [c.id for c in view.conditions] == ["bc"]


def test_an_import_keeps_the_proband_and_the_samples() -> None:
    current = set_member(begin("CHILD", Sex.FEMALE), "CHILD", sample="S1")
    found = add_child(add_partner(begin("x", Sex.MALE), "x"), "x", sex=Sex.FEMALE)
    found = replace(found, proband="P2")
    joined = joined_to(current, found)
    assert joined.proband == "CHILD"
    assert joined.by_id["CHILD"].sample == "S1"
    assert joined.by_id["CHILD"].father == "x"


def test_an_import_without_the_sequenced_parents_is_refused() -> None:
    current = add_partner(begin("A", Sex.MALE), "A")
    current = set_member(set_member(current, "A", sample="A"), "P1", sample="B")
    with pytest.raises(UserError, match="sequenced"):
        joined_to(current, begin("other"))


def test_a_packet_has_its_time(tmp_path: Path) -> None:
    from genoai_desktop.app.pedigrees.packets import family_packet

    family, _ = four_generations()
    document, _ = family_packet(family, datetime(2026, 1, 2, tzinfo=UTC))
    assert document["metaData"]["created"] == "2026-01-02T00:00:00Z"


def test_a_picture_without_names_has_no_notes_either_and_says_so(tmp_path: Path) -> None:
    family, who = four_generations()
    family = set_member(family, who["mia"], name="Mia", note="sister of Zacharias")
    pair = family.unions[0].partners
    family = set_union(family, *pair, consanguineous=True, note="through Melchior")
    path = tmp_path / "f.pdf"
    assert write_family(family, path, "pdf_nameless") == ("notes",)
    with pypdfium2.PdfDocument(path) as document:
        words = document[0].get_textpage().get_text_range()
    assert not {"Mia", "Zacharias", "Melchior"} & set(words.split())
    assert write_family(begin("P1", Sex.FEMALE), path, "pdf_nameless") == ()
