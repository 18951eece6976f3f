"""Every item of the nomenclature looks as its picture, and the window's legend explains what needs a key."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))

from nomenclature import GOLDEN, ITEMS, Item, picture

from genoai_desktop.domain.family import Donor, Gender, Pregnancy
from genoai_desktop.report.pedigree.drawing import drawing, scene
from genoai_desktop.report.pedigree.lines import SAID_LINES
from genoai_desktop.report.pedigree.shapes import Circle, Line, Text

BY_ID = {item.id: item for item in ITEMS}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_an_item_looks_as_its_picture(item: Item) -> None:
    with Image.open(GOLDEN / f"{item.id}.png") as kept:
        then = np.asarray(kept.convert("L"), dtype=np.int16)
    now = np.asarray(picture(item), dtype=np.int16)
    assert then.shape == now.shape
    assert (np.abs(then - now) > 64).mean() < 0.002, f"{item.id}: {item.drawn}"


def test_every_item_has_one_picture_and_a_source() -> None:
    assert {path.stem for path in GOLDEN.glob("*.png")} == set(BY_ID)
    assert len(BY_ID) == len(ITEMS)
    assert all(item.source and item.drawn and item.stated for item in ITEMS)


def test_no_two_items_look_alike() -> None:
    alone = [item for item in ITEMS if len(item.family().members) == 1]
    pictures = [picture(item).tobytes() for item in alone]
    assert len(set(pictures)) == len(pictures)


def test_what_a_person_can_be_is_among_the_items() -> None:
    people = [member for item in ITEMS for member in item.family().members]
    assert {member.pregnancy for member in people} == set(Pregnancy)
    assert {member.donor for member in people} == set(Donor)
    assert {member.gender for member in people} == set(Gender)
    for flag in ("carrier", "presymptomatic", "surrogate", "evaluated", "history_unknown", "unassigned"):
        assert any(getattr(member, flag) for member in people), flag


@pytest.mark.parametrize("name", ["carrier", "presymptomatic", "history-unknown", "gestational-carrier"])
def test_the_legend_explains_it(name: str) -> None:
    words = {"presymptomatic": "presymptomatic carrier", "history-unknown": "family history not known"}
    wanted = words.get(name, name.replace("-", " "))
    texts = [one.text for one in drawing(BY_ID[name].family()).shapes if isinstance(one, Text)]
    assert any(text.startswith(wanted) for text in texts)


def test_a_carrier_has_no_dot() -> None:
    drawn = scene(BY_ID["carrier"].family()).people["P1"]
    assert not [one for one in drawn if isinstance(one, Circle) and one.fill == "ink"]
    assert len([one for one in drawn if isinstance(one, Line) and one.y1 == one.y2]) > 5


@pytest.mark.parametrize("name", ["sperm-donor", "egg-donor"])
def test_no_level_line_reaches_a_donor(name: str) -> None:
    family = BY_ID[name].family()
    drawn = scene(family)
    donor = next(member.id for member in family.members if member.donor is not Donor.NO)
    x, y = drawn.layout.x[donor], drawn.layout.y[donor]
    level = [one for one in drawn.lines if isinstance(one, Line) and one.y1 == one.y2 == y]
    assert level
    assert all(min(abs(one.x1 - x), abs(one.x2 - x)) > 30 for one in level)


def test_a_long_relationship_above_a_line_says_that_there_was_more() -> None:
    family = BY_ID["consanguinity-stated"].family()
    long = replace(family.unions[0], note="second cousins once removed through both of their grandmothers")
    said = [one.text for one in scene(replace(family, unions=(long,))).lines if isinstance(one, Text)]
    assert len(said) == SAID_LINES
    assert [text.endswith("…") for text in said] == [False, False, True]


def test_a_sex_at_birth_that_nobody_asked_for_is_not_said_to_be_unassigned() -> None:
    family = BY_ID["unassigned"].family()
    unasked = replace(family, members=tuple(replace(one, unassigned=False) for one in family.members))
    for found, expected in ((family, True), (unasked, False)):
        texts = [one.text for one in drawing(found).shapes if isinstance(one, Text)]
        assert ("UAAB" in texts) is expected


def test_a_miscarriage_marked_as_deceased_is_not_drawn_as_a_termination() -> None:
    family = BY_ID["miscarriage"].family()
    dead = replace(family, members=tuple(replace(one, deceased=one.lost) for one in family.members))
    assert scene(dead).people["P3"] == scene(family).people["P3"]
