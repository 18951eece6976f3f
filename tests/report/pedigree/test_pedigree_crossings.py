"""Fewest crossings: counted before anybody has a place, searched for, and none where none is needed."""

import random
import sys
from itertools import permutations, product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

sys.path.insert(0, str(Path(__file__).parent))

from families import both_sides, chains, descents, in_laws

from genoai_desktop.domain.family import Family, Member, Twins, Union
from genoai_desktop.domain.family_edit import add_child, set_member
from genoai_desktop.domain.person import Sex
from genoai_desktop.report.pedigree.bridges import STEPS, bridged
from genoai_desktop.report.pedigree.crossing import Counter
from genoai_desktop.report.pedigree.graph import Graph
from genoai_desktop.report.pedigree.layout import lay_out
from genoai_desktop.report.pedigree.search import Search


def _tangle(seed: int) -> Family:
    """Seven to nine people of three generations, linked by chance; loops may come."""
    chance = random.Random(seed)
    rows: list[list[str]] = [["a", "b"], [], []]
    members = {one: Member(one, sex=sex) for one, sex in (("a", Sex.MALE), ("b", Sex.FEMALE))}
    unions = [("a", "b")]
    for _ in range(chance.randint(2, 3)):
        row = chance.randrange(2)
        pairs = [pair for pair in unions if pair[0] in rows[row]]
        if pairs:
            father, mother = chance.choice(pairs)
            for _ in range(chance.randint(1, 2)):
                child = f"c{len(members)}"
                members[child] = Member(child, sex=Sex.MALE, mother=mother, father=father)
                rows[row + 1].append(child)
        if rows[1] and chance.random() < 0.8:
            spouse = f"s{len(members)}"
            members[spouse] = Member(spouse, sex=Sex.FEMALE)
            unions.append((chance.choice(rows[1]), spouse))
            rows[1].append(spouse)
    return Family(tuple(members.values()), "a", unions=tuple(Union(pair) for pair in unions))


@pytest.mark.parametrize("seed", range(40))
def test_small_families_have_as_few_crossings_as_any_order(seed: int) -> None:
    family = _tangle(seed)
    graph = Graph(family)
    counter = Counter(graph, list(family.by_id))
    rows: dict[int, list[int]] = {}
    for person, number in counter.index.items():
        rows.setdefault(graph.row[person], []).append(number)
    orders = product(*(permutations(people) for people in rows.values()))
    fewest = min(counter.count([one for row in order for one in row]).crossings for order in orders)
    search = Search(counter, range(len(family.members)))
    search.improve(3000)
    assert search.count.crossings == fewest


@pytest.mark.parametrize(("siblings", "crossings"), [(1, 0), (2, 0), (3, 1), (4, 2)])
def test_two_in_law_families_stand_outside_and_each_further_one_crosses_once(
    siblings: int, crossings: int
) -> None:
    assert lay_out(in_laws(siblings)).crossings == crossings


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chains())
def test_families_tied_in_a_chain_never_cross(family: Family) -> None:
    assert lay_out(family).crossings == 0


@settings(max_examples=30, deadline=None)
@given(descents())
def test_what_does_not_cross_in_the_count_does_not_in_the_drawing(family: Family) -> None:
    layout = lay_out(family)
    counter = Counter(layout.graph, list(family.by_id))
    counted = counter.count(counter.order_of(layout.order)).crossings
    assert counted == layout.crossings == 0


def test_nobody_is_lost_or_doubled_by_the_search() -> None:
    family = in_laws(6)
    graph = Graph(family)
    counter = Counter(graph, list(family.by_id))
    search = Search(counter, range(len(family.members)))
    search.improve(500)
    assert sorted(search.order) == list(range(len(family.members)))


def test_a_stranger_between_twins_counts_as_a_crossing() -> None:
    members = (
        Member("f", sex=Sex.MALE),
        Member("m", sex=Sex.FEMALE),
        *(Member(name, mother="m", father="f") for name in "xyz"),
    )
    family = Family(members, "f", unions=(Union(("f", "m")),), twins=(Twins(("x", "z")),))
    counter = Counter(Graph(family), list(family.by_id))
    assert counter.count([0, 1, 2, 3, 4]).crossings == 1
    assert counter.count([0, 1, 3, 2, 4]).crossings == 0


def test_a_quick_layout_ends_early_and_the_full_one_is_the_same_after_it() -> None:
    family = in_laws(8)
    quick = lay_out(family, quick=True)
    full = lay_out(family)
    assert not quick.settled
    assert full.settled
    assert full.crossings <= quick.crossings
    assert lay_out(family, quick=True).rows == full.rows  # remembered: nothing jumps back


def test_an_edit_begins_with_the_order_before_it_where_that_crosses_less() -> None:
    before = in_laws(9)
    settled = lay_out(before)
    after = add_child(before, "a4", "b4", Sex.FEMALE)
    alone = lay_out(after, quick=True)
    kept = lay_out(after, quick=True, like=settled.order)
    assert kept.crossings <= min(alone.crossings, settled.crossings)


def test_a_shift_by_hand_moves_nobody_past_anybody() -> None:
    family = in_laws(5)
    shifted = set_member(family, "a2", nudge=40.0)
    assert lay_out(shifted).rows == lay_out(family).rows


@settings(max_examples=20, deadline=None)
@given(both_sides())
def test_the_order_of_the_members_in_the_file_changes_no_count(family: Family) -> None:
    turned = Family(tuple(reversed(family.members)), family.proband, unions=family.unions)
    assert lay_out(turned).crossings == lay_out(family).crossings


@pytest.mark.parametrize(("siblings", "arcs"), [(2, 0), (3, 1), (4, 2)])
def test_a_line_that_must_cross_goes_over_in_an_arc(siblings: int, arcs: int) -> None:
    layout = lay_out(in_laws(siblings))
    made = bridged(layout.segments)
    assert sum(one.kind == "bridge" for one in made) == arcs * STEPS
    before = sum(abs(one.x2 - one.x1) for one in layout.segments)
    assert sum(abs(one.x2 - one.x1) for one in made) == pytest.approx(before)  # nothing is left open
