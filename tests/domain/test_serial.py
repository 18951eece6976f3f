"""Every case goes to JSON and back unchanged, and nothing that is not understood is dropped."""

import json
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genoai_desktop.domain.case import Affected, Case, Consent, Medicine, ObservedTerm, Person, Scope, Sex
from genoai_desktop.domain.genome import Build
from genoai_desktop.domain.serial import NotReadable, decode, encode, merge


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Circle:
    radius: float


@dataclass(frozen=True)
class Square:
    side: float = 1.0


@dataclass(frozen=True)
class Drawing:
    id: str
    shapes: tuple[Circle | Square, ...] = ()
    main: Circle | Square | None = None
    colours: frozenset[Colour] = frozenset()
    made: date | None = None
    file: Path | None = None
    sizes: dict[str, tuple[int, ...]] | None = None
    pair: tuple[int, str] = (1, "a")
    colour: Colour = Colour.RED
    limit: float = 0.0


DRAWING = Drawing(
    "d1",
    (Circle(2.0), Square(3)),
    Square(1.0),
    frozenset(Colour),
    date(2026, 2, 3),
    Path("/a/b"),
    {"x": (1, 2)},
    (7, "z"),
    Colour.BLUE,
    float("inf"),
)


def test_every_type_goes_there_and_back() -> None:
    text = json.dumps(encode(DRAWING), allow_nan=False)
    assert decode(Drawing, json.loads(text)) == (DRAWING, ())


texts = st.text(max_size=12)
people = st.builds(
    Person,
    id=texts,
    sample=st.none() | texts,
    name=texts,
    sex=st.sampled_from(Sex),
    affected=st.sampled_from(Affected),
    age_years=st.none() | st.floats(0, 120),
)
cases = st.builds(
    Case,
    id=texts,
    proband=texts,
    persons=st.lists(people, max_size=3).map(tuple),
    build=st.sampled_from(Build),
    terms=st.lists(st.builds(ObservedTerm, id=texts, excluded=st.booleans()), max_size=3).map(tuple),
    consent=st.frozensets(st.sampled_from(Scope)).map(Consent),
    medicines=st.lists(st.builds(Medicine, name=texts, planned=st.booleans()), max_size=2).map(tuple),
    indication=texts,
)


@given(cases)
def test_every_case_goes_there_and_back(case: Case) -> None:
    assert decode(Case, json.loads(json.dumps(encode(case)))) == (case, ())


def test_every_field_of_a_case_is_written() -> None:
    case = Case("c", "p", (Person("p"),), Build.GRCH38)
    assert set(encode(case)) == {field.name for field in fields(Case)}


def test_what_a_later_program_added_is_kept() -> None:
    document = encode(Case("c", "p", (Person("p"), Person("q")), Build.GRCH38))
    document["later"] = {"a": 1}
    document["persons"][1]["tribe"] = "x"
    case, unknown = decode(Case, document)
    assert sorted(part.place for part in unknown) == ["later", "persons.1.tribe"]
    assert merge(encode(case), unknown) == document
    turned = encode(replace(case, persons=case.persons[::-1]))
    again = merge(turned, unknown)
    assert again["persons"][0]["tribe"] == "x"
    assert "tribe" not in again["persons"][1]
    assert (
        merge(encode(replace(case, persons=case.persons[:1])), unknown)["persons"] == document["persons"][:1]
    )


def test_an_unknown_member_falls_back_to_the_default_and_is_reported() -> None:
    document = encode(DRAWING) | {"colour": "green"}
    drawing, unknown = decode(Drawing, document)
    assert drawing.colour is Colour.RED
    assert [(part.place, part.value) for part in unknown] == [("colour", "green")]


@pytest.mark.parametrize("document", [None, [], {}, {"id": 1}, {"id": None}, {"name": "Zebulon"}])
def test_what_cannot_be_read_is_refused_without_its_content(document: object) -> None:
    with pytest.raises(NotReadable) as error:
        decode(Drawing, document)
    assert "Zebulon" not in str(error.value)


def test_an_unknown_type_is_not_written() -> None:
    with pytest.raises(TypeError, match="complex"):
        encode(1j)
