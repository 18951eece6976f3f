"""The layout: nobody on top of anybody, generations in rows, no crossing where none is needed."""

import random
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

sys.path.insert(0, str(Path(__file__).parent))

from families import both_sides, descents, four_generations

from genoai_desktop.domain.family import Family
from genoai_desktop.domain.family_edit import add_child, add_parents, add_partner, begin, set_member
from genoai_desktop.domain.person import Sex
from genoai_desktop.report.pedigree.layout import Layout, lay_out
from genoai_desktop.report.pedigree.routes import RADIUS


def _sound(family: Family, layout: Layout) -> None:
    assert sorted(person for row in layout.rows for person in row) == sorted(family.by_id)
    for row in layout.rows:
        for one, two in pairwise(row):
            assert layout.x[two] - layout.x[one] >= 2 * RADIUS + 8
    for member in family.members:
        for parent in member.parents:
            assert layout.y[parent] < layout.y[member.id] - 2 * RADIUS
    for union in family.unions:
        assert layout.y[union.partners[0]] == layout.y[union.partners[1]]


def _contiguous(family: Family, layout: Layout) -> None:
    """Between two siblings stand only siblings and partners of siblings."""
    for couple in layout.graph.couples:
        if len(couple.children) < 2:
            continue
        row = next(row for row in layout.rows if couple.children[0] in row)
        places = [row.index(child) for child in couple.children]
        married = {one for child in couple.children for one in family.partners(child)}
        for person in row[min(places) : max(places)]:
            assert person in couple.children or person in married or _of_partner(family, person, married)


def _of_partner(family: Family, person: str, married: set[str]) -> bool:
    return any(one in married for one in family.partners(person))


@settings(max_examples=60, deadline=None)
@given(descents())
def test_descendants_of_a_couple_never_cross(family: Family) -> None:
    layout = lay_out(family)
    _sound(family, layout)
    _contiguous(family, layout)
    assert layout.crossings == 0


@settings(max_examples=60, deadline=None)
@given(both_sides())
def test_both_sides_of_a_family_never_cross(family: Family) -> None:
    layout = lay_out(family)
    _sound(family, layout)
    _contiguous(family, layout)
    assert layout.crossings == 0


def test_four_generations_with_a_loop_twins_and_two_marriages_do_not_cross() -> None:
    family, who = four_generations()
    layout = lay_out(family)
    _sound(family, layout)
    assert layout.crossings == 0
    row = next(row for row in layout.rows if who["anna"] in row)
    assert abs(row.index(who["anna"]) - row.index(who["clara"])) == 1
    assert abs(row.index(who["anna"]) - row.index(who["stefan"])) == 1


def test_uncle_and_niece_stand_in_one_row_below_both_parents() -> None:
    family = add_partner(begin("a", Sex.MALE), "a")
    family = add_child(family, "a", "P1", Sex.MALE)
    family = add_child(family, "a", "P1", Sex.MALE)
    family = add_partner(family, "P2")
    family = add_child(family, "P2", "P4", Sex.FEMALE)
    family = add_partner(family, "P3", "P5")
    family = add_child(family, "P3", "P5")
    layout = lay_out(family)
    _sound(family, layout)
    assert layout.crossings == 0


def test_parent_and_child_as_partners_is_drawn_too() -> None:
    family = add_partner(begin("a", Sex.MALE), "a")
    family = add_child(family, "a", "P1", Sex.FEMALE)
    family = add_child(add_partner(family, "a", "P2"), "a", "P2")
    layout = lay_out(family)
    assert layout.y["a"] < layout.y["P2"] < layout.y["P3"]


def test_people_without_a_link_stand_beside() -> None:
    family = begin("a")
    other = begin("b").members
    both = Family((*family.members, *other), "a")
    layout = lay_out(both)
    assert layout.x["b"] - layout.x["a"] > 2 * RADIUS


def test_a_nudge_is_kept_and_neighbours_make_room() -> None:
    family = add_parents(begin("P1", Sex.FEMALE), "P1")
    for _ in range(3):
        family = add_child(family, "P2", "P3", Sex.MALE)
    plain = lay_out(family)
    pushed = lay_out(set_member(family, "P1", nudge=150.0))
    middle = lay_out(family).rows[1]
    assert pushed.rows == plain.rows
    _sound(family, pushed)
    assert pushed.x["P1"] - pushed.x["P2"] > plain.x["P1"] - plain.x["P2"] + 100
    assert set(middle) == set(pushed.rows[1])


def test_the_same_family_is_laid_out_the_same() -> None:
    family, _ = four_generations()
    assert lay_out(family).x == lay_out(family).x


def test_150_people_are_laid_out_quickly() -> None:
    family, couples = add_partner(begin("P1", Sex.MALE), "P1"), [("P1", "P2")]
    while len(family.members) < 150:
        first, second = couples.pop(0)
        for _ in range(3):
            before = set(family.by_id)
            family = add_child(family, first, second, Sex.FEMALE)
            fresh = next(one for one in family.by_id if one not in before)
            before.add(fresh)
            family = add_partner(family, fresh)
            couples.append((fresh, next(one for one in family.by_id if one not in before)))
    began = time.perf_counter()
    layout = lay_out(family)
    assert time.perf_counter() - began < 0.5  # 0.05 s on an idle core; the suite shares it
    assert layout.crossings == 0


@pytest.mark.parametrize("seed", range(12))
def test_one_marriage_between_kin_never_crosses(seed: int) -> None:
    """Two childless descendants of one generation and different parents marry: cousins, half-cousins..."""
    chance = random.Random(seed)
    family, couples = add_partner(begin("P1", Sex.MALE), "P1"), [("P1", "P2")]
    while len(family.members) < 28:
        first, second = couples.pop(0)
        for _ in range(chance.randint(1, 3)):
            before = set(family.by_id)
            family = add_child(family, first, second, chance.choice((Sex.MALE, Sex.FEMALE)))
            fresh = next(one for one in family.by_id if one not in before)
            for _ in range(chance.choice((0, 1, 1, 2)) if couples else 1):
                family = add_partner(family, fresh)
                couples.append((fresh, family.partners(fresh)[-1]))
    single = [m for m in family.members if m.parents and not family.partners(m.id)]
    level = lay_out(family).y
    pairs = [
        (man.id, woman.id)
        for man in single
        for woman in single
        if (man.sex, woman.sex) == (Sex.MALE, Sex.FEMALE)
        and level[man.id] == level[woman.id]
        and set(man.parents) != set(woman.parents)
    ]
    if pairs:
        one, two = chance.choice(pairs)
        family = add_child(add_partner(family, one, two), one, two)
        layout = lay_out(family)
        _sound(family, layout)
        assert layout.crossings == 0
