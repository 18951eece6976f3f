"""One relative's view, byte by byte: nothing that the others said about themselves is in any file."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report/pedigree"))

from families import four_generations

from genoai_desktop.app.pedigrees.exchange import FORMATS, write_family, write_view
from genoai_desktop.app.pedigrees.redacted import delicate, view_of
from genoai_desktop.domain.errors import UserError
from genoai_desktop.domain.family import (
    Adoption,
    Childless,
    Condition,
    Diagnosis,
    Donor,
    Family,
    Gender,
    GeneResult,
    Member,
    Pregnancy,
    Zygosity,
)
from genoai_desktop.domain.family_edit import add_child, add_parents, begin, set_condition, set_union
from genoai_desktop.domain.person import Sex

KINDS = [one.id for one in FORMATS if one.id != "questionnaire"]


def _marked(member: Member, number: int) -> Member:
    """Every field that a person could be known by, in words that stand nowhere else."""
    word = f"zq{number}qz"
    return replace(
        member,
        name=f"{word}Name",
        note=f"{word}Note",
        cause_of_death=f"{word}Cause",
        sample=f"{word}Sample",
        birth_year=None,
        diagnoses=(Diagnosis(f"c{number}", 41.0),),
        tests=(GeneResult(f"{word.upper()}", True, "P"),),
        pathology=(f"{word}Pathology",),
        gender=Gender.NONBINARY if number % 3 == 0 else Gender.NOT_STATED,
    )


def _secretive() -> tuple[Family, str, str]:
    """Everybody has secrets; who sees the view, and another who agreed to share."""
    family, who = four_generations()
    for number in range(len(family.members)):
        family = set_condition(family, Condition(f"c{number}", f"zq{number}qzCondition", f"zq{number}qz:1"))
    members = tuple(_marked(one, number) for number, one in enumerate(family.members))
    shares = {who["anna"]}
    members = tuple(replace(one, shares=one.id in shares) for one in members)
    family = replace(
        family, members=members, title="zqTitleqz", factors=(("menarche", "zqFactorqz"),), consultand=None
    )
    family = set_union(family, who["otto"], who["petra"], note="zqUnionqz", childless=Childless.NO)
    return family, who["noah"], who["anna"]


def _strings(path: Path) -> Iterator[str]:
    """What a person could find in the file: its bytes, and all words and streams of a PDF."""
    data = path.read_bytes()
    yield data.decode("latin-1")
    yield data.decode("utf-16-be", errors="ignore")
    if data.startswith(b"%PDF"):
        with pikepdf.open(path) as document:
            for one in document.objects:
                yield from _inside(one)
            yield str(document.docinfo)
        text = pypdfium2.PdfDocument(path)
        for page in text:
            yield page.get_textpage().get_text_range()


def _inside(one: object) -> Iterator[str]:
    if isinstance(one, pikepdf.Stream):
        yield one.read_bytes().decode("latin-1")
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        yield " ".join(str(value) for value in dict(one).values() if isinstance(value, pikepdf.String))


@pytest.mark.parametrize("kind", KINDS)
def test_no_byte_of_the_view_is_about_somebody_who_did_not_agree(kind: str, tmp_path: Path) -> None:
    family, person, shares = _secretive()
    path = tmp_path / "view"
    try:
        write_family(view_of(family, person), path, kind)
    except UserError:  # a bare symbol lacks what this format needs: nothing leaves
        assert not path.exists()
        return
    told = {family.by_id[one].name.removesuffix("Name") for one in (person, shares)}
    found = set[str]()
    for words in _strings(path):
        lower = words.lower()
        found |= {f"zq{n}qz" for n in range(len(family.members)) if f"zq{n}qz" in lower}
        assert not [one for one in ("zqtitleqz", "zqfactorqz", "zqunionqz") if one in lower]
    assert found <= told


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """The same look at the whole family's files finds everybody: the test above can fail."""
    family, _, _ = _secretive()
    for kind in ("pdf", "svg", "gedcom", "gedcom7"):
        path = tmp_path / kind
        write_family(family, path, kind)
        words = " ".join(_strings(path)).lower()
        assert all(f"zq{number}qz" in words for number in range(len(family.members))), kind


def test_whether_others_are_identical_twins_is_not_told() -> None:
    family, who = four_generations()
    view = view_of(family, who["noah"])
    assert Zygosity.IDENTICAL not in {twins.zygosity for twins in view.twins}


def _with(family: Family, person: str, **changes: object) -> Family:
    members = tuple(
        replace(one, **changes) if one.id == person else one  # type: ignore[arg-type]
        for one in family.members
    )
    return replace(family, members=members)


def test_a_pregnancy_of_somebody_else_is_not_in_the_view() -> None:
    family, who = four_generations()
    sister = view_of(family, who["noah"])  # his mother is pregnant
    assert len(sister.children_of[sister.by_id[sister.proband].parents[0]]) == 2
    mother = view_of(family, who["anna"])
    assert Pregnancy.ONGOING in {member.pregnancy for member in mother.members}


def test_a_child_given_up_for_adoption_is_not_in_the_view_of_a_sibling_nor_are_its_children() -> None:
    family, who = four_generations()
    family = add_child(family, who["jonas"], sex=Sex.FEMALE, name="Given")
    grandchild = next(one.id for one in family.members if one.name == "Given")
    whole = len(view_of(_with(family, who["jonas"], adopted=Adoption.NO), who["lena"]).members)
    assert len(view_of(family, who["lena"]).members) == whole - 3  # with the child and her other parent
    shared = _with(family, who["jonas"], shares=True)
    assert len(view_of(shared, who["lena"]).members) == whole
    assert len(view_of(family, who["otto"]).members) >= whole  # a parent knows
    line = view_of(family, grandchild)  # who descends from the child sees the own line
    assert len(line.by_id[line.proband].parents) == 2
    itself = view_of(family, who["jonas"])
    assert itself.children_of[itself.proband]


def test_a_donor_is_in_nobodys_view_unless_he_agreed() -> None:
    family, who = four_generations()
    family = _with(family, who["tom"], donor=Donor.SPERM, shares=False)
    view = view_of(family, who["ben"])
    assert len(view.by_id[view.proband].parents) == 1
    agreed = view_of(_with(family, who["tom"], shares=True), who["ben"])
    assert len(agreed.by_id[agreed.proband].parents) == 2


def test_a_note_about_one_does_not_tell_of_another() -> None:
    family, who = four_generations()
    family = _with(family, who["noah"], note="Mother does not want him to know of her test")
    assert not [one.note for one in view_of(family, who["noah"]).members if one.note]


def test_what_the_places_alone_tell_is_said_before_it_leaves() -> None:
    family, who = four_generations()
    assert delicate(family, who["noah"]) == ("half-siblings", "partners who are blood relatives")
    alone = add_parents(begin("P1", Sex.FEMALE), "P1")
    assert delicate(alone, "P1") == ()


def test_nobody_in_the_view_is_marked_as_the_patient(tmp_path: Path) -> None:
    family, person, shares = _secretive()
    path = tmp_path / "view.pdf"
    write_view(view_of(family, person), path)
    text = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    assert "proband" not in " ".join(_strings(path)).lower()
    assert family.by_id[person].name in text.replace("\r\n", "")
    assert family.by_id[shares].name in text.replace("\r\n", "")
