"""The pedigree engine against exact enumeration, brute force and known answers."""

import itertools
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genoai_desktop.analysis.risk.cascade import cascade
from genoai_desktop.analysis.risk.inheritance import Genetics, Mode
from genoai_desktop.analysis.risk.pedigree import (
    Member,
    Model,
    Network,
    child_states,
    posterior,
    risks_by_age,
)
from genoai_desktop.analysis.risk.phenotype import GeneTest, Penetrance, complete, result_likelihood
from genoai_desktop.domain.case import Affected, Sex
from genoai_desktop.domain.errors import UserError

F, M = Sex.FEMALE, Sex.MALE


def _brute(members: list[Member], model: Model) -> dict[str, np.ndarray]:
    """Sum over every genotype assignment; every parent must be given, no twins."""
    states = model.genetics.states
    place = {member.id: i for i, member in enumerate(members)}
    total = {member.id: np.zeros(states) for member in members}
    tables = []
    for member in members:
        table = model.penetrance.likelihood(member.affected, member.sex, member.age, member.onset, states)
        for test in member.tests:
            table = table * result_likelihood(test, model.genetics)
        tables.append(table)
    for assignment in itertools.product(range(states), repeat=len(members)):
        p = 1.0
        for i, member in enumerate(members):
            p *= tables[i][assignment[i]]
            if member.mother is None or member.father is None:
                p *= model.genetics.founder(member.sex)[assignment[i]]
            else:
                parents = assignment[place[member.mother]], assignment[place[member.father]]
                p *= model.genetics.transmission(member.sex)[assignment[i]][parents]
        for i, member in enumerate(members):
            total[member.id][assignment[i]] += p
    return total


@st.composite
def _families(draw: st.DrawFn) -> list[Member]:
    """Up to seven people, with half-siblings, remarriage and inbreeding; both parents or none."""
    members: list[Member] = []
    for i in range(draw(st.integers(3, 7))):
        sex = draw(st.sampled_from((F, M)))
        mothers = [m.id for m in members if m.sex is F]
        fathers = [m.id for m in members if m.sex is M]
        parents: tuple[str | None, str | None] = (None, None)
        if mothers and fathers and draw(st.integers(0, 3)):
            parents = draw(st.sampled_from(mothers)), draw(st.sampled_from(fathers))
        affected = draw(st.sampled_from(tuple(Affected)))
        age = draw(st.integers(20, 80))
        onset = draw(st.one_of(st.none(), st.integers(10, age))) if affected is Affected.YES else None
        tests = (GeneTest(draw(st.integers(0, 1)), 0.9, 0.98),) if draw(st.integers(0, 3)) == 0 else ()
        members.append(Member(f"p{i}", *parents, sex, affected, age, onset, tests))
    return members


def _soft(copies: int, sex: Sex, age: float) -> float:
    strength = (0.05, 0.6, 0.8)[copies] * (0.9 if sex is M else 1.0)
    return strength * min(1.0, age / 80)


@settings(max_examples=60, deadline=None)
@given(
    _families(),
    st.sampled_from(tuple(Mode)),
    st.sampled_from((0.001, 0.1, 0.4)),
    st.sampled_from((0.0, 1e-3)),
    st.sampled_from((0.0, 0.02)),
)
def test_equals_brute_force(
    members: list[Member], mode: Mode, frequency: float, de_novo: float, mosaicism: float
) -> None:
    if mosaicism:
        members = members[:5]
    model = Model(Genetics(mode, frequency, de_novo, mosaicism), Penetrance(_soft, smallest=1e-9))
    expected = _brute(members, model)
    weight = next(iter(expected.values())).sum()
    if weight == 0:
        with pytest.raises(UserError):
            posterior(members, model)
        return
    found = posterior(members, model)
    assert found.log_likelihood == pytest.approx(np.log(weight), abs=1e-9)
    for person, values in expected.items():
        np.testing.assert_allclose(found.genotypes[person], values / weight, atol=1e-11)


def test_siblings_of_an_affected_child_are_carriers_with_two_thirds() -> None:
    model = Model(Genetics(Mode.RECESSIVE, 0.01), complete(Mode.RECESSIVE))
    members = [
        Member("mother", sex=F, affected=Affected.NO),
        Member("father", sex=M, affected=Affected.NO),
        Member("child", "mother", "father", F, Affected.YES),
        Member("sibling", "mother", "father", M, Affected.NO),
    ]
    found = posterior(members, model)
    assert found.carrier("sibling") == pytest.approx(2 / 3)
    future = child_states(found.genotypes["mother"], found.genotypes["father"], model.genetics, F)
    assert future[2] == pytest.approx(0.25)


def test_every_unaffected_relative_has_risks_by_age() -> None:
    model = Model(Genetics(Mode.DOMINANT, 0.001), Penetrance(_soft))
    members = [
        Member("m", sex=F, affected=Affected.YES, age=60, onset=40, tests=(GeneTest(1),)),
        Member("f", sex=M, affected=Affected.NO, age=62),
        Member("child", "m", "f", F, Affected.NO, 30),
    ]
    risks = risks_by_age(members, posterior(members, model), model, (40, 60, 80))
    assert set(risks) == {"f", "child"}
    assert [age for age, _ in risks["f"]] == [80]
    values = [value for _, value in risks["child"]]
    assert values == sorted(values)
    assert 0.1 < values[-1] < 0.35


def test_x_linked_brother_makes_the_mother_the_question() -> None:
    """Haldane: an isolated boy's mother is a carrier with 2/3 when lethal; here with the founder prior."""
    rate = 1e-5
    model = Model(Genetics(Mode.X_LINKED, 2 * rate, rate), complete(Mode.X_LINKED))
    members = [
        Member("mother", sex=F),
        Member("father", sex=M, affected=Affected.NO),
        Member("boy", "mother", "father", M, Affected.YES),
    ]
    prior = 2 * (2 * rate) * (1 - 2 * rate)
    expected = prior * 0.5 / (prior * 0.5 + rate)
    assert posterior(members, model).carrier("mother") == pytest.approx(expected, rel=1e-3)


def test_identical_twins_share_the_genotype_and_half_siblings_one_parent() -> None:
    model = Model(Genetics(Mode.DOMINANT, 0.001), complete(Mode.DOMINANT))
    members = [
        Member("m", sex=F),
        Member("f", sex=M),
        Member("a", "m", "f", F, tests=(GeneTest(1),), twin="1"),
        Member("b", "m", "f", F, twin="1"),
        Member("half", "m", None, M),
    ]
    found = posterior(members, model)
    assert found.carrier("b") == pytest.approx(1.0)
    assert found.carrier("half") == pytest.approx(0.25, abs=2e-3)


def test_germline_mosaicism_raises_the_chance_for_a_sibling() -> None:
    members = [
        Member("m", sex=F, affected=Affected.NO, tests=(GeneTest(0),)),
        Member("f", sex=M, affected=Affected.NO, tests=(GeneTest(0),)),
        Member("a", "m", "f", F, Affected.YES),
        Member("b", "m", "f", M),
    ]
    plain = Genetics(Mode.DOMINANT, 1e-6, 1e-6)
    mosaic = Genetics(Mode.DOMINANT, 1e-6, 1e-6, mosaicism=1e-5)
    without = posterior(members, Model(plain, complete(Mode.DOMINANT))).carrier("b")
    assert without < 1e-5
    assert posterior(members, Model(mosaic, complete(Mode.DOMINANT))).carrier("b") > 0.05


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ([Member("a", "x", "y")], "mother"),
        ([Member("a"), Member("a")], "id"),
        ([Member("a", age=131)], "age"),
        ([Member("a", age=40, onset=50)], "onset"),
        ([Member("m", sex=M), Member("f", sex=M), Member("a", "m", "f")], "mother"),
        ([Member("a", "b", "c"), Member("b", "a", "c"), Member("c")], "mother"),
    ],
)
def test_a_pedigree_that_cannot_be_names_the_field(members: list[Member], field: str) -> None:
    with pytest.raises(UserError) as refused:
        posterior(members, Model(Genetics(Mode.DOMINANT, 0.01), complete(Mode.DOMINANT)))
    assert refused.value.where == field


def _dynasty() -> list[Member]:
    """Sixty people, four generations, a first-cousin marriage and a double-cousin loop."""
    members = [Member("g0f", sex=F), Member("g0m", sex=M)]
    couples = [("g0f", "g0m")]
    for generation in range(1, 4):
        following = []
        for mother, father in couples:
            for _ in range(3):
                if len(members) >= 59:
                    break
                sex = F if len(members) % 2 else M
                name = f"p{len(members)}"
                members.append(Member(name, mother, father, sex, Affected.NO, 60 - 15 * generation))
                if generation < 3:
                    spouse = f"s{len(members)}"
                    members.append(Member(spouse, sex=M if sex is F else F))
                    following.append((name, spouse) if sex is F else (spouse, name))
        couples = following
    women = [m for m in members if m.mother and m.sex is F]
    men = [m for m in members if m.mother and m.sex is M]
    cousin, other = women[-1], next(m for m in men[::-1] if m.mother != women[-1].mother)
    while len(members) < 60:
        members.append(Member(f"loop{len(members)}", cousin.id, other.id, F, Affected.YES, 10, 5))
    return members


def test_sixty_people_with_a_loop_take_less_than_a_second() -> None:
    members = _dynasty()
    assert len(members) == 60
    model = Model(Genetics(Mode.RECESSIVE, 0.01), Penetrance(_soft))
    start = time.perf_counter()
    found = Network(members, model).posterior()
    assert time.perf_counter() - start < 1.0
    assert sum(found.genotypes["p2"]) == pytest.approx(1.0)


def test_cascade_asks_the_parent_before_the_cousin() -> None:
    model = Model(Genetics(Mode.DOMINANT, 0.0005), complete(Mode.DOMINANT))
    members = [
        Member("gm", sex=F, deceased=True),
        Member("gf", sex=M, deceased=True),
        Member("mother", "gm", "gf", F),
        Member("aunt", "gm", "gf", F),
        Member("father", sex=M),
        Member("cousin", "aunt", None, F),
        Member("patient", "mother", "father", F, tests=(GeneTest(1),)),
    ]
    steps = cascade(members, model)
    assert steps[0].person in {"mother", "father"}
    assert {step.person for step in steps} == {"mother", "father", "aunt", "cousin"}
    by_name = {step.person: step for step in steps}
    assert by_name["aunt"].information > by_name["cousin"].information
    assert dict(by_name["mother"].if_negative)["father"] == pytest.approx(1.0)
