"""The fewest crossings are proven, found and drawn; then siblings stand by birth."""

import random
import sys
from itertools import combinations, pairwise, permutations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from families import descents, in_laws, realistic, with_in_laws

from genoai_desktop.domain.context import Silent
from genoai_desktop.domain.errors import Cancelled
from genoai_desktop.domain.family import Family, Member, Union
from genoai_desktop.domain.family_edit import add_child
from genoai_desktop.domain.person import Sex
from genoai_desktop.report.pedigree.arrange import arranged
from genoai_desktop.report.pedigree.crossing import Counter
from genoai_desktop.report.pedigree.graph import Graph
from genoai_desktop.report.pedigree.layout import Layout, lay_out
from genoai_desktop.report.pedigree.satisfy import YES, Solver

CLAUSES = st.lists(st.lists(st.integers(0, 13), min_size=1, max_size=3), min_size=1, max_size=40)


def _holds(clauses: list[list[int]], answers: tuple[int, ...]) -> bool:
    return all(any(answers[one >> 1] == 1 - (one & 1) for one in clause) for clause in clauses)


@settings(max_examples=200, deadline=None)
@given(CLAUSES, st.sets(st.integers(0, 6), max_size=4))
def test_the_solver_agrees_with_trying_every_answer(clauses: list[list[int]], assumed: set[int]) -> None:
    solver = Solver()
    for _ in range(7):
        solver.question()
    for clause in clauses:
        solver.add(clause)
    chosen = [2 * one for one in sorted(assumed)]
    possible = any(_holds([*clauses, *([one] for one in chosen)], a) for a in product((0, 1), repeat=7))
    assert solver.solve(chosen) is possible
    if possible:
        assert _holds(clauses, tuple(solver.value[2 * one] == YES for one in range(7)))
    else:
        core = [[one] for one in solver.core]
        assert {one for (one,) in core} <= set(chosen)
        assert not any(_holds([*clauses, *core], answers) for answers in product((0, 1), repeat=7))


def _tangle(seed: int) -> Family:
    """Up to ten people of two rows: two or three couples, whose children marry each other by chance."""
    chance = random.Random(seed)
    members: list[Member] = []
    unions: list[Union] = []
    for number in range(chance.randint(2, 3)):
        father, mother = f"f{number}", f"m{number}"
        members += [Member(father, sex=Sex.MALE), Member(mother, sex=Sex.FEMALE)]
        unions.append(Union((father, mother)))
        for child in range(chance.randint(1, 2) if number < 2 else 1):
            members.append(Member(f"c{number}{child}", mother=mother, father=father))
    children = [one.id for one in members if one.parents]
    for one, two in chance.sample(list(combinations(children, 2)), min(2, len(children) // 2)):
        unions.append(Union((one, two)))
    return Family(tuple(members), members[0].id, unions=tuple(unions))


@pytest.mark.parametrize("seed", range(20))
def test_what_is_proven_to_be_least_is_what_trying_every_order_finds(seed: int) -> None:
    graph = Graph(_tangle(seed))
    for part in graph.components():
        counter = Counter(graph, part)
        rows: dict[int, list[int]] = {}
        for person, number in counter.index.items():
            rows.setdefault(graph.row[person], []).append(number)
        every = product(*(permutations(people) for people in rows.values()))
        fewest = min(counter.count([one for row in order for one in row]).crossings for order in every)
        made = arranged(graph, part, Silent())
        assert counter.count(counter.order_of(made.rows)).crossings == fewest
        assert made.least == fewest


@pytest.mark.parametrize(("make", "people"), [(realistic, 40), (realistic, 80), (with_in_laws, 50)])
def test_no_more_lines_cross_than_in_the_best_order_there_is(make: object, people: int) -> None:
    for seed in range(6):
        layout = lay_out(make(seed, people))  # type: ignore[operator]
        assert layout.crossings == layout.least


def _inversions(layout: Layout) -> list[tuple[str, str]]:
    return [
        (older, younger)
        for couple in layout.graph.couples
        for older, younger in pairwise(couple.children)
        if layout.x[older] > layout.x[younger]
    ]


@settings(max_examples=30, deadline=None)
@given(descents())
def test_siblings_stand_by_birth_where_nothing_speaks_against_it(family: Family) -> None:
    assert _inversions(lay_out(family)) == []


def _two_sibships(married: str) -> Family:
    """Three sisters and a man with a brother; one of the sisters marries him."""
    members = [Member(one, sex=sex) for one, sex in zip("abcd", (Sex.MALE, Sex.FEMALE) * 2, strict=True)]
    members += [Member(one, sex=Sex.FEMALE, father="a", mother="b") for one in ("s1", "s2", "s3")]
    members += [Member(one, sex=Sex.MALE, father="c", mother="d") for one in ("h1", "h2")]
    unions = (Union(("a", "b")), Union(("c", "d")), Union((married, "h1")))
    return Family(tuple(members), "a", unions=unions)


def test_a_crossing_is_worse_than_a_younger_sibling_on_the_left() -> None:
    layout = lay_out(_two_sibships("s2"))
    assert layout.crossings == 0
    assert ("s1", "s2") in _inversions(layout) or ("s2", "s3") in _inversions(layout)


def test_half_siblings_who_marry_two_siblings_do_not_cross() -> None:
    """The couple in between stands below the arch from the first wife to her husband."""
    members = [Member("h", sex=Sex.MALE), *(Member(one, sex=Sex.FEMALE) for one in ("w1", "w2", "m"))]
    members += [Member("f", sex=Sex.MALE)]
    members += [Member(f"c{n}", sex=Sex.MALE, father="h", mother=f"w{n}") for n in (1, 2)]
    members += [Member(f"d{n}", sex=Sex.FEMALE, father="f", mother="m") for n in (1, 2)]
    pairs = (("h", "w1"), ("h", "w2"), ("f", "m"), ("c1", "d1"), ("c2", "d2"))
    layout = lay_out(Family(tuple(members), "h", unions=tuple(map(Union, pairs))))
    assert layout.crossings == layout.least == 0


@pytest.mark.parametrize("seed", range(6))
def test_one_more_child_reshuffles_nobody(seed: int) -> None:
    before = realistic(seed, 40)
    stand = lay_out(before)
    chance = random.Random(seed)
    first, second = chance.choice([union.partners for union in before.unions])
    after = lay_out(add_child(before, first, second))
    place = {person: number for row in after.rows for number, person in enumerate(row)}
    turned = [pair for row in stand.rows for pair in combinations(row, 2) if place[pair[0]] > place[pair[1]]]
    assert len(turned) <= 1


class _Told(Silent):
    """Remembers what was reported, and stops after so many checks."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.left, self.told = most, list[float | None]()

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled

    def report(self, label: str, fraction: float | None) -> None:
        self.told.append(fraction)


def test_the_search_says_how_much_is_proven_and_stops_when_told() -> None:
    context = _Told(10_000)
    lay_out(in_laws(9), context=context)
    assert context.told == sorted(context.told, key=float)  # type: ignore[arg-type]
    assert len(context.told) >= 2
    assert 0 < float(context.told[-1] or 0) < 1
    with pytest.raises(Cancelled):
        lay_out(in_laws(7), context=_Told(5))


def test_siblings_stand_by_year_of_birth_where_it_is_known() -> None:
    members = (
        Member("f", sex=Sex.MALE),
        Member("m", sex=Sex.FEMALE),
        *(Member(f"c{year}", father="f", mother="m", birth_year=year) for year in (1990, 1980, 1985)),
    )
    layout = lay_out(Family(members, "f", unions=(Union(("f", "m")),)))
    assert layout.rows[1] == ("c1980", "c1985", "c1990")


@pytest.mark.parametrize("seed", [118, 121])
def test_distances_add_no_crossing_where_another_order_is_as_good(seed: int) -> None:
    layout = lay_out(realistic(seed, 60))
    assert layout.least > 0
    assert layout.crossings == layout.least
